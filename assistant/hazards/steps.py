"""The steps of the closed loop (闭环): which action leads from where to where, and who may take it."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import NotAllowed, WrongState
from assistant.hazards.case import Hazard, HazardState


class Action(StrEnum):
    """What can be done to a hazard, or with the ledger; the value is the kind of the event."""

    REGISTER = "registered"  # 登记
    SUPPLEMENT = "supplemented"  # 补充
    CORRECT = "corrected"  # 更正
    WITHDRAW = "withdrawn"  # 撤回
    REJECT = "rejected"  # 判为不属实
    ACCEPT = "accepted"  # 立案
    ASSIGN = "assigned"  # 派单
    SIGN = "signed"  # 签收
    REFUSE = "refused"  # 退单
    TRANSFER = "transferred"  # 转办
    RECTIFY = "rectifying"  # 开始整改
    ASK_EXTENSION = "extension_asked"  # 申请延期
    GRANT_EXTENSION = "extension_granted"  # 同意延期
    DENY_EXTENSION = "extension_denied"  # 不同意延期
    SUBMIT = "submitted"  # 报整改完成
    FAIL = "inspection_failed"  # 复查不合格
    CLOSE = "closed"  # 销号
    CALL_BACK = "called_back"  # 回访
    SATISFY = "satisfied"  # 报的人说好了
    REOPEN = "reopened"  # 重开
    WHISTLE = "whistled"  # 吹哨
    REPORT_IN = "reported_in"  # 报到
    SUPERVISE = "supervised"  # 督办
    MARK_DUPLICATE = "marked_duplicate"  # 并为重复
    UNDO_DUPLICATE = "duplicate_undone"  # 撤销重复
    NOTE = "noted"  # 备注
    BECOME_INCIDENT = "became_incident"  # 转为突发事件
    ADD_EVIDENCE = "evidence_added"  # 补照片
    REMIND = "reminded"  # 提醒
    OVERDUE = "overdue"  # 逾期
    CLIMB = "climbed"  # 再报上一级
    LATE_DEPARTMENT = "department_late"  # 吹哨后没有报到
    LEDGER = "ledger"  # 看台账


class Party(StrEnum):
    """In what part somebody acts on a case."""

    REPORTER = "reporter"  # 报的人和跟着关注的人
    HOLDER = "holder"  # 现在负责的人
    CALLED = "called"  # 被吹哨的部门
    STAFF = "staff"  # 身份里有这项权的人
    CLOCK = "clock"  # 到点自动，或者按规则自动


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, as far as the rules of the loop ask."""

    person: int | None = None
    unit: str = ""
    """Department of the person; it counts where a unit without a known person is in charge."""
    may: frozenset[str] = frozenset()
    """What the person's roles allow at the place of the case (Action values)."""
    is_reporter: bool = False
    is_clock: bool = False
    """The clock, or a rule that acts by itself."""


AUTOMATIC = By(is_clock=True)


@dataclass(frozen=True, slots=True)
class Step:
    """From which states an action is possible, where it leads, and for whom."""

    sources: frozenset[HazardState]
    target: HazardState | None
    """None: the state stays."""
    parties: frozenset[Party]


S, P = HazardState, Party
WAITING = frozenset({S.REGISTERED, S.ACCEPTED, S.REOPENED})
"""Nobody has been given the case yet: it is on the dispatcher's list."""
IN_HAND = frozenset({S.ASSIGNED, S.SIGNED, S.RECTIFYING})
LIVE = WAITING | IN_HAND | {S.SUBMITTED}
ENDED = frozenset(S) - LIVE
ANYWHERE = frozenset(S)
UNVERIFIED = WAITING | {S.ASSIGNED, S.SIGNED}
"""Work has not begun."""


def _step(sources: frozenset[HazardState] | set[HazardState], target: HazardState | None, *parties: Party) -> Step:
    return Step(frozenset(sources), target, frozenset(parties))


