"""What the household rolls hold of a person (住户名册里的个人信息): the own household, and those that somebody helps.

The roll is the village's: a household stays on it when somebody's data are erased, for whoever lives there must be
fetched in danger; the account and the telephone leave it.
"""

import json
from typing import Any

from sqlmodel import Session, col, or_, select

from assistant.evacuation import HelperList, Household, Transfer
from assistant.people import Person


def exported(session: Session, person: Person) -> dict[str, Any]:
    """Return the own household whole with its transfers, of those that a person helps only where they are."""
    own = own_households(session, person)
    ids = [home.id for home in own]
    transfers = session.exec(select(Transfer).where(col(Transfer.household).in_(ids)).order_by(Transfer.number)).all()
    lists = session.exec(select(HelperList).where(HelperList.person == person.id).order_by(HelperList.number)).all()
    return {
        "households": [json.loads(home.model_dump_json()) for home in own],
        "transfers": [json.loads(row.model_dump_json()) for row in transfers],
        "helps": [{"household": home.id, "region": home.region} for home in _helped(session, person)],
        "helper_lists": [json.loads(one.model_dump_json()) for one in lists],
    }


def own_households(session: Session, person: Person) -> list[Household]:
    """Return the households to which a person's account is bound."""
    return list(session.exec(select(Household).where(Household.person_id == person.id).order_by(col(Household.id))))


def _helped(session: Session, person: Person) -> list[Household]:
    is_theirs = or_(
        *(column == person.id for column in (Household.helper_id, Household.backup_id, Household.keeper_id))
    )
    return list(session.exec(select(Household).where(is_theirs).order_by(col(Household.id))))


def unbind(session: Session, person: Person) -> None:
    """Take account and telephone of a person off the roll, and the person off those who help; the households stay."""
    for home in own_households(session, person):
        home.person_id, home.phone = None, ""
        session.add(home)
    for home in _helped(session, person):
        home.helper_id = None if home.helper_id == person.id else home.helper_id
        home.backup_id = None if home.backup_id == person.id else home.backup_id
        home.keeper_id = None if home.keeper_id == person.id else home.keeper_id
        session.add(home)
