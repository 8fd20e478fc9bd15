"""What cleaning hands on: blocks of text, the title matter, and everything that was left out with its reason."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something was left out; the comment shows an example."""

    MASTHEAD = "masthead"  # 辽源日报
    PRESS = "press"  # 国内统一连续出版物号
    CHROME = "chrome"  # 发布日期：2025-05-06 【字体：大 中 小】
    PAGE_NUMBER = "page_number"  # - 3 -
    RUNNING_HEAD = "running_head"  # the title again on every page
    CARRIED_OVER = "carried_over"  # （上接第一版）
    MARK = "mark"  # [bookmark: …] <!-- … -->
    CREDIT = "credit"  # （新华社北京10月8日电）
    FOREIGN = "foreign"  # another article
    EXTRA = "extra"  # stands in one copy only, against the others


@dataclass(frozen=True, slots=True)
class Dropped:
    """A group of lines, or a part of a line, that is not in the text."""

    text: str
    reason: Reason
    first_line: int
    """Number of the line in the copy, from 1."""
    last_line: int
    copy: str = ""

    @property
    def is_foreign(self) -> bool:
        """An unrelated article, which is not kept in `sources/` either."""
        return self.reason is Reason.FOREIGN


@dataclass(frozen=True, slots=True)
class Block:
    """One unwrapped paragraph, heading line or table row."""

    text: str
    first_line: int = 0
    last_line: int = 0
    hashes: int = 0
    """Depth of a Markdown heading, 0 for other blocks."""
    weak: bool = False
    """It may go on with the paragraph before: a column ended there in a full line."""
    foreign: bool = False
    """It looks like part of another article; collation decides."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One copy without page furniture, in the order of the copy."""

    title: str
    """Empty where the copy has lost it."""
    dateline: str
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a copy with folded characters, its marks taken off."""

    number: int
    text: str
    hashes: int = 0
    indented: bool = False
    after_gap: bool = False
    """A blank line, a dropped line or a page end stands before it."""
    page: int | None = None
    width: float = 0.0
    """Length as printed, in Chinese characters; Latin ones count half."""

    @property
    def is_row(self) -> bool:
        """A line of a Markdown table."""
        return self.text.startswith("|") and self.text.endswith("|") and len(self.text) > 1
