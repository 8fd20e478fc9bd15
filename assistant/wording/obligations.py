"""What people read about obligations (职责): who must do what, how often and by when, in plain words, with the clause."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.documents import Document
from assistant.obligations import Measure, Obligation, ObligationKind, ObligationState
from assistant.obligations.periods import Window

KINDS = {
    ObligationKind.DRILL: "综合演练",
    ObligationKind.SPECIAL_DRILL: "专项演练",
    ObligationKind.INSPECTION: "检查巡查",
    ObligationKind.TRAINING: "培训轮训",
    ObligationKind.DUTY: "值班值守",
    ObligationKind.REPORT: "报告",
    ObligationKind.PLAN_REVISION: "预案名册更新",
    ObligationKind.FUNDING: "经费",
    ObligationKind.TEAM: "队伍人员",
    ObligationKind.SUPPLIES: "物资装备",
    ObligationKind.PUBLICITY: "宣传",
    ObligationKind.RESPONSE: "应答到岗",
    ObligationKind.OTHER: "其他",
}
STATES = {
    ObligationState.PROPOSED: "待确认",
    ObligationState.CONFIRMED: "已确认",
    ObligationState.REJECTED: "不是职责",
    ObligationState.WITHDRAWN: "原文已改，撤下",
}
PERIODS = {
    "year": "每年",
    "half-year": "每半年",
    "quarter": "每季度",
    "month": "每月",
    "week": "每周",
    "day": "每天",
    "hour": "每小时",
    "term": "每学期",
    "shift": "每班",
    "always": "24小时",
    "regularly": "定期（文件没说多久一次）",
    "once": "一次性",
}
SPANS = {
    "minutes": "分钟",
    "hours": "小时",
    "days": "天",
    "weeks": "周",
    "months": "个月",
    "years": "年",
    "workdays": "个工作日",
    "quarters": "个季度",
}
SEASONS = {"flood": "汛期前", "fire": "防火期前", "main_flood": "主汛期内"}
EVENTS = {
    "proposed": "从文件里找出",
    "moved": "文件有改动，位置跟着改",
    "confirmed": "确认",
    "rejected": "定为不是职责",
    "amended": "修改要求",
    "withdrawn": "原文已改，撤下",
}
NOBODY = "原文没写明"
CHOICES = ("确认", "不是", "下一条")
LIST_HEAD = "{region}的职责：待确认{proposed}条，已确认{confirmed}条。"
NOTHING_HERE = "还没有从文件里找出职责。请管理员先运行 yingda obligations find。"
NOTHING_LEFT = "没有等着确认的职责了。发“已确认职责”可以看确认过的。"
NOTHING_CONFIRMED = "还没有确认过的职责。发“职责清单”可以一条一条地确认。"
MORE = "还有{count}条没有列出。"
ONE = "{number}（{state}）\n谁：{who}\n做什么：{kind}\n要求：{measure}\n出处：{source}\n原文：{quote}"
LINE = "{number} {who}：{kind}，{measure}"
HOW = "对就回“确认”；不是职责就回“不是”；要求读错了就回“改成每年2次”这样的话；先放着就回“下一条”。"
CONFIRMED = "{number}已确认，用于{place}：{measure}。"
CONFIRMED_UNDATED = "这一条没有固定的日子，不排日程，只作要求记着。"
WINDOWS = "今年的日程：{listed}。"
REJECTED = "{number}记为不是职责，{place}不再提它。"
AMENDED = "{number}的要求改成：{measure}。"
NOT_UNDERSTOOD = (
    "没看懂要改成什么。请写明多久几次、什么时候以前或者多少人，例如“改成每年2次”“改成5月31日前”“改成不少于20人”。"
)
OTHERS_RELY = "{number}还有别的地方也确认了，要求只能由管这些地方的人来改：{places}。"
WITHDRAWN = "职责{number}撤下了：文件《{document}》已经改动，原来的这句话没有了——“{quote}”。已经排好的事请再核对一下，新文件里的职责发“职责清单”确认。"
FOUND = "{document}：找出{total}条，新的{new}条，位置变动{moved}条，原文没有了撤下{gone}条。"
FOUND_NOTHING = "{document}：没有找出写明多久一次、什么时候以前或者多少数量的职责。"
EVERYWHERE = "全国"
EMPTY = "没有符合条件的职责。"
UNKNOWN_ACT = "没看懂要做什么，请从页面上的按钮里选一个。"


def kind(known: Obligation) -> str:
    """Return what is to be done: the kind, with the text's own word where it says more."""
    name = KINDS[ObligationKind(known.kind)]
    return f"{name}（{known.subject}）" if known.subject and known.subject not in name else name


