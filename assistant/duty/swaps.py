"""The swap of shifts (换班): asked, taken, declined, withdrawn or past; until it is taken, the roster stays as it is."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field

from assistant.duty.post import Post
from assistant.events import Case, Fact, utc
from assistant.rules import Rules

CLOSES, MOST, REST = "duty.swap.closes", "duty.swap.most", "duty.swap.rest"
WEEK = timedelta(days=7)


class SwapState(StrEnum):
    """How far a swap has come."""

    ASKED = "asked"  # 已提出
    TAKEN = "taken"  # 已同意
    DECLINED = "declined"  # 被谢绝
    WITHDRAWN = "withdrawn"  # 已撤回
    PAST = "past"  # 过期


class Obstacle(StrEnum):
    """Why somebody cannot take a shift."""

    BUSY = "busy"  # 那个时间已经有班
    REST = "rest"  # 前后两班挨得太近
    MOST = "most"  # 一周里班太多
    RANK = "rank"  # 带班的班要能带班的人替


class Swap(Case, table=True):
    """One person's wish to give a shift away, for nothing or for one in return."""

    __tablename__ = "swap"

    region: str = Field(default="", max_length=255, index=True)
    unit: str = ""
    kind: str = Field(default="", max_length=16)
    """A PostKind: of the shift that is given away."""
    state: str = Field(default=SwapState.ASKED.value, max_length=16, index=True)
    asked_by: int = Field(default=0, index=True)
    starts_at: datetime | None = None
    """Of the shift that is given away."""
    ends_at: datetime | None = None
    other: int | None = Field(default=None, index=True)
    """Who is asked, or has taken it; none where anybody may."""
    return_starts_at: datetime | None = None
    """Of the shift in return; none where nothing is given back."""
    closes_at: datetime | None = Field(default=None, index=True)
    """Until then it can be taken."""
    words: str = ""


def ask(give: Post, other: int | None, back: Post | None, words: str, rules: Rules) -> Fact:
    """Record what is asked; it is open until shortly before the first of the two shifts."""
    first = min(utc(post.starts_at) for post in (give, back) if post is not None)
    closes = first - rules.find(CLOSES, give.region, utc(give.starts_at).date()).duration
    fields = {
        "region": give.region,
        "unit": give.unit,
        "kind": give.kind,
        "state": SwapState.ASKED.value,
        "asked_by": give.person_id,
        "starts_at": utc(give.starts_at).isoformat(),
        "ends_at": utc(give.ends_at).isoformat(),
        "other": other,
        "return_starts_at": utc(back.starts_at).isoformat() if back is not None else None,
        "closes_at": closes.isoformat(),
        "words": words,
    }
    return Fact("asked", {"set": fields}, CLOSES)


def is_open(swap: Swap, now: datetime) -> bool:
    """Say whether a swap can still be taken, declined or withdrawn."""
    return swap.state == SwapState.ASKED.value and swap.closes_at is not None and utc(now) < utc(swap.closes_at)


def is_past(swap: Swap, now: datetime) -> bool:
    """Say whether nobody has taken a swap in time."""
    return swap.state == SwapState.ASKED.value and not is_open(swap, now)


def end(state: SwapState, person: int | None = None, reason: str = "") -> Fact:
    """Record that a swap has come to nothing; the roster stays as it is."""
    return Fact(state.value, {"set": {"state": state.value}, "person": person, "reason": reason})


def refuse(person: int) -> Fact:
    """Record that one of several who were asked cannot."""
    return Fact("refused", {"set": {}, "person": person})


def take(person: int) -> Fact:
    """Record that somebody takes a shift; the roster changes in the same transaction."""
    return Fact(SwapState.TAKEN.value, {"set": {"state": SwapState.TAKEN.value, "other": person}})


def obstacle(held: Iterable[Post], given: Post, rules: Rules) -> Obstacle | None:
    """Return why somebody cannot take a shift beside those that they hold, None where nothing stands against it.

    held: all posts of the taker around that day, without what is given away for it.
    """
    on = utc(given.starts_at).date()
    begins, ends = utc(given.starts_at), utc(given.ends_at)
    rest = rules.find(REST, given.region, on).duration
    most = int(rules.find(MOST, given.region, on).value)
    spans = [(utc(post.starts_at), utc(post.ends_at)) for post in held]
    if any(start < ends and begins < end for start, end in spans):
        return Obstacle.BUSY
    if any(start < ends + rest and begins < end + rest for start, end in spans):
        return Obstacle.REST
    starts = [start for start, _ in spans]
    windows = [first for first in [*starts, begins] if first <= begins < first + WEEK]
    fullest = max(sum(first <= one < first + WEEK for one in [*starts, begins]) for first in windows)
    return Obstacle.MOST if fullest > most else None
