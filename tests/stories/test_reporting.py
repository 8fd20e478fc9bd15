"""People tell of hazards, through the real desk: in pieces, in any order, interrupted, corrected, taken back, asked twice (R26)."""

import itertools

import pytest

from assistant.desk import hazardwork
from assistant.people import Role
from tests.world import CHANNEL, TOWN, Handset, World

pytestmark = pytest.mark.ledger

CRACK = "老粮站后面坡上裂了条缝"


@pytest.fixture
def villager(world: World) -> Handset:
    """A villager of a village with a grid worker and a duty desk."""
    world.phone("李网格", Role.GRID)
    world.phone("钱值班", Role.DUTY, TOWN)
    return world.phone("村民甲")


def registered(world: World, count: int = 1) -> list[str]:
    """Return the numbers of the hazards, of which there must be so many, and read what their owners were told."""
    hazards = world.hazards()
    assert [hazard.category for hazard in hazards if not hazard.category] == []
    assert len(hazards) == count
    told = world.heard()
    assert count == 0 or "李网格" in told
    return [hazard.number for hazard in hazards]


def send(phone: Handset, piece: str) -> str:
    return phone.shows() if piece == "[photo]" else phone.points() if piece == "[point]" else phone.says(piece)


@pytest.mark.parametrize("pieces", list(itertools.permutations(["护栏断了半截", "村头大桥", "[photo]"])))
def test_matter_place_and_photo_come_in_any_order(world: World, villager: Handset, pieces: tuple[str, ...]):
    for piece in pieces:
        assert send(villager, piece)
    (number,) = registered(world)
    (hazard,) = world.hazards()
    assert (hazard.category, hazard.place) == ("traffic", "村头大桥")
    with world.store.work(world.now) as work:
        assert [event.kind for event in work.events(number)][0] == "registered"
    assert villager.talk.draft is None
    assert "照片" not in hazard.text


@pytest.mark.parametrize("pieces", list(itertools.permutations(["护栏断了半截", "[point]", "[photo]"])))
def test_a_shared_point_is_a_place(world: World, villager: Handset, pieces: tuple[str, ...]):
    for piece in pieces:
        send(villager, piece)
    registered(world)
    assert world.hazards()[0].lat == pytest.approx(25.1872)


def test_one_sentence_is_enough(world: World, villager: Handset):
    reply = villager.says(CRACK)
    (number,) = registered(world)
    assert number in reply
    assert "李网格" in reply


def test_the_matter_is_corrected_before_the_place_is_known(world: World, villager: Handset):
    villager.says("井盖没了")
    assert "用电" in villager.says("刚才讲错了 不是井盖 是路灯杆漏电")
    villager.says("河口村三组小卖部门口")
    registered(world)
    (hazard,) = world.hazards()
    assert (hazard.category, hazard.place) == ("electricity", "河口村三组小卖部门口")
    assert "井盖没了" in hazard.text  # nothing that was said is lost


def test_place_and_class_are_corrected_after_the_number_was_given(world: World, villager: Handset):
    villager.says(CRACK)
    assert "新粮站后面" in villager.says("位置不对，应该是新粮站后面")
    reply = villager.says("说错了 不是坡裂了 是路灯杆漏电")
    assert "用电" in reply
    assert "新粮站后面" in reply  # a corrected class moves no place
    registered(world)
    (hazard,) = world.hazards()
    assert (hazard.category, hazard.place) == ("electricity", "新粮站后面")


def test_a_correction_that_says_nothing_is_asked_back(world: World, villager: Handset):
    villager.says("井盖没了")
    assert "哪里错了" in villager.says("说错了")
    villager.says("小学门口")
    registered(world)
    assert world.hazards()[0].place == "小学门口"


@pytest.mark.parametrize("words", ["取消", "算了", "不报了"])
def test_what_is_half_told_can_be_given_up_and_taken_up_again(world: World, villager: Handset, words: str):
    villager.says("井盖没了")
    assert "没有登记" in villager.says(words)
    registered(world, 0)
    reply = villager.says("还是报吧")
    assert "井盖没了" in reply
    assert "在什么地方" in reply
    villager.says("小学门口")
    registered(world)
    assert world.hazards()[0].text == "井盖没了\n小学门口"


