"""Terminal chat: a line in, replies out; /照片 and /位置 send what a phone would."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TextIO
from uuid import uuid4

from assistant.desk import Desk
from assistant.errors import DatabaseFailed, MissingFile, YingdaError
from assistant.ports import Incoming, Location, Outgoing
from assistant.wording import explain
from bots.capabilities import TERMINAL
from bots.rendering import render

CHANNEL = "terminal"
PROMPT = "您："
NAME = "应答："
PHOTO = re.compile(r"/照片\s+(?P<path>\S.*)")
# /照片 裂缝.jpg
POINT = re.compile(r"/位置\s+(?P<lat>-?\d{1,2}(?:\.\d+)?)[,，](?P<lon>-?\d{1,3}(?:\.\d+)?)(?:\s+(?P<label>\S.*))?")
# /位置 25.2010,100.3010 上河村委会 · near miss: /位置 上河村


def converse(desk: Desk, sender: str, clock: Callable[[], datetime], lines: TextIO, out: TextIO) -> None:
    """Answer line by line until the input ends; an empty line is no message."""
    _say(desk.pending(CHANNEL, sender, clock()), out)
    out.write(PROMPT)
    out.flush()
    for line in lines:
        now = clock()
        with suppress(DatabaseFailed):  # what is typed next is answered all the same, by rule where need be
            _say(desk.pending(CHANNEL, sender, now), out)
        if line.strip():
            _say(_answered(desk, Incoming(CHANNEL, uuid4().hex, sender, line.rstrip("\n"), now)), out)
        out.write(PROMPT)
        out.flush()
    out.write("\n")


def _answered(desk: Desk, incoming: Incoming) -> list[Outgoing]:
    """Hand a line over; a photo that cannot be read is answered here."""
    try:
        read = _read(desk, incoming)
    except YingdaError as error:
        return [Outgoing(CHANNEL, incoming.sender, explain(error))]
    return desk.receive(read, read.at)


def _read(desk: Desk, incoming: Incoming) -> Incoming:
    line = incoming.text.strip()
    if found := PHOTO.fullmatch(line):
        return replace(incoming, text="", attachments=(desk.gallery.keep(_content(found["path"])),))
    found = POINT.fullmatch(line)
    if found is None or abs(float(found["lat"])) > 90 or abs(float(found["lon"])) > 180:  # noqa: PLR2004 - degrees
        return incoming
    return replace(incoming, text="", location=Location(float(found["lat"]), float(found["lon"]), found["label"] or ""))


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise MissingFile(path=path) from error


def _say(replies: list[Outgoing], out: TextIO) -> None:
    out.writelines(f"{NAME}{part.text}\n\n" for reply in replies for part in render(reply, TERMINAL))
