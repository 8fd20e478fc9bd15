"""Fan-outs (分批): a warning to thousands is called, begun and ended in slices, so that nobody waits long for the database.

Everything is fixed in the transaction in which it begins; each slice is one more, and a kill in between loses nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.desk import callnotices as notices
from assistant.desk import climbwork, planned
from assistant.events import CLOCK, Actor, Event
from assistant.store import Work, fanout
from assistant.store import warnings as stored
from assistant.store.fanout import FanOutRow, Owed
from assistant.store.outbox import supersede
from assistant.warnings import Call, RelayedWarning, Step, WarningState, calling
from assistant.warnings.case import as_plan
from assistant.warnings.ladder import plan_of
from assistant.wording import relays as words

SLICE = 100
"""People in one transaction: a few tenths of a second (measured), also where each of them has to be handed on."""


def call_out(work: Work, warning: RelayedWarning, wanted: Iterable[tuple[int, str, bool, Sequence[Step]]]) -> None:
    """Fix who is called, in this order, and call the first slice; the clock calls the others.

    wanted: person, place, whether an answer alone is not enough, and the own ladder; without steps a call without one.
    """
    rows = [
        _row(
            warning,
            Owed.CALL,
            person,
            call=f"{warning.number}/{count}",
            region=region,
            must_act=must_act,
            plan=as_plan(list(steps)) if steps else "",
        )
        for count, (person, region, must_act, steps) in enumerate(wanted, 1)
    ]
    fanout.plan(work.session, rows)
    go_on(work, warning.number)


def tell_wave(work: Work, warning: RelayedWarning, people: Iterable[int], event: Event, name: str) -> None:
    """Tell people that a wave has begun."""
    rows = [_row(warning, Owed.WAVE, person, event=event.sequence, why=name) for person in people]
    fanout.plan(work.session, rows)
    go_on(work, warning.number)


def end(work: Work, warning: RelayedWarning, event: Event, why: str, *, silently: Callable[[int], bool]) -> int:
    """Close all calls of a warning that is over; nothing more of it is sent, and who had been told hears of its end.

    why: what the calls' event is called. silently: whether a person needs not hear of it.
    Returns how many calls that were in this slice.
    """
    fanout.give_up(work.session, warning.number)
    supersede(work.session, f"{warning.number}/")
    rows = [
        _row(
            warning,
            Owed.END,
            person,
            call=number,
            event=event.sequence,
            is_told=not silently(person),
            why=why,
        )
        for number, person in stored.called(work.session, warning.number)
    ]
    fanout.plan(work.session, rows)
    return go_on(work, warning.number)


def go_on(work: Work, warning: str = "", *, is_first: bool = True) -> int:
    """Do the next slice of what is owed; return how many people that were.

    warning: its number, where only that one is meant. is_first: nothing of it was done at the same moment.
    """
    rows = fanout.next_slice(work.session, SLICE, warning)
    if rows:
        of = stored.warning(work, rows[0].warning)
        work.foresee(row.person for row in rows)
        if rows[0].what == Owed.CALL:
            _call(work, of, rows, is_first=is_first)
        elif rows[0].what == Owed.WAVE:
            _tell_wave(work, of, rows)
        else:
            _end(work, of, rows)
        fanout.done(work.session, rows)
    return len(rows)


def _row(warning: RelayedWarning, what: Owed, person: int, **fields: Any) -> dict[str, Any]:
    return fanout.EMPTY | {"warning": warning.number, "what": what.value, "person": person} | fields


def _call(work: Work, warning: RelayedWarning, rows: Sequence[FanOutRow], *, is_first: bool) -> None:
    calls = [stored.call(work.session, row.call) if row.is_made else planned.make(work, warning, row) for row in rows]
    news = climbwork.News()
    for made in calls:
        if made.plan:
            climbwork.start(work, warning, made, news)
        else:
            notices.send_bare(work, warning, made)
    climbwork.tell(work, warning, news, is_first=is_first)
    bare = [work.person_by_id(made.person) for made in calls if not made.plan]
    notices.tell_unreachable(work, warning, rows[0].call, bare)


def _tell_wave(work: Work, warning: RelayedWarning, rows: Sequence[FanOutRow]) -> None:
    plan = plan_of(warning.plan)
    wave = next(one for one in plan.waves if one.name == rows[0].why) if plan else None
    event = _event(work, warning, rows[0])
    if wave is not None:
        people = work.people_by_id(row.person for row in rows)
        notices.send(work, event, "wave", people, words.wave(warning, wave))


def _end(work: Work, warning: RelayedWarning, rows: Sequence[FanOutRow]) -> None:
    event = _event(work, warning, rows[0])
    calls = {made.number: made for made in stored.by_number(work.session, [row.call for row in rows])}
    sent = stored.sent(work.session, list(calls))
    told: list[int] = []
    for row in rows:
        made = calls[row.call]
        if made.answered_at is not None or any(one.attempts or one.handed_over_at for one in sent[made.number]):
            told += [made.person] if row.is_told else []
        if made.is_open:
            _close(work, made, row.why, event)
    why = str(event.fields.get("why", ""))
    people = work.people_by_id(dict.fromkeys(told))
    if people:
        notices.send(work, event, warning.state, people, words.ended(warning, why))


def _close(work: Work, made: Call, why: str, event: Event) -> None:
    if why == WarningState.EXPIRED:
        work.append(made, calling.expire(made), CLOCK)
    else:
        work.append(made, calling.over(made, why), Actor(event.actor, event.channel))


def _event(work: Work, warning: RelayedWarning, row: FanOutRow) -> Event:
    return next(one for one in work.events(warning.number) if one.sequence == row.event)
