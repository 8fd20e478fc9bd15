"""A person's own data on the household rolls: all of it goes out, and after an erasure the household still stands there."""

import pytest
from sqlmodel import select

from assistant.evacuation import Household
from assistant.store import Store, open_engine, personal
from assistant.store.allowances import AllowanceRow
from assistant.store.duty import person_named
from assistant.store.spool import SpoolRow
from tests.evacuation_town import Evacuation
from tests.world import CHANNEL, NOON, World

pytestmark = pytest.mark.ledger


@pytest.fixture
def night(world: World) -> Evacuation:
    return Evacuation(world)


def exported(night: Evacuation, name: str) -> dict:
    with night.world.store.work(night.world.now) as work:
        return personal.exported(work, person_named(work.session, name))


def roll(night: Evacuation) -> dict[str, tuple]:
    with night.world.store.work(night.world.now) as work:
        homes = work.session.exec(select(Household)).all()
        return {home.head: (home.person_id, home.phone, home.helper_id, home.members) for home in homes}


def test_the_own_household_is_exported_whole_and_neighbours_are_not(night: Evacuation):
    night.starts()
    night.reads()
    record = exported(night, "周国平")
    assert [home["head"] for home in record["households"]] == ["周国平"]
    assert [row["state"] for row in record["transfers"]] == ["due"]
    assert "马国强" not in str(record)


def test_a_helper_reads_where_he_helps_but_not_who_lives_there(night: Evacuation):
    night.starts()
    night.reads()
    record = exported(night, "李网格")
    assert len(record["helps"]) == 5
    assert record["households"] == []
    assert len(record["helper_lists"]) == 1
    assert "12300000088" not in str(record["helps"])


def test_after_the_erasure_the_household_is_on_the_roll_without_account_and_telephone(night: Evacuation):
    assert "避险明白卡 1 张" in night.villager.says("导出我的数据")
    assert "那一户会留着" in night.villager.says("删除我的数据")
    night.villager.says("1")
    person, phone, helper, members = roll(night)["周国平"]
    assert (person, phone, members) == (None, "", 4)
    assert helper is not None
    assert roll(night)["马国强"][1] == "12300000088"
    night.starts()
    assert "周国平家4人" in night.reads()["李网格"][0]


def test_who_is_erased_helps_nobody_any_more_and_the_backup_gets_the_list(night: Evacuation):
    with night.world.store.work(night.world.now) as work:
        personal.erase(work, personal.person_behind(work, CHANNEL, "李网格"))
    assert roll(night)["马国强"][2] is None
    night.starts()
    assert "您负责5户14人" in night.reads()["赵副手"][0]


def test_an_erased_account_leaves_no_count_and_no_push_behind(database_url: str):
    store = Store(open_engine(database_url))
    with store.work(NOON) as work:
        person = work.person("wechat", "openid-1")
        session = work.session
        for name in ("openid-1", "openid-2"):
            session.add(AllowanceRow(channel="wechat", recipient=name, kind="window", since=NOON, granted=5, spent=1))
            session.add(SpoolRow(channel="wechat", name=f"m-{name}", chat=name, body="{}", at=NOON))
        session.flush()
        personal.erase(work, person)
        assert [row.recipient for row in session.exec(select(AllowanceRow))] == ["openid-2"]
        assert [row.chat for row in session.exec(select(SpoolRow))] == ["openid-2"]
