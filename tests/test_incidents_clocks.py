"""Report clocks: which rule holds where, from which event, and how an unverified one is worded."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.events import CLOCK, Event, record
from assistant.incidents import Incident, steps
from assistant.incidents.clocks import Clock, clocks, grade
from assistant.rules import load_rules
from assistant.wording.incidentclocks import clock_line

RULES = load_rules()
NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
TOWN = "云南省/示例州/示例县/示例镇/上河村"
HENAN = "河南省/示例市/示例县/示例乡"
ELSEWHERE = "甘肃省/示例市/示例县"


def an_incident(region: str, category: str) -> tuple[Incident, list[Event]]:
    incident = Incident(number="SJ20260701-01")
    said = {"region": region, "category": category, "text": "示例"}
    return incident, [record(incident, steps.known(said, NOON), CLOCK, NOON)]


def by_step(incident: Incident, events: list[Event], now: datetime = NOON) -> dict[str, Clock]:
    return {clock.step: clock for clock in clocks(incident, events, RULES, now)}


@pytest.mark.parametrize(
    ("region", "phone", "written", "is_verified"),
    [(TOWN, 20, 40, True), (HENAN, 15, 35, False), (ELSEWHERE, 30, 60, False)],
)
def test_the_nearest_place_sets_the_time(region: str, phone: int, written: int, is_verified: bool) -> None:
    found = by_step(*an_incident(region, "fire"))
    assert found["phone"].due_at == NOON + timedelta(minutes=phone)
    assert found["written"].due_at == NOON + timedelta(minutes=written)
    assert found["phone"].rule.is_verified is is_verified and found["phone"].started_by == 1


def test_what_nobody_compared_is_never_asserted() -> None:
    for region in (TOWN, HENAN, ELSEWHERE):
        for category in ("fire", "geological", "mine"):
            for clock in by_step(*an_incident(region, category)).values():
                line = clock_line(clock, NOON)
                assert ("当地规定请核对" in line) is not clock.rule.is_verified, line
                assert ("依据：" in line) is clock.rule.is_verified


def test_a_disaster_has_other_clocks_than_an_accident() -> None:
    disaster, accident = by_step(*an_incident(TOWN, "geological")), by_step(*an_incident(TOWN, "mine"))
    assert {"township", "county"} <= set(disaster) and "head" not in disaster
    assert {"head", "changes"} <= set(accident) and "township" not in accident
    assert accident["head"].due_at == NOON + timedelta(hours=1)
    assert "如果是生产安全事故" in clock_line(accident["head"], NOON)


def test_changes_are_reported_for_thirty_days_after_fire_and_road_for_seven() -> None:
    assert by_step(*an_incident(TOWN, "mine"))["changes"].due_at == NOON + timedelta(days=30)
    for category in ("fire", "traffic"):
        assert by_step(*an_incident(TOWN, category))["changes"].due_at == NOON + timedelta(days=7)


def test_each_report_starts_the_next_clock_until_the_handling_ends() -> None:
    incident, events = an_incident(TOWN, "fire")
    late = NOON + timedelta(minutes=30)
    events.append(record(incident, steps.reported(incident, "phone", "县局", late, "已报县局"), CLOCK, late))
    found = by_step(incident, events, late)
    assert found["phone"].is_late(late) and found["phone"].left(late) == timedelta(minutes=-10)
    assert found["follow_up"].due_at == late + timedelta(hours=2) and "final" not in found
    assert found["level"].due_at == late + timedelta(hours=2)
    end = late + timedelta(hours=1)
    events.append(record(incident, steps.noted("handled", "结束", end), CLOCK, end))
    found = by_step(incident, events, end)
    assert "follow_up" not in found and found["final"].due_at == end + timedelta(hours=24)


GRADES = [
    (None, None, ""),  # nothing known, nothing said
    (0, None, "ordinary"),
    (2, 9, "ordinary"),
    (3, 0, "large"),  # 以上 includes the number itself
    (9, None, "large"),
    (10, 0, "serious"),
    (29, 0, "serious"),
    (30, 0, "extremely_serious"),
    (0, 10, "large"),
    (0, 50, "serious"),
    (None, 100, "extremely_serious"),
]


@pytest.mark.parametrize(("deaths", "injured", "name"), GRADES)
def test_the_grade_follows_the_numbers_that_are_known(deaths: int | None, injured: int | None, name: str) -> None:
    assert grade(deaths, injured, TOWN, RULES, date(2026, 7, 1)) == name


def test_every_rule_of_incidents_names_its_source() -> None:
    for rule in RULES.all():
        if rule.id.startswith(("incident.", "accident.", "disaster.", "grade.")):
            assert rule.source and (not rule.is_verified or "《" in rule.source), rule.id
