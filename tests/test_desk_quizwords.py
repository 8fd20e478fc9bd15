"""The words of quizzes: orders, and what only resembles one."""

import pytest

from assistant.desk.quizwords import Wish, read_order

CY = "CY20260701-01"


@pytest.mark.parametrize(
    ("text", "count", "topic", "document"),
    [
        ("出题", None, "", ""),
        ("出题 演练 5道", 5, "演练", ""),
        ("出题5道", 5, "", ""),
        ("出5道题", 5, "", ""),
        ("帮我出三道关于值班的题", 3, "值班", ""),
        ("从云南实施意见出5道题", 5, "", "云南实施意见"),
        ("从《北京实施意见》里出两道题", 2, "", "《北京实施意见》"),
    ],
)
def test_a_quiz_is_asked_for(text: str, count: int | None, topic: str, document: str):
    order = read_order(text)
    assert order is not None and order.wish is Wish.MAKE
    assert (order.count, order.topic, order.document) == (count, topic, document)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (f"发布 {CY} 给全镇网格员 7月10日前", Wish.RELEASE),
        (f"发布{CY.lower()}给上河村", Wish.RELEASE),
        (f"{CY}删第3题", Wish.DROP),
        (f"{CY} 换第三题", Wish.SWAP),
        (f"{CY}成绩", Wish.RESULTS),
        (CY, Wish.SHOW),
        ("测验成绩", Wish.RESULTS),
        ("我的成绩", Wish.OWN),
        ("开始答题", Wish.GO),
        ("继续答题", Wish.GO),
        ("先不答了", Wish.STOP),
        ("等会儿再答", Wish.STOP),
    ],
)
def test_what_is_wanted_of_a_quiz(text: str, wish: Wish):
    order = read_order(text)
    assert order is not None and order.wish is wish
    assert order.number in ("", CY)


@pytest.mark.parametrize(
    "text",
    [
        "出题太难了",  # a complaint
        "出问题了",
        "娃娃的数学题出错了",
        "成绩怎么样",
        "发布预警",  # of the warnings
        "换一条路走",
        "等会再来",
        "这道题答案是什么",
        "停一下水吧",
    ],
)
def test_what_only_resembles_it_is_none(text: str):
    assert read_order(text) is None
