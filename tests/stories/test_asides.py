"""What people say around a report, through the real desk: thanks, doubts, anger, despair, stickers, other tongues, one character at a time."""

import pytest

from assistant.people import Role
from tests.world import TOWN, Handset, World

CRACK = "老粮站后面坡上裂了条缝"
CLAUSE = "《"
"""Stands in every answer from the documents."""


@pytest.fixture
def villager(world: World) -> Handset:
    """A villager of a village with a grid worker and a duty desk."""
    world.phone("李网格", Role.GRID)
    world.phone("钱值班", Role.DUTY, TOWN)
    return world.phone("村民甲")


@pytest.mark.parametrize("said", ["你们就是一群废物", "你是真人吗", "[捂脸]", "那找谁", "上次报的路灯修好了 点赞"])
def test_small_talk_gets_no_clauses_and_opens_nothing(world: World, villager: Handset, said: str):
    reply = villager.says(said)
    assert CLAUSE not in reply
    assert len(reply.split("\n")) <= 3
    assert villager.talk.draft is None
    assert (world.hazards(), world.incidents()) == ([], [])


def test_marks_and_stickers_after_a_report_are_no_news(world: World, villager: Handset):
    villager.says(CRACK)
    world.heard()
    assert "YH20260701-01" in villager.says("[玫瑰]")
    assert "老粮站后面" in villager.says("？")  # how far has it come
    assert "不客气" in villager.says("唔该晒")
    assert world.hazards()[0].text == CRACK
    assert world.heard() == {}


def test_who_writes_no_chinese_is_told_so_in_two_languages(world: World, villager: Handset):
    reply = villager.says("There is a big crack on the slope behind my house")
    assert "中文" in reply
    assert "119 (fire)" in reply


def test_what_is_spelled_a_character_at_a_time_becomes_one_report(world: World, villager: Handset):
    for character in "路灯坏了村口":
        villager.says(character)
    (hazard,) = world.hazards()
    assert (hazard.category, hazard.place) == ("public_facility", "村口")
    assert hazard.text.startswith("路灯坏了")
    world.heard()


def test_a_fire_in_whatever_words_is_no_routine_matter(world: World, villager: Handset):
    assert "119" in villager.says("老粮站着火了 好大的烟子")
    assert len(world.incidents()) == 1
    world.heard()


def test_somebody_who_is_beaten_hears_of_the_police_and_not_of_fires(world: World, villager: Handset):
    reply = villager.says("我老公打我 我躲在厕所")
    assert "110" in reply
    assert CLAUSE not in reply
    assert len(world.incidents()) == 1
    assert world.heard()["钱值班"]


def test_despair_is_spoken_to_and_not_taken_back(world: World, villager: Handset):
    assert "12356" in villager.says("不想活了")
    reply = villager.says("算了")
    assert "我在" in reply
    assert world.incidents()[0].state == "passed_on"
    assert not any("误报" in text for text in world.heard()["钱值班"])


def test_a_rumour_gets_its_one_answer(world: World, villager: Handset):
    reply = villager.says("听人讲明朝夜里地动要来 六级 是不是真的哦")
    assert "官方" in reply
    assert CLAUSE not in reply
    assert "官方" in villager.says("是群里转的 我也不知道")
    assert (world.hazards(), world.incidents()) == ([], [])


def test_a_joke_is_a_line_and_what_is_told_after_it_a_report(world: World, villager: Handset):
    reply = villager.says("我房子着火啦！！……骗侬额 哈哈")
    assert "119" in reply
    assert len(reply) < 80
    villager.says("勿开玩笑了 敬老院东门那个坡道的钢板翘起来两寸 老人轮椅卡牢过两趟")
    assert world.incidents() == []
    assert "敬老院东门" in world.hazards()[0].place
    world.heard()


