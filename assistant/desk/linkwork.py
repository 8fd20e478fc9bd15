"""Acknowledging a call by a link (应答链接): for messages that can hold no button; looking at it does nothing."""

from dataclasses import dataclass

from assistant.desk import answering
from assistant.errors import BadLink, UnknownCase, UnknownPerson
from assistant.hazards.moments import day
from assistant.people import Person
from assistant.rules import Rules
from assistant.store import Work, acklinks, prompts
from assistant.store import warnings as stored
from assistant.warnings import Call, RelayedWarning, calling
from assistant.warnings.hearing import Heard
from assistant.wording import warnings as wording

CHANNEL = "link"
PATH = "/a/"


@dataclass(frozen=True, slots=True)
class Asked:
    """A call as the page of its link shows it."""

    text: str
    is_answered: bool


def path_for(work: Work, prompt: str, rules: Rules) -> str:
    """Return the path of a link for a message that was sent (`Outgoing.prompt`); empty where it calls nobody."""
    asked = prompts.find(work.session, prompt)
    if asked is None or wording.RECEIVED not in asked.choices:
        return ""
    try:
        made = stored.call(work.session, asked.subject)
    except UnknownCase:
        return ""
    valid = rules.find("ack.link.valid", made.region, day(work.now)).duration
    return PATH + acklinks.token(work.session, made.number, made.person, work.now + valid)


def seen(work: Work, token: str, rules: Rules) -> Asked:
    """Return what a link is about; raises BadLink."""
    _, warning, made, _ = _opened(work, token, rules)
    return Asked(wording.marked(warning, wording.call(warning, made)), made.answered_at is not None)


def acknowledge(work: Work, token: str, rules: Rules) -> str:
    """Take 收到 from whoever was called, once, and return what is answered; raises BadLink."""
    ticket, _, made, person = _opened(work, token, rules)
    acklinks.spend(work.session, ticket)
    work.channel = CHANNEL
    return answering.take(work, made, person, Heard.received(), wording.RECEIVED)


def _opened(work: Work, token: str, rules: Rules) -> tuple[acklinks.Ticket, RelayedWarning, Call, Person]:
    ticket = acklinks.opened(work.session, token, work.now)
    try:
        made = stored.call(work.session, ticket.call)
        person = work.person_by_id(ticket.person)
    except (UnknownCase, UnknownPerson):
        raise BadLink(reason="wrong") from None
    if made.person != person.id or not person.is_active:  # the call has gone to somebody else, or the person has left
        raise BadLink(reason="wrong")
    warning = stored.warning(work, made.warning)
    if calling.is_over(warning, work.now, rules):
        raise BadLink(reason="over")
    return ticket, warning, made, person
