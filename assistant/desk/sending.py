"""Sending (发送): messages leave the outbox, and what became of each is marked at once."""

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread
from time import monotonic

from assistant.errors import RecipientGone, SendingInDoubt, SendingPaused, SendingRefused
from assistant.ports import Channel, Receipt
from assistant.store import Claimed, Lane, Outbox
from assistant.wording import sentences

AT_ONCE = 4
"""What is in flight when the process is killed is sent again: few at once, few doubles."""
TIMEOUT_S = 5.0


class Sender:
    """Empties the outbox into channels; several of them, in threads and processes, share one outbox."""

    def __init__(self, outbox: Outbox, channels: Sequence[Channel], *, timeout_s: float = TIMEOUT_S) -> None:
        self._outbox = outbox
        self._channels = {channel.name: channel for channel in channels}
        self._timeout_s = timeout_s

    def step(self, lane: Lane, now: datetime) -> int:
        """Send a handful of messages of one lane that are due; return how many were tried."""
        claimed = self._outbox.claim(lane, self._channels, now, AT_ONCE)
        began = monotonic()
        sent = {self._start(message): message for message in claimed}
        until = began + self._timeout_s
        while sent:
            done = wait(sent, timeout=max(0.0, until - monotonic()), return_when=FIRST_COMPLETED).done
            if not done:
                break
            self._mark({sent.pop(result): result for result in done}, now, timedelta(seconds=monotonic() - began))
        for message in sent.values():
            self._outbox.put_off(message, "timeout", now, is_in_doubt=True)
        return len(claimed)

    def _start(self, message: Claimed) -> Future[Receipt]:
        """Send in a thread of its own: one that hangs is left behind and keeps no other message waiting."""
        result: Future[Receipt] = Future()
        Thread(target=self._send, args=(message, result), daemon=True).start()
        return result

    def _send(self, message: Claimed, result: Future[Receipt]) -> None:
        outgoing = message.outgoing
        if message.is_in_doubt:
            outgoing = replace(outgoing, text=sentences.AGAIN + outgoing.text)
        try:
            result.set_result(self._channels[message.channel].send(outgoing, message.key))
        except Exception as error:  # noqa: BLE001 - the worker's loop: it is marked on the message, and the next one goes
            result.set_exception(error)

    def _mark(self, results: dict[Claimed, Future[Receipt]], now: datetime, took: timedelta) -> None:
        """Mark what came back at the same time in one transaction."""
        taken = {message: result.result() for message, result in results.items() if result.exception() is None}
        if taken:
            self._outbox.all_handed_over(taken, now)
        for message, result in results.items():
            error = result.exception()
            if error is not None:
                self._mark_failed(message, error, now, took)

    def _mark_failed(self, message: Claimed, error: BaseException, now: datetime, took: timedelta) -> None:
        said = str(error) or type(error).__name__
        if isinstance(error, RecipientGone):
            self._outbox.lost(message, now)
        if isinstance(error, SendingRefused):
            self._outbox.give_up(message, said)
        elif isinstance(error, SendingPaused):
            self._outbox.pause(message, said, now + took + timedelta(seconds=error.details["wait_s"]))
        else:
            self._outbox.put_off(message, said, now, is_in_doubt=isinstance(error, SendingInDoubt))
