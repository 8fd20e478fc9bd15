"""What a callback leads to (办理): the file is fetched, the desk is asked, and what was pressed is known."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import sleep

from assistant.desk import Desk
from assistant.desk.pressing import label
from assistant.errors import BadInput, DatabaseFailed, MediaNotKept, TooManyFiles
from assistant.ports import Attachment, Incoming, Outgoing
from assistant.store import Lane
from assistant.wording import explain
from assistant.wording import wecom as wording
from bots.vendor.calls import CallFailed, Calls
from bots.vendor.errcodes import Action
from bots.wecom.reading import CHANNEL, Read
from bots.wecom.state import State

MEDIA = "/cgi-bin/media/get"
MOST_BYTES = 20 * 1024 * 1024
"""WeCom takes pictures up to 10 MB; the desk's own limits come after it."""
PAUSES_S = (0.0, 1.0, 4.0)
"""Before each attempt at a file."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What is left to do when a message has been attended to."""

    replies: tuple[Outgoing, ...] = ()
    """What stands in no outbox: to be said at once."""
    chosen: str = ""
    """Label of the button that was pressed, where it counted."""


class Attendant:
    """Between platform and desk; everything here waits, so it runs in threads of its own."""

    def __init__(
        self,
        desk: Desk,
        calls: Calls,
        state: State,
        clock: Callable[[], datetime],
        pauses_s: Sequence[float] = PAUSES_S,
    ) -> None:
        self._desk, self._calls, self._state, self._clock, self._pauses_s = desk, calls, state, clock, pauses_s

    def attend(self, read: Read) -> Done:
        """Do what a message asks for; the same message again has the same effect."""
        incoming = read.incoming
        if read.is_gone:
            with self._desk.work(self._clock()) as work:
                work.lose(CHANNEL, incoming.sender)
            return Done()
        if read.media:
            kept = self._fetched(read)
            if isinstance(kept, str):
                self._tell(incoming, kept)
                return Done()
            incoming = replace(incoming, attachments=(kept,))
        chosen = self._label(incoming)
        replies = self._desk.receive(replace(incoming, text=chosen or incoming.text), self._clock())
        return Done(tuple(replies), "" if replies else chosen)

    def _fetched(self, read: Read) -> Attachment | str:
        """Return the kept file, or what its sender is told."""
        if not self._desk.takes_file(CHANNEL, read.incoming.sender, self._clock()):
            return explain(TooManyFiles())
        for pause_s in self._pauses_s:
            sleep(pause_s)
            try:
                content = self._calls.download(MEDIA, {"media_id": read.media}, MOST_BYTES)
                self._state.works()
                return self._desk.gallery.keep(content)
            except CallFailed as error:
                self._state.failed(error, self._clock())
                log.warning("file of message %s: %s", read.incoming.message_id, error)
                if error.action is not Action.RETRY:
                    break
            except (BadInput, MediaNotKept) as error:
                return wording.not_kept(read.kind, explain(error))
        return wording.not_fetched(read.kind)

    def _label(self, incoming: Incoming) -> str:
        """Return what stands on the pressed button, where it counts; else the desk itself says what is wrong."""
        if incoming.pressed is None:
            return ""
        try:
            with self._desk.work(self._clock()) as work:
                return label(incoming, work)
        except DatabaseFailed as error:
            log.warning("button of message %s: %s", incoming.message_id, error)
            return ""

    def _tell(self, incoming: Incoming, text: str) -> None:
        message = Outgoing(CHANNEL, incoming.sender, text)
        with self._desk.work(self._clock()) as work:
            person = work.person(CHANNEL, incoming.sender)
            work.tell(person, message, key=f"file/{incoming.message_id}", lane=Lane.URGENT)
