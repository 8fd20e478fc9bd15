"""What a person sees on the phone of a fake platform."""

from dataclasses import dataclass
from threading import Condition
from time import monotonic


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it stands on the screen."""

    text: str
    buttons: tuple[str, ...] = ()
    kind: str = "text"
    """text, menu, card, template …: in which form it came."""
    url: str = ""
    """Where a touch leads, for messages that are one link."""
    names: tuple[str, ...] = ()
    """What each button tells the bot."""


class Screen:
    """Messages in the order in which they came; what was read stays there, and its buttons can still be pressed."""

    def __init__(self) -> None:
        self._shown: list[Shown] = []
        self._read = 0
        self._changed = Condition()

    def show(self, shown: Shown) -> None:
        """Put a message on the screen."""
        with self._changed:
            self._shown.append(shown)
            self._changed.notify_all()

    def read(self, *, wait_s: float = 0.0) -> list[Shown]:
        """Return what came since the last look; wait so long for a first message where there is none."""
        until = monotonic() + wait_s
        with self._changed:
            while len(self._shown) == self._read and self._changed.wait(max(0.0, until - monotonic())):
                pass
            unread, self._read = self._shown[self._read :], len(self._shown)
        return unread

    def all(self) -> list[Shown]:
        """Return everything, oldest first."""
        with self._changed:
            return list(self._shown)
