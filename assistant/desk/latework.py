"""Late work (补做): what could not be sent in time is told of once; after a stop, calls go out and stale reminders do not."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from assistant.desk.notices import plain
from assistant.events import utc
from assistant.rules import Rules
from assistant.store import Lane, Work, on_duty, outbox_late, pulse
from assistant.store.limits import purge
from assistant.store.outbox import OutboxRow
from assistant.wording import clock as words

TICK, GAP = "tick", "clock.gap"
Say = Callable[[list[str], list[str]], str]
"""The people whom nothing reached and the cases that it was about → the sentence for duty."""


def due(work: Work, rules: Rules) -> None:
    """Mark what is too late and tell duty of it, once; a second call at the same moment does nothing."""
    before = pulse.beat(work.session, TICK, work.now)
    outbox_late.heal(work.session, work.now)
    purge(work.session, work.now)
    outbox_late.mark(work.session, work.now)
    rows = outbox_late.unnoted(work.session, work.now)
    urgent = [row for row in rows if row.lane == Lane.URGENT.value]
    if urgent:
        _tell(work, urgent, words.unsent_calls)
    stale = [row for row in rows if row.lane == Lane.ROUTINE.value]
    if before is not None and stale and _stood_still(before, work.now, rules):
        _tell(work, stale, lambda people, cases: words.stale(before, work.now, len(people), cases))


def _stood_still(before: datetime, now: datetime, rules: Rules) -> bool:
    """Say whether the clock had stopped: what a person simply does not fetch from a page is nobody's business."""
    return timedelta(0) < utc(now) - before and utc(now) - before >= rules.find(GAP, "", now.date()).duration


def _tell(work: Work, rows: list[OutboxRow], say: Say) -> None:
    """Tell duty of each place in one message what was not sent to its people."""
    for place, here in _by_place(work, rows).items():
        people = list({row.person_id: work.person_by_id(row.person_id) for row in here}.values())
        cases = list(dict.fromkeys(row.subject for row in here if row.subject))
        text = say([words.contact(person.name or words.NAMELESS, person.phone) for person in people], cases)
        for person in on_duty(work, place, but=[person.id or 0 for person in people]):
            work.tell(person, plain(text), key=f"too-late/{here[-1].id}", lane=Lane.URGENT)


def _by_place(work: Work, rows: Iterable[OutboxRow]) -> dict[str, list[OutboxRow]]:
    found: dict[str, list[OutboxRow]] = defaultdict(list)
    for row in rows:
        found[work.person_by_id(row.person_id).region].append(row)
    return found
