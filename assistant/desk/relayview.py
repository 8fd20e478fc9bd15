"""What is shown before a warning is relayed from the console (转发前核对): who is called how, and where nobody is."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.desk import callnotices as notices
from assistant.desk import callplan, capwork, relaywork
from assistant.desk.acting import staff
from assistant.desk.relayorders import held, must
from assistant.desk.relaywork import Relay
from assistant.errors import NotAllowed
from assistant.people import Person, PlaceLevel
from assistant.permissions import WarningAction, roles_for
from assistant.rules import Rules, covers
from assistant.store import Work, cap, place_tree
from assistant.store import warnings as stored
from assistant.warnings import As, Call, Step
from assistant.wording import caps

SHOWN_LEVELS = (PlaceLevel.COUNTY.value, PlaceLevel.TOWNSHIP.value, PlaceLevel.VILLAGE.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One person who would be called."""

    name: str
    region: str
    channels: tuple[str, ...]
    """In the order of trying; empty where no message can reach this person."""
    deputies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a warning would do."""

    lines: tuple[Line, ...]
    empty: tuple[str, ...]
    """Villages for which nobody who must act is known."""
    answer: float
    """Minutes."""
    hindrance: str
    """Why it cannot be done now; empty where it can."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a CAP message would do."""

    digest: str
    state: str
    said: str
    title: str
    lines: tuple[Line, ...]


def places(work: Work, person: Person) -> list[str]:
    """Return the places to which a person may relay, each above what lies in it; raises NotAllowed."""
    own = [grant.region for grant in held(work, person)]
    if not own:
        raise NotAllowed(action=WarningAction.RELAY, role=" ".join(roles_for(WarningAction.RELAY)))
    known = [one.path for one in place_tree(work.session).places if one.level in SHOWN_LEVELS]
    return sorted(path for path in {*known, *own} if any(covers(region, path) for region in own))


def ahead(work: Work, person: Person, one: Relay, rules: Rules) -> Ahead:
    """Return whom a warning or a rehearsal would call; nobody is told of it. Raises: NotAllowed, UnknownRule."""
    for place in one.places:
        must(work, person, WarningAction.RELAY, place)
    seen = relaywork.ahead(work, one, rules)
    above = one.calls_above or not one.is_exercise
    ladders = callplan.ladders_of(work, seen.plan, seen.wanted, calls_above=above)
    lines = tuple(_line(work, who.region, ladders[who.person]) for who in seen.wanted)
    return Ahead(lines, seen.plan.empty, seen.plan.answer, relaywork.hindrance(work, one))


def try_cap(work: Work, person: Person, content: bytes, rules: Rules, chosen: Sequence[str]) -> Tried:
    """Return what a CAP message would do, and keep it for the yes; raises NotAllowed.

    chosen: places, where the message's own areas are unknown here.
    """
    known = cap.keep(work.session, content, work.now)
    if known.state == cap.TAKEN:
        return Tried(known.digest, cap.KEPT, caps.before(known.warning), "", ())
    trial = work.session.begin_nested()
    try:
        row = _taken(work, person, content, rules, chosen)
        title, lines = "", tuple[Line, ...]()
        if row.state == cap.TAKEN:
            title = stored.warning(work, row.warning).title
            calls = stored.calls_of(work.session, row.warning)
            lines = tuple(_line(work, made.region, made.steps) for made in calls if _is_own(made))
        seen = Tried(row.digest, row.state, row.said, title, lines)
    finally:
        trial.rollback()
    return seen


def take_cap(work: Work, person: Person, digest: str, rules: Rules, chosen: Sequence[str]) -> cap.CapRow | None:
    """Take in a CAP message that was looked at; None where none of that digest was kept. Raises NotAllowed."""
    row = cap.kept(work.session, digest)
    if row is None:
        return None
    with work.session.begin_nested():
        return _taken(work, person, row.content.encode(), rules, chosen)


def _taken(work: Work, person: Person, content: bytes, rules: Rules, chosen: Sequence[str]) -> cap.CapRow:
    row = capwork.take(work, content, rules, staff(work, person), chosen)
    if row.warning:
        for place in stored.warning(work, row.warning).places:
            must(work, person, WarningAction.RELAY, place)
    return row


def _is_own(made: Call) -> bool:
    return not made.instead_of and bool(made.steps)


def _line(work: Work, region: str, ladder: Sequence[Step]) -> Line:
    own = [step.channel for step in ladder if step.place == As.SELF.value and step.channel]
    deputies = dict.fromkeys(step.person for step in ladder if step.place == As.DEPUTY.value)
    name = notices.name(work.person_by_id(ladder[0].person))
    standing = tuple(notices.name(one) for one in work.people_by_id(deputies))
    return Line(name, region, tuple(dict.fromkeys(own)), standing)
