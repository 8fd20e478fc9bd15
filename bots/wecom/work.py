"""Work in hand (在办): each message once, however often it is delivered; what takes too long is kept and finished later."""

import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from threading import Lock
from typing import Any

from assistant.desk import Desk
from assistant.errors import SendingFailed, SendingRefused
from assistant.store import spool
from bots.vendor.calls import CallFailed
from bots.vendor.envelope import BadEnvelope
from bots.wecom.attending import Attendant, Done
from bots.wecom.reading import CHANNEL, Read, read
from bots.wecom.sending import WeComChannel

AT_ONCE, FILES_AT_ONCE = 16, 4
"""Messages with files wait for the platform: they have threads of their own, so that the others wait for nothing."""
STOP_S = 8.0
SENDING_ERRORS = (SendingFailed, SendingRefused)
log = logging.getLogger(__name__)


class Running:
    """One message in hand, for all its deliveries."""

    def __init__(self, *, is_left: bool = False) -> None:
        """is_left: nobody waits for it from the beginning."""
        self.done: Future[Done] = Future()
        self.task: Future[None] | None = None
        """The work itself, once a thread may take it."""
        self._lock, self._is_left = Lock(), is_left

    def finish(self, done: Done) -> bool:
        """Set what came out; True where nobody waits for it any more."""
        with self._lock:
            self.done.set_result(done)
            return self._is_left

    def leave(self) -> bool:
        """Say that nobody waits any more; False where it was finished meanwhile."""
        with self._lock:
            self._is_left = not self.done.done()
            return self._is_left


class Workbench:
    """The threads of the channel."""

    def __init__(self, desk: Desk, attendant: Attendant, channel: WeComChannel, clock: Callable[[], datetime]) -> None:
        self._desk, self._attendant, self._channel, self._clock = desk, attendant, channel, clock
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="wecom")
        self._file_threads = ThreadPoolExecutor(FILES_AT_ONCE, thread_name_prefix="wecom-files")
        self._running: dict[str, Running] = {}
        self._lock = Lock()

    def start(self, found: Read, *, is_left: bool = False) -> Running:
        """Begin to attend to a message, unless it is in hand already; is_left: no delivery waits for it."""
        name = found.incoming.message_id
        with self._lock:
            known = self._running.get(name)
            if known is not None:
                return known
            running = self._running[name] = Running(is_left=is_left)
            threads = self._file_threads if found.media else self._threads
            running.task = threads.submit(self._run, found, running)
        return running

    def keep(self, found: Read, fields: Mapping[str, Any]) -> None:
        """Keep what came, word for word, before the platform is told that it has arrived; raises DatabaseFailed."""
        now, incoming = self._clock(), found.incoming
        pushed = spool.Pushed(_name(found), incoming.sender[:64], json.dumps(fields, ensure_ascii=False))
        with self._desk.work(now) as work:
            spool.keep(work.session, CHANNEL, [pushed], now)

    def forget(self, found: Read) -> None:
        """Drop what was kept: it has been attended to."""
        with self._desk.work(self._clock()) as work:
            spool.drop(work.session, CHANNEL, _name(found))

    def resume(self) -> None:
        """Attend to what was kept when the process ended, in the order in which it came."""
        now = self._clock()
        with self._desk.work(now) as work:
            left = spool.left(work.session, CHANNEL)
        for one in left:
            try:
                found = read(json.loads(one.body), now)
            except (ValueError, BadEnvelope) as error:
                log.error("kept message %s: %s", one.name, error)
                continue
            if found is not None:
                self.start(found, is_left=True)

    def stop(self) -> None:
        """Begin nothing new, and give what is in hand a little time; what was not answered is delivered again."""
        for threads in (self._threads, self._file_threads):
            threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            tasks = [one.task for one in self._running.values()]
        wait([task for task in tasks if task is not None and not task.cancelled()], timeout=STOP_S)

    def _run(self, found: Read, running: Running) -> None:
        try:
            done = self._attendant.attend(found)
            if running.finish(done):
                self._late(found, done)
        except Exception as error:  # the thread's outermost step: the platform delivers again, or it is in the spool
            log.exception("message %s", found.incoming.message_id)
            if not running.done.done():
                running.done.set_exception(error)
        finally:
            with self._lock:
                self._running.pop(found.incoming.message_id, None)

    def _late(self, found: Read, done: Done) -> None:
        """Do what the answer to the callback would have done."""
        try:
            for number, reply in enumerate(done.replies):
                self._channel.send(reply, f"inbox/late/{found.incoming.message_id}/{number}")
            if done.chosen and found.code:
                self._channel.grey(found.incoming.sender, found.code, done.chosen)
        except (CallFailed, *SENDING_ERRORS) as error:  # the message itself has been attended to
            log.warning("after message %s: %s", found.incoming.message_id, error)
        self.forget(found)


def _name(found: Read) -> str:
    return found.incoming.message_id[:64]
