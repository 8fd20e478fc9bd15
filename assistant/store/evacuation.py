"""What the desk looks up about evacuations: the roll, who is on the move, helpers' lists, counts at shelters."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from assistant.evacuation import HelperList, Household, ShelterCount, Transfer
from assistant.events import utc
from assistant.rules import covers
from assistant.store.ledger import Chosen


def roll(session: Session) -> list[Household]:
    """Return all households, place by place."""
    return list(session.exec(select(Household).order_by(Household.region, col(Household.id))).all())


def households(session: Session, ids: Iterable[int]) -> dict[int, Household]:
    """Return households by id."""
    found = session.exec(select(Household).where(col(Household.id).in_(list(ids)))).all()
    return {one.id or 0: one for one in found}


def open_transfers(session: Session) -> list[Transfer]:
    """Return all that is not over, locked, in the order in which they began."""
    query = select(Transfer).where(col(Transfer.is_over).is_(False)).with_for_update()
    return sorted(session.exec(query).all(), key=_order)


def is_anything_open(session: Session) -> bool:
    """Say whether anybody is on the move at all."""
    return session.exec(select(Transfer.number).where(col(Transfer.is_over).is_(False)).limit(1)).first() is not None


def transfers_of(session: Session, warning: str) -> list[Transfer]:
    """Return the transfers of a warning, locked, in the order in which they began."""
    query = select(Transfer).where(Transfer.warning == warning).with_for_update()
    return sorted(session.exec(query).all(), key=_order)


def transfers_in(session: Session, regions: Collection[str], *, with_ended: bool = False) -> list[Transfer]:
    """Return the transfers in some places and below them."""
    query = select(Transfer) if with_ended else select(Transfer).where(col(Transfer.is_over).is_(False))
    rows = sorted(session.exec(query).all(), key=_order)
    return [one for one in rows if any(covers(region, one.region) for region in regions)]


def transfers(session: Session, chosen: Chosen) -> list[tuple[Transfer, Household]]:
    """Return the chosen transfers with their households, ended ones too, in the order in which they began."""
    rows = transfers_in(session, [chosen.region], with_ended=True)
    kept = [one for one in rows if not chosen.states or one.state in chosen.states]
    if chosen.since is not None:
        kept = [one for one in kept if one.started_at is not None and utc(one.started_at) >= chosen.since]
    homes = households(session, {one.household for one in kept})
    return [(one, homes[one.household]) for one in kept]


def _order(one: Transfer) -> tuple[str, int]:
    return one.warning, int(one.number.rpartition("/h")[2])


def lists_of(session: Session, warning: str) -> list[HelperList]:
    """Return the helpers' lists of a warning, locked, in their order."""
    rows = session.exec(select(HelperList).where(HelperList.warning == warning).with_for_update()).all()
    return sorted(rows, key=lambda one: int(one.number.rpartition("/l")[2]))


def open_lists(session: Session) -> list[HelperList]:
    """Return all lists that are not over, locked."""
    query = select(HelperList).where(col(HelperList.is_over).is_(False)).order_by(HelperList.number)
    return list(session.exec(query.with_for_update()).all())


def counts_of(session: Session, warning: str) -> list[ShelterCount]:
    """Return what was counted at the shelters for a warning, locked."""
    query = select(ShelterCount).where(ShelterCount.warning == warning).order_by(ShelterCount.number)
    return list(session.exec(query.with_for_update()).all())
