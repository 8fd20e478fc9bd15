"""What those who reported a hazard are told: where it went, why it changed, who has it now, and its end; no blame, no invented date."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.events import Event
from assistant.hazards import Hazard, HazardState
from assistant.hazards.moments import utc
from assistant.hazards.steps import IN_HAND, Action
from assistant.wording.moments import when
from assistant.wording.showing import short_region

ASK = "请问弄好了吗？弄好了回复 1，没弄好回复 2。"


def passed_on(hazard: Hazard, owner: str) -> str:
    """Return that a case has been given to somebody."""
    return f"您报的{_named(hazard)}已经转给{owner}处理了。有进展我再告诉您；情况变严重请马上再说一声，危险时先打119。"


def moved_on(hazard: Hazard, before: str, owner: str, reason: str) -> str:
    """Return that a case went from one to another, and why."""
    why = f"（理由：{reason}）" if reason else ""
    return f"您报的{_named(hazard)}，{before}看过以后转出来了{why}。现在由{owner}接着管，没有搁下。"


def other_hands(hazard: Hazard, owner: str) -> str:
    """Return that somebody else sees to a case now."""
    return f"您报的{_named(hazard)}，现在改由{owner}负责处理，没有搁下。"


def later(hazard: Hazard, reason: str) -> str:
    """Return that the repair takes longer than was set."""
    why = f"，因为{reason}" if reason else ""
    return f"您报的{_named(hazard)}，整改要延到{when(hazard.due_at)}{why}。这段时间请先绕开、看好孩子和老人。"


def done(hazard: Hazard) -> str:
    """Return that a case is closed, with the question whether it is good."""
    return f"您报的{_named(hazard)}已经整改完，另外派人到现场复查过了。{ASK}"


def rejected(hazard: Hazard, reason: str) -> str:
    """Return that the people on site did not find it so."""
    return f"您报的{_named(hazard)}，工作人员核实过了：{reason}。您要是觉得不是这样，直接回复我，可以请他们再看。"


def reopened(hazard: Hazard) -> str:
    """Return that a case is worked on again."""
    return f"您报的{_named(hazard)}已经重新打开，接着处理。"


def registered(hazard: Hazard, owner: str, *, is_heard: bool) -> str:
    """Return what the reporter reads at once; where nobody is there to hear of it, that he must telephone."""
    if not owner and not is_heard:
        return f"登记好了，编号{hazard.number}。可是这里还没有接单的值班人员，请您同时给村里或镇上打电话说一声。"
    to = f"已经转给{owner}" if owner else "已经转给值班调度，正在安排人"
    return f"登记好了，编号{hazard.number}。{to}，有进展我会告诉您。"


def account(hazard: Hazard, events: Sequence[Event], names: Mapping[str, str]) -> str:
    """Return an honest account for the reporter who asks what became of a case.

    names: how an owner of an event is called, under `<person id>` or `<unit>`.
    """
    told = [f"{_named(hazard)}的情况是这样的："]
    told += [sentence for event in events if (sentence := _told(event, names))]
    told.append(_now(hazard, names))
    return "\n".join(told)


def _told(event: Event, names: Mapping[str, str]) -> str:
    """Return one event in one plain sentence; what the reporter has nothing from is left out."""
    fields, day = event.fields, _day(event)
    changed = fields.get("set", {})
    to = named(changed.get("owner"), changed.get("unit", ""), names)
    reason = str(fields.get("reason") or "").strip("。，, ")
    before = fields.get("before", {})
    came_from = named(before.get("owner"), before.get("unit", ""), names) if isinstance(before, dict) else ""
    why = f"，原因是：{reason}" if reason else ""
    sentences = {
        Action.REGISTER: f"{day}登记。",
        Action.ASSIGN: f"{day}转给{to}。",
        Action.TRANSFER: f"{day}由{came_from or '原来的单位'}转给{to}{why}。",
        Action.REFUSE: f"{day}{came_from or '原来的单位'}看过，把它转了出来{why}，改由{to}接着管。",
        Action.SIGN: f"{day}{'已经有人接手' if not to else to + '接手'}。",
        Action.RECTIFY: f"{day}开始整改。",
        Action.GRANT_EXTENSION: f"{day}整改时间延到{_moment(changed)}。",
        Action.SUBMIT: f"{day}报整改完成，等另外的人复查。",
        Action.FAIL: f"{day}复查没有通过{why}，要接着整改。",
        Action.CLOSE: f"{day}复查合格，销号。",
        Action.REJECT: f"{day}核实后认为不属实{why}。",
        Action.WITHDRAW: f"{day}报的人撤回。",
        Action.REOPEN: f"{day}重新打开{why}。",
        Action.WHISTLE: f"{day}叫了{'、'.join(fields.get('called', []))}一起到现场。",
    }
    return sentences.get(Action(event.kind), "")


def _now(hazard: Hazard, names: Mapping[str, str]) -> str:
    who = named(hazard.owner, hazard.unit, names)
    if hazard.state in IN_HAND and who:
        if hazard.state == HazardState.ASSIGNED:
            return f"现在由{who}负责，等他们接手；哪天能弄好还没有定，我不敢乱说。"
        return f"现在由{who}负责，要求{when(hazard.due_at)}前整改完；提前还是推后，有了准信我再告诉您。"
    endings = {
        HazardState.SUBMITTED: "现在等另外的人到现场复查，合格才算完。",
        HazardState.CLOSED: f"现在算是弄好了。{ASK}",
        HazardState.CALLED_BACK: "这一条已经办完。要是又出问题，直接说一声就能重开。",
        HazardState.REJECTED: "要是觉得不对，可以再说一声，请他们再看。",
        HazardState.WITHDRAWN: "现在没有人在办；还有危险就再说一声，可以重开。",
        HazardState.DUPLICATE: f"这一条和{hazard.main}说的是同一处，并在一起办，结果一样会告诉报的人。",
    }
    return endings.get(HazardState(hazard.state), "现在值班调度正在安排人，还没有定下由谁去。")


def named(owner: int | None, unit: str, names: Mapping[str, str]) -> str:
    """Return how whoever is in charge is called."""
    return names.get(str(owner), unit) if owner is not None else unit


def _named(hazard: Hazard) -> str:
    place = hazard.place or short_region(hazard.region)
    return f"{hazard.number}（{place}）" if place else hazard.number


def _day(event: Event) -> str:
    return when(utc(event.at)).split("（")[0]


def _moment(changed: Mapping[str, object]) -> str:
    due = changed.get("due_at")
    return when(datetime.fromisoformat(str(due)) if due else None)
