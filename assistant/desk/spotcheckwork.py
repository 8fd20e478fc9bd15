"""Spot checks at the desk (查岗): a leader or the clock asks, the person on duty answers with the code, lateness is told."""

from datetime import timedelta
from random import Random, SystemRandom

from assistant.desk.acting import staff
from assistant.desk.incidentcalls import nearest
from assistant.desk.knowledge import plain
from assistant.desk.shiftwork import leaders, once, send
from assistant.duty import CheckState, Shift, SpotCheck, spotcheck, turns
from assistant.duty.shiftorders import Ordered, ShiftOrder
from assistant.events import CLOCK, Actor, utc
from assistant.people import Person, Role
from assistant.permissions import ShiftAction, may
from assistant.ports import Outgoing
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import shifts as stored
from assistant.wording import spotchecks as words

REPORTED = timedelta(days=30)
DRAWING: Random = SystemRandom()
"""Nobody can know a code or a moment before."""


def act(ordered: Ordered, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what a message asks: check, report, or answer with a code; None where it is for somebody else."""
    if ordered.order is ShiftOrder.CODE:
        return _answered(ordered.rest, person, work)
    regions = in_charge_of(work, person)
    if not regions:
        return None
    if ordered.order is ShiftOrder.CHECKS:
        checks = stored.checks_since(work.session, regions, work.now - REPORTED)
        return [plain(words.report(checks, names(work, checks), work.now))]
    return [plain(_checked(regions, person, work, rules))]


def in_charge_of(work: Work, person: Person) -> list[str]:
    """Return the places where somebody may check: by role, or by leading a shift that is on now."""
    held = [grant.region for grant in work.grants(person) if may([grant], ShiftAction.CHECK, grant.region)]
    led = [
        shift.region
        for shift in stored.running(work.session, [""], work.now)
        if turns.leader_of(stored.posts_on(work.session, shift)) == person.id
    ]
    return [*held, *led]


def names(work: Work, checks: list[SpotCheck]) -> dict[int, str]:
    """Return the names of who was checked, by id."""
    return {person.id or 0: person.name for person in work.people_by_id(dict.fromkeys(one.person for one in checks))}


def _checked(regions: list[str], person: Person, work: Work, rules: Rules) -> str:
    """Ask everybody who must be on duty now, but not twice at a time and never the one who asks."""
    asked: list[Person] = []
    for shift in stored.running(work.session, regions, work.now):
        asked += _ask_all(shift, person.id, staff(work, person), work, rules)
    if not asked:
        return words.NOBODY_TO_CHECK
    silent = [one.name for one in asked if not work.has_channel(one)]
    return words.asked([one.name for one in asked], silent)


def _ask_all(shift: Shift, by: int | None, actor: Actor, work: Work, rules: Rules) -> list[Person]:
    waiting = {one.person for one in stored.asked_checks(work.session)}
    needed = turns.required(stored.posts_on(work.session, shift))
    people = [one for one in work.people_by_id(needed) if one.id != by and one.id not in waiting]
    for one in people:
        check = SpotCheck(number=work.next_number(stored.CHECK))
        code = spotcheck.new_code(DRAWING)
        event = work.append(check, spotcheck.ask(shift, one.id or 0, by, code, work.now, rules), actor)
        send(work, event, "question", [one], words.question(check))
    return people


def _answered(code: str, person: Person, work: Work) -> list[Outgoing] | None:
    """Take a code from whoever was asked for one; another number is not the code."""
    checks = stored.open_checks(work.session, person.id or 0)
    if not checks:
        return None
    check = next((one for one in checks if one.code == code), None)
    if check is None:
        is_waiting = any(one.state == CheckState.ASKED.value for one in checks)
        return [plain(words.WRONG_CODE)] if is_waiting else None
    if spotcheck.is_missed(check, work.now):
        _miss(check, work)
    event = work.append(check, spotcheck.answer(check, work.now), staff(work, person))
    if check.state == CheckState.LATE.value:
        told = [one for e in work.events_of(check.number, "missed") for one in e.fields["told"]]
        send(work, event, "late", work.people_by_id(told), words.came_late(check, person.name))
    return [plain(words.answered(check))]


def due(work: Work, rules: Rules) -> int:
    """Tell of answers that did not come in time, and make the checks that were drawn; return how many events that made."""
    made = 0
    for check in stored.asked_checks(work.session):
        if spotcheck.is_missed(check, work.now):
            _miss(check, work)
            made += 1
    for shift in stored.live(work.session):
        before = shift.version
        _draw(shift, work, rules)
        made += shift.version - before
    return made


def _draw(shift: Shift, work: Work, rules: Rules) -> None:
    """Draw once when a shift is on; make the check when its moment comes, unless the shift is over by then."""
    if shift.state not in turns.RUNNING or utc(work.now) < shift.begins:
        return
    if shift.check_at is None:
        share = rules.find(spotcheck.SHARE, shift.region, shift.begins.date()).value
        if share and not work.events_of(shift.number, "drawn") and utc(work.now) < shift.ends:
            work.append(shift, spotcheck.draw(shift, rules, DRAWING), CLOCK)
        return
    if utc(shift.check_at) <= utc(work.now):
        work.append(shift, spotcheck.drawn_done(), CLOCK)
        if utc(work.now) < shift.ends:
            _ask_all(shift, None, CLOCK, work, rules)


def _miss(check: SpotCheck, work: Work) -> None:
    """Record that no answer came, and tell who asked and the leader; where that is the person, the director."""
    shift = stored.shift(work, check.shift)
    posts = stored.posts_on(work.session, shift)
    asked_by = work.people_by_id([check.asked_by] if check.asked_by is not None else [])
    people = [one for one in once([*asked_by, *leaders(work, shift.region, posts)]) if one.id != check.person]
    people = people or [one for one in nearest(work, Role.DIRECTOR, check.region) if one.id != check.person]
    event = work.append(check, spotcheck.miss([one.id or 0 for one in people]), CLOCK)
    person = work.person_by_id(check.person)
    send(work, event, "missed", people, words.missed(check, person.name, person.phone))
