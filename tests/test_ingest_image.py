"""Scans and photos, by the `ocr` extra."""

import importlib.util
import io
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from assistant.errors import DamagedFile, MissingExtra, TooLarge
from assistant.ingest.reading import read
from assistant.ingest.recogniser import Piece, frames, in_rows, rendered
from tests.papers import SENTENCE, a_pdf, a_picture, a_scan, put, texts

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
needs_ocr = pytest.mark.skipif(
    not FONT.exists() or importlib.util.find_spec("rapidocr") is None,
    reason="the ocr extra or Debian's fonts-wqy-microhei is not installed",
)


def a_photo(*lines: str) -> Image.Image:
    sheet = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        draw.text((80, 60 + 60 * number), line, font=ImageFont.truetype(str(FONT), 34), fill="black")
    return sheet


@pytest.mark.parametrize("data", [a_picture(), a_pdf([a_scan()])])
def test_without_the_extra_its_name_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(MissingExtra) as failure:
        read(put(tmp_path, "a", data), ocr=True)
    assert failure.value.details["extra"] == "ocr"


def test_a_pdf_with_a_text_layer_needs_no_recognition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    copy = read(put(tmp_path, "a.pdf", a_pdf([[SENTENCE]])), ocr=True)
    assert not copy.unchecked


def test_a_fax_has_all_its_pages_and_a_photo_stands_upright(tmp_path: Path) -> None:
    stream = io.BytesIO()
    a_scan().save(stream, "TIFF", save_all=True, append_images=[a_scan().resize((60, 85))])
    assert [(number, page.size) for number, page in frames(put(tmp_path, "a.tif", stream.getvalue()))] == [
        (1, (120, 170)),
        (2, (60, 85)),
    ]
    turned = Image.Exif()
    turned[0x0112] = 6  # held on its side
    a_scan().save(tmp_path / "a.jpg", exif=turned)
    assert next(frames(tmp_path / "a.jpg"))[1].size == (170, 120)


def test_a_picture_of_too_many_points_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(stream, "PNG")
    with pytest.raises(OverflowError):
        next(frames(put(tmp_path, "a.png", stream.getvalue())))


def test_only_the_pages_asked_for_are_drawn_and_no_page_is_huge(tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", a_pdf([[SENTENCE], a_scan()]).replace(b"595.2756 841.8898", b"9000.000 9000.000"))
    ((number, picture),) = rendered(path, [2])
    assert number == 2
    assert max(picture.size) <= 4_000


def test_pieces_of_a_line_are_put_side_by_side() -> None:
    pieces = [
        Piece(58, 92, 400, "13800000000"),  # a hair above its neighbour, far to the right
        Piece(60, 94, 80, "张三"),
        Piece(120, 154, 80, "李四"),
        Piece(20, 54, 200, "联系表"),
    ]
    assert in_rows(pieces) == "联系表\n张三 13800000000\n李四"
    assert in_rows([]) == ""


@needs_ocr
@pytest.mark.slow
def test_scans_are_read_and_marked_unchecked(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    data = a_pdf([[SENTENCE], a_photo(SENTENCE[:12], "电话0437-3249118")])
    copy = read(put(tmp_path, "a.pdf", data), ocr=True, progress=lambda *step: steps.append(step))
    assert texts(copy) == [SENTENCE, SENTENCE[:12], "电话0437-3249118"]
    assert [line.page for line in copy.lines] == [1, 2, 2]
    assert (copy.kind, copy.unchecked, copy.unread_pages) == ("pdf", True, ())
    assert steps == [("ocr", 1, 1)]


@needs_ocr
@pytest.mark.slow
def test_pictures_are_read_or_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    a_photo("第一条 为了做好应急工作，制定本预案。").save(stream, "PNG")
    assert texts(read(put(tmp_path, "a.png", stream.getvalue()), ocr=True)) == ["第一条为了做好应急工作，制定本预案。"]
    with pytest.raises(DamagedFile):
        read(put(tmp_path, "b.png", stream.getvalue()[:900]), ocr=True)
    stream = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(stream, "PNG")
    with pytest.raises(TooLarge):
        read(put(tmp_path, "c.png", stream.getvalue()), ocr=True)
