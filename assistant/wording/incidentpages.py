"""The words of the pages about incidents and of the map (突发事件页、地图)."""

from datetime import datetime

from assistant.incidents.clocks import Clock, Whose
from assistant.incidents.orders import Order
from assistant.wording.exports import CASUALTIES
from assistant.wording.incidentclocks import STEPS as CLOCKS
from assistant.wording.incidentclocks import clock_line, minutes
from assistant.wording.incidents import KINDS, STATES
from assistant.wording.moments import clock_time

__all__ = ["CASUALTIES", "CLOCKS", "KINDS", "STATES", "clock_line", "clock_time"]

DRAFTS = {"first": "初报", "next": "续报", "final": "终报"}
STEPS = {
    "known": "接到报告",
    "passed_on": "转给",
    "nobody": "没有人可以转，请管理员补值班人员",
    "updated": "又报来",
    "linked": "由隐患转来",
    "acknowledged": "接下",
    "seen": "回应",
    "arrived": "到场",
    "called": "联系",
    "phoned": "电话上报",
    "wrote": "书面上报",
    "followed_up": "续报",
    "final": "终报",
    "handled": "现场处置结束",
    "counted": "人员情况",
    "measured": "措施",
    "exempted": "定为不用上报",
    "retracted": "报的人说是误报",
    "withdrawn": "核实为误报",
    "late": "上报超时",
    "identity_opened": "保密员打开了报告人身份",
    "given": "登记在先",
}
BY = {"reporter": "报的人", "clock": "到点自动", "rule": "自动"}
ACTS = {
    Order.TAKE: "收到，我来处理",
    Order.ARRIVED: "已到场",
    Order.CALLED: "已联系救援",
    Order.PHONED: "已电话上报",
    Order.WROTE: "书面初报已报",
    Order.FOLLOWED_UP: "续报已报",
    Order.FINISHED: "终报已报，办结",
    Order.COUNTED: "记人员情况",
    Order.MEASURE: "记措施和进展",
    Order.HANDLED: "现场处置结束",
    Order.EXEMPT: "不用上报，办结",
    Order.FALSE_ALARM: "核实为误报，撤掉",
}
TIMED = frozenset(
    {Order.ARRIVED, Order.CALLED, Order.PHONED, Order.WROTE, Order.FOLLOWED_UP, Order.FINISHED, Order.HANDLED}
)
"""Acts that happened at a time."""
WORDED = {
    Order.CALLED: "联系了谁（例如 119）",
    Order.PHONED: "报给谁（例如 县应急局）",
    Order.MEASURE: "做了什么、现在怎样",
    Order.EXEMPT: "为什么不用上报",
    Order.FALSE_ALARM: "怎么核实的",
}
NEEDED = frozenset({Order.MEASURE, Order.EXEMPT, Order.FALSE_ALARM, Order.CALLED})
ENDING = frozenset({Order.FINISHED, Order.EXEMPT, Order.FALSE_ALARM, Order.HANDLED})
COUNTS = {"dead": "死亡", "injured": "受伤", "missing": "失踪", "trapped": "被困"}
BAD_TIME = "时间要写成14:05这样，没有记。"
BAD_COUNT = "人数要写成0到9999的数，没有记。"
NOTHING_COUNTED = "一个人数都没有写，没有记。还不清楚的可以空着，至少写一项。"
WORDS_NEEDED = "“{act}”要写一句话说明，没有记。"
UNKNOWN_ACT = "没有这一项，没有记。请刷新以后再做。"
SAID_COUNT = "{kind}{count}人"


def who(name: str, by: str) -> str:
    """Return who did it; a caller is never named."""
    return name or BY.get(by, by)


def left(clock: Clock, now: datetime) -> str:
    """Return how a clock stands, in few words for a list: 还剩12分钟, 超过5分钟, 已报."""
    if clock.done_at is not None:
        return "已报，晚了" + minutes(clock.left(now)) if clock.is_late(now) else "已按时报"
    span = minutes(clock.left(now))
    return f"已超过{span}" if clock.is_late(now) else f"还剩{span}"


def is_ours(clock: Clock) -> bool:
    """Say whether a clock is the duty desk's own."""
    return clock.whose is Whose.OURS


def distance(metres: int) -> str:
    """Return a distance as people say it."""
    return f"{metres}米" if metres < 1000 else f"{metres / 1000:.1f}公里"
