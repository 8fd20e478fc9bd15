"""Changes of the roster by chat (排班): read from words, shown, and made once they are confirmed."""

import re
from datetime import datetime, timedelta

from assistant.desk import rosterchange
from assistant.desk.acting import staff
from assistant.desk.knowledge import plain
from assistant.desk.rosterplan import Planned, plan
from assistant.duty import LOCAL, load_calendar
from assistant.duty.changes import LIST, REVOKE, REVOKE_LAST, read_change
from assistant.errors import BadInput, NotAllowed, UnknownOrder
from assistant.events import utc
from assistant.people import Person
from assistant.permissions import PeopleAction, may, roles_for
from assistant.ports import Incoming, Outgoing
from assistant.rules import covers
from assistant.script import simplified
from assistant.store import Work
from assistant.store import rosters as kept
from assistant.wording import explain
from assistant.wording import people as people_words
from assistant.wording import rosterorders as words
from assistant.wording import rosters as roster_words

WAITS = timedelta(minutes=30)
"""So long a change that was shown waits for a yes."""
YES = frozenset({words.CONFIRM, "确认", "对", "对的", "是", "是的", "好", "好的", "可以", "确定"})
NUMBERS = re.compile(r"第([\d、]+)号")


def attend(text: str, incoming: Incoming, person: Person, work: Work) -> list[Outgoing] | None:
    """Show, make, list or take back changes; None where the words are none, or the person keeps no roster."""
    said = "".join(simplified(text).split())
    regions = [one.region for one in work.grants(person) if may([one], PeopleAction.ROSTER, one.region)]
    try:
        return _obeyed(said, text, incoming, person, work, regions) if regions else _refused(said, person, work)
    except BadInput as error:
        return [plain(explain(error))]


def _refused(said: str, person: Person, work: Work) -> list[Outgoing] | None:
    """Say to staff who keep no roster that they cannot; anybody else is not understood to have meant it."""
    change = read_change(said, work.now.astimezone(LOCAL), load_calendar()) if work.grants(person) else None
    if change is None or not change.is_marked:
        return None
    action = people_words.ACTIONS[PeopleAction.ROSTER]
    raise NotAllowed(action=action, role=" ".join(roles_for(PeopleAction.ROSTER)))


def _obeyed(  # noqa: PLR0913  (the words, tidied and as they came, and whose they are)
    said: str, text: str, incoming: Incoming, person: Person, work: Work, regions: list[str]
) -> list[Outgoing] | None:
    if LIST.fullmatch(said):
        return [plain(_listing(work, regions))]
    if found := REVOKE.fullmatch(said):
        number = found["number"] or found["last"]
        return [_taken_back([int(number)], person, work, regions)] if number else None
    is_undoing = REVOKE_LAST.fullmatch(said) is not None
    shown, at, replied = _last(incoming, work) if is_undoing or said in YES else ("", work.now, "")
    if is_undoing and replied.startswith(words.DONE.partition("（")[0]):
        return [_taken_back(_numbers(replied), person, work, regions)]
    if said in YES and replied.startswith(words.PREVIEW):
        planned = plan(shown, at, work, regions)
        return [_made(planned, person, work)] if isinstance(planned, Planned) else _said(planned)
    planned = plan(text, work.now, work, regions)
    return [_preview(planned, work)] if isinstance(planned, Planned) else _said(planned)


def _said(planned: Outgoing | None) -> list[Outgoing] | None:
    return None if planned is None else [planned]


def _last(incoming: Incoming, work: Work) -> tuple[str, datetime, str]:
    """Return what was said last, when, and what was replied; empty where that is too long ago."""
    turns = work.turns(incoming.channel, incoming.sender, 1)
    if not turns or work.now - utc(turns[0].at) > WAITS:
        return "", work.now, ""
    return turns[0].text, utc(turns[0].at), "\n".join(reply.text for reply in turns[0].replies)


def _preview(planned: Planned, work: Work) -> Outgoing:
    notes = [words.BUSY.format(name=planned.by.name)] if planned.by and planned.is_busy else []
    if planned.by and not work.has_channel(planned.by):
        notes.append(words.SILENT.format(name=planned.by.name))
    where = roster_words.office(planned.office.region, planned.office.unit)
    return plain(words.preview(where, planned.lines, notes), words.CONFIRM)


def _made(planned: Planned, person: Person, work: Work) -> Outgoing:
    calendar, actor = load_calendar(), staff(work, person)
    done = [rosterchange.enter(work, planned.office, one, actor, calendar) for one in planned.overrides]
    return plain(_done([one.order.id or 0 for one in done], done, work))


def _done(numbers: list[int], done: list[rosterchange.Told], work: Work) -> str:
    people = {one.id: one for told in done for one in told.people}.values()
    reached = [one.name for one in people if work.has_channel(one)]
    return words.done(numbers, reached, [one.name for one in people if one.name not in reached])


def _numbers(replied: str) -> list[int]:
    found = NUMBERS.search(replied)
    return [int(one) for one in found[1].split("、")] if found else []


def _taken_back(numbers: list[int], person: Person, work: Work, regions: list[str]) -> Outgoing:
    """Take orders back, the last one first; raises UnknownOrder for one of another's place."""
    known = {one.id: one for one in kept.all_orders(work.session)}
    for number in numbers:
        order = known.get(number)
        if order is None or not any(covers(region, order.region) for region in regions):
            raise UnknownOrder(number=number)
    for number in reversed(numbers):
        rosterchange.take_back(work, known[number], staff(work, person), load_calendar())
    return plain(words.TAKEN_BACK.format(numbers="、".join(map(str, numbers))))


def _listing(work: Work, regions: list[str]) -> str:
    orders = [one for one in kept.all_orders(work.session) if any(covers(region, one.region) for region in regions)]
    return "\n".join(rosterchange.line_of(work, one) for one in orders[: words.MOST]) or roster_words.NO_ORDERS
