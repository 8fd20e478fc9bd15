"""The small world of the tests: phones that talk to the desk, and a clock that stands still."""

from datetime import UTC, datetime

from assistant.desk import Desk
from assistant.ports import Incoming, Outgoing

NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
"""Noon in China."""


class Phone:
    """One person on one channel; every message gets a new id unless one is given."""

    def __init__(self, desk: Desk, sender: str, *, region: str = "", asker: str = "") -> None:
        self.desk = desk
        self.sender = sender
        self.sent = 0
        if region or asker:
            desk.set_profile("test", sender, region=region, asker=asker or None)

    def says(self, text: str, message_id: str | None = None) -> list[Outgoing]:
        """Send a message, return all replies."""
        self.sent += 1
        message = Incoming("test", message_id or f"{self.sender}-{self.sent}", self.sender, text, NOON)
        return self.desk.receive(message, NOON)

    def reads(self, text: str) -> str:
        """Send a message that must get exactly one reply, return its text."""
        (reply,) = self.says(text)
        return reply.text
