"""What a rehearsal of a warning has shown (演练叫应): who answered how fast, from the calls alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

from assistant.events import utc
from assistant.warnings.case import Call, RelayedWarning

SLOW = 0.9
"""The share of those who have answered whose time is shown beside the median."""


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """One person called, and how long the answer took."""

    number: str
    person: int
    region: str
    channel: str
    """By which the answer came, else the one tried last; empty where the person has none."""
    answered_at: datetime | None
    minutes: float | None
    """None for no answer."""
    is_in_time: bool
    is_counted: bool
    """Answered, or the time ran out; who was let go before that proves nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of a village, a channel or all."""

    name: str
    called: int
    answered: int
    in_time: int
    median: float | None
    """Minutes, of those who have answered; None where nobody has."""
    slow: float | None
    """Minutes within which nine of ten of them have answered."""

    @property
    def share(self) -> float | None:
        """Which part of those called has answered in time; None where nobody was called."""
        return self.in_time / self.called if self.called else None


@dataclass(frozen=True, slots=True)
class Result:
    """One rehearsal."""

    number: str
    total: Part
    villages: tuple[Part, ...]
    channels: tuple[Part, ...]
    answers: tuple[AnswerTime, ...]

    @property
    def never(self) -> tuple[AnswerTime, ...]:
        """Who has let the time run out and never answered."""
        return tuple(one for one in self.answers if one.is_counted and one.minutes is None)


def result(warning: RelayedWarning, calls: Sequence[Call], answered_by: Mapping[str, str]) -> Result:
    """Return what a rehearsal has shown so far.

    answered_by: channel of the first answer, by number of the call.
    """
    times = tuple(_time(warning, made, answered_by.get(made.number, made.channel)) for made in calls)
    return Result(
        number=warning.number,
        total=_part("", times),
        villages=_parts(times, lambda one: one.region),
        channels=_parts(times, lambda one: one.channel),
        answers=times,
    )


def _time(warning: RelayedWarning, made: Call, channel: str) -> AnswerTime:
    minutes = None
    if made.answered_at is not None and made.due_at is not None:
        begun = utc(made.due_at) - timedelta(minutes=warning.ack_within_minutes)
        minutes = max((utc(made.answered_at) - begun).total_seconds() / 60, 0)
    return AnswerTime(
        number=made.number,
        person=made.person,
        region=made.region,
        channel=channel,
        answered_at=made.answered_at,
        minutes=minutes,
        is_in_time=minutes is not None and not made.is_late,
        is_counted=minutes is not None or made.is_late or made.unreachable,
    )


def _parts(times: Iterable[AnswerTime], name_of: Callable[[AnswerTime], str]) -> tuple[Part, ...]:
    by_name: dict[str, list[AnswerTime]] = {}
    for one in times:
        by_name.setdefault(name_of(one), []).append(one)
    return tuple(_part(name, some) for name, some in by_name.items())


def _part(name: str, times: Sequence[AnswerTime]) -> Part:
    counted = [one for one in times if one.is_counted]
    minutes = sorted(one.minutes for one in counted if one.minutes is not None)
    return Part(
        name=name,
        called=len(counted),
        answered=len(minutes),
        in_time=sum(one.is_in_time for one in counted),
        median=median(minutes) if minutes else None,
        slow=minutes[ceil(SLOW * len(minutes)) - 1] if minutes else None,
    )
