"""A wave begins (启动转移): households become due, each helper gets the own list, duty hears the sums; lists change hands."""

from dataclasses import dataclass

from assistant.desk import callnotices as notices
from assistant.desk.evacuationrows import Rows, in_charge, list_of, sums, tell, today, warning_of, with_homes
from assistant.evacuation import HelperList, Household, Transfer, Wave, lists, threatened, waves
from assistant.evacuation import transfer as steps
from assistant.events import RULE, Event
from assistant.people import Person
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store import evacuation as stored
from assistant.store import warnings as relayed
from assistant.warnings import As, RelayedWarning, climbing
from assistant.warnings.climbing import Outcome
from assistant.wording import evacuation as wording


def order(work: Work, warning: RelayedWarning, wave: Wave, rules: Rules, region: str = "") -> list[Transfer]:
    """Begin a wave that somebody orders, widened where it would last into the night.

    region: a part of the warning's place, all of it by default.
    """
    return start(work, warning, Begun(waves.widened(wave, work.now, warning.region, rules), region=region), rules)


@dataclass(frozen=True, slots=True)
class Begun:
    """A wave that begins now."""

    wave: Wave
    rule: str = ""
    """Id of the rule by which the ladder begins it; empty for an order."""
    region: str = ""
    """A part of the warning's place, all of it by default."""


def start(work: Work, warning: RelayedWarning, begun: Begun, rules: Rules) -> list[Transfer]:
    """Begin a wave: the households that it adds, each helper with the own list; duty hears the sums.

    Whoever is on the move already is not asked again. Empty where the place has no roll: there the counters of the
    calls go on alone.
    """
    meant = threatened(stored.roll(work.session), warning.places, warning.area)
    moving = {row.household for row in stored.open_transfers(work.session)}
    chosen = [home for home in waves.chosen(meant, begun.wave) if covers(begun.region, home.region)]
    added = [add(work, warning.number, home, begun) for home in chosen if home.id not in moving]
    if added:
        _hand_out(work, warning, with_homes(work, added), begun.wave, rules)
    return added


def add(work: Work, warning: str, home: Household, begun: Begun) -> Transfer:
    """Put one household among those that must move."""
    count = len(stored.transfers_of(work.session, warning)) + 1
    row = Transfer(number=f"{warning}/h{count}")
    work.append(row, steps.due(home, warning, begun.wave, work.now, begun.rule), RULE)
    return row


def _hand_out(work: Work, warning: RelayedWarning, known: Rows, wave: Wave, rules: Rules) -> None:
    lonely = []
    for helper in dict.fromkeys(row.helper for row in known.rows):
        rows = known.some(row for row in known.rows if row.helper == helper)
        lonely += _to_helper(work, warning, rows, wave, rules)
    _to_households(work, known)
    event = work.events(known.rows[-1].number)[-1]
    text = wording.started(warning, sums(known), [wording.left(home, row) for row, home in known.pairs(lonely)])
    tell(work, event, "started", in_charge(work, known.rows[0]), text)


def _to_helper(work: Work, warning: RelayedWarning, known: Rows, wave: Wave, rules: Rules) -> list[Transfer]:
    """Send a list to the helper, or else to the backup; return the rows that nobody can be asked to see to."""
    lonely: list[Transfer] = []
    by_person: dict[int, list[Transfer]] = {}
    for row, home in known.pairs():
        person = _reachable_helper(work, warning.number, home)
        if person is None:
            lonely.append(row)
        else:
            if person != row.helper:
                work.append(row, steps.hand_over(row, person), RULE)
            by_person.setdefault(person, []).append(row)
    for person, rows in by_person.items():
        given, event = open_list(work, warning, person, rules, wave)
        text = wording.listed(warning, known.pairs(rows), given.finish_due_at)
        tell(work, event, "list", [work.person_by_id(person)], text)
    return lonely


