"""What people read about rosters: what an import did, what is wrong with a roster, and what to do about it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from assistant.duty import LOCAL, OrderKind, PostKind, RosterOrder
from assistant.duty.calendar import DayKind
from assistant.duty.entries import Entry, Fate, Fault, Imported, Line, Problem
from assistant.duty.preflight import Finding, FindingKind
from assistant.people.masking import masked
from assistant.wording.duty import KINDS
from assistant.wording.moments import WEEKDAYS, when

SHORT_KINDS = {PostKind.LEADER: "带班领导", PostKind.STAFF: "值班员", PostKind.DEPUTY: "副班"}
DAY_KINDS = {DayKind.WORKDAY: "工作日", DayKind.WEEKEND: "周末", DayKind.HOLIDAY: "节假日"}
GOOD = "值班表检查过了，今后{days}天没有发现问题。"
HEAD = "值班表检查：今后{days}天发现{count}个问题，急的在前面："
MORE = "还有{count}个，在工作台的“值班表”里看，或者运行 yingda duty check。"
FINDINGS = {
    FindingKind.GAP: "{where}{span}没有人值班{days}。请补上值班的人。",
    FindingKind.NO_LEADER: "{where}从{first}起有{count}天有人值班、没有带班领导。请补上带班领导。",
    FindingKind.HOLIDAY_NO_LEADER: "{named}期间{where}有{count}天没有带班领导。节假日要有领导带班，请补上。",
    FindingKind.NO_CHANNEL: "{people}（{first}值班）没有绑定任何渠道，消息发不到。请给他发绑定码，或者换人。",
    FindingKind.UNVERIFIED: "{people}（{first}值班）的账号没有用绑定码核对过，不能确定是本人。请给他发绑定码。",
    FindingKind.GONE: "{people}已经停用，还排在{first}的班上。请换人。",
    FindingKind.DOUBLE: "{people}在{span}同时排了两个班{days}。请换掉一个。",
    FindingKind.SAME_PHONE: "{people}登记的是同一个电话，打过去只能找到一个人。请核对电话。",
    FindingKind.NO_DEPUTY: "{where}没有副手（B角），网格员不在时没有人顶。请指定一名B角。",
    FindingKind.NOBODY: "{where}没有网格员，也没有副手（B角）。请指定。",
    FindingKind.TOO_LONG: "{people}从{span}连着值班{hours}小时，太长了。请调开。",
    FindingKind.TOO_OFTEN: "{people}{month}月要值{count}个班，太多了。请调匀。",
    FindingKind.NO_CALENDAR: "{count}年的放假和调休安排还没有录入，分工作日、周末、节假日的轮班排不到那一年。国务院办公厅的通知出来后请更新程序；这之前可以按天导入值班表。",
}
FAULTS = {
    Fault.NO_DAY: "日期认不出来，请写成“5月1日”这样",
    Fault.NO_MONTH: "只写了几号，不知道是哪个月。请在标题里写明年月，例如“2026年5月值班表”",
    Fault.WEEKDAY: "日期和星期对不上，可能是上个月的表没有改完。请核对",
    Fault.NOBODY: "没有认出人名",
    Fault.FORMULA: "有一格是公式，请复制后“粘贴为数值”",
    Fault.UNKNOWN_PERSON: "人员表里没有“{what}”，也没有写电话，没有排上。请先导入人员，或者在表里写上电话",
    Fault.SEVERAL_PERSONS: "叫“{what}”的不止一个：{near}，没有排上。请在表里写上电话",
    Fault.UNKNOWN_PLACE: "地点表里没有“{what}”，先当作单位名称登记了{near}",
    Fault.NOT_YOURS: "{what}的值班表不归您排，没有导入",
    Fault.HIDDEN: "这一行在表里是隐藏的，也按值班读了。不要的话请在表里删掉这一行，再导入一次",
    Fault.OTHER_PHONE: "{what}的电话和人员表里的不一样，没有改动人员表。请核对",
}
FATES = {Fate.TAKEN: "已读", Fate.TITLE: "不是值班，没有用", Fate.HEADING: "表头", Fate.REFUSED: "没有导入"}
ROW = "第{row}行  {said}"
UNUSED = "（没有用到：{unused}）"
NOTE = "第{row}行要注意：{why}。"
TOTAL = "共{rows}行，{refused}行没有导入。{first}到{last}的{days}天排好了，一共{shifts}人次。"
TOTAL_NONE = "共{rows}行，一个班都没有排上。"
TRIAL = "这次只是试一遍，什么都没有存。去掉 --dry-run 再运行才会导入。"
MEND = "没有导入的改好以后，整张表再导入一次就行：表里有的日子按新表，别的日子不动。"
ORDERED = "登记了第{number}号排班安排：{what}。"
REVOKED = "撤销了第{number}号排班安排，以后的班按其余的安排重新排了。已经开始的班不变。"
NO_ORDERS = "还没有登记过排班安排。"
ORDER_KINDS = {
    OrderKind.PATTERN: "轮班",
    OrderKind.TABLE: "值班表",
    OrderKind.TEMPORARY: "临时值班表",
    OrderKind.ADD: "加人",
    OrderKind.REPLACE: "换人",
    OrderKind.REMOVE: "减人",
}
CONSOLE = "控制台"
COLUMNS = ("带班领导", "值班员", "副班")
NOBODY_NOW = "值班表上现在没有人值班。请补上。"
EMPTY_MONTH = "这个月还没有排值班表。"
CHOOSE_PLACE = "这个地方的值班表不归您排，什么都没有导入。"
WRONG_FILE = "请选一个 xlsx、csv 或者 ics 文件；xls、et 请先另存为 xlsx。什么都没有导入。"


def office(region: str, unit: str) -> str:
    """Return whose roster it is, by place and office."""
    place = region.rpartition("/")[2]
    return unit if unit.startswith(place) else f"{place}{unit}"


def day(moment: date) -> str:
    """Return 5月1日（周五）."""
    return f"{moment.month}月{moment.day}日（周{WEEKDAYS[moment.weekday()]}）"


def weekday(moment: date) -> str:
    """Return 五."""
    return WEEKDAYS[moment.weekday()]


def hours(starts_at: datetime, ends_at: datetime) -> str:
    """Return 08:00—次日08:00."""
    begins, ends = starts_at.astimezone(LOCAL), ends_at.astimezone(LOCAL)
    return f"{begins:%H:%M}—{'次日' if ends.date() > begins.date() else ''}{ends:%H:%M}"


def finding(one: Finding, names: Mapping[int, str]) -> str:
    """Return what is wrong and what to do."""
    begins, ends = one.starts_at, one.ends_at
    length = ends - begins if begins and ends else timedelta(0)
    return FINDINGS[one.kind].format(
        where=one.where.rpartition("/")[2],
        people="和".join(names[person] or "（没有名字）" for person in one.people),
        span=_span(begins, ends),
        first=_date(begins),
        month=begins.astimezone(LOCAL).month if begins else "",
        hours=int(length.total_seconds() // 3600),
        count=one.count,
        days=_days(one),
        named=one.named,
    )


def checked(findings: Sequence[Finding], names: Mapping[int, str], days: int, most: int | None = None) -> str:
    """Return the result of a check; at most `most` findings, all where it is None."""
    if not findings:
        return GOOD.format(days=days)
    shown = list(findings)[:most]
    lines = [f"{number}. {finding(one, names)}" for number, one in enumerate(shown, 1)]
    more = [MORE.format(count=len(findings) - len(shown))] if len(shown) < len(findings) else []
    return "\n".join([HEAD.format(days=days, count=len(findings)), *lines, *more])


def import_lines(done: Imported, *, is_trial: bool = False) -> list[str]:
    """Return an import, row by row, as whoever handed in the table reads it."""
    taken: dict[int, list[Entry]] = {}
    for entry in done.entries:
        taken.setdefault(entry.row, []).append(entry)
    lines = [_row(line, taken.get(line.row, [])) for line in done.lines]
    lines += [NOTE.format(row=one.row, why=_problem(one)) for one in done.problems]
    refused = sum(line.fate is Fate.REFUSED for line in done.lines)
    total = TOTAL_NONE.format(rows=len(done.lines))
    if done.days:
        first, last = day(done.days[0]), day(done.days[-1])
        total = TOTAL.format(
            rows=len(done.lines), refused=refused, first=first, last=last, days=len(done.days), shifts=done.shifts
        )
    end = [TRIAL] if is_trial else [] if done.is_clean else [MEND]
    return [*lines, total, *end]


def _row(line: Line, entries: Sequence[Entry]) -> str:
    unused = UNUSED.format(unused="、".join(map(masked, line.unused))) if line.unused else ""
    if line.fate is Fate.TAKEN and entries:
        return ROW.format(row=line.row, said=_entries(entries)) + unused
    why = f"：{FAULTS[line.fault]}" if line.fault else ""
    text = f"（{masked(line.text)}）" if line.text else ""
    return ROW.format(row=line.row, said=f"{FATES[line.fate]}{why}{text}") + unused


def _entries(entries: Sequence[Entry]) -> str:
    """Return 5月1日（周五）  带班领导：张示例；值班员：李示例、王示例."""
    by_days: dict[tuple[date, ...], list[str]] = {}
    for entry in entries:
        place = f"{entry.unit} " if entry.unit else ""
        hours = f"（{entry.turn.starts:%H:%M}—{entry.turn.ends:%H:%M}）" if entry.turn else ""
        by_kind: dict[PostKind, list[str]] = {}
        for named in entry.people:
            by_kind.setdefault(named.kind or entry.kind, []).append(named.name)
        by_days.setdefault(entry.days, []).extend(
            f"{place}{SHORT_KINDS[kind]}{hours}：{'、'.join(names)}" for kind, names in by_kind.items()
        )
    return "  ".join(f"{_several(days)}  {'；'.join(said)}" for days, said in by_days.items())


def _several(days: tuple[date, ...]) -> str:
    return day(days[0]) if len(days) == 1 else f"{day(days[0])}到{day(days[-1])}"


def _problem(one: Problem) -> str:
    near = f"，名字相近的有：{one.near}" if one.near and one.fault is Fault.UNKNOWN_PLACE else one.near
    return FAULTS[one.fault].format(what=one.what, near=near)


def _span(begins: datetime | None, ends: datetime | None) -> str:
    return f"{when(begins)}到{when(ends)}" if begins and ends else ""


def _date(moment: datetime | None) -> str:
    return day(moment.astimezone(LOCAL).date()) if moment else ""


def _days(one: Finding) -> str:
    return f"，这样的有{one.count}次" if one.count > 1 else ""


def order_line(order: RosterOrder, what: str, by: str) -> str:
    """Return one order about a roster as a line."""
    where = order.unit or order.region.rpartition("/")[2]
    until = f"到{order.last}" if order.last and order.last != order.first else "" if order.last else "起"
    revoked = f"（{when(order.revoked_at)}撤销）" if order.revoked_at else ""
    reason = f"，原因：{order.reason}" if order.reason else ""
    kind = ORDER_KINDS[OrderKind(order.kind)]
    return f"{order.id}  {where}  {order.first}{until}  {kind}{what}{reason}  {by} {when(order.made_at)}登记{revoked}"


def changed(order: RosterOrder, names: Mapping[int, str]) -> str:
    """Return whom an order is about: 示例甲换成示例乙（只换带班领导）."""
    if order.kind in (OrderKind.PATTERN, OrderKind.TABLE, OrderKind.TEMPORARY):
        return ""
    change = order.override
    post = f"（{KINDS[change.post]}）" if change.post else ""
    by = f"换成{names[change.by]}" if change.by else ""
    hours = f" {change.hours.starts:%H:%M}—{change.hours.ends:%H:%M}" if change.hours else ""
    return f"：{names[change.person]}{by}{post}{hours}"
