"""A night of heavy rain: three villages, every household followed until it is safe, and back."""

import pytest

from assistant.evacuation import State, Wave
from tests.evacuation_town import Evacuation
from tests.world import World

pytestmark = pytest.mark.ledger


@pytest.fixture
def night(world: World) -> Evacuation:
    return Evacuation(world)


def test_each_helper_gets_the_own_list_with_numbers_and_telephones(night: Evacuation):
    night.starts()
    heard = night.reads()
    (own,) = heard["李网格"]
    assert "您负责5户14人" in own
    assert "王桂英（王奶奶）家1人（独居老人，电话12300000088）→上河小学" in own
    assert own.index("王桂英") < own.index("马国强"), "who cannot go alone stands first"
    assert "杨六" not in own
    (duty,) = heard["钱值班"]
    assert "上河村：应转5户14人" in duty
    assert "下河村：应转2户8人" in duty
    assert "12300000088" not in duty
    assert "请您家4人马上转移" in heard["周国平"][0]


def test_a_grid_worker_tells_in_his_own_words_until_all_are_accounted_for(night: Evacuation):
    night.starts()
    night.reads()
    said = night.helper.says("王奶奶背出来了 到学校了")
    assert "王桂英家已到安置点" in said
    assert "应转5户14人：已转1户1人，拒转0户0人，外出0户0人，未完4户13人" in said
    said = night.helper.says("马老三家门锁着")
    assert "马国强家（门锁着）" in said
    said = night.helper.says("李四死活不走 他儿子在场")
    assert "李四家拒转" in said
    assert night.state("李四").witness == "他儿子在场"
    heard = night.reads()
    assert "【拒转】李四家（死活不走，见证：他儿子在场）" in heard["钱值班"][0]
    said = night.helper.says("周国平家在县城打工")
    assert "怎么核实的" in said
    assert night.state("周国平").stands is State.DUE
    night.helper.says("周国平家电话问了")
    assert night.state("周国平").stands is State.AWAY
    said = night.helper.says("马老三找到了，和周大明一起到学校了")
    assert "未完0户0人" in said
    known = night.sum()
    assert (known.moved.households, known.refused.households, known.away.households) == (5 - 2, 1, 1)


def test_two_of_one_name_are_asked_about_and_a_number_answers(night: Evacuation):
    night.starts()
    night.reads()
    said = night.helper.says("老周家走了")
    assert "是哪一户" in said
    assert "1. 三组周大明家2人" in said or "1. 桥头组周国平家4人" in said
    number = 1 if "1. 桥头组周国平" in said else 2
    night.helper.says(str(number))
    assert night.state("周国平").stands is State.LEFT
    assert night.state("周大明").stands is State.DUE


def test_numbers_without_names_are_reconciled_with_the_rows(night: Evacuation):
    night.starts()
    night.reads()
    said = night.helper.says("五家喊到四家")
    assert "记到名字的少4户" in said
    said = night.helper.says("马老三家门锁着")
    assert night.state("王桂英").stands is State.KNOCKED
    assert night.state("马国强").stands is State.DUE
    assert "少4户" not in said


def test_a_wrong_total_is_asked_back(night: Evacuation):
    night.starts()
    night.reads()
    assert "您说一共11户，名单上您名下是5户" in night.helper.says("十一家喊到十家")


def test_a_wrong_word_is_corrected_and_stays_in_the_log(night: Evacuation, world: World):
    night.starts()
    night.reads()
    night.helper.says("都到齐了")
    assert night.sum().moved.households == 5
    said = night.helper.says("刚才说错了，李四家没走")
    assert "李四家改为：还没走" in said
    assert night.sum().undone.households == 1 + 2
    row = night.state("李四")
    assert [event.kind for event in world.events(row.number)] == ["due", "arrived", "corrected"]
    assert "是哪一家" in night.helper.says("又少了一户")


def test_a_household_that_is_found_later_joins_the_sum(night: Evacuation):
    night.starts()
    night.reads()
    said = night.helper.says("钱七家还没走，名单上没有")
    assert "加一户 钱七 3人" in said
    said = night.helper.says("加一户 钱七 3人")
    assert "应转6户17人" in said
    assert "本来就在名单上" in night.helper.says("加一户 钱七 3人")
    night.helper.says("钱七家到学校了")
    assert night.sum().moved.persons == 3


def test_a_dead_phone_loses_the_list_to_the_deputy(night: Evacuation, world: World):
    night.starts()
    night.reads()
    night.down.says("都喊到了")
    world.after("25m")
    heard = night.reads()
    assert "李网格那边没有回音，他的名单请您接过去" in heard["赵副手"][0]
    assert "已经转给赵副手" in heard["钱值班"][0]
    assert "李网格" not in heard
    said = night.deputy.says("都到齐了")
    assert "应转5户14人：已转5户14人" in said
    world.after("25m")
    assert night.reads() == {}


def test_a_deputy_asks_for_the_list_himself(night: Evacuation):
    night.starts()
    night.reads()
    said = night.deputy.says("李网格手机没电了，名单给我")
    assert "5户转到您名下了" in said
    assert "马国强（马老三）家" in said
    assert "转给赵副手" in night.reads()["钱值班"][0]


