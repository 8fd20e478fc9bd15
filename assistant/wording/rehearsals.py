"""What people read about a rehearsal of a warning (演练叫应): before, during and after it."""

from collections.abc import Mapping, Sequence

from assistant.warnings import RelayedWarning
from assistant.warnings.ladder import Plan
from assistant.warnings.rehearsal import Part, Result
from assistant.warnings.relaying import Told
from assistant.wording.moments import when
from assistant.wording.warnings import EXERCISE, title

CONFIRM, CONFIRM_SHORT = "确认演练", "确认"
PREVIEW = f"{EXERCISE}请核对，还没有开始："
TITLE = "叫应演练"
HOW = (
    f"{EXERCISE}要在哪里演练？请写上村名或“全镇”，想按哪种预警练就写上灾种和颜色，"
    "例如：演练叫应 上河村 暴雨红色；演练叫应 全镇。只能演练您负责的地方。"
)
REAL_FIRST = "{place}现在有真的预警在叫应：{real}。这时候不演练，免得混在一起。"
BUSY = f"{EXERCISE}{{number}}还没有结束，先发“结束演练”，再开下一场。"
NONE_LIVE = "现在没有正在进行的演练。"
NONE_HELD = "还没有做过叫应演练。要做就发：演练叫应 上河村 暴雨红色。"
WHICH = f"{EXERCISE}有{{count}}场演练没有结束，请写上编号再发一次：{{listed}}。"
NOT_OVER = f"{EXERCISE}{{number}}还没有结束，先发“结束演练”，再记入事项。"
NO_EXERCISE = "{number}不是演练，没有记。"
NOT_A_DRILL = f"{EXERCISE}{{item}}不是演练事项，没有记。请核对编号。"
NO_ANSWER_AT_ALL = f"{EXERCISE}{{number}}没有一个人应答，不能算办完，没有记。"
RECORDED = f"{EXERCISE}{{number}}已记入{{item}}，算办了一次。{{checkers}}"
WAITS_FOR_CHECK = "已请{names}检查。"
SHOWN = 30
PARTS = 12
"""Villages in one message; the page holds them all."""
REALLY = "真的需要支援"
ASK_REAL = (
    f"这是演练。是真的需要支援吗？真的需要，请回复“{REALLY}”，马上转告值班的人；只是照演练回的，回复“演练”就行。"
    "人有危险先打119、120、110。"
)
REAL_NOTED = "您真的需要支援，已经马上告诉{names}。请保持电话畅通；人有危险先打119、120、110。"
REAL_NOBODY = (
    "您真的需要支援，可是系统里找不到能收到消息的值班人员，请马上打电话找村镇领导；人有危险先打119、120、110。"
)
PLAYED = f"{EXERCISE}明白，只是演练，按演练记下了。"
REAL_SUPPORT = (
    "【真的需要支援】{who}正在参加叫应演练，回复说是真的需要支援，不是演练：“{said}”。请马上打电话问清楚，安排人手。"
)
CHANNELS = {
    "web": "网页",
    "terminal": "终端",
    "wechat": "微信",
    "wecom": "企业微信",
    "telegram": "Telegram",
    "": "没有通道",
}


def unknown(names: Sequence[str]) -> str:
    """Return the question about villages that the place table does not hold."""
    return f"{EXERCISE}地点表里没有{'、'.join(dict.fromkeys(names))}，还没有开始。请核对村名再发一次。"


def preview(told: Told, places: Sequence[str], names: Sequence[str], plan: Plan, *, above: bool) -> str:
    """Return what a rehearsal would do, to be confirmed."""
    shown = "、".join(names[:SHOWN]) + (f"等{len(names)}人" if len(names) > SHOWN else "")
    where = "、".join(place.rpartition("/")[2] for place in places)
    lines = [f"{PREVIEW}“{told.title or TITLE}”，范围：{where}。"]
    lines.append(
        f"真的发消息，逐人叫应{len(names)}人，{plan.answer:g}分钟内应答：{shown}。"
        if names
        else "这个范围没有登记要叫应的人。"
    )
    if plan.empty:
        lines.append(f"没有登记网格员、信息员的村：{'、'.join(path.rpartition('/')[2] for path in plan.empty)}。")
    lines.append(
        "叫不应的转叫副手，"
        + ("再叫上一级。" if above else "不叫上一级（要叫就加一句“叫到上级”）。")
        + "每条消息都标【演练】，不转移群众。"
    )
    lines.append(f"可以开始就回复“{CONFIRM}”。")
    return "\n".join(lines)


