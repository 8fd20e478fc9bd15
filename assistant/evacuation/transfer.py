"""The transfer (转移): how far one household has come since a warning, and what may happen to it next."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field

from assistant.errors import NotReleased, WrongState
from assistant.evacuation.household import Household
from assistant.events import Case, Fact, utc


class Wave(StrEnum):
    """Who is moved."""

    VULNERABLE = "vulnerable"  # 先转：老弱病残孕幼
    ALL = "all"  # 全部受威胁的人


class State(StrEnum):
    """How far a household has come."""

    DUE = "due"  # 应转，还没敲到门
    KNOCKED = "knocked"  # 已敲门，人还没走
    LEFT = "left"  # 已离开，还没到安置点
    ARRIVED = "arrived"  # 已到安置点
    RETURNED = "returned"  # 解除以后已返回
    REFUSED = "refused"  # 拒转
    AWAY = "away"  # 外出，已核实


MOVED = frozenset({State.LEFT, State.ARRIVED, State.RETURNED})
UNDONE = frozenset({State.DUE, State.KNOCKED})
OUT = frozenset({State.LEFT, State.ARRIVED})
"""Must not go back before the release."""
UNSAFE = UNDONE | {State.LEFT, State.REFUSED}
"""Somebody has to look after these."""


class Transfer(Case, table=True):
    """One household that one warning moves."""

    __tablename__ = "household_transfer"

    warning: str = Field(default="", max_length=32, index=True)
    household: int = Field(default=0, index=True)
    region: str = Field(default="", max_length=255, index=True)
    wave: str = Field(default=Wave.ALL.value, max_length=16)
    state: str = Field(default=State.DUE.value, max_length=16, index=True)
    persons: int = 0
    """Who must move; as the roll says, until somebody has counted."""
    helper: int | None = Field(default=None, index=True)
    """Person who sees to it now."""
    reason: str = ""
    """Why it is not away yet, in the words of whoever said so."""
    witness: str = ""
    """Who was there when it refused."""
    proof: str = ""
    """How it is known that nobody is at home."""
    is_said_away: bool = False
    """Somebody says that nobody is at home; how that is known is still open."""
    visits: int = 0
    """How often it has refused or been asked again."""
    visit_at: datetime | None = None
    """When somebody goes there again."""
    by: int | None = None
    """Person who has said it last; None for the clock."""
    started_at: datetime | None = None
    moved_at: datetime | None = None
    shelter: str = ""
    released_at: datetime | None = None
    is_over: bool = Field(default=False, index=True)
    """Nothing more is asked of it: the warning was taken back, or everybody is at home again."""

    @property
    def stands(self) -> State:
        """Its state."""
        return State(self.state)

    @property
    def is_locked(self) -> bool:
        """Whether it is out and must not go back yet."""
        return self.stands in OUT and self.released_at is None


NEXT: dict[State, frozenset[State]] = {
    State.DUE: frozenset({State.KNOCKED, State.LEFT, State.ARRIVED, State.REFUSED, State.AWAY}),
    State.KNOCKED: frozenset({State.LEFT, State.ARRIVED, State.REFUSED, State.AWAY}),
    State.LEFT: frozenset({State.ARRIVED, State.RETURNED}),
    State.ARRIVED: frozenset({State.RETURNED}),
    State.REFUSED: frozenset({State.LEFT, State.ARRIVED, State.AWAY}),
    State.AWAY: frozenset({State.KNOCKED, State.LEFT, State.ARRIVED}),
    State.RETURNED: frozenset(),
}
"""What may follow; everything else is a correction, and says so."""


def due(home: Household, warning: str, wave: Wave, now: datetime, rule: str = "") -> Fact:
    """Put a household among those that must move; rule: id of the one that has begun the wave."""
    fields = {
        "warning": warning,
        "household": home.id,
        "region": home.region,
        "wave": wave.value,
        "state": State.DUE.value,
        "persons": home.members,
        "helper": home.helper_id,
        "started_at": utc(now).isoformat(),
    }
    return Fact("due", {"set": fields}, rule)


def move(transfer: Transfer, to: State, by: int | None, now: datetime, message: str = "", **about: object) -> Fact:
    """Take a household one step on; raises WrongState, and NotReleased for a return before the release.

    about: reason, witness, proof or shelter, where they were said.
    """
    if to is State.RETURNED and transfer.released_at is None:
        raise NotReleased(number=transfer.number)
    if to not in NEXT[transfer.stands]:
        raise WrongState(number=transfer.number, state=transfer.state)
    return Fact(to.value, {"set": _fields(transfer, to, by, now, about), "message": message})


def correct(transfer: Transfer, to: State, by: int | None, now: datetime, message: str = "", **about: object) -> Fact:
    """Put right what was said of a household; it stays in the log, and nobody returns by a correction."""
    if State.RETURNED in (to, transfer.stands):
        raise WrongState(number=transfer.number, state=transfer.state)
    fields = _fields(transfer, to, by, now, about)
    return Fact("corrected", {"set": fields, "message": message, "was": transfer.state})


def note(transfer: Transfer, kind: str, by: int | None, message: str = "", **about: object) -> Fact:
    """Record what was said of a household that does not move it: the door is locked, somebody has to carry it."""
    return Fact(kind, {"set": {"by": by, **about}, "message": message})


def ask_again(transfer: Transfer, now: datetime, every: timedelta, most: int) -> Fact:
    """Send somebody again to a household that refuses; after `most` visits it is not asked any more."""
    visits = transfer.visits + 1
    at = utc(now + every).isoformat() if visits < most else None
    return Fact("visit_due", {"set": {"visits": visits, "visit_at": at}}, "evacuation.visit")


def hand_over(transfer: Transfer, to: int | None) -> Fact:
    """Give a household to another helper."""
    return Fact("handed_over", {"set": {"helper": to}, "from": transfer.helper})


def release(transfer: Transfer, by: int, now: datetime, message: str) -> Fact:
    """Let a household go back."""
    return Fact(
        "released", {"set": {"released_at": utc(now).isoformat(), "by": by, "visit_at": None}, "message": message}
    )


def end(transfer: Transfer) -> Fact:
    """Ask nothing more of a household."""
    return Fact("ended", {"set": {"is_over": True, "visit_at": None}, "was": transfer.state})


def may_release_at(started: datetime, lock: timedelta) -> datetime:
    """Return from when on households may be let back: so long after the last wave has begun (严禁擅自返回)."""
    return utc(started) + lock


def _fields(
    transfer: Transfer, to: State, by: int | None, now: datetime, about: dict[str, object]
) -> dict[str, object]:
    fields: dict[str, object] = {"state": to.value, "by": by, "reason": "", "is_said_away": False, **about}
    if to in MOVED and transfer.stands not in MOVED:
        fields["moved_at"] = utc(now).isoformat()
    if to not in MOVED and transfer.stands in MOVED:
        fields["moved_at"] = None
    if to is not State.REFUSED:
        fields["visit_at"] = None
    return fields
