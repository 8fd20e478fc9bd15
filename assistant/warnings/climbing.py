"""Decisions on a call's own ladder (叫应升级): next channel, deputy, level above, knock list; and a call without action."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from assistant.events import Fact, utc
from assistant.warnings.case import AnswerKind, Call, CallState, RelayedWarning, Step, WarningState


class Outcome(StrEnum):
    """What has become of a call; each has exactly one."""

    ANSWERED = "answered"  # 已应
    PASSED = "passed"  # 改派
    UNREACHABLE = "unreachable"  # 无法送达，列入敲门单
    OPEN = "open"  # 未应
    CLOSED = "closed"  # 未应，预警已结束


def outcome(made: Call) -> Outcome:
    """Return what has become of a call; an own answer counts before all that was done in its place."""
    if made.passed_to and (made.answered_at is None or made.kind == AnswerKind.ABSENT.value):
        return Outcome.PASSED
    if made.answered_at is not None:
        return Outcome.ANSWERED
    if made.state == CallState.KNOCK.value or made.unreachable:
        return Outcome.UNREACHABLE
    return Outcome.CLOSED if made.state == CallState.CLOSED.value else Outcome.OPEN


def is_due(made: Call, now: datetime) -> bool:
    """Say whether the step that is being tried has had its time; an answer in its last second is in time."""
    return made.state == CallState.PENDING.value and made.next_at is not None and utc(made.next_at) < utc(now)


def stalls(made: Call, now: datetime) -> bool:
    """Say whether somebody has answered and then said nothing of acting for too long."""
    is_answered = made.state == CallState.ANSWERED.value
    return is_answered and made.acted_due_at is not None and utc(made.acted_due_at) < utc(now)


def next_own(made: Call) -> int | None:
    """Return the next step that is still this person's and not empty; None where it leads to somebody else."""
    return own_step(made.steps, made.person, made.step + 1)


def own_step(steps: Sequence[Step], person: int, at: int) -> int | None:
    """Return `at` where that step is still this person's and not empty."""
    return at if at < len(steps) and steps[at].person == person and steps[at].channel else None


def others(made: Call) -> list[list[Step]]:
    """Return what is left of the ladder from each further person on, in the order of climbing."""
    steps = made.steps
    starts = [
        at
        for at in range(made.step + 1, len(steps))
        if steps[at].person != made.person and steps[at].person != steps[at - 1].person
    ]
    return [steps[at:] for at in starts]


def tried(made: Call, at: int, now: datetime) -> Fact:
    """Record that the next channel of the same person is tried; late work does not shorten anybody's time."""
    steps = made.steps
    step = steps[at]
    span = timedelta(minutes=step.minutes)
    until = (utc(made.next_at) if is_due(made, now) and made.next_at else utc(now)) + span
    if at + 1 == len(steps) or steps[at + 1].person != made.person:
        until = max(until, utc(made.due_at)) if made.due_at else until
    if until <= utc(now):
        until = utc(now) + span
    return Fact("tried", {"set": {"step": at, "channel": step.channel, "next_at": until.isoformat()}})


def unreachable(made: Call, why: str) -> Fact:
    """Record that no message can be handed to any channel of a person; why: no_channel or not_delivered."""
    stopped = {"next_at": None} if made.plan else {}
    return Fact("unreachable", {"set": {"unreachable": True, **stopped}, "why": why})


def handed_to(made: Call, to: str, skipped: Iterable[tuple[int, str]], why: str, by: str = "") -> Fact:
    """Record that somebody else is called instead; the call stays open for a late answer.

    skipped: ids of those who were passed over, each with the reason. why: silent, absent, unreachable, or named.
    """
    listed = [{"person": person, "why": reason} for person, reason in skipped]
    fields: dict[str, object] = {"passed_to": to, "next_at": None, "acted_due_at": None}
    if why in ("absent", "named"):
        fields["state"] = CallState.CLOSED.value
    return Fact("handed_on", {"set": fields, "to": to, "skipped": listed, "why": why, "by": by})


def knock(made: Call, skipped: Iterable[tuple[int, str]] = ()) -> Fact:
    """Record that messages have come to their end: somebody has to telephone, or to knock at the door."""
    listed = [{"person": person, "why": reason} for person, reason in skipped]
    return Fact("knock", {"set": {"state": CallState.KNOCK.value, "next_at": None}, "skipped": listed})


def recalled(made: Call, act_within: float, now: datetime) -> Fact:
    """Record that somebody who has answered without acting is called again."""
    until = utc(now) + timedelta(minutes=act_within)
    return Fact("recalled", {"set": {"recalls": made.recalls + 1, "acted_due_at": until.isoformat()}})


def stalled() -> Fact:
    """Record that calling again has not helped: those in charge hear of it."""
    return Fact("stalled", {"set": {"acted_due_at": None}})


def entered(made: Call, kind: AnswerKind, said_at: datetime, words: str, way: str) -> Fact:
    """Record an answer that was given elsewhere (补录), at its true time; who enters it is the event's actor."""
    first = min(filter(None, (made.answered_at and utc(made.answered_at), utc(said_at))))
    is_late = made.due_at is not None and utc(made.due_at) < first
    fields: dict[str, object] = {
        "state": CallState.ANSWERED.value,
        "answered_at": first.isoformat(),
        "kind": kind.value,
        "is_late": is_late,
    }
    if made.plan:
        fields |= {"next_at": None, "acted_due_at": None}
    return Fact("entered", {"set": fields, "kind": kind.value, "message": words, "way": way})


def wave_begun(warning: RelayedWarning, name: str, rule: str) -> Fact:
    """Record that a wave of a warning has begun, once."""
    return Fact("wave", {"set": {"waves": ",".join(filter(None, (warning.waves, name)))}, "wave": name}, rule)


def ended(state: WarningState, why: str, by: str = "") -> Fact:
    """Record that a warning holds no more; by: number of the warning that takes its place."""
    return Fact(state.value, {"set": {"state": state.value}, "why": why, "by": by})
