"""Drafts of 初报, 续报 and 终报 from what the events say; what is unknown is said as 待核实, and no number is invented.

The columns are those of the sample township's form (sample-town-duty-2025/a2/s2).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.events import Event
from assistant.incidents import Incident
from assistant.incidents.clocks import happened
from assistant.masking import mask
from assistant.wording.incidents import KINDS, where
from assistant.wording.moments import when

UNKNOWN = "待核实"
KIND = {"first": "初报", "next": "续报（第{count}次）", "final": "终报"}
GRADES = {"extremely_serious": "特别重大", "serious": "重大", "large": "较大", "ordinary": "一般"}
GRADE = "{grade}（只按已知人数暂比照《生产安全事故报告和调查处理条例》第三条，条文数字请核对，等级由县级以上认定）"
COUNTS = {"dead": "死亡", "injured": "受伤", "missing": "失踪", "trapped": "被困"}
SAID = {True: "报的人说有人伤亡或被困，人数待核实", False: "报的人说没有人伤亡，待核实", None: UNKNOWN}
SOURCE = "群众通过应答上报（身份保密）"
STAFF = "{name}，{unit}"
NOTE = "这是按已有记录起草的，请核实后由带班领导审签再报；没有的项目写“待核实”，不要编数字。报出后请回复，例如“{kind}已报 14:20”。"
DONE = {
    "acknowledged": "{time} 值班人员接报",
    "arrived": "{time} 工作人员到场",
    "called": "{time} 已联系{what}",
    "phoned": "{time} 电话报告{what}",
    "wrote": "{time} 书面报告{what}",
    "followed_up": "{time} 续报",
    "handled": "{time} 现场处置结束",
    "measured": "{time} {what}",
}


def draft(
    kind: str, incident: Incident, events: Sequence[Event], names: Mapping[str, str], grade: str, now: datetime
) -> str:
    """Return a draft; kind: first, next or final; names: actor → name of staff, never of the caller."""
    count = sum(event.kind == "followed_up" for event in events) + 1
    fresh = _since(kind, events)
    lines = [
        f"【{KIND[kind].format(count=count)}（草稿）】{incident.number}",
        f"报告单位和时间：{UNKNOWN}，{when(now)}；首次获悉 {when(incident.registered_at)}",
        f"信息来源：{SOURCE}",
        f"事件时间和地点：{when(incident.registered_at)}接报（发生时间{UNKNOWN}），{mask(where(incident))}",
        f"事件类别：{KINDS.get(incident.category, KINDS['other'])}",
        f"经过：{_course(fresh) or '没有新的情况'}",
        f"人员情况：{people(incident, events)}",
        f"等级参考：{GRADE.format(grade=GRADES[grade]) if grade else UNKNOWN}",
        f"损失和影响：{UNKNOWN}",
        f"已采取措施：{_measures(fresh) or UNKNOWN}",
        f"发展趋势：{UNKNOWN}",
        f"需要支援：{UNKNOWN}",
        *([f"善后安排和存在问题：{UNKNOWN}"] if kind == "final" else []),
        f"值班员：{names.get(f'person/{incident.acknowledged_by}', UNKNOWN)}；审签人：{UNKNOWN}",
        NOTE.format(kind=KIND[kind][:2]),
    ]
    return "\n".join(lines)


def _since(kind: str, events: Sequence[Event]) -> Sequence[Event]:
    """Return what a report tells of: a follow-up only what came since the last report, the others everything."""
    last = max((e.sequence for e in events if e.kind in ("phoned", "wrote", "followed_up")), default=0)
    return [event for event in events if kind != "next" or event.sequence > last]


def _course(events: Sequence[Event]) -> str:
    said = [
        (happened(e), e.fields["message"]) for e in events if e.kind in ("known", "updated") and e.fields["message"]
    ]
    return "；".join(f"{at_clock(at)} 群众报称“{mask(text)}”".replace("\n", " ") for at, text in said)


def _measures(events: Sequence[Event]) -> str:
    found = [
        DONE[e.kind].format(time=at_clock(happened(e)), what=mask(e.fields.get("what") or e.fields.get("to") or ""))
        for e in sorted(events, key=happened)
        if e.kind in DONE
    ]
    return "；".join(found)


def at_clock(moment: datetime) -> str:
    """Return 7月1日14:05, without the day of the week."""
    return when(moment).split("（")[0] + when(moment)[-5:]


def people(incident: Incident, events: Sequence[Event]) -> str:
    """Return the last numbers that a person on duty gave, kind by kind; what nobody counted is 待核实."""
    known = counted(events)
    if not known:
        return SAID[incident.casualties]
    shown = [f"{word}{known[name]}人" if name in known else f"{word}{UNKNOWN}" for name, word in COUNTS.items()]
    return "，".join(shown)


def counted(events: Sequence[Event]) -> dict[str, int]:
    """Return the numbers of people as staff counted them last."""
    known: dict[str, int] = {}
    for event in events:
        known |= event.fields.get("counts", {}) if event.kind == "counted" else {}
    return known
