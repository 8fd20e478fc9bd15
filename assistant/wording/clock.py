"""What duty is told of the clock itself (时钟): what was too late to send, what was skipped after a stop, what is late."""

from collections.abc import Sequence
from datetime import datetime

from assistant.audit import Late, What
from assistant.wording.moments import when
from assistant.wording.warnings import NAMELESS, contact

__all__ = ["NAMELESS", "contact", "failed", "stale", "unsent_calls"]
MOST = 10
"""Names or numbers in one message."""
WHATS = {
    What.CALL_OUT: "还有人没有叫到",
    What.SILENT: "没有按时记为超时未应答",
    What.STEP: "没有按时换下一种方式叫",
    What.ACT: "收到后没有行动，没有按时再叫",
    What.CALL_AGAIN: "没人接手，没有按时再通知",
    What.REPORT: "报送时限已过，没有提醒",
    What.REMIND: "该提醒的没有提醒",
    What.OVERDUE: "已经超期，没有记下来",
    What.CLIMB: "没有按时报给上一级",
    What.TAKE_OVER: "没有人接班，没有按时提醒",
}


def unsent_calls(people: Sequence[str], cases: Sequence[str]) -> str:
    """Return what duty is told of urgent messages that could not be sent in time."""
    about = f"（{_listed(cases)}）" if cases else ""
    return f"【没发出去】有紧急消息{about}没能在有效时间内发出，现在发已经晚了，没有再发。没收到的人：{_listed(people)}。请马上打电话，或者派人去。"


def stale(before: datetime, now: datetime, people: int, cases: Sequence[str]) -> str:
    """Return what duty is told after a stop: what was skipped because its time had passed."""
    about = f"：{_listed(cases)}" if cases else ""
    return (
        f"【系统停过】系统从{when(before)}停到{when(now)}，现在恢复了。停的时候有些提醒过了时候，没有再发，涉及{people}个人{about}。"
        "叫应和紧急消息都会补发。请看一下台账，有没有耽误的事。"
    )


def failed(late: Sequence[Late]) -> str:
    """Return what the duty leader is told when the auditor finds that the clock has not done its work."""
    lines = [f"{one.case}：{WHATS[one.what]}（应在{when(one.due_at)}）" for one in late[:MOST]]
    more = f"\n另外还有{len(late) - MOST}件。" if len(late) > MOST else ""
    return (
        "【系统有问题】下面的事系统没有按时做，请先人工盯着、打电话问一下，再请管系统的人看看：\n"
        + "\n".join(lines)
        + more
    )


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}" if len(names) > MOST else ""
    return "、".join(names[:MOST]) + more
