"""Bytes to characters: UTF-8, UTF-16, GB18030, and what is refused."""

from pathlib import Path

import pytest

from assistant.errors import UnknownFormat, WrongEncoding
from assistant.ingest.text import decode

TEXT = "一、总则\n（一）为了做好䶮、〇和𠮷的工作，制定本预案。\n"
PATH = Path("plan.txt")

ENCODINGS = [
    "utf-8",
    "utf-8-sig",  # Notepad's byte order mark
    "utf-16",
    "gb18030",  # with characters that GBK lacks
]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_is_read_whatever_its_encoding(encoding: str) -> None:
    assert decode(PATH, TEXT.encode(encoding)) == TEXT


def test_big_endian_utf_16_is_read() -> None:
    assert decode(PATH, b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


BROKEN = [
    # one byte lost: GB18030 would accept nearly all of it as other characters
    (TEXT.encode()[:20] + TEXT.encode()[21:], "utf-8", 2),
    (TEXT.encode() + b"\xe5\xba", "utf-8", 3),
    (TEXT.encode("gb18030") + b"\xb0", "gb18030", 3),
    (b"\xff\xfe" + TEXT.replace("总", "上").encode("utf-16-le")[:-1], "utf-16", 2),
    # both decode as GB18030 without an error
    ("加強基層應急管理能力建設，築牢安全底線".encode("big5"), "unknown", 1),
    ("日本国憲法は、国の最高法規である。その条規に反する法律は無効である。".encode("shift-jis"), "unknown", 1),
]


@pytest.mark.parametrize(("data", "encoding", "line"), BROKEN)
def test_a_broken_text_is_refused_with_the_line(data: bytes, encoding: str, line: int) -> None:
    with pytest.raises(WrongEncoding) as refusal:
        decode(PATH, data)
    assert (refusal.value.details["encoding"], refusal.value.details["line"]) == (encoding, line)


@pytest.mark.parametrize("data", [b"MZ\x90\x00\x03", bytes(range(1, 32)) * 3, b"\x7fELF\x02\x01\x01\x00"])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownFormat) as refusal:
        decode(PATH, data)
    assert refusal.value.details["format"] == "binary"


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf_8() -> None:
    text = "加強基層應急管理能力建設"
    assert decode(PATH, text.encode("big5"), "big5") == text


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "iso-8859-99", "utf-16"])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(PATH, TEXT.encode("gb18030"), declared) == TEXT