def test_the_weak_go_first_and_then_all(night: Evacuation):
    night.world.now = night.world.now.replace(hour=0)  # eight in the morning: the danger comes by day
    night.starts(Wave.VULNERABLE)
    assert "您负责3户6人" in night.reads()["李网格"][0]
    night.helper.says("都到齐了")
    night.again()
    (more,) = night.reads()["李网格"]
    assert "您负责2户8人" in more
    assert "王桂英" not in more
    assert "应转5户14人：已转3户6人" in night.helper.says("还差哪几户")


def test_before_the_night_everybody_goes(night: Evacuation, world: World):
    world.now = world.now.replace(hour=9)  # five in the afternoon, six hours before eleven at night
    night.starts(Wave.VULNERABLE)
    assert "您负责5户14人" in night.reads()["李网格"][0]


def test_nobody_returns_before_the_release_of_the_next_day(night: Evacuation, world: World):
    night.starts()
    night.reads()
    night.helper.says("都到齐了")
    night.down.says("都到齐了")
    assert "还没有同意返回" in night.villager.says("能回家了吗")
    assert "【想返回】" in night.reads()["李网格"][0]
    said = night.helper.says("马老三又跑回去了")
    assert "现在不安全" in said
    assert night.state("马国强").stands is State.KNOCKED
    assert "【擅自返回】" in night.reads()["钱值班"][0]
    night.helper.says("马老三劝出来了 到学校了")
    assert "带班领导" in night.helper.says("可以回去了")
    world.after("12h")
    assert "现在还不能同意返回" in night.leader.says("上河村可以回去了")
    world.after("13h")
    said = night.leader.says("上河村可以回去了")
    assert "已经同意返回：5户14人" in said
    heard = night.reads()
    assert "【可以返回】孙镇长同意返回" in heard["李网格"][0]
    assert "吴网格" not in heard
    assert "同意您家返回了" in heard["周国平"][0]
    night.helper.says("马老三回家了")
    assert night.state("马国强").stands is State.RETURNED
    night.helper.says("都回家了")
    assert night.sum().returned.households == 5
    assert night.state("杨六").is_locked


def test_a_refusal_is_visited_again_a_few_times(night: Evacuation, world: World):
    night.starts()
    night.reads()
    night.helper.says("都到齐了")
    night.down.says("杨六不肯走，何七到村委会了")
    night.reads()
    world.after("125m")
    heard = night.reads()
    assert [text.split("】")[0] for text in heard.pop("吴网格")] == ["【再上门"] * 3
    assert "杨六家（不肯走）" in heard.pop("钱值班")[0]
    assert set(heard) == {"孙镇长"}
    night.down.says("杨六劝走了，到村委会了")
    assert night.sum().is_done


def test_the_shelter_counts_for_itself(night: Evacuation):
    night.starts()
    night.reads()
    night.helper.says("王奶奶和李四到学校了")
    said = night.keeper.says("学校到了3户8人")
    assert "对不上" in said
    assert "2户4人" in said
    night.keeper.says("马老三家到了")
    assert night.state("马国强").stands is State.ARRIVED
    assert "上河小学" in night.duty.says("转移情况")


def test_a_villager_says_it_himself(night: Evacuation):
    night.starts()
    night.reads()
    night.villager.says("我妈走不动")
    heard = night.reads()
    assert "【要人去接】周国平家" in heard["李网格"][0]
    assert "【要人去接】周国平家" in heard["钱值班"][0]
    night.villager.says("我家走了")
    assert night.state("周国平").stands is State.LEFT


def test_a_village_without_a_roll_stays_with_the_counters_of_the_call(night: Evacuation, world: World):
    pine = world.phone("冯网格", night.down.role, "云南省/示例州/示例县/示例镇/松岭村")
    night.starts(Wave.ALL, pine)
    night.reads()
    said = pine.says("十一家喊到十家 马老三家门锁着")
    assert "应通知11户，已通知10户" in said


def test_words_that_tell_of_households_answer_the_call_as_well(night: Evacuation, world: World):
    night.starts(Wave.ALL, night.helper)
    night.reads()
    night.helper.says("王奶奶到学校了")
    world.after("15m")
    night.down.says("都到齐了")
    world.after("30m")
    assert not any("超时未应答" in text for texts in night.reads().values() for text in texts)


def test_after_a_crash_nothing_is_lost_or_told_twice(night: Evacuation, world: World):
    night.starts()
    night.reads()
    night.helper.says("王奶奶到学校了")
    world.restart()
    night.down.says("都到齐了")
    assert "已转1户1人" in night.helper.says("还差哪几户")
    night.again()
    assert night.reads() == {}


def test_what_villagers_say_who_have_no_row_is_nobodys_report(night: Evacuation, world: World):
    night.starts()
    night.reads()
    stranger = world.phone("村民甲")
    stranger.says("李四家走了")
    assert night.state("李四").stands is State.DUE
    night.reads()


def test_too_late_is_named_to_duty(night: Evacuation, world: World):
    night.starts()
    night.reads()
    night.helper.says("王奶奶到学校了")
    night.down.says("都到齐了")
    world.after("125m")
    (text,) = night.reads()["钱值班"]
    assert "【到点还没安全】" in text
    assert "马国强家" in text
    assert "王桂英" not in text
