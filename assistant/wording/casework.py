"""What the desk answers to staff who work on cases by chat."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from assistant.events import Event
from assistant.hazards import Action, Hazard
from assistant.hazards.basis import cited
from assistant.hazards.moments import utc
from assistant.hazards.steps import LIVE, WAITING
from assistant.hazards.whistling import called
from assistant.wording.hazards import kind, line, matter, wanted
from assistant.wording.moments import span, when
from assistant.wording.reporters import named
from assistant.wording.showing import public_place, short_region
from assistant.wording.terms import CATEGORIES, action_words, state_words

STAFF_ONLY = (
    "这件事要工作人员来办，您这边办不了。您要报隐患，直接把看到的情况和地点发给我；想问您报的进度，把编号发给我就行。"
)
NO_TASKS = "您手上现在没有要办的隐患。"
NONE_WAITING = "现在没有等着派的，都派出去了。"
NONE_LATE = "现在没有超期的。"
NONE_IN_LEDGER = "台账里还没有隐患。"
WHICH = "说的是哪一条？回复前面的数字：\n{lines}"
WHOM = "要派给谁？回复前面的数字：\n{lines}"
NOBODY = "没有找到“{words}”。请写全名，或者写单位的全称，例如“派给水务站”。"
SAY_WHOM = "要派给谁？例如“派给张三”“派给水务站”。"
SAY_WHO_COMES = "要叫哪些部门？例如“吹哨 水务站、派出所”。"
SAY_UNTIL = "要延到哪一天？例如“申请延期到周五 因为材料没到”。"
NO_CASE = "没有找到{what}。发“我的任务”或者“台账”可以看有哪些。"
NOTHING_FITS = "现在没有可以{action}的隐患。发“我的任务”或者“台账”可以看有哪些。"
MOST_LINES = 12
MENUS = {
    "tasks": "我的任务",
    "waiting": "待派",
    "late": "超期的",
    "ledger": "台账",
}
MENU_HEAD = "您可以做这些，回复前面的数字，或者直接用平常话说：\n"
MENU_TAIL = (
    "\n办某一条，带上编号后两位就行：签收01、01派给水务站、退回01 原因……、01开始整改、01整改好了（附照片）、"
    "01申请延期到周五 因为……、01复查合格（销号）、01复查不合格 原因……、吹哨 水务站、派出所、督办01、“报的人问起来怎么说”。"
)


def menu(options: Sequence[str]) -> str:
    """Return the menu of somebody's role."""
    return MENU_HEAD + numbered(MENUS[option] for option in options) + MENU_TAIL


def numbered(lines: Iterable[str]) -> str:
    """Return lines with their numbers before them."""
    return "\n".join(f"{number}. {words}" for number, words in enumerate(lines, 1))


def listed(head: str, hazards: Sequence[Hazard], now: datetime) -> str:
    """Return a list of cases; a long one says how many are not shown."""
    shown = numbered(line(hazard, now) for hazard in hazards[:MOST_LINES])
    rest = len(hazards) - MOST_LINES
    more = f"\n还有{rest}条没有列出来，可以看台账。" if rest > 0 else ""
    return f"{head}\n{shown}{more}\n回复前面的数字看详情。"


def tasks(hazards: Sequence[Hazard], now: datetime) -> str:
    """Return somebody's cases."""
    return listed(f"您手上有{len(hazards)}条：", hazards, now) if hazards else NO_TASKS


def waiting(hazards: Sequence[Hazard], today: int, now: datetime) -> str:
    """Return what has not been dispatched; today: how many of them came in today."""
    if not hazards:
        return NONE_WAITING
    return listed(f"还没派出去的有{len(hazards)}条，其中今天报来的{today}条：", hazards, now)


def late(hazards: Sequence[Hazard], now: datetime) -> str:
    """Return what is overdue."""
    return listed(f"超期的有{len(hazards)}条：", hazards, now) if hazards else NONE_LATE


def ledger(hazards: Sequence[Hazard]) -> str:
    """Return the ledger in figures: by state, place and class, what is overdue beside it."""
    if not hazards:
        return NONE_IN_LEDGER
    open_cases = [hazard for hazard in hazards if hazard.state in LIVE]
    head = (
        f"台账一共{len(hazards)}条：还没办完{len(open_cases)}条（没派出去{_count(open_cases, WAITING)}条，"
        f"超期{sum(h.is_overdue for h in open_cases)}条），已销号{sum(h.state in ('closed', 'called_back') for h in hazards)}条。"
    )
    places = _table("按地方", hazards, lambda hazard: short_region(hazard.region) or "地点不详")
    kinds = _table("按类别", hazards, lambda hazard: CATEGORIES.get(hazard.category, hazard.category))
    return "\n".join([head, places, kinds])


