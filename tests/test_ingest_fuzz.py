"""Whatever the bytes, read() gives a copy or an error of our tree, never anything else."""

import random
import re
from pathlib import Path

import pytest
from docx.document import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import YingdaError
from assistant.ingest.package import xml_parts
from assistant.ingest.reading import read
from tests.papers import SENTENCE, a_docx, a_pdf, a_scan, a_zip, add_item, add_list, put

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
SLOWER = settings(QUICK, max_examples=25)
"""Each pdf is read in a process of its own, 0.1 s."""

NAMES = ("a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.doc", "a")
ROUNDS = 12_000
PDF_ROUNDS = 400


def fill(document: Document) -> None:
    add_list(document, 81, ["chineseCounting 第%1章", "decimal %1.%2"])
    document.add_heading("总则", 1)
    for depth in (0, 1, 1, 0):
        add_item(document, SENTENCE, 81, depth)
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = SENTENCE


PAGE = (
    f"<html><meta charset=gb2312><h1>预案</h1><ol start=2><li>{SENTENCE}</ol><table><tr><td rowspan=2>{SENTENCE}"
    f"<td colspan=2>乙<tr><td>丙</table><pre>{SENTENCE}\n</pre></html>"
)
DOCX = a_docx(fill)
PDF = a_pdf([[SENTENCE] * 3, a_scan(), [SENTENCE]])
PARTS = xml_parts(Path("a.docx"), DOCX)
SAMPLES = (
    SENTENCE.encode() * 9,
    SENTENCE.encode("gb18030") * 9,
    SENTENCE.encode("utf-16"),
    PAGE.encode("gb18030"),
    DOCX,
)
VALUES = (b"", b"0", b"-1", b"999999999", "第%9章%1".encode(), b"x", b"%1", b"1e9")


def is_read_or_refused(path: Path) -> None:
    try:
        copy = read(path)
    except YingdaError:
        return
    assert any(line.text.strip() for line in copy.lines)
    for line in copy.lines:
        assert line.text.splitlines() in ([], [line.text])
        line.text.encode("utf-8")


def flipped(data: bytes, positions: list[tuple[float, int]]) -> bytes:
    """Return the data with some bytes replaced; a position is a share of the length."""
    changed = bytearray(data)
    for share, byte in positions:
        changed[int(share * (len(data) - 1))] = byte
    return bytes(changed)


flips = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12)
starts = st.sampled_from(
    (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf")
)


@QUICK
@given(start=starts, data=st.binary(max_size=400), name=st.sampled_from(NAMES))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, start: bytes, data: bytes, name: str) -> None:
    is_read_or_refused(put(tmp_path_factory.getbasetemp(), name, start + data))


@QUICK
@given(text=st.text(max_size=200), name=st.sampled_from(NAMES))
def test_any_text(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    data = (SENTENCE + text).encode("utf-8", errors="replace")
    is_read_or_refused(put(tmp_path_factory.getbasetemp(), name, data))


@QUICK
@given(changes=flips)
def test_a_docx_with_changed_bytes(tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]]) -> None:
    is_read_or_refused(put(tmp_path_factory.getbasetemp(), "a.docx", flipped(DOCX, changes)))


@SLOWER
@given(changes=flips)
def test_a_pdf_with_changed_bytes(tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]]) -> None:
    is_read_or_refused(put(tmp_path_factory.getbasetemp(), "a.pdf", flipped(PDF, changes)))


def scrambled(chance: random.Random, data: bytes) -> bytes:
    """Return the data with bytes changed, a piece cut out or doubled."""
    data = flipped(data, [(chance.random(), chance.randrange(256)) for _ in range(chance.choice((0, 1, 3, 20)))])
    first, second = sorted(chance.choices(range(len(data) + 1), k=2))
    middle = chance.choice((data[first:second], data[first:second], b"", data[first:second] * 2))
    return data[:first] + middle + data[second:]


def scrambled_parts(chance: random.Random) -> bytes:
    """Return a whole zip file whose XML has strange values, moved elements or changed bytes."""
    parts = dict(PARTS)
    name = chance.choice([key for key in parts if "word/" in key])
    part = re.sub(
        rb'"[^"<>]{0,12}"',
        lambda found: b'"%s"' % chance.choice(VALUES) if chance.random() < 0.03 else found.group(),
        parts[name],
    )
    elements = re.split(rb"(?=<w:)", part)
    place = chance.randrange(len(elements))
    elements.insert(chance.randrange(len(elements)), elements.pop(place))
    parts[name] = b"".join(elements) if chance.random() < 0.7 else scrambled(chance, part)
    return a_zip(parts)


@pytest.mark.slow
def test_many_scrambled_files(tmp_path: Path) -> None:
    chance = random.Random(20260701)
    for _ in range(ROUNDS):
        data = scrambled_parts(chance) if chance.random() < 0.4 else scrambled(chance, chance.choice(SAMPLES))
        is_read_or_refused(put(tmp_path, chance.choice(NAMES), data))


@pytest.mark.slow
def test_many_scrambled_pdf_files(tmp_path: Path) -> None:
    chance = random.Random(20260702)
    for _ in range(PDF_ROUNDS):
        is_read_or_refused(put(tmp_path, "a.pdf", scrambled(chance, PDF) + b"\n%%EOF"))
