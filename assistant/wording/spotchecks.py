"""What people read about spot checks (查岗): the question, the answer, who was late, the report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.duty import CheckState, SpotCheck
from assistant.events import utc
from assistant.wording.moments import clock_time, span, when
from assistant.wording.warnings import clock

QUESTION = "【查岗】请在{due}前回复这4位数：{code}"
ASKED = "查岗已经发出：{names}。没按时回的，我会告诉您。看结果，发“查岗情况”。"
NO_CHANNEL = "{names}没有绑定聊天账号，消息发不到，请打电话。"
NOBODY_TO_CHECK = "现在没有可以查岗的人：没有人在班，或者刚刚已经问过，还在等回复。"
WRONG_CODE = "数字不对，请看最近一条查岗消息里的4位数，重新回复。"
ANSWERED = "查岗记下了：您{time}在岗，按时应答。"
ANSWERED_LATE = "查岗记下了：您{time}应答，比要求的{due}晚了{late}，按实际时间记的。"
MISSED = "【查岗没有应答】{name}{asked}被查岗，要求{due}前回复，到时间没有应答。{phone}请打电话核实人在不在岗。"
CAME_LATE = "【查岗补应答】{name}{time}应答了查岗，比要求的{due}晚了{late}，按实际时间记的。"
PHONE = "电话：{phone}。"
NO_CHECKS = "最近30天没有查过岗。要查，发“查岗”。"
REPORT = "最近30天查岗{count}次：{sums}。"
LINE = "{when} {name}：{state}{detail}"
STATES = {
    CheckState.ASKED: "等回复",
    CheckState.ANSWERED: "按时应答",
    CheckState.LATE: "晚答",
    CheckState.MISSED: "没有应答",
}
MOST = 15


def question(check: SpotCheck) -> str:
    """Return the question to the person on duty."""
    return QUESTION.format(due=clock(check.due_at), code=check.code)


def asked(names: Sequence[str], silent: Sequence[str]) -> str:
    """Return to whoever checks who has been asked."""
    return ASKED.format(names="、".join(names)) + (NO_CHANNEL.format(names="、".join(silent)) if silent else "")


def _late(check: SpotCheck) -> str:
    return span(utc(check.answered_at) - utc(check.due_at)) if check.answered_at and check.due_at else ""


def answered(check: SpotCheck) -> str:
    """Return that an answer has been noted down, with its true time."""
    text = ANSWERED_LATE if check.state == CheckState.LATE.value else ANSWERED
    return text.format(time=clock(check.answered_at), due=clock(check.due_at), late=_late(check))


def missed(check: SpotCheck, name: str, phone: str) -> str:
    """Return what the leader is told of somebody who has not answered."""
    return MISSED.format(
        name=name,
        asked=clock(check.asked_at),
        due=clock(check.due_at),
        phone=PHONE.format(phone=phone) if phone else "",
    )


def came_late(check: SpotCheck, name: str) -> str:
    """Return what the leader is told of an answer that came late."""
    return CAME_LATE.format(name=name, time=clock(check.answered_at), due=clock(check.due_at), late=_late(check))


def report(checks: Sequence[SpotCheck], names: Mapping[int, str], now: datetime) -> str:
    """Return the checks of a month: how they came out, then one a line, the newest first."""
    if not checks:
        return NO_CHECKS
    counted = Counter(one.state for one in checks)
    sums = "，".join(f"{STATES[state]}{counted[state.value]}" for state in STATES if counted[state.value])
    lines = [line(one, names.get(one.person, ""), now) for one in checks[:MOST]]
    return "\n".join([REPORT.format(count=len(checks), sums=sums), *lines])


def line(check: SpotCheck, name: str, now: datetime) -> str:
    """Return one check as a line."""
    detail = f"，晚{_late(check)}" if check.state == CheckState.LATE.value else ""
    at = clock_time(check.asked_at, now) if check.asked_at else when(None)
    return LINE.format(when=at, name=name, state=STATES[CheckState(check.state)], detail=detail)
