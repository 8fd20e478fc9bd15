"""The roster as an office prints it, and as a calendar file: names and the duty room's telephone, no person's."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from assistant.duty import LOCAL, Post, PostKind, load_calendar
from assistant.duty.ical import Entered, write_shifts
from assistant.events import utc
from assistant.exports.tables import Cell, Column, Table
from assistant.rules import covers
from assistant.store import ledger
from assistant.store.ledger import Chosen
from assistant.wording import exports as words
from assistant.wording.rosters import SHORT_KINDS, hours, office, weekday

WIDTHS = (6, 14, 7, 9, 19, 16, 26, 16, 22, 16)
Row = tuple[str, str, datetime, datetime]
"""Region, unit, begin and end of a shift."""


def posts(session: Session, chosen: Chosen, now: datetime, person: str) -> list[Post]:
    """Return the posts of a place from a day on, by default from the first of this month; of one person where named."""
    since = (chosen.since or now).astimezone(LOCAL).date()
    first = since if chosen.since else since.replace(day=1)
    query = select(Post).where(Post.day >= first)
    held = session.exec(query.order_by(Post.region, Post.unit, col(Post.starts_at), col(Post.id))).all()
    names = ledger.names(session) if person else {}
    return [
        post
        for post in held
        if covers(chosen.region, post.region) and (not person or names.get(post.person_id) == person)
    ]


def roster_table(session: Session, held: Iterable[Post]) -> Table:
    """Return a row for each shift."""
    names, calendar = ledger.names(session), load_calendar()
    shifts: dict[Row, list[Post]] = {}
    for post in held:
        shifts.setdefault((post.region, post.unit, utc(post.starts_at), utc(post.ends_at)), []).append(post)
    rows: list[tuple[Cell, ...]] = []
    for number, ((region, unit, starts_at, ends_at), on) in enumerate(shifts.items(), 1):
        day = on[0].day
        holiday = calendar.holiday(day) if calendar.knows(day.year) else None
        people = [
            "、".join(names.get(one.person_id, "") for one in on if one.kind == kind) for kind in words.ROSTER_KINDS
        ]
        where = unit or region.rpartition("/")[2]
        date = f"{day.year}年{day.month}月{day.day}日"
        free = holiday.name if holiday else ""
        rows.append((number, date, weekday(day), free, hours(starts_at, ends_at), *people, where, on[0].room_phone))
    columns = tuple(Column(name, width) for name, width in zip(words.ROSTER_COLUMNS, WIDTHS, strict=True))
    return Table(words.TITLES["duty"], columns, tuple(rows))


def roster_calendar(session: Session, held: Iterable[Post], now: datetime) -> bytes:
    """Return the posts as a calendar file."""
    names = ledger.names(session)
    entered = [
        Entered(
            f"{post.region}/{post.unit}/{utc(post.starts_at):%Y%m%dT%H%MZ}/{post.kind}/{post.person_id}@yingda",
            f"{SHORT_KINDS[PostKind(post.kind)]}：{names.get(post.person_id, '')}",
            PostKind(post.kind),
            names.get(post.person_id, ""),
            utc(post.starts_at),
            utc(post.ends_at),
            office(post.region, post.unit),
        )
        for post in held
    ]
    return write_shifts(entered, words.TITLES["duty"], now)
