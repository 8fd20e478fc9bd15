"""What reporters and staff are told about duplicates (重复件); nobody learns who the other reporter is."""

from assistant.hazards import Hazard
from assistant.wording.showing import public_place, public_text

REPORTED_AGAIN = "销号以后又有人报同一处"
SHORT = 40
REASONS = {
    "photo": "照片是同一张",
    "place": "地点说的差不多",
    "near": "位置挨得很近",
    "thing": "说的是同一样东西",
    "wrong": "毛病也一样",
    "counted_alike": "门牌、组号一样",
}


def same_question(main: Hazard) -> str:
    """Return the question put to a reporter whose case was likely reported before; its options are SAME_OPTIONS."""
    where = public_place(main)
    what = public_text(main).replace("\n", " ")
    shown = what if len(what) <= SHORT else f"{what[:SHORT]}……"
    return f"{where}已经有人报过一件：“{shown}”。您说的是同一处吗？"


SAME_OPTIONS = ("是同一处", "不是，是另一处")


def joined_reply(main: Hazard) -> str:
    """Return what a reporter reads who said that it is the same."""
    return f"明白，是同一处。您补充的情况已经记到{main.number}里，办到哪一步也会告诉您，编号就用{main.number}。"


def separate_reply(hazard: Hazard) -> str:
    """Return what a reporter reads who said that it is another."""
    return f"好，单独处理，编号还是{hazard.number}。"


def reasons(named: tuple[str, ...]) -> str:
    """Return what speaks for a duplicate, for the staff."""
    return "、".join(REASONS[name] for name in named) or "类别和时间对得上"


def merged(hazard: Hazard, main: Hazard) -> str:
    """Return what a reporter is told whose case was merged by the staff."""
    return f"您报的{hazard.number}和{main.number}说的是同一处，并在一起办了。办到哪一步，还是会告诉您。要是弄错了，回我一句“不是同一处”。"


def merged_for_staff(hazard: Hazard, main: Hazard) -> str:
    """Return what the one in charge of the merged case is told."""
    return f"{hazard.number}和{main.number}是同一处，已经并到{main.number}，{hazard.number}不用另外去办了。"


def joined(hazard: Hazard, main: Hazard) -> str:
    """Return what the one in charge of the main case is told: the new words, as far as they may be read."""
    said = public_text(hazard).replace("\n", " ")
    return f"又有人报了{main.number}这一处，新说的情况：{said}"


def split(hazard: Hazard) -> str:
    """Return what a reporter is told whose case goes on by itself again."""
    return f"您报的{hazard.number}不是同一处，现在单独处理，没有搁下。"


def split_for_staff(hazard: Hazard) -> str:
    """Return what the one in charge of a case is told that goes on by itself again."""
    return f"{hazard.number}撤销并案了，请接着单独办。"


def merged_reply(hazard: Hazard, main: Hazard) -> str:
    """Return what the staff member reads who has merged two cases."""
    return f"{hazard.number}已经并到{main.number}，报的人会收到{main.number}的进展。弄错了可以发“撤销合并 {hazard.number}”。"


def split_reply(hazard: Hazard, main: Hazard) -> str:
    """Return what the staff member reads who has split two cases."""
    return f"{hazard.number}和{main.number}分开了，各办各的；{hazard.number}回到合并以前的状态。"


WHICH_NUMBERS = "请写清楚两个编号，例如：YH20260701-02 并到 YH20260701-01。"
