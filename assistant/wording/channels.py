"""How choices are offered where a channel has no buttons (按钮的文字替代)."""

from collections.abc import Sequence

NAMES = {"wechat": "微信公众号", "wecom": "企业微信", "telegram": "Telegram"}
OFF = "没有启用"
BROKEN = "没有启动起来，请看日志；其他渠道照常使用。"
CHOOSE = "回复数字："
MAY_SAY = "可以回复："
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
