"""Rosters in the ledger (排班): orders are added or taken back, and what they lead to becomes posts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from assistant.duty import (
    LOCAL,
    Calendar,
    OrderKind,
    Origin,
    Override,
    Pattern,
    Post,
    PostKind,
    RosterOrder,
    Slot,
    plan_day,
)
from assistant.duty.order import LONGEST_SHIFT, override_data, pattern_data
from assistant.errors import UnknownHolidays, UnknownOrder
from assistant.events import utc
from assistant.rules import Rules
from assistant.store.settling import Office, settle
from assistant.store.work import Work


@dataclass(frozen=True, slots=True)
class Planner:
    """What is needed to plan: rules and calendar."""

    rules: Rules
    calendar: Calendar


def order_pattern(work: Work, office: Office, pattern: Pattern, by: str, planner: Planner) -> RosterOrder:
    """Enter a rotation and plan it as far ahead as the rules say.

    Raises: UnknownHolidays, where not even its first day can be planned.
    """
    order = _kept(work, office, OrderKind.PATTERN, by)
    order.first, order.last, order.data = pattern.starts_on, pattern.ends_on, pattern_data(pattern)
    work.session.add(order)
    work.session.flush()
    _extend(work, order, planner)
    return order


def order_override(
    work: Work, office: Office, override: Override, by: str, calendar: Calendar, reason: str = ""
) -> RosterOrder:
    """Enter a change and plan its days anew; raises UnknownHolidays."""
    order = _kept(work, office, override.kind, by)
    order.first, order.last, order.data, order.reason = override.first, override.last, override_data(override), reason
    work.session.add(order)
    work.session.flush()
    _replan_order(work, order, calendar)
    return order


def revoke(work: Work, number: int, by: str, calendar: Calendar) -> RosterOrder:
    """Take an order back and plan its days anew; raises UnknownOrder, UnknownHolidays."""
    order = work.session.get(RosterOrder, number, with_for_update=True)
    if order is None or order.revoked_at is not None:
        raise UnknownOrder(number=number)
    order.revoked_by, order.revoked_at = by, work.now
    work.session.add(order)
    work.session.flush()
    _replan_order(work, order, calendar)
    return order


def extend(work: Work, planner: Planner) -> int:
    """Plan every rotation as far ahead as the rules say; return how many posts are new. A second call finds nothing."""
    query = select(RosterOrder).where(
        RosterOrder.kind == OrderKind.PATTERN.value, col(RosterOrder.revoked_at).is_(None)
    )
    return sum(_extend(work, order, planner) for order in work.session.exec(query).all())


def orders(session: Session, region: str, unit: str) -> list[RosterOrder]:
    """Return the orders about the roster of an office that hold, in the order in which they were made."""
    query = select(RosterOrder).where(
        RosterOrder.region == region, RosterOrder.unit == unit, col(RosterOrder.revoked_at).is_(None)
    )
    return list(session.exec(query.order_by(col(RosterOrder.id))).all())


def all_orders(session: Session) -> list[RosterOrder]:
    """Return all orders about rosters, those that were taken back too, the newest first."""
    return list(session.exec(select(RosterOrder).order_by(col(RosterOrder.id).desc())).all())


def posts_between(session: Session, first: date, last: date) -> list[Post]:
    """Return the posts of shifts that begin on these days, office by office and in order of time."""
    query = select(Post).where(Post.day >= first, Post.day <= last)
    return list(session.exec(query.order_by(Post.region, Post.unit, col(Post.starts_at), col(Post.id))).all())


def replan(work: Work, office: Office, days: Sequence[date], calendar: Calendar, *, with_past: bool = False) -> int:
    """Make the posts of days what the orders say; return how many are new.

    A shift that has begun stays as it was, but for `with_past`. Raises: UnknownHolidays.
    """
    if not days:
        return 0
    all_made = _made(work.session, office, days[0], days[-1])
    made = [order for order in all_made if order.revoked_at is None]
    patterns = [order.pattern for order in made if order.kind == OrderKind.PATTERN]
    overrides = [order.override for order in made if order.kind != OrderKind.PATTERN]
    count = 0
    for day in days:
        older = [] if _is_ordered(all_made, day) else _written_before(work, office, day)
        slots = plan_day(patterns, [*older, *overrides], calendar, day)
        count += settle(work, office, day, slots, with_past=with_past)
    return count


def _made(session: Session, office: Office, first: date, last: date) -> list[RosterOrder]:
    """Return all orders about days, those that were taken back too, in the order in which they were made."""
    query = select(RosterOrder).where(
        RosterOrder.region == office.region,
        RosterOrder.unit == office.unit,
        RosterOrder.first <= last + LONGEST_SHIFT,
        col(RosterOrder.last).is_(None) | (col(RosterOrder.last) >= first),
    )
    return list(session.exec(query.order_by(col(RosterOrder.id))).all())


def _is_ordered(made: Iterable[RosterOrder], day: date) -> bool:
    return any(one.kind == OrderKind.TABLE and one.first <= day <= (one.last or day) for one in made)


def _written_before(work: Work, office: Office, day: date) -> list[Override]:
    """Return the roster of a day that was entered when no orders were kept yet: it stays until another is entered."""
    query = select(Post).where(Post.region == office.region, Post.unit == office.unit, Post.day == day)
    posts = work.session.exec(query.where(Post.origin == Origin.TABLE.value).order_by(col(Post.id))).all()
    slots = tuple(
        Slot(day, PostKind(one.kind), one.person_id, utc(one.starts_at), utc(one.ends_at), Origin.TABLE)
        for one in posts
    )
    return [Override(OrderKind.TABLE, day, day, slots=slots)] if slots else []


def _kept(work: Work, office: Office, kind: OrderKind, by: str) -> RosterOrder:
    return RosterOrder(
        region=office.region,
        unit=office.unit,
        room_phone=office.room_phone,
        kind=kind.value,
        first=work.now.astimezone(LOCAL).date(),
        made_by=by,
        made_at=work.now,
    )


def _extend(work: Work, order: RosterOrder, planner: Planner) -> int:
    today = work.now.astimezone(LOCAL).date()
    until = today + planner.rules.find("duty.plan.ahead", order.region, today).duration
    until = min(until, order.last or until)
    # the shift of yesterday may still be on
    first = max(today - timedelta(days=1), order.first, (order.planned_until or date.min) + timedelta(days=1))
    count = 0
    for day in _days(first, until):
        try:
            count += replan(work, office_of(work.session, order), [day], planner.calendar)
        except UnknownHolidays:
            if order.planned_until is None:
                raise
            break  # the check says that the year is missing; it is planned once it is known
        order.planned_until = day
        work.session.add(order)
    return count


def _replan_order(work: Work, order: RosterOrder, calendar: Calendar) -> None:
    """Plan the days of an order that have become posts, or are written down in a table."""
    today = work.now.astimezone(LOCAL).date()
    planned = [one.planned_until for one in _patterns(work.session, order)]
    until = max(filter(None, [*planned, _last_day(work.session, order)]), default=today)
    if order.last is not None:
        until = order.last if order.kind in (OrderKind.TABLE, OrderKind.TEMPORARY) else min(until, order.last)
    first = max(order.first, today) - timedelta(days=1)
    is_table = order.kind == OrderKind.TABLE
    days = _days(order.first if is_table else first, until)
    replan(work, office_of(work.session, order), days, calendar, with_past=is_table)


def _last_day(session: Session, order: RosterOrder) -> date | None:
    """Return the last day for which an office has a roster."""
    query = select(Post).where(Post.region == order.region, Post.unit == order.unit)
    last = session.exec(query.order_by(col(Post.day).desc())).first()
    return last.day if last else None


def _patterns(session: Session, order: RosterOrder) -> list[RosterOrder]:
    query = select(RosterOrder).where(RosterOrder.region == order.region, RosterOrder.unit == order.unit)
    return list(session.exec(query.where(RosterOrder.kind == OrderKind.PATTERN.value)).all())


def office_of(session: Session, order: RosterOrder) -> Office:
    """Return the office of an order, with the telephone of its duty room as it was written down last."""
    known = [one.room_phone for one in orders(session, order.region, order.unit) if one.room_phone]
    return Office(order.region, order.unit, known[-1] if known else order.room_phone)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
