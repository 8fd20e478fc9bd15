"""A warning as those in charge see it (叫应情况): who was called when, by which channel, and with which proof; all from the events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.errors import NotAllowed
from assistant.events import Event
from assistant.people import Person, masked
from assistant.permissions import PeopleAction, WarningAction, may, roles_for
from assistant.store import Delivery, Work
from assistant.store import warnings as stored
from assistant.store.outbox import OutboxRow
from assistant.warnings import As, Call, RelayedWarning
from assistant.warnings.climbing import Outcome, outcome
from assistant.warnings.ladder import Plan, plan_of
from assistant.warnings.rollup import Sum, sums, total


@dataclass(frozen=True, slots=True)
class Try:
    """One message to the person called, and what its channel says of it."""

    channel: str
    state: str
    handed_over_at: datetime | None
    vendor_id: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody by name, with the telephone as far as the reader may see it."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One call."""

    call: Call
    who: Contact
    outcome: Outcome
    deputies: tuple[Contact, ...]
    """Who stands in, by the frozen ladder."""
    passed_to: str
    tries: tuple[Try, ...]
    words: str
    """The person's own, of the last answer."""
    entered_by: str
    """Who entered that answer by hand; empty where it came by message."""


@dataclass(frozen=True, slots=True)
class View:
    """One warning."""

    warning: RelayedWarning
    plan: Plan | None
    total: Sum
    sums: tuple[Sum, ...]
    rows: tuple[Row, ...]
    history: tuple[Event, ...]
    may_relay: bool
    sees_phones: bool


def listing(work: Work, person: Person) -> list[tuple[RelayedWarning, Sum]]:
    """Return the warnings that a person may follow, the newest first, with their sums; raises NotAllowed."""
    regions = [one.region for one in work.grants(person) if may([one], WarningAction.FOLLOW, one.region)]
    if not regions:
        raise NotAllowed(action=WarningAction.FOLLOW, role=" ".join(roles_for(WarningAction.FOLLOW)))
    found = [
        one
        for one in stored.warnings_in(work.session, regions)
        if may(work.grants(person), WarningAction.FOLLOW, one.region)
    ]
    return [(one, total(sums(stored.calls_of(work.session, one.number)))) for one in found]


def view(work: Work, person: Person, number: str) -> View:
    """Return one warning with its calls; raises UnknownCase, NotAllowed."""
    warning = stored.warning(work, number)
    if not may(work.grants(person), WarningAction.FOLLOW, warning.region):
        raise NotAllowed(action=WarningAction.FOLLOW, role=" ".join(roles_for(WarningAction.FOLLOW)))
    sees = may(work.grants(person), PeopleAction.SEE_PHONES, warning.region)
    may_relay = may(work.grants(person), WarningAction.RELAY, warning.region)
    return seen(work, warning, sees_phones=sees, may_relay=may_relay)


def seen(work: Work, warning: RelayedWarning, *, sees_phones: bool, may_relay: bool) -> View:
    """Return one warning with its calls, for whoever sits at the machine or has been asked for the right before."""
    calls = stored.calls_of(work.session, warning.number)
    by_place = sums(calls)
    return View(
        warning=warning,
        plan=plan_of(warning.plan),
        total=total(by_place),
        sums=tuple(by_place),
        rows=tuple(_rows(work, calls, sees_phones=sees_phones)),
        history=tuple(work.events(warning.number)),
        may_relay=may_relay,
        sees_phones=sees_phones,
    )


def _rows(work: Work, calls: Sequence[Call], *, sees_phones: bool) -> list[Row]:
    sent = stored.sent(work.session, [made.number for made in calls])
    answers = stored.answers(work.session, [made.number for made in calls])
    by_number = {made.number: made.person for made in calls}
    standing = [step.person for made in calls for step in made.steps]
    work.people_by_id(dict.fromkeys([*by_number.values(), *standing]))

    def contact(person: int) -> Contact:
        one = work.person_by_id(person)
        return Contact(one.name, one.phone if sees_phones else masked(one.phone))

    rows = []
    for made in calls:
        answer = answers.get(made.number)
        deputies = dict.fromkeys(s.person for s in made.steps if s.place == As.DEPUTY.value and s.person != made.person)
        passed = by_number.get(made.passed_to)
        rows.append(
            Row(
                call=made,
                who=contact(made.person),
                outcome=outcome(made),
                deputies=tuple(map(contact, deputies)),
                passed_to=contact(passed).name if passed else "",
                tries=tuple(_try(row) for row in sent[made.number] if row.person_id == made.person),
                words=answer.fields.get("message", "") if answer else "",
                entered_by=_entered_by(work, answer),
            )
        )
    return rows


def _try(row: OutboxRow) -> Try:
    return Try(row.channel, Delivery(row.state).value, row.handed_over_at, row.vendor_id)


def _entered_by(work: Work, answer: Event | None) -> str:
    if answer is None or answer.kind != "entered":
        return ""
    _, _, number = answer.actor.partition("person/")
    return work.person_by_id(int(number)).name if number else answer.actor
