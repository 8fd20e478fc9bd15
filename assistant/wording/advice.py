"""Advice cards as a person in danger reads them."""

from collections.abc import Sequence

from assistant.incidents import Card

CALL = "请马上打{numbers}。"
OWN_CALL = "\n电话要您自己打，本服务不能替您报警。"
NEXT_STEP = "下一步"
NEXT = "{title}，下一步：{next}"
NO_NEXT = "照上面说的做，守在安全处，等救援的人来。情况变了，接着在这里说。"
TIP = "提醒您：{now}"


def advice_text(cards: Sequence[Card]) -> str:
    """Return the first answer: whom to call, then card by card what to do and what never to do."""
    numbers = "、".join(dict.fromkeys(number for card in cards for number in card.call))
    return CALL.format(numbers=numbers) + "\n".join(card.text for card in cards) + OWN_CALL


def next_text(cards: Sequence[Card]) -> str:
    """Return what comes after the first answer."""
    return "\n".join(NEXT.format(title=card.title, next=card.next) for card in cards if card.next) or NO_NEXT


def tip_text(card: Card) -> str:
    """Return the tip that goes with the reply to a hazard or a question."""
    return TIP.format(now=card.text)
