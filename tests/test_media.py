"""What a file is, what a picture says of itself, and a copy that says nothing."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from assistant.errors import DamagedMedia, MediaTooLarge
from assistant.media import look, pictures, shared_copy, sniff
from assistant.media.pictures import bits_apart
from tests.pictures import hidden_data, picture

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (picture(), "image/jpeg"),
        (picture(kind="PNG"), "image/png"),
        (picture(kind="WEBP"), "image/webp"),
        (HEIC, "image/heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heic"),  # the major brand is the general one
        (b"#!AMR\n\x0c", "audio/amr"),
        (b"\x02#!SILK_V3", "audio/silk"),  # WeChat's voice messages have a byte before
        (b"OggS\0", "audio/ogg"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42", "audio/mp4"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(content: bytes, media_type: str):
    kind = sniff(content)
    assert kind is not None
    assert kind.media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"GIF89a",
        b"RIFF\0\0\0\0WAVEfmt ",  # RIFF, yet no WebP
        b"\0\0\0\x18ftypisom\0\0\0\0isommp42",  # a film
        b"PK\x03\x04",
    ],
)
def test_anything_else_is_not_taken(content: bytes):
    assert sniff(content) is None


def test_a_picture_tells_when_and_where_it_was_taken():
    evidence = look(picture(exif=hidden_data())).evidence
    assert evidence.taken_at == datetime(2026, 7, 1, 3, 50, tzinfo=UTC)  # no zone in the file: China
    assert (evidence.lat, evidence.lon) == (25.187222, 100.321)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "", "昨天", "2026:13:45 99:00:00"])
def test_a_time_that_is_none_says_nothing(taken: str):
    assert look(picture(exif=hidden_data(taken=taken))).evidence.taken_at is None


def test_a_point_at_null_island_is_a_camera_without_reception():
    exif = hidden_data()
    gps = exif.get_ifd(0x8825)
    gps[2], gps[4] = (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)
    assert look(picture(exif=exif)).evidence.lat is None


def test_a_point_off_the_earth_says_nothing():
    exif = hidden_data()
    exif.get_ifd(0x8825)[2] = (250.0, 0.0, 0.0)
    assert look(picture(exif=exif)).evidence.lat is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_shared_copy_hides_nothing(kind: str):
    copy = shared_copy(picture(exif=hidden_data(), kind=kind))
    shown = Image.open(BytesIO(copy))
    assert dict(shown.getexif()) == {}
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(shown.info)
    assert "示例手机".encode() not in copy


def test_the_shared_copy_stands_upright_and_fits():
    shown = Image.open(BytesIO(shared_copy(picture(side=(2400, 20), exif=hidden_data(orientation=6)))))
    assert shown.size == (13, 1600)  # turned by a quarter, then made smaller


def test_what_is_transparent_becomes_white_and_not_black():
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(BytesIO(shared_copy(out.getvalue()))).getpixel((4, 4)) == (255, 255, 255)


def test_a_smaller_and_paler_copy_has_nearly_the_same_fingerprint_and_another_picture_has_not():
    first = picture(side=(640, 480), seed=1)
    again = BytesIO()
    Image.open(BytesIO(first)).resize((320, 240)).point(lambda shade: shade * 0.9 + 20).save(again, "JPEG", quality=40)
    prints = [look(content).fingerprint for content in (first, again.getvalue(), picture(side=(640, 480), seed=5))]
    assert bits_apart(prints[0], prints[1]) <= 6
    assert bits_apart(prints[0], prints[2]) > 12


def test_a_picture_turned_by_its_hidden_data_has_the_fingerprint_of_what_one_sees():
    lying = picture(exif=hidden_data(orientation=3))
    assert look(lying).fingerprint == look(shared_copy(lying)).fingerprint


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "MOST_MEGAPIXELS", 0.002)
    with pytest.raises(MediaTooLarge):
        look(picture(side=(64, 48)))


def test_a_bomb_is_refused():
    # a picture of 40,000 × 40,000 in a few hundred bytes: only its head is true
    bomb = bytearray(picture(kind="PNG"))
    bomb[16:24] = (40_000).to_bytes(4, "big") * 2
    with pytest.raises((MediaTooLarge, DamagedMedia)):
        look(bytes(bomb))


def test_half_a_picture_is_damaged():
    whole = picture(side=(640, 480))
    for part in (whole[: len(whole) // 2], whole[:20], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(DamagedMedia):
            look(part)


@given(st.binary(max_size=200), st.integers(0, 600))
def test_whatever_bytes_come_nothing_worse_than_a_refusal_happens(noise: bytes, at: int):
    spoilt = bytearray(picture(exif=hidden_data()))
    spoilt[at : at + len(noise)] = noise
    try:
        look(bytes(spoilt))
        shared_copy(bytes(spoilt))
    except (DamagedMedia, MediaTooLarge):
        pass
