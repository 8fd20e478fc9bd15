"""Who may do what (权限): one table of roles and actions; each holds within its place and its classes of hazard."""

from collections.abc import Iterable
from enum import StrEnum

from assistant.hazards.steps import Action as A
from assistant.people import Grant, Role
from assistant.rewards import RewardAction
from assistant.rules import covers


class PeopleAction(StrEnum):
    """What is done about persons, places and identities."""

    IMPORT = "import"  # 导入
    INVITE = "invite"  # 发绑定码
    GRANT = "grant"  # 授权、收回
    UNBIND = "unbind"  # 解除绑定
    SEE_PHONES = "see_phones"  # 看完整电话
    OPEN_SEALED = "open_sealed"  # 查看举报人身份
    ROSTER = "roster"  # 排值班表
    BLOCK = "block"  # 屏蔽、恢复


class SeeAction(StrEnum):
    """What is looked at beside the list of hazards (`ledger`)."""

    EVIDENCE = "see_evidence"  # 看照片、听语音
    INCIDENTS = "see_incidents"  # 看突发事件


class ObligationAction(StrEnum):
    """What is done about obligations (职责)."""

    SEE = "see_obligations"  # 看职责清单
    DECIDE = "decide_obligations"  # 确认、否定、修改职责


class ShiftAction(StrEnum):
    """What is done about those on duty."""

    CHECK = "check_post"  # 查岗
    SEE = "see_shifts"  # 看值班和交接班


class EvacuationAction(StrEnum):
    """What is done about households that have to move."""

    START_TRANSFER = "start_transfer"  # 开始转移
    RELEASE_TRANSFER = "release_transfer"  # 同意返回
    TELL_TRANSFER = "tell_transfer"  # 报转移情况
    SEE_TRANSFERS = "see_transfers"  # 看转移台账


class WarningAction(StrEnum):
    """What is done about relayed warnings."""

    RELAY = "warning_relay"  # 转发、更新、取消、解除预警
    FOLLOW = "warning_follow"  # 看叫应情况、补录、改派


class DrillAction(StrEnum):
    """What is done about drills, rounds and other due items (演练和履职事项)."""

    SEE = "see_drills"  # 看演练情况
    PLAN = "plan_drills"  # 安排演练
    TELL = "tell_drills"  # 报演练和巡查结果
    CHECK = "check_drills"  # 检查演练
    WAIVE = "waive_drills"  # 免办


class TrainingAction(StrEnum):
    """What is done about training and quizzes (培训和测验)."""

    QUIZ = "make_quiz"  # 出题、发布测验
    RESULTS = "see_quiz_results"  # 看测验成绩
    ROUNDS = "see_training"  # 看轮训情况、登记培训


VERIFY = frozenset(
    {A.ACCEPT, A.REJECT, A.SUPPLEMENT, A.CORRECT, A.ADD_EVIDENCE, A.NOTE, A.MARK_DUPLICATE, A.UNDO_DUPLICATE}
)
INSPECT = frozenset({A.FAIL, A.CLOSE, A.CALL_BACK, A.REOPEN})
FOR_OTHERS = frozenset({A.SIGN, A.REFUSE, A.TRANSFER, A.RECTIFY, A.ASK_EXTENSION, A.SUBMIT, A.REPORT_IN})
"""Recorded for a department that answers by telephone; the event names who recorded it."""
DISPATCH = frozenset({A.ASSIGN, A.WHISTLE, A.LEDGER, A.BECOME_INCIDENT})
COMMAND = frozenset({A.GRANT_EXTENSION, A.DENY_EXTENSION, A.SUPERVISE})
REWARD = frozenset(RewardAction)
WARN = frozenset(WarningAction)
OBLIGATIONS = frozenset(ObligationAction)
DRILLS = frozenset(DrillAction)
TRAIN = frozenset(TrainingAction)
HOLD_DRILLS = DRILLS - {DrillAction.WAIVE}
MOVE = frozenset({EvacuationAction.TELL_TRANSFER, EvacuationAction.SEE_TRANSFERS})
SEEN_ON_DUTY = frozenset({*SeeAction, PeopleAction.SEE_PHONES, ObligationAction.SEE, ShiftAction.SEE, DrillAction.SEE})
ON_DUTY = VERIFY | INSPECT | FOR_OTHERS | DISPATCH | SEEN_ON_DUTY | MOVE | WARN | {EvacuationAction.START_TRANSFER}
DIRECT = frozenset({PeopleAction.INVITE, PeopleAction.ROSTER})
COMMAND_DUTY = OBLIGATIONS | DRILLS | {ShiftAction.CHECK, EvacuationAction.RELEASE_TRANSFER}
RECORDS = frozenset({A.LEDGER, ShiftAction.SEE, DrillAction.SEE, EvacuationAction.SEE_TRANSFERS})
NOTHING: frozenset[StrEnum] = frozenset()
# Sealed identities open to the custodian alone: no rank does it, and the admin, who appoints custodians, is none.
GRANTED: dict[Role, frozenset[StrEnum]] = {
    Role.VILLAGER: NOTHING,
    Role.REPORTER: MOVE,
    Role.GRID: VERIFY | INSPECT | MOVE | HOLD_DRILLS - {DrillAction.CHECK} | {A.LEDGER, SeeAction.EVIDENCE},
    Role.DUTY: ON_DUTY | {PeopleAction.ROSTER},
    Role.LEADER: ON_DUTY | COMMAND | REWARD | COMMAND_DUTY,
    Role.DIRECTOR: ON_DUTY | COMMAND | REWARD | COMMAND_DUTY | DIRECT | TRAIN,
    Role.DISPATCHER: (ON_DUTY | COMMAND) - {WarningAction.RELAY},
    Role.TRAINER: HOLD_DRILLS | {ObligationAction.SEE} | TRAIN,
    Role.ADMIN: frozenset(PeopleAction) - {PeopleAction.OPEN_SEALED} | OBLIGATIONS | RECORDS | WARN | TRAIN,
    Role.CUSTODIAN: frozenset({PeopleAction.OPEN_SEALED}),
}


def roles_for(action: StrEnum) -> list[Role]:
    """Return who may do something, in the order of roles."""
    return [role for role, actions in GRANTED.items() if action in actions]


def may(grants: Iterable[Grant], action: StrEnum, region: str, category: str = "") -> bool:
    """Say whether one of the grants, which hold today, allows an action at a place, for a class of hazard."""
    return any(action in GRANTED[Role(grant.role)] for grant in _held(grants, region, category))


def granted(grants: Iterable[Grant], region: str, category: str = "") -> frozenset[str]:
    """Return the actions that grants, which hold today, allow at a place for a class of hazard."""
    return frozenset(action.value for one in _held(grants, region, category) for action in GRANTED[Role(one.role)])


def _held(grants: Iterable[Grant], region: str, category: str) -> list[Grant]:
    return [grant for grant in grants if covers(grant.region, region) and _fits(grant, category)]


def _fits(grant: Grant, category: str) -> bool:
    return not grant.categories or not category or category in grant.categories.split(",")
