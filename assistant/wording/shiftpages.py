"""The words of the pages about shifts (值班交接页)."""

from assistant.duty.shiftorders import ShiftOrder
from assistant.wording.duty import KINDS
from assistant.wording.moments import clock_time
from assistant.wording.shifts import STATES, hours, listed, place
from assistant.wording.spotchecks import line as check_line

__all__ = ["KINDS", "STATES", "check_line", "clock_time", "hours", "listed", "place"]

ACTS = {
    ShiftOrder.TAKE: "接班",
    ShiftOrder.CONFIRM: "确认接班",
    ShiftOrder.NOTE: "记一下",
    ShiftOrder.WEATHER: "写天气",
    ShiftOrder.EQUIPMENT: "写装备物资",
    ShiftOrder.DRAFT: "写交接单",
    ShiftOrder.SIGN: "确认交班",
    ShiftOrder.CHECK: "查岗",
}
WORDED = {
    ShiftOrder.NOTE: "来电、要下一班留意的事",
    ShiftOrder.WEATHER: "天气（例如 后半夜有中雨）",
    ShiftOrder.EQUIPMENT: "装备物资（例如 发电机1台、对讲机6部，都能用）",
}
"""Acts that need words."""
STEPS = {
    "planned": "列入排班",
    "reminded": "提醒值班的人",
    "reminder_skipped": "提醒来不及，没有发",
    "acknowledged": "回复知道了",
    "taken_over": "接班",
    "missed": "到时间没人接班",
    "climbed": "还没人接班，再往上告诉",
    "filled": "值班表改了，人齐了",
    "noted": "记一下",
    "struck": "删掉一条",
    "weather": "写天气",
    "equipment": "写装备物资",
    "drafted": "写交接单",
    "handed_over": "交班",
    "confirmed": "下一班确认接班",
    "began": "确认接班，开始在班",
    "gap": "交接缺一环，告诉带班领导",
    "drawn": "抽查安排好了",
    "check_done": "自动抽查",
    "lapsed": "过期没有交接，自动结束",
}
UNKNOWN_ACT = "没有这一项，没有记。请刷新以后再做。"
WORDS_NEEDED = "“{act}”要写一句话，没有记。"
AUTOMATIC = "到点自动"
EMPTY = "还没有要跟踪的班。排好值班表以后，开班前两天会出现在这里。"
