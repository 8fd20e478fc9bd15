"""Attending (处理): one update after another becomes a message to the desk; what the platform is told comes after that."""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event, Lock

from assistant.desk import Desk
from assistant.errors import BadInput, MediaNotKept, MediaTooLarge, SendingFailed, SendingRefused, TooManyFiles
from assistant.ports import Attachment, Incoming, Outgoing
from assistant.store import Lane
from assistant.store.spool import Pushed
from assistant.triage import danger
from assistant.wording import channels as words
from assistant.wording import explain
from bots.telegram.channel import TelegramChannel, chosen
from bots.telegram.client import Client
from bots.telegram.failures import CHANNEL
from bots.telegram.reading import InGroup, Left, Notice, Press, Said, read

MEGABYTE = 1024 * 1024
SELDOM = timedelta(minutes=10)
"""So often is a group told that nothing is done in groups."""
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
log = logging.getLogger(__name__)


class Stopped(Exception):
    """The process ends: what is in hand is taken up at the next start."""


@dataclass(frozen=True, slots=True)
class Sides:
    """What stands on both sides of an update."""

    desk: Desk
    client: Client
    clock: Callable[[], datetime]
    most_mb: int = 10
    """Of a file that is worth fetching."""


class Attendant:
    """Attends to updates; each of them may come again, after a crash, and then has no second effect."""

    def __init__(self, sides: Sides) -> None:
        self._desk, self._client, self._clock = sides.desk, sides.client, sides.clock
        self._sides = sides
        self._channel = TelegramChannel(sides.client)
        self._groups: dict[str, datetime] = {}
        self._lock = Lock()
        self._stopped = Event()

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._stopped.set()

    def attend(self, pushed: Pushed, *, is_first: bool = True) -> None:
        """Do what an update asks for; is_first: it has not failed before.

        Raises: DatabaseFailed, Stopped; then it is to be attended to again.
        """
        now = self._clock()
        try:
            event = read(json.loads(pushed.body), self._client.access.bot, now)
        except UNREADABLE as error:
            log.warning("telegram: update %s is not as it should be: %s", pushed.name, type(error).__name__)
            return
        match event:
            case Said():
                self._said(event, is_first=is_first)
            case Press():
                self._pressed(event, is_first=is_first)
            case Notice():
                self._tell(event.sender, event.name, event.text)
            case Left():
                with self._desk.work(now) as work:
                    work.lose(CHANNEL, event.sender)
            case InGroup():
                self._in_group(event, now)

    def _said(self, said: Said, *, is_first: bool) -> None:
        incoming, notices = said.incoming, [said.notice]
        if said.file and danger(incoming.text) is not None:
            self._receive(incoming, is_first=is_first)  # who is in danger does not wait for a photo
            incoming = replace(incoming, text="", location=None, message_id=f"{incoming.message_id}/file")
        if said.file:
            attachment, refusal = self._kept(said)
            notices.append(refusal)
            incoming = replace(incoming, attachments=(attachment,) if attachment else ())
        if incoming.text or incoming.location or incoming.attachments:
            self._receive(incoming, is_first=is_first)
        for notice in filter(None, notices):
            self._tell(incoming.sender, incoming.message_id, notice)

    def _pressed(self, press: Press, *, is_first: bool) -> None:
        """First the press counts, then the platform hears of it: that may fail, the press stands."""
        self._receive(press.incoming, is_first=is_first)
        try:
            self._client.answer(press.id)
            if press.buttons is not None:
                self._client.show(press.incoming.sender, press.message, chosen(press.buttons, press.data))
        except (SendingFailed, SendingRefused) as error:
            log.info("telegram: a press was not shown as such: %s", error)

    def _receive(self, incoming: Incoming, *, is_first: bool) -> None:
        """Replies go by the outbox; what comes back at once is said because that fails."""
        for reply in self._desk.receive(incoming, self._clock()):
            if is_first:
                self._say_at_once(reply)

    def _say_at_once(self, reply: Outgoing) -> None:
        try:
            self._channel.send(reply, "")
        except (SendingFailed, SendingRefused) as error:
            log.warning("telegram: %s", error)

    def _kept(self, said: Said) -> tuple[Attachment | None, str]:
        """Fetch and keep a file; return it, or why not."""
        if said.size > self._sides.most_mb * MEGABYTE:
            return None, explain(MediaTooLarge(limit_mb=self._sides.most_mb))
        if not self._desk.takes_file(CHANNEL, said.incoming.sender, self._clock()):
            return None, explain(TooManyFiles())
        content = self._fetched(said.file)
        if content is None:
            return None, words.MEDIA_LOST
        try:
            return self._desk.gallery.keep(content), ""
        except (BadInput, MediaNotKept) as error:
            return None, explain(error)

    def _fetched(self, file: str) -> bytes | None:
        """Return a file; None where it cannot be had, in several attempts.

        Raises: Stopped.
        """
        for pause_s in (*self._client.access.pauses_s, None):
            try:
                return self._client.download(file)
            except SendingRefused as error:
                log.warning("telegram: a file was refused: %s", error)
                return None
            except SendingFailed as error:
                log.warning("telegram: a file did not come: %s", error)
            if pause_s is not None and self._stopped.wait(pause_s):
                raise Stopped
        return None

    def _tell(self, sender: str, name: str, text: str) -> None:
        with self._desk.work(self._clock()) as work:
            person = work.person(CHANNEL, sender)
            work.tell(person, Outgoing("", "", text), key=f"{CHANNEL}/{name}/notice", lane=Lane.URGENT)

    def _in_group(self, said: InGroup, now: datetime) -> None:
        """What is said in a group is nobody's report; who speaks to the bot there hears where to go, now and then."""
        with self._lock:
            before = self._groups.get(said.chat)
            if before is not None and now - before < SELDOM:
                return
        # it may fail: the next one who asks is told
        with suppress(SendingFailed, SendingRefused):
            if said.is_answer or f"@{self._client.name()}".lower() in said.text.lower():
                with self._lock:
                    self._groups[said.chat] = now
                self._client.send(said.chat, words.IN_GROUP)
