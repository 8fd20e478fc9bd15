"""How choices are offered where a channel has no buttons (按钮的文字替代)."""

from collections.abc import Sequence

CHOOSE = "回复数字："
MAY_SAY = "可以回复："
NOT_FETCHED = "您发的照片（或语音）没有取到，请再发一次。要是急，先用文字说清楚：在哪里，出了什么事。"
ALL_USED = "对方超过48小时没有来过消息，或者能发给他的条数用完了"
WECHAT_WELL = "微信公众号正常。"
WECHAT_KEYS = (
    "微信公众号没有开：Secret、Token 和 43 位的 EncodingAESKey 要填全。"
    "请对照公众平台“设置与开发→基本配置”，填好 YINGDA_WECHAT_ 开头的几项，再重新启动。"
)
SHORT = 20
"""Characters of a field “thing” of a template message."""
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


def in_short(text: str) -> str:
    """Return the beginning of a text as one line that a field of a template message holds.

    >>> in_short("【橙色预警】示例镇今晚有大到暴雨，请转移低洼处群众")
    '【橙色预警】示例镇今晚有大到暴雨，请转…'
    """
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
