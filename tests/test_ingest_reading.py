"""One door for every kind of file: dispatch by content, limits, refusals."""

import hashlib
from pathlib import Path

import pytest

from assistant.errors import (
    EmptyFile,
    EncryptedFile,
    MissingFile,
    NotChinese,
    ScannedFile,
    TooLarge,
    UnknownFormat,
)
from assistant.ingest.limits import FILE_MB, MEGABYTE, TEXT_MB
from assistant.ingest.reading import Line, read
from tests.papers import SENTENCE, a_docx, a_pdf, a_picture, a_zip, put, texts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def test_a_text_keeps_every_line_and_blank(tmp_path: Path) -> None:
    text = "[bookmark: 意见]中共北京市委\r\n\r\n　　（一）加强 领导。  \r完"
    copy = read(put(tmp_path, "a.txt", text))
    assert copy.lines == (
        Line("[bookmark: 意见]中共北京市委"),
        Line(""),
        Line("　　（一）加强 领导。  "),
        Line("完"),
    )
    assert (copy.name, copy.kind, copy.unchecked) == ("a.txt", "txt", False)
    assert copy.sha256 == hashlib.sha256(text.encode()).hexdigest()


KINDS = [
    ("plan.txt", SENTENCE.encode(), "txt"),
    ("plan.md", b"# " + SENTENCE.encode(), "md"),
    # tags in a Markdown text do not make it a page
    ("law.md", f"<center>\n\n# 体育法\n\n<!-- INFO END -->\n{SENTENCE}<br>".encode(), "md"),
    ("paper.txt", f"辽源信息港 <http://www.0437.com>\n{SENTENCE}".encode(), "txt"),
    # the name lies
    ("page.txt", f"<!-- saved -->\n<div class=x>{SENTENCE}</div>".encode(), "html"),
    ("page.doc", f"<html><body>{SENTENCE}</body></html>".encode("gb18030"), "html"),
    ("page.htm", f"{SENTENCE}<br>".encode("utf-16"), "html"),
    ("plan.txt", a_docx(lambda document: document.add_paragraph(SENTENCE)), "docx"),
    ("plan", a_pdf([[SENTENCE]]), "pdf"),
]


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_the_content_decides_on_the_kind(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    copy = read(put(tmp_path, name, data))
    assert copy.kind == kind
    assert any(SENTENCE in line for line in texts(copy))


FORMATS = [
    ("a.doc", OLE + utf16("WordDocument"), "doc"),
    ("a.wps", OLE + utf16("WordDocument"), "wps"),
    ("a.xls", OLE + utf16("Workbook"), "xls"),
    ("a.hwp", OLE, "hwp"),
    ("a.ofd", a_zip({"OFD.xml": b"<ofd/>"}), "ofd"),
    ("a.docx", a_zip({"xl/workbook.xml": b"<w/>"}), "xlsx"),
    ("a.zip", a_zip({"plan.txt": SENTENCE.encode()}), "zip"),
    ("a.zip", b"PK\x03\x04 broken", "zip"),
    ("a.doc", b"{\\rtf1\\ansi " + SENTENCE.encode(), "rtf"),
    ("a.gif", b"GIF89a" + bytes(20), "gif"),
    ("a.txt", b"\x7fELF\x02\x01\x01\x00" + bytes(99), "binary"),
]


@pytest.mark.parametrize(("name", "data", "file_format"), FORMATS)
def test_other_formats_are_refused_by_name(tmp_path: Path, name: str, data: bytes, file_format: str) -> None:
    with pytest.raises(UnknownFormat) as refusal:
        read(put(tmp_path, name, data))
    assert refusal.value.details["format"] == file_format


def test_a_protected_docx_is_told_from_an_old_doc(tmp_path: Path) -> None:
    with pytest.raises(EncryptedFile):
        read(put(tmp_path, "a.docx", OLE + utf16("EncryptedPackage") + utf16("WordDocument")))


@pytest.mark.parametrize("data", [b"", b" \n\t", "\ufeff　\n".encode(), b"<html><p>&nbsp;</p></html>"])
def test_a_file_of_blanks_is_empty(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read(put(tmp_path, "a.txt", data))


def test_a_file_that_is_not_there_or_no_file_is_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "no.txt", tmp_path, Path("a\0b")):
        with pytest.raises(MissingFile):
            read(path)


def test_a_large_text_is_refused_and_one_below_the_limit_is_read(tmp_path: Path) -> None:
    line = SENTENCE.encode() + b"\n"
    fits = line * (TEXT_MB * MEGABYTE // len(line))
    assert len(read(put(tmp_path, "a.txt", fits)).lines) == len(fits) // len(line)
    with pytest.raises(TooLarge) as refusal:
        read(put(tmp_path, "b.txt", fits + line))
    assert refusal.value.details["limit_mb"] == TEXT_MB


def test_a_large_file_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as stream:
        stream.truncate(FILE_MB * MEGABYTE + 1)
    with pytest.raises(TooLarge) as refusal:
        read(path)
    assert refusal.value.details["limit_mb"] == FILE_MB


OTHER_LANGUAGES = [
    "The township keeps a list of hazards, and the village reports each month.",
    "Каждое село сообщает об опасностях ежемесячно.",
    "재난 및 안전관리 기본법에 따라 이 계획을 수립한다.",
    # as many Han characters as a Chinese list, but with kana
    "災害対策基本法に基づき、市町村は地域防災計画を作成しなければならない。",
    "0437-3249118\n2024-09-21",
]


@pytest.mark.parametrize("text", OTHER_LANGUAGES)
def test_another_language_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotChinese):
        read(put(tmp_path, "a.txt", text))


def test_radicals_in_the_place_of_characters_count_as_chinese(tmp_path: Path) -> None:
    assert texts(read(put(tmp_path, "a.txt", "⼯⼈⽅⾯ABC"))) == ["⼯⼈⽅⾯ABC"]


def test_a_contact_list_with_addresses_is_chinese(tmp_path: Path) -> None:
    assert read(put(tmp_path, "a.txt", "张三 zhangsan@example.cn 13800000000\n李四 应急办 值班")).kind == "txt"


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "TIFF", "BMP"])
def test_a_picture_is_refused_with_a_pointer_to_ocr(tmp_path: Path, file_format: str) -> None:
    with pytest.raises(ScannedFile) as refusal:
        read(put(tmp_path, "a.docx", a_picture(file_format)))
    assert refusal.value.details["kind"] == "image"
