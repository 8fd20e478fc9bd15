"""What people read about drills, rounds and other due items (演练和履职事项); every number with what it is a part of."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.drills import DutyItem, ItemState, is_checked
from assistant.drills.coverage import Cell
from assistant.obligations import ObligationKind
from assistant.wording.obligations import KINDS

STATES = {
    ItemState.OPEN: "待安排",
    ItemState.PLANNED: "已安排",
    ItemState.DONE: "已办",
    ItemState.CHECKED: "检查合格",
    ItemState.WAIVED: "免办",
}
UNCHECKED = "已办，待检查"
EVENTS = {
    "opened": "列入日程",
    "scheduled": "排好提醒",
    "planned": "安排日子",
    "reminded": "提醒",
    "done": "报办完",
    "told": "补充情况",
    "passed": "检查合格",
    "failed": "检查不合格",
    "found": "发现隐患",
    "overdue": "逾期",
    "climbed": "上报上一级",
    "waived": "免办",
}
PLANNED = "{number}安排好了：{on}在{place}办{what}。前一天会提醒您。办完了请发“{word}搞完了，来了多少人”，再把现场照片、签到表照片发来，分几次发都行。"
PLANNED_LATE = "要注意：该在{due}以前办完，您安排的日子过了。"
SAY_DAY = "请写明哪一天，例如“安排演练 5月12日 上河村 山洪”。"
PAST_DAY = "{on}已经过去了，请另说一个日子。已经办过的，请直接发“演练搞完了，来了多少人”。"
DONE = "{number}记下了：{place}{what}，{on}办的{told}。"
PEOPLE = "，{count}人参加"
PHOTOS = "，照片{count}张"
STILL_PEOPLE = "请再说一下来了多少人。"
STILL_PHOTOS = "请把现场照片和签到表照片发来。"
TO_BE_CHECKED = "要换一个人检查：{names}。"
NOBODY_CHECKS = "还没有能检查的人，请管理员给别的人开通检查权限。"
ADDED = "{number}补上了：{place}{what}{told}。"
WHICH = "还没办的不止一项，说的是哪一项？请带上编号再发一次，例如“{number} 搞完了，来了43人”。\n{listed}"
WHICH_CHECK = "等着检查的不止一项，请带上编号，例如“{number} 合格”。\n{listed}"
NOTHING_TO_CHECK = "现在没有等您检查的演练。"
CHECK_THIS = "{who}报：{place}{what}{on}办完了{told}。请您检查（{number}）：合格就回“{number} 合格”；不合格就回“{number} 不合格 原因”。"
PASSED = "{number}检查合格，{place}{what}算办完了。"
FAILED = "{number}记为不合格：{reason}。{place}要重新办，已经告诉负责的人。"
TOLD_PASSED = "{number}{place}{what}检查合格，检查人：{who}。"
TOLD_FAILED = (
    "{number}{place}{what}检查不合格，检查人{who}，原因：{reason}。请重新安排日子，例如“{number} 安排 {day}”。"
)
SAME_PERSON = "{number}是您自己报的，要换一个人检查。"
SAY_WHY = "不合格请写明原因，例如“{number} 不合格 没有签到表”。"
WAIVED = "{number}免办，原因：{reason}。统计时单独列出，不算办完。"
SAY_WHY_WAIVED = "免办请写明原因，例如“{number} 免办 该村已整体搬迁”。"
INSPECTED = "{number}记下了：{place}{on}{what}，{found}。"
FOUND_NOTHING = "没有发现问题"
FOUND = "发现问题1处，登记为隐患{hazard}"
LINKED_HAZARD = "演练、巡查发现的问题登记为隐患{hazard}，记在{number}里。"
REMINDER = "提醒：{place}要在{due}以前办{what}（{number}），{plan}。"
NO_PLAN = "还没有安排日子。安排请发“{number} 安排 日子”，办完了请发“{number} 搞完了，来了多少人”"
PLAN = "已安排在{on}"
AFTER_PLAN = "{place}{what}（{number}）原定{on}办。办完了请发“{number} 搞完了，来了多少人”和照片；没办成请发“{number} 安排 新的日子”。"
OVERDUE = (
    "{place}{what}（{number}）该在{due}以前办完，现在过期了{told}。请尽快办，办完发“{number} 搞完了，来了多少人”。"
)
TOLD_SUPERIOR = "，已经报告{name}"
CLIMBED = "{place}{what}（{number}）逾期{days}天还没有办，该在{due}以前办完，负责人：{name}。请您督促。"
NOBODY = "还没有定"
NO_ITEMS = (
    "{year}年还没有列入日程的演练和检查。确认了职责（发“职责清单”），或者发“安排演练 日子 村名 内容”，就会列进来。"
)
HEAD = "{region}{year}年（分母是这一年要办的次数，免办的不算）："
TOTAL = "{kind}：办完{done}/{due}{more}"
LINE = "{place}：{cells}"
OVERDUE_PART = "逾期{count}"
UNCHECKED_PART = "待检查{count}"
WAIVED_PART = "免办{count}"
MORE_PLACES = "还有{count}个地方没有列出，请到“演练”页面看全部。"
NO_VILLAGES = "地点表里还没有村，没法算哪些村没演练。请管理员先导入地点（yingda import places）。"
WITHOUT = "{region}共{total}个村，{year}年还有{left}/{total}个村没有演练过：{names}。"
ALL_DRILLED = "{region}共{total}个村，{year}年{total}/{total}个村都演练过了。"
LIST_HEAD = "还没办的共{count}项："
NOTHING_LEFT = "没有要办的事项。"
ONE_LINE = "{number} {place}{what}，{due}以前，{state}"
ONE = "{number}（{state}）\n{place}：{what}\n时间：{opens}至{due}\n负责人：{name}\n{more}"
MORE = "还有{count}项没有列出。"
BASIS = "依据：职责{number}"
OWN_PLAN = "自己安排的，没有文件规定"
LATER_DAY = "这一天还没有到，请填办的那一天。"
UNKNOWN_ACT = "没看懂要做什么，请从页面上的按钮里选一个。"
COLUMNS = "序号 编号 地区 事项 内容 依据职责 开始日期 截止日期 安排日期 办理日期 参加人数 照片数 状态 是否逾期 负责人 检查人 发现隐患 免办原因".split()
MATRIX_TITLE = "覆盖情况"
MATRIX_COLUMNS = "地区 事项 年份 要办次数 办完次数 待检查 逾期 免办 最近一次".split()


def what(item: DutyItem) -> str:
    """Return what is to be done: 山洪演练, 综合演练, 巡查."""
    if item.kind == ObligationKind.SPECIAL_DRILL.value and item.subject:
        return item.subject if item.subject.endswith("演练") else f"{item.subject}演练"
    if item.kind == ObligationKind.INSPECTION.value and not item.obligation:
        return f"{item.subject}巡查"
    name = KINDS[ObligationKind(item.kind)]
    return f"{name}（{item.subject}）" if item.subject and item.subject not in name else name


def kind(code: str) -> str:
    """Return how a kind is called."""
    return KINDS[ObligationKind(code)]


def place(region: str) -> str:
    """Return a place by its own name."""
    return region.rpartition("/")[2]


def state(item: DutyItem, on: date | None = None) -> str:
    """Return how far an item has come."""
    if item.state == ItemState.DONE.value and is_checked(item.kind):
        return UNCHECKED
    late = "，已逾期" if on is not None and item.is_overdue(on) else ""
    return f"{STATES[ItemState(item.state)]}{late}"


def shown(day: str) -> str:
    """Return a day as one says it: 5月12日; empty for none."""
    return f"{int(day[5:7])}月{int(day[8:10])}日" if day else ""


def told(item: DutyItem) -> str:
    """Return what is known of a held one: ，43人参加，照片2张."""
    people = PEOPLE.format(count=item.people) if item.people is not None else ""
    return people + (PHOTOS.format(count=item.evidence) if item.evidence else "")


def fill(sentence: str, item: DutyItem, **more: object) -> str:
    """Return a sentence about an item."""
    fields = {"number": item.number, "place": place(item.region), "what": what(item), "due": shown(item.due_on)}
    return sentence.format(**{**fields, **more})


def planned(item: DutyItem) -> str:
    """Return what who has planned something reads."""
    word = "演练" if item.kind in (ObligationKind.DRILL.value, ObligationKind.SPECIAL_DRILL.value) else what(item)
    text = fill(PLANNED, item, on=shown(item.planned_on), word=f"{item.number} {word}")
    return f"{text}\n{fill(PLANNED_LATE, item)}" if item.planned_on > item.due_on else text


def done(item: DutyItem, names: Sequence[str]) -> str:
    """Return what who has told of it reads, with what is still missing."""
    missing = [STILL_PEOPLE] if item.people is None else []
    missing += [] if item.evidence else [STILL_PHOTOS]
    if is_checked(item.kind):
        missing.append(TO_BE_CHECKED.format(names="、".join(names)) if names else NOBODY_CHECKS)
    return "".join([fill(DONE, item, on=shown(item.done_on), told=told(item)), *missing])


def inspected(item: DutyItem, hazard: str) -> str:
    """Return what who has made a round reads."""
    found = FOUND.format(hazard=hazard) if hazard else FOUND_NOTHING
    return fill(INSPECTED, item, on=shown(item.done_on), found=found)


def reminder(item: DutyItem, on: date) -> str:
    """Return a reminder before the last day, or a question after the planned one."""
    if item.planned_on and item.planned_on < on.isoformat():
        return fill(AFTER_PLAN, item, on=shown(item.planned_on))
    plan = PLAN.format(on=shown(item.planned_on)) if item.planned_on else NO_PLAN.format(number=item.number)
    return fill(REMINDER, item, plan=plan)


def overdue(item: DutyItem, superior: str) -> str:
    """Return what who answers for an item reads once the last day is over."""
    return fill(OVERDUE, item, told=TOLD_SUPERIOR.format(name=superior) if superior else "")


def climbed(item: DutyItem, name: str, on: date) -> str:
    """Return what a superior reads."""
    days = (on - date.fromisoformat(item.due_on)).days
    return fill(CLIMBED, item, days=days, name=name or NOBODY)


def one_line(item: DutyItem, on: date) -> str:
    """Return an item on one line."""
    return fill(ONE_LINE, item, state=state(item, on))


def listing(items: Sequence[DutyItem], most: int, on: date) -> str:
    """Return the first of some items, one a line, and how many are left."""
    lines = [one_line(item, on) for item in items[:most]]
    return "\n".join([*lines, *([MORE.format(count=len(items) - most)] if len(items) > most else [])])


def cell(one: Cell) -> str:
    """Return a cell with its denominator: 办完1/2（逾期1）."""
    return TOTAL.format(kind=kind(one.kind), done=one.done, due=one.due, more=_more(one))


def _more(one: Cell) -> str:
    parts = [(OVERDUE_PART, one.overdue), (UNCHECKED_PART, one.unchecked), (WAIVED_PART, one.waived)]
    shown_parts = "，".join(words.format(count=count) for words, count in parts if count)
    return f"（{shown_parts}）" if shown_parts else ""


def coverage(region: str, year: int, totals: Iterable[Cell], cells: Sequence[Cell], most: int) -> str:
    """Return the sums by kind, then the places one a line."""
    places: dict[str, list[Cell]] = {}
    for one in cells:
        places.setdefault(one.region, []).append(one)
    lines = [LINE.format(place=place(name), cells="；".join(map(cell, found))) for name, found in places.items()]
    rest = [MORE_PLACES.format(count=len(lines) - most)] if len(lines) > most else []
    head = HEAD.format(region=place(region), year=year)
    return "\n".join([head, *map(cell, totals), *(lines[:most] if len(lines) > 1 else []), *rest])


def without(region: str, year: int, left: Sequence[str], total: int) -> str:
    """Return which villages have held no drill, of how many."""
    if not left:
        return ALL_DRILLED.format(region=place(region), year=year, total=total)
    names = "、".join(map(place, left))
    return WITHOUT.format(region=place(region), year=year, left=len(left), total=total, names=names)


def whole(item: DutyItem, names: dict[int, str], on: date) -> str:
    """Return an item with all that is known of it; names: of people, by id."""
    lines = [BASIS.format(number=item.obligation) if item.obligation else OWN_PLAN]
    if item.planned_on:
        lines.append(f"{PLAN.format(on=shown(item.planned_on))}。")
    if item.done_on:
        lines.append(f"{shown(item.done_on)}办的{told(item)}。")
    lines += [item.told, f"发现隐患：{'、'.join(item.hazards)}" if item.hazards else "", item.reason]
    return fill(
        ONE,
        item,
        state=state(item, on),
        opens=shown(item.opens_on),
        name=names.get(item.responsible or 0, NOBODY),
        more="\n".join(filter(None, lines)),
    )
