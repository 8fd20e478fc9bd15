"""A neutral message as WeCom takes it (应用消息、模板卡片): texts, and where there are buttons a card.

Source: developer.work.weixin.qq.com/document/path/90236 (message/send), 94888 (updating a card).
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.ports import Outgoing
from assistant.wording import wecom as wording
from assistant.wording.channels import numbered
from assistant.wording.sentences import AGAIN
from bots.capabilities import WECOM
from bots.cleaning import cleaned
from bots.rendering import Part, render

LONGEST_CARD = 160
"""Characters of a card's text (sub_title_text); the pages recommend no more, and phones cut it."""
LONGEST_TITLE = 26
STYLE_FIRST, STYLE_OTHER = 1, 2
REPLY = "inbox/"
"""Keys of replies begin so."""
Message = dict[str, Any]


def messages(outgoing: Outgoing, key: str) -> list[Message]:
    """Return what is sent for one message, in order: the bodies without recipient.

    key: names the message; its cards keep their names when it is sent again. A long reply has its choices in words:
    two messages for each answer would be a nuisance, and its quota is for calls.
    """
    is_long = len(outgoing.text) > LONGEST_CARD
    capability = replace(WECOM, most_buttons=0) if is_long and key.startswith(REPLY) else WECOM
    return [one for part in render(outgoing, capability) for one in _of(part, key, outgoing.text)]


def _of(part: Part, key: str, whole: str) -> list[Message]:
    """A text that is too long for a card stands before it."""
    if not part.buttons:
        return [_text(part.text)]
    name = task_id(key, whole)
    if len(part.text) <= LONGEST_CARD:
        return [_card(part, name, {"sub_title_text": part.text})]
    title = part.text.strip().partition("\n")[0][:LONGEST_TITLE]
    return [_text(part.text), _card(part, name, {"main_title": {"title": title}, "sub_title_text": wording.BELOW})]


def task_id(key: str, text: str) -> str:
    """Return the name of a card: the same when the message is sent again, never that of another one.

    >>> task_id("c1/2", "（重发）收到请回复") == task_id("c1/2", "收到请回复") != task_id("c1/3", "收到请回复")
    True
    """
    digest = hashlib.blake2b(f"{key}\0{text.removeprefix(AGAIN)}".encode(), digest_size=20)
    return f"yd-{digest.hexdigest()}"


def _text(text: str) -> Message:
    return {"msgtype": "text", "text": {"content": text}}


def _card(part: Part, name: str, words: Message) -> Message:
    buttons = [
        {"text": label, "style": STYLE_OTHER if number else STYLE_FIRST, "key": f"{part.prompt}:{number}"}
        for number, label in enumerate(part.buttons)
    ]
    card = {"card_type": "button_interaction", **words, "task_id": name, "button_list": buttons}
    return {"msgtype": "template_card", "template_card": card}


def in_words(message: Message) -> Message:
    """Return a card as a text with numbered choices, for a platform that does not take the card."""
    card = message["template_card"]
    text = "" if "main_title" in card else card["sub_title_text"]  # a long text has gone before
    return _text(f"{text}\n{numbered([button['text'] for button in card['button_list']])}".strip())


def greyed(user: str, company: str, label: str, now: datetime) -> str:
    """Return the reply to a pressed button that leaves one grey button saying what was chosen."""
    name = _data("ReplaceName", wording.chosen(label))
    return f"<xml>{_head(user, company, now)}{_data('MsgType', 'update_button')}<Button>{name}</Button></xml>"


def said(user: str, company: str, text: str, now: datetime) -> str:
    """Return a reply of text, in the answer to the callback itself."""
    return f"<xml>{_head(user, company, now)}{_data('MsgType', 'text')}{_data('Content', text)}</xml>"


def _head(user: str, company: str, now: datetime) -> str:
    names = _data("ToUserName", user) + _data("FromUserName", company)
    return f"{names}<CreateTime>{int(now.timestamp())}</CreateTime>"


def _data(name: str, text: str) -> str:
    return f"<{name}><![CDATA[{cleaned(text)}]]></{name}>"
