"""The words of exported ledgers (台账导出): heads of columns, short states, sources."""

from assistant.hazards import HazardState
from assistant.incidents import IncidentState
from assistant.warnings import CallState
from assistant.warnings.climbing import Outcome
from assistant.wording.evacuation import STATES as TRANSFER_STATES
from assistant.wording.terms import CATEGORIES, URGENCIES

TITLES = {
    "hazards": "隐患台账",
    "incidents": "突发事件台账",
    "rewards": "举报奖励台账",
    "warnings": "预警叫应台账",
    "duty": "值班台账",
    "drills": "演练台账",
    "households": "转移台账",
}
HAZARD_COLUMNS = (
    "序号 编号 上报时间 地区 地点 类别 行业 主管部门 隐患描述 紧急程度 来源 责任单位 责任人 派单时间 整改时限 整改措施 完成时间 复查人 销号时间 状态 是否逾期 依据条款"
).split()
INCIDENT_COLUMNS = (
    "序号 编号 接报时间 地区 地点 类别 情况 人员伤亡 来源 接手人 接手时间 电话上报时间 书面初报时间 续报次数 终报时间 是否迟报 状态"
).split()
COUNT_TITLE = "统计"
COUNT_COLUMNS = "统计口径 名称 共几件 没办完 没办完占全部 已逾期 已逾期占没办完".split()
COUNTED_BY = {"region": "按地区", "category": "按类别", "trade": "按行业", "unit": "按责任单位"}
UNNAMED = "（未写）"
REWARD_COLUMNS = "序号 编号 上报时间 地区 类别 隐患状态 奖励状态".split()
HOUSEHOLD_COLUMNS = (
    "序号 预警编号 转移编号 地区 户主 人数 需要照顾的人 批次 状态 情况 见证 核实 帮转人 安置点 列入应转时间 离开时间 同意返回时间"
).split()
ROSTER_COLUMNS = "序号 日期 星期 节假日 班次 带班领导 值班员 副班 单位 值班电话".split()
ROSTER_KINDS = ("leader", "staff", "deputy")
CALL_COLUMNS = "序号 预警编号 预警名称 预警地区 发布时间 叫应编号 叫应对象 应答时限 状态 应答时间 是否超时 应通知户数 已通知户数 未通知户 叫应地区 结果 通道 送出时间 通道回执 本人的话 改派到 是否演练".split()
STATES = {
    HazardState.REGISTERED: "已登记",
    HazardState.REJECTED: "不属实",
    HazardState.DUPLICATE: "已并案",
    HazardState.WITHDRAWN: "已撤回",
    HazardState.ACCEPTED: "已立案",
    HazardState.ASSIGNED: "待签收",
    HazardState.SIGNED: "已签收",
    HazardState.RECTIFYING: "整改中",
    HazardState.SUBMITTED: "待复查",
    HazardState.CLOSED: "已销号",
    HazardState.CALLED_BACK: "已回访",
    HazardState.REOPENED: "已重开",
}
INCIDENT_STATES = {
    IncidentState.KNOWN: "已知",
    IncidentState.PASSED_ON: "已转值守",
    IncidentState.ACKNOWLEDGED: "值守已接",
    IncidentState.REPORTED: "已初报",
    IncidentState.FINAL: "已终报",
    IncidentState.WITHDRAWN: "误报",
}
CALL_STATES = {
    CallState.PENDING: "待应答",
    CallState.SILENT: "超时未应答",
    CallState.KNOCK: "敲门单",
    CallState.ANSWERED: "已应答",
    CallState.ACTED: "已落实",
    CallState.CLOSED: "已结束",
}
OUTCOMES = {
    Outcome.ANSWERED: "已应",
    Outcome.PASSED: "改派",
    Outcome.UNREACHABLE: "无法送达",
    Outcome.OPEN: "未应",
    Outcome.CLOSED: "未应（预警已结束）",
}
REWARDS = {"none": "不适用", "pending": "待审核", "approved": "已核准", "paid": "已发放", "refused": "不予奖励"}
CHANNELS = {
    "web": "网页",
    "terminal": "终端",
    "wechat": "微信",
    "wecom": "企业微信",
    "telegram": "Telegram",
    "open311": "开放接口",
    "replay": "回放",
}
CASUALTIES = {True: "有", False: "无", None: "未说明"}
YES, NO, EARLIER = "是", "否", "曾逾期"
EXPORTED = "{title}：{count}条，已写入 {path}。"
ALL_STATES: dict[str, str] = {}
ALL_STATES.update({state.value: words for state, words in INCIDENT_STATES.items()})
ALL_STATES.update({state.value: words for state, words in CALL_STATES.items()})
ALL_STATES.update({state.value: words for state, words in STATES.items()})
ALL_STATES.update({state.value: words for state, words in TRANSFER_STATES.items()})


def state(code: str) -> str:
    """Return the short word for the state of a hazard, an incident or a call."""
    return ALL_STATES.get(code, code)


def category(code: str) -> str:
    """Return how a class is called."""
    return CATEGORIES.get(code, code)


def urgency(code: str) -> str:
    """Return how an urgency is called."""
    return URGENCIES.get(code, code)


def source(channel: str, *, is_anonymous: bool) -> str:
    """Return where a report came in; never from whom."""
    where = CHANNELS.get(channel, channel) or "未记录"
    return f"{where}（匿名）" if is_anonymous else where


def overdue(*, now: bool, earlier: bool) -> str:
    """Return whether a deadline has passed: 是, 曾逾期 or 否."""
    return YES if now else EARLIER if earlier else NO


def share(part: int, whole: int) -> str:
    """Return a part of a whole with both numbers, so that a rate of three cases is not read like one of three hundred."""
    return f"{part}/{whole}（{part / whole:.0%}）" if whole else "0/0"


def counted_name(by: str, name: str) -> str:
    """Return what a line of the counts is about."""
    return category(name) if by == "category" else name or UNNAMED
