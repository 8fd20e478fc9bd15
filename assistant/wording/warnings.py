"""What people read about a warning: who is called, what was noted down, who has not answered."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from assistant.events import utc
from assistant.hazards.moments import LOCAL
from assistant.warnings import AnswerKind, Call, RelayedWarning, calling, climbing, rollup
from assistant.wording.moments import span, when

EXERCISE = "【演练】"
GO_ON = "好的，记下了，您注意安全。通知完请告诉我：一共几户、通知到几户、哪几户没通知到。"
SHOWN = 20
"""Names in one message; the page and the call sheet hold them all."""
NAMELESS = "（没有登记姓名）"
RECEIVED, SUPPORT, ABSENT = "收到", "需要支援", "不在岗，请转副手"
CALL_CHOICES = (RECEIVED, SUPPORT, ABSENT)
TELL_NEXT = "收到后请到户通知，通知了几户、还有哪几户没通知到，直接发来就行。"
REHEARSE_NEXT = "这是演练，请照真的一样应答：到岗了再回“已上岗”。群众家里不用去喊，不要让群众以为真的要来。真有险情请照实说，马上当真的办。"
LEAD_NEXT = "收到后请到岗，盯住各村应答和通知到户的情况，随时可以发“谁还没应”来看。"
KINDS = {
    AnswerKind.RECEIVED: "收到",
    AnswerKind.AT_POST: "已上岗",
    AnswerKind.TOLD: "已通知到户",
    AnswerKind.SUPPORT: "需要支援",
    AnswerKind.ABSENT: "不在岗",
}


def clock(moment: datetime | None) -> str:
    """Return a time of day in China: 10:42."""
    return f"{utc(moment).astimezone(LOCAL):%H:%M}" if moment else "时间不详"


def title(warning: RelayedWarning) -> str:
    """Return how a warning is called: “暴雨橙色预警”."""
    return f"“{warning.title}”"


def marked(warning: RelayedWarning, text: str) -> str:
    """Return a text as an exercise's where it is one: nobody may take it for a real warning."""
    return f"{EXERCISE}{text}" if warning.is_exercise and not text.startswith(EXERCISE) else text


def call(warning: RelayedWarning, made: Call) -> str:
    """Return the call to one person."""
    area = f"\n范围：{warning.area}" if warning.area else ""
    replaces = "，代替先前的预警" if warning.references else ""
    said = f"\n原文：{warning.said}" if warning.said else ""
    return (
        f"【预警】{warning.title}{area}\n{warning.sender}{when(warning.issued_at)}发出{replaces}。请您在{clock(made.due_at)}前回复“{RECEIVED}”。{said}\n"
        f"{_next(warning, made)}人手不够回复“{SUPPORT}”，不在岗回复“{ABSENT}”。"
    )


def _next(warning: RelayedWarning, made: Call) -> str:
    if warning.is_exercise:
        return REHEARSE_NEXT
    return LEAD_NEXT if made.plan and not made.must_act else TELL_NEXT


def called_instead(warning: RelayedWarning, made: Call, absent: str, before: Call | None = None) -> str:
    """Return the call to whoever stands in: for somebody who is not there, or whom no message has roused."""
    is_absent = before is None or before.kind == AnswerKind.ABSENT.value
    why = "不在岗" if is_absent else "联系不上" if before is not None and before.unreachable else "到时间没有应答"
    return f"{absent}{why}，现在请您顶上。\n{call(warning, made)}"


def unreachable(warning: RelayedWarning, names: Iterable[str]) -> str:
    """Return what duty is told of people whom no message can reach."""
    listed = list(names)
    who = "、".join(listed[:SHOWN]) + (f"等{len(listed)}位" if len(listed) > SHOWN else "")
    return (
        f"【叫应发不出去】{title(warning)}要叫的这几位在系统里没有绑定聊天账号，消息发不到：{who}。"
        "请马上打电话或者派人上门通知。"
    )


def issued(warning: RelayedWarning, names: Sequence[str], silent: Sequence[str]) -> str:
    """Return on the console what was done with a warning."""
    minutes = warning.ack_within_minutes
    said = f"{warning.number} {title(warning)}已经交给发件箱，叫应{len(names)}人，要求{minutes}分钟内应答：{'、'.join(names)}。"
    without = f"\n这几位没有绑定聊天账号，消息发不到，请打电话：{'、'.join(silent)}。" if silent else ""
    return said + without


def silent(warning: RelayedWarning, calls: Sequence[tuple[str, Call]]) -> str:
    """Return what duty and leader are told of people who have not answered in time; calls: how to get hold of each."""
    who = "、".join(name for name, _ in calls[:SHOWN]) + ("等" if len(calls) > SHOWN else "")
    return (
        f"【超时未应答】{title(warning)}要求{clock(calls[0][1].due_at)}前应答，这{len(calls)}位到时间还没有应答：{who}。"
        "请马上打电话联系；联系不上，请安排副手或者就近的人去。回复“谁还没应”可以看最新情况。"
    )


