"""What people read about one household of the roll (避险明白卡): which way and where to, who helps, who lives there."""

from collections.abc import Sequence

from assistant.evacuation import Household
from assistant.wording.evacuation import NOBODY, name, weak

TITLE = "避险明白卡"
RULES_OF_CARD = (
    "接到转移通知马上走，不要等、不要回去拿东西。",
    "没有接到“可以回去了”的通知，不要自己回家。",
    "人有危险，打119、120、110。",
)
SHOWN = 5
"""Households in one reply."""
MORE = "还有{count}户，请写明户主的名字再问。"
WHOSE = "名单上没有找到“{said}”。请写户主的全名再问一次。"
NO_CARDS = "{place}还没有登记住户名册，没有卡可以打印。请先用表格导入住户名册。"
PRINT_HELP = "一户一张，每页两张。带电话号码，打印好请当面交到户，多余的收好。"


def card(home: Household, helper: str, backup: str) -> list[tuple[str, str]]:
    """Return the card line by line; no telephone of the household, which knows its own.

    helper, backup: name and telephone as the reader may see them.
    """
    return [
        ("户主", home.head),
        ("人口", f"{home.members}人"),
        ("需要照顾的人", weak(home) or "无"),
        ("受什么威胁", home.zone.replace(",", "、") or NOBODY),
        ("帮转人", helper or NOBODY),
        ("备份帮转人", backup or NOBODY),
        ("转移路线", home.route or NOBODY),
        ("安置点", home.shelter or NOBODY),
        ("备注", home.note),
    ]


def contact(person: str, phone: str) -> str:
    """Return a name with its telephone."""
    return f"{person} {phone}".strip()


def way(home: Household, helper: str, backup: str) -> str:
    """Return to a household where it goes, by which way, and who helps."""
    route = f"走{home.route}，" if home.route else ""
    to = f"到{home.shelter}" if home.shelter else "到哪里还没有登记，请问帮您的人"
    lines = [f"【{TITLE}】{name(home)}：接到通知{route}{to}。"]
    lines.append(f"帮您的人：{helper or NOBODY}。{f'找不到就找{backup}。' if backup else ''}")
    return "\n".join([*lines, *RULES_OF_CARD])


def shown(home: Household, phone: str, card_lines: Sequence[tuple[str, str]]) -> str:
    """Return the card of a household to its helper or to staff; phone: as the reader may see it."""
    lines = [f"【{TITLE}】{home.region.rpartition('/')[2]}{name(home)}{f'，电话{phone}' if phone else ''}"]
    lines += [f"{what}：{value}" for what, value in card_lines if value and what != "户主"]
    return "\n".join(lines)


def who(home: Household, now: str, backup: str, state: str) -> str:
    """Return who sees to a household, and how far it has come where it is on the move."""
    standby = f"，备份是{backup}" if backup else ""
    return f"{home.region.rpartition('/')[2]}{name(home)}现在由{now or NOBODY}负责{standby}。{f'现在：{state}。' if state else ''}"
