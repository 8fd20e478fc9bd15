"""What is a question about the roster, in many mouths, and what only looks like one."""

from datetime import datetime

import pytest

from assistant.duty import LOCAL, PostKind, read_question

NOW = datetime(2026, 7, 1, 14, 0, tzinfo=LOCAL)
LEADER, DEPUTY, STAFF = PostKind.LEADER, PostKind.DEPUTY, PostKind.STAFF


@pytest.mark.parametrize(
    ("said", "day", "kind"),
    [
        ("今晚谁值班", "07-01", None),
        ("今儿个夜里哪个守夜", "07-01", None),  # northern, south-western
        ("今晚边个当值", "07-01", None),  # Cantonese
        ("请问一下今晚是谁在值班呀", "07-01", None),
        ("今晚轮到谁", "07-01", None),  # no 值班 in it
        ("今晚有事找谁", "07-01", None),
        ("今晚安排的谁值班", "07-01", None),  # 安排, and yet no rule
        ("明天应该是谁值班", "07-02", None),  # 应该, and yet a day
        ("后天带班领导是哪个", "07-03", LEADER),
        ("明天的值班领导", "07-02", LEADER),  # a noun alone
        ("明天晚上是哪位领导带班", "07-02", LEADER),
        ("这周五谁带班", "07-03", LEADER),
        ("这周一谁带班", "06-29", LEADER),  # past, but named
        ("周一谁带班", "07-06", LEADER),  # the next one
        ("下周一谁带班", "07-06", LEADER),
        ("礼拜天哪个值班", "07-05", None),
        ("昨晚是谁值的班", "06-30", None),  # 值的班
        ("7月3号谁值班", "07-03", None),
        ("三号哪个值班", "07-03", None),
        ("大后天备班是谁", "07-04", DEPUTY),
        ("明天副班是哪个", "07-02", DEPUTY),
        ("今天值班员是谁", "07-01", STAFF),
        ("今晚值班人员名单", "07-01", None),
        ("今天的值班表发我看一下", "07-01", None),
    ],
)
def test_who_is_on_duty_is_asked_in_many_words(said: str, day: str, kind: PostKind | None):
    asked = read_question(said, NOW)
    assert asked is not None
    assert asked.when is not None
    assert f"{asked.when.day:%m-%d}" == day
    assert asked.kind is kind
    assert not asked.needs_context
    assert not asked.wants_phone


@pytest.mark.parametrize(
    "said",
    [
        "副的呢",
        "那备班的是哪个",
        "领导呢",
        "那明天呢",
        "那后天晚上呢",
        "周六呢",
        "他电话多少",
        "刚才那个人的号码",
        "怎么联系他",
        "号码发我",
        "电话呢",
        "领导电话多少",
        "还有谁",
        "其他人呢",
        "那县里呢",
    ],
)
def test_a_follow_up_needs_what_was_asked_before(said: str):
    asked = read_question(said, NOW)
    assert asked is not None
    assert asked.needs_context or asked.kind is DEPUTY


@pytest.mark.parametrize("said", ["值班电话多少", "值班室电话是多少", "值班室的号码给我", "应急办电话"])
def test_the_duty_room_is_told_from_a_person(said: str):
    asked = read_question(said, NOW)
    assert asked is not None
    assert asked.is_room


@pytest.mark.parametrize(
    "said",
    [
        "值班有什么要求",
        "值班由谁安排",  # who arranges, not who is on
        "今晚值班由谁安排",
        "谁负责安排值班",
        "应当由谁带班",
        "节假日由谁带班",
        "国庆那天谁值班",  # a day, but none that we can reckon
        "红色预警谁带班",
        "带班领导要做什么",
        "带班领导可以是副职吗",
        "值班要几个人",
        "村里要不要值班",
        "值班电话要不要24小时有人接",
        "值班电话没人接",
        "值班补助多少",
        "夜里值班可以睡觉吗",
        "值班脱岗找谁举报",
        "值班室门口灯杆漏电",  # a hazard
        "什么叫副班",
        "副食品店着火了",  # 副 is no deputy
        "领导说了算",
        "明天有雨呢",  # a day and 呢
        "明天演练谁参加",
        "今晚谁负责转移群众",
        "他家房子裂了",
        "电话打不通",
        "那北京呢",
        "谁报的警",
        "我的电话是12300000001",
        "我想换班",
        "其他",  # an item of a menu
        "收到",
        "",
    ],
)
def test_what_only_looks_like_a_question_about_the_roster_is_none(said: str):
    assert read_question(said, NOW) is None


def test_before_six_tonight_is_the_night_that_is_not_over():
    asked = read_question("今晚谁值班", NOW.replace(hour=2))
    assert asked is not None
    assert asked.when is not None
    assert asked.when.is_now


@pytest.mark.parametrize(
    ("said", "now", "day"),
    [
        ("3号谁值班", datetime(2026, 12, 28, 9, tzinfo=LOCAL), "2027-01-03"),  # past: the next month's
        ("1月2号谁值班", datetime(2026, 12, 28, 9, tzinfo=LOCAL), "2027-01-02"),  # the nearest year
        ("12月30号谁值班", datetime(2027, 1, 2, 9, tzinfo=LOCAL), "2026-12-30"),
    ],
)
def test_a_date_is_the_one_that_people_mean(said: str, now: datetime, day: str):
    asked = read_question(said, now)
    assert asked is not None
    assert asked.when is not None
    assert str(asked.when.day) == day


@pytest.mark.parametrize("said", ["31号谁值班", "2月30号谁值班"])
def test_a_day_that_the_month_has_not_fails_nothing(said: str):
    read_question(said, datetime(2026, 6, 15, 9, tzinfo=LOCAL))
