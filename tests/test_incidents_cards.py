"""Advice cards: the right one for what people write, with numbers to call, and nobody sent in."""

import re
from pathlib import Path

import pytest

from assistant.incidents import CARDS, TIPS, Card, advise, tip
from assistant.incidents.cards import STAY_OUT
from assistant.triage import Danger, danger
from assistant.wording.advice import advice_text, next_text, tip_text

CATEGORIES = (
    "geological flood fire forest_fire gas building traffic mine chemical limited_space electricity"
    " public_facility weather water_safety other"
).split()
ENTERING = re.compile(
    r"冲进|进去[救喊拉找]|[下跳]去[救拉]|下水|跳下|进屋救|进火场|上山打|上山扑|进洞|下井|踩上|挖人|捞人|快进快出"
)


def sends_in(said: str) -> list[str]:
    """Return the parts of sentences that tell somebody to go into pit, fire, water or rubble."""
    parts = re.split(r"[，。；！：\n]", said)
    return [
        part
        for part in parts
        if (found := ENTERING.search(part)) and not re.search("[不没绝别]", part[: found.start()])
    ]


LONGEST = 125
CORPUS = Path(__file__).parents[1] / "corpus"

KINDS = [
    ("着火了我妈还在楼上", {"fire_inside"}),
    ("我家厨房着火了", {"house_fire"}),
    ("后山着火了 风大得很", {"forest_fire"}),  # not the advice for a house
    ("烤火烤得头晕想吐", {"carbon_monoxide"}),  # no gas by name
    ("炕上睡着喊不醒", {"unconscious"}),
    ("热水器洗澡 人倒在里面", {"carbon_monoxide"}),
    ("闻到煤气味 头晕", {"gas_leak"}),
    ("娃娃掉河里了", {"drowning"}),
    ("家里进水了 到膝盖", {"water_in_house"}),
    ("山洪下来了", {"flash_flood"}),  # 山…下来 is no landslide here
    ("大坝漏水越来越大", {"reservoir"}),
    ("房子塌了 埋了人", {"collapse"}),
    ("有人触电了", {"electric_shock"}),
    ("高压线断了掉在路上", {"downed_line"}),
    ("化粪池里倒了两个", {"limited_space"}),
    ("下去两个没上来", {"limited_space"}),  # no pit by name
    ("烫着了 手上起水泡", {"burn"}),  # no danger word
    ("血止不住", {"bleeding"}),
    ("奶奶叫不醒了", {"unconscious"}),
    ("车翻沟里了 司机卡在里面", {"traffic"}),
    ("氨气泄漏了", {"chemical"}),
    ("电梯坏了，两个娃娃出不来", {"lift"}),
    ("被毒蛇咬了", {"snake"}),
    ("马蜂蜇了好多下", {"bees"}),
    ("疯狗咬人", {"bite"}),
    ("吃菌子中毒了", {"food_poisoning"}),
    ("二十几个学生上吐下泻", {"food_poisoning"}),
    ("矿上透水了", {"mine"}),
    ("踩踏了 好多人倒了", {"crowd"}),
    ("地震了", {"earthquake"}),
    ("隔壁喝农药", {"despair"}),
    ("老人走丢一天了", {"missing"}),
    ("房子烧起来了，我奶奶烫伤了", {"house_fire", "burn"}),  # two kinds, two cards
]
RUSHING = [
    "我进去喊她了",
    "我下去拉他",
    "我爸冲进去了",
    "他掉窖里了 我下去了",
    "我准备跳下去救",
    "村主任要下去救人 沼气池里倒了两个",
    "火太大了 我回去拿存折",
    "山火 我们上山打火去",
]
STAYING = [
    "我不敢进去 屋里都是烟",
    "不要让人进去 里面有毒气",
    "我们从楼上跑下来了 厨房着火",  # 下来, not 下去
    "消防员进去了",
    "我没进去 就在门口",
    "水退下去了",
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_the_words_choose_the_card(text: str, kinds: set[str]) -> None:
    assert kinds <= {card.id for card in advise(text, danger(text), "")}


@pytest.mark.parametrize("text", RUSHING)
def test_who_rushes_in_is_held_back_first(text: str) -> None:
    first, *others = advise(text, danger(text), "")
    assert first.id == STAY_OUT and others


@pytest.mark.parametrize("text", STAYING)
def test_who_stays_out_is_not_held_back(text: str) -> None:
    assert STAY_OUT not in {card.id for card in advise(text, danger(text), "")}


@pytest.mark.parametrize("category", ["", *CATEGORIES])
@pytest.mark.parametrize("kind", [None, *Danger])
def test_every_emergency_gets_a_number_and_nobody_is_sent_in(kind: Danger | None, category: str) -> None:
    cards = advise("快来人", kind, category)
    said = advice_text(cards) + next_text(cards)
    assert re.search("119|120|110", advice_text(cards)) and not sends_in(said)
    assert kind is None or any(kind in card.dangers for card in cards)


def test_an_order_to_go_in_would_be_seen() -> None:
    assert sends_in("不要慌，马上下去拉人") and not sends_in("不要自己下去拉人")


@pytest.mark.parametrize("card", [*CARDS, *TIPS], ids=lambda card: card.id)
def test_a_card_is_short_sourced_and_sends_nobody_in(card: Card) -> None:
    said = card.now + card.never + card.next
    assert not sends_in(said)
    assert len("请马上打" + "、".join(card.call) + "。" + card.now + card.never) <= LONGEST
    assert card.sources and card.id not in {other.id for other in (*CARDS, *TIPS) if other is not card}


def test_a_cited_document_of_the_corpus_exists() -> None:
    cited = {source.split("/")[0] for card in (*CARDS, *TIPS) for source in card.sources if source.isascii()}
    assert cited and all((CORPUS / document / "document.toml").exists() for document in cited)


def test_what_rests_on_practice_alone_is_not_called_verified() -> None:
    for card in (*CARDS, *TIPS):
        assert not card.is_verified or any(source.isascii() for source in card.sources), card.id


def test_fire_with_a_person_upstairs_calls_fire_brigade_and_ambulance() -> None:
    said = advice_text(advise("着火了我妈还在楼上", Danger.FIRE, "fire"))
    assert "119" in said and "120" in said and "不要自己冲进去" in said and "离开" in said


def test_a_burn_is_cooled_with_running_water() -> None:
    said = advice_text(advise("开水泼到娃娃身上", None, "other"))
    assert "流动的凉水" in said and "不要抹牙膏" in said and "120" in said


TIPPED = [
    ("裂缝冒烟的炕还能烧吗", "", "tip_carbon_monoxide"),
    ("桥索断了一根", "traffic", "tip_bridge"),
    ("挡墙歪了", "geological", "tip_wall"),
    ("坡上裂了条缝", "", "tip_slope"),
    ("井盖没了", "public_facility", "tip_manhole"),
    ("沼气池能不能自己清", "", "tip_pit"),
    ("灯不亮", "public_facility", "tip_facility"),  # no words: that of the category
]


@pytest.mark.parametrize(("text", "category", "name"), TIPPED)
def test_a_hazard_gets_a_tip(text: str, category: str, name: str) -> None:
    found = tip(text, category)
    assert found is not None and found.id == name and tip_text(found).startswith("提醒您：")


@pytest.mark.parametrize("text", ["村里一年要演练几回", "燃气安全检查谁负责", "桥头的灯什么时候修", "供电线路归谁管"])
def test_a_question_far_from_danger_gets_none(text: str) -> None:
    assert tip(text, "") is None


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_a_tip(category: str) -> None:
    assert tip("有个隐患", category) is not None


def test_a_long_message_is_read_at_once() -> None:
    assert advise("烟" * 20_000 + "我进去" * 5_000 + "，屋里着火了", Danger.FIRE, "fire")


def test_the_smoke_of_a_stove_is_no_house_on_fire() -> None:
    text = "炕洞子裂缝冒烟\n我妈这两天老说迷糊"  # said in two messages
    assert [card.id for card in advise(text, danger(text), "other")] == ["carbon_monoxide"]
    both = f"{text}\n房子着火了"
    assert [card.id for card in advise(both, danger(both), "other")] == ["house_fire", "carbon_monoxide"]


def test_the_tip_beside_a_letter_is_that_of_its_matter() -> None:
    letter = "那年普家的烟囱裂了，一直冒烟，烧了十七家。" * 20 + "现在客堂大梁裂了。请你们来看。要垮的。来的人多。"
    assert getattr(tip(letter, "building"), "id", None) == "tip_building"
    assert getattr(tip("烟囱裂了冒烟", "building"), "id", None) == "tip_carbon_monoxide"


def test_words_of_two_messages_are_not_one_event() -> None:
    assert [card.id for card in advise("坡上往下掉石头\n上河村三组", None, "geological")] == ["landslide"]


def test_a_wall_that_is_hollow_below_is_a_wall_that_may_fall() -> None:
    assert getattr(tip("小学围墙根脚空了一大截", "building"), "id", None) == "tip_wall"
