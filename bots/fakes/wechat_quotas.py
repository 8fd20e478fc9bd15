"""How much an official account may send (配额), as the platform counts it.

Source: developers.weixin.qq.com, 客服消息 and 订阅通知; read in 2026, the platform changes them without notice.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

MESSAGE_S, MESSAGES = 48 * 3600.0, 5
"""After a message of the user."""
TOUCH_S, TOUCHES = 60.0, 3
"""After a touch of the menu, a scan, a follow."""
CLOSED, USED_UP, REFUSED = 45015, 45047, 43101


@dataclass(slots=True)
class Window:
    """So many customer messages until then."""

    until: float = 0.0
    left: int = 0


class Windows:
    """The customer messages that may be sent to each user, by the user's last message and last touch."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._after_message: defaultdict[str, Window] = defaultdict(Window)
        self._after_touch: defaultdict[str, Window] = defaultdict(Window)

    def spoke(self, user: str) -> None:
        """The user has sent a message."""
        self._after_message[user] = Window(self._clock() + MESSAGE_S, MESSAGES)

    def touched(self, user: str) -> None:
        """The user has touched a menu or followed; that is no message."""
        self._after_touch[user] = Window(self._clock() + TOUCH_S, TOUCHES)

    def spend(self, user: str) -> int:
        """Count one customer message; return 0, or the error code where none may be sent."""
        windows = (self._after_touch[user], self._after_message[user])
        is_open = [window for window in windows if window.until > self._clock()]
        if not is_open:
            return CLOSED
        for window in is_open:
            if window.left:
                window.left -= 1
                return 0
        return USED_UP


class Subscriptions:
    """One-time subscriptions (一次性订阅): each touch allows one message of one template."""

    def __init__(self) -> None:
        self._left: defaultdict[tuple[str, str], int] = defaultdict(int)

    def allow(self, user: str, template: str) -> None:
        """The user has touched 允许 once."""
        self._left[user, template] += 1

    def spend(self, user: str, template: str) -> int:
        """Count one message; return 0, or the error code where the user has allowed none (any more)."""
        if not self._left[user, template]:
            return REFUSED
        self._left[user, template] -= 1
        return 0
