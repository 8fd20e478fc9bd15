"""What the question log (问题记录) keeps of a question that was not answered well: nothing that tells who asked."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile

from assistant.answers import Asker, Decision
from assistant.masking import MASK, mask
from assistant.search.terms import fold

MUNICIPALITIES = frozenset(("北京市", "天津市", "上海市", "重庆市"))
"""Their districts are counties, one step below the province instead of two."""
BELOW_COUNTY = re.compile(r".*(?:乡|镇|街道|苏木|村|社区|嘎查|组|寨|网格)")
"""示例镇 中关村街道 · near miss 景德镇市"""


class Settlement(StrEnum):
    """What an editor has done with a question."""

    OPEN = "open"  # 未处理
    ATTACHED = "attached"  # 已补进问法
    OUT_OF_SCOPE = "out_of_scope"  # 不归文件管
    DROPPED = "dropped"  # 不用处理


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """A question that ended in nearest or refused, or whose answer did not fit, with how often that was."""

    question: str
    """Masked, in one line."""
    region: str
    """At most down to the county."""
    asker: Asker
    decision: Decision
    """The last one."""
    units: tuple[str, ...]
    """The clauses that were shown."""
    last_on: date
    times: int = 1
    marked: int = 0
    """How many askers said that the answer did not fit."""
    number: int = 0
    """0 for one that is not in the log yet."""
    settlement: Settlement = Settlement.OPEN
    settled_on: date | None = None

    @property
    def is_open(self) -> bool:
        """An editor should look: nothing was done, or it was missed again after it had been attached."""
        if self.settlement is Settlement.OPEN:
            return True
        return self.settlement is Settlement.ATTACHED and self.settled_on is not None and self.last_on > self.settled_on


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a question came from; what is more precise than the log may know is cut off."""

    region: str
    asker: Asker
    on: date


def missed(
    text: str, origin: Origin, decision: Decision, units: Sequence[str], *, times: int = 1, marked: int = 0
) -> MissedQuestion | None:
    """Return a question as the log keeps it, None where nothing but an identity was written."""
    question = " ".join(mask(text).split())
    if not fold(question.replace(MASK, " ")):
        return None
    return MissedQuestion(
        question, county(origin.region), origin.asker, decision, tuple(units), origin.on, times, marked
    )


def question_key(question: str) -> str:
    """Return the same key for questions that differ only in punctuation, blanks, width and case of their letters."""
    return hashlib.sha256(fold(question).encode()).hexdigest()


def county(region: str) -> str:
    """Return a place path without what is below the county.

    >>> county("云南省/示例州/示例县/示例镇/上河村"), county("北京市/海淀区/某地区")
    ('云南省/示例州/示例县', '北京市/海淀区')
    """
    parts = [part for part in region.split("/") if part]
    deepest = 2 if parts and parts[0] in MUNICIPALITIES else 3
    return "/".join(takewhile(lambda part: not BELOW_COUNTY.fullmatch(part), parts[:deepest]))
