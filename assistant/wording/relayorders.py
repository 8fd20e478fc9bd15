"""What people in charge read when they relay and follow a warning by chat (预警指令的回话)."""

from collections.abc import Sequence

from assistant.warnings import Call, RelayedWarning
from assistant.warnings.ladder import Plan
from assistant.warnings.relaying import Told
from assistant.wording.moments import when
from assistant.wording.warnings import clock, option, title

CONFIRM = "确认转发"
PREVIEW = "请核对，还没有发出："
HOW = (
    "要转发哪一条？请写上灾种、颜色、范围、发布单位和时间，例如：转发预警 暴雨红色 上河村、松岭村 县气象台 15:30。"
    "知道什么时候来的话再加一句“预计20:00”。也可以把预警全文贴在“转发预警”后面。"
)
WHERE = (
    "没有看出范围是哪些村。请写上村名或“全镇”，只能转发给您负责的地方，例如：转发预警 暴雨红色 上河村 县气象台 15:30。"
)
BAD_TIME = "时间没有看懂，请写成15:40这样，例如：补录 张三 15:40 电话 收到。"
SHOWN = 30


def unknown(names: Sequence[str]) -> str:
    """Return the question about villages that the place table does not hold."""
    listed = "、".join(dict.fromkeys(names))
    return f"地点表里没有{listed}，还没有转发。请核对村名再发一次；要是新的村，请管理员先导入地点。"


def preview(told: Told, places: Sequence[str], names: Sequence[str], plan: Plan) -> str:
    """Return what would be done with a warning, to be confirmed."""
    shown = "、".join(names[:SHOWN]) + (f"等{len(names)}人" if len(names) > SHOWN else "")
    by = told.sender or "发布单位没有写"
    at = f"{clock(told.issued_at)}发出" if told.issued_at else "发布时间没有写，按现在算"
    lines = [f"{PREVIEW}“{told.title}”（{by}，{at}）。"]
    lines.append(f"范围：{'、'.join(place.rpartition('/')[2] for place in places)}。")
    lines.append(f"预计发生：{when(told.onset_at)}。" if told.onset_at else "没有写什么时候来，按随时可能来办。")
    lines.append(
        f"逐人叫应{len(names)}人，{plan.answer:g}分钟内应答：{shown}。" if names else "这个范围没有登记要叫应的人。"
    )
    if plan.empty:
        lines.append(f"没有登记网格员、信息员的村：{'、'.join(path.rpartition('/')[2] for path in plan.empty)}。")
    lines.append(f"核对无误请回复“{CONFIRM}”；要改就重新发一遍“转发预警……”。")
    return "\n".join(lines)


def which(holding: Sequence[RelayedWarning]) -> str:
    """Return the question which warning is meant."""
    if not holding:
        return "现在没有生效的预警。"
    listed = "；".join(f"{one.number} {option(one)}" for one in holding)
    return f"现在有{len(holding)}条预警生效，请写上编号再发一次：{listed}。"


def ended(warning: RelayedWarning) -> str:
    """Return that a warning has been ended."""
    what = "取消" if warning.state == "cancelled" else "解除"
    return f"{warning.number} {title(warning)}已经{what}：没发出去的不再发，叫过的人都告诉了。"


def entered(warning: RelayedWarning, name: str, made: Call, way: str) -> str:
    """Return that an answer has been entered."""
    late = f"，比要求的{clock(made.due_at)}晚" if made.is_late else ""
    return f"已补录：{name}{clock(made.answered_at)}{way}应答{title(warning)}{late}，记了是您补录的。"


def no_channel(contact: str) -> str:
    """Return that a named stand-in cannot be reached by messages."""
    return f"{contact}没有绑定聊天账号，消息发不到，没有改派。请打电话给他，他应了再发“补录”。"


def reassigned(warning: RelayedWarning, absent: str, new: str) -> str:
    """Return that somebody else has been called."""
    return f"已改派：{title(warning)}由{new}顶{absent}，已经叫他应答。"
