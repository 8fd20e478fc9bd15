import pytest

from assistant.hazards import Action
from assistant.people import Grant, Role, deputies, deputy
from assistant.permissions import (
    GRANTED,
    DrillAction,
    EvacuationAction,
    ObligationAction,
    PeopleAction,
    SeeAction,
    ShiftAction,
    TrainingAction,
    WarningAction,
    may,
)
from assistant.rewards import RewardAction

TOWN = "云南省/示例州/示例县/示例镇"
VILLAGE = f"{TOWN}/上河村"


def grant(role: Role, region: str = TOWN, person: int = 1, rank: str = "A") -> Grant:
    return Grant(person_id=person, role=role.value, region=region, rank=rank)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CUSTODIAN])
def test_only_the_custodian_opens_a_sealed_identity(role: Role):
    assert not may([grant(role)], PeopleAction.OPEN_SEALED, VILLAGE)
    assert may([grant(role), grant(Role.CUSTODIAN)], PeopleAction.OPEN_SEALED, VILLAGE)


@pytest.mark.parametrize("action", list(PeopleAction))
def test_who_has_no_role_or_a_role_elsewhere_may_nothing(action: PeopleAction):
    elsewhere = [grant(role, "云南省/示例州/示例县/大庙镇") for role in Role]
    assert not may([], action, VILLAGE)
    assert not may(elsewhere, action, VILLAGE)
    assert not may([grant(role, f"{TOWN}/上河") for role in Role], action, VILLAGE)  # a name that begins alike


@pytest.mark.parametrize("role", [Role.VILLAGER, Role.GRID, Role.REPORTER, Role.TRAINER])
def test_those_who_work_in_a_village_see_no_phones_and_import_nobody(role: Role):
    assert not any(may([grant(role)], action, VILLAGE) for action in PeopleAction)


def test_b_stands_in_for_a_and_then_who_has_the_role_above():
    held = [
        grant(Role.GRID, VILLAGE, person=1),
        grant(Role.GRID, VILLAGE, person=2),
        grant(Role.GRID, VILLAGE, person=3, rank="B"),
        grant(Role.GRID, TOWN, person=4),
        grant(Role.GRID, f"{TOWN}/松岭村", person=5, rank="B"),
    ]
    assert deputies(held, 1, f"{VILLAGE}/三组") == [3, 2, 4]
    assert deputy(held, 3, VILLAGE) == 1
    assert deputy(held[:1], 1, VILLAGE) is None


def test_no_two_actions_have_one_name_so_that_one_table_holds_them_all():
    tables = (
        Action,
        PeopleAction,
        SeeAction,
        RewardAction,
        ObligationAction,
        ShiftAction,
        EvacuationAction,
        WarningAction,
        DrillAction,
        TrainingAction,
    )
    names = [action.value for actions in tables for action in actions]
    assert len(names) == len(set(names))
    assert set().union(*GRANTED.values()) <= set(names)


def test_a_grid_worker_sees_pictures_of_the_own_village_and_no_incidents():
    held = [grant(Role.GRID, VILLAGE)]
    assert may(held, SeeAction.EVIDENCE, f"{VILLAGE}/三组") and not may(held, SeeAction.EVIDENCE, TOWN)
    assert not may(held, SeeAction.INCIDENTS, VILLAGE)
