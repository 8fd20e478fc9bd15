"""Routes, deadlines and the clause behind a case."""

from datetime import UTC, datetime

import pytest

from assistant.answers import Asker, Request
from assistant.answers.passages import clauses_at, passage
from assistant.hazards import Action, Route
from assistant.hazards.basis import bases, cited, clause
from assistant.hazards.deadlines import URGENCIES, deadline
from assistant.hazards.route import nearest
from assistant.hazards.steps import STEPS
from assistant.people import Grant, Role
from assistant.permissions import GRANTED, granted
from assistant.rules import load_rules
from assistant.search import Index
from assistant.wording.answers import label
from assistant.wording.terms import ACTIONS, STATES

RULES = load_rules()
NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
TOWN = "云南省/示例州/示例县/示例镇"


def test_the_nearest_place_comes_first_and_there_the_very_class():
    county = Route(id=1, region="云南省/示例州/示例县", category="gas", unit="县燃气办")
    town = Route(id=2, region=TOWN, unit="镇应急办")
    gas = Route(id=3, region=TOWN, category="gas", unit="镇城管委")
    empty = Route(id=4, region=f"{TOWN}/上河村", category="gas")
    routes = [county, town, gas, empty]
    assert nearest(routes, f"{TOWN}/上河村", "gas") is gas  # a route that names nobody is none
    assert nearest(routes, TOWN, "flood") is town
    assert nearest(routes, "云南省/示例州/示例县/别的镇", "gas") is county
    assert nearest(routes, "云南省/示例州/示例县/示例镇东", "flood") is None  # a name that begins alike


@pytest.mark.parametrize("step", ["dispatch", "sign", "rectify", "inspect"])
@pytest.mark.parametrize("urgency", [*URGENCIES, ""])
def test_every_step_has_a_deadline_with_its_rule_for_every_urgency(step: str, urgency: str):
    term = deadline(step, urgency, TOWN, NOON, RULES)
    assert NOON < term.remind < term.due
    assert term.source()["id"] == f"hazard.{step}.{urgency or 'routine'}"
    assert {"since", "source", "is_verified"} <= set(term.source())


def test_the_clauses_exist_and_are_cited_as_answers_cite_them(index: Index):
    assert bases()
    for one in bases():
        document, _, address = one.unit.partition("/")
        assert index.catalogue[document].region == one.region
        assert address in index.outlines[document]
        request = Request("", one.region, Asker.CADRE, NOON.date())
        answered = passage(index, clauses_at(index, one.unit)[0], request, budget=None)
        assert one.label == f"{label(answered)}{answered.heading}".rstrip("。")


@pytest.mark.parametrize(
    ("region", "unit"),
    [
        (f"{TOWN}/上河村", "sample-town-comprehensive-2025/3.4"),
        ("云南省/别的州/别的县", "yunnan-2025/6"),
        ("北京市/示例区/示例街道", "beijing-2025/5"),
        ("四川省/示例州", "central-2024/6"),
        ("", "central-2024/6"),
    ],
)
def test_the_clause_of_the_nearest_place_obliges(region: str, unit: str):
    assert clause(region, "gas") == unit
    assert cited(unit)


def test_a_role_counts_in_its_place_and_for_its_classes_only():
    grant = Grant(person_id=1, role=Role.GRID.value, region=f"{TOWN}/上河村", categories="fire,gas")
    assert Action.CLOSE in granted([grant], f"{TOWN}/上河村/三组", "gas")
    assert granted([grant], f"{TOWN}/下河村", "gas") == frozenset()
    assert granted([grant], f"{TOWN}/上河村", "flood") == frozenset()


def test_every_role_has_its_actions_and_villagers_have_none():
    assert set(GRANTED) == set(Role)
    assert GRANTED[Role.VILLAGER] == frozenset()
    assert not GRANTED[Role.TRAINER] & set(Action)  # drills and obligations, but no case


def test_every_state_and_action_has_its_words():
    assert set(ACTIONS) >= set(STEPS)
    assert all(STATES.values())
