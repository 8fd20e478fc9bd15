"""One whole night: from the county's red warning to the last household at home again, the sums after every step."""

import pytest
from sqlmodel import select

from assistant.desk import capwork, evacuationwork
from assistant.evacuation import Household, State, Sum, Wave
from assistant.evacuation import transfer as steps
from assistant.events import Actor
from assistant.people import Grant, Place, Rank, Role
from assistant.rules import load_rules
from assistant.store import evacuation as stored
from assistant.store import warnings as relayed
from assistant.store.duty import person_named
from assistant.warnings import Call
from tests.evacuation_town import DOWN, PINE, Evacuation
from tests.test_desk_capwork import PLAIN
from tests.world import VILLAGE, World

pytestmark = pytest.mark.ledger
LATE = PLAIN.replace("2026-07-01T20:00", "2026-07-02T00:30").replace("2026-07-02T08:00", "2026-07-02T10:00")
"""The red rainstorm of the sample, expected at half past midnight: two hours before is night."""
CALLED = ("李网格", "赵副手", "吴网格", "钱值班", "孙镇长")


@pytest.fixture
def night(world: World) -> Evacuation:
    """The township, in which 赵副手 is also the second grid worker of 上河村; 松岭村 is not warned."""
    town = Evacuation(world)
    with world.store.work(world.now) as work:
        deputy = person_named(work.session, "赵副手")
        work.session.add(Household(region=PINE, head="孔八", members=2, helper_id=deputy.id))
        work.session.add(Grant(person_id=deputy.id, role=Role.GRID.value, rank=Rank.B.value, region=VILLAGE))
        for place in work.session.exec(select(Place).where(Place.path.in_([VILLAGE, DOWN]))).all():
            place.level = "village"
    return town


def warned(night: Evacuation) -> str:
    """Take the county's message in; return the number of the warning."""
    with night.world.store.work(night.world.now) as work:
        number = capwork.take(work, LATE.encode(), load_rules(), Actor("person/1", "cli")).warning
    night.world.look()
    return number


def parts(known: Sum) -> tuple[int, int, int, int, int]:
    """Return 应转, 已转, 拒转, 外出, 未完 in households."""
    named = (known.due, known.moved, known.refused, known.away, known.undone)
    return tuple(one.households for one in named)


def is_anything_open(night: Evacuation) -> bool:
    with night.world.store.work(night.world.now) as work:
        return stored.is_anything_open(work.session)


def test_from_the_red_warning_to_the_last_household_at_home(night: Evacuation, world: World):
    number = warned(night)
    heard = night.reads()
    assert set(heard) == set(CALLED)
    assert parts(night.sum()) == (0, 0, 0, 0, 0)
    for phone in (night.helper, night.deputy, night.down, night.duty, night.leader):
        phone.says("收到，已上岗")

    world.after("390m")  # half past six: six hours before
    heard = night.reads()
    assert any("您负责3户6人" in text for text in heard["李网格"])
    assert any("您负责1户5人" in text for text in heard["吴网格"])
    assert any("上河村：应转3户6人" in text for text in heard["钱值班"])
    assert parts(night.sum()) == (4, 0, 0, 0, 4)
    night.helper.says("王奶奶背出来了 到学校了")
    night.helper.says("李四、周大明家走了")
    night.down.says("杨六到村委会了")
    assert parts(night.sum()) == (4, 4, 0, 0, 0)
    assert night.sum().on_the_way.households == 2
    night.helper.says("李四、周大明家都到学校了")

    world.after("90m")  # eight in the evening: what was due at half past ten is not left for the night
    heard = night.reads()
    assert any("夜里看不清" in text for text in heard["李网格"])
    assert any("您负责2户8人" in text for text in heard["李网格"])
    assert "请您家4人马上转移" in heard["周国平"][0]
    assert parts(night.sum()) == (7, 4, 0, 0, 3)
    night.helper.says("马老三死活不走 组长在场")
    assert "【拒转】" in night.reads()["孙镇长"][0]
    assert parts(night.sum()) == (7, 4, 1, 0, 2)
    assert night.state("马国强").witness
    night.villager.says("我家走了")
    night.down.says("何七家在县城打工")
    assert parts(night.sum()) == (7, 5, 1, 0, 1), "away counts only when it is known how"
    night.down.says("何七家电话问了")
    assert parts(night.sum()) == (7, 5, 1, 1, 0)
    night.villager.says("我们到学校了")
    assert night.sum().is_done
    world.restart()
    assert parts(night.sum()) == (7, 5, 1, 1, 0)

    said = night.villager.says("雨停了 能回家了吗")
    assert "还没有同意返回" in said
    assert night.state("周国平").is_locked
    world.after("23h")
    assert {text.split("】")[0] for text in night.reads()["李网格"]} == {"【想返回", "【再上门"}
    assert "现在还不能同意返回" in night.leader.says("上河村可以回去了")
    assert parts(night.sum()) == (7, 5, 1, 1, 0), "the warning is over by its own time, and nobody is let go by that"
    world.after("61m")
    night.leader.says("上河村可以回去了")
    night.leader.says("下河村可以回去了")
    assert "【可以返回】" in night.reads()["李网格"][0]
    night.helper.says("都回家了")
    night.down.says("杨六回家了")
    assert parts(night.sum()) == (7, 5, 1, 1, 0)
    assert night.sum().returned.households == 5
    world.after("5m")
    assert not is_anything_open(night)
    with world.store.work(world.now) as work:
        assert not [made for made in work.session.exec(select(Call).where(Call.warning == number)) if made.is_open]


