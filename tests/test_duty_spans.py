"""Which days are meant by words for several of them, and which questions ask for one person's shifts."""

from datetime import datetime

import pytest

from assistant.duty import LOCAL, load_calendar
from assistant.duty.own import read_own
from assistant.duty.spans import span_in

NOW = datetime(2026, 9, 23, 15, tzinfo=LOCAL)
CALENDAR = load_calendar()


@pytest.mark.parametrize(
    ("said", "first", "last", "words"),
    [
        ("国庆谁值班", "2026-10-01", "2026-10-07", "国庆"),
        ("十一那几天谁带班", "2026-10-01", "2026-10-07", "十一那几天"),
        ("中秋节放假谁值班", "2026-09-25", "2026-09-27", "中秋节放假"),
        ("下个星期谁值班", "2026-09-28", "2026-10-04", "下个星期"),
        ("周末谁值班", "2026-09-26", "2026-09-27", "周末"),
        ("下个月我值几天", "2026-10-01", "2026-10-31", "下个月"),
        ("30号到2号谁值班", "2026-09-30", "2026-10-02", "30号到2号"),  # over the end of a month
        ("25—27日谁值班", "2026-09-25", "2026-09-27", "25—27日"),
    ],
)
def test_several_days_have_many_names(said: str, first: str, last: str, words: str):
    found = span_in(said, NOW, CALENDAR)
    assert found is not None
    assert (str(found.first), str(found.last), found.words) == (first, last, words)


@pytest.mark.parametrize(
    "said",
    [
        "下周三谁带班",  # one day
        "十一月谁值班",  # no National Day
        "二十一号谁值班",
        "3到5个人值班",  # no dates
        "春天谁值班",  # 春节 without 节 is no holiday
        "今晚谁值班",
    ],
)
def test_a_single_day_and_other_numbers_are_no_span(said: str):
    assert span_in(said, NOW, CALENDAR) is None


@pytest.mark.parametrize(
    ("said", "days", "name", "is_beside"),
    [
        ("我这个月值几天", "这个月", "", False),
        ("我下次什么时候值班", "", "", False),
        ("赵示例国庆带几天班", "国庆", "赵示例", False),
        ("我周五要不要值班", "周五", "", False),
        ("明天谁和我搭班", "明天", "", True),
        ("跟我一班的都有谁", "", "", True),
    ],
)
def test_ones_own_shifts_are_asked_in_many_words(said: str, days: str, name: str, is_beside: bool):
    found = read_own(said, days)
    assert found is not None
    assert (found.name, found.is_beside) == (name, is_beside)


@pytest.mark.parametrize(
    "said",
    [
        "值班几天休一天",  # a question of rules
        "我这个月工资几天发",
        "我想跟张示例换5号的班",  # a swap
        "我值班",
        "我要值班补助",
        "我家几天没水了",
        "谁跟我换班",
    ],
)
def test_what_only_looks_like_a_question_for_ones_own_shifts_is_none(said: str):
    assert read_own(said, "这个月" if "这个月" in said else "") is None
