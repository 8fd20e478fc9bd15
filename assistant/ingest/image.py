"""Scans and photos (扫描件), by the `ocr` extra; what they give must be compared by a person."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import DamagedFile, MissingExtra, TooLarge
from assistant.ingest.apart import Message, read_apart
from assistant.ingest.limits import PICTURE_MEGAPIXELS
from assistant.ports import Progress, silent

RECOGNISER = "assistant.ingest.recogniser"
"""Not imported here: it needs 1 GB, which ends with its process."""

PACKAGES = ("rapidocr", "onnxruntime")


def recognised(path: Path, pages: Sequence[int] = (), *, kind: str, progress: Progress = silent) -> dict[int, str]:
    """Return page number to text, for the given pages of a pdf or all pages of a picture file.

    Raises MissingExtra, DamagedFile, TooLarge or ReaderFailed.
    """
    if any(importlib.util.find_spec(package) is None for package in PACKAGES):
        raise MissingExtra(extra="ocr")

    total = max(len(pages), 1)

    def note(message: Message) -> None:
        if "number" in message:
            progress("ocr", min(len(texts) + 1, total), total)
            texts[message["number"]] = message["text"]

    texts: dict[int, str] = {}
    for message in read_apart(RECOGNISER, path, [str(page) for page in pages], kind=kind, each=note):
        _raise_refusal(path, kind, message)
    return texts


def _raise_refusal(path: Path, kind: str, message: Message) -> None:
    match message.get("refused"):
        case "pixels":
            raise TooLarge(path=path, limit_megapixels=PICTURE_MEGAPIXELS)
        case "damaged":
            raise DamagedFile(path=path, kind=kind)
