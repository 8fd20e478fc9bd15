"""Attending (受理): a message is kept before anything is answered; pictures and voices are fetched at once, or a little later."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any

from assistant.desk import Desk
from assistant.errors import BadInput, DatabaseFailed, MediaNotKept, TooManyFiles, UnknownMedia
from assistant.ports import Attachment, Outgoing
from assistant.store import spool
from assistant.wording import explain
from assistant.wording.channels import NOT_COME
from bots.vendor.calls import CallFailed, Calls
from bots.vendor.errcodes import Action
from bots.wechat import telling
from bots.wechat.reading import CHANNEL, Message, read

MEDIA_PATH = "/cgi-bin/media/get"
MOST_TRIES = 5
AGAIN_S = 20.0
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tried:
    """How often a file was asked for, and when next."""

    count: int = 0
    next_at: float = 0.0


class Attendant:
    """Hands messages to the desk, each with what belongs to it."""

    def __init__(self, desk: Desk, calls: Calls, clock: Callable[[], datetime], most_bytes: int) -> None:
        self._desk, self._calls, self._clock, self._most = desk, calls, clock, most_bytes
        self._tried: dict[str, Tried] = {}
        self._fetching: set[str] = set()
        self._lock = Lock()

    def attend(self, message: Message, fields: Mapping[str, Any]) -> list[Outgoing]:
        """Return the replies to a message; nothing yet where its file could not be fetched so far."""
        if not message.media_id:
            return self._answered(message)
        self._spool(message, fields)
        return self._with_file(message)

    def is_kept(self, message: Message) -> bool:
        """Say whether a message whose replies are not there yet will be attended to whatever happens to this process."""
        with self._lock:
            if message.incoming.message_id in self._tried:
                return True
        return self._desk.leave(message.incoming)

    def fetch_again(self) -> int:
        """Attend to what still waits for its file; return how much there was."""
        now = self._clock()
        with self._desk.work(now) as work:
            waiting = spool.left(work.session, CHANNEL)
        for one in waiting:
            message = read(json.loads(one.body), now)
            if isinstance(message, Message) and self._is_due(message.incoming.message_id):
                self._with_file(message)
                self._desk.send_from(message.incoming, 0, self._clock())
        return len(waiting)

    def _answered(self, message: Message) -> list[Outgoing]:
        replies = self._desk.receive(message.incoming, self._clock())
        if message.is_known or not replies:
            return replies
        return [Outgoing(CHANNEL, message.incoming.sender, explain(UnknownMedia()))]

    def _spool(self, message: Message, fields: Mapping[str, Any]) -> None:
        """Keep what came, word for word: its file may take longer than the platform waits."""
        now, incoming = self._clock(), message.incoming
        body = json.dumps(dict(fields), ensure_ascii=False)
        with self._desk.work(now) as work:
            spool.keep(work.session, CHANNEL, [spool.Pushed(incoming.message_id, incoming.sender, body)], now)
        with self._lock:
            self._tried.setdefault(incoming.message_id, Tried(next_at=monotonic() + AGAIN_S))

    def _with_file(self, message: Message) -> list[Outgoing]:
        name = message.incoming.message_id
        with self._lock:
            if name in self._fetching:
                return []
            self._fetching.add(name)
        try:
            attachment = self._fetched(message)
            if attachment is None:
                return []
            replies = self._desk.receive(message.holding(attachment), self._clock())
            self._drop(name)
            return replies
        finally:
            with self._lock:
                self._fetching.discard(name)

    def _fetched(self, message: Message) -> Attachment | None:
        """Return the file as it is kept; None where it has not come, of which the sender is told in the end."""
        incoming = message.incoming
        is_first = incoming.message_id not in self._tried
        if is_first and not self._desk.takes_file(CHANNEL, incoming.sender, self._clock()):
            self._refuse(message, explain(TooManyFiles()))
            return None
        try:
            content = self._calls.download(MEDIA_PATH, {"media_id": message.media_id}, self._most)
            return self._desk.gallery.keep(content)
        except (CallFailed, MediaNotKept) as error:
            log.warning("file of message %s: %s", message.incoming.message_id, error)
            if self._is_hopeless(message.incoming.message_id, error):
                self._refuse(message, NOT_COME)
        except BadInput as error:  # no picture, too large, damaged: it will not get better
            self._refuse(message, explain(error))
        return None

    def _is_hopeless(self, name: str, error: Exception) -> bool:
        with self._lock:
            tried = self._tried.setdefault(name, Tried())
            tried.count, tried.next_at = tried.count + 1, monotonic() + AGAIN_S
            is_final = isinstance(error, CallFailed) and error.action is Action.DEAD_LETTER
            return is_final or tried.count >= MOST_TRIES

    def _refuse(self, message: Message, sentence: str) -> None:
        """Words that came with the file are attended to; of the file its sender is told."""
        if message.incoming.text:
            self._desk.receive(message.incoming, self._clock())
            self._desk.send_from(message.incoming, 0, self._clock())
        telling.tell(self._desk, message.incoming, sentence, self._clock())
        self._drop(message.incoming.message_id)

    def _is_due(self, name: str) -> bool:
        """Say whether a file may be asked for again; one that this process has not asked for may at once."""
        with self._lock:
            return name not in self._tried or self._tried[name].next_at <= monotonic()

    def _drop(self, name: str) -> None:
        with self._desk.work(self._clock()) as work:
            spool.drop(work.session, CHANNEL, name)
        with self._lock:
            self._tried.pop(name, None)


def send_rest(desk: Desk, message: Message, start: int, now: datetime) -> None:
    """Send the replies that no answer to a request can hold any more; a database that fails keeps them in the inbox."""
    try:
        desk.send_from(message.incoming, start, now)
    except DatabaseFailed as error:
        log.error("replies to message %s were not sent: %s", message.incoming.message_id, error)