def begun(warning: RelayedWarning, called: int, lost: Sequence[str]) -> str:
    """Return what whoever has begun a rehearsal reads."""
    lines = [f"{EXERCISE}{warning.number} 开始了，逐人叫应{called}人，要求{warning.ack_within_minutes}分钟内应答。"]
    if lost:
        lines.append(f"消息发不到的：{'、'.join(lost[:SHOWN])}。真来预警时也叫不到，请让他们绑定账号。")
    lines.append(f"最迟{when(warning.expires_at)}自动结束；提前结束发“结束演练”，结束后把结果发给您。")
    return "\n".join(lines)


def ended(warning: RelayedWarning, why: str) -> str:
    """Return what those who were called are told when a rehearsal ends; why: number of the real warning that stops it."""
    if warning.state == "cancelled" and why.startswith("YJ"):
        return f"【演练停止】来了真的预警，{title(warning)}的演练马上停止，不用再应答演练。请按刚收到的真预警办。"
    return f"【演练结束】{title(warning)}的叫应演练结束了，不用再应答，也不用再做什么。辛苦您了。"


def minutes(value: float | None) -> str:
    """Return a length of time in words: 40秒, 3.5分钟."""
    if value is None:
        return "没有"
    return f"{round(value * 60)}秒" if value < 1 else f"{round(value, 1):g}分钟"


def share(part: Part) -> str:
    """Return the share in time with its denominator: 80%（4/5）."""
    return "没有" if part.share is None else f"{part.share:.0%}（{part.in_time}/{part.called}）"


def figures(result: Result, warning: RelayedWarning, names: Mapping[int, str], before: Result | None) -> str:
    """Return the result of a rehearsal."""
    total = result.total
    lines = [f"【演练结果】{warning.number} {title(warning)}，{when(warning.issued_at)}开始"]
    lines.append(
        f"应叫{total.called}人，应答{total.answered}人；{warning.ack_within_minutes}分钟内应答：{share(total)}。{_span(total)}"
    )
    waiting = sum(not one.is_counted for one in result.answers)
    if waiting:
        lines.append(f"另有{waiting}人没到时限，或者本人应了就不用顶，不算。")
    villages = [part for part in result.villages if part.called]
    lines += [f"{part.name.rpartition('/')[2]}：按时{share(part)}，{_span(part)}" for part in villages[:PARTS]]
    if len(villages) > PARTS:
        lines.append(f"还有{len(villages) - PARTS}个地方，请到网页上看。")
    lines += [
        f"{CHANNELS.get(part.name, part.name)}：按时{share(part)}，{_span(part)}"
        for part in result.channels
        if part.called
    ]
    never = [names.get(one.person, "") for one in result.never]
    if never:
        lines.append(f"一直没应答{len(never)}人：{'、'.join(never[:SHOWN])}{'等' if len(never) > SHOWN else ''}。")
    if before is not None:
        lines.append(compared(result, before))
    return "\n".join(lines)


def compared(result: Result, before: Result) -> str:
    """Return how a rehearsal compares with the one before it."""
    now, then = result.total, before.total
    return (
        f"和上一次（{before.number}）比：按时应答从{share(then)}到{share(now)}，"
        f"一半人的用时从{minutes(then.median)}到{minutes(now.median)}。"
    )


def _span(part: Part) -> str:
    if part.median is None:
        return "没有人应答。"
    return f"一半的人{minutes(part.median)}以内应，九成{minutes(part.slow)}以内。"


def evidence(result: Result, warning: RelayedWarning) -> str:
    """Return a rehearsal in one line, as it stands with an item."""
    return (
        f"叫应演练{warning.number} {title(warning)}：{result.total.called}人，应答{result.total.answered}人，"
        f"{warning.ack_within_minutes}分钟内{share(result.total)}"
    )
