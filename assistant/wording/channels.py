"""How choices are offered where a channel has no buttons (按钮的文字替代)."""

from collections.abc import Sequence

CHOOSE = "回复数字："
MAY_SAY = "可以回复："
DONE = "✓ "
"""Before the label of a button that was pressed."""
COMMANDS = {"start": "你好", "help": "帮助", "cancel": "取消", "ack": "收到", "bind": "绑定"}
"""What the commands of a menu say; what follows a command is said with it."""
BINDING = "绑定"
"""Before the code of a link by which somebody came here for the first time."""
UNREADABLE = (
    "您发来的这一条我看不懂：这里能收的是文字、照片、语音和定位。请换成文字，或者拍张照片发来。\n"
    "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
)
EDITED = (
    "您改了前面发的一条消息。这里只看得到第一次发的，改了的没有记。请把改好的话再发一遍。\n"
    "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
)
IN_GROUP = (
    "群里说的事我不登记、不回答，免得别人看到。请点我的头像，单独发给我。\n"
    "人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
)
MEDIA_LOST = "您发的照片（或语音）没有取到，试了几次都不行。写的话照样在办；照片请再发一次，急的话先用文字说清楚在哪里、出了什么事。"
CUT = "（后面还有，回复“继续”接着看）"


def numbered(choices: Sequence[str]) -> str:
    """Return choices to be answered with a number.

    >>> numbered(["收到", "需要支援"])
    '回复数字：1 收到　2 需要支援'
    """
    return CHOOSE + "　".join(f"{number} {label}" for number, label in enumerate(choices, 1))


def suggested(choices: Sequence[str]) -> str:
    """Return choices that may be said in words.

    >>> suggested(["全文", "出处"])
    '可以回复：全文、出处'
    """
    return MAY_SAY + "、".join(choices)
