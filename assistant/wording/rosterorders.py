"""What is said when a roster is changed by chat (排班改动): shown first, then done, and told to those whom it is about."""

from collections.abc import Iterable, Sequence

from assistant.duty import Post, PostKind
from assistant.wording.duty import KINDS
from assistant.wording.moments import when

CONFIRM = "确认改班"
PREVIEW = "要这样改值班表，请核对："
HOW = f"对就回复“{CONFIRM}”；不对不用管，重新说一遍就行。"
LINE = "{begins}到{ends}，{kind}：{before} → {after}"
NOBODY = "（空）"
MOST = 8
MORE = "还有{count}个班，同样改。"
DONE = "值班表改好了（第{numbers}号排班安排）。"
TOLD_THEM = "已经告诉{names}。"
NOT_REACHED = "{names}没有绑定渠道，收不到消息，请打电话告诉。"
UNDO = "改错了回复“撤销”。"
TAKEN_BACK = "撤销了（第{numbers}号排班安排），值班表按原来的排。已经开始的班不变。"
SAY_DAY = "请说明是哪一天，例如“11月25日带班改成李示例”“王示例请假3天由赵示例顶”。"
PAST = "这些日子已经过去了，没有改。"
TOO_LONG = "一次最多改{most}天，没有改。时间长的请重新导入值班表，或者改轮班。"
NOT_ON = "值班表上，{who}这几天没有班，没有改。"
NO_ROSTER = "这几天还没有值班表，没有改。请先导入值班表。"
WHICH_PERSON = "这一班的{kind}不止一个：{names}。请说换谁，例如“{day}把{first}换成{by}”。"
WHICH_OFFICE = "这几天有班的单位不止一个：{offices}。请把单位一起说，例如“{first} {day}……”。"
SAY_WHO = "{who}的这些班由谁顶？请一起说，例如“{who}请假由李示例顶”加上日子。还没有改："
BUSY = "要注意：{name}在这期间本来就有别的班。"
SILENT = "要注意：{name}没有绑定渠道，系统的消息发不到他，要打电话告诉。"
TELL = "【值班有变动】{where}：\n{lines}\n{by}改的{reason}。有疑问请马上找他。"
GAINED = "请您值{begins}到{ends}，{kind}。"
LOST = "{begins}到{ends}的{kind}不用您值了。"
REASON = "，原因：{reason}"
CONSOLE = "排班的人"


def listed(names: Iterable[str]) -> str:
    """Return names one after another, each once."""
    return "、".join(dict.fromkeys(names))


def line(post: Post, before: str, after: str) -> str:
    """Return what becomes of one post."""
    return LINE.format(
        begins=when(post.starts_at),
        ends=when(post.ends_at),
        kind=KINDS[PostKind(post.kind)],
        before=before or NOBODY,
        after=after or NOBODY,
    )


def preview(where: str, lines: Sequence[str], notes: Sequence[str]) -> str:
    """Return a change before it is made."""
    more = [MORE.format(count=len(lines) - MOST)] if len(lines) > MOST else []
    return "\n".join([PREVIEW, where, *lines[:MOST], *more, *notes, HOW])


def done(numbers: Iterable[int], told: Sequence[str], silent: Sequence[str]) -> str:
    """Return that a change has been made, and who knows of it."""
    parts = [DONE.format(numbers="、".join(map(str, numbers)))]
    parts += [TOLD_THEM.format(names=listed(told))] if told else []
    parts += [NOT_REACHED.format(names=listed(silent))] if silent else []
    return "".join([*parts, UNDO])


def told(where: str, lost: Iterable[Post], gained: Iterable[Post], by: str, reason: str) -> str:
    """Return what somebody reads whose shifts have changed."""
    lines = [_one(LOST, post) for post in lost] + [_one(GAINED, post) for post in gained]
    more = [MORE.format(count=len(lines) - MOST)] if len(lines) > MOST else []
    why = REASON.format(reason=reason) if reason else ""
    return TELL.format(where=where, lines="\n".join([*lines[:MOST], *more]), by=by or CONSOLE, reason=why)


def _one(sentence: str, post: Post) -> str:
    return sentence.format(begins=when(post.starts_at), ends=when(post.ends_at), kind=KINDS[PostKind(post.kind)])
