"""What is done by a button (按钮办事): the same form sent twice is one act, and its answer is shown on the next page."""

import re
import secrets
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from assistant.errors import BadInput
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.store import Work, inbox
from assistant.wording import explain

CHANNEL = "console"
NONCE = re.compile(r"[0-9a-f]{32}")


class ActForm(BaseModel):
    """The fields of a form; whatever else comes is ignored."""

    model_config = ConfigDict(extra="ignore")

    csrf: str = ""
    nonce: str = ""
    act: str = ""
    said: str = ""
    time: str = ""
    dead: str = ""
    injured: str = ""
    missing: str = ""
    trapped: str = ""


class Refused(Exception):
    """A form that cannot be taken as it is: a sentence that says why."""


def new_nonce() -> str:
    """Return what tells one form from all others."""
    return secrets.token_hex(16)


def once(work: Work, person: Person, form: ActForm, done: Callable[[Incoming], Sequence[Outgoing]]) -> str:
    """Do what a form asks for, unless it has been done; keep what is answered and return the form's nonce.

    done: gets the message that the form is, without words yet; may raise Refused and BadInput.
    """
    nonce = form.nonce if NONCE.fullmatch(form.nonce) else new_nonce()
    sender = f"person/{person.id}"
    incoming = Incoming(CHANNEL, nonce, sender, f"{form.act} {form.said} {form.time}".strip(), work.now)
    row = work.entry(incoming)
    if row.is_done:
        return nonce
    work.channel = CHANNEL
    try:
        replies = tuple(done(incoming))
    except (Refused, BadInput) as error:
        sentence = str(error) if isinstance(error, Refused) else explain(error)
        replies = (Outgoing(CHANNEL, sender, sentence),)
    work.finish(row, replies)
    return nonce


def answered(work: Work, person: Person, nonce: str) -> str:
    """Return what a person's form was answered; empty for another's, and for one that has never come."""
    row = inbox.entry(work.session, CHANNEL, nonce) if NONCE.fullmatch(nonce) else None
    if row is None or row.sender != f"person/{person.id}":
        return ""
    return "\n".join(reply.text for reply in work.replies(row))