def contact(name: str, phone: str) -> str:
    """Return how to get hold of a person: name and telephone."""
    return f"{name}（电话{phone}）" if phone else name


def answered_late(warning: RelayedWarning, name: str, made: Call) -> str:
    """Return what duty and leader are told when somebody answers after all."""
    return f"【已补应答】{name}在{clock(made.answered_at)}应答了{title(warning)}，比要求的{clock(made.due_at)}晚，按实际时间记的。"


def needs_support(warning: RelayedWarning, name: str, phone: str, message: str) -> str:
    """Return what duty and leader are told when somebody needs support."""
    return (
        f"【需要支援】{contact(name, phone)}在{title(warning)}的叫应里说：“{message}”。请马上安排人手，并给他回个话。"
    )


def absent(warning: RelayedWarning, name: str, deputy: str) -> str:
    """Return what duty and leader are told when somebody is not there."""
    then = (
        f"已经转叫{deputy}。"
        if deputy
        else "名册里没有登记能顶上的副手，这一片现在没有人负责，请马上安排人并打电话通知。"
    )
    return f"【不在岗】{name}回复不在岗（{title(warning)}）。{then}"


NEXT_REHEARSED = "下一步：照真的一样到岗，到岗了回“已上岗”；群众家里不用去喊。不在岗、人手不够也照实说。"
NEXT_HOUSEHOLDS = "下一步：请一户一户通知到，然后告诉我：一共几户、通知到几户、哪几户没通知到、是什么原因。"
FIND_THEM = "请接着想办法找到人，找到了回一句就行；实在找不到，回复“需要支援”。"
SAFETY = "人有危险先打119、120、110，您自己也注意安全。"
NOBODY_TOLD = "可是值班的人在系统里收不到消息，请马上打电话找值班室或者村镇领导。"
WHICH_TEXT = "您现在有{count}条预警要应答，刚才那句是应哪一条？请回复数字。"
BOTH, ALL_OF_THEM = "两条都是", "全都是"
WHO_FOUND = "是哪一家通知到了？"
ROLL_EMPTY = "现在没有正在叫应的预警。"
ROLL_NOT_YOURS = "谁应答了、谁没应答，由值班的人和带班领导掌握，您这个身份看不了。您自己的应答照常发来就行。"


