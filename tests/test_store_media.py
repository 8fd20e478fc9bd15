"""The folder of pictures and voice messages."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from assistant.errors import CannotWrite, DamagedMedia, HeicPicture, MediaTooLarge, MissingMedia, UnknownMedia
from assistant.store.media import MediaFolder
from tests.pictures import hidden_data, picture

VOICE = b"#!AMR\n" + bytes(100)


@pytest.fixture
def folder(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


def files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "media").rglob("*") if path.is_file())


def test_a_file_is_kept_untouched_under_the_digest_of_its_bytes(folder: MediaFolder):
    content = picture(exif=hidden_data())
    kept = folder.keep(content)
    assert (kept.kind, kept.media_type) == ("image", "image/jpeg")
    assert kept.digest == hashlib.sha256(content).hexdigest()
    assert folder.original(kept.digest) == content


def test_the_same_photo_sent_by_twenty_at_once_is_one_file(folder: MediaFolder, tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        kept = set(pool.map(folder.keep, [picture()] * 20))
    (one,) = kept
    assert files(tmp_path) == [one.digest, f"{one.digest}.json"]


def test_nobody_else_on_the_machine_can_read_it(folder: MediaFolder, tmp_path: Path):
    folder.keep(picture())
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "media").rglob("*")} == {0}


def test_time_and_place_are_noted_and_not_in_what_is_shown(folder: MediaFolder):
    kept = folder.keep(picture(exif=hidden_data()))
    noted = folder.noted(kept.digest)
    assert noted.taken_at is not None
    assert noted.location is not None
    assert noted.location.label == "照片里的位置"
    shown, media_type = folder.shown(kept.digest)
    assert media_type == "image/jpeg"
    assert dict(Image.open(BytesIO(shown)).getexif()) == {}


def test_a_voice_message_is_kept_as_it_is(folder: MediaFolder):
    kept = folder.keep(VOICE)
    assert (kept.kind, kept.media_type) == ("voice", "audio/amr")
    assert folder.shown(kept.digest) == (VOICE, "audio/amr")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<html>", UnknownMedia),
        (b"", UnknownMedia),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", HeicPicture),
        (picture()[:300], DamagedMedia),
        (VOICE + bytes(2 * 1024 * 1024), MediaTooLarge),
        (picture() + bytes(1024 * 1024), MediaTooLarge),
    ],
)
def test_what_is_refused_leaves_nothing_behind(tmp_path: Path, content: bytes, error: type[Exception]):
    folder = MediaFolder(tmp_path / "media", photo_mb=1, voice_mb=2)
    with pytest.raises(error):
        folder.keep(content)
    assert files(tmp_path) == []


def test_a_full_disk_is_an_error_and_leaves_no_half_file(tmp_path: Path):
    (tmp_path / "media").write_text("not a folder")
    with pytest.raises(CannotWrite):
        MediaFolder(tmp_path / "media").keep(picture())


@pytest.mark.parametrize("digest", ["../../etc/passwd", "", "a" * 63, "A" * 64, f"{'a' * 64}.json"])
def test_a_name_that_is_no_digest_leads_nowhere(folder: MediaFolder, digest: str):
    for ask in (folder.original, folder.shown, folder.noted):
        with pytest.raises(MissingMedia):
            ask(digest)


def test_the_original_of_somebody_who_is_forgotten_loses_its_hidden_data(folder: MediaFolder):
    photo, voice = folder.keep(picture(exif=hidden_data())), folder.keep(VOICE)
    shown = folder.shown(photo.digest)
    for _ in range(2):  # a second time changes nothing
        folder.anonymise(photo.digest)
        folder.anonymise(voice.digest)
    assert folder.original(photo.digest) == shown[0]
    assert folder.noted(photo.digest).location is None
    assert folder.noted(photo.digest).fingerprint
    with pytest.raises(MissingMedia):
        folder.original(voice.digest)