def test_a_helper_who_is_not_there_passes_the_list_with_the_call(night: Evacuation, world: World):
    warned(night)
    for phone in (night.deputy, night.down, night.duty, night.leader):
        phone.says("收到，已上岗")
    world.after("5m")
    night.reads()
    night.helper.says("我不在岗，请转副手")
    night.reads()
    world.after("385m")
    heard = night.reads()
    assert "李网格" not in heard
    assert sum("您负责3户6人" in text for text in heard["赵副手"]) == 1, (
        "a wave that begins later goes to the deputy at once"
    )
    night.deputy.says("都到齐了")
    assert night.state("王桂英").stands is State.ARRIVED


@pytest.fixture
def moving(night: Evacuation, world: World) -> Evacuation:
    """All are called, and the wave of all has begun."""
    warned(night)
    for phone in (night.deputy, night.down, night.duty, night.leader):
        phone.says("收到，已上岗")
    night.reads()
    return night


def begin_all(night: Evacuation) -> None:
    with night.world.store.work(night.world.now) as work:
        warning = relayed.warning(work, "YJ20260701-01")
        evacuationwork.start(work, warning, Wave.ALL)
    night.world.look()


def test_not_there_gives_the_list_to_the_deputy_once(moving: Evacuation, world: World):
    begin_all(moving)
    assert "您负责5户14人" in moving.reads()["李网格"][-1]
    said = moving.helper.says("不在岗请转副手")
    assert "赵副手" in said
    heard = moving.reads()
    lists = [text for text in heard["赵副手"] if "您负责5户14人" in text]
    assert len(lists) == 1
    assert "名单请您接过去" in lists[0]
    assert moving.state("马国强").helper == moving.state("李四").helper
    moving.helper.says("不在岗请转副手")
    assert not [text for text in moving.reads().get("赵副手", []) if "您负责" in text]
    moving.down.says("都喊到了")
    moving.deputy.says("都到齐了")
    world.after("30m")
    assert set(moving.reads()) <= {"钱值班", "孙镇长"}, "twelve hours before they are told to prepare"
    assert parts(moving.sum())[1] == 5


def test_silence_gives_the_list_to_the_deputy_and_an_answer_brings_it_back(night: Evacuation, world: World):
    """赵副手 has no call of the own here, so that he is called in the place of 李网格 only."""
    with world.store.work(world.now) as work:
        deputy = person_named(work.session, "赵副手")
        for grant in work.session.exec(select(Grant).where(Grant.person_id == deputy.id)).all():
            if grant.role == Role.REPORTER.value:
                work.session.delete(grant)
    warned(night)
    for phone in (night.down, night.duty, night.leader):
        phone.says("收到，已上岗")
    begin_all(night)
    night.down.says("都喊到了")
    night.reads()
    world.after("15m")
    heard = night.reads()
    assert sum("您负责5户14人" in text for text in heard["赵副手"]) == 1
    assert "李网格" not in heard
    night.helper.says("收到，已上岗")
    heard = night.reads()
    assert sum("还是请您负责" in text and "您负责5户14人" in text for text in heard["李网格"]) == 1
    assert any("不用顶了" in text for text in heard["赵副手"])
    night.helper.says("都到齐了")
    assert parts(night.sum()) == (7, 5, 0, 0, 2)
    world.after("30m")
    assert "赵副手" not in night.reads()


def test_the_sum_holds_while_the_roll_changes_and_the_service_is_killed(moving: Evacuation, world: World):
    """A household is found, one moves to another helper, the service stops in the middle of a message."""
    begin_all(moving)
    moving.reads()
    moving.helper.says("王奶奶到学校了")
    moving.helper.says("加一户 钱七 3人")
    assert parts(moving.sum()) == (8, 1, 0, 0, 7)
    with world.store.work(world.now) as work:
        home = work.session.exec(select(Household).where(Household.head == "李四")).one()
        home.helper_id, home.members = person_named(work.session, "吴网格").id, 9
        work.session.add(home)
    with pytest.raises(RuntimeError), world.store.work(world.now) as work:
        row = stored.transfers_of(work.session, "YJ20260701-01")[1]
        work.append(row, steps.move(row, State.ARRIVED, 1, world.now), Actor("person/1", "test"))
        raise RuntimeError
    world.restart()
    assert parts(moving.sum()) == (8, 1, 0, 0, 7)
    assert moving.sum().due.persons == 22 + 3
    moving.helper.says("都到齐了")
    assert parts(moving.sum()) == (8, 6, 0, 0, 2), "who has the list keeps it to the end"
    moving.down.says("都到齐了")
    assert moving.sum().is_done
    moving.reads()
