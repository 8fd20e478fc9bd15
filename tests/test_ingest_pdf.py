"""Pdf files: the text layer by page; scans, locks, cuts and bombs are refused."""

import zlib
from pathlib import Path

import pytest

from assistant.errors import DamagedFile, EmptyFile, EncryptedFile, ScannedFile, TooLarge
from assistant.ingest import limits
from assistant.ingest.pdf import messages, read_pdf
from assistant.ingest.reading import Line, read
from tests.papers import SENTENCE, a_pdf, a_scan, put


def with_contents(packed: bytes) -> bytes:
    """Return a pdf of one page that does what the packed contents say."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj\n" % number + item + b"\nendobj\n" for number, item in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


def test_lines_carry_their_page(tmp_path: Path) -> None:
    copy = read(put(tmp_path, "a.pdf", a_pdf([[SENTENCE, "电话0437-", "3249118"], [], ["第三页"]])))
    assert copy.lines == (Line(SENTENCE, 1), Line("电话0437-", 1), Line("3249118", 1), Line("第三页", 3))
    assert (copy.kind, copy.unchecked, copy.unread_pages) == ("pdf", False, ())


def test_a_scan_is_refused_with_a_pointer_to_ocr(tmp_path: Path) -> None:
    with pytest.raises(ScannedFile) as refusal:
        read(put(tmp_path, "a.pdf", a_pdf([a_scan(), a_scan(), [SENTENCE]])))
    assert refusal.value.details | {"path": None} == {"path": None, "kind": "pdf", "scanned": 2, "pages": 3}


def test_single_picture_pages_are_named(tmp_path: Path) -> None:
    copy = read(put(tmp_path, "a.pdf", a_pdf([[SENTENCE], a_scan(), [SENTENCE]])))
    assert copy.unread_pages == (2,)


def test_text_drawn_as_lines_is_a_scan(tmp_path: Path) -> None:
    with pytest.raises(ScannedFile):
        read(put(tmp_path, "a.pdf", with_contents(zlib.compress(b"0 0 m 100 100 l S "))))


def test_characters_that_cannot_be_read_are_no_text_layer(tmp_path: Path) -> None:
    with pytest.raises(ScannedFile):
        read(put(tmp_path, "a.pdf", with_contents(zlib.compress(b"BT /F 10 Tf 10 700 Td (\x01\x02\x03\x04) Tj ET"))))


def test_a_pdf_of_blank_pages_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile):
        read(put(tmp_path, "a.pdf", a_pdf([[], []])))


def test_a_protected_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncryptedFile) as refusal:
        read(put(tmp_path, "a.pdf", a_pdf([[SENTENCE]], password="秘")))
    assert refusal.value.details["kind"] == "pdf"


WHOLE = a_pdf([[SENTENCE]] * 3)
CUTS = [WHOLE[: len(WHOLE) // 2], WHOLE[:-8], b"%PDF-1.4\n%%EOF", b"%PDF-1.7 " + SENTENCE.encode() + b"%%EOF"]


@pytest.mark.parametrize("data", CUTS)
def test_a_damaged_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DamagedFile):
        read(put(tmp_path, "a.pdf", data))


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge) as refusal:
        read(put(tmp_path, "a.pdf", a_pdf([[]] * (limits.PDF_PAGES + 1))))
    assert refusal.value.details["limit_pages"] == limits.PDF_PAGES


def test_too_much_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ingest.pdf.TEXT_MB", 0)
    assert list(messages(put(tmp_path, "a.pdf", WHOLE))) == [{"refused": "text"}]


def test_a_page_that_unpacks_to_a_gigabyte_ends_its_own_process_only(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    piece = packer.compress(b" " * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    # after a full flush the same piece may follow again and again, without its head of two bytes
    bomb = with_contents(piece + piece[2:] * 63)
    assert len(bomb) < 2 * limits.MEGABYTE
    with pytest.raises((DamagedFile, TooLarge)):
        read_pdf(put(tmp_path, "a.pdf", bomb), bomb)