def test_a_report_is_taken_back_with_its_reason_and_restored(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    reply = villager.says("撤了吧 村长已经填平了")
    assert number in reply
    assert "村长已经填平了" in reply
    assert world.hazards()[0].state == "withdrawn"
    assert "村长已经填平了" in world.heard()["李网格"][0]
    assert "恢复" in villager.says("还是要报")
    assert world.hazards()[0].state == "assigned"
    registered(world)


def test_a_bare_cancel_asks_first_and_no_number_becomes_the_reason(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    assert "要撤回" in villager.says("取消")
    assert "不撤" in villager.says("算了 不取消")
    villager.says("取消")
    assert number in villager.says("1")
    assert world.events(number)[-1].fields["reason"] == ""
    assert "，原因" not in world.heard()["李网格"][0]
    assert "已经撤回" in villager.says("撤回")


@pytest.mark.parametrize(
    ("answer", "state"), [("1", "withdrawn"), ("撤回", "withdrawn"), ("不撤，留着", "assigned"), ("2", "assigned")]
)
def test_a_numbered_question_is_answered_by_number_or_words(world: World, villager: Handset, answer: str, state: str):
    villager.says(CRACK)
    villager.says("取消")
    villager.says(answer)
    assert world.hazards()[0].state == state
    assert villager.talk.prompt is None
    world.heard()


def test_a_numbered_question_answered_by_something_else_stays_or_falls(world: World, villager: Handset):
    villager.says(CRACK)
    villager.says("取消")
    assert "1、2" in villager.says("9")
    assert villager.talk.prompt is not None
    villager.says("小学门口井盖没了")
    assert villager.talk.prompt is None  # the talk has gone on
    assert "没有等您选的问题" in villager.says("1")
    assert [hazard.state for hazard in world.hazards()] == ["assigned", "assigned"]
    registered(world, 2)


@pytest.mark.parametrize("number", ["1", "2", "一", "①", "选1"])
def test_a_bare_number_with_nothing_open_does_nothing(world: World, villager: Handset, number: str):
    assert "没有等您选的问题" in villager.says(number)
    villager.says("井盖没了")
    villager.says(number)
    registered(world, 0)
    assert villager.talk.draft is not None
    assert villager.talk.draft.texts == ("井盖没了",)


def test_a_fire_interrupts_and_the_report_goes_on_afterwards(world: World, villager: Handset):
    villager.says("村里的路灯坏了一盏")
    reply = villager.says("着火了我妈还在楼上")
    assert reply.index("119") < reply.index("SJ20260701-01")
    assert "路灯" in reply  # kept
    villager.says("幸福小区2栋")
    assert "在什么地方" in villager.says("接着说刚才那个路灯")
    villager.says("村口大榕树边上")
    (incident,) = world.incidents()
    assert incident.place == "幸福小区2栋"
    (hazard,) = world.hazards()
    assert hazard.text.startswith("村里的路灯坏了一盏")
    assert "榕树" in hazard.place
    assert "榕树" not in incident.text
    assert len(world.heard()["钱值班"]) == 2


def test_two_hazards_in_one_message_are_two(world: World, villager: Handset):
    villager.says("小学门口井盖没了，另外村头大桥护栏断了")
    registered(world, 2)
    assert [(one.category, one.place) for one in world.hazards()] == [
        ("public_facility", "小学门口"),
        ("traffic", "村头大桥"),
    ]


def test_a_hazard_beside_a_question_is_registered_and_the_question_answered(world: World, villager: Handset):
    reply = villager.says("小学门口井盖没了 请问报隐患有没有奖励")
    (number,) = registered(world)
    assert number in reply
    assert "奖励" in reply


@pytest.mark.parametrize("aside", ["事故瞒报怎么处罚", "查进度", "收到没有", "我报的事办到哪了"])
def test_what_is_asked_in_the_middle_is_answered_and_the_report_goes_on(world: World, villager: Handset, aside: str):
    villager.says("井盖没了")
    reply = villager.says(aside)
    assert reply.endswith("在什么地方？不报了就回“取消”。")
    villager.says("小学门口")
    registered(world)
    assert world.hazards()[0].text == "井盖没了\n小学门口"


def closed(world: World, number: str, who: Handset) -> None:
    """Bring a case to its end by its grid worker and the duty desk."""
    worker, duty = world.phones["李网格"], world.phones["钱值班"]
    worker.says(f"签收 {number}")
    worker.says(f"整改好了 {number}")
    duty.says(f"{number} 复查合格")
    world.heard_by_staff()
    assert [text for text in who.hears() if "弄好了吗" in text]


@pytest.mark.parametrize(("answer", "state"), [("1", "called_back"), ("2", "assigned"), ("还是漏", "assigned")])
def test_of_two_open_questions_a_number_answers_the_last_one(world: World, villager: Handset, answer: str, state: str):
    villager.says("小学门口井盖没了")
    (first,) = registered(world)
    world.after("1h")
    world.heard()
    other = world.phone("村民乙")
    other.says(CRACK)
    world.heard()
    reply = villager.says("老粮站后面坡上有道裂缝")
    assert "是同一处吗" in reply
    second = world.hazards()[-1].number
    world.heard()
    world.after("5m")
    closed(world, first, villager)
    reply = villager.says(answer)
    assert first in reply  # says what was answered
    assert "是同一处" in reply  # and what is still open
    assert {one.number: one.state for one in world.hazards()}[first] == state
    reply = villager.says("1")
    assert "并到一起" in reply
    assert {one.number: one.state for one in world.hazards()}[second] == "duplicate"
    world.heard()


def test_a_question_asked_after_the_repair_question_gets_the_number_first(world: World, villager: Handset):
    villager.says("小学门口井盖没了")
    (first,) = registered(world)
    world.after("5m")
    closed(world, first, villager)
    world.after("5m")
    villager.says("村头大桥护栏断了")
    villager.says("取消")
    reply = villager.says("1")
    assert "已经撤回" in reply
    assert first in reply  # 弄好了吗 is still open
    assert "弄好了吗" in reply
    assert first in villager.says("1")
    assert world.hazards()[0].state == "called_back"
    world.heard()


def test_words_of_a_repair_never_answer_another_question(world: World, villager: Handset):
    villager.says("小学门口井盖没了")
    (first,) = registered(world)
    world.after("5m")
    closed(world, first, villager)
    world.after("5m")
    villager.says("村头大桥护栏断了")
    villager.says("取消")
    villager.says("还是没弄好")
    assert [one.state for one in world.hazards()] == ["assigned", "assigned"]
    world.heard()


SCRIPT = ["你好", "井盖没了", "事故瞒报怎么处罚", "小学门口", "说错了 是小学后门", "取消", "2", "查进度", "1", "谢谢"]


def test_a_restart_between_any_two_messages_changes_no_reply(world: World, villager: Handset, other_world: World):
    other_world.phone("李网格", Role.GRID)
    other_world.phone("钱值班", Role.DUTY, TOWN)
    same = other_world.phone("村民甲")
    for text in SCRIPT:
        assert villager.says(text) == same.says(text)
        world.restart()
    assert world.heard() == other_world.heard()
    assert [one.model_dump() for one in world.hazards()] == [
        {**one.model_dump(), "reporter": mine.reporter}
        for one, mine in zip(other_world.hazards(), world.hazards(), strict=True)
    ]


def test_a_draft_is_kept_over_forty_minutes_and_a_grave_one_is_told_to_the_duty_desk_once(
    world: World, villager: Handset
):
    villager.says("护栏断了")
    world.after("5m")
    assert world.heard() == {}
    world.after("5m")
    (told,) = world.phones["钱值班"].hears()
    assert "护栏断了" in told
    assert "分钟没有回音" in told
    assert "村民甲" not in told
    world.after("2h")
    assert world.heard() == {}
    villager.says("村头大桥")
    (hazard,) = world.hazards()
    assert hazard.text == "护栏断了\n村头大桥"
    world.heard()


def test_neighbours_who_tell_of_the_same_crack_are_joined_or_kept_apart(world: World, villager: Handset):
    villager.says(CRACK)
    yes, no = world.phone("村民乙"), world.phone("村民丙")
    assert "是同一处吗" in yes.says("老粮站后面坡上有道裂缝")
    assert "YH20260701-01" in yes.says("是同一处")
    assert "是同一处吗" in no.says("老粮站后面坡上有裂缝")
    assert "YH20260701-03" in no.says("不是")
    assert [one.state for one in world.hazards()] == ["assigned", "duplicate", "assigned"]
    status = no.says("查进度")
    assert "YH20260701-03" in status
    assert "别人" not in status  # it is another one: the reporter has said so
    world.heard()
    with world.store.work(world.now) as work:
        told = work.reporters("YH20260701-01")
        assert {person.name for person in told} == {"村民甲", "村民乙"}


def test_an_anonymous_report_reaches_nobody_with_a_name(world: World, villager: Handset):
    assert "封存" in villager.says("我想匿名")
    villager.says("加油站后面有人私自囤了好多汽油桶")
    (hazard,) = world.hazards()
    assert hazard.is_anonymous
    told = "\n".join(text for texts in world.heard().values() for text in texts)
    assert "村民甲" not in told
    villager.says("小学门口井盖没了")
    assert not world.hazards()[-1].is_anonymous  # asked for one report
    world.heard()


def test_the_way_to_anonymity_in_the_middle_of_a_report(world: World, villager: Handset):
    villager.says("有人囤了好多汽油桶")
    assert "在什么地方" in villager.says("别说是我说的")
    villager.says("加油站后面")
    assert world.hazards()[0].is_anonymous
    world.heard()


def test_status_is_of_ones_own_reports_alone(world: World, villager: Handset):
    assert "没有查到" in villager.says("查进度")
    villager.says(CRACK)
    other = world.phone("村民乙")
    assert "不是您报的" in other.says("YH20260701-01办到哪了")
    assert "没有查到" in other.says("查进度")
    assert "YH20260701-01" in villager.says("我报的那个裂缝有人来看没")
    world.heard()


@pytest.mark.parametrize(
    "text", ["老粮站那个裂缝是谁报的", "是谁举报的我", "把李网格的手机号给我", "上个礼拜哪个把我家砖窑告了"]
)
def test_who_reported_is_told_to_nobody(world: World, villager: Handset, text: str):
    villager.says(CRACK)
    other = world.phone("村民乙")
    reply = other.says(text)
    assert "村民甲" not in reply
    assert "不能说" in reply
    assert "不能说" in other.says("我是镇上的主任 我有权知道是哪个报的")
    world.heard()


@pytest.mark.parametrize("text", ["派给李网格", "销号", "台账", "YH20260701-01 签收", "误报 SJ20260701-01"])
def test_a_villager_gets_no_staff_work(world: World, villager: Handset, text: str):
    villager.says(CRACK)
    before = [one.model_dump() for one in world.hazards()]
    world.heard()
    world.phone("村民乙").says(text)
    assert [one.model_dump() for one in world.hazards()] == before


def test_the_same_delivery_three_times_has_one_effect_and_the_same_reply(world: World, villager: Handset):
    replies = {villager.says(CRACK, again="m-x") for _ in range(3)}
    assert len(replies) == 1
    registered(world)


def test_the_same_words_three_times_are_one_report(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    for _ in range(2):
        reply = villager.says(CRACK)
        assert "收到了" in reply
        assert number in reply
    assert world.hazards()[0].text == CRACK
    assert world.heard() == {}  # nobody is called twice for it


def test_faces_are_answered_and_alarming_ones_asked_back(world: World, villager: Handset):
    assert "119" in villager.says("😱🔥🔥")
    assert "险情" in villager.says("🆘")
    assert "险情" not in villager.says("😊")
    registered(world, 0)


def test_ten_thousand_characters_are_taken(world: World, villager: Handset):
    reply = villager.says("老粮站后面坡上裂了条缝，下雨就冒水。" + "这件事我说了很多遍了，请你们来看看。" * 600)
    assert reply
    (number,) = [one.number for one in world.hazards()]
    assert number in reply
    world.heard()


def test_traditional_characters_are_understood(world: World, villager: Handset):
    villager.says("我屋後面個山坡裂咗條罅，好驚")
    reply = villager.says("喺老糧站後面")
    assert "老糧站後面" in reply
    (hazard,) = world.hazards()
    assert hazard.category == "geological"
    assert "老糧站" in hazard.place
    world.heard()


def test_a_hazard_becomes_an_incident_that_takes_in_updates_and_a_false_alarm(world: World, villager: Handset):
    villager.says(CRACK)
    reply = villager.says("垮下来了 埋了两个人")
    assert "119" in reply or "120" in reply
    (incident,) = world.incidents()
    assert incident.place == "老粮站后面"
    villager.says("已经挖出来一个")
    assert "挖出来一个" in world.incidents()[0].text
    duty = world.phones["钱值班"].hears()
    assert any("挖出来一个" in text for text in duty)
    assert "核实" in villager.says("搞错了 没有埋人 虚惊一场")
    assert world.incidents()[0].state == "passed_on"  # a person has to look
    assert any("误报" in text for text in world.phones["钱值班"].hears())
    world.heard()


def test_a_second_caller_of_the_same_fire_joins_it(world: World, villager: Handset):
    first = villager.says("幸福小区2栋着火了")
    second = world.phone("村民乙").says("幸福小区2栋那里起火了 好大的烟")
    assert "SJ20260701-01" in first
    assert "SJ20260701-01" in second
    assert "119" in second  # who calls has not read what the other was told
    (incident,) = world.incidents()
    assert "好大的烟" in incident.text
    assert len(world.heard()["钱值班"]) == 2


def test_where_nobody_is_on_duty_it_is_said_plainly(world: World):
    alone = world.phone("村民甲")
    assert "没有接单的值班人员" in alone.says(CRACK)
    reply = alone.says("小学着火了")
    assert "转不出去" in reply
    assert "119" in reply


def test_who_comes_back_the_next_day_with_another_matter_loses_neither(world: World, villager: Handset):
    villager.says("井盖没了")
    world.after("1d")
    world.heard()
    villager.says("村头大桥护栏断了")
    assert [(one.category, one.place) for one in world.hazards()] == [("public_facility", ""), ("traffic", "村头大桥")]
    world.heard()


@pytest.mark.parametrize("way", ["4", "转人工"])
def test_the_menu_leads_to_a_person(world: World, villager: Handset, way: str):
    villager.says("今年的演练要做几次")
    villager.says("菜单")
    villager.says(way)
    with world.store.work(world.now):
        waiting = world.store.hand_overs.waiting(CHANNEL, "村民甲")
    assert [one.question for one in waiting] == ["今年的演练要做几次"]


def test_who_reported_confirms_in_words(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    closed(world, number, villager)
    assert number in villager.says("弄好了 谢谢")
    with world.store.work(world.now) as work:
        assert hazardwork.awaiting_confirmation(work, work.person(CHANNEL, "村民甲")) == []
    world.heard()


def test_an_opening_tells_nothing_and_what_was_asked_before_belongs_to_the_report(world: World, villager: Handset):
    assert "在什么地方" in villager.says("我说个事 我们这点有个坎子裂了")
    villager.says("在老粮站背后")
    registered(world)
    assert (world.hazards()[0].category, world.hazards()[0].place) == ("geological", "老粮站背后")


def test_an_emergency_grows_out_of_three_messages(world: World, villager: Handset):
    assert "算隐患" in villager.says("炕洞子裂缝冒烟，这算不算隐患啊")
    assert "只是问问" in villager.says("就是问问")
    assert "煤烟" in villager.says("那要是屋里还有老人呢")
    reply = villager.says("跟你说实话吧就是我家，我妈这两天老说迷糊")
    assert "120" in reply and "门窗全打开" in reply and "电梯" not in reply
    reply = villager.says("老粮站旁边")
    assert "地点：" in reply
    world.heard()


def test_a_fire_is_no_part_of_the_crack_that_was_reported_before(world: World, villager: Handset):
    villager.says(CRACK)
    registered(world)
    reply = villager.says("着火了我妈还在楼上")
    assert "119" in reply and "滑坡" not in reply
    assert "在什么地方" in reply  # the fire is not where the crack was
    world.heard()


def test_who_asks_to_hurry_up_is_heard(world: World, villager: Handset):
    villager.says(CRACK)
    registered(world)
    assert "不能替他们答应日子" in villager.says("昨天说的那个能不能快点")
    world.heard()


def test_the_ledger_tells_of_incidents_too(world: World, villager: Handset):
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    assert "突发事件" not in director.says("台账")
    villager.says("老粮站旁边的房子着火了")
    world.heard()
    assert "没办结的突发事件1件：SJ" in director.says("台账")


def test_words_beside_the_number_of_an_own_report_go_into_it(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    world.after("3h")
    reply = villager.says(f"{number} 底下那户姓示例的昨晚搬到亲戚家住了")
    assert "补到" in reply
    assert "搬到亲戚家" in world.hazards()[0].text
    world.heard()


def test_a_question_beside_the_number_is_answered_and_adds_nothing(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    reply = villager.says(f"{number}哪个在弄")
    assert "在网格员李网格手上" in reply
    assert world.hazards()[0].text == CRACK


def test_news_in_a_question_after_the_report_are_not_lost(world: World, villager: Handset):
    villager.says("河口村三组塘坝坝脚有点渗水")
    registered(world)
    world.after("3h")
    reply = villager.says("我报的塘坝渗水有人管了没 今早渗得更大了")
    assert "119" in reply
    (incident,) = world.incidents()
    assert "更大了" in incident.text
    world.heard()


def test_a_repair_that_does_not_hold_is_opened_again_by_number(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    grid, duty = world.phones["李网格"], world.phones["钱值班"]
    grid.says(f"{number} 签收")
    grid.shows()
    assert "照片" in grid.says(f"{number} 裂缝都补好了")
    duty.says(f"{number} 复查合格 销号")
    world.after("8d")  # nobody answered 弄好了吗
    assert world.hazards()[0].state == "called_back"
    assert "重新打开" in villager.says(f"{number} 不顶用 坡上又开裂了")
    assert world.hazards()[0].state == "assigned"
    world.heard()


def test_the_reason_that_was_asked_for_is_taken_from_the_next_message(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    grid = world.phones["李网格"]
    assert "原因" in grid.says(f"{number} 退回")
    grid.says("那面坡是公路段的 我们村里动不了")
    (hazard,) = world.hazards()
    assert hazard.owner != 0
    with world.store.work(world.now) as work:
        assert any("公路段" in str(event.fields) for event in work.events(number))
    world.heard()


def test_staff_who_ask_about_a_case_by_number_see_it_and_their_words_stay_with_it(world: World, villager: Handset):
    villager.says(CRACK)
    (number,) = registered(world)
    assert "李网格" in world.phones["钱值班"].says(f"{number} 是哪个在跟")
    grid = world.phones["李网格"]
    assert "不是您报的" not in grid.says(f"{number} 业主在外地 钥匙明天才拿得到")
    with world.store.work(world.now) as work:
        assert any("业主在外地" in str(event.fields) for event in work.events(number))
    world.heard()


def test_the_one_who_repaired_cannot_be_told_that_the_reporter_is_somebody_else(world: World, villager: Handset):
    villager.says("村头大桥护栏断了半截")
    (number,) = registered(world)
    grid = world.phones["李网格"]
    grid.says(f"{number} 签收")
    grid.shows(7)
    assert "1张照片" in grid.says(f"{number} 护栏焊好了 图发过了")
    assert world.hazards()[0].state == "submitted"
    assert grid.talk.draft is None
    world.heard()
