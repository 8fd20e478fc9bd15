"""Take-over and hand-over by chat (接班、交班): who comes is noted, who goes signs the note, the successor confirms it."""

from datetime import date

from assistant.desk.acting import staff
from assistant.desk.knowledge import plain
from assistant.desk.shiftwork import leaders, named, send
from assistant.drills import DutyItem
from assistant.duty import Shift, ShiftState, turns
from assistant.duty import handover as handing
from assistant.duty.handover import Due, Equipment, Matters, Running
from assistant.duty.shiftorders import Ordered, ShiftOrder
from assistant.events import utc
from assistant.hazards.moments import day
from assistant.hazards.steps import LIVE
from assistant.people import Person
from assistant.ports import Outgoing
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store import drills as items_stored
from assistant.store import hazards as hazards_stored
from assistant.store import shifts as stored
from assistant.store import warnings as warnings_stored
from assistant.store.incidents import open_incidents
from assistant.warnings import CallState
from assistant.wording import drills as item_words
from assistant.wording import shifts as words
from assistant.wording.moments import clock_time

URGENT = frozenset({"urgent", "emergency"})
OWN = frozenset({ShiftOrder.TAKE, ShiftOrder.CONFIRM, ShiftOrder.DRAFT, ShiftOrder.SIGN})
"""These can mean nothing but a shift."""
TOLD = frozenset({ShiftOrder.NOTE, ShiftOrder.WEATHER, ShiftOrder.EQUIPMENT})
SILENT = (CallState.PENDING.value, CallState.SILENT.value, CallState.KNOCK.value)


