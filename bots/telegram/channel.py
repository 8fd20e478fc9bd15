"""Sending on Telegram (发送): a neutral message becomes one or more messages with an inline keyboard."""

from dataclasses import replace
from threading import Event

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from assistant.errors import SendingFailed, SendingInDoubt
from assistant.ports import Outgoing, Receipt
from assistant.wording.channels import DONE
from bots.capabilities import TELEGRAM
from bots.rendering import Part, render
from bots.telegram.client import Client
from bots.telegram.failures import CHANNEL

WITHOUT_BUTTONS = replace(TELEGRAM, most_buttons=0)
"""For a message without a name, to which no button could belong."""
WIDE = 10
"""Characters in one row of buttons; longer ones would be cut off on a small phone."""
PAUSE_S = 1.25
"""Between two parts of one message: a chat takes one a second."""


class TelegramChannel:
    """The way out; what it must not send faster, the outbox holds back."""

    name = CHANNEL

    def __init__(self, client: Client) -> None:
        self._client = client

    def send(self, outgoing: Outgoing, key: str) -> Receipt:
        """Hand over one message, a long one in parts; see `Channel.send`. The Bot API has no idempotency id."""
        sent = 0
        shown = TELEGRAM if outgoing.prompt else WITHOUT_BUTTONS
        for number, part in enumerate(render(outgoing, shown)):
            if number:
                Event().wait(PAUSE_S)
            sent = self._one(outgoing.recipient, part, is_begun=number > 0)
        return Receipt(str(sent))

    def _one(self, chat: str, part: Part, *, is_begun: bool) -> int:
        try:
            return self._client.send(chat, part.text, keyboard(part))
        except SendingFailed as error:
            if not is_begun:
                raise
            # the parts before it are there: all come again, marked as such
            raise SendingInDoubt(channel=CHANNEL, reason=error.details["reason"]) from None


def keyboard(part: Part) -> InlineKeyboardMarkup | None:
    """Return the buttons of a part, short ones side by side; None where it has none.

    What a button gives back has at most 28 bytes, for a name has 24; the platform takes 64.
    """
    buttons = [InlineKeyboardButton(label, callback_data=f"{part.prompt}:{n}") for n, label in enumerate(part.buttons)]
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        if rows and sum(len(one.text) for one in rows[-1]) + len(button.text) <= WIDE:
            rows[-1].append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(rows) if rows else None


def chosen(buttons: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup:
    """Return the same buttons with the pressed one marked; the others stay, for who has pressed the wrong one."""
    return InlineKeyboardMarkup(
        [[_marked(button, is_chosen=button.callback_data == data) for button in row] for row in buttons.inline_keyboard]
    )


def _marked(button: InlineKeyboardButton, *, is_chosen: bool) -> InlineKeyboardButton:
    label = button.text.removeprefix(DONE)
    return InlineKeyboardButton(DONE + label if is_chosen else label, callback_data=button.callback_data)
