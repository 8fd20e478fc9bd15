"""Orders about a roster become posts: changes, swaps and what has begun stay, and nothing is planned twice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from assistant.duty import (
    DayKind,
    Line,
    OrderKind,
    Origin,
    Override,
    Pattern,
    Post,
    PostKind,
    Roster,
    Turn,
    load_calendar,
)
from assistant.errors import UnknownHolidays, UnknownOrder
from assistant.events import utc
from assistant.people import Person
from assistant.rules import load_rules
from assistant.store import Store, Work, keep_roster, open_engine
from assistant.store import rosters as kept
from assistant.store.rosters import Planner
from assistant.store.settling import Office

RULES, CALENDAR = load_rules(), load_calendar()
PLANNER = Planner(RULES, CALENDAR)
NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)
TODAY = date(2026, 7, 1)
TOWN = Office("云南省/示例州/示例县/示例镇", "", "12300000000")
NAMES = ("甲示例", "乙示例", "丙示例", "丁示例")


class Desk:
    """A database with four persons, and a clock that stands still."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOON
        with self.work() as work:
            people = [Person(name=name, region=TOWN.region, created_at=NOON) for name in NAMES]
            work.session.add_all(people)
            work.session.flush()
            self.ids = [person.id or 0 for person in people]

    def work(self):
        return self.store.work(self.now)

    def rotates(self, *, first: date = TODAY, on: frozenset[DayKind] = frozenset()) -> int:
        with self.work() as work:
            line = Line(PostKind.STAFF, tuple((one,) for one in self.ids[:3]), on=on)
            return kept.order_pattern(work, TOWN, Pattern(first, (line,)), "console", PLANNER).id or 0

    def changes(
        self, kind: OrderKind, days: tuple[date, date], person: int, by: int = 0, hours: Turn | None = None
    ) -> int:
        override = Override(kind, *days, self.ids[person], self.ids[by] if by else 0, PostKind.STAFF, hours)
        with self.work() as work:
            return kept.order_override(work, TOWN, override, "person/1", CALENDAR, "出差").id or 0

    def on(self, day: date) -> list[str]:
        with self.work() as work:
            posts = work.session.exec(select(Post).where(Post.day == day).order_by(Post.starts_at, Post.id)).all()
            return [work.person_by_id(post.person_id).name for post in posts]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(Store(engine))
    engine.dispose()


def days(first: int, last: int) -> tuple[date, date]:
    return date(2026, 7, first), date(2026, 7, last)


def posts(work: Work) -> list[Post]:
    return list(work.session.exec(select(Post).order_by(Post.starts_at)).all())


def test_a_rotation_becomes_posts_as_far_ahead_as_the_rule_says(desk: Desk):
    desk.rotates()
    with desk.work() as work:
        held = posts(work)
        assert (held[0].day, held[-1].day) == (TODAY, TODAY + timedelta(days=62))
        assert {post.room_phone for post in held} == {TOWN.room_phone}
    # the shift of today has begun without anybody: it is filled at once
    assert desk.on(TODAY) == ["甲示例"]


def test_the_clock_plans_one_day_more_each_day_and_nothing_twice(desk: Desk):
    desk.rotates()
    desk.now += timedelta(days=2)
    with desk.work() as work:
        assert kept.extend(work, PLANNER) == 2
    with desk.work() as work:
        assert kept.extend(work, PLANNER) == 0


def test_a_change_holds_for_its_days_and_goes_when_it_is_taken_back(desk: Desk):
    desk.rotates()
    number = desk.changes(OrderKind.REPLACE, days(5, 7), 1, 3)
    assert [desk.on(date(2026, 7, day)) for day in (5, 8)] == [["丁示例"], ["乙示例"]]
    with desk.work() as work:
        kept.revoke(work, number, "console", CALENDAR)
    assert desk.on(date(2026, 7, 5)) == ["乙示例"]
    with desk.work() as work, pytest.raises(UnknownOrder):
        kept.revoke(work, number, "console", CALENDAR)


