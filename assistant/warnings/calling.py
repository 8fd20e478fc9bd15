"""Decisions on a call (叫应): told, silent, answered late or in time, households reached, over."""

from datetime import datetime, timedelta

from assistant.events import Fact, utc
from assistant.rules import Rules
from assistant.warnings.case import AnswerKind, Call, CallState, RelayedWarning, Step, as_plan
from assistant.warnings.households import NO_REASON, Progress


def issue(  # noqa: PLR0913  (everything that a warning without a ladder says)
    title: str, area: str, region: str, issued_at: datetime, ack_within: timedelta, planned: int = 0
) -> Fact:
    """Record a warning that was relayed; planned: how many people are called."""
    fields = {"title": title, "area": area, "region": region, "issued_at": utc(issued_at).isoformat()}
    minutes = round(ack_within.total_seconds() / 60)
    return Fact("issued", {"set": {**fields, "ack_within_minutes": minutes, "planned": planned}})


def call(warning: RelayedWarning, person: int, since: datetime, instead_of: str = "") -> Fact:
    """Call one person; the answer is due from `since` on.

    instead_of: number of the call that was passed on to this person.
    """
    due = utc(since) + timedelta(minutes=warning.ack_within_minutes)
    fields = {"warning": warning.number, "person": person, "due_at": due.isoformat(), "instead_of": instead_of}
    return Fact("called", {"set": {**fields, "state": CallState.PENDING.value}})


def with_ladder(called: Fact, steps: list[Step], region: str, now: datetime, *, must_act: bool) -> Fact:
    """Return the fact that somebody is called, with the frozen ladder that begins now; its first step is this person's."""
    first = steps[0]
    fields = {
        "region": region,
        "plan": as_plan(steps),
        "step": 0,
        "channel": first.channel,
        "next_at": (utc(now) + timedelta(minutes=first.minutes)).isoformat(),
        "must_act": must_act,
    }
    return Fact(called.kind, {**called.data, "set": {**called.data["set"], **fields}}, called.rule)


def is_past_due(made: Call, now: datetime) -> bool:
    """Say whether the time for an answer is over; an answer in its last second is in time."""
    return made.due_at is not None and utc(made.due_at) < utc(now)


def is_silent(made: Call, now: datetime) -> bool:
    """Say whether a call has just run out of time without an answer."""
    return made.state == CallState.PENDING.value and is_past_due(made, now)


def silent(made: Call) -> Fact:
    """Record that nobody has answered in time."""
    due = utc(made.due_at).isoformat() if made.due_at else ""
    return Fact("silent", {"set": {"state": CallState.SILENT.value, "is_late": True}, "due_at": due})


def answer(made: Call, kind: AnswerKind, message: str, now: datetime, act_within: float = 0) -> Fact:
    """Record an answer at its true time; late stays late, and the first answer's time stays.

    act_within: minutes until whoever must act and has only said 收到 is called again.
    """
    is_late = made.is_late or (made.answered_at is None and is_past_due(made, now))
    says_no_more = kind is AnswerKind.RECEIVED and made.kind != ""
    fields: dict[str, object] = {
        "state": CallState.ANSWERED.value,
        "answered_at": utc(made.answered_at or now).isoformat(),
        "kind": made.kind if says_no_more else kind.value,
        "is_late": is_late,
    }
    if made.plan:
        fields |= {"next_at": None, "acted_due_at": _acts_until(made, kind, act_within, now)}
    return Fact("answered", {"set": fields, "kind": kind.value, "message": message})


def _acts_until(made: Call, kind: AnswerKind, act_within: float, now: datetime) -> str | None:
    if kind is not AnswerKind.RECEIVED or not made.must_act or not act_within:
        return None
    if made.answered_at is not None:  # a second 收到 neither acts nor winds the clock up again
        return utc(made.acted_due_at).isoformat() if made.acted_due_at else None
    return (utc(now) + timedelta(minutes=act_within)).isoformat()


