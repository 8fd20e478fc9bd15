"""Terminal chat: a line in, replies out."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TextIO
from uuid import uuid4

from assistant.desk import Desk
from assistant.errors import DatabaseFailed
from assistant.ports import Incoming, Outgoing

CHANNEL = "terminal"
PROMPT = "您："
NAME = "应答："


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
            _say(desk.receive(Incoming(CHANNEL, uuid4().hex, sender, line.rstrip("\n"), now), now), out)
        out.write(PROMPT)
        out.flush()
    out.write("\n")


def _say(replies: list[Outgoing], out: TextIO) -> None:
    out.writelines(f"{NAME}{reply.text}\n\n" for reply in replies)