def test_a_table_wins_over_the_rotation_and_a_later_change_over_the_table(desk: Desk):
    desk.rotates()
    with desk.work() as work:
        keep_roster(work, Roster(TOWN.region, date(2026, 7, 10), staff=("丁示例", "丙示例")), RULES)
    assert desk.on(date(2026, 7, 10)) == ["丁示例", "丙示例"]
    desk.changes(OrderKind.REMOVE, days(10, 10), 2)
    assert desk.on(date(2026, 7, 10)) == ["丁示例"]
    desk.now += timedelta(days=1)
    with desk.work() as work:
        kept.extend(work, PLANNER)
    assert desk.on(date(2026, 7, 10)) == ["丁示例"]


def test_two_hours_are_cut_out_of_a_shift(desk: Desk):
    desk.rotates()
    desk.changes(OrderKind.REPLACE, days(3, 3), 2, 3, Turn(time(14), time(16)))
    assert desk.on(date(2026, 7, 3)) == ["丙示例", "丁示例", "丙示例"]


def test_a_shift_that_has_begun_is_not_changed_any_more(desk: Desk):
    desk.rotates()
    desk.changes(OrderKind.REPLACE, days(1, 9), 0, 3)
    assert (desk.on(TODAY), desk.on(date(2026, 7, 4))) == (["甲示例"], ["丁示例"])


def test_a_swap_between_two_persons_outlives_a_change_of_the_roster(desk: Desk):
    desk.rotates()
    with desk.work() as work:
        swapped = next(post for post in posts(work) if post.day == date(2026, 7, 5))
        swapped.person_id, swapped.origin = desk.ids[3], Origin.SWAP.value
        work.session.add(swapped)
        number = swapped.id
    desk.changes(OrderKind.ADD, days(4, 6), 0)
    assert desk.on(date(2026, 7, 5)) == ["丁示例", "甲示例"]
    with desk.work() as work:
        assert work.session.get_one(Post, number).person_id == desk.ids[3]


def test_posts_that_do_not_change_stay_the_rows_that_they_are(desk: Desk):
    desk.rotates()
    with desk.work() as work:
        before = {post.day: post.id for post in posts(work)}
    desk.changes(OrderKind.ADD, days(4, 6), 3)
    with desk.work() as work:
        after = {post.id for post in posts(work)}
    assert set(before.values()) <= after


def test_a_roster_from_before_orders_were_kept_stays_until_another_is_entered(desk: Desk):
    with desk.work() as work:
        begins = datetime(2026, 7, 9, 0, tzinfo=UTC)
        old = Post(
            region=TOWN.region,
            day=date(2026, 7, 9),
            kind="staff",
            person_id=desk.ids[3],
            starts_at=begins,
            ends_at=begins + timedelta(days=1),
        )
        work.session.add(old)
    desk.rotates()
    assert desk.on(date(2026, 7, 9)) == ["丁示例"]


def test_planning_stops_at_a_year_without_holidays_and_goes_on_when_they_are_known(desk: Desk):
    desk.now = datetime(2026, 12, 1, 4, tzinfo=UTC)
    desk.rotates(first=date(2026, 12, 1), on=frozenset(DayKind))
    with desk.work() as work:
        assert posts(work)[-1].day == date(2026, 12, 31)
    with desk.work() as work, pytest.raises(UnknownHolidays):
        line = Line(PostKind.STAFF, ((desk.ids[0],),), on=frozenset(DayKind))
        kept.order_pattern(work, TOWN, Pattern(date(2027, 1, 1), (line,)), "console", PLANNER)


def test_a_year_of_posts_has_no_gap_and_no_overlap_whatever_the_clock_did(desk: Desk):
    """The clock looks at odd times, changes come in between; the posts are walked end to end."""
    desk.now = datetime(2026, 1, 1, 1, tzinfo=UTC)
    desk.rotates(first=date(2026, 1, 1))
    for week in range(1, 26):
        desk.now += timedelta(days=7, hours=week % 5)
        with desk.work() as work:
            kept.extend(work, PLANNER)
        if week % 6 == 0:
            today = desk.now.date()
            desk.changes(
                OrderKind.REPLACE, (today, today + timedelta(days=9)), week % 3, 3, Turn(time(week % 24), time(9))
            )
    with desk.work() as work:
        held = posts(work)
        ends = [(utc(post.starts_at), utc(post.ends_at)) for post in held]
    assert len(held) > 200
    assert all(one[1] == following[0] for one, following in zip(ends, ends[1:], strict=False))
