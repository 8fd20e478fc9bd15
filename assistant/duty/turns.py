"""The shift (班次) as a case: reminded, taken over or missed, handed over, confirmed by the successor."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from assistant.duty.post import Post, PostKind
from assistant.events import Case, Fact, utc
from assistant.rules import Rules

AHEAD = "duty.shift.ahead"
REMINDERS = ("duty.remind.first", "duty.remind.last")
"""Rules that say how long before the shift, the earliest first."""
EARLY, WITHIN, CLIMB = "duty.takeover.early", "duty.takeover.within", "duty.takeover.climb"
HAND_OVER, LAPSE = "duty.handover.within", "duty.handover.open"

UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""Of a shift without events."""


class ShiftState(StrEnum):
    """How far a shift has come."""

    PLANNED = "planned"  # 已排班
    REMINDED = "reminded"  # 已提醒
    NOT_TAKEN = "not_taken"  # 超时未接班
    TAKEN = "taken"  # 已到岗，上一班的交接单还没确认
    ON_DUTY = "on_duty"  # 在班
    HANDED_OVER = "handed_over"  # 已交班
    CLOSED = "closed"  # 已结束


BEFORE = frozenset({ShiftState.PLANNED.value, ShiftState.REMINDED.value})
WAITING = BEFORE | {ShiftState.NOT_TAKEN.value}
"""Not everybody who must has taken over."""
RUNNING = frozenset({ShiftState.TAKEN.value, ShiftState.ON_DUTY.value})


class Shift(Case, table=True):
    """One shift of one office; who is on it stands on the roster, not here."""

    __tablename__ = "shift"
    __table_args__ = (UniqueConstraint("region", "unit", "starts_at"),)

    region: str = Field(default="", max_length=255, index=True)
    unit: str = Field(default="", max_length=128)
    starts_at: datetime = Field(default=UNKNOWN, index=True)
    ends_at: datetime = Field(default=UNKNOWN, index=True)
    state: str = Field(default=ShiftState.PLANNED.value, max_length=16, index=True)
    leader_id: int | None = None
    """Who leads it, by the roster of the last moment at which something happened."""
    reminders: int = 0
    """Steps of REMINDERS that are done or were skipped."""
    present: str = ""
    """Ids of the persons who have taken over, apart by commas, in the order of coming."""
    taken_by: int | None = None
    taken_at: datetime | None = None
    is_late: bool = False
    """Not taken over in time, whatever came later."""
    climbs: int = 0
    climb_at: datetime | None = None
    weather: str = ""
    """As it was typed for the hand-over."""
    equipment: str = ""
    """Gear and supplies (装备物资) as typed in this shift; empty: as the shifts before left them."""
    equipment_at: datetime | None = None
    note: str = ""
    """The hand-over note (交接单) as it was drafted, and then as it was signed."""
    drafted_at: datetime | None = None
    handed_over_by: int | None = None
    handed_over_at: datetime | None = None
    confirmed_by: int | None = None
    confirmed_at: datetime | None = None
    gaps: str = ""
    """What the leader has been told is missing in the hand-over, apart by commas."""
    check_at: datetime | None = Field(default=None, index=True)
    """When the clock asks whether somebody is there (查岗)."""

    @property
    def begins(self) -> datetime:
        """When the shift begins, UTC."""
        return utc(self.starts_at)

    @property
    def ends(self) -> datetime:
        """When the shift ends, UTC."""
        return utc(self.ends_at)

    @property
    def came(self) -> list[int]:
        """Ids of the persons who have taken over."""
        return [int(one) for one in self.present.split(",") if one]


def span(rule: str, shift: Shift, rules: Rules) -> timedelta:
    """Return the length of time that a rule sets for a shift; raises UnknownRule."""
    return rules.find(rule, shift.region, shift.begins.date()).duration


def leader_of(posts: Iterable[Post]) -> int | None:
    """Return who leads a shift."""
    return next((post.person_id for post in posts if post.kind == PostKind.LEADER.value), None)


def required(posts: Collection[Post]) -> list[int]:
    """Return who must take over: the staff; where there is none the leader, else the deputy."""
    for kind in (PostKind.STAFF, PostKind.LEADER, PostKind.DEPUTY):
        held = [post.person_id for post in posts if post.kind == kind.value]
        if held:
            return list(dict.fromkeys(held))
    return []


def missing(shift: Shift, posts: Collection[Post]) -> list[int]:
    """Return who has not taken over; the leader or deputy who came stands in for one of them."""
    needed = required(posts)
    absent = [one for one in needed if one not in shift.came]
    standing_in = [one for one in shift.came if one not in needed and one in {post.person_id for post in posts}]
    return absent[len(standing_in) :]


def plan(region: str, unit: str, posts: Collection[Post], now: datetime) -> Fact:
    """Record a shift that comes near; one that is entered after it has begun is asked for no take-over."""
    starts_at = min(utc(post.starts_at) for post in posts)
    has_begun = starts_at < utc(now)
    fields = {
        "region": region,
        "unit": unit,
        "starts_at": starts_at.isoformat(),
        "ends_at": max(utc(post.ends_at) for post in posts).isoformat(),
        "leader_id": leader_of(posts),
        "state": (ShiftState.ON_DUTY if has_begun else ShiftState.PLANNED).value,
    }
    return Fact("planned", {"set": fields, "has_begun": has_begun}, AHEAD)


