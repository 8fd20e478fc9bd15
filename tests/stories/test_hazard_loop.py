"""The closed loop as people live it: from a report to a checked end, over refusal, delay, overdue and reopening."""

from collections.abc import Iterator

import pytest

from assistant.desk import hazardwork
from assistant.hazards import Hazard
from assistant.store import open_engine
from tests.township import COUNTY, RULES, TOWN, VILLAGE, Town

pytestmark = pytest.mark.ledger


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    engine = open_engine(database_url)
    yield Town(engine)
    engine.dispose()


def confirms(town: Town, who: str, number: str, *, is_good: bool, words: str = "") -> None:
    with town.work() as work:
        hazard = work.hazard(number)
        hazardwork.reporter_confirms(work, hazard, town.person(work, who), RULES, is_good=is_good, words=words)


def test_a_report_goes_to_the_grid_worker_of_the_village_and_ends_in_a_reward_to_be_looked_into(town: Town):
    number = town.reports("村民甲", "老粮站后面坡上裂了条缝，雨一直下")
    assert number == "YH20260701-01"
    heard = town.everybody_looks()
    assert set(heard) == {"李网格", "钱值班"}  # the reporter reads the number in the conversation
    (notice,) = heard["李网格"]
    assert "老粮站后面" in notice
    assert "坡上裂了条缝" in notice
    assert "7月1日（周三）14:00前签收" in notice
    assert "《示例镇总体预案》3.4隐患治理" in notice

    assert "请在7月4日（周六）12:00前整改完" in (town.says("李网格", "签收") or "")
    assert "开始整改" in (town.says("李网格", "开始整改") or "")
    assert "收到1张照片" in (town.says("李网格", "整改好了 回填夯实了", pictures=1) or "")
    assert town.case(number).state == "submitted"

    (asked,) = town.hears("赵调度")
    assert "请复查" in asked
    assert "销号了" in (town.says("赵调度", "复查合格") or "")
    (question,) = town.hears("村民甲")
    assert "弄好了吗" in question
    confirms(town, "村民甲", number, is_good=True)
    case = town.case(number)
    assert (case.state, case.reward) == ("called_back", "pending")
    assert Hazard.rederive(town.events(number)).model_dump() == case.model_dump()


def test_a_route_names_the_department_and_a_refusal_lands_at_the_backstop(town: Town):
    town.route(TOWN, "gas", unit="示例镇城管委", owner=town.ids["郑城管"], backstop=town.ids["孙主任"])
    number = town.reports("村民甲", "楼下燃气味道很大", category="gas", place="幸福小区2栋")
    town.everybody_looks()
    reply = town.says("郑城管", "退回 管线产权不清，不归我们管")
    assert "现在由示例镇应急办孙主任接着管" in (reply or "")
    heard = town.everybody_looks()
    assert set(heard) == {"孙主任", "村民甲"}
    assert "管线产权不清" in heard["孙主任"][0]
    assert "现在由示例镇应急办孙主任接着管" in heard["村民甲"][0]
    case = town.case(number)
    assert (case.owner, case.state) == (town.ids["孙主任"], "assigned")
    # the last resort cannot send it back to itself; it falls to the next
    town.says("孙主任", "退回 我们也管不了")
    assert town.case(number).owner not in (None, town.ids["孙主任"])


def test_a_refusal_without_a_reason_is_not_taken(town: Town):
    number = town.reports("村民甲", "坡裂了")
    reply = town.says("李网格", "退回")
    assert "请把原因一起写上" in (reply or "")
    assert town.case(number).owner == town.ids["李网格"]


def test_what_a_department_said_by_telephone_is_its_refusal(town: Town):
    town.route(TOWN, "traffic", unit="示例镇交通站")
    number = town.reports("村民甲", "桥护栏断了", category="traffic", place="村头大桥")
    (notice,) = town.hears("赵调度")
    assert "没有登记示例镇交通站的联系人" in notice
    reply = town.says("赵调度", "他们说不归他们 退回来了 写的理由是“县道归县里管”")
    assert "现在在您这里" in (reply or "")
    refused = town.events(number)[-1]
    assert (refused.kind, refused.actor) == ("refused", f"person/{town.ids['赵调度']}")
    assert "县道归县里管" in refused.fields["reason"]
    assert "没派出去的有1条" in (town.says("赵调度", "今天还没派出去的有几条") or "").replace("还没", "没")
    assert "派给了示例县应急局吴局长" in (town.says("赵调度", "派给吴局长") or "")
    account = town.says("赵调度", "报的人问起来怎么说") or ""
    assert "转给示例镇交通站" in account
    assert "县道归县里管" in account
    assert "现在由示例县应急局吴局长负责" in account