STEPS: dict[Action, Step] = {
    Action.SUPPLEMENT: _step(LIVE | {S.DUPLICATE}, None, P.REPORTER, P.HOLDER, P.STAFF),
    Action.CORRECT: _step(LIVE | {S.DUPLICATE}, None, P.REPORTER, P.STAFF),
    Action.WITHDRAW: _step(UNVERIFIED, S.WITHDRAWN, P.REPORTER),
    Action.REJECT: _step(UNVERIFIED, S.REJECTED, P.STAFF),
    Action.ACCEPT: _step({S.REGISTERED}, S.ACCEPTED, P.STAFF, P.CLOCK),
    Action.ASSIGN: _step((WAITING - {S.REGISTERED}) | IN_HAND, S.ASSIGNED, P.STAFF, P.CLOCK),
    Action.SIGN: _step({S.ASSIGNED}, S.SIGNED, P.HOLDER, P.STAFF),
    Action.REFUSE: _step({S.ASSIGNED, S.SIGNED}, S.ASSIGNED, P.HOLDER, P.STAFF),
    Action.TRANSFER: _step(IN_HAND, S.ASSIGNED, P.HOLDER, P.STAFF),
    Action.RECTIFY: _step({S.ASSIGNED, S.SIGNED}, S.RECTIFYING, P.HOLDER, P.STAFF),
    Action.ASK_EXTENSION: _step({S.SIGNED, S.RECTIFYING}, None, P.HOLDER, P.STAFF),
    Action.GRANT_EXTENSION: _step({S.SIGNED, S.RECTIFYING}, None, P.STAFF),
    Action.DENY_EXTENSION: _step({S.SIGNED, S.RECTIFYING}, None, P.STAFF),
    Action.SUBMIT: _step(IN_HAND, S.SUBMITTED, P.HOLDER, P.STAFF),
    Action.FAIL: _step({S.SUBMITTED}, S.RECTIFYING, P.STAFF),
    Action.CLOSE: _step({S.SUBMITTED}, S.CLOSED, P.STAFF),
    Action.CALL_BACK: _step({S.CLOSED}, S.CALLED_BACK, P.STAFF, P.CLOCK),
    Action.SATISFY: _step({S.CLOSED, S.CALLED_BACK}, S.CALLED_BACK, P.REPORTER),
    Action.REOPEN: _step({S.CLOSED, S.CALLED_BACK, S.REJECTED, S.WITHDRAWN}, S.REOPENED, P.REPORTER, P.STAFF),
    Action.WHISTLE: _step(LIVE, None, P.STAFF),
    Action.REPORT_IN: _step(LIVE, None, P.CALLED, P.STAFF),
    Action.SUPERVISE: _step(LIVE, None, P.STAFF),
    Action.MARK_DUPLICATE: _step(LIVE, S.DUPLICATE, P.REPORTER, P.STAFF),
    Action.UNDO_DUPLICATE: _step({S.DUPLICATE}, None, P.REPORTER, P.STAFF),
    Action.BECOME_INCIDENT: _step(ANYWHERE, None, P.REPORTER, P.STAFF, P.CLOCK),
    Action.ADD_EVIDENCE: _step(LIVE, None, P.REPORTER, P.HOLDER, P.CALLED, P.STAFF),
    Action.NOTE: _step(ANYWHERE, None, P.HOLDER, P.CALLED, P.STAFF),
    Action.REMIND: _step(LIVE, None, P.CLOCK),
    Action.OVERDUE: _step(LIVE, None, P.CLOCK),
    Action.CLIMB: _step(LIVE, None, P.CLOCK),
    Action.LATE_DEPARTMENT: _step(LIVE, None, P.CLOCK),
}
"""REGISTER has no step: it makes the case."""


def require(hazard: Hazard, action: Action, by: By, *, is_called: bool = False) -> dict[str, object]:
    """Return the fields that the state's change sets, where the action is possible and allowed.

    is_called: the person belongs to a department that was called by whistle.

    Raises: WrongState, NotAllowed.
    """
    step = STEPS[action]
    if not is_possible(hazard, action):
        raise WrongState(number=hazard.number, state=hazard.state, action=action.value)
    if not is_allowed(hazard, action, by, is_called=is_called):
        raise NotAllowed(number=hazard.number, action=action.value, role=" ".join(sorted(step.parties)))
    return {} if step.target is None else {"state": step.target.value}


def is_possible(hazard: Hazard, action: Action) -> bool:
    """Say whether a case is in a state for an action."""
    return hazard.state in STEPS[action].sources


def is_allowed(hazard: Hazard, action: Action, by: By, *, is_called: bool = False) -> bool:
    """Say whether somebody may take an action on a case, whatever its state."""
    return bool(parties(hazard, action, by, is_called=is_called) & STEPS[action].parties)


def parties(hazard: Hazard, action: Action, by: By, *, is_called: bool = False) -> frozenset[Party]:
    """Return in which parts somebody could take an action on a case."""
    holds = {
        Party.REPORTER: by.is_reporter,
        Party.HOLDER: is_holder(hazard, by),
        Party.CALLED: is_called,
        Party.STAFF: action in by.may,
        Party.CLOCK: by.is_clock,
    }
    return frozenset(party for party, is_so in holds.items() if is_so)


def is_holder(hazard: Hazard, by: By) -> bool:
    """Say whether a case is in somebody's charge: theirs by name, or their department's."""
    if hazard.owner is not None:
        return hazard.owner == by.person
    return bool(hazard.unit) and hazard.unit == by.unit
