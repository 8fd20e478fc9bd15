"""The words of the ledger (用语): how states, actions, classes, urgencies and roles are called."""

from assistant.hazards import HazardState
from assistant.hazards.steps import Action, Party
from assistant.people import Role

CATEGORIES = {
    "geological": "地质灾害",
    "flood": "洪涝",
    "fire": "消防",
    "forest_fire": "森林草原防火",
    "gas": "燃气",
    "building": "房屋建筑",
    "traffic": "交通",
    "mine": "矿山",
    "chemical": "危险化学品",
    "limited_space": "有限空间",
    "electricity": "用电",
    "public_facility": "公共设施",
    "weather": "气象",
    "water_safety": "涉水安全",
    "other": "其他",
    "": "未分类",
}
URGENCIES = {"emergency": "特急", "urgent": "紧急", "routine": "一般", "": "一般"}
STATES = {
    HazardState.REGISTERED: "已登记，还没派出去",
    HazardState.REJECTED: "核实不属实",
    HazardState.DUPLICATE: "和另一条重复，已并案",
    HazardState.WITHDRAWN: "已撤回",
    HazardState.ACCEPTED: "已立案，还没派出去",
    HazardState.ASSIGNED: "已派单，等签收",
    HazardState.SIGNED: "已签收",
    HazardState.RECTIFYING: "整改中",
    HazardState.SUBMITTED: "整改完，等复查",
    HazardState.CLOSED: "已销号",
    HazardState.CALLED_BACK: "已销号，已回访",
    HazardState.REOPENED: "已重开，还没派出去",
}
ACTIONS = {
    Action.REGISTER: "登记",
    Action.SUPPLEMENT: "补充",
    Action.CORRECT: "更正",
    Action.WITHDRAW: "撤回",
    Action.REJECT: "判为不属实",
    Action.ACCEPT: "立案",
    Action.ASSIGN: "派单",
    Action.SIGN: "签收",
    Action.REFUSE: "退回",
    Action.TRANSFER: "转办",
    Action.RECTIFY: "开始整改",
    Action.ASK_EXTENSION: "申请延期",
    Action.GRANT_EXTENSION: "同意延期",
    Action.DENY_EXTENSION: "驳回延期",
    Action.SUBMIT: "报整改完成",
    Action.FAIL: "判复查不合格",
    Action.CLOSE: "销号",
    Action.CALL_BACK: "回访",
    Action.SATISFY: "确认弄好了",
    Action.REOPEN: "重开",
    Action.WHISTLE: "吹哨",
    Action.REPORT_IN: "报到",
    Action.SUPERVISE: "督办",
    Action.MARK_DUPLICATE: "并案",
    Action.UNDO_DUPLICATE: "撤销并案",
    Action.NOTE: "备注",
    Action.BECOME_INCIDENT: "转为突发事件",
    Action.ADD_EVIDENCE: "补照片",
    Action.REMIND: "提醒",
    Action.OVERDUE: "记逾期",
    Action.CLIMB: "报上一级",
    Action.LATE_DEPARTMENT: "记部门没按时报到",
    Action.LEDGER: "看台账",
}
ROLES = {
    Role.VILLAGER: "村民",
    Role.GRID: "网格员",
    Role.REPORTER: "信息员",
    Role.DUTY: "值班员",
    Role.LEADER: "带班领导",
    Role.DIRECTOR: "应急负责人",
    Role.DISPATCHER: "调度员",
    Role.TRAINER: "培训员",
    Role.ADMIN: "管理员",
    Role.CUSTODIAN: "保密员",
}
PARTIES = {
    Party.REPORTER: "报的人",
    Party.HOLDER: "现在负责的人",
    Party.CALLED: "吹哨叫到的部门",
    Party.STAFF: "有这项权限的工作人员",
    Party.CLOCK: "系统",
}
OTHERS = {
    "check_post": "查岗",
    "see_shifts": "看值班和交接班",
    "warning_relay": "转发、更新、取消、解除预警",
    "warning_follow": "看叫应情况、补录、改派",
    "reassign": "改派",
    "called_already": "新的人自己也在这条预警的叫应名单里，不能再叫一次",
    "no_ladder": "没有逐级叫应方案",
    "live": "生效",
    "updated": "已被更新",
    "cancelled": "已取消",
    "lifted": "已解除",
    "expired": "已过期",
    "see_incidents": "看突发事件",
    "see_evidence": "看照片",
    "see_obligations": "看职责清单",
    "decide_obligations": "确认职责",
    "confirm_obligation": "确认",
    "reject_obligation": "否定",
    "amend_obligation": "修改",
    "start_transfer": "开始转移",
    "release_transfer": "同意返回",
    "tell_transfer": "报转移情况",
    "see_transfers": "看转移台账",
    "see_drills": "看演练情况",
    "plan_drills": "安排演练",
    "tell_drills": "报演练结果",
    "check_drills": "检查演练",
    "waive_drills": "免办",
    "plan_item": "再安排日子",
    "tell_item": "再报结果",
    "check_item": "检查",
    "waive_item": "免办",
    "unplanned": "待安排",
    "scheduled": "已安排",
    "done": "已办",
    "checked": "检查合格",
    "waived": "免办",
    "make_quiz": "出题、发布测验",
    "see_quiz_results": "看测验成绩",
    "see_training": "看培训情况",
    "amend_quiz": "再改题",
    "release_quiz": "再发布",
    "draft": "待发布",
    "released": "答题中",
    "ended": "已收卷",
    "reward:none": "还没有到审奖励这一步",
    "reward:pending": "奖励待审",
    "reward:approved": "奖励已经通过",
    "reward:refused": "奖励没有通过",
    "reward:paid": "奖励已经发了",
    "reward_approved": "批准奖励",
    "reward_refused": "驳回奖励",
    "reward_paid": "发奖励",
    "identity_opened": "查看报告人身份",
    "block": "屏蔽",
    "block_opened": "查看屏蔽的原因",
    "own_main": "它自己，不能并到自己",
    "last_resort": "由您兜底，不能再退；可以转给别人，或者请领导协调",
    "no_extension_asked": "没有人申请延期",
    "departments_missing": "吹哨叫到的部门还没到齐",
}
CODES: dict[str, str] = {**OTHERS}
CODES.update({state.value: words for state, words in STATES.items()})


def state_words(value: object) -> str:
    """Return how a state, or a hindrance, is called; what is no code stays as it is."""
    return CODES.get(str(value), str(value))


def action_words(value: object) -> str:
    """Return how an action is called."""
    return ACTIONS[Action(str(value))] if str(value) in set(Action) else OTHERS.get(str(value), str(value))


def role_words(value: object) -> str:
    """Return who may do something: the parties' or roles' names, apart by commas."""
    names = [_who(code) for code in str(value).split(" ")]
    return "或者".join(dict.fromkeys(name for name in names if name))


def _who(code: str) -> str:
    if code in set(Party):
        return "" if Party(code) is Party.CLOCK else PARTIES[Party(code)]
    if code in set(Role):
        return ROLES[Role(code)]
    return OTHERS.get(code, code)
