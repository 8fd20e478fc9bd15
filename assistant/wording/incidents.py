"""What callers, duty officers and leaders read about an incident."""

from collections.abc import Sequence
from datetime import datetime

from assistant.events import Event
from assistant.incidents import Incident
from assistant.incidents.moments import utc
from assistant.missed.masking import mask
from assistant.people import Person
from assistant.wording.advice import NEXT_STEP, advice_text, next_text, tip_text
from assistant.wording.moments import when
from assistant.wording.showing import short_region
from assistant.wording.terms import CATEGORIES

__all__ = ["CALL_CHOICES", "NEXT_STEP", "advice_text", "call", "next_text", "passed_on", "tip_text", "updated"]

NUMBERS = "火警119，急救120，报警110"
CALL_CHOICES = ("收到", "我来处理")
CASUALTIES = {True: "有人伤亡或被困", False: "说没有人伤亡", None: "有没有伤亡待核实"}
PASSED_ON = "已记下，编号{number}，已经转给{names}，等他们回应。您接着说，我都会转过去。"
NOBODY = "已记下，编号{number}。可是这里还没有值班人员的联系方式，消息转不出去！请您自己马上打电话：{numbers}，再打村里、镇上的值班电话。"
UPDATED = "已补进{number}，马上转给值班人员。"
CALL = "【突发事件】{number}\n{what}\n接报时间：{time}\n{leader}请马上核实处置，回复“收到”或“我来处理”。"
CALL_AGAIN = "【再次呼叫，还没有人接】{number}\n{what}\n接报时间：{time}，到现在{minutes}分钟没有人回应。\n{leader}请您马上接下，回复“收到”。"
LEADER = "带班领导：{name}。"
STILL_NOBODY = "{number}：值班人员到现在还没有回应，我还在一层一层往上找。请您不要等，自己马上打电话：{numbers}。"
NEWS = "【{number} 新情况】{said}"
CHANGED = {"place": "地点", "region": "属地", "lat": "位置", "casualties": "伤亡"}
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
        f"类别：{CATEGORIES.get(incident.category, CATEGORIES['other'])}",
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


def updated(incident: Incident) -> str:
    """Return that a further message was added."""
    return UPDATED.format(number=incident.number)


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
    return incident.region if name == "region" else where(incident)


def retracted(incident: Incident, message: str) -> str:
    """Return what the duty desk is told when the caller says that it was a false alarm."""
    return RETRACTED.format(number=incident.number, said=words(incident, message))


def retraction_noted(incident: Incident) -> str:
    """Return what the caller reads then."""
    return RETRACTED_REPLY.format(number=incident.number, numbers=NUMBERS)
