"""A channel of a platform as the process runs it (在线渠道): how each is started, stopped and asked how it is."""

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
    """What is wrong, in a sentence for the operator."""
    since: datetime | None = None


class LiveChannel(Protocol):
    """One platform; whatever is wrong with it stops nothing else."""

    name: str
    channel: Channel

    def register(self, app: FastAPI) -> None:
        """Add the routes by which the platform calls; none where we ask it."""
        ...

    def start(self) -> None:
        """Begin; an unreachable platform raises nothing."""
        ...

    def stop(self) -> None:
        """Begin nothing new, and finish what is in hand."""
        ...

    def health(self) -> Health:
        """Say how it is."""
        ...
