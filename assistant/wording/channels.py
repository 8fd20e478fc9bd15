"""How choices are offered where a channel has no buttons (按钮的文字替代), and what stands for what it cannot carry."""

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
WECOM_WELL = "企业微信正常。"
WECOM_DOWN = "企业微信出了问题：{why}。请照管理后台核对企业ID、Secret 和可信IP，并看看服务器能不能上网。"
CHOSEN = "已选：{label}"
CARD_BELOW = "请看上面的消息，再点下面的按钮。"
TIMES = "（第{count}次）"
GREETING = "你好"
"""What somebody who opens the bot for the first time counts as having said."""
UNREADABLE = {"video": "[视频]", "shortvideo": "[视频]", "file": "[文件]", "link": "[链接]"}
"""What a message of another kind counts as having said."""
UNREADABLE_OTHER = "[消息]"
KINDS = {"image": "照片", "voice": "语音"}
FILE_NOT_FETCHED = "您发的{kind}我没有收到：平台没有把它传过来。请再发一次；还是不行，就用文字写一写。\n人有危险，不要等，请直接打电话：火警119，急救120，报警110。"
FILE_NOT_KEPT = "您发的{kind}没有存下来。{why}"


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


def wecom_down(why: str) -> str:
    """Return what the operator is told; why: what the platform says."""
    return WECOM_DOWN.format(why=why)


def chosen(label: str) -> str:
    """Return what stands on a button that was pressed."""
    return CHOSEN.format(label=label)


def times(count: int) -> str:
    """Return what tells a message from the same one a little earlier."""
    return TIMES.format(count=count)


def not_fetched(kind: str) -> str:
    """Return what is said of a picture or voice message that the platform did not hand over."""
    return FILE_NOT_FETCHED.format(kind=KINDS[kind])


def not_kept(kind: str, why: str) -> str:
    """Return what is said of one that came and is not kept; why: what `explain` says."""
    return FILE_NOT_KEPT.format(kind=KINDS[kind], why=why)


def in_short(text: str) -> str:
    """Return the beginning of a text as one line that a field of a template message holds.

    >>> in_short("【橙色预警】示例镇今晚有大到暴雨，请转移低洼处群众")
    '【橙色预警】示例镇今晚有大到暴雨，请转…'
    """
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
