"""Sending by WeCom (发送应用消息): one call for each message and person, so that each is known to have gone or not.

Source: developer.work.weixin.qq.com/document/path/90236, 94888.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex
from threading import Lock
from typing import Any

from assistant.errors import RecipientGone, SendingFailed, SendingInDoubt, SendingRefused
from assistant.ports import Outgoing, Receipt
from assistant.wording import wecom as wording
from assistant.wording.sentences import AGAIN
from bots.vendor.calls import CallFailed, Calls
from bots.vendor.errcodes import UNKNOWN, Action
from bots.wecom.cards import REPLY, Message, in_words, messages, task_id
from bots.wecom.reading import CHANNEL
from bots.wecom.state import State

SEND, UPDATE = "/cgi-bin/message/send", "/cgi-bin/message/update_template_card"
TASK_USED = 42014
UNREACHED = ("invaliduser", "unlicenseduser")
SAME = timedelta(minutes=5)
"""So long the platform drops a notice that it has taken before; the last attempt comes four minutes after the first."""
REMEMBERED = 10_000
log = logging.getLogger(__name__)
WORTHLESS = (Action.DEAD_LETTER, Action.DOWNGRADE, Action.DISABLE)


@dataclass(frozen=True, slots=True)
class Said:
    """The last time that a person was sent a text."""

    key: str
    count: int
    at: datetime


class WeComChannel:
    """The app's messages."""

    name = CHANNEL

    def __init__(self, calls: Calls, agent: int, state: State, clock: Callable[[], datetime]) -> None:
        self._calls, self._agent, self._state, self._clock = calls, agent, state, clock
        self._lock = Lock()
        self._gone: OrderedDict[str, int] = OrderedDict()
        """Of messages that stopped half-way, how much has gone."""
        self._said: OrderedDict[tuple[str, str], Said] = OrderedDict()

    def send(self, outgoing: Outgoing, key: str) -> Receipt:
        """See `Channel.send`; what has gone of a long message does not go again where the rest failed."""
        name = ""
        wanted = messages(self._distinct(outgoing, key), key)
        for number in range(self._gone.get(key, 0), len(wanted)):
            name = self._sent(wanted[number], outgoing, key) or name
            self._keep(self._gone, key, number + 1)
        with self._lock:
            self._gone.pop(key, None)
        return Receipt(name)

    def grey(self, user: str, code: str, label: str) -> None:
        """Leave one grey button on a card that was pressed, saying what was chosen; raises CallFailed."""
        button = {"replace_name": wording.chosen(label)}
        self._calls.post(UPDATE, {"userids": [user], "agentid": self._agent, "response_code": code, "button": button})

    def _sent(self, message: Message, outgoing: Outgoing, key: str) -> str:
        body = {"touser": outgoing.recipient, "agentid": self._agent, **message, **_checked(message, key)}
        try:
            answer = self._posted(body, outgoing, key)
        except CallFailed as error:
            self._state.failed(error, self._clock())
            raise _sending_error(error) from None
        self._state.works()
        for field in UNREACHED:  # with errcode 0: the call has worked, for nobody
            if outgoing.recipient.lower() in str(answer.get(field) or "").lower().split("|"):
                raise RecipientGone(channel=CHANNEL, reason=field)
        return str(answer.get("msgid", ""))

    def _posted(self, body: dict[str, Any], outgoing: Outgoing, key: str) -> dict[str, Any]:
        """Send; a card whose name is used up has been taken already, if we are not sure that it has not.

        A card that the platform refuses for a reason which nobody knows goes as words: what is asked must arrive.
        """
        try:
            return self._calls.post(SEND, body)
        except CallFailed as error:
            is_unknown = error.policy.code is not None and error.policy.meaning == UNKNOWN
            if "template_card" not in body or not (is_unknown or error.policy.code == TASK_USED):
                raise
            if is_unknown:
                log.warning("a card of wecom goes as words: %s", error)
                plain = {name: body[name] for name in ("touser", "agentid")}
                return self._calls.post(SEND, {**plain, **in_words(body)})
            if outgoing.text.startswith(AGAIN):
                return {}
        card = {**body["template_card"], "task_id": task_id(f"{key}/{token_hex(8)}", outgoing.text)}
        return self._calls.post(SEND, {**body, "template_card": card})

    def _distinct(self, outgoing: Outgoing, key: str) -> Outgoing:
        """Tell a notice from the same text under another key a little earlier, which the platform would drop."""
        now, named = self._clock(), (outgoing.recipient, outgoing.text)
        known = self._said.get(named)
        if known is None or now - known.at > SAME:
            known = Said(key, 1, now)
        elif known.key != key:
            known = Said(key, known.count + 1, now)
        self._keep(self._said, named, known)
        is_new = known.count == 1 or key.startswith(REPLY)
        return outgoing if is_new else replace(outgoing, text=outgoing.text + wording.times(known.count))

    def _keep(self, kept: OrderedDict[Any, Any], name: object, value: object) -> None:
        with self._lock:
            kept[name] = value
            kept.move_to_end(name)
            if len(kept) > REMEMBERED:
                kept.popitem(last=False)


def _checked(message: Message, key: str) -> dict[str, Any]:
    """Let the platform drop a notice that it has taken before; cards have names, and the same reply may be asked for twice."""
    if message["msgtype"] != "text" or key.startswith(REPLY):
        return {}
    return {"enable_duplicate_check": 1, "duplicate_check_interval": int(SAME.total_seconds())}


def _sending_error(error: CallFailed) -> SendingFailed | SendingRefused:
    said = str(error)
    if error.action is Action.NEXT_CHANNEL:
        return RecipientGone(channel=CHANNEL, reason=said)
    if error.action in WORTHLESS:
        return SendingRefused(channel=CHANNEL, reason=said)
    return (SendingInDoubt if error.is_in_doubt else SendingFailed)(channel=CHANNEL, reason=said)
