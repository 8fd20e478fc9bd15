"""A channel of a platform while it runs (渠道): what the process starts, stops, asks how it is, and sends through."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fastapi import FastAPI

from assistant.ports import Channel


@dataclass(frozen=True, slots=True)
class Health:
    """How a channel is."""

    ok: bool
    what: str = ""
    """One sentence of `wording` for whoever looks after the service."""
    since: datetime | None = None
    """When that began, where it is known."""


class LiveChannel(Protocol):
    """One platform; independent of all others."""

    name: str
    channel: Channel
    """What messages leave by."""

    def register(self, app: FastAPI) -> None:
        """Add the addresses that the platform calls; none where the channel asks for messages by itself."""
        ...

    def start(self) -> None:
        """Begin, without waiting for the platform: one that cannot be reached is no error here."""
        ...

    def stop(self) -> None:
        """Finish what has begun, within ten seconds."""
        ...

    def health(self) -> Health:
        """Say how the channel is, without asking the platform."""
        ...