def test_a_place_and_a_question_in_one_answer_are_both_taken(world: World, villager: Handset):
    villager.says("井盖没了")
    reply = villager.says("小学门口，你们啥时候来修啊")
    assert "登记好了" in reply
    assert "日子" in reply  # no day is promised
    assert world.hazards()[0].place == "小学门口"
    world.heard()


def test_who_has_to_go_keeps_the_draft(world: World, villager: Handset):
    villager.says("井盖没了")
    assert "您先忙" in villager.says("等一下牛跑了 我去赶牛")
    villager.says("小学门口")
    assert world.hazards()[0].text == "井盖没了\n小学门口"
    world.heard()


def test_the_same_spot_is_joined_and_what_is_new_goes_with_it(world: World, villager: Handset):
    world.phone("村民乙").says(CRACK)
    world.heard()
    assert "是同一处吗" in villager.says(CRACK)
    villager.says("哦好。刚才那个就是同一条缝，不过比昨天宽了")
    first, second = world.hazards()
    assert second.main == first.number
    assert "比昨天宽" in first.text
    world.heard()


def test_what_is_no_question_goes_into_the_report(world: World, villager: Handset):
    villager.says(CRACK)
    reply = villager.says("那我们先去晒坝那边亲戚屋头 老汉我们背起走")
    assert CLAUSE not in reply
    assert "晒坝" in world.hazards()[0].text
    world.heard()


def test_what_no_document_says_is_said_plainly(world: World, villager: Handset):
    villager.says(CRACK)
    reply = villager.says("能赔多少钱")
    assert "没有写" in reply
    assert CLAUSE not in reply
    world.heard()


def test_another_ones_report_is_not_asked_after(world: World, villager: Handset):
    assert "本人" in villager.says("我邻居报的那个电线修了没")


def test_in_a_fire_one_may_ask_and_thank(world: World, villager: Handset):
    villager.says("小学着火了")
    assert "119" in villager.says("消防几点到")
    assert "没把握的事先别做" in villager.says("我能不能进去拿书包")
    assert "我打不了" in villager.says("你帮我打119")
    villager.says("撤了吧")
    assert world.incidents()[0].state == "passed_on"  # a person has to look
    world.heard()


def test_a_photo_in_an_emergency_is_part_of_it(world: World, villager: Handset):
    villager.says("小学着火了")
    assert "SJ20260701-01" in villager.shows()
    assert villager.talk.draft is None
    world.heard()


def test_a_corrected_class_moves_the_emergency(world: World, villager: Handset):
    villager.says("砂坪镇桐木村四组向光前屋里要垮了 好危险")
    villager.says("不是房子 是后面的坡 坡上头开了好长一条口子 脚都伸得进去")
    (incident,) = world.incidents()
    assert (incident.category, incident.place) == ("geological", "砂坪镇桐木村四组")
    assert "搬出来" in villager.says("两口子和一个奶娃儿还睡在里头")
    world.heard()


def test_the_same_never_is_not_said_to_every_message(world: World, villager: Handset):
    villager.says("有人掉河里了 村头大桥")
    replies = [villager.says(said) for said in ("快来了没得", "他抓住树枝了", "有人在递竹竿", "岸上站了好多人")]
    assert "不要下水" not in replies[-1]
    assert "不要下水" in villager.says("我跳下去捞行不行")
    world.heard()


def test_a_letter_with_two_matters_is_two_reports(world: World, villager: Handset):
    letter = (
        "领导同志你们好，我是退休教师，打字慢，请多担待。今天写信有两件事。"
        "头一件，大姜屯西头塘坝背水坡坝脚往外渗水，前天变成两股，今天水是浑的，带着泥沙。"
        "塘坝渗水的地方一天比一天大，水越来越浑。坝底下住着六户人家。"
        "再一件，幸福院灶房里的煤气罐搁在炉子边上，胶皮管子裂了好几道口子，拿透明胶缠着使。灶房的煤气胶管也老化了，罐子该挪到外头去。每天中午二十多个老人在隔壁屋等饭。"
        "屯里卖豆腐的和人吵架，已经和好了，不用你们管。老姜家的狗下了五个崽儿，谁要谁抱走。"
        "我住屯子中间，门口有棵大杏树，来了我给你们带路。我这个人一辈子没求过人，这回算我求你们。祝你们工作顺利，身体健康，家里都好，此致敬礼。"
    ) + "这些年镇里修了路，安了路灯，广场上还有个亭子，大伙儿都说好，我也说好，这是实话。" * 3
    villager.says(letter)
    assert sorted(one.category for one in world.hazards()) == ["flood", "gas"]
    world.heard()


