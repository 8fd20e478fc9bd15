"""What people read about swaps of shifts (换班): the question, consent, refusal, why it cannot be."""

from collections.abc import Iterable, Sequence

from assistant.duty import Obstacle, Post, Swap, SwapState
from assistant.wording.moments import when

AGREE, DECLINE = "同意换班", "不同意换班"
STATES = {
    SwapState.ASKED: "等答复",
    SwapState.TAKEN: "换好了",
    SwapState.DECLINED: "对方没同意",
    SwapState.WITHDRAWN: "已撤回",
    SwapState.PAST: "过期没换成",
}
OBSTACLES = {
    Obstacle.BUSY: "{name}那个时间已经有班",
    Obstacle.REST: "{name}前后两个班挨得太近，休息不够",
    Obstacle.MOST: "{name}那几天的班已经太多",
    Obstacle.RANK: "这是带班领导的班，{name}不能替",
}
CANNOT = "换不了：{why}。要这样排，请带班领导改值班表。现在值班表没有变。"
SAY_DAYS = "要换哪天的班？请说清楚，例如“我想跟张三换5号的班”“我5号的班跟张三8号的班换”“周五的班谁能替我”。"
NOT_YOURS = (
    "值班表上，您{day}没有班，值班表没有变。要跟{name}对换，请把两天都说出来，例如“我5号的班跟{name}8号的班换”。"
)
NO_POST = "值班表上，您{day}没有班。请核对日子再说一遍。"
NOT_THEIRS = "值班表上，{name}{day}没有班，值班表没有变。请核对日子再说一遍。"
NO_SUCH_PERSON = "值班的人里没有找到“{name}”，请写全名。"
SEVERAL = "叫“{name}”的不止一位，请找带班领导改值班表。"
YOURSELF = "不能跟自己换班。"
TOO_LATE = "离开班太近了，这个班不能再在这里换。来不了请马上打电话给带班领导。"
ASKED_ALREADY = "这个班您已经提过换班（{number}），在等答复。不换了回复“撤回换班”。"
ASKED = "记下了（{number}）：{what}。已经问{names}，同意之前，班还是您的。不换了回复“撤回换班”。"
NOBODY_FREE = "问了值班表，那天没有能替您的人，班还是您的。请找带班领导安排。"
QUESTION = (
    "【换班】{name}想请您替班（{number}）：{give}。{back}同意请回复“同意换班”，不行回复“不同意换班”。{closes}前有效。"
)
QUESTION_ALL = (
    "【找人替班】{name}的班想请人替（{number}）：{give}。能替请回复“同意换班”，谁先回复就是谁。{closes}前有效。"
)
BACK = "换您的这个班：{back}。"
NONE_WAITING = "现在没有等您答复的换班。"
WHICH = "等您答复的换班不止一个，请带上编号，例如“同意换班 {number}”：\n{lines}"
TAKEN = "【换好了】{what}。值班表已经改了。"
TAKEN_LEADER = "【换班告知】{what}。双方都同意了，值班表已经改了。不合适请改值班表。"
DECLINED = "【没换成】{name}不同意换班（{number}）。班还是您的：{give}。"
DECLINE_NOTED = "记下了，您不换。"
ROSTER_CHANGED = "值班表已经改过，{number}换不了了。请再看一遍值班表。"
NOTHING_TO_WITHDRAW = "您没有在等答复的换班。"
WITHDRAWN = "{number}撤回了，班还是您的：{give}。"
WITHDRAWN_TO = "【换班撤回】{name}不换了（{number}），您不用答复了。"
PAST = "【没换成】{number}到时间没有人同意，班还是您的：{give}。来不了请马上打电话给带班领导。"
NO_SWAPS = "还没有换班记录。"
LINE = "{number} {name}的班（{give}）：{state}{other}"
MOST = 10


def hours(post: Post) -> str:
    """Return from when to when a post is held."""
    return f"{when(post.starts_at)}到{when(post.ends_at)}"


def given(swap: Swap) -> str:
    """Return the shift that is given away."""
    return f"{when(swap.starts_at)}到{when(swap.ends_at)}"


def cannot(obstacle: Obstacle, name: str) -> str:
    """Return why somebody cannot take a shift."""
    return CANNOT.format(why=OBSTACLES[obstacle].format(name=name))


def what(asker: str, other: str, give: Post, back: Post | None) -> str:
    """Return a swap in one sentence: who takes which shift."""
    said = f"{other}替{asker}值{hours(give)}的班"
    return f"{said}，{asker}替{other}值{hours(back)}的班" if back is not None else said


def question(swap: Swap, name: str, give: Post, back: Post | None) -> str:
    """Return what somebody is asked; name: who asks."""
    text = QUESTION if swap.other is not None else QUESTION_ALL
    return text.format(
        name=name,
        number=swap.number,
        give=hours(give),
        back=BACK.format(back=hours(back)) if back is not None else "",
        closes=when(swap.closes_at),
    )


def which(swaps: Sequence[tuple[Swap, str]]) -> str:
    """Return the question which swap is meant; swaps: with the name of who asks."""
    lines = "\n".join(f"{swap.number} {name}：{given(swap)}" for swap, name in swaps)
    return WHICH.format(number=swaps[0][0].number, lines=lines)


def listed(swaps: Iterable[tuple[Swap, str, str]]) -> str:
    """Return the swaps of a place, one a line; swaps: with the names of who asks and of who takes."""
    lines = [
        LINE.format(
            number=swap.number,
            name=name,
            give=given(swap),
            state=STATES[SwapState(swap.state)],
            other=f"（{other}）" if other else "",
        )
        for swap, name, other in swaps
    ]
    return "\n".join(lines[:MOST]) or NO_SWAPS
