"""What callers, duty officers and leaders read about an incident."""

from collections.abc import Sequence
from datetime import datetime

from assistant.events import Event, utc
from assistant.incidents import Incident
from assistant.masking import mask
from assistant.people import Person
from assistant.wording.advice import NEXT_STEP, advice_text, next_text, tip_text
from assistant.wording.moments import when
from assistant.wording.showing import short_region

__all__ = ["CALL_CHOICES", "NEXT_STEP", "advice_text", "call", "next_text", "passed_on", "tip_text", "updated"]

NUMBERS = "火警119，急救120，报警110"
CALL_CHOICES = ("收到", "我来处理")
CASUALTIES = {True: "有人伤亡或被困", False: "说没有人伤亡", None: "有没有伤亡待核实"}
PASSED_ON = "已记下，编号{number}，已经转给{names}，等他们回应。您接着说，我都会转过去。"
NOBODY = "已记下，编号{number}。可是这里还没有值班人员的联系方式，消息转不出去！请您自己马上打电话：{numbers}，再打村里、镇上的值班电话。"
UPDATED = "已补进{number}{what}，马上转给值班人员。"
UPDATED_ALONE = "已补进{number}{what}。这里还没有值班人员，转不出去，请您自己打电话：{numbers}。"
CALL = "【突发事件】{number}\n{what}\n接报时间：{time}\n{leader}请马上核实处置，回复“收到”或“我来处理”。"
CALL_AGAIN = "【再次呼叫，还没有人接】{number}\n{what}\n接报时间：{time}，到现在{minutes}分钟没有人回应。\n{leader}请您马上接下，回复“收到”。"
LEADER = "带班领导：{name}。"
STILL_NOBODY = "{number}：值班人员到现在还没有回应，我还在一层一层往上找。请您不要等，自己马上打电话：{numbers}。"
NEWS = "【{number} 新情况】{said}"
CHANGED = {"category": "类别", "place": "地点", "region": "属地", "lat": "位置", "casualties": "伤亡"}
RETRACTED = "【{number}】报的人说是误报：“{said}”\n请打电话或到现场核实。确实是误报，回复“误报 {number} 原因”；核实之前这件事不撤。"
RETRACTED_REPLY = "知道了，我把您的话转给了值班人员。要等值班人员核实后才能撤掉{number}；人没事就好。要是还有危险，马上打电话：{numbers}。"


