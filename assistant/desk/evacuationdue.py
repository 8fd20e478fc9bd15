"""What time demands of an evacuation (到点): silent helpers lose their lists, late rows are named, refusals are visited again."""

from assistant.desk import callnotices as notices
from assistant.desk import evacuationlists as given_out
from assistant.desk.evacuationrows import Rows, in_charge, tell, today, warning_of, with_homes
from assistant.evacuation import HelperList, State, Transfer, lists, sum_of
from assistant.evacuation import transfer as steps
from assistant.events import CLOCK, utc
from assistant.people import Person
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import evacuation as stored
from assistant.warnings import calling
from assistant.wording import evacuation as wording


def due(work: Work, rules: Rules) -> None:
    """Do all that time demands, once; a second call at the same moment does nothing."""
    if not stored.is_anything_open(work.session):
        return
    _end(work, rules)
    for given in stored.open_lists(work.session):
        rows = [row for row in stored.transfers_of(work.session, given.warning) if not row.is_over]
        known = with_homes(work, [row for row in rows if row.helper == given.person])
        if not known.rows:
            work.append(given, lists.end(), CLOCK)
        elif lists.is_silent(given, work.now) and any(wording.is_open(row) for row in known.rows):
            _silent(work, given, known, rules)
        elif lists.is_late(given, work.now):
            _late(work, given, known)
    for row in stored.open_transfers(work.session):
        if row.stands is State.REFUSED and row.visit_at is not None and utc(row.visit_at) <= work.now:
            _visit(work, row, rules)


def _end(work: Work, rules: Rules) -> None:
    """Close what is over: everybody is at home or away, or the warning is over and nobody is out."""
    rows = stored.open_transfers(work.session)
    for number in dict.fromkeys(row.warning for row in rows):
        own = [row for row in rows if row.warning == number]
        is_released = any(row.released_at is not None for row in own)
        is_settled = all(row.stands in (State.RETURNED, State.AWAY, State.REFUSED) for row in own)
        is_past = calling.is_over(warning_of(work, own[0]), work.now, rules)
        if (is_released and is_settled) or (is_past and not any(row.stands in steps.OUT for row in own)):
            for row in own:
                work.append(row, steps.end(row), CLOCK)


def _silent(work: Work, given: HelperList, known: Rows, rules: Rules) -> None:
    """Give each part of a silent helper's list to its backup; duty hears it either way."""
    helper = work.person_by_id(given.person)
    by_backup: dict[int | None, list[Transfer]] = {}
    for row, home in known.pairs():
        backup = home.backup_id if home.backup_id != given.person else None
        person = work.person_by_id(backup) if backup is not None else None
        by_backup.setdefault(person.id if person and _can_take(work, person) else None, []).append(row)
    given_out.close_list(work, given, next(iter(by_backup)))
    for backup, rows in by_backup.items():
        to = work.person_by_id(backup) if backup is not None else None
        if to is not None:
            given_out.take_over(work, known.some(rows), helper, to, rules)
        name = notices.name(to) if to is not None else ""
        text = wording.passed_on(notices.called(helper), name, len(rows))
        event = work.events(given.number)[-1]
        tell(work, event, f"silent/{backup or 0}", in_charge(work, rows[0], but=[given.person]), text)


def _can_take(work: Work, person: Person) -> bool:
    return person.is_active and work.has_channel(person)


def _late(work: Work, given: HelperList, known: Rows) -> None:
    """Name to duty and leader who is not safe when the time is over."""
    event = work.append(given, lists.remind(), CLOCK)
    unsafe = known.left(unsafe=True)
    if unsafe:
        helper = notices.called(work.person_by_id(given.person))
        text = wording.late(warning_of(work, known.rows[0]), helper, sum_of(known.rows), unsafe)
        tell(work, event, "late", in_charge(work, known.rows[0]), text)


def _visit(work: Work, row: Transfer, rules: Rules) -> None:
    """Send the helper to somebody who refuses, a few times; a leader knows since the first refusal."""
    every = rules.find("evacuation.visit", row.region, today(work)).duration
    most = round(rules.find("evacuation.visit.most", row.region, today(work)).value)
    event = work.append(row, steps.ask_again(row, work.now, every, most), CLOCK)
    home = stored.households(work.session, [row.household])[row.household]
    to = [work.person_by_id(row.helper)] if row.helper is not None else in_charge(work, row)
    tell(work, event, "visit", to, wording.visit(wording.name(home), row.visits, row.reason))