def due_reminder(shift: Shift, now: datetime, rules: Rules) -> tuple[str, bool] | None:
    """Return the reminder of which the time has come, and whether it is still worth sending; None for none.

    One that the next one, or the beginning of the shift, has overtaken is stale.
    """
    if shift.reminders >= len(REMINDERS) or shift.state not in BEFORE:
        return None
    rule = REMINDERS[shift.reminders]
    if utc(now) < shift.begins - span(rule, shift, rules):
        return None
    following = REMINDERS[shift.reminders + 1 :]
    overtaken = shift.begins - span(following[0], shift, rules) if following else shift.begins
    return rule, utc(now) < overtaken


def remind(shift: Shift, rule: str, people: Collection[int]) -> Fact:
    """Record that everybody on the shift is reminded."""
    changed = {"state": ShiftState.REMINDED.value, "reminders": shift.reminders + 1}
    return Fact("reminded", {"set": changed, "people": list(people)}, rule)


def skip(shift: Shift, rule: str) -> Fact:
    """Record that a reminder came too late to be sent."""
    return Fact("reminder_skipped", {"set": {"reminders": shift.reminders + 1}}, rule)


def acknowledge(person: int) -> Fact:
    """Record that somebody has read a reminder; that is no take-over."""
    return Fact("acknowledged", {"set": {}, "person": person})


def can_take(shift: Shift, now: datetime, rules: Rules) -> bool:
    """Say whether a shift may be taken over now: from shortly before it begins until it ends."""
    is_open = shift.state in WAITING | RUNNING
    return is_open and shift.begins - span(EARLY, shift, rules) <= utc(now) < shift.ends


def take(shift: Shift, person: int, posts: Collection[Post], now: datetime, *, has_note: bool) -> Fact:
    """Record that somebody is at the post, at the true time; late stays late.

    has_note: a hand-over of the shift before is still to be confirmed.
    """
    came = [*shift.came, *([person] if person not in shift.came else [])]
    after = Shift(number=shift.number, present=",".join(map(str, came)))
    is_complete = not missing(after, posts)
    state = shift.state
    if is_complete and shift.state in WAITING:
        state = (ShiftState.TAKEN if has_note else ShiftState.ON_DUTY).value
    changed = {
        "state": state,
        "present": after.present,
        "taken_by": shift.taken_by or person,
        "taken_at": utc(shift.taken_at or now).isoformat(),
        "leader_id": leader_of(posts),
        "climb_at": None if is_complete or shift.climb_at is None else utc(shift.climb_at).isoformat(),
    }
    return Fact("taken_over", {"set": changed, "person": person})


def is_missed(shift: Shift, posts: Collection[Post], now: datetime, rules: Rules) -> bool:
    """Say whether the time to take over has just run out with somebody missing."""
    is_past = shift.begins + span(WITHIN, shift, rules) <= utc(now)
    return shift.state in BEFORE and is_past and bool(missing(shift, posts))


def miss(shift: Shift, posts: Collection[Post], told: Collection[int], now: datetime, rules: Rules) -> Fact:
    """Record that somebody has not taken over in time, and who is told."""
    changed = {"state": ShiftState.NOT_TAKEN.value, "is_late": True, "leader_id": leader_of(posts)}
    return Fact("missed", _climbed(shift, posts, told, now, rules, changed), WITHIN)


def is_to_climb(shift: Shift, now: datetime) -> bool:
    """Say whether a shift has gone without a take-over so long that the next superior hears of it."""
    return shift.state == ShiftState.NOT_TAKEN.value and shift.climb_at is not None and utc(shift.climb_at) <= utc(now)


def climb(shift: Shift, posts: Collection[Post], told: Collection[int], now: datetime, rules: Rules) -> Fact:
    """Record that a superior more is told; where none stands above, it stops."""
    return Fact("climbed", _climbed(shift, posts, told, now, rules, {}), CLIMB)


def _climbed(  # noqa: PLR0913  (what both facts have in common)
    shift: Shift,
    posts: Collection[Post],
    told: Collection[int],
    now: datetime,
    rules: Rules,
    changed: dict[str, object],
) -> dict[str, object]:
    following = (utc(now) + span(CLIMB, shift, rules)).isoformat() if told or shift.climbs == 0 else None
    fields = {**changed, "climbs": shift.climbs + 1, "climb_at": following}
    return {"set": fields, "missing": missing(shift, posts), "told": list(told)}


def fill(shift: Shift) -> Fact:
    """Record that nobody is missing any more: the roster has changed."""
    return Fact("filled", {"set": {"state": ShiftState.ON_DUTY.value, "climb_at": None}})


def lapse(shift: Shift) -> Fact:
    """Close a shift whose hand-over never came to its end; what is missing stays missing."""
    return Fact("lapsed", {"set": {"state": ShiftState.CLOSED.value, "climb_at": None}, "was": shift.state}, LAPSE)
