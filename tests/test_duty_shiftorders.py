"""What is an order about a shift, and what only sounds like one."""

import pytest

from assistant.duty.shiftorders import ShiftOrder, read_order

ORDERS = [
    ("接班", ShiftOrder.TAKE, "", ""),
    ("我来接班了", ShiftOrder.TAKE, "", ""),
    ("到岗了", ShiftOrder.ARRIVED, "", ""),
    ("收到，谢谢", ShiftOrder.READ, "", ""),
    ("确认接班。", ShiftOrder.CONFIRM, "", ""),
    ("我要交班了", ShiftOrder.DRAFT, "", ""),
    ("確認交班", ShiftOrder.SIGN, "", ""),  # traditional characters
    ("记一下 发电机试机正常", ShiftOrder.NOTE, "发电机试机正常", ""),
    ("天气：夜里有中雨", ShiftOrder.WEATHER, "夜里有中雨", ""),
    ("删记2", ShiftOrder.STRIKE, "2", ""),
    ("我想跟张三换5号的班", ShiftOrder.SWAP, "张三", "5号"),
    ("跟李示例换下周三晚上的班", ShiftOrder.SWAP, "李示例", "下周三晚上"),
    ("我5号的班跟张三8号的班换", ShiftOrder.SWAP, "张三", "5号的班跟张三8号的班"),
    ("周五的班谁能替我", ShiftOrder.SWAP, "", "周五"),
    ("同意换班 HB20260701-01", ShiftOrder.AGREE, "HB20260701-01", ""),
    ("不同意换班", ShiftOrder.DECLINE, "", ""),
    ("撤回换班", ShiftOrder.WITHDRAW, "", ""),
    ("换班情况", ShiftOrder.SWAPS, "", ""),
    ("查岗", ShiftOrder.CHECK, "", ""),
    ("查岗情况", ShiftOrder.CHECKS, "", ""),
    ("4831", ShiftOrder.CODE, "4831", ""),
]
NEAR_MISSES = [
    "谁来接班",
    "几点交班",
    "交接班制度怎么写",
    "不在岗怎么处理",  # a question of rules
    "换班要谁批准",
    "查岗有什么要求",
    "记一下 YH20260701-01 路已经封了",  # a note on a case
    "天气怎么样",
    "今晚谁值班",
    "我跟张三打架了",
    "119",  # never a code
    "48315",
    "没收到",
    "收到没有",
]


@pytest.mark.parametrize(("said", "order", "rest", "days"), ORDERS)
def test_an_order_is_read_with_what_belongs_to_it(said: str, order: ShiftOrder, rest: str, days: str):
    found = read_order(said)
    assert found is not None
    assert (found.order, found.rest, found.days) == (order, rest, days)


@pytest.mark.parametrize("said", NEAR_MISSES)
def test_what_only_sounds_like_an_order_is_none(said: str):
    assert read_order(said) is None
