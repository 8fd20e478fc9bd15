"""The pre-flight of a roster: each thing that would leave a call unanswered is found, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from assistant.duty import Line, Pattern, PostKind, Slot, Turn, load_calendar, plan
from assistant.duty.preflight import Contact, Finding, FindingKind, Limits, Rosters, Village, check

CALENDAR = load_calendar()
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
BEGIN = datetime(2026, 9, 1, 0, tzinfo=UTC)
"""08:00 in China."""
END = datetime(2026, 10, 1, 0, tzinfo=UTC)
TEAM = tuple((one,) for one in (1, 2, 3, 4))
GOOD = Pattern(
    FIRST,
    (Line(PostKind.LEADER, TEAM), Line(PostKind.STAFF, ((5,), (6,), (7,), (8,)))),
)


def good() -> Rosters:
    contacts = {one: Contact(one, f"1230000000{one}") for one in range(1, 10)}
    slots = plan([GOOD], [], CALENDAR, FIRST, LAST)
    return Rosters(
        {"示例镇": slots}, contacts, [Village("示例镇/上河村", 1, 1)], CALENDAR, Limits(timedelta(hours=48), 10)
    )


def found(rosters: Rosters) -> list[FindingKind]:
    return [one.kind for one in check(rosters, BEGIN, END)]


def only(rosters: Rosters) -> Finding:
    (finding,) = check(rosters, BEGIN, END)
    return finding


def changed(where: str = "示例镇", **slots: list[Slot]) -> Rosters:
    return replace(
        good(), offices={"示例镇": slots["slots"]} if where == "示例镇" else good().offices | {where: slots["slots"]}
    )


def test_a_good_roster_has_no_finding():
    assert found(good()) == []


def test_a_day_without_anybody_is_a_gap_with_its_hours():
    slots = [slot for slot in good().offices["示例镇"] if slot.day != date(2026, 9, 10)]
    finding = only(changed(slots=slots))
    assert (finding.kind, finding.starts_at) == (FindingKind.GAP, datetime(2026, 9, 10, 0, tzinfo=UTC))
    assert finding.ends_at == datetime(2026, 9, 11, 0, tzinfo=UTC)


def test_the_same_empty_hours_of_every_day_are_one_finding():
    nights = Pattern(FIRST, tuple(replace(line, turns=(Turn(time(20), time(8)),)) for line in GOOD.lines))
    finding = only(changed(slots=plan([nights], [], CALENDAR, FIRST, LAST)))
    assert (finding.kind, finding.count) == (FindingKind.GAP, 30)


def test_a_roster_that_ends_too_early_is_a_gap_up_to_the_end():
    finding = only(changed(slots=[slot for slot in good().offices["示例镇"] if slot.day < date(2026, 9, 20)]))
    assert (finding.kind, finding.ends_at) == (FindingKind.GAP, END)


def test_a_holiday_without_leader_is_told_apart_from_other_days():
    # 25 to 27 September is the Mid-Autumn Festival
    off = {date(2026, 9, 8), date(2026, 9, 25), date(2026, 9, 26)}
    slots = [slot for slot in good().offices["示例镇"] if slot.kind is not PostKind.LEADER or slot.day not in off]
    findings = check(changed(slots=slots), BEGIN, END)
    assert [(one.kind, one.named, one.count) for one in findings] == [
        (FindingKind.NO_LEADER, "", 1),
        (FindingKind.HOLIDAY_NO_LEADER, "中秋节", 2),
    ]


def test_a_village_needs_no_leader():
    slots = [replace(slot, person=9) for slot in good().offices["示例镇"] if slot.kind is PostKind.STAFF]
    few = [replace(slot, person=10 + number % 4) for number, slot in enumerate(slots)]
    rosters = changed("上河村", slots=few)
    contacts = good().contacts | {one: Contact(one) for one in range(10, 14)}
    assert found(replace(rosters, contacts=contacts)) == []


def test_who_leads_and_is_on_staff_at_once_is_double():
    slots = [
        replace(slot, person=1) if (slot.kind, slot.day) == (PostKind.STAFF, FIRST) else slot
        for slot in good().offices["示例镇"]
    ]
    finding = only(changed(slots=slots))
    assert (finding.kind, finding.people, finding.count) == (FindingKind.DOUBLE, (1,), 1)


@pytest.mark.parametrize(
    ("contact", "kind"),
    [
        (Contact(5, has_channel=False, is_verified=False), FindingKind.NO_CHANNEL),
        (Contact(5, is_verified=False), FindingKind.UNVERIFIED),
        (Contact(5, is_active=False), FindingKind.GONE),
        (Contact(5, phone="12300000006"), FindingKind.SAME_PHONE),
    ],
)
def test_who_cannot_be_reached_is_named(contact: Contact, kind: FindingKind):
    rosters = good()
    finding = only(replace(rosters, contacts={**rosters.contacts, 5: contact}))
    assert finding.kind is kind
    assert 5 in finding.people


def test_who_cannot_be_reached_but_is_on_no_roster_is_left_alone():
    rosters = good()
    assert found(replace(rosters, contacts={**rosters.contacts, 9: Contact(9, has_channel=False)})) == []


@pytest.mark.parametrize(
    ("village", "kind"),
    [
        (Village("示例镇/上河村", 2, 0), FindingKind.NO_DEPUTY),
        (Village("示例镇/上河村", 0, 0), FindingKind.NOBODY),
    ],
)
def test_a_village_without_deputy_is_named(village: Village, kind: FindingKind):
    assert found(replace(good(), villages=[village])) == [kind]


def test_three_days_in_a_row_are_too_long_and_two_are_not():
    for days, expected in ((2, []), (3, [FindingKind.TOO_LONG])):
        slots = [
            replace(slot, person=5) if slot.kind is PostKind.STAFF and slot.day < FIRST + timedelta(days=days) else slot
            for slot in good().offices["示例镇"]
            if slot.day < date(2026, 9, 4) or slot.person != 5
        ]
        kinds = [kind for kind in found(changed(slots=slots)) if kind is FindingKind.TOO_LONG]
        assert kinds == expected


def test_more_shifts_a_month_than_the_rule_allows_is_too_often():
    few = replace(good(), limits=Limits(timedelta(hours=48), 7))
    assert found(few) == [FindingKind.TOO_OFTEN] * 4  # 30 days among 4: two of each kind have 8


def test_a_year_without_holidays_is_said():
    slots = plan([GOOD], [], CALENDAR, date(2026, 12, 20), date(2027, 1, 20))
    rosters = replace(good(), offices={"示例镇": slots})
    begin, end = datetime(2026, 12, 20, 0, tzinfo=UTC), datetime(2027, 1, 10, 0, tzinfo=UTC)
    (finding,) = check(rosters, begin, end)
    assert (finding.kind, finding.count) == (FindingKind.NO_CALENDAR, 2027)
