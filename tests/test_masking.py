"""What tells who somebody is does not reach the log; what the question is about does."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.masking import mask


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("有事打13812345678", "有事打＊＊"),
        ("有事打138 1234 5678问", "有事打＊＊问"),
        ("138-1234-5678哪个接", "＊＊哪个接"),
        ("１３８１２３４５６７８", "＊＊"),  # full-width digits
        ("+86 13812345678", "＊＊"),
        ("1 3 8 1 2 3 4 5 6 7 8", "＊＊"),  # written apart to slip past filters
        ("打我电话0873-3212345", "打我电话＊＊"),
        ("座机（0871）6321 2345没人接", "座机＊＊没人接"),
        ("村里电话321-2345", "村里电话＊＊"),
        ("幺三八一二三四五六七八 这个号", "＊＊ 这个号"),  # voice to text
        ("身份证53250119900101123X", "身份证＊＊"),
        ("532501 19900101 123x", "＊＊"),
        ("身份证号：53250119…X要不要交", "身份证号：＊＊要不要交"),  # half hidden by the writer
        ("身份证532501********1234", "身份证＊＊"),
        ("卡号6222 0000 1111 222", "卡号＊＊"),
        ("车云A·12345堵了路", "车＊＊堵了路"),
        ("云a12345挡着消防通道", "＊＊挡着消防通道"),
        ("粤B·D12345", "＊＊"),  # an electric car: one more character
        ("云H1234学 停在路中间", "＊＊ 停在路中间"),
        ("微信号zhang_san88", "微信号＊＊"),
        ("加我微信：wxid-abc123 发我", "加我微信：＊＊ 发我"),
        ("vx zhangsan88", "vx ＊＊"),
        ("QQ：12345678", "QQ：＊＊"),
        ("扣扣号 123456", "扣扣号 ＊＊"),
        ("发到zhang.san@example.cn行不行", "发到＊＊行不行"),
        ("我叫张三，喇叭喊我们走", "我叫＊＊，喇叭喊我们走"),
        ("我叫李小明想问下避难所", "我叫＊＊想问下避难所"),  # no stop after the name
        ("我叫岩温，屋后有裂缝", "我叫＊＊，屋后有裂缝"),
        ("我叫欧阳小红", "我叫＊＊"),
        ("我妈叫王桂花 八十了", "我妈叫＊＊ 八十了"),
        ("我是张三家的，房子漏雨", "我是＊＊家的，房子漏雨"),
        ("我是村头老李家的", "我是＊＊家的"),
        ("我是张三家儿子", "我是＊＊家儿子"),
        ("我是李四，问个事", "我是＊＊，问个事"),
        ("我是王建国的儿子", "我是＊＊的儿子"),
        ("我是上河村三组的王小二，路断了", "我是上河村三组的＊＊，路断了"),
        ("叫我小王就行", "叫我＊＊就行"),
        ("我是小张", "我是＊＊"),
        ("我喊做杨二", "我喊做＊＊"),  # south-western for 我叫
        ("本人张三，男", "本人＊＊，男"),
        ("姓名：张三 电话：13812345678", "姓名：＊＊ 电话：＊＊"),
        ("联系人王五", "联系人＊＊"),
        ("我姓张 问下", "我姓＊＊ 问下"),
    ],
)
def test_identities_are_masked(written: str, kept: str) -> None:
    assert mask(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "119 120 110该打哪个",
        "电话119 120都打不通咋办",
        "12345和12350有什么区别",
        "2025年到2027年的目标",
        "2024-2025年演练几次",
        "二〇二五年要建几个",
        "100-1000人的村配几个人",
        "08:30换班行不行",
        "云南省A级响应",
        "云APP打不开",
        "微信通知算不算叫应",
        "QQ群里发预警行不行",
        "身份证丢了能领物资吗",
        "我叫他们走他们不走",
        "我叫不动他们怎么办",
        "我是干部",
        "我喊了村主任，他头一下做什么",
        "我是上河村的安全员",
        "我是村里的党员",
        "他们叫我走我不走",
        "叫我安排人守着行不行",
        "我是高中生能不能当志愿者",
        "我是安全员，要持证吗",
        "我是人家的租客，转移算不算我",
        "我是大家的代表",
        "我是想问五保户家的房子",
        "名字写错了找谁改",
        "联系人是谁",
        "本人常年在外打工",
        "张贴在哪里",
        "3组15户20人",
        "云南意见第十七条",
    ],
)
def test_what_is_asked_stays(written: str) -> None:
    assert mask(written) == written


@given(st.text(alphabet="我叫是张三家的电话微信云A·1 38X：＊身份证q@.", max_size=60))
def test_no_long_number_is_ever_left(text: str) -> None:
    assert not re.search(r"\d{7}", mask(text))


@pytest.mark.parametrize(
    "text", ["1 " * 500, "我是" * 500, "微信号是" * 250, "a" * 1000, "身份证是" * 250, "一" * 1000, "云a" * 500]
)
def test_a_long_message_is_masked_at_once(text: str) -> None:
    begun = time.perf_counter()
    mask(text)
    assert time.perf_counter() - begun < 0.5
