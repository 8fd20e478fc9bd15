"""The words of the map page (地图页)."""

from collections import Counter
from collections.abc import Sequence

from assistant.wording.exports import category, state

__all__ = ["category", "state"]

INCIDENT = "突发事件"
OVERDUE = "已逾期"
ABOUT = "大概位置"
NUMBERED = "第{number}处，{count}件"


def title(number: int, count: int) -> str:
    """Return how a dot is read out."""
    return NUMBERED.format(number=number, count=count)


def scale(metres: int) -> str:
    """Return the length of the scale bar."""
    return f"{metres}米" if metres < 1000 else f"{metres // 1000}公里"


def counted(categories: Sequence[str]) -> str:
    """Return how many of which class: 地质灾害2件，消防1件."""
    return "，".join(f"{category(code)}{count}件" for code, count in Counter(categories).most_common())
