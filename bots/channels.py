"""The channels of the platforms (渠道) as the settings say: each opened, started, stopped and asked by itself."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from threading import Thread
from typing import Any, Self

from fastapi import FastAPI

from assistant.config import NEEDED, Settings, is_wanted, lacking
from assistant.desk import Desk
from assistant.errors import ChannelUnready, YingdaError
from assistant.ports import Channel
from assistant.wording import explain
from assistant.wording.channels import BROKEN, NAMES, OFF
from bots.live import Health, LiveChannel

PUSHED = frozenset({"wecom", "telegram"})
"""Where replies leave by the outbox; an official account answers within the request as long as it can."""
STOP_S = 10.0
Clock = Callable[[], datetime]
Open = Callable[[Settings, Desk, Clock], LiveChannel | None]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failed:
    """A channel that is not there, and why."""

    name: str
    health: Health


def pushed(settings: Settings) -> frozenset[str]:
    """Return the channels to which replies are sent, for `open_desk`."""
    return frozenset(name for name in PUSHED if is_wanted(settings, name) and not lacking(settings, name))


def openers() -> dict[str, Open]:
    """Return what opens each channel; a package is loaded when its channel is opened."""
    return {name: _opener(name) for name in NEEDED}


class Channels:
    """All channels of the process; what is wrong with one stops neither the others nor the pages."""

    def __init__(self, live: Sequence[LiveChannel], failed: Sequence[Failed] = ()) -> None:
        self.live = tuple(live)
        self._failed = {one.name: one.health for one in failed}

    @classmethod
    def of(cls, settings: Settings, desk: Desk, clock: Clock, given: dict[str, Open] | None = None) -> Self:
        """Open every channel for which something is filled in."""
        tried = [_open(name, opener, settings, desk, clock) for name, opener in (given or openers()).items()]
        return cls(
            [one for one in tried if not isinstance(one, Failed | None)],
            [one for one in tried if isinstance(one, Failed)],
        )

    @property
    def senders(self) -> list[Channel]:
        """What the worker sends through."""
        return [one.channel for one in self.live]

    def register(self, app: FastAPI) -> None:
        """Add the addresses that the platforms call."""
        for one in self.live:
            one.register(app)

    def __enter__(self) -> Self:
        for one in self.live:
            try:
                one.start()
            except Exception:
                log.exception("channel %s did not start", one.name)
                self._failed[one.name] = Health(ok=False, what=BROKEN)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop all at the same time; one that does not stop is left behind."""
        threads = [Thread(target=one.stop, name=f"stop {one.name}", daemon=True) for one in self.live]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(STOP_S)

    def health(self) -> dict[str, dict[str, Any]]:
        """Return how each channel is; one that is switched off is listed, too."""
        live = {one.name: one for one in self.live}
        return {name: _shown(self._failed.get(name) or _asked(live.get(name))) for name in NEEDED}


def _opener(name: str) -> Open:
    def open_one(settings: Settings, desk: Desk, clock: Clock) -> LiveChannel | None:
        opener: Open = getattr(import_module(f"bots.{name}"), f"open_{name}")
        return opener(settings, desk, clock)

    return open_one


def _open(name: str, opener: Open, settings: Settings, desk: Desk, clock: Clock) -> LiveChannel | Failed | None:
    if not is_wanted(settings, name):
        return None
    try:
        if names := lacking(settings, name):
            raise ChannelUnready(channel=NAMES[name], names="、".join(names))
        return opener(settings, desk, clock)
    except YingdaError as error:
        log.error("%s", error)
        return Failed(name, Health(ok=False, what=explain(error), since=clock()))
    except Exception:
        log.exception("channel %s", name)
        return Failed(name, Health(ok=False, what=BROKEN, since=clock()))


def _asked(live: LiveChannel | None) -> Health | None:
    if live is None:
        return None
    try:
        return live.health()
    except Exception:
        log.exception("health of %s", live.name)
        return Health(ok=False, what=BROKEN)


def _shown(health: Health | None) -> dict[str, Any]:
    if health is None:
        return {"on": False, "ok": True, "what": OFF, "since": None}
    since = health.since.isoformat() if health.since else None
    return {"on": True, "ok": health.ok, "what": health.what, "since": since}
