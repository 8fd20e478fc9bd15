"""Queues (排队): what is of one chat is attended to in order, other chats pass; nobody waits for somebody else's photo."""

from collections import deque
from collections.abc import Callable
from threading import Condition, Thread, get_ident
from typing import Generic, TypeVar

Item = TypeVar("Item")
MOST_AT_ONCE = 16
"""Chats that are attended to at the same moment; a download of one of them may take half a minute."""


class Queues(Generic[Item]):
    """One queue for each chat, and a handful of threads that each take one chat at a time."""

    def __init__(self, attend: Callable[[Item], None], most: int = MOST_AT_ONCE) -> None:
        """attend: must not raise."""
        self._attend, self._most = attend, most
        self._waiting: dict[str, deque[Item]] = {}
        """By chat; one that is here is being attended to, or its turn is coming."""
        self._turns: deque[str] = deque()
        self._changed = Condition()
        self._threads: list[Thread] = []
        self._is_stopped = False

    def put(self, chat: str, item: Item) -> None:
        """Let something wait for its turn."""
        with self._changed:
            if chat in self._waiting:
                self._waiting[chat].append(item)
                return
            self._waiting[chat] = deque([item])
            self._turns.append(chat)
            if len(self._waiting) > len(self._threads) and len(self._threads) < self._most and not self._is_stopped:
                self._threads.append(Thread(target=self._work, name="telegram-chat", daemon=True))
                self._threads[-1].start()
            self._changed.notify()

    def stop(self, timeout_s: float) -> bool:
        """Begin nothing new and wait for what is under way; say whether all of that was finished in time."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._threads, timeout_s)

    def _work(self) -> None:
        while (chat := self._next()) is not None:
            self._attend(self._waiting[chat][0])
            with self._changed:
                queue = self._waiting[chat]
                queue.popleft()
                if queue:
                    self._turns.append(chat)  # after the other chats: a flood of one keeps nobody waiting
                    self._changed.notify()
                else:
                    del self._waiting[chat]

    def _next(self) -> str | None:
        with self._changed:
            self._changed.wait_for(lambda: self._turns or self._is_stopped)
            if not self._is_stopped:
                return self._turns.popleft()
            self._threads = [one for one in self._threads if one.ident != get_ident()]
            self._changed.notify_all()
            return None