def pass_on(made: Call, to: str) -> Fact:
    """Record that somebody else has been called instead; `to` is the number of that call."""
    return Fact("passed_on", {"set": {"state": CallState.CLOSED.value}, "to": to})


def left(made: Call) -> int:
    """Return how many households are still to be told, as far as is known."""
    return max((made.households or 0) - made.reached, len(made.not_reached), 0)


def tell(made: Call, told: Progress, message: str) -> Fact:
    """Record what was said of the households; who was found is no longer missing, all found closes the call."""
    total = _total(made, told)
    is_complete = told.is_all and not told.missing
    missing = {} if is_complete else _missing(made, told)
    reached = _reached(made, told, total, missing)
    is_done = not missing and (is_complete or (total is not None and reached >= total))
    fields: dict[str, object] = {
        "households": total,
        "reached": reached,
        "missing": "；".join(f"{n}：{w}" for n, w in missing.items()),
    }
    if made.acted_due_at is not None:
        fields["acted_due_at"] = None
    state = CallState.ACTED.value if is_done else CallState.ANSWERED.value
    return Fact("households", {"set": {**fields, "state": state}, "message": message})


def ends_at(warning: RelayedWarning, rules: Rules) -> datetime | None:
    """Return when a warning is over: as its issuer says, else by `warning.open`; None where no time is known."""
    if warning.expires_at is not None:
        return utc(warning.expires_at)
    if warning.issued_at is None:
        return None
    issued = utc(warning.issued_at)
    return issued + rules.find("warning.open", warning.region, issued.date()).duration


def is_over(warning: RelayedWarning, now: datetime, rules: Rules) -> bool:
    """Say whether nobody is expected to answer a warning any more: it was taken back, or its time is over."""
    ends = ends_at(warning, rules)
    return not warning.is_live or (ends is not None and ends < utc(now))


def expire(made: Call) -> Fact:
    """Close a call whose warning is over; what was not answered stays so."""
    return over(made, "expired", "warning.open")


def over(made: Call, why: str, rule: str = "") -> Fact:
    """Close a call; nothing more is tried, and what was not answered stays so.

    why: expired, or what became of the warning (cancelled, lifted, updated), or relieved.
    """
    stopped = {"next_at": None, "acted_due_at": None} if made.plan else {}
    return Fact(why, {"set": {"state": CallState.CLOSED.value, **stopped}, "was": made.state}, rule)


def _total(made: Call, told: Progress) -> int | None:
    """Return how many are to be told; a smaller number that comes alone (一家回来了) is not the whole."""
    known = made.households
    if told.total is None or (known is not None and told.reached is None and told.total < known):
        return known
    return told.total


def _missing(made: Call, told: Progress) -> dict[str, str]:
    missing = made.not_reached
    if told.is_one_found and len(missing) == 1:
        missing = {}
    for name in told.found:
        missing = {known: why for known, why in missing.items() if known not in name and name not in known}
    return missing | {name: why for name, why in told.missing if why != NO_REASON or name not in missing}


def _reached(made: Call, told: Progress, total: int | None, missing: dict[str, str]) -> int:
    """Return how many have been told; who is missing is never among them."""
    found = len(set(made.not_reached) - set(missing))
    is_last = told.is_one_found and not made.not_reached and total is not None and total - made.reached == 1
    reached = made.reached + told.added + found + (1 if is_last else 0)
    if told.reached is not None:
        reached = told.reached
    elif total is not None and (told.is_all or told.left is not None or (told.total == total and told.missing)):
        reached = total - max(told.left or 0, len(missing))
    return reached if total is None else min(reached, total - len(missing))


def noted(message: str) -> Fact:
    """Record what was said without a number of households; the call stays as it is."""
    return Fact("noted", {"set": {}, "message": message})


def in_earnest(message: str) -> Fact:
    """Record that somebody called by an exercise has said that support is really needed."""
    return Fact("in_earnest", {"set": {}, "message": message})