def test_what_is_kept_of_one_is_asked_and_erased_in_own_words(world: World, villager: Handset):
    villager.says(CRACK)
    world.heard()
    assert "存着您的" in villager.says("您这儿存了我嘛信息 给我导一份出来")
    assert "确认删除" in villager.says("再把跟我有关的全给我删喽 名字电话都别留")
    reply = villager.says("那窟窿的事可别跟着删了 还得修")
    assert "照样有人接着办" in reply
    assert "只能导出、删除您本人的" in villager.says("顺便把我邻居佟二姐的也给我导一份")
    assert world.hazards()[0].state == "assigned"


def test_somebody_on_duty_tells_of_the_scene_in_own_words(world: World, villager: Handset):
    villager.says("老粮站着火了 好大的烟子")
    duty = world.phones["钱值班"]
    duty.says("收到，我去看一眼")
    reply = duty.says("现场看过，是守着烧烟杆，已浇灭，没有伤人")
    assert CLAUSE not in reply
    (incident,) = world.incidents()
    assert "已浇灭" in "".join(event.data for event in world.events(incident.number))
    world.heard()


def test_a_receipt_says_all_in_three_paragraphs(world: World, villager: Handset):
    reply = villager.says(CRACK)
    assert len(reply.split("\n")) == 3
    assert "YH20260701-01" in reply
    world.heard()


@pytest.mark.parametrize(
    "said",
    [
        "你们这些没用的 对面坡上烧草的火往松林里蹿了",
        "你个破系统有啥用 烧麦茬的火窜到房子边上了",
        "大塘坝脚往外冒水 水都是黄泥浑的 越冒越多",
        "昨晚烧蜂窝煤取暖 今早一家人脑袋都昏沉沉的还想吐",
    ],
)
def test_danger_is_heard_through_scolding_and_in_symptoms(world: World, villager: Handset, said: str):
    reply = villager.says(said)
    assert "119" in reply or "120" in reply
    assert len(world.incidents()) == 1
    world.heard()


def test_people_sick_near_a_stove_are_told_to_go_out_and_to_air(world: World, villager: Handset):
    reply = villager.says("屋头生了炭盆 我和娃儿脑壳昏得很 心头翻")
    assert "120" in reply
    assert "出门" in reply
    assert "打开通风" in reply
    assert "下去就会倒" not in villager.says("他睡下了 喊他也不应")
    world.heard()


@pytest.mark.parametrize("said", ["听讲下游堤坝要决口了 可是真的啊", "起火了起火了 哈哈耍你的"])
def test_hearsay_and_jokes_raise_nothing(world: World, villager: Handset, said: str):
    assert "119" in villager.says(said)
    assert (world.hazards(), world.incidents()) == ([], [])


def test_closing_words_and_thanks_are_no_news(world: World, villager: Handset):
    villager.says(CRACK)
    world.heard()
    assert "补到" not in villager.says("没别的了 就这些")
    assert "不客气" in villager.says("行 你们还蛮快 多谢了哈")
    assert world.hazards()[0].text == CRACK
    assert world.heard() == {}


def test_who_asks_that_nobody_is_told_is_promised_it(world: World, villager: Handset):
    villager.says(CRACK)
    assert "不公开" in villager.says("你们可没跟别人说吧")
    assert "补到" not in villager.says("莫让村里人晓得是哪个打的电话")
    assert world.hazards()[0].is_anonymous
    world.heard()
