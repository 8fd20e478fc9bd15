"""Sending (主动下发): a customer message while a window is open, then a subscription or template message, else a refusal.

A refusal says why at once, so that a call goes on to the person's next channel, or to somebody else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy.exc import IntegrityError

from assistant.desk import Desk
from assistant.errors import RecipientGone, SendingFailed, SendingInDoubt, SendingRefused
from assistant.ports import Outgoing, Receipt
from assistant.store import allowances
from assistant.store.allowances import SUBSCRIBED, Kind
from assistant.wording.channels import ALL_USED, in_short
from bots.capabilities import WECHAT
from bots.rendering import Part, render
from bots.vendor.calls import CallFailed, Calls
from bots.vendor.errcodes import Action
from bots.wechat.reading import CHANNEL
from bots.wechat.trouble import Trouble

CUSTOM, TEMPLATE, SUBSCRIPTION = (
    f"/cgi-bin/message/{path}" for path in ("custom/send", "template/send", "subscribe/bizsend")
)
NO_MENUS = 40200
MOST_BEGUN = 1000


@dataclass(frozen=True, slots=True)
class Template:
    """A template of the account: its id, and the field that holds our words; without an id there is none."""

    id: str = ""
    field: str = ""

    @classmethod
    def of(cls, setting: str) -> "Template":
        """Read `id:field`."""
        name, _, field = setting.strip().partition(":")
        return cls(name, field) if field else cls()


@dataclass(frozen=True, slots=True)
class Outside:
    """What may be sent while no window is open."""

    subscription: Template = Template()
    template: Template = Template()
    url: str = ""
    """Where a touch leads."""


class NoRoom(Exception):
    """No customer message may be sent to this person now."""


class Messenger:
    """The Channel of the account."""

    name = CHANNEL

    def __init__(  # noqa: PLR0913  (what it sends by, counts with, and falls back to)
        self, calls: Calls, desk: Desk, clock: Callable[[], datetime], trouble: Trouble, outside: Outside
    ) -> None:
        self._calls, self._desk, self._clock, self._trouble, self._outside = calls, desk, clock, trouble, outside
        self._capability = WECHAT
        self._begun: dict[str, int] = {}
        """Parts of a message that are there already, where a later one failed."""

    def send(self, outgoing: Outgoing, key: str) -> Receipt:
        """Send one message in as many parts as it needs.

        Raises: SendingFailed, SendingInDoubt, SendingRefused, RecipientGone.
        """
        if self._trouble.stopped:
            raise SendingRefused(channel=CHANNEL, reason=self._trouble.stopped)
        parts = render(outgoing, self._capability)
        for number in range(self._begun.get(key, 0), len(parts)):
            try:
                self._customer(parts[number], outgoing.recipient)
            except NoRoom:
                return self._outside_window(outgoing, number)
            except CallFailed as error:
                if error.policy.code != NO_MENUS or not parts[number].buttons:
                    self._raise(error)
                self._capability = replace(WECHAT, most_buttons=0)  # test accounts have no menus
                return self.send(outgoing, key)
            self._remember(key, number + 1)
        self._begun.pop(key, None)
        return Receipt()

    def _customer(self, part: Part, recipient: str) -> None:
        """Send one customer message; raises NoRoom, CallFailed."""
        account = (CHANNEL, recipient)
        kind = self._counted(lambda session, now: allowances.spend_window(session, account, self._desk.rules, now))
        if kind is None:
            raise NoRoom
        try:
            self._called(CUSTOM, {"touser": recipient, **_body(part)})
        except CallFailed as error:
            self._take_back(account, kind, error)
            if error.action is Action.DOWNGRADE and error.policy.code != NO_MENUS:
                raise NoRoom from error
            raise

    def _outside_window(self, outgoing: Outgoing, sent: int) -> Receipt:
        """Send what may go without a window: one line, and a link; what has begun is not begun anew."""
        if sent:
            raise SendingRefused(channel=CHANNEL, reason=ALL_USED)
        body = {"touser": outgoing.recipient}
        account = (CHANNEL, outgoing.recipient)
        subscription, template = self._outside.subscription, self._outside.template
        if subscription.id and self._counted(
            lambda session, now: allowances.spend_subscription(session, account, subscription.id)
        ):
            filled = {**body, **_filled(subscription, outgoing.text), "page": self._link(outgoing)}
            if self._sent(SUBSCRIPTION, filled, account, SUBSCRIBED + subscription.id):
                return Receipt()
        if template.id and self._counted(
            lambda session, now: allowances.spend_template(session, CHANNEL, self._desk.rules, now)
        ):
            filled = {**body, **_filled(template, outgoing.text), "url": self._link(outgoing)}
            if self._sent(TEMPLATE, filled, (CHANNEL, ""), Kind.TEMPLATE):
                return Receipt()
        raise SendingRefused(channel=CHANNEL, reason=ALL_USED)

    def _link(self, outgoing: Outgoing) -> str:
        """Return where a touch leads: to the page on which the call is acknowledged, else to the start."""
        base = self._outside.url.rstrip("/")
        return base + self._desk.link_for(outgoing.prompt, self._clock()) if base and outgoing.prompt else base

    def _sent(self, path: str, body: dict[str, Any], account: tuple[str, str], kind: str) -> bool:
        """Send a message of a template; say whether it has gone, False where the next kind may be tried."""
        try:
            self._called(path, body)
        except CallFailed as error:
            self._take_back(account, kind, error)
            if error.action is Action.DOWNGRADE:
                return False
            self._raise(error)
        return True

    def _called(self, path: str, body: dict[str, Any]) -> None:
        try:
            self._calls.post(path, body)
        except CallFailed as error:
            self._trouble.note(error)
            raise
        self._trouble.clear()

    def _take_back(self, account: tuple[str, str], kind: str, error: CallFailed) -> None:
        """What has certainly not left is not counted; where the platform allows no more, none is left."""
        if error.action is Action.DOWNGRADE and error.policy.code != NO_MENUS:
            self._counted(lambda session, now: allowances.use_up(session, account, kind, self._desk.rules, now))
        elif not error.is_in_doubt:
            self._counted(lambda session, now: allowances.give_back(session, account, kind))

    def _counted(self, count: Callable[..., Any]) -> Any:
        now = self._clock()
        try:
            with self._desk.work(now) as work:
                return count(work.session, now)
        except IntegrityError as error:  # another process has just counted the same person's first one
            raise SendingFailed(channel=CHANNEL, reason="busy") from error

    def _raise(self, error: CallFailed) -> NoReturn:
        """Say to the outbox what to do with the message."""
        if error.action is Action.NEXT_CHANNEL:
            raise RecipientGone(channel=CHANNEL, reason=str(error)) from None
        if error.action in (Action.RETRY, Action.RENEW):
            kind = SendingInDoubt if error.is_in_doubt else SendingFailed
            raise kind(channel=CHANNEL, reason=str(error)) from None
        raise SendingRefused(channel=CHANNEL, reason=str(error)) from None

    def _remember(self, key: str, parts: int) -> None:
        self._begun[key] = parts
        while len(self._begun) > MOST_BEGUN:
            self._begun.pop(next(iter(self._begun)))


def _body(part: Part) -> dict[str, Any]:
    if not part.buttons:
        return {"msgtype": "text", "text": {"content": part.text}}
    choices = [{"id": f"{part.prompt}:{number}", "content": label} for number, label in enumerate(part.buttons)]
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": part.text, "list": choices, "tail_content": ""}}


def _filled(template: Template, text: str) -> dict[str, Any]:
    return {"template_id": template.id, "data": {template.field: {"value": in_short(text)}}}