def _count(hazards: Iterable[Hazard], states: frozenset[str] | frozenset[object]) -> int:
    return sum(hazard.state in states for hazard in hazards)


def _table(title: str, hazards: Sequence[Hazard], key: object) -> str:
    name = key if callable(key) else str
    whole = Counter(str(name(hazard)) for hazard in hazards)
    overdue = Counter(str(name(hazard)) for hazard in hazards if hazard.is_overdue)
    rows = [
        f"{word}{count}条" + (f"（超期{overdue[word]}）" if overdue[word] else "")
        for word, count in whole.most_common()
    ]
    return f"{title}：{'，'.join(rows)}。"


def overview(hazard: Hazard, events: Sequence[Event], names: Mapping[str, str], pictures: int) -> str:
    """Return all that staff see of a case: matter, state, who has it, deadline, departments, what happened, basis."""
    who = named(hazard.owner, hazard.unit, names)
    lines = [f"{hazard.number}（{kind(hazard)}）{state_words(hazard.state)}", matter(hazard, pictures)]
    lines += [f"负责：{who}"] if who else []
    if hazard.due_at:
        over = "，已超期" if hazard.is_overdue else ""
        lines.append(f"期限：{when(hazard.due_at)}前{wanted(hazard)}{over}")
    lines += [f"等批延期：想延到{when(hazard.extension_until)}"] if hazard.extension_until else []
    lines += [f"并入：{hazard.main}"] if hazard.main else []
    lines += [_department(one.unit, one.reported, one.did) for one in called(hazard)]
    lines.append("经过：" + "；".join(_happened(event, names) for event in events[-6:]))
    lines += [f"依据：{cited(hazard.clause)}"] if cited(hazard.clause) else []
    return "\n".join(lines)


def _department(unit: str, reported: str, did: str) -> str:
    if not reported:
        return f"吹哨：{unit}还没报到"
    return f"吹哨：{unit}{when(datetime.fromisoformat(reported))}报到" + (f"，{did}" if did else "")


def _happened(event: Event, names: Mapping[str, str]) -> str:
    """Return an event in a few words; a reporter is never more than 报的人."""
    who = {"clock": "到点", "rule": "按规则"}.get(event.actor, "")
    if event.actor.startswith("person/"):
        who = names.get(event.actor.removeprefix("person/"), "工作人员")
    elif event.actor.startswith("reporter/"):
        who = "报的人"
    changed = event.fields.get("set", {})
    to = named(changed.get("owner"), changed.get("unit", ""), names) if "owner" in changed else ""
    reason = event.fields.get("reason") or event.fields.get("words") or ""
    beside = "，".join(part for part in (f"给{to}" if to else "", str(reason)) if part)
    return (
        f"{when(utc(event.at)).split('（')[0]}{who}{action_words(event.kind)}{'（' + beside + '）' if beside else ''}"
    )


def handed(hazard: Hazard, owner: str, *, has_contact: bool) -> str:
    """Return that a case has been given to somebody."""
    told = "已经通知。" if has_contact else f"系统里没有登记{owner}的联系人，消息发不过去，请打电话转告。"
    return f"{hazard.number}（{public_place(hazard)}）派给了{owner}，{when(hazard.due_at)}前签收。{told}"


def wanted_in(hazard: Hazard, ruled: timedelta, now: datetime) -> str:
    """Return what becomes of the day that was asked for; ruled: how long the rule gives from the signing on."""
    if hazard.wanted_until is None:
        return ""
    if utc(hazard.wanted_until) <= now:
        return f"您说的期限{when(hazard.wanted_until)}已经过了，按规定的时限办（签收后{span(ruled)}）。"
    if utc(hazard.wanted_until) > now + ruled:
        return f"您说的期限{when(hazard.wanted_until)}比规定的长，按规定的时限办（签收后{span(ruled)}）。"
    return f"期限按您说的：{when(hazard.wanted_until)}前办完。"


def signed(hazard: Hazard) -> str:
    """Return that a case has been signed for."""
    return f"签收了：{hazard.number}（{public_place(hazard)}）。请在{when(hazard.due_at)}前整改完；开工了回复“开始整改”，弄完回复“整改好了”，附上照片。"


def refused(hazard: Hazard, owner: str) -> str:
    """Return that a case went back, and who has it now."""
    return f"{hazard.number}（{public_place(hazard)}）退回已记下，原因也记了。现在由{owner}接着管，没有搁下。"


def returned_to_you(hazard: Hazard) -> str:
    """Return to a dispatcher that a case that was sent back is with them again."""
    return f"{hazard.number}（{public_place(hazard)}）的退单和原因记下了，现在在您这里。请另外安排：回复“派给某某”。"