def which(titles: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return the question to which of several calls an answer belongs, with its options."""
    listed = tuple(titles)
    options = (*listed, BOTH if len(listed) == 2 else ALL_OF_THEM)
    lines = [f"{number}. {option}" for number, option in enumerate(options, 1)]
    return "\n".join([WHICH_TEXT.format(count=len(listed)), *lines]), options


def option(warning: RelayedWarning) -> str:
    """Return a warning as one of several: “暴雨橙色预警”（12:00发出）."""
    return f"{title(warning)}（{clock(warning.issued_at)}发出）"


def noted(warning: RelayedWarning, made: Call, kind: AnswerKind) -> str:
    """Return that an answer has been noted down, with its true time; late is said plainly."""
    what = "" if kind in (AnswerKind.RECEIVED, AnswerKind.TOLD) else f"（{KINDS[kind]}）"
    said = f"{clock(made.answered_at)}应答{title(warning)}{what}"
    if not made.is_late or made.answered_at is None or made.due_at is None:
        return f"已记下，{said}。"
    late = span(utc(made.answered_at) - utc(made.due_at))
    return f"已记下，{said}，比要求的{clock(made.due_at)}晚了{late}，按实际时间记的。没关系，接着办就好。"


def noted_before(warning: RelayedWarning, made: Call) -> str:
    """Return that an answer was noted down before."""
    late = "（超时）" if made.is_late else ""
    return f"您{clock(made.answered_at)}的应答{late}已经记过了：{title(warning)}。"


def posted(made: Call, moment: datetime, kind: AnswerKind) -> str:
    """Return that a later message has been noted down."""
    return f"已记下，{clock(moment)}{KINDS[kind]}。"


def progress(made: Call) -> str:
    """Return what is known of the households, and what is still to be said."""
    if not made.is_open:
        total = f"{made.households}户" if made.households else ""
        return f"记下了：{total}都通知到了，这次叫应办完了。辛苦您了，{SAFETY.partition('，')[2]}"
    lines = [f"记下了：{_counted(made)}。"] if made.households or made.reached else []
    missing = made.not_reached
    named = "、".join(f"{name}（{why}）" for name, why in missing.items())
    unnamed = calling.left(made) - len(missing)
    if missing:
        lines.append(f"还没通知到的：{named}。" + (f"另外{unnamed}户是哪家、什么原因？" if unnamed > 0 else ""))
        lines.append(FIND_THEM)
    elif unnamed > 0:
        lines.append(f"还差的{unnamed}户是哪家、什么原因？")
    elif made.households is None:
        lines.append("一共几户？还有没有没通知到的？")
    else:
        lines.append("通知完了告诉我：通知到几户、哪几户没通知到。")
    return "\n".join(lines)


def _counted(made: Call) -> str:
    total = f"应通知{made.households}户，" if made.households else ""
    left = calling.left(made)
    return f"{total}已通知{made.reached}户" + (f"，还差{left}户" if left else "")


def support_asked(names: Iterable[str]) -> str:
    """Return what somebody is told who needs support: who knows of it now, and nothing more."""
    known = "、".join(names)
    told = f"您要支援的事已经发消息告诉{known}。" if known else f"记下了您要支援。{NOBODY_TOLD}"
    return f"{told}请保持电话畅通。{SAFETY}"


def absence_noted(deputy: str, names: Iterable[str]) -> str:
    """Return what somebody is told who is not there."""
    known = "、".join(names)
    if deputy:
        return f"已经转叫{deputy}顶上" + (f"，也告诉了{known}。" if known else "。")
    told = f"已经告诉{known}安排人。" if known else NOBODY_TOLD
    return f"名册里没有登记能替您的副手。{told}能联系上村里的人，请您也先打个电话。"


def roll(warning: RelayedWarning, calls: Iterable[tuple[str, str, Call]]) -> str:
    """Return who has answered a warning and who has not; calls: name, telephone, call."""
    listed = list(calls)
    by_state: dict[str, list[str]] = {group: [] for group in GROUPS}
    for name, phone, made in listed:
        by_state[_group(made)].append(_entry(name, phone, made))
    lines = [f"{option(warning)}，要求{clock(listed[0][2].due_at) if listed else '按时'}前应答"]
    lines += _sums([made for *_, made in listed]) if warning.plan else _bare_sum([made for *_, made in listed])
    lines += [f"{group}{len(names)}人：{'；'.join(names)}" for group, names in by_state.items() if names]
    behind = [f"{name}{_behind(made)}" for name, _, made in listed if made.answered_at is not None and _behind(made)]
    if behind:
        lines.append(f"还没通知到户的：{'；'.join(behind)}")
    return "\n".join(lines)


def _bare_sum(calls: Sequence[Call]) -> list[str]:
    return [f"应叫{len(calls)}人，已应{sum(made.answered_at is not None for made in calls)}人"]


def _sums(calls: Sequence[Call]) -> list[str]:
    """Return the sum of all, and village by village where there are several."""
    by_place = rollup.sums(calls)
    lines = [f"应叫{_sum(rollup.total(by_place))}"]
    if len(by_place) > 1:
        lines += [f"{one.region.rpartition('/')[2]}：应叫{_sum(one)}" for one in by_place if one.called]
    return lines


def _sum(one: rollup.Sum) -> str:
    return f"{one.called}人：已应{one.answered}，未应{one.silent}，改派{one.passed}，无法送达{one.unreachable}"


ON_TIME, LATE, SILENT, WAITING, AWAY = "按时应答", "超时才应", "超时未应", "还没到时限、未应", "不在岗"
KNOCK, PASSED, OVER = "要打电话、上门", "改派", "没应答、预警已结束"
GROUPS = (KNOCK, SILENT, WAITING, PASSED, AWAY, LATE, ON_TIME, OVER)
"""Whoever needs something done comes first."""


PLANNED = {
    climbing.Outcome.UNREACHABLE: KNOCK,
    climbing.Outcome.PASSED: PASSED,
    climbing.Outcome.CLOSED: OVER,
}


def _group(made: Call) -> str:
    if made.plan and (special := PLANNED.get(climbing.outcome(made))):
        return special
    if made.answered_at is None:
        return SILENT if made.is_late else WAITING
    if made.kind == AnswerKind.ABSENT.value:
        return AWAY
    return LATE if made.is_late else ON_TIME


def _entry(name: str, phone: str, made: Call) -> str:
    if made.answered_at is None:
        return contact(name, phone)
    kind = KINDS[AnswerKind(made.kind)] if made.kind else KINDS[AnswerKind.RECEIVED]
    return f"{name}（{clock(made.answered_at)}，{kind}）"


def _behind(made: Call) -> str:
    """Return what a person still owes of the households, empty where nothing is owed."""
    if not made.is_open:
        return ""
    named = "、".join(f"{name}（{why}）" for name, why in made.not_reached.items())
    if not made.households and not made.reached and not named:
        return "（还没报户数）"
    return f"（{_counted(made)}）" + (f"：{named}" if named else "")
