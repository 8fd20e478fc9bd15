"""What the command line prints of the question log (问题记录) and of hand-overs (转人工)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.answers import Decision
from assistant.handovers import HandOver, HandOverState
from assistant.missed import MissedQuestion, Settlement
from assistant.wording.sentences import ASKERS

CHINA = ZoneInfo("Asia/Shanghai")
DECISIONS = {
    Decision.ANSWER: "答了，但没答到",
    Decision.NEAREST: "只有最接近的",
    Decision.REFUSED: "没有查到",
}
SETTLEMENTS = {
    Settlement.OPEN: "未处理",
    Settlement.ATTACHED: "已补进问法",
    Settlement.OUT_OF_SCOPE: "已列为不归文件管",
    Settlement.DROPPED: "已略过",
}
NOTHING_MISSED = "没有要处理的问题。"
NOTHING_WAITS = "没有等着答复的问题。"
PURGED = "已清理 {count} 条：处理过的，和超过 {days} 天没有人再问的。"
ATTACHED = "第 {number} 号问题已写进 {path}。请运行 yingda build；正在运行的服务要重新启动才会用上。"
THERE_ALREADY = "第 {number} 号问题早已在 {path} 里，没有重复写入，现在标为已处理。请运行 yingda build。"
DROPPED = "第 {number} 号问题已略过，以后不再列出。"
REPLIED = "第 {number} 号已答复。提问人下次打开对话时会看到。"
CLOSED = "第 {number} 号已关闭，提问人不会收到消息。"
STATES = {
    HandOverState.OPEN: "待答复",
    HandOverState.ANSWERED: "已由{by}答复，{seen}",
    HandOverState.CLOSED: "已由{by}关闭",
}
CHANNELS = {"web": "网页", "terminal": "终端"}


def missed_lines(groups: Sequence[Sequence[MissedQuestion]]) -> list[str]:
    """Return the question log as an editor reads it, questions that are asked alike below each other."""
    if not groups:
        return [NOTHING_MISSED]
    return [line for group in groups for line in _group(group)]


def _group(group: Sequence[MissedQuestion]) -> list[str]:
    first, *others = group
    return [*_missed(first, ""), *(line for other in others for line in _missed(other, "    相近："))]


def _missed(entry: MissedQuestion, before: str) -> list[str]:
    facts = [
        f"问了 {entry.times} 次",
        f"{entry.marked} 次说没答到" if entry.marked else "",
        f"最近 {entry.last_on}",
        entry.region or "没有选地区",
        ASKERS[entry.asker.value],
        DECISIONS[entry.decision],
        _settled(entry),
    ]
    shown = f"当时显示：{'、'.join(entry.units)}" if entry.units else "当时没有显示条款"
    indent = " " * 4 * (2 if before else 1)
    return [
        f"{before}第 {entry.number} 号  {one_line(entry.question)}",
        f"{indent}{'，'.join(fact for fact in facts if fact)}",
        f"{indent}{shown}",
    ]


def _settled(entry: MissedQuestion) -> str:
    if entry.settlement is Settlement.OPEN:
        return ""
    return f"{SETTLEMENTS[entry.settlement]}（{entry.settled_on}）{'，之后又没答上' if entry.is_open else ''}"


def hand_over_lines(listed: Sequence[HandOver]) -> list[str]:
    """Return the duty desk's list, the oldest question first."""
    return [line for waiting in listed for line in _hand_over(waiting)] or [NOTHING_WAITS]


def _hand_over(waiting: HandOver) -> list[str]:
    seen = "对方已经看到" if waiting.delivered_at else "对方还没有看到"
    facts = [
        shown_time(waiting.asked_at),
        waiting.region or "没有选地区",
        ASKERS[waiting.asker.value],
        CHANNELS.get(waiting.channel, waiting.channel),
        STATES[waiting.state].format(by=one_line(waiting.by), seen=seen),
    ]
    lines = [f"第 {waiting.number} 号  {one_line(waiting.question)}", f"    {'，'.join(facts)}"]
    return [*lines, f"    答复：{one_line(waiting.reply)}"] if waiting.reply else lines


def attached_line(entry: MissedQuestion, path: Path, *, is_new: bool) -> str:
    """Return what became of a question, and what to do next."""
    return (ATTACHED if is_new else THERE_ALREADY).format(number=entry.number, path=path)


def shown_time(at: datetime) -> str:
    """Return an aware time as people in China read it.

    >>> shown_time(datetime.fromisoformat("2026-07-01T04:00:00+00:00"))
    '2026-07-01 12:00'
    """
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def one_line(text: str) -> str:
    """Return what somebody wrote in one line, without signs that would move the cursor or turn the text around."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
