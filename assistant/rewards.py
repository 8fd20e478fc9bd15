"""Rewards (奖励): what a report earns, by events: pending, approved or refused, paid; a claim code instead of a name.

Pure: of a case it knows number, state of the reward and events. The amount is a rule of the place, never a number here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest

from assistant.errors import MissingReason, WrongState
from assistant.events import Event, Fact
from assistant.people.logins import slow_digest
from assistant.rules import Rule

AMOUNT = "reward.hazard"
"""Id of the rule that holds what a valid report earns at a place."""
CLAIM = "reward.claim"


class RewardState(StrEnum):
    """How far the reward of a case has come."""

    NONE = "none"
    PENDING = "pending"  # 待审
    APPROVED = "approved"  # 已核准
    REFUSED = "refused"  # 不予奖励
    PAID = "paid"  # 已发放


class RewardAction(StrEnum):
    """What is done about a reward; the value is the kind of the event."""

    APPROVE = "reward_approved"
    REFUSE = "reward_refused"
    PAY = "reward_paid"


SOURCES = {
    RewardAction.APPROVE: {RewardState.PENDING, RewardState.REFUSED},
    RewardAction.REFUSE: {RewardState.PENDING, RewardState.APPROVED},
    RewardAction.PAY: {RewardState.APPROVED},
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """When the server had the first words of a case."""

    case: str
    at: datetime


def approve(number: str, state: str, code: str, first: Receipt, amount: Rule | None) -> Fact:
    """Approve the reward; of the code only the digest is kept.

    first: the case whose reporter was first. Raises: WrongState.
    """
    _require(number, state, RewardAction.APPROVE)
    data = {
        "set": {"reward": RewardState.APPROVED.value},
        "claim": claim_digest(code),
        "first": first.case,
        "received_at": first.at.isoformat(),
        "amount": None if amount is None else {"value": amount.value, "unit": amount.unit, "source": amount.source},
    }
    return Fact(RewardAction.APPROVE.value, data, rule=amount.id if amount else "")


def refuse(number: str, state: str, reason: str) -> Fact:
    """Refuse the reward with a reason; raises WrongState, MissingReason."""
    _require(number, state, RewardAction.REFUSE)
    if not reason.strip():
        raise MissingReason(number=number, action=RewardAction.REFUSE.value)
    return Fact(RewardAction.REFUSE.value, {"set": {"reward": RewardState.REFUSED.value}, "reason": reason.strip()})


def pay(number: str, state: str) -> Fact:
    """Record that the reward was handed to whoever had the code; raises WrongState."""
    _require(number, state, RewardAction.PAY)
    return Fact(RewardAction.PAY.value, {"set": {"reward": RewardState.PAID.value}})


def fits(events: Iterable[Event], claim: str) -> bool:
    """Say whether the digest of a code is that of the one that was given out last for a case; it names nobody."""
    claims = [event.fields["claim"] for event in events if event.kind == RewardAction.APPROVE.value]
    return bool(claims) and compare_digest(claims[-1], claim)


def claim_digest(code: str) -> str:
    """Return what is kept of a claim code; slow, so that nobody finds the code behind it."""
    return slow_digest(code.strip().upper(), CLAIM)


def first_of(receipts: Iterable[Receipt]) -> Receipt:
    """Return the report that the server had first; of two in the same moment the lower number."""
    return min(receipts, key=lambda receipt: (receipt.at, receipt.case))


def _require(number: str, state: str, action: RewardAction) -> None:
    if state not in SOURCES[action]:
        raise WrongState(number=number, state=f"reward:{state or 'none'}", action=action.value)
