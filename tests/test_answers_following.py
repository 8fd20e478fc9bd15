"""What a short message means after the question before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.following import resolve, topic
from assistant.search import Index

TOWN = "云南省/示例州/示例县/示例镇"


@pytest.mark.parametrize(
    ("last", "question", "meant"),
    [
        ("乡上救援队要几个人", "那北京呢", "北京，乡上救援队要几个人"),
        ("云南意见里救援队多少人", "北京的呢？", "北京，里救援队多少人"),  # the first name goes
        ("云南的实施意见里，救援队多少人", "那北京呢", "北京，救援队多少人"),
        ("乡上救援队要几个人", "那县里呢", "县里救援队要几个人"),  # the first level goes
        ("预警来了怎么通知老人", "那晚上呢", "晚上预警来了怎么通知老人"),
        ("村里一年要演练几回", "谁组织", "村里演练，谁组织"),
        ("村里一年要演练几回", "要写总结吗", "村里演练，要写总结吗"),
        ("救援队员受伤了谁管", "这个保险谁买", "救援队员受伤了管，保险谁买"),
        ("隐患怎么上报", "有奖吗", "隐患上报，有奖吗"),
    ],
)
def test_a_follow_up_is_completed(index: Index, last: str, question: str, meant: str) -> None:
    found = resolve(question, last, index.catalogue, TOWN)
    assert found is not None and found.question == meant


@pytest.mark.parametrize(
    ("last", "question"),
    [
        ("", "那北京呢"),  # nothing before
        ("村里一年要演练几回", "山洪来了怎么办"),  # another matter
        ("村里一年要演练几回", "那山洪来了怎么办"),
        ("隐患怎么上报", "？？"),
        ("隐患怎么上报", "我家后面坡上裂了条缝现在下着雨要不要先搬出来住"),  # long: says itself what it is about
    ],
)
def test_a_new_topic_stands_for_itself(index: Index, last: str, question: str) -> None:
    assert resolve(question, last, index.catalogue, TOWN) is None


@pytest.mark.parametrize(("question", "most"), [("值班电话打不通找谁", 0.1), ("怎么报隐患", 0.4), ("谁组织", 1.0)])
def test_the_more_a_message_says_the_less_the_topic_before_counts(index: Index, question: str, most: float) -> None:
    found = resolve(question, "救援队要几个人", index.catalogue, TOWN)
    assert found is not None and 0 < found.weight <= most


@pytest.mark.parametrize(
    ("last", "question", "meant"),
    [
        ("镇级Ⅱ级响应由谁决定启动", "三级呢", "镇级三级响应由谁决定启动"),
        ("村里一年要演练几回", "中央文件里咋说滴", "中央文件里，村里一年要演练几回"),
        ("村里一年要演练几回", "云南意见里有没有", "云南意见里有没有，村里一年要演练几回"),
        ("一班要安排几个人", "村上嘞", "村上一班要安排几个人"),
    ],
)
def test_the_same_is_asked_of_another_grade_or_document(index: Index, last: str, question: str, meant: str) -> None:
    found = resolve(question, last, index.catalogue, TOWN)
    assert found is not None and found.question == meant


@pytest.mark.parametrize(
    ("question", "about"), [("乡上救援队要几个人", "乡上救援队"), ("演练多久一次？", "演练"), ("谁？", "谁？")]
)
def test_the_topic_of_a_question_is_what_does_not_ask(question: str, about: str) -> None:
    assert topic(question) == about


@given(
    st.text("那这它呢吗谁县北京云南几人救援队？ ，", max_size=20), st.text("救援队几人谁北京", min_size=1, max_size=12)
)
def test_any_message_is_resolved_or_left(index: Index, question: str, last: str) -> None:
    meant = resolve(question, last, index.catalogue, TOWN)
    assert meant is None or meant.question.strip("，：")