def call(incident: Incident, leader: str, rung: int, now: datetime) -> str:
    """Return what a person on duty is told of a new incident, or again where nobody has answered."""
    known_at = utc(incident.registered_at or now)
    named = LEADER.format(name=leader) if leader else ""
    minutes = int((utc(now) - known_at).total_seconds() // 60)
    text = CALL_AGAIN if rung else CALL
    return text.format(number=incident.number, what=what(incident), time=when(known_at), leader=named, minutes=minutes)


def what(incident: Incident) -> str:
    """Return kind, place, casualties and words of an incident, without who reported it."""
    lines = [
        f"类别：{KINDS.get(incident.category, KINDS['other'])}",
        f"地点：{where(incident)}",
        f"伤亡：{CASUALTIES[incident.casualties]}",
        f"报的人说：{words(incident, incident.text)}",
    ]
    return "\n".join(lines)


def where(incident: Incident) -> str:
    """Return region, the caller's words for the place, and the point that was shared."""
    spot = (
        f"（定位 {incident.lat:.5f}，{incident.lon:.5f}）"
        if incident.lat is not None and incident.lon is not None
        else ""
    )
    return f"{short_region(incident.region)} {incident.place or '具体位置待核实'}{spot}".strip()


def words(incident: Incident, said: str) -> str:
    """Return the caller's words for those who come to help: all of them, since each may save a life.

    An anonymous caller's own name and numbers are left out; what others offer (a number to call back) stays.
    """
    return mask(said) if incident.is_anonymous else said


def passed_on(incident: Incident, told: Sequence[Person]) -> str:
    """Return to whom the caller's report went; where nobody could be told, that they must telephone themselves."""
    if not told:
        return NOBODY.format(number=incident.number, numbers=NUMBERS)
    names = "、".join(dict.fromkeys(person.name for person in told if person.name)) or "值班人员"
    return PASSED_ON.format(number=incident.number, names=names)


def updated(incident: Incident, told: Sequence[Person], what: str) -> str:
    """Return that a further message was added, and whether somebody hears of it."""
    return (UPDATED if told else UPDATED_ALONE).format(number=incident.number, what=what, numbers=NUMBERS)


def still_nobody(incident: Incident) -> str:
    """Return what the caller is told when the last one above has not answered either."""
    return STILL_NOBODY.format(number=incident.number, numbers=NUMBERS)


def news(incident: Incident, event: Event) -> str:
    """Return what a caller added, with old and new of what changed."""
    fields = event.fields
    said = [words(incident, fields["message"])] if fields["message"] else []
    for name, label in CHANGED.items():
        if name in fields["set"]:
            said.append(f"{label}：{_value(incident, name)}")
    if fields["attachments"]:
        said.append(f"照片或语音{fields['attachments']}件")
    return NEWS.format(number=incident.number, said="\n".join(said) or "又发来一条消息")


def _value(incident: Incident, name: str) -> str:
    if name == "casualties":
        return CASUALTIES[incident.casualties]
    if name == "category":
        return KINDS.get(incident.category, KINDS["other"])
    return incident.region if name == "region" else where(incident)


def retracted(incident: Incident, message: str) -> str:
    """Return what the duty desk is told when the caller says that it was a false alarm."""
    return RETRACTED.format(number=incident.number, said=words(incident, message))


def retraction_noted(incident: Incident) -> str:
    """Return what the caller reads then."""
    return RETRACTED_REPLY.format(number=incident.number, numbers=NUMBERS)


TAKEN = "好，{number}由您接下了，记在{time}，已经告诉报的人和其他人。\n{clocks}\n到场回复“已到场”，报了县里回复“已报县局 14:05 电话”，要草稿回复“写初报”。"
TAKEN_BY_OTHER = "{number}已经由{name}在{time}接下，您的回应也记下了。"
ALREADY_YOURS = "{number}已经是您在处理。"
OTHERS_TOLD = "【{number}】{name}已经接下，正在处理。"
CALLER_TOLD = "{number}：值班人员{name}已经接到，正在处理。您守在安全的地方，有新情况接着发。"
RECORDED = "已记到{number}：{what}（{time}）。"
RECORDED_AS = {
    "arrived": "人员到场",
    "called": "已联系{rest}",
    "phoned": "电话报告{rest}",
    "wrote": "书面初报已报",
    "followed_up": "续报已报",
    "final": "终报已报，这件事办结",
    "handled": "现场处置结束",
    "counted": "{rest}",
    "measured": "{rest}",
}
HANDLED = "别忘了终报；终报报出后回复“终报已报 时间”，这件事才算办结。"
NOT_REPORTED = "还没有记下电话报告或者书面初报。请马上报县里，再回复“已报县局 14:05 电话”；确实不用上报的，回复“不用上报 {number} 原因”。"
TIME_BEFORE = "您说的时间比{number}接报的时间（{known}）还早，没有记。请核对一下，再发一次，照实写。"
TIME_AHEAD = "您说的时间还没有到，没有记。请看一下钟，再发一次，照实写。"
WHICH = "现在有{count}件没办结的突发事件，您说的是哪一件？请带上编号再发：\n{lines}"
WHICH_LINE = "{phrase} {number}（{place}，{kind}）"
NONE_OPEN = "您这里没有没办结的突发事件。"
IN_LEDGER = "没办结的突发事件{count}件：{numbers}。回复“突发事件”看详情。"
OPEN_LINE = "{number} {kind} {place}，{state}{last}"
LAST_SAID = "；最近说的：{said}"
OPEN_LIST = "没办结的突发事件{count}件：\n{lines}"
UNKNOWN_NUMBER = "没有编号为{number}的突发事件，请核对。"
NOT_YOURS = "{number}不在您负责的地方，没有记。要是弄错了，请找管理员核对。"
IS_OVER = "{number}已经{state}，不能再改。有新情况请带编号发过来，我会记下。"
REASON_NEEDED = "请写一句原因，例如“不用上报 {number} 烟头已经踩灭，没有损失”。"
FINAL_NEEDED = "{number}已经报到上面，要用终报来了结：回复“写终报”，报出后回复“终报已报 时间”。"
EXEMPTED = "已记下：{number}不用上报，原因“{reason}”，这件事办结。"
WITHDRAWN = "已记下：{number}经{name}核实是误报（{reason}），已经告诉报的人。不追究好心报警的人。"
WITHDRAWN_CALLER = "{number}：值班人员核实过了，是误报，已经撤掉。谢谢您报告，宁可报错，也不要漏报。"
REPORTED_ALREADY = "{number}已经报到上面，不能撤。请用终报说明是误报：回复“写终报”。"
NO_FIRST = "{number}还没有记下电话报告或者初报，不能先报终报。请先报县里，照实记时间。"
CLOSED_CALLER = "{number}：现场处置结束了。谢谢您报告。您或者家里还有困难，直接在这里说。"
KINDS = {
    "geological": "地质灾害",
    "flood": "洪涝灾害",
    "fire": "火灾",
    "forest_fire": "森林草原火灾",
    "gas": "燃气事故",
    "building": "房屋建筑险情",
    "traffic": "交通事故",
    "mine": "矿山事故",
    "chemical": "危险化学品事故",
    "limited_space": "有限空间事故",
    "electricity": "触电、电力险情",
    "public_facility": "公共设施险情",
    "weather": "气象灾害",
    "water_safety": "涉水险情",
    "other": "其他突发事件",
}
STATES = {
    "known": "还没有人接（没有值班人员的联系方式）",
    "passed_on": "已转值班，还没有人接",
    "acknowledged": "已有人接，还没有上报",
    "reported": "已上报，还没有终报",
    "final": "办结",
    "withdrawn": "核实为误报",
}


def open_count(incidents: Sequence[Incident]) -> str:
    """Return for the ledger how many incidents are open, with their numbers; nothing where none is."""
    numbers = "、".join(incident.number for incident in incidents)
    return IN_LEDGER.format(count=len(incidents), numbers=numbers) if incidents else ""


def line(incident: Incident, said: str) -> str:
    """Return an incident in one line, with what was said of it last."""
    kind = KINDS.get(incident.category, KINDS["other"])
    last = LAST_SAID.format(said=words(incident, said)) if said else ""
    state = STATES[incident.state]
    return OPEN_LINE.format(number=incident.number, kind=kind, place=where(incident), state=state, last=last)


def which(phrase: str, incidents: Sequence[Incident]) -> tuple[str, tuple[str, ...]]:
    """Return the question which incident is meant, and its answers as whole messages."""
    choices = tuple(f"{phrase} {incident.number}" for incident in incidents)
    lines = [
        WHICH_LINE.format(phrase=phrase, number=i.number, place=where(i), kind=KINDS.get(i.category, KINDS["other"]))
        for i in incidents
    ]
    return WHICH.format(count=len(incidents), lines="\n".join(lines)), choices
