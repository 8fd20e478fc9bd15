"""How choices are offered where a channel has no buttons (按钮的文字替代), and what stands for what it cannot carry."""

from collections.abc import Sequence

NAMES = {"wechat": "微信公众号", "wecom": "企业微信", "telegram": "Telegram"}
OFF = "没有启用"
BROKEN = "没有启动起来，请看日志；其他渠道照常使用。"
CHOOSE = "回复数字："
MAY_SAY = "可以回复："
NOT_COME = "您发的照片（或语音）没有取到，请再发一次。要是急，先用文字说清楚：在哪里，出了什么事。"
ALL_USED = "对方超过48小时没有来过消息，或者能发给他的条数用完了"
WECHAT_WELL = "微信公众号正常。"
WECHAT_KEYS = (
    "微信公众号没有开：Secret、Token 和 43 位的 EncodingAESKey 要填全。"
    "请对照公众平台“设置与开发→基本配置”，填好 YINGDA_WECHAT_ 开头的几项，再重新启动。"
)
SHORT = 20
"""Characters of a field “thing” of a template message."""
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
TELEGRAM_HEALTH = {
    "starting": "Telegram：正在连接。",
    "polling": "Telegram：正常，隔一会儿去取一次消息。",
    "pushed": "Telegram：正常，等平台把消息推过来。",
    "token": "Telegram：平台不认这个机器人令牌。请到 @BotFather 核对，改好 YINGDA_TELEGRAM_TOKEN 再启动。",
    "conflict": "Telegram：另有程序正用同一个机器人收消息，这里收不到。请停掉那一个，或者给它换一个机器人。",
    "settings": "Telegram：代理地址用不了。请核对 YINGDA_TELEGRAM_PROXY；socks5 代理要先装 httpx[socks]。",
    "no_address": "Telegram：设了推送口令，还要设 YINGDA_PUBLIC_URL（https 开头），平台才知道往哪里推。",
    "refused": "Telegram：平台不接受推送地址或口令。地址要用 https；口令只能用字母、数字、下划线和连字符。",
    "unreachable": "Telegram：连不上平台，一直在重试；网页和别的渠道照常用。内地要设 YINGDA_TELEGRAM_PROXY。",
    "database": "Telegram：消息到了，可是数据库这会儿存不了，正在重试，消息没有丢。",
}
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
