"""Rotation, changes and calendar: a year walked minute by minute has no gap and no overlap."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.duty import (
    Calendar,
    DayKind,
    Line,
    OrderKind,
    Override,
    Pattern,
    PostKind,
    Slot,
    Turn,
    gaps,
    load_calendar,
    plan,
    plan_day,
)
from assistant.duty.order import RosterOrder, override_data, pattern_data
from assistant.duty.post import Origin
from assistant.errors import UnknownHolidays

CALENDAR = load_calendar()
NEW_YEAR, LAST_DAY = date(2026, 1, 1), date(2026, 12, 31)
DAY_AND_NIGHT = (Turn(time(8), time(20)), Turn(time(20), time(8)))
EVERY_DAY = Line(PostKind.STAFF, ((1,), (2,), (3,)))
MINUTE = timedelta(minutes=1)


def local(day: date, hour: int = 8) -> datetime:
    return (datetime.combine(day, time(hour)) - timedelta(hours=8)).replace(tzinfo=UTC)


def minutes_on(slots: list[Slot], first: date, last: date) -> np.ndarray:
    """Return for each minute from the first morning to the morning after the last how many are on."""
    begins = local(first)
    counts = np.zeros((local(last + timedelta(days=1)) - begins) // MINUTE, dtype=int)
    for slot in slots:
        counts[max(0, (slot.starts_at - begins) // MINUTE) : (slot.ends_at - begins) // MINUTE] += 1
    return counts


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 14), DayKind.WORKDAY),  # a Saturday on which offices work
        (date(2026, 2, 16), DayKind.HOLIDAY),  # a Monday in the Spring Festival
        (date(2026, 2, 24), DayKind.WORKDAY),
        (date(2026, 7, 4), DayKind.WEEKEND),
        (date(2026, 10, 10), DayKind.WORKDAY),
        (date(2025, 10, 8), DayKind.HOLIDAY),  # two festivals in one
        (date(2025, 4, 27), DayKind.WORKDAY),
    ],
)
def test_a_day_is_what_the_notice_says(day: date, kind: DayKind):
    assert CALENDAR.kind(day) is kind


def test_the_notices_have_as_many_days_off_as_they_say():
    off = Counter(
        day.year
        for number in range(730)
        if CALENDAR.holiday(day := date(2025, 1, 1) + timedelta(days=number)) is not None
    )
    assert off == {2025: 1 + 8 + 3 + 5 + 3 + 8, 2026: 3 + 9 + 3 + 5 + 3 + 3 + 7}


def test_a_year_without_data_is_said_and_not_guessed():
    with pytest.raises(UnknownHolidays, match="2027"):
        CALENDAR.kind(date(2027, 1, 4))


def test_a_rotation_without_holidays_needs_no_calendar():
    assert plan_day([Pattern(NEW_YEAR, (EVERY_DAY,))], [], Calendar({}, ()), date(2031, 1, 1)) != []


def a_year() -> Pattern:
    """Teams by days, nights apart, weekends and holidays with lines of their own."""
    days = frozenset({DayKind.WORKDAY})
    return Pattern(
        NEW_YEAR,
        (
            Line(PostKind.LEADER, ((1,), (2,), (3,), (4,), (5,)), period=7),
            Line(PostKind.STAFF, ((11,), (12,), (13,)), DAY_AND_NIGHT, on=days, is_by_turn=True),
            Line(PostKind.STAFF, ((14,), (15,)), on=frozenset({DayKind.WEEKEND})),
            Line(PostKind.STAFF, ((16,), (17,), (18,)), DAY_AND_NIGHT, on=frozenset({DayKind.HOLIDAY})),
        ),
    )


def test_a_year_walked_minute_by_minute_has_one_leader_and_one_on_staff_at_every_minute():
    slots = plan([a_year()], [], CALENDAR, NEW_YEAR, LAST_DAY)
    for kind in (PostKind.LEADER, PostKind.STAFF):
        counts = minutes_on([slot for slot in slots if slot.kind is kind], NEW_YEAR, LAST_DAY)
        assert len(counts) == 365 * 24 * 60
        assert set(counts) == {1}
    assert gaps(slots, local(NEW_YEAR), local(LAST_DAY)) == []


def test_in_holidays_and_on_working_weekends_the_right_line_is_on():
    def staff(day: date) -> set[int]:
        return {slot.person for slot in plan_day([a_year()], [], CALENDAR, day) if slot.kind is PostKind.STAFF}

    assert staff(date(2026, 2, 16)) <= {16, 17, 18}
    assert staff(date(2026, 2, 14)) <= {11, 12, 13}
    assert staff(date(2026, 7, 4)) <= {14, 15}


def test_who_had_the_last_holiday_is_not_on_at_the_next_one():
    last, following = (
        {slot.person for slot in plan_day([a_year()], [], CALENDAR, day)} - set(range(16))
        for day in (date(2026, 1, 3), date(2026, 2, 15))
    )
    assert last == {18}
    assert following == {16}


def test_a_week_long_period_keeps_its_team_for_seven_days():
    weekly = Pattern(NEW_YEAR, (Line(PostKind.LEADER, ((1,), (2,)), period=7),))
    slots = plan([weekly], [], CALENDAR, NEW_YEAR, NEW_YEAR + timedelta(days=13))
    assert [slot.person for slot in slots] == [1] * 7 + [2] * 7


def test_a_change_of_a_few_hours_at_night_cuts_the_shift_of_the_evening_before():
    two_hours = Override(OrderKind.REPLACE, NEW_YEAR, NEW_YEAR, person=3, by=9, hours=Turn(time(2), time(4)))
    before = NEW_YEAR - timedelta(days=1)
    slots = plan_day([Pattern(before - timedelta(days=2), (EVERY_DAY,))], [two_hours], CALENDAR, before)
    assert [(slot.person, slot.ends_at - slot.starts_at) for slot in slots] == [
        (3, timedelta(hours=18)),
        (9, timedelta(hours=2)),
        (3, timedelta(hours=4)),
    ]


def test_a_temporary_roster_replaces_all_and_needs_no_calendar_for_what_it_replaces():
    strict = Pattern(date(2027, 5, 1), (Line(PostKind.STAFF, ((1,),), on=frozenset({DayKind.HOLIDAY})),))
    flood = Pattern(date(2027, 6, 1), (Line(PostKind.LEADER, ((7,), (8,))),), date(2027, 6, 3))
    temporary = Override(OrderKind.TEMPORARY, date(2027, 6, 1), date(2027, 6, 3), pattern=flood)
    (slot,) = plan_day([strict], [temporary], CALENDAR, date(2027, 6, 2))
    assert (slot.person, slot.origin) == (8, Origin.OVERRIDE)
    with pytest.raises(UnknownHolidays):
        plan_day([strict], [temporary], CALENDAR, date(2027, 6, 4))


def test_what_is_added_comes_to_each_shift_and_what_is_removed_goes():
    nights = Pattern(NEW_YEAR, (Line(PostKind.STAFF, ((1,),), DAY_AND_NIGHT),))
    added = Override(OrderKind.ADD, NEW_YEAR, NEW_YEAR, person=5, post=PostKind.DEPUTY)
    removed = Override(OrderKind.REMOVE, NEW_YEAR, NEW_YEAR, person=1)
    slots = plan_day([nights], [added, removed], CALENDAR, NEW_YEAR)
    assert [(slot.person, slot.kind) for slot in slots] == [(5, PostKind.DEPUTY)] * 2
    assert plan_day([nights], [added, removed], CALENDAR, NEW_YEAR + timedelta(days=1))[0].person == 1


TURNS = st.sampled_from(
    [
        (Turn(),),
        DAY_AND_NIGHT,
        (Turn(time(0), time(8)), Turn(time(8), time(16)), Turn(time(16), time(0))),
        (Turn(time(17, 30), time(17, 30)),),
    ]
)
TEAMS = st.lists(st.integers(1, 6), min_size=1, max_size=4, unique=True).map(lambda ids: tuple((one,) for one in ids))
LINES = st.builds(Line, st.just(PostKind.STAFF), TEAMS, TURNS, st.integers(1, 9), is_by_turn=st.booleans())
DAYS = st.dates(date(2026, 1, 20), date(2026, 3, 20))
CLOCK = st.builds(time, st.integers(0, 23), st.integers(0, 59))
HOURS = st.none() | st.builds(Turn, CLOCK, CLOCK)


@st.composite
def replacements(draw: st.DrawFn) -> Override:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    person, by = draw(st.integers(1, 6)), draw(st.integers(1, 12))
    return Override(OrderKind.REPLACE, first, last, person, by, hours=draw(HOURS))


@settings(max_examples=60, deadline=None)
@given(line=LINES, changes=st.lists(replacements(), max_size=4))
def test_whatever_is_replaced_no_minute_is_lost_and_none_is_held_twice(line: Line, changes: list[Override]):
    pattern, first, last = Pattern(date(2026, 1, 5), (line,)), date(2026, 1, 15), date(2026, 3, 31)
    planned = plan([pattern], [], CALENDAR, first, last)
    changed = plan([pattern], changes, CALENDAR, first, last)
    assert Counter(minutes_on(planned, first, last)) == Counter(minutes_on(changed, first, last))
    ends = sorted((slot.starts_at, slot.ends_at) for slot in changed)
    assert all(one[1] == following[0] for one, following in zip(ends, ends[1:], strict=False))


@settings(max_examples=40, deadline=None)
@given(line=LINES, change=replacements())
def test_an_order_is_read_as_it_was_written(line: Line, change: Override):
    pattern = Pattern(date(2026, 1, 5), (line,), date(2026, 9, 1))
    held = {"kind": "pattern", "first": NEW_YEAR, "made_by": "x", "made_at": datetime(2026, 1, 1, tzinfo=UTC)}
    assert RosterOrder(**held, data=pattern_data(pattern)).pattern == pattern
    held |= {"kind": change.kind.value, "first": change.first, "last": change.last}
    assert RosterOrder(**held, data=override_data(change)).override == change
