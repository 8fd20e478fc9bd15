"""What whoever hands in a CAP message reads (CAP 预警的回话)."""

from collections.abc import Sequence

from assistant.warnings import Level, RelayedWarning
from assistant.wording.warnings import title

UNKNOWN_REFERENCE = "要取消的那条预警这里没有，或者已经不生效。没有动任何叫应，原文已经留着；请核对编号，或者用“取消预警 编号”手工取消。"
TOO_LATE = "这条预警写明的有效时间已经过了，没有叫人，原文已经留着。"
LEVELS = {Level.RED: "红色", Level.ORANGE: "橙色", Level.YELLOW: "黄色", Level.BLUE: "蓝色", Level.NONE: "没有级别的"}


def before(number: str) -> str:
    """Return that the same message has been taken in before."""
    return f"这条预警以前收过，就是 {number}，没有再叫一遍。"


def kept(status: str, kind: str) -> str:
    """Return that a message asks for nothing."""
    what = "测试消息" if status == "Test" else "回执" if kind in ("Ack", "Error") else "不是正式发布的消息"
    return f"收到了，是{what}，格式没有问题，没有叫人，原文已经留着。"


def unknown(descriptions: Sequence[str]) -> str:
    """Return the question about areas that the place table does not hold."""
    named = f"“{'”“'.join(descriptions)}”" if descriptions else "（原文没有写范围）"
    return f"这条预警的范围{named}在地点表里对不上，还没有叫人，原文已经留着。请写明是哪些地方再办一次（网页上勾选，命令行加 --region），急的话先用“转发预警”手工转发。"


def by_severity(severity: str, level: Level) -> str:
    """Return that the colour was not in the message."""
    return f"原文没有写颜色，按严重程度 {severity} 先照{LEVELS[level]}预警的时限叫应，请核对。"


def cancelled(warning: RelayedWarning) -> str:
    """Return that a warning has been cancelled by a message."""
    return f"{warning.number} {title(warning)}已按发布单位的取消消息取消，叫过的人都告诉了。"