def state(known: Obligation) -> str:
    """Return how far it has come."""
    return STATES[ObligationState(known.state)]


def requirement(measure: Measure) -> str:
    """Return how often, by when, within what time and how many, as one would say it: 每年至少1次，5月31日前."""
    parts = [*_how_often(measure), _within(measure.within)]
    if measure.amount is not None:
        parts.append(f"{measure.amount}{measure.amount_unit}{'起' if measure.amount_unit == '元' else ''}")
    return "，".join(filter(None, parts)) or NOBODY


def _how_often(measure: Measure) -> list[str]:
    """Return 每年1次 and 5月31日前, or together 汛期前、防火期前各1次."""
    times, days = f"{measure.count}次" if measure.count else "", _by_when(measure)
    if not measure.per and "、" in days and times:
        return [f"{days}各{times}"]
    return [f"{_period(measure.per)}{times}", days]


def _period(per: str) -> str:
    count, _, unit = per.partition(" ")
    return f"每{count}{SPANS[unit]}" if unit else PERIODS.get(per, "")


def _by_when(measure: Measure) -> str:
    return "、".join(filter(None, (_day(part) for part in measure.before.split(","))))


def _day(before: str) -> str:
    parts = [int(part) for part in before.split("-") if part.isdigit()]
    if before in SEASONS or not parts:
        return SEASONS.get(before, "")
    shown = [f"{value}{name}" for value, name in zip(parts, ("年", "月", "日")[-len(parts) :], strict=False)]
    return "".join(shown) + "前"


def _within(within: str) -> str:
    count, _, unit = within.partition(" ")
    if not unit:
        return ""
    return f"提前{count[1:]}{SPANS[unit]}" if count.startswith("-") else f"{count}{SPANS[unit]}内"


def source(known: Obligation) -> str:
    """Return where it stands: 《示例镇总体预案》10.1 演练."""
    gap = " " if known.heading and not known.label.endswith("）") else ""
    return f"《{known.title}》{known.label}{gap}{known.heading}"


def line(known: Obligation) -> str:
    """Return an obligation on one line."""
    return LINE.format(
        number=known.number, who=known.who or NOBODY, kind=kind(known), measure=requirement(known.measure)
    )


def whole(known: Obligation) -> str:
    """Return an obligation with all that is needed to decide on it."""
    return ONE.format(
        number=known.number,
        state=state(known),
        who=known.who or NOBODY,
        kind=kind(known),
        measure=requirement(known.measure),
        source=source(known),
        quote=known.quote,
    )


def listing(known: Sequence[Obligation], shown: int) -> str:
    """Return the first of some obligations, one a line, and how many are left."""
    lines = [line(one) for one in known[:shown]]
    return "\n".join([*lines, *([MORE.format(count=len(known) - shown)] if len(known) > shown else [])])


def windows(found: Iterable[Window]) -> str:
    """Return due windows: 1月1日至5月31日、….; empty for none."""
    return "、".join(_shown(*window) for window in found)


def _shown(first: date, last: date) -> str:
    """The year is said only where a window reaches over one (每3年)."""
    if first.year == last.year:
        return f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"


def found_line(document: Document, counts: tuple[int, int, int, int]) -> str:
    """Return what was found in a document; counts: all, new, moved, gone."""
    total, new, moved, gone = counts
    if not total and not gone:
        return FOUND_NOTHING.format(document=document.short_title)
    return FOUND.format(document=document.short_title, total=total, new=new, moved=moved, gone=gone)