def _reachable_helper(work: Work, warning: str, home: Household) -> int | None:
    """Return who can be asked to see to a household: the helper, or whoever stands in, or else the backup."""
    known = [_standing_in(work, warning, one) for one in (home.helper_id, home.backup_id) if one is not None]
    people = [work.person_by_id(one) for one in known]
    return next((one.id for one in people if one.is_active and work.has_channel(one)), None)


def _standing_in(work: Work, warning: str, person: int) -> int:
    """Return the deputy who has been called in somebody's place before the wave began, else the person."""
    made = relayed.call_to(work.session, warning, person)
    if made is None or climbing.outcome(made) is not Outcome.PASSED:
        return person
    to = relayed.call(work.session, made.passed_to).person
    is_deputy = any(step.person == to and step.place == As.DEPUTY.value for step in made.steps)
    return _standing_in(work, warning, to) if is_deputy else person


def open_list(work: Work, warning: RelayedWarning, person: int, rules: Rules, wave: Wave) -> tuple[HelperList, Event]:
    """Open a helper's list, or begin its time anew."""
    known = list_of(work, warning.number, person)
    count = len(stored.lists_of(work.session, warning.number)) + 1
    given = known or HelperList(number=f"{warning.number}/l{count}")
    on = today(work)
    answer = rules.find("evacuation.answer", warning.region, on).duration
    finish = rules.find(f"evacuation.finish.{wave.value}", warning.region, on).duration
    return given, work.append(given, lists.told(warning.number, person, work.now, answer, finish), RULE)


def _to_households(work: Work, known: Rows) -> None:
    """Tell those households that have an account here themselves."""
    for row, home in known.pairs():
        person = work.person_by_id(home.person_id) if home.person_id is not None else None
        if person is not None and person.id != row.helper and work.has_channel(person):
            helper = notices.called(work.person_by_id(row.helper)) if row.helper is not None else wording.NOBODY
            tell(work, work.events(row.number)[-1], "home", [person], wording.to_household(home, helper))


def pass_on(work: Work, warning: str, absent: Person, to: Person, rules: Rules) -> int:
    """Give the list of somebody who is not there to who stands in; return how many households changed hands."""
    rows = [row for row in stored.transfers_of(work.session, warning) if row.helper == absent.id and not row.is_over]
    return take_over(work, with_homes(work, rows), absent, to, rules) if rows else 0


def give_back(work: Work, warning: str, deputy: Person, to: Person, rules: Rules) -> int:
    """Give a helper the own households back that have gone to a deputy; return how many.

    The deputy's list stays open: other households may be on it, and the clock closes it where none is.
    """
    theirs = [row for row in stored.transfers_of(work.session, warning) if row.helper == deputy.id and not row.is_over]
    known = with_homes(work, theirs)
    known = known.some(row for row, home in known.pairs() if home.helper_id == to.id)
    if known.rows:
        _hand_over(work, known, to, rules, wording.GIVEN_BACK)
    return len(known.rows)


def take_over(work: Work, known: Rows, absent: Person, to: Person, rules: Rules) -> int:
    """Hand rows of one warning over and send the new helper the list."""
    close_list(work, list_of(work, known.rows[0].warning, absent.id or 0), to.id)
    _hand_over(work, known, to, rules, wording.TAKEN_OVER.format(helper=notices.name(absent)))
    return len(known.rows)


def _hand_over(work: Work, known: Rows, to: Person, rules: Rules, why: str) -> None:
    warning = warning_of(work, known.rows[0])
    for row in known.rows:
        work.append(row, steps.hand_over(row, to.id), RULE)
    given, event = open_list(work, warning, to.id or 0, rules, Wave(known.rows[-1].wave))
    text = wording.listed(warning, known.pairs(), given.finish_due_at)
    tell(work, event, "list", [to], f"{why}\n{text}")


def close_list(work: Work, given: HelperList | None, to: int | None) -> None:
    """Take a list from a helper; whoever has it now is asked from now on."""
    if given is not None and not given.is_over:
        work.append(given, lists.pass_on(to), RULE)