@pytest.mark.parametrize(
    ("said", "due", "told"),
    [
        ("交办给吴局长，后天之前办完", "7月3日（周五）18:00", "期限按您说的：7月3日（周五）18:00前办完"),
        ("派给吴局长 一周内整改好", "7月4日（周六）12:00", "比规定的长，按规定的时限办（签收后3天）"),
        ("派给吴局长", "7月4日（周六）12:00", "派给了"),
    ],
)
def test_the_day_of_who_gives_a_case_is_its_deadline_and_the_rule_the_latest(
    town: Town, said: str, due: str, told: str
):
    number = town.reports("村民甲", "坡裂了", urgency="urgent")
    town.everybody_looks()
    assert told in (town.says("赵调度", said) or "")
    (notice,) = [text for text in town.hears("吴局长") if "派给您" in text]
    assert ("要求" in notice) == ("派给吴局长" != said)
    assert f"请在{due}前整改完" in (town.says("吴局长", "签收") or "")
    case = town.case(number)
    assert case.due_rule == ("assigned" if "按您说的" in told else "hazard.rectify.urgent")
    assert Hazard.rederive(town.events(number)).model_dump() == case.model_dump()


def test_more_time_is_asked_for_and_decided_by_somebody_else(town: Town):
    number = town.reports("村民甲", "坡裂了", urgency="routine")
    town.says("李网格", "签收")
    town.everybody_looks()
    assert "要延到哪一天" in (town.says("李网格", "申请延期") or "")
    assert "7月31日（周五）18:00" in (town.says("李网格", "申请延期到7月31日 因为石料没到") or "")
    heard = town.everybody_looks()
    assert set(heard) == {"孙主任"}
    assert "石料没到" in heard["孙主任"][0]
    assert "办不了" in (town.says("李网格", "同意延期") or "")
    assert town.case(number).extension_until is not None
    assert "同意了" in (town.says("孙主任", "同意延期") or "")
    heard = town.everybody_looks()
    assert "改到7月31日" in heard["李网格"][0]
    assert "因为石料没到" in heard["村民甲"][0]
    assert town.case(number).due_rule == "extension"


def test_a_failed_inspection_goes_back_and_who_repaired_does_not_close(town: Town):
    number = town.reports("村民甲", "坡裂了")
    town.says("李网格", "签收")
    town.says("李网格", "修好了")
    reply = town.says("李网格", "销号")
    assert "不能自己销号" in (reply or "")
    assert town.case(number).state == "submitted"
    town.everybody_looks()
    assert "复查不合格" in (town.says("钱值班", "复查不合格 北头还有一段没填") or "")
    assert "北头还有一段没填" in town.hears("李网格")[0]
    assert town.case(number).state == "rectifying"
    town.says("李网格", "都弄好了", pictures=2)
    assert "销号了" in (town.says("钱值班", "验收通过 销号") or "")


def test_the_reporter_opens_it_again_and_it_goes_back_to_who_had_it(town: Town):
    number = town.reports("村民甲", "坡裂了")
    for who, words in (("李网格", "签收"), ("李网格", "修好了"), ("赵调度", "复查合格")):
        town.says(who, words)
    town.everybody_looks()
    with town.work() as work:
        waiting = hazardwork.awaiting_confirmation(work, town.person(work, "村民甲"))
        assert [hazard.number for hazard in waiting] == [number]
    confirms(town, "村民甲", number, is_good=False, words="没弄好，又裂开了")
    case = town.case(number)
    assert (case.state, case.owner) == ("assigned", town.ids["李网格"])
    heard = town.everybody_looks()
    assert set(heard) == {"李网格", "赵调度"}
    assert "又裂开了" in heard["赵调度"][0]


def test_overdue_is_reminded_once_and_climbs_to_named_superiors_one_by_one(town: Town):
    number = town.reports("村民甲", "坡裂了")  # urgent: two hours to sign
    town.everybody_looks()
    assert town.passes(minutes=80) == 0
    assert town.passes(minutes=15) == 1
    assert town.passes(minutes=0) == 0
    assert "快到期" in town.hears("李网格")[0]
    assert town.passes(minutes=30) == 1
    heard = town.everybody_looks()
    assert set(heard) == {"李网格", "孙主任"}
    assert "已经报给示例镇应急办孙主任" in heard["李网格"][0]
    assert "网格员李网格负责" in heard["孙主任"][0]
    assert town.case(number).supervisor == town.ids["孙主任"]
    assert town.passes(hours=1) == 0
    assert town.passes(hours=4) == 1
    assert set(town.everybody_looks()) == {"吴局长"}
    assert town.passes(hours=5) == 1  # nobody stands above: it is recorded, once
    assert town.passes(hours=50) == 0
    assert town.everybody_looks() == {}
    town.says("孙主任", "督办 今天必须办")
    assert "今天必须办" in town.hears("李网格")[0]
    assert Hazard.rederive(town.events(number)).model_dump() == town.case(number).model_dump()


