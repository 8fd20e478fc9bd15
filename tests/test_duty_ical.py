"""Rosters as calendar files: read with repetitions and zones, written, and the same again after both."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.duty import PostKind
from assistant.duty.ical import Entered, read_shifts, write_shifts
from assistant.errors import DamagedCalendar

NOW = datetime(2026, 7, 1, 4, tzinfo=UTC)
FIRST, LAST = date(2026, 7, 1), date(2026, 7, 31)


def calendar(*lines: str) -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sample//", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260601T000000Z"]
    return "\r\n".join([*head, *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def read(*lines: str) -> list[tuple[int, int, str, PostKind]]:
    """Return day, hours, name and kind of each shift."""
    return [
        (one.day.day, (one.ends_at - one.starts_at) // timedelta(hours=1), one.people[0].name, one.kind)
        for one in read_shifts(calendar(*lines), FIRST, LAST)
    ]


def test_a_repeated_shift_comes_every_week_but_on_the_day_left_out():
    shifts = read(
        "SUMMARY:带班领导：张示例",
        "DTSTART;TZID=Asia/Shanghai:20260702T080000",
        "DTEND;TZID=Asia/Shanghai:20260703T080000",
        "RRULE:FREQ=WEEKLY;UNTIL=20260801T000000Z",
        "EXDATE;TZID=Asia/Shanghai:20260716T080000",
    )
    assert shifts == [(day, 24, "张示例", PostKind.LEADER) for day in (2, 9, 23, 30)]


def test_a_time_without_zone_is_of_china_and_one_in_utc_is_moved():
    assert read("SUMMARY:李示例 夜班", "DTSTART:20260702T200000", "DTEND:20260703T080000") == [
        (2, 12, "李示例", PostKind.STAFF)
    ]
    # 18:00 UTC is 02:00 of the next day in China
    assert read("SUMMARY:李示例 值班", "DTSTART:20260702T180000Z", "DURATION:PT6H")[0][0] == 3


def test_an_event_of_a_whole_day_says_so():
    (shift,) = read_shifts(calendar("SUMMARY:副班 王示例", "DTSTART;VALUE=DATE:20260704"), FIRST, LAST)
    assert (shift.day.day, shift.is_all_day, shift.kind) == (4, True, PostKind.DEPUTY)


def test_guests_are_who_is_on_where_the_title_names_nobody():
    guest = 'ATTENDEE;CN="赵示例":mailto:nobody@example.com'
    assert read("SUMMARY:应急值班", guest, "DTSTART:20260702T080000", "DTEND:20260703T080000")[0][2] == "赵示例"


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=MINUTELY",
        "RRULE:FREQ=DAILY;BYMINUTE=0,1,2,3,4,5,6,7,8,9",
        "RRULE:FREQ=NEVER",
    ],
)
def test_what_repeats_without_end_is_refused(line: str):
    with pytest.raises(DamagedCalendar):
        read("SUMMARY:张示例", "DTSTART:20260702T080000Z", "DTEND:20260702T090000Z", line)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", "日期,值班员".encode(), calendar("DTSTART:nonsense")])
def test_what_is_no_calendar_is_refused(data: bytes):
    with pytest.raises(DamagedCalendar):
        read_shifts(data, FIRST, LAST)


def test_what_is_written_is_read_again():
    entered = [
        Entered(f"{number}@yingda", f"{title}：{name}", kind, name, starts, starts + timedelta(hours=12), "示例镇")
        for number, (title, name, kind) in enumerate(
            [("带班领导", "张示例", PostKind.LEADER), ("值班员", "岩温·示例", PostKind.STAFF), ("副班", "Li Ming", PostKind.DEPUTY)]
        )
        if (starts := datetime(2026, 7, 2 + number, 12, tzinfo=UTC))
    ]  # fmt: skip
    shifts = read_shifts(write_shifts(entered, "示例镇值班表", NOW), FIRST, LAST)
    assert [(one.kind, one.people[0].name, one.starts_at, one.ends_at) for one in shifts] == [
        (one.kind, one.name, one.starts_at, one.ends_at) for one in entered
    ]
