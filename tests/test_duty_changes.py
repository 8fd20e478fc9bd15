"""What is an order to change a roster, in many words, and what only looks like one."""

from datetime import datetime

import pytest

from assistant.duty import LOCAL, OrderKind, PostKind, load_calendar
from assistant.duty.changes import read_change

NOW = datetime(2026, 11, 22, 15, tzinfo=LOCAL)
CALENDAR = load_calendar()
REPLACE, ADD, REMOVE = OrderKind.REPLACE, OrderKind.ADD, OrderKind.REMOVE
LEADER = PostKind.LEADER


@pytest.mark.parametrize(
    ("said", "kind", "who", "by", "post", "days"),
    [
        ("11月25日带班改成李示例", REPLACE, "", "李示例", LEADER, "11-25 11-25"),
        ("排班：25号的带班领导换成李示例", REPLACE, "", "李示例", LEADER, "11-25 11-25"),
        ("王示例请假3天由赵示例顶", REPLACE, "王示例", "赵示例", None, "11-22 11-24"),  # from today on
        ("王示例明天起请假三天，赵示例顶班", REPLACE, "王示例", "赵示例", None, "11-23 11-25"),
        ("王示例25号到27号出差，由赵示例替", REPLACE, "王示例", "赵示例", None, "11-25 11-27"),
        ("把25号王示例的班换成赵示例", REPLACE, "王示例", "赵示例", None, "11-25 11-25"),
        ("明天让赵示例替王示例", REPLACE, "王示例", "赵示例", None, "11-23 11-23"),
        ("周五副班加上赵示例", ADD, "", "赵示例", PostKind.DEPUTY, "11-27 11-27"),
        ("后天去掉王示例", REMOVE, "王示例", "", None, "11-24 11-24"),
        ("下周王示例不值班了", REMOVE, "王示例", "", None, "11-23 11-29"),
        ("王示例明天病了", REPLACE, "王示例", "", None, "11-23 11-23"),  # nobody named yet
    ],
)
def test_a_change_is_ordered_in_many_words(
    said: str, kind: OrderKind, who: str, by: str, post: PostKind | None, days: str
):
    found = read_change(said, NOW, CALENDAR)
    assert found is not None
    assert found.days is not None
    assert (found.kind, found.who, found.by, found.post) == (kind, who, by, post)
    assert f"{found.days.first:%m-%d} {found.days.last:%m-%d}" == days


@pytest.mark.parametrize(
    "said",
    [
        "明天带班改成谁了",  # a question
        "带班由谁安排",
        "王示例请假要谁批",
        "请假3天有什么规定",
        "今晚谁值班",
        "明天开会",
        "河边的石头换成水泥的了",
        "我想跟张示例换5号的班",  # a swap, which the other must agree to
        "老王家的房子今天塌了",
    ],
)
def test_what_only_looks_like_an_order_is_none(said: str):
    found = read_change(said, NOW, CALENDAR)
    assert found is None or found.days is None
