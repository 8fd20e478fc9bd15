"""Danger words: what people shout, in the words of their place, and what only sounds like it."""

import pytest

from assistant.triage import Danger, danger
from assistant.wording.sentences import DANGER, danger_advice

EMERGENCIES = [
    (Danger.FIRE, "我家着火了快来人"),
    (Danger.FIRE, "灶房失火咯"),  # 咯 for 了
    (Danger.FIRE, "后山起火啦，风大得很"),
    (Danger.FIRE, "林子头冒大烟了"),  # a word between 冒 and 烟
    (Danger.FIRE, "房子烧起来了，里面还有老人"),
    (Danger.FIRE, "麦草垛燃起来了"),
    (Danger.FIRE, "火烧到电杆了"),
    (Danger.FIRE, "电动车充电自燃"),
    (Danger.FIRE, "隔壁气罐爆炸了"),
    (Danger.FIRE, "着 火 了"),  # blanks between the characters
    (Danger.FIRE, "发生火灾"),  # no more than a noun, but no office word beside it
    (Danger.FIRE, "山火！"),
    (Danger.FIRE, "着火了预案在哪看"),  # an office word does not hide what is happening
    (Danger.TRAPPED, "我们五个人被困在山上"),
    (Danger.TRAPPED, "电梯坏了，两个娃娃出不来"),
    (Danger.TRAPPED, "楼板垮下来人埋在里头"),
    (Danger.TRAPPED, "我爷爷遭埋了"),  # 遭 for 被
    (Danger.TRAPPED, "石头压到人了"),
    (Danger.TRAPPED, "关在电梯里半个钟头了"),
    (Danger.TRAPPED, "车翻了，司机卡在里面"),
    (Danger.TRAPPED, "我们遭大水围住了"),
    (Danger.TRAPPED, "有人陷进沼泽"),
    (Danger.WATER, "娃娃掉河里了"),
    (Danger.WATER, "有人落水"),
    (Danger.WATER, "老人滑到水塘里"),
    (Danger.WATER, "两个人遭水冲走了"),
    (Danger.WATER, "河水漫进屋了咋办"),
    (Danger.WATER, "山洪下来了"),
    (Danger.WATER, "水已经齐腰深"),
    (Danger.WATER, "小孩溺水了"),
    (Danger.WATER, "有人跳河"),
    (Danger.WATER, "发大水了"),
    (Danger.WATER, "牛栏遭淹了"),
    (Danger.SHOCK, "有人触电倒地"),
    (Danger.SHOCK, "电打倒人了"),
    (Danger.SHOCK, "我爸遭电了"),
    (Danger.SHOCK, "高压线断了掉在路上"),
    (Danger.SHOCK, "电线垂到地上冒火花离远点"),
    (Danger.SHOCK, "村头那个变压器老是冒火花"),
    (Danger.GAS, "闻到煤气味，头晕"),
    (Danger.GAS, "气罐漏气了"),
    (Danger.GAS, "一屋人煤气中毒了"),
    (Danger.GAS, "烤火烤得头晕想吐"),  # carbon monoxide without its name
    (Danger.GAS, "厨房燃气泄漏"),
    (Danger.SLOPE, "我家屋后滚下来几个石头"),  # the thing after the fall
    (Danger.SLOPE, "后山滑坡了"),
    (Danger.SLOPE, "泥石流来了快跑"),
    (Danger.SLOPE, "山垮下来了"),
    (Danger.SLOPE, "房子塌了"),
    (Danger.SLOPE, "挡墙要倒了"),
    (Danger.SLOPE, "坡上石头往下滚下来"),
    (Danger.SLOPE, "路基塌掉一半"),
    (Danger.QUAKE, "地震了"),
    (Danger.QUAKE, "房子在摇，灯也在晃"),
    (Danger.INJURY, "我奶奶晕倒了"),
    (Danger.INJURY, "血止不住"),
    (Danger.INJURY, "他没得气了"),  # 没得 for 没有
    (Danger.INJURY, "老汉快不行了"),
    (Danger.INJURY, "救命"),
    (Danger.INJURY, "从崖上摔断腿了"),
    (Danger.INJURY, "村口车祸，伤了三个"),
    (Danger.INJURY, "被毒蛇咬了"),
    (Danger.INJURY, "隔壁喝农药"),
    (Danger.INJURY, "吃菌子中毒了"),
    (Danger.INJURY, "心脏病犯了"),
    (Danger.INJURY, "媳妇要生了，路断了"),
]
NEAR_MISSES = [
    "",
    "森林防火期是几月到几月",
    "去年一起火灾事故的教训",  # 一起火灾 holds 起火
    "起火原因由谁认定",
    "森林火灾应急预案谁编制",
    "火灾隐患排查几天一次",
    "困难群众怎么帮扶",
    "不能被困难吓倒",  # 被困 in 被困难
    "被困人员由谁负责救援",
    "会议资料还出不来",
    "电缆埋设深度的标准",  # 埋, but no person
    "防溺水宣传多久搞一次",
    "房檐落水管要不要检查",
    "淹没区范围怎么规定",
    "水费单什么时候下来",  # 水…下来
    "停电到几点",  # 电到
    "给我打电话",  # 电…打
    "防触电培训要求",
    "燃气泄漏处置卡在哪里",
    "一氧化碳中毒预防知识宣传",
    "滑坡监测谁负责",
    "泥石流隐患点巡查几次",
    "滑坡了解一下",  # 了 of 了解
    "地质灾害补助标准",
    "地震应急预案几年修订一次",
    "地震了解多少",
    "伤亡人数统计口径",
    "人员受伤的补助标准",
    "发生火灾多久上报",  # only a noun, and an office question
    "发生滑坡要向谁报告",
    "救援队最少多少人",
    "村里一年要演练几回",
    "发烧烧到39度怎么办",
    "云南意见第十七条",
]


@pytest.mark.parametrize(("kind", "message"), EMERGENCIES)
def test_a_person_in_danger_is_understood(kind: Danger, message: str) -> None:
    assert danger(message) is kind


@pytest.mark.parametrize("message", NEAR_MISSES)
def test_who_only_asks_is_not_alarmed(message: str) -> None:
    assert danger(message) is None


@pytest.mark.parametrize("message", [message for _, message in EMERGENCIES])
def test_more_words_around_do_not_hide_the_danger(message: str) -> None:
    assert danger(f"喂，你好，我是上河村的，{message}，请问应该咋个办？") is not None


@pytest.mark.parametrize("kind", list(Danger))
def test_every_danger_has_its_advice_with_a_number_to_call(kind: Danger) -> None:
    assert kind in DANGER and ("119" in danger_advice(kind) or "120" in danger_advice(kind))


def test_a_long_message_is_read_at_once() -> None:
    assert danger("水" * 20_000 + "山" * 20_000) is None
