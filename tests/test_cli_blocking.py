"""yingda block, unblock, blocked: the reason is for the custodian alone."""

import json

import pytest

from assistant.store import Store
from tests.test_cli_people import TOWN, Run, run, store  # noqa: F401 - fixtures
from tests.world import NOON


@pytest.fixture
def town(run: Run, store: Store) -> Run:  # noqa: F811
    run("demo")
    with store.work(NOON) as work:
        work.person("telegram", "1001", TOWN)
    return run


def test_an_account_is_blocked_listed_and_heard_again(town: Run):
    assert town("block", "telegram:1001", "--reason", "示例原因")[0] == 0
    status, shown = town("blocked")
    assert status == 0 and "telegram:1001" in shown and "示例原因" not in shown
    assert "恢复" in town("unblock", "telegram:1001")[1]
    assert town("blocked")[1].strip() == "没有屏蔽任何人。"


def test_a_person_is_blocked_by_name_and_nobody_twice_unblocked(town: Run):
    assert town("block", "示例甲", "--reason", "示例原因")[0] == 0
    assert town("unblock", "示例甲")[0] == 0
    assert town("unblock", "示例甲") == (2, "示例甲没有被屏蔽，不用恢复。运行 yingda blocked 可以看名单。\n")


def test_the_reason_is_shown_to_the_custodian_and_the_look_is_recorded(town: Run, store: Store):  # noqa: F811
    town("block", "telegram:1001", "--reason", "示例原因")
    (found,) = json.loads(town("blocked", "--json")[1])
    assert found["reason"] is None
    listed = json.loads(town("people", "--json")[1])
    custodian = next(one["name"] for one in listed if any(g["role"] == "custodian" for g in one["roles"]))
    other = next(one["name"] for one in listed if not any(g["role"] == "custodian" for g in one["roles"]))
    assert town("blocked", "--by", other)[0] == 2
    assert "示例原因" in town("blocked", "--by", custodian)[1]
    with store.work(NOON) as work:
        person = work.person("telegram", "1001")
        assert "block_opened" in [one.kind for one in work.events(f"person/{person.id}")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("block", "telegram:9", "--reason", "x"), "没有叫"),
        (("block", "没这个人", "--reason", "x"), "没有叫"),
        (("block", "示例甲", "--reason", " "), "原因"),
        (("block", "示例甲"), "--reason"),
    ],
)
def test_what_cannot_be_done_is_said(town: Run, arguments: tuple[str, ...], said: str):
    status, shown = town(*arguments)
    assert status == 2 and said in shown
