"""What each channel can (能力表): how long a text may be, and how choices are shown; the rest falls back to numbered text."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.wording.parts import size, units


@dataclass(frozen=True, slots=True)
class Capability:
    """One channel."""

    channel: str
    limit: int
    """Of one text, as `measure` counts."""
    measure: Callable[[str], int]
    most_buttons: int = 0
    """0 where choices are text."""
    longest_label: int = 0
    """Characters of a button."""
    has_cards: bool = False
    """Buttons come in a card of their own, not under any text."""


WECHAT = Capability("wechat", 2048, size, most_buttons=10, longest_label=30)
"""msgmenu; source: developers.weixin.qq.com, customer message. Its numbers are not documented: these are ours."""
WECOM = Capability("wecom", 2048, size, most_buttons=6, longest_label=10, has_cards=True)
"""template_card button_interaction; source: developer.work.weixin.qq.com/document/path/90236."""
TELEGRAM = Capability("telegram", 4096, units, most_buttons=8, longest_label=32)
"""Source: core.telegram.org/bots/api, sendMessage, InlineKeyboardMarkup; a wider keyboard is unreadable on a phone."""
TERMINAL = Capability("terminal", 1_000_000, len)
WEB = Capability("web", 1_000_000, len, most_buttons=24, longest_label=64)
ALL = {one.channel: one for one in (WECHAT, WECOM, TELEGRAM, TERMINAL, WEB)}
