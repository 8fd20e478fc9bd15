"""Which case, and whom, a message of the staff means."""

from dataclasses import dataclass, field
from datetime import datetime

from assistant.desk import caseparties
from assistant.desk.acting import acting, name_of
from assistant.desk.caselists import visible
from assistant.desk.casewords import Said, Wish
from assistant.hazards import Action, Hazard, whistling
from assistant.hazards.handling import Holder
from assistant.hazards.steps import LIVE, is_allowed, is_possible
from assistant.people import Person
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.wording import casework as wording
from assistant.wording.terms import CATEGORIES


@dataclass(frozen=True, slots=True)
class Found:
    """The cases that fit; several have to be asked about."""

    hazards: list[Hazard] = field(default_factory=list)
    missing: str = ""
    """What was named and is not there."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom a wish names: clear, to be chosen from, or unknown with what to say."""

    holders: tuple[Holder, ...] = ()
    choices: tuple[str, ...] = ()
    unknown: str = ""


def find(work: Work, person: Person, said: Said, actions: tuple[Action, ...], talked: str, since: datetime) -> Found:
    """Return the cases that a message means: by number, by words, the one talked about last, or the only one that fits.

    talked: number of the case talked about last; since: when that was.
    """
    seen = visible(work, person)
    if said.case:
        named = [hazard for hazard in seen if _ends(hazard.number, said.case)]
        return Found(_live_first(named), f"编号是{said.case}的隐患")
    if said.hint:
        named = [hazard for hazard in seen if _speaks_of(hazard, said.hint)]
        return Found(_narrowed(work, person, _live_first(named), actions), f"说到“{said.hint}”的隐患")
    fits = [hazard for hazard in seen if _can(work, person, hazard, actions)]
    fits = fits or ([h for h in seen if any(is_possible(h, a) for a in actions)] if said.is_clear else [])
    last = [hazard for hazard in seen if hazard.number == talked]
    if last and (last[0] in fits or not fits) and not _told_of_others(work, person, fits, talked, since):
        return Found(last)
    return Found(fits or (last if said.is_clear else []))


def _ends(number: str, digits: str) -> bool:
    """Say whether a number is meant by its last digits: 01, 1 or 0701-01."""
    return number == digits or ("-" not in digits and int(number.rsplit("-", 1)[-1]) == int(digits))


def _live_first(hazards: list[Hazard]) -> list[Hazard]:
    """Return the open ones where there are any; of the same last digits the latest day counts."""
    live = [hazard for hazard in hazards if hazard.state in LIVE]
    return live or hazards[-1:]


def _narrowed(work: Work, person: Person, hazards: list[Hazard], actions: tuple[Action, ...]) -> list[Hazard]:
    return [hazard for hazard in hazards if _can(work, person, hazard, actions)] or hazards


def _speaks_of(hazard: Hazard, words: str) -> bool:
    told = f"{hazard.region}{hazard.place}{hazard.text}{CATEGORIES.get(hazard.category, '')}"
    return words in told


def _can(work: Work, person: Person, hazard: Hazard, actions: tuple[Action, ...]) -> bool:
    possible = [action for action in actions if is_possible(hazard, action) and _is_awaited(hazard, action)]
    if not possible:
        return False
    by = acting(work, hazard, person)
    is_called = whistling.called_as(hazard, by) is not None
    return any(is_allowed(hazard, action, by, is_called=is_called) for action in possible)


def _is_awaited(hazard: Hazard, action: Action) -> bool:
    """More time is granted or denied only where somebody has asked for it."""
    return action not in (Action.GRANT_EXTENSION, Action.DENY_EXTENSION) or hazard.extension_until is not None


def _told_of_others(work: Work, person: Person, fits: list[Hazard], talked: str, since: datetime) -> bool:
    """Say whether somebody heard of another case that fits, after they talked about the last one: then it is asked."""
    told = stored.told_since(work.session, person, since)
    return any(hazard.number in told for hazard in fits if hazard.number != talked)


def find_holders(work: Work, said: Said, hazard: Hazard, chosen: str) -> Parties:
    """Return whom a wish names; chosen: the answer to an earlier question."""
    if said.wish not in (Wish.HAND, Wish.WHISTLE):
        return Parties()
    words = [said.whom] if said.wish is Wish.HAND else caseparties.several(said.whom)
    if not any(words):
        return Parties(unknown=wording.SAY_WHOM if said.wish is Wish.HAND else wording.SAY_WHO_COMES)
    holders = []
    for name in words:
        known = caseparties.holders(work, name, hazard)
        known = [one for one in known if chosen == name_of(work, one)] or known
        if not known:
            return Parties(unknown=wording.NOBODY.format(words=caseparties.cleaned(name)))
        if len(known) > 1:
            return Parties(choices=tuple(name_of(work, one) for one in known))
        holders.append(known[0])
    return Parties(tuple(holders))
