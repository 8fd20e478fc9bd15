"""Blocked senders at the desk (屏蔽): told now and then that nothing is done; whoever is in danger is heard all the same."""

from datetime import timedelta

from assistant.desk import callwork
from assistant.desk.knowledge import plain
from assistant.dialogue.talk import Talk
from assistant.events import utc
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.store import Work, blocking
from assistant.store.work import INCIDENT
from assistant.triage import Reading
from assistant.wording import blocks as words

SELDOM = timedelta(days=1)
GOES_ON = timedelta(hours=2)
"""So long what is said may belong to an emergency of before: where it is, that somebody is hurt."""


def is_turned_away(incoming: Incoming, person: Person, talk: Talk, reading: Reading, work: Work) -> bool:
    """Say whether a message is not attended to: of a blocked person, who neither is in danger nor answers us."""
    if blocking.of(work.session, person) is None or incoming.pressed is not None:
        return False
    if reading.danger is not None or reading.is_emergency or talk.draft is not None:
        return False
    is_after = talk.case.startswith(INCIDENT) and talk.is_about_case(work.now, GOES_ON)
    return not is_after and not callwork.live_calls(work, person)


def turned_away(person: Person, work: Work) -> tuple[Outgoing, ...]:
    """Return what a blocked person is told, once a day."""
    row = blocking.of(work.session, person)
    if row is None or (row.told_at is not None and work.now - utc(row.told_at) < SELDOM):
        return ()
    row.told_at = work.now
    work.session.add(row)
    return (plain(words.BLOCKED),)