def rectifying(hazard: Hazard) -> str:
    """Return that the repair has begun."""
    return f"记下了：{hazard.number}（{public_place(hazard)}）开始整改，期限{when(hazard.due_at)}。弄完回复“整改好了”，附上照片。"


def submitted(hazard: Hazard, inspectors: Sequence[str], pictures: int) -> str:
    """Return that a repair has been reported."""
    to = f"已经请{'、'.join(inspectors)}去复查。" if inspectors else "还没有登记能复查的人，请值班室安排另外的人去看。"
    photos = f"收到{pictures}张照片。" if pictures else "还没有照片，请拍一张整改后的样子发过来。"
    return f"记下了：{hazard.number}（{public_place(hazard)}）整改完成。{photos}{to}谁整改的，不能自己销号。"


def pictures_kept(hazard: Hazard, count: int) -> str:
    """Return that pictures have been put to a case."""
    return f"收到{count}张照片，放到{hazard.number}（{public_place(hazard)}）里了。"


def extension_asked(hazard: Hazard, deciders: Sequence[str]) -> str:
    """Return that more time has been asked for."""
    to = f"已经报给{'、'.join(deciders)}。" if deciders else "名册里没有登记能批延期的人，请直接找领导。"
    return f"记下了：{hazard.number}申请延到{when(hazard.extension_until)}。{to}批下来以前，期限还是{when(hazard.due_at)}。"


def extension_decided(hazard: Hazard, *, is_granted: bool) -> str:
    """Return the decision on more time, to who decided."""
    if is_granted:
        return f"同意了：{hazard.number}的期限改到{when(hazard.due_at)}，已经告诉他们。"
    return f"没有同意延期：{hazard.number}还是{when(hazard.due_at)}前整改完，已经告诉他们。"


def failed(hazard: Hazard) -> str:
    """Return that a repair was not good."""
    return f"记下了：{hazard.number}复查不合格，已经退回去接着整改，{when(hazard.due_at)}前弄好。"


def closed(hazard: Hazard, *, has_reporter: bool) -> str:
    """Return that a case is closed."""
    asked = "已经问报的人弄好了没有；他们说没弄好会自动重开。" if has_reporter else ""
    return f"{hazard.number}（{public_place(hazard)}）销号了。{asked}"


def called_back(hazard: Hazard) -> str:
    """Return that a call-back has been recorded."""
    return f"回访记下了：{hazard.number}，报的人满意。"


def reopened(hazard: Hazard, owner: str) -> str:
    """Return that a case is open again."""
    now = f"现在由{owner}负责。" if owner else "现在等着派单。"
    return f"{hazard.number}（{public_place(hazard)}）重开了。{now}"


def accepted(hazard: Hazard) -> str:
    """Return that a case has been taken on."""
    return f"{hazard.number}（{public_place(hazard)}）立案了，可以派单：回复“派给某某”。"


def rejected(hazard: Hazard) -> str:
    """Return that a report proved untrue."""
    return f"{hazard.number}（{public_place(hazard)}）记为不属实，已经把原因告诉报的人。"


def whistled(hazard: Hazard, units: Sequence[str], until: datetime, no_contact: Sequence[str]) -> str:
    """Return that departments have been called."""
    missing = f"{'、'.join(no_contact)}没有登记联系人，请打电话叫。" if no_contact else ""
    return f"已经吹哨：请{'、'.join(units)}在{when(until)}前到{hazard.number}的现场报到。{missing}没到齐不能销号。"


def called_already(hazard: Hazard, units: Sequence[str]) -> str:
    """Return that departments have been called before."""
    return f"{'、'.join(units)}前面已经叫过了，没有再叫。发“看{hazard.number}”可以看谁到了。"


def reported_in(hazard: Hazard, unit: str, missing: Sequence[str], did: str) -> str:
    """Return that a department is there."""
    rest = f"还没报到的有：{'、'.join(missing)}。" if missing else "叫到的部门都到齐了。"
    ask = "" if did else "做了什么，请再回复一句“报到 做了……”。"
    return f"记下了：{unit}到{hazard.number}的现场报到。{rest}{ask}"


def supervised(hazard: Hazard, owner: str) -> str:
    """Return that somebody has been pressed."""
    to = f"已经催{owner}" if owner else "还没有人接，已经催值班调度派单"
    return f"督办记下了：{hazard.number}（{public_place(hazard)}），{to}，期限{when(hazard.due_at)}。"


def noted(hazard: Hazard) -> str:
    """Return that a note has been kept."""
    return f"记到{hazard.number}里了。"


def nothing_fits(action: Action) -> str:
    """Return that no case is in a state for an action."""
    return NOTHING_FITS.format(action=action_words(action.value))