def test_where_nobody_stands_above_the_desk_is_told_so(town: Town):
    elsewhere = "云南省/示例州/别的示例县/别的镇"
    with town.work() as work:
        town.enter(work, "别处值班", elsewhere, "")
        from assistant.people import Grant

        work.session.add(Grant(person_id=town.ids["别处值班"], role="duty", region=elsewhere))
    number = town.reports("村民甲", "坡裂了", region=elsewhere)
    town.everybody_looks()
    town.passes(hours=3)
    heard = town.everybody_looks()
    assert any("没处上报" in text for text in heard["别处值班"])
    assert town.case(number).is_overdue


def test_a_whistle_calls_two_departments_and_each_reports_in(town: Town):
    number = town.reports("村民甲", "坡裂了")
    town.says("李网格", "签收")
    town.everybody_looks()
    reply = town.says("赵调度", "吹哨 城管委、消防所、水务站")
    assert "水务站没有登记联系人" in (reply or "")
    heard = town.everybody_looks()
    assert set(heard) == {"郑城管", "王消防"}
    assert "一起叫的还有" in heard["郑城管"][0]
    assert "示例镇消防所报到" in (town.says("王消防", "报到 拉了警戒线") or "").replace("到YH20260701-01的现场", "")
    town.says("李网格", "修好了")
    assert "还没到齐" in (town.says("赵调度", "销号") or "")
    town.passes(hours=3)
    late = [text for text in town.everybody_looks()["郑城管"] if "没有报到" in text]
    assert len(late) == 1
    assert "记下了" in (town.says("郑城管", "已到现场了，围了起来") or "")
    assert "记下了" in (town.says("赵调度", "水务站到了，关了闸") or "")
    assert "销号了" in (town.says("赵调度", "复查合格") or "")
    assert "示例镇消防所" in (town.says("赵调度", f"看{number}") or "")


def test_two_cases_fit_and_a_numbered_question_asks_which(town: Town):
    first = town.reports("村民甲", "坡裂了", place="老粮站后面")
    second = town.reports("村民乙", "护栏断了", category="traffic", place="村头大桥")
    question = town.says("李网格", "签收") or ""
    assert "说的是哪一条" in question
    assert "1. " + first in question
    assert "签收了：" + second in (town.says("李网格", "2") or "")
    assert town.says("李网格", "2") is None  # the question has been answered; a bare number means nothing now
    assert "签收了：" + first in (town.says("李网格", "粮站那条签收") or "")


def test_a_case_is_named_by_its_last_digits(town: Town):
    town.reports("村民甲", "坡裂了")
    second = town.reports("村民乙", "护栏断了", category="traffic", place="村头大桥")
    assert "签收了：" + second in (town.says("李网格", "02签收") or "")
    assert "没有找到编号是09" in (town.says("李网格", "09签收") or "")


def test_a_villager_who_says_what_staff_say_is_told_so_politely(town: Town):
    number = town.reports("村民甲", "坡裂了")
    for words in (f"{number} 销号", "01派给城管委", "看一下台账", "吹哨 城管委", "督办01"):
        assert "要工作人员来办" in (town.says("村民甲", words) or ""), words
    # what a villager may say of the own report is for the dialogue
    for words in (f"看{number}", number, "修好了", "重开", "好的"):
        assert town.says("村民甲", words) is None, words
    assert town.case(number).state == "assigned"


def test_a_grid_worker_cannot_act_in_another_village(town: Town):
    number = town.reports("村民甲", "坡裂了")
    reply = town.says("周网格", f"{number} 签收") or ""
    assert "没有找到" in reply
    assert town.case(number).state == "assigned"


