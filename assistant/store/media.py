"""The folder of pictures and voice messages: each stored at most once, under the SHA-256 of its bytes.

The original is evidence and is never changed or shown; what is shown is a copy without hidden data.
Beside it stand notes: what it is, its fingerprint, and what its hidden data said.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.errors import DamagedMedia, HeicPicture, MediaTooLarge, MissingMedia, UnknownMedia
from assistant.files import write_private
from assistant.media import Kind, Sort, look, shared_copy, sniff
from assistant.ports import Attachment, Location

MEGABYTE = 1024 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")
# the SHA-256 of a file; a name with a dot or slash is none
FROM_PHOTO = "照片里的位置"
"""Label of a point that came from a picture's hidden data: where the camera stood."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of a kept file."""

    fingerprint: str = ""
    taken_at: datetime | None = None
    location: Location | None = None


class MediaFolder:
    """Everything that people have sent besides words."""

    def __init__(self, folder: Path, *, photo_mb: int = 10, voice_mb: int = 5) -> None:
        self._folder = folder
        self._limits = {Sort.IMAGE: photo_mb, Sort.VOICE: voice_mb}

    def keep(self, content: bytes) -> Attachment:
        """Keep a file, once however often it comes.

        Raises: UnknownMedia, HeicPicture, MediaTooLarge, DamagedMedia, CannotWrite; nothing is kept then.
        """
        kind = self._admitted(content)
        attachment = Attachment(kind.sort.value, hashlib.sha256(content).hexdigest(), kind.media_type)
        path = self._path(attachment.digest)
        if not path.is_file():
            # Notes first: a file that is there has its notes.
            notes = _notes(content, kind)
            write_private(path.with_suffix(".json"), json.dumps(notes, ensure_ascii=False).encode())
            write_private(path, content)
        return attachment

    def original(self, digest: str) -> bytes:
        """Return a file as it came, as evidence; raises MissingMedia."""
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise MissingMedia(digest=digest) from error

    def shown(self, digest: str) -> tuple[bytes, str]:
        """Return what may be shown of a file, with its media type: of a picture the copy without hidden data.

        Raises: MissingMedia, CannotWrite.
        """
        kind = self._read_notes(digest)["media_type"]
        if not kind.startswith("image/"):
            return self.original(digest), kind
        copy = self._path(digest).with_suffix(".jpg")
        if not copy.is_file():
            write_private(copy, shared_copy(self.original(digest)))
        return copy.read_bytes(), "image/jpeg"

    def noted(self, digest: str) -> Noted:
        """Return fingerprint, time and place of a picture as its hidden data had them; raises MissingMedia."""
        notes = self._read_notes(digest)
        taken = notes.get("taken_at")
        point = Location(notes["lat"], notes["lon"], FROM_PHOTO) if notes.get("lat") is not None else None
        return Noted(notes.get("fingerprint", ""), datetime.fromisoformat(taken) if taken else None, point)

    def fingerprint(self, digest: str) -> str:
        """Return the fingerprint of a picture, empty for what is not kept or is none."""
        return self._noted_or_nothing(digest).fingerprint

    def place(self, digest: str) -> Location | None:
        """Return where a picture was taken, None where that is not known."""
        return self._noted_or_nothing(digest).location

    def _noted_or_nothing(self, digest: str) -> Noted:
        try:
            return self.noted(digest)
        except (MissingMedia, DamagedMedia):
            return Noted()

    def anonymise(self, digest: str) -> None:
        """Put the copy without hidden data in the place of a picture, and remove a voice message.

        A file that is not there, or no longer there, needs nothing. Raises: CannotWrite.
        """
        path = self._path(digest)
        if not path.is_file():
            return
        notes = self._read_notes(digest)
        if notes["media_type"].startswith("image/"):
            write_private(path, self.shown(digest)[0])
            kept = {name: notes[name] for name in ("media_type", "fingerprint")}
            write_private(path.with_suffix(".json"), json.dumps(kept).encode())
        else:
            path.unlink(missing_ok=True)  # a voice cannot be made nobody's

    def _admitted(self, content: bytes) -> Kind:
        kind = sniff(content)
        if kind is None:
            raise UnknownMedia
        if not kind.is_readable:
            raise HeicPicture
        limit = self._limits[kind.sort]
        if len(content) > limit * MEGABYTE:
            raise MediaTooLarge(limit_mb=limit)
        return kind

    def _path(self, digest: str) -> Path:
        if not DIGEST.fullmatch(digest):
            raise MissingMedia(digest=digest)
        return self._folder / digest[:2] / digest

    def _read_notes(self, digest: str) -> dict[str, Any]:
        try:
            notes: dict[str, Any] = json.loads(self._path(digest).with_suffix(".json").read_bytes())
        except FileNotFoundError as error:
            raise MissingMedia(digest=digest) from error
        except ValueError as error:
            raise DamagedMedia(digest=digest) from error
        return notes


def _notes(content: bytes, kind: Kind) -> dict[str, Any]:
    notes: dict[str, Any] = {"media_type": kind.media_type}
    if kind.sort is Sort.IMAGE:
        seen = look(content)
        notes["fingerprint"] = seen.fingerprint
        if seen.evidence.taken_at is not None:
            notes["taken_at"] = seen.evidence.taken_at.isoformat()
        if seen.evidence.lat is not None:
            notes |= {"lat": seen.evidence.lat, "lon": seen.evidence.lon}
    return notes
