"""What people on duty read about their shift: reminder, take-over, silence that climbs, the hand-over note."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from assistant.duty import PostKind, Shift, ShiftState
from assistant.duty.handover import NO_SUCCESSOR, UNCONFIRMED, UNSIGNED, Due, Matters, Remark, Running
from assistant.events import utc
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.wording import hazards
from assistant.wording import incidents as incident_words
from assistant.wording.duty import KINDS
from assistant.wording.moments import clock_time, span, when
from assistant.wording.showing import public_place
from assistant.wording.terms import state_words

Names = Mapping[PostKind, Sequence[str]]
TAKE, SIGN, CONFIRM, DRAFT = "接班", "确认交班", "确认接班", "交班"
STATES = {
    ShiftState.PLANNED: "已排班",
    ShiftState.REMINDED: "已提醒",
    ShiftState.NOT_TAKEN: "到时间没有接班",
    ShiftState.TAKEN: "已到岗，交接单还没确认",
    ShiftState.ON_DUTY: "在班",
    ShiftState.HANDED_OVER: "已交班，等下一班确认",
    ShiftState.CLOSED: "已结束",
}
KNOWN = "记下了，您知道了。到时候人到了，请回复“接班”。"
NO_SHIFT = "值班表上，您现在没有要接、要交的班。要看谁值班，问“今晚谁值班”。"
TOO_EARLY = "您的班{start}才开始，{early}以后再回复“接班”。现在先记下您知道了。"
NONE_TO_HAND_OVER = "值班表上，您现在没有要交的班。"
TOO_EARLY_TO_SIGN = "这一班{end}才结束，{early}以后才能交班。在这之前可以接着记：“记一下 发电机试机正常”。"
SIGN_FIRST = "请先回复“交班”，看过交接单再回复“确认交班”。"
CHANGED = "交接单里的情况刚才有变化，请再看一遍，对了就回复“确认交班”。"
NOTHING_TO_CONFIRM = "现在没有等您确认的交接单。"
NOTED = "记进值班记录了（第{count}条），交班时会写进交接单。记错了回复“删记{count}”。"
STRUCK = "第{count}条删掉了：“{text}”。"
NO_REMARK = "没有第{count}条。现在记了{known}条。"
WEATHER_KEPT = "天气记下了，交班时会写进交接单。"
REMIND = "【值班提醒】{hours}，轮到您在{where}值班，您是{kind}。\n{partners}{room}人到了请回复“接班”。来不了请尽快找人换，例如“我想跟张三换{date}号的班”。"
PARTNERS = "一起值班的：{names}。\n"
ROOM = "值班电话：{phone}。\n"
POKE = "【请马上接班】{where}的班{start}已经开始，还没有收到您接班。人到了请马上回复“接班”；来不了请马上告诉带班领导。"
MISSED = "【没人接班】{where}的班{start}开始，到现在{late}，{names}还没有接班。{contact}请马上打电话联系；联系不上，请安排人顶上。"
CONTACT = "电话：{listed}。"
CAME_LATE = "【已接班】{where}：{name}{time}接班了，比{start}晚了{late}，按实际时间记的。"
TAKEN = "接班记下了：{where}，{time}。"
TAKEN_LATE = "接班记下了：{where}，{time}，比{start}晚了{late}，按实际时间记的。"
TAKEN_BEFORE = "您{time}已经接班了：{where}。"
STILL_MISSING = "一起值班的{names}还没有接班。"
READ_NOTE = "上一班的交接单：\n{note}\n\n看过、对过以后，请回复“确认接班”。"
NO_NOTE_YET = "上一班还没有交班，交接单还没有来；来了我发给您，到时候请回复“确认接班”。"
DRAFT_HEAD = "交接单按现在的情况写好了，请核对：\n\n{note}\n\n"
DRAFT_TAIL = "对了就回复“确认交班”。要加一句，回复“记一下 ……”；写天气，回复“天气：……”；装备物资有变化，回复“装备：……”；删一条，回复“删记2”。改完再回复“交班”看一遍。"
SIGNED = "交班记下了，{time}。交接单已经发给{names}，等对方回复“确认接班”。"
SIGNED_ALONE = "交班记下了，{time}。可是值班表上没有下一班，请马上告诉带班领导。"
HANDED_OVER = "【交接单】{name}{time}交班了：\n{note}\n\n看过、对过以后，请回复“确认接班”。有不清楚的，马上问{name}。"
CONFIRMED = "接班确认了，{time}。从现在起由您这一班负责。要记什么，回复“记一下 ……”。"
CONFIRMED_TO = "【交接完成】{name}{time}确认接班了：{where}。您辛苦了。"
GAPS = {
    UNSIGNED: "【没有交班】{where}的班{end}结束，到现在还没有交接单。请{names}马上回复“交班”；带班领导请过问。",
    UNCONFIRMED: "【交接没有确认】{where}：{name}{time}交了班，接班的人还没有确认。请看过交接单后马上回复“确认接班”；带班领导请过问。",
    NO_SUCCESSOR: "【没有人接下一班】{where}的班{end}结束，值班表上没有下一班。请带班领导马上安排人。",
}
NOBODY = "没有登记"
NONE = "没有。"
UNANSWERED, ALL_ANSWERED = "还没应答：{names}", "都应答了"
PLANNED_ON = "，安排在{day}办"
NO_WEATHER = "没有写。"
EQUIPMENT = "{text}（{at}登记）"
NO_EQUIPMENT = "还没有登记过。登记请回复“装备：……”，以后每班照抄，有变化再写一次。"
EQUIPMENT_KEPT = "装备物资记下了，会写进这一班和以后各班的交接单，直到有人再写一次。"
MOST = 12
MORE = "另外还有{count}件，发“台账”可以看。"


def place(shift: Shift) -> str:
    """Return whose shift it is: the office, else the last part of the path."""
    return shift.unit or shift.region.rpartition("/")[2]


def hours(shift: Shift) -> str:
    """Return from when to when a shift lasts."""
    return f"{when(shift.starts_at)}到{when(shift.ends_at)}"


def listed(names: Iterable[str]) -> str:
    """Return names one after another."""
    return "、".join(names)


def partners(names: Names, own: str) -> str:
    """Return who else is on the shift, leader first."""
    others = [f"{KINDS[kind]}{one}" for kind in KINDS for one in names.get(kind, ()) if one != own]
    return PARTNERS.format(names=listed(others)) if others else ""


def reminder(shift: Shift, names: Names, own: tuple[str, PostKind], room: str) -> str:
    """Return the reminder to one person; own: name and kind; room: telephone of the duty room."""
    return REMIND.format(
        where=place(shift),
        hours=hours(shift),
        kind=KINDS[own[1]],
        partners=partners(names, own[0]),
        room=ROOM.format(phone=room) if room else "",
        date=when(shift.starts_at).partition("月")[2].partition("日")[0],
    )


def poke(shift: Shift, now: datetime) -> str:
    """Return what somebody is told who has not taken over."""
    return POKE.format(where=place(shift), start=clock_time(shift.starts_at, now))


def missed(shift: Shift, people: Iterable[tuple[str, str]], now: datetime) -> str:
    """Return what leader and those above are told; people: names and telephones of who has not come."""
    known = list(people)
    phones = [f"{name}{phone}" for name, phone in known if phone]
    return MISSED.format(
        where=place(shift),
        start=clock_time(shift.starts_at, now),
        late="过了" + span(utc(now) - shift.begins),
        names=listed(name for name, _ in known),
        contact=CONTACT.format(listed=listed(phones)) if phones else "",
    )


def late_fields(shift: Shift, now: datetime) -> dict[str, str]:
    """Return place, begin, time of now, and how late that is."""
    return {
        "where": place(shift),
        "start": clock_time(shift.starts_at, now),
        "time": clock_time(now, now),
        "late": span(utc(now) - shift.begins),
    }


def taken(shift: Shift, missing: Sequence[str], now: datetime, *, is_late: bool) -> str:
    """Return that a take-over has been noted down."""
    said = (TAKEN_LATE if is_late else TAKEN).format(**late_fields(shift, now))
    return said + (STILL_MISSING.format(names=listed(missing)) if missing else "")


def gap(shift: Shift, found: str, names: Iterable[str], name: str, now: datetime) -> str:
    """Return what is told of a gap; names: who should have handed over; name: who did."""
    return GAPS[found].format(
        where=place(shift),
        end=clock_time(shift.ends_at, now),
        names=listed(names),
        name=name,
        time=clock_time(shift.handed_over_at, now),
    )


def note(shift: Shift, names: Names, matters: Matters, authors: Mapping[str, str]) -> str:
    """Return the hand-over note; authors: names of who typed the remarks. The same state gives the same note."""
    on = [f"{KINDS[kind]}：{listed(names[kind])}" for kind in KINDS if names.get(kind)]
    parts = [
        ("一、没办结的突发事件", [incident(one) for one in matters.incidents]),
        ("二、超期的和紧急的隐患", [hazard(one) for one in matters.hazards]),
        ("三、还生效的预警", [warning(one) for one in matters.warnings]),
        ("四、逾期的和近两天要办的演练、检查", [due(one) for one in matters.items]),
        ("五、记下的事", [remark(one, authors) for one in matters.remarks]),
    ]
    lines = [f"{place(shift)} {hours(shift)}", "；".join(on)]
    for head, rows in parts:
        lines += _part(head, rows)
    gear = matters.equipment
    equipment = EQUIPMENT.format(text=gear.text, at=when(gear.at)) if gear else NO_EQUIPMENT
    return "\n".join([*lines, f"六、装备物资：{equipment}", f"七、天气：{matters.weather or NO_WEATHER}"])


def _part(head: str, rows: Sequence[str]) -> list[str]:
    if not rows:
        return [f"{head}：{NONE}"]
    shown = [f"{number}. {row}" for number, row in enumerate(rows[:MOST], 1)]
    more = [MORE.format(count=len(rows) - MOST)] if len(rows) > MOST else []
    return [f"{head}（{len(rows)}）：", *shown, *more]


def incident(one: Incident) -> str:
    """Return one incident in a line."""
    kind = incident_words.KINDS.get(one.category, incident_words.KINDS["other"])
    state = incident_words.STATES[one.state]
    return f"{one.number} {kind}，{incident_words.where(one)}，{state}，{when(one.registered_at)}接报"


def hazard(one: Hazard) -> str:
    """Return one hazard in a line."""
    due = f"，{'已超期，' if one.is_overdue else ''}期限{when(one.due_at)}" if one.due_at else ""
    return f"{one.number} {hazards.kind(one)}，{public_place(one)}，{state_words(one.state)}{due}"


def warning(one: Running) -> str:
    """Return one warning in a line, with who has not answered."""
    left = UNANSWERED.format(names=listed(one.names)) if one.names else ALL_ANSWERED
    return f"{one.number} {one.title}，{left}"


def due(one: Due) -> str:
    """Return one drill, round or other item in a line."""
    late = "，已逾期" if one.is_overdue else ""
    late += PLANNED_ON.format(day=_day(one.planned_on)) if one.planned_on else ""
    return f"{one.number} {one.region.rpartition('/')[2]}{one.name}，{_day(one.due_on)}以前{late}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def remark(one: Remark, authors: Mapping[str, str]) -> str:
    """Return one remark in a line."""
    who = authors.get(one.actor, "")
    return f"{when(one.at)} {one.text}" + (f"（{who}）" if who else "")


def drafted(text: str) -> str:
    """Return the draft as it is shown to who goes."""
    return DRAFT_HEAD.format(note=text) + DRAFT_TAIL