def test_lists_and_menu_follow_the_role(town: Town):
    town.reports("村民甲", "坡裂了")
    town.reports("村民乙", "护栏断了", region=TOWN, category="traffic", place="")
    menu = town.says("赵调度", "菜单") or ""
    assert "2. 待派" in menu
    assert "还没派出去的有1条，其中今天报来的1条" in (town.says("赵调度", "2") or "")
    assert "YH20260701-02" in (town.says("赵调度", "1") or "")
    assert "待派" not in (town.says("李网格", "菜单") or "").split("\n\n")[0].split("办某一条")[0]
    assert "您手上有1条" in (town.says("李网格", "我的任务") or "")
    ledger = town.says("孙主任", "台账") or ""
    assert "一共2条" in ledger
    assert "地质灾害1条" in ledger
    assert "示例镇上河村1条" in ledger


def test_a_case_without_a_route_waits_for_the_dispatcher_and_duty_hears_of_an_urgent_one(town: Town):
    number = town.reports("村民乙", "变压器冒火花", region=TOWN, category="electricity", place="集市口")
    heard = town.everybody_looks()
    assert set(heard) == {"赵调度", "钱值班"}
    assert "等您派单" in heard["赵调度"][0]
    assert town.case(number).owner is None
    assert "派给了示例镇消防所王消防" in (town.says("赵调度", "01派给消防所") or "")
    heard = town.everybody_looks()
    assert "转给示例镇消防所王消防" in heard["村民乙"][0]
    town.passes(hours=5)
    assert any("超期" in text for text in town.everybody_looks()["王消防"])


def test_an_anonymous_reporter_cannot_be_read_off_what_goes_to_the_owner(town: Town):
    text = "我家后面的坡裂了\n坡上的裂缝有手掌宽，我老公量过。别说是我说的，我电话13800001234"
    town.reports("村民甲", text, is_anonymous=True, place="我家后面")
    (notice,) = town.hears("李网格")
    for trace in ("我", "老公", "13800001234", "村民甲", "家后面"):
        assert trace not in notice
    assert "坡上的裂缝有手掌宽" in notice
    assert "上河村" in notice
    for shown in (town.says("李网格", "看01") or "", town.says("李网格", "我的任务") or ""):
        assert "老公" not in shown
        assert "村民甲" not in shown


def test_the_reporter_adds_corrects_and_withdraws_and_those_in_charge_hear_of_it(town: Town):
    number = town.reports("村民甲", "坡裂了")
    town.everybody_looks()
    with town.work() as work:
        hazard, person = work.hazard(number), town.person(work, "村民甲")
        hazardwork.supplement(work, hazard, person, "又掉石头了", more={"urgency": "emergency"})
        hazardwork.correct(
            work, hazard, person, "讲错了 是下河村", {"region": f"{TOWN}/下河村", "place": "桥边"}, RULES
        )
    heard = town.everybody_looks()
    assert "又掉石头了" in heard["李网格"][0]
    assert any("改由网格员周网格负责" in text for text in heard["李网格"])
    assert any("桥边" in text for text in heard["周网格"])
    with town.work() as work:
        hazardwork.withdraw(work, work.hazard(number), town.person(work, "村民甲"), "村长弄好了")
    assert "报的人撤回" in town.hears("周网格")[0]
    assert town.case(number).state == "withdrawn"
    assert town.passes(hours=90) == 0
    actors = {event.actor for event in town.events(number)}
    assert not any(str(town.ids["村民甲"]) == actor.removeprefix("person/") for actor in actors)


def test_a_reporter_who_does_not_answer_is_recorded_as_silent(town: Town):
    number = town.reports("村民甲", "坡裂了")
    for who, words in (("李网格", "签收"), ("李网格", "修好了"), ("赵调度", "复查合格")):
        town.says(who, words)
    assert town.passes(days=6) == 0
    assert town.passes(days=2) == 1
    assert town.passes(days=2) == 0
    assert (town.case(number).state, town.case(number).reward) == ("called_back", "pending")


def test_pictures_without_words_belong_to_the_case_that_was_reported_done(town: Town):
    number = town.reports("村民甲", "坡裂了")
    town.says("李网格", "整改好了")
    assert "收到2张照片" in (town.says("李网格", "", pictures=2) or "")
    assert town.says("周网格", "", pictures=1) is None
    assert "有2张照片" in (town.says("李网格", f"看{number}") or "")


def test_nothing_is_told_twice_when_the_clock_looks_again_and_again(town: Town):
    town.route(COUNTY, backstop_unit="示例县应急局", unit="示例镇城管委")
    town.reports("村民甲", "坡裂了", urgency="emergency")
    town.passes(hours=1)
    town.everybody_looks()
    for _ in range(5):
        assert town.passes(minutes=0) == 0
    assert town.everybody_looks() == {}
    assert VILLAGE.startswith(COUNTY)