def act(ordered: Ordered, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what somebody on duty says about the own shift; None where they are on none that it could mean."""
    mine = stored.of_person(work.session, person.id or 0)
    if not mine:
        is_certain = ordered.order in OWN and bool(work.grants(person))
        return [plain(words.NO_SHIFT)] if is_certain else None
    coming = _coming(mine, person, work, rules)
    if ordered.order in (ShiftOrder.TAKE, ShiftOrder.ARRIVED, ShiftOrder.READ):
        return _taken(mine, coming, ordered, person, work, rules)
    if ordered.order is ShiftOrder.CONFIRM:
        return _confirmed(coming or _running(mine, work), person, work, rules)
    running = _running(mine, work)
    if running is None and ordered.order in TOLD and coming is not None and person.id in coming.came:
        running = coming  # who has taken over a little early
    return _going(running, ordered, person, work, rules)


def _coming(mine: list[Shift], person: Person, work: Work, rules: Rules) -> Shift | None:
    """Return the shift that somebody can take over now and has not, else one that they have."""
    open_now = [one for one in mine if turns.can_take(one, work.now, rules)]
    new = [one for one in open_now if person.id not in one.came]
    return next(iter(new or open_now[-1:]), None)


def _running(mine: list[Shift], work: Work) -> Shift | None:
    """Return the last shift of somebody that has begun."""
    begun = [one for one in mine if one.begins <= utc(work.now)]
    return begun[-1] if begun else None


def _taken(
    mine: list[Shift], shift: Shift | None, ordered: Ordered, person: Person, work: Work, rules: Rules
) -> list[Outgoing] | None:
    if shift is None:
        return _known(mine, ordered, person, work, rules)
    if person.id in shift.came:
        if ordered.order is ShiftOrder.READ:
            return None
        before = words.TAKEN_BEFORE.format(where=words.place(shift), time=clock_time(shift.taken_at, work.now))
        return [plain("\n".join([before, _note_before(shift, work)]).strip(), *_confirm_choice(shift, work))]
    return [plain(_take(shift, person, work, rules), *_confirm_choice(shift, work))]


def _take(shift: Shift, person: Person, work: Work, rules: Rules) -> str:
    posts = stored.posts_on(work.session, shift)
    was_late = shift.state == ShiftState.NOT_TAKEN.value
    is_late = utc(work.now) >= shift.begins + turns.span(turns.WITHIN, shift, rules)
    if is_late and turns.is_missed(shift, posts, work.now, rules):
        work.append(shift, turns.miss(shift, posts, [], work.now, rules), staff(work, person))
    previous = _open_before(shift, work)
    fact = turns.take(shift, person.id or 0, posts, work.now, has_note=previous is not None)
    event = work.append(shift, fact, staff(work, person))
    if was_late:
        told = {one for e in work.events(shift.number) if e.kind in ("missed", "climbed") for one in e.fields["told"]}
        text = words.CAME_LATE.format(name=person.name, **words.late_fields(shift, work.now))
        send(work, event, "came", work.people_by_id(sorted(told - {person.id or 0})), text)
    absent = [one.name for one in work.people_by_id(turns.missing(shift, posts))]
    said = words.taken(shift, absent, work.now, is_late=is_late)
    return "\n".join(filter(None, [said, _note_before(shift, work)]))


def _known(mine: list[Shift], ordered: Ordered, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Note that somebody has read a reminder; it is too early to take over."""
    ahead = [one for one in mine if one.state in turns.BEFORE and one.begins > utc(work.now) and one.reminders]
    if not ahead:
        return None if ordered.order is not ShiftOrder.TAKE else [plain(words.NO_SHIFT)]
    shift = ahead[0]
    read = [event for event in work.events_of(shift.number, "acknowledged") if event.fields["person"] == person.id]
    if read and ordered.order is ShiftOrder.READ:
        return None
    work.append(shift, turns.acknowledge(person.id or 0), staff(work, person))
    if ordered.order is ShiftOrder.READ:
        return [plain(words.KNOWN)]
    early = shift.begins - turns.span(turns.EARLY, shift, rules)
    start = clock_time(shift.starts_at, work.now)
    return [plain(words.TOO_EARLY.format(start=start, early=clock_time(early, work.now)))]


def _open_before(shift: Shift, work: Work) -> Shift | None:
    """Return the shift before, where somebody was on it and its hand-over is not confirmed."""
    previous = stored.before(work.session, shift)
    is_open = previous is not None and previous.state != ShiftState.CLOSED.value and previous.taken_at is not None
    return previous if is_open else None


def _note_before(shift: Shift, work: Work) -> str:
    previous = _open_before(shift, work)
    if previous is None:
        return ""
    is_signed = previous.state == ShiftState.HANDED_OVER.value
    return words.READ_NOTE.format(note=previous.note) if is_signed else words.NO_NOTE_YET


def is_note_waiting(shift: Shift, work: Work) -> bool:
    """Say whether the note of the shift before has been signed and waits to be confirmed."""
    previous = _open_before(shift, work)
    return previous is not None and previous.state == ShiftState.HANDED_OVER.value


def _confirm_choice(shift: Shift, work: Work) -> tuple[str, ...]:
    return (words.CONFIRM,) if is_note_waiting(shift, work) else ()


def _confirmed(shift: Shift | None, person: Person, work: Work, rules: Rules) -> list[Outgoing]:
    """The successor stands for the note: the shift before is closed, the own one stands by itself."""
    previous = _open_before(shift, work) if shift is not None else None
    if shift is None or previous is None or previous.state != ShiftState.HANDED_OVER.value:
        return [plain(words.NOTHING_TO_CONFIRM)]
    if person.id not in shift.came and turns.can_take(shift, work.now, rules):
        _take(shift, person, work, rules)
    event = work.append(previous, handing.confirm(person.id or 0, work.now), staff(work, person))
    if shift.state == ShiftState.TAKEN.value:
        work.append(shift, handing.begin(previous.number), staff(work, person))
    time = clock_time(work.now, work.now)
    by = work.people_by_id([previous.handed_over_by or 0])
    others = [one for one in by if one.id != person.id]
    text = words.CONFIRMED_TO.format(name=person.name, time=time, where=words.place(shift))
    send(work, event, "confirmed", others, text)
    return [plain(words.CONFIRMED.format(time=time))]


def _going(shift: Shift | None, ordered: Ordered, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Note, draft and sign: for whoever is on a shift that runs, or has ended and is not handed over."""
    if shift is None or shift.state == ShiftState.HANDED_OVER.value:
        is_about_end = ordered.order in (ShiftOrder.DRAFT, ShiftOrder.SIGN)
        return [plain(words.NONE_TO_HAND_OVER)] if is_about_end else None
    actor = staff(work, person)
    if ordered.order is ShiftOrder.NOTE:
        work.append(shift, handing.note(" ".join(ordered.rest.split())), actor)
        count = len(handing.remarks(work.events(shift.number)))
        return [plain(words.NOTED.format(count=count))]
    if ordered.order is ShiftOrder.STRIKE:
        return [plain(_struck(shift, int(ordered.rest), person, work))]
    if ordered.order is ShiftOrder.WEATHER:
        work.append(shift, handing.tell_weather(" ".join(ordered.rest.split())), actor)
        return [plain(words.WEATHER_KEPT)]
    if ordered.order is ShiftOrder.EQUIPMENT:
        work.append(shift, handing.tell_equipment(" ".join(ordered.rest.split()), work.now), actor)
        return [plain(words.EQUIPMENT_KEPT)]
    if ordered.order is ShiftOrder.DRAFT:
        return [_drafted(shift, person, work)]
    return [_signed(shift, person, work, rules)]


def _struck(shift: Shift, count: int, person: Person, work: Work) -> str:
    known = handing.remarks(work.events(shift.number))
    if not 1 <= count <= len(known):
        return words.NO_REMARK.format(count=count, known=len(known))
    work.append(shift, handing.strike(known[count - 1]), staff(work, person))
    return words.STRUCK.format(count=count, text=known[count - 1].text)


def _drafted(shift: Shift, person: Person, work: Work, before: str = "") -> Outgoing:
    text = note_of(shift, work)
    work.append(shift, handing.draft(text, work.now), staff(work, person))
    return plain(before + words.drafted(text), words.SIGN)


def _signed(shift: Shift, person: Person, work: Work, rules: Rules) -> Outgoing:
    """Sign what was read; where the state has changed since, it is shown again."""
    if not handing.can_sign(shift, work.now, rules):
        early = shift.ends - turns.span(turns.EARLY, shift, rules)
        end = clock_time(shift.ends_at, work.now)
        return plain(words.TOO_EARLY_TO_SIGN.format(end=end, early=clock_time(early, work.now)))
    if not shift.note:
        return _drafted(shift, person, work)
    if shift.note != note_of(shift, work):
        return _drafted(shift, person, work, f"{words.CHANGED}\n\n")
    event = work.append(shift, handing.sign(shift, person.id or 0, work.now), staff(work, person))
    time = clock_time(work.now, work.now)
    successor = stored.after(work.session, shift)
    posts = stored.posts_on(work.session, successor) if successor is not None else []
    people = work.people_by_id(turns.required(posts))
    text = words.HANDED_OVER.format(name=person.name, time=time, note=shift.note)
    send(work, event, "note", [one for one in people if one.id != person.id], text, words.CONFIRM)
    if not people:
        send(
            work,
            event,
            "alone",
            leaders(work, shift.region, []),
            words.gap(shift, handing.NO_SUCCESSOR, [], "", work.now),
        )
        return plain(words.SIGNED_ALONE.format(time=time))
    return plain(words.SIGNED.format(time=time, names=words.listed(one.name for one in people)))


def note_of(shift: Shift, work: Work) -> str:
    """Return the hand-over note of a shift as the live state has it."""
    posts = stored.posts_on(work.session, shift)
    found = matters(shift, work)
    ids = {one.actor: int(one.actor.removeprefix("person/")) for one in found.remarks}
    authors = {actor: work.person_by_id(one).name for actor, one in ids.items()}
    return words.note(shift, named(work, posts), found, authors)


def matters(shift: Shift, work: Work) -> Matters:
    """Return what a successor must know: only read, nothing is changed."""
    region = shift.region
    hazards = [
        one
        for one in hazards_stored.within(work.session, [region])
        if one.state in LIVE and (one.is_overdue or one.urgency in URGENT)
    ]
    return Matters(
        incidents=tuple(one for one in open_incidents(work.session) if covers(region, one.region)),
        hazards=tuple(hazards),
        warnings=tuple(_running_warnings(work, region)),
        items=tuple(_items(shift, work)),
        equipment=_equipment(shift, work),
        remarks=handing.remarks(work.events(shift.number)),
        weather=shift.weather,
    )


def _items(shift: Shift, work: Work) -> list[Due]:
    """Return what is overdue, planned or due before the next shift has ended, the first due first."""
    last = day(shift.ends + (shift.ends - shift.begins)).isoformat()
    undone = [one for one in items_stored.within(work.session, [shift.region]) if one.is_undone]
    near = [one for one in undone if min(one.due_on, one.planned_on or one.due_on) <= last]
    return [_due(one, day(work.now)) for one in near]


def _due(item: DutyItem, today: date) -> Due:
    planned = date.fromisoformat(item.planned_on) if item.planned_on else None
    due_on = date.fromisoformat(item.due_on)
    return Due(item.number, item.region, item_words.what(item), due_on, planned, item.is_overdue(today))


def _equipment(shift: Shift, work: Work) -> Equipment | None:
    known = stored.equipped_before(work.session, shift)
    return Equipment(known.equipment, utc(known.equipment_at or known.starts_at)) if known is not None else None


def _running_warnings(work: Work, region: str) -> list[Running]:
    """Return the live warnings of a place and below it, and others that somebody has not answered, the newest first."""
    found = []
    for warning in warnings_stored.warnings_in(work.session, [region]):
        calls = [one for one in warnings_stored.calls_of(work.session, warning.number) if one.state in SILENT]
        if (calls or warning.is_live) and not warning.is_exercise:
            names = tuple(person.name for person in work.people_by_id(one.person for one in calls))
            found.append(Running(warning.number, warning.title, names))
    return found
