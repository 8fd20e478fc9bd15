"""Passive replies (被动回复): one text in answer to a callback; what does not fit is sent afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from assistant.ports import Outgoing
from bots.capabilities import WECHAT
from bots.cleaning import cleaned
from bots.rendering import render

PASSIVE = replace(WECHAT, most_buttons=0)
"""A passive reply has no buttons."""
BETWEEN = "\n\n"


def joined(replies: Sequence[Outgoing]) -> tuple[str, int]:
    """Return one text with as many of the replies as it holds, from the first on, and how many these are.

    Nothing and 0 where not even the first one fits.
    """
    text = ""
    for number, reply in enumerate(replies):
        longer = f"{text}{BETWEEN if text else ''}{_whole(reply)}"
        if PASSIVE.measure(longer) > PASSIVE.limit:
            return text, number
        text = longer
    return text, len(replies)


def _whole(reply: Outgoing) -> str:
    """Return a reply as one text; suggestions for which there is no room are left out."""
    parts = render(reply, PASSIVE)
    return parts[0].text if len(parts) == 1 else cleaned(reply.text)


def as_xml(text: str, recipient: str, account: str, now: datetime) -> str:
    """Return a passive reply as the platform reads it."""
    return (
        f"<xml><ToUserName><![CDATA[{cleaned(recipient)}]]></ToUserName>"
        f"<FromUserName><![CDATA[{cleaned(account)}]]></FromUserName><CreateTime>{int(now.timestamp())}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content></xml>"
    )
