"""Rehearsals of warnings (演练叫应): shown before they begin, called like the real thing, ended, counted as evidence."""

from assistant.desk import callnotices as notices
from assistant.desk import drillwork, rehearsalresult, relaywork
from assistant.desk.acting import called, staff
from assistant.desk.relayorders import must
from assistant.desk.relaywork import Relay
from assistant.drills.kinds import is_drill
from assistant.hazards.moments import day
from assistant.people import Person
from assistant.permissions import WarningAction, may
from assistant.rules import Rules
from assistant.store import Work, fanout
from assistant.store import drills as items
from assistant.store import warnings as stored
from assistant.warnings import RelayedWarning, WarningState
from assistant.wording import rehearsals as words
from assistant.wording.warnings import marked


def start(work: Work, one: Relay, rules: Rules, person: Person) -> str:
    """Begin a rehearsal and return what whoever begins it reads."""
    hindered = relaywork.hindrance(work, one)
    if hindered:
        return hindered
    warning = relaywork.relay(work, one, rules, staff(work, person))
    calls = [made for made in stored.calls_of(work.session, warning.number) if not made.instead_of]
    lost = [notices.name(work.person_by_id(made.person)) for made in calls if made.unreachable]
    return words.begun(warning, len(calls) + fanout.left(work.session, warning.number), lost)


def live(work: Work, person: Person) -> list[RelayedWarning]:
    """Return the rehearsals that go on and that a person may end, the newest last."""
    grants = work.grants(person)
    return [
        one for one in stored.live(work.session) if one.is_exercise and may(grants, WarningAction.RELAY, one.region)
    ]


def end(work: Work, person: Person, warning: RelayedWarning) -> str:
    """End a rehearsal and return its result. Raises: NotAllowed, WrongState."""
    must(work, person, WarningAction.RELAY, warning.region)
    if not warning.is_exercise:
        return words.NO_EXERCISE.format(number=warning.number)
    relaywork.end(work, warning, WarningState.LIFTED, "", staff(work, person))
    return marked(warning, rehearsalresult.text(work, warning))


def record(work: Work, person: Person, warning: RelayedWarning, number: str) -> str:
    """Count a rehearsal that is over as the evidence for a due drill.

    Raises: NotAllowed, UnknownCase, WrongState.
    """
    must(work, person, WarningAction.FOLLOW, warning.region)
    item = items.item(work, number)
    found = rehearsalresult.result(work, warning)
    refused = {
        words.NO_EXERCISE: not warning.is_exercise,
        words.NOT_OVER: warning.is_live,
        words.NOT_A_DRILL: not is_drill(item.kind) or not stored.meet([item.region], warning.places),
        words.NO_ANSWER_AT_ALL: not found.total.answered,
    }
    why = next((sentence for sentence, is_so in refused.items() if is_so), None)
    if why is not None:
        return why.format(number=warning.number, item=item.number)
    on = day(warning.issued_at or work.now)
    told: dict[str, object] = {"people": found.total.answered, "message": words.evidence(found, warning)}
    drillwork.done(work, person, item, on, told)
    names = "、".join(called(work, one) for one in drillwork.checkers(work, item))
    waits = words.WAITS_FOR_CHECK.format(names=names) if names else ""
    return words.RECORDED.format(number=warning.number, item=item.number, checkers=waits)
