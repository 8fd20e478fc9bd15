"""What a person on duty says: short phrases, and what only sounds like one."""

from datetime import UTC, datetime

import pytest

from assistant.incidents.orders import Order, read_order, read_time

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
"""14:30 in China."""
PHRASES = [
    ("收到", Order.TAKE),
    ("收到，马上去", Order.TAKE),
    ("我来处理", Order.TAKE),
    ("已到场", Order.ARRIVED),
    ("到现场了", Order.ARRIVED),
    ("已报119", Order.CALLED),
    ("119已经出动", Order.CALLED),
    ("已报县局 14:05 电话", Order.PHONED),
    ("14:05已电话报县应急局", Order.PHONED),
    ("初报已报 14:20", Order.WROTE),
    ("续报已报", Order.FOLLOWED_UP),
    ("终报已报 14:20", Order.FINISHED),
    ("还剩多少时间", Order.TIME_LEFT),
    ("写初报", Order.FIRST_DRAFT),
    ("帮我写续报", Order.NEXT_DRAFT),
    ("写终报", Order.FINAL_DRAFT),
    ("误报 是烧荒的", Order.FALSE_ALARM),
    ("处置结束", Order.HANDLED),
    ("不用上报 烟头踩灭了", Order.EXEMPT),
    ("死亡0 受伤2 失踪1", Order.COUNTED),
    ("措施 已疏散12人", Order.MEASURE),
    ("突发事件", Order.LIST),
    ("着火的有几起", Order.LIST),  # a danger word in a question of the desk
    ("今天发生了几起突发事件？", Order.LIST),
    ("现在什么情况", Order.LIST),
]
OTHERS = [
    "河口村着火了",
    "收到预警了，可是来不及了",  # begins like one
    "收到钱没有",
    "着火了有几个人",
    "什么情况要上报",
    "误报的怎么处理",
    "请打119",
    "什么时候到场",
    "发生火灾多久上报",
    "县里报了没有",
    "终报怎么写",
    "谢谢",
    "1",
]


@pytest.mark.parametrize(("text", "order"), PHRASES)
def test_a_phrase_is_understood_with_and_without_a_number(text: str, order: Order) -> None:
    plain, named = read_order(text, NOW), read_order(f"SJ20260701-02 {text}", NOW)
    assert plain is not None and plain.order is order and plain.number == ""
    assert named is not None and named.order is order and named.number == "SJ20260701-02"


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_sounds_like_a_phrase_is_none(text: str) -> None:
    assert read_order(text, NOW) is None


TIMES = [
    ("已报县局 14:05", (6, 5)),
    ("下午2点半", (6, 30)),
    ("14点5分", (6, 5)),
    ("上午9时", (1, 0)),
]


@pytest.mark.parametrize(("text", "moment"), TIMES)
def test_a_time_of_day_is_read(text: str, moment: tuple[int, int]) -> None:
    at, is_ahead = read_time(text, NOW)
    assert at is not None and (at.hour, at.minute) == moment and not is_ahead


def test_a_time_that_has_not_come_is_not_taken() -> None:
    assert read_time("15:30", NOW) == (None, True)
    after_midnight = datetime(2026, 7, 1, 16, 20, tzinfo=UTC)  # 00:20 in China
    assert read_time("23:50", after_midnight)[0] == datetime(2026, 7, 1, 15, 50, tzinfo=UTC)  # yesterday's
