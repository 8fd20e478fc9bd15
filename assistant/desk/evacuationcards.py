"""The households' cards (避险明白卡): what stands on them for whoever reads, one by one and a village at a time."""

from dataclasses import dataclass

from assistant.desk import callnotices as notices
from assistant.desk.evacuationrows import village
from assistant.errors import NotAllowed
from assistant.evacuation import Household
from assistant.masking import mask
from assistant.people import Person
from assistant.permissions import EvacuationAction, PeopleAction, may
from assistant.store import Work
from assistant.store import evacuation as stored
from assistant.wording import households as wording


@dataclass(frozen=True, slots=True)
class Card:
    """One household with its card."""

    home: Household
    lines: tuple[tuple[str, str], ...]
    phone: str
    """Of the household, whole for who helps it and for duty, masked for all others."""


def is_near(home: Household, person: Person) -> bool:
    """Say whether somebody lives in a household, or helps it."""
    return person.id in (home.person_id, home.helper_id, home.backup_id, home.keeper_id)


def may_see(work: Work, person: Person, home: Household) -> bool:
    """Say whether somebody may read the card of a household."""
    return is_near(home, person) or may(work.grants(person), EvacuationAction.SEE_TRANSFERS, home.region)


def card(work: Work, person: Person, home: Household) -> Card:
    """Return a card as somebody may read it."""
    is_open = is_near(home, person) or may(work.grants(person), PeopleAction.SEE_PHONES, home.region)
    helper = contact(work, home.helper_id, is_open=is_open)
    lines = wording.card(home, helper, contact(work, home.backup_id, is_open=is_open))
    return Card(home, tuple(lines), home.phone if is_open else mask(home.phone))


def contact(work: Work, person_id: int | None, *, is_open: bool) -> str:
    """Return name and telephone of who helps, the telephone whole or masked; empty for nobody."""
    person = work.person_by_id(person_id) if person_id is not None else None
    if person is None or not person.is_active:
        return ""
    return wording.contact(notices.name(person), person.phone if is_open else mask(person.phone))


def cards(work: Work, person: Person) -> list[Card]:
    """Return the cards that somebody may read, place by place; raises NotAllowed for whoever may see no roll."""
    grants = work.grants(person)
    if not any(may([grant], EvacuationAction.SEE_TRANSFERS, grant.region) for grant in grants):
        raise NotAllowed(action=EvacuationAction.SEE_TRANSFERS.value, role="staff")
    return [card(work, person, home) for home in stored.roll(work.session) if may_see(work, person, home)]


def village_path(home: Household) -> str:
    """Return the path of the village in which a household lies."""
    before, sign, _ = home.region.partition(village(home.region))
    return before + sign
