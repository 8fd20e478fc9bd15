"""Terminal chat: a line in, replies out."""

from collections.abc import Callable
from datetime import datetime
from typing import TextIO
from uuid import uuid4

from assistant.desk import Desk
from assistant.ports import Incoming

CHANNEL = "terminal"
PROMPT = "您："
NAME = "应答："


def converse(desk: Desk, sender: str, clock: Callable[[], datetime], lines: TextIO, out: TextIO) -> None:
    """Answer line by line until the input ends; an empty line is no message."""
    out.write(PROMPT)
    out.flush()
    for line in lines:
        if line.strip():
            now = clock()
            for reply in desk.receive(Incoming(CHANNEL, uuid4().hex, sender, line.rstrip("\n"), now), now):
                out.write(f"{NAME}{reply.text}\n\n")
        out.write(PROMPT)
        out.flush()
    out.write("\n")
