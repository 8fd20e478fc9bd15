"""What people read about a warning: who is called, what was noted down, who has not answered."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from assistant.events import utc
from assistant.hazards.moments import LOCAL
from assistant.warnings import AnswerKind, Call, RelayedWarning
from assistant.wording.moments import when

NAMELESS = "（没有登记姓名）"
RECEIVED, SUPPORT, ABSENT = "收到", "需要支援", "不在岗，请转副手"
CALL_CHOICES = (RECEIVED, SUPPORT, ABSENT)
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


def call(warning: RelayedWarning, made: Call) -> str:
    """Return the call to one person."""
    area = f"\n范围：{warning.area}" if warning.area else ""
    return (
        f"【预警】{warning.title}{area}\n{when(warning.issued_at)}发出。请您在{clock(made.due_at)}前回复“{RECEIVED}”。\n"
        f"收到后请到户通知，通知了几户、还有哪几户没通知到，直接发来就行。人手不够回复“{SUPPORT}”，不在岗回复“{ABSENT}”。"
    )


def called_instead(warning: RelayedWarning, made: Call, absent: str) -> str:
    """Return the call to the deputy of somebody who is not there."""
    return f"{absent}不在岗，现在请您顶上。\n{call(warning, made)}"


def unreachable(warning: RelayedWarning, names: Iterable[str]) -> str:
    """Return what duty is told of people whom no message can reach."""
    return (
        f"【叫应发不出去】{title(warning)}要叫的这几位在系统里没有绑定聊天账号，消息发不到：{'、'.join(names)}。"
        "请马上打电话或者派人上门通知。"
    )


def silent(warning: RelayedWarning, calls: Mapping[str, Call]) -> str:
    """Return what duty and leader are told of people who have not answered in time; calls by name."""
    due = clock(next(iter(calls.values())).due_at)
    return (
        f"【超时未应答】{title(warning)}要求{due}前应答，这{len(calls)}位到时间还没有应答：{'、'.join(calls)}。"
        "请马上打电话联系；联系不上，请安排副手或者就近的人去。回复“谁还没应”可以看最新情况。"
    )


def answered_late(warning: RelayedWarning, name: str, made: Call) -> str:
    """Return what duty and leader are told when somebody answers after all."""
    return f"【已补应答】{name}在{clock(made.answered_at)}应答了{title(warning)}，比要求的{clock(made.due_at)}晚，按实际时间记的。"


def needs_support(warning: RelayedWarning, name: str, phone: str, message: str) -> str:
    """Return what duty and leader are told when somebody needs support."""
    reach = f"（电话{phone}）" if phone else ""
    return f"【需要支援】{name}{reach}在{title(warning)}的叫应里说：“{message}”。请马上安排人手，并给他回个话。"


def absent(warning: RelayedWarning, name: str, deputy: str) -> str:
    """Return what duty and leader are told when somebody is not there."""
    then = (
        f"已经转叫{deputy}。"
        if deputy
        else "名册里没有登记能顶上的副手，这一片现在没有人负责，请马上安排人并打电话通知。"
    )
    return f"【不在岗】{name}回复不在岗（{title(warning)}）。{then}"
