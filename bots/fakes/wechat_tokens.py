"""The access tokens of a fake official account: both ways to get one, which know nothing of each other."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

LIFE_S = 7200
FORCED_GAP_S = 30.0
FORCED_A_DAY = 20
DAY_S = 86400.0
CLASSIC_A_DAY = 2000
INVALID, EXPIRED, BUSY, USED_UP = 40001, 42001, 45011, 45009


@dataclass(frozen=True, slots=True)
class Token:
    """What opens the interfaces until then."""

    value: str
    until: float


class Tokens:
    """Hands tokens out; a new one makes the one before it, of the same kind, worthless."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._current: dict[str, Token] = {}
        self._forced: list[float] = []
        self._classic: list[float] = []
        self._lock = Lock()

    def stable(self, *, is_forced: bool) -> Token | int:
        """Return the token that holds, a new one where it is forced; an error code where that is too often."""
        with self._lock:
            now = self._clock()
            if is_forced and (code := self._refuses(now)):
                return code
            current = self._current.get("stable")
            if is_forced:
                self._forced.append(now)
            elif current is not None and current.until > now:
                return current
            return self._new("stable", now)

    def classic(self) -> Token | int:
        """Return a new token, always; an error code after 2,000 of a day."""
        with self._lock:
            now = self._clock()
            self._classic = [at for at in self._classic if at > now - DAY_S]
            if len(self._classic) >= CLASSIC_A_DAY:
                return USED_UP
            self._classic.append(now)
            return self._new("classic", now)

    def revoke(self) -> None:
        """Make every token worthless, as when somebody else has the secret changed."""
        with self._lock:
            self._current.clear()

    def refuses(self, value: str) -> int:
        """Return 0 where a token opens, else the error code."""
        with self._lock:
            found = next((one for one in self._current.values() if secrets.compare_digest(one.value, value)), None)
            if found is None:
                return INVALID
            return 0 if found.until > self._clock() else EXPIRED

    def _refuses(self, now: float) -> int:
        self._forced = [at for at in self._forced if at > now - DAY_S]
        if self._forced and now - self._forced[-1] < FORCED_GAP_S:
            return BUSY
        return USED_UP if len(self._forced) >= FORCED_A_DAY else 0

    def _new(self, kind: str, now: float) -> Token:
        self._current[kind] = Token(f"{kind}-fake-token-{secrets.token_hex(24)}", now + LIFE_S)
        return self._current[kind]
