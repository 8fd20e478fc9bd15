"""What others may read of a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.hazards import Hazard
from assistant.hazards.public import public_text, without_reporter
from assistant.wording import showing


def hazard(text: str, *, is_anonymous: bool, place: str = "老街") -> Hazard:
    return Hazard(number="YH20260701-01", text=text, is_anonymous=is_anonymous, place=place)


# the text · what must not be read · what must be
GIVEAWAYS = [
    ("我就在他那儿干活，别说是我，配电箱没盖子，线都烧糊了", ("干活", "我"), "配电箱没盖子"),
    ("我是他邻居他家后墙要倒了", ("邻居", "我"), "后墙要倒了"),
    ("我在他厂里上班看到电线裸露冒火花", ("上班", "厂里"), "电线裸露冒火花"),
    ("不要告诉他是我举报的，他家偷偷存了几十箱烟花", ("举报", "我"), "几十箱烟花"),
    ("我家后面坡上裂了条缝", ("我", "家", "后面"), "坡上裂了条缝"),
    ("我老板把后门锁死了", ("老板",), "把后门锁死了"),
    ("我是他侄子，叔叔在塘里炸鱼，水漏了", ("侄子", "叔叔"), "水漏了"),
    ("我昨天去他家串门看见煤气罐放在卧室", ("串门",), "煤气罐放在卧室"),
    ("住他楼上，天天闻到一股汽油味", ("楼上",), "汽油味"),
    ("我儿子在那个学校读书，楼梯扶手断了半截", ("儿子",), "楼梯扶手断了半截"),
    ("砂石厂半夜偷挖河道，我给他们开车的，千万莫讲是我说的", ("开车", "莫讲"), "偷挖河道"),
    ("我手麻了一下，路灯杆带电", ("我",), "路灯杆带电"),
    ("我们店里服务员都晓得，灭火器是空的，后门拿铁链锁着", ("服务员", "店里"), "后门拿铁链锁着"),
    ("我租的他家二楼，电线接头冒火花，房东不管，别让他晓得", ("租", "晓得"), "电线接头冒火花"),
    ("俺在这矿上当放炮员，尾矿坝脚渗浑水了，说出去饭碗就没了，替我保密", ("放炮员", "保密"), "尾矿坝脚渗浑水"),
    ("我是工地上的钢筋工，脚手架没绑牢，工友前天摔下来他们瞒着", ("钢筋工",), "脚手架没绑牢"),
    ("我老公在加油站上班，油罐漏油好几天了，莫写我的名字", ("老公", "名字"), "油罐漏油"),
    ("本人系该小区业主，电梯门没关就往上走", ("业主", "本人"), "电梯门没关"),
    ("我是陪读的,租在老教工楼四楼,阳台底下的水泥一块一块往下掉", ("陪读", "租在"), "水泥一块一块往下掉"),
    ("我是四楼的租户 房东拿铜丝把保险拧上了 电线发烫 别说是我说的", ("租户", "我"), "电线发烫"),
    ("我跟他家挨着住，他鱼塘边拉了电网，打死过狗", ("挨着",), "拉了电网"),
    ("娃在这家托管班，八十个人一个楼梯，消防门封了，我怕他们给娃穿小鞋", ("我怕", "穿小鞋"), "消防门封了"),
]


@pytest.mark.parametrize(("text", "hidden", "shown"), GIVEAWAYS)
def test_an_anonymous_report_tells_the_matter_and_not_its_writer(text: str, hidden: tuple[str, ...], shown: str):
    read = public_text(hazard(text, is_anonymous=True))
    assert shown in read
    assert [word for word in hidden if word in read] == []


@pytest.mark.parametrize(
    "text",
    [
        "上河村三组老王家的沼气池没盖盖子，娃娃在边上耍",
        "小学门口有人用拖拉机拉学生，别再等出事",
        "采石场二十几个人在悬石底下干活",
        "邻居反映三号楼地下室堆满油漆",
        "房东把消防通道锁了",
    ],
)
def test_what_gives_nobody_away_stays_as_it_is(text: str):
    assert public_text(hazard(text, is_anonymous=True)) == text


def test_who_does_not_ask_for_silence_is_read_in_full_but_for_number_and_name():
    text = "我叫张小妹，电话138 1234 5678，我家后面坡上裂了条缝"
    assert public_text(hazard(text, is_anonymous=False)) == "我叫＊＊，电话＊＊，我家后面坡上裂了条缝"


def test_a_number_that_an_anonymous_reporter_leaves_goes_with_its_clause():
    read = public_text(hazard("井盖丢了，我电话13812345678", is_anonymous=True))
    assert read == "井盖丢了"


def test_where_nothing_may_be_read_a_sentence_says_so():
    silent = hazard("请给我保密，怕他报复", is_anonymous=True)
    assert public_text(silent) == ""
    assert "要求匿名" in showing.public_text(silent)


@given(st.text(alphabet="我俺们就在他家厂里干活看到墙裂了，。别说是邻居1380", max_size=40))
def test_the_writer_never_stands_in_it(text: str):
    assert not {"我", "俺"} & set(without_reporter(text))


def test_whom_a_call_would_tell_is_left_out() -> None:
    read = public_text(hazard("楼道里全是电瓶，别打电话，一打老板就知道了", is_anonymous=True))
    assert "电瓶" in read and "老板" not in read
