"""What people say in the middle of a report: each pattern with what it means and the near miss that it must leave alone."""

import re

import pytest

from assistant.dialogue import phrases

SEARCHED = [
    (phrases.MISTAKEN, ["刚才讲错了", "位置不对", "更正一下", "名字弄错了"], ["不错", "错过了车", "交错的电线"]),
    (phrases.TAKEN_BACK, ["还是报吧", "还是要报", "别撤", "不取消", "想恢复"], ["还是报警了", "取消", "撤了吧"]),
    (phrases.SETTLED, ["村长压上了", "自己灭了", "弄好了", "虚惊一场"], ["弄好了没", "修好了吗", "还没弄好"]),
    (phrases.OFF_WORDS, ["撤了吧", "不用来了", "报错了"], ["赶紧撤离", "撤人"]),
    (phrases.ANOTHER, ["还有一处", "再报一个", "也有个地方裂了"], ["还有一点点水", "另外一头"]),
    (phrases.TIMING, ["什么时候来修", "哪天能弄好", "多久能到"], ["什么时候裂的", "多久没下雨了"]),
    (phrases.ANONYMOUS, ["不想让人知道是我说的", "匿名", "别说是我讲的", "替我保密"], ["名字写错了", "替我保管"]),
    (phrases.WISH, ["别给我打电话", "发短信就行", "就说是例行检查"], ["打电话没人接", "发短信的那个人"]),
    (phrases.NO_PLACE, ["说不上来", "不晓得叫啥", "不知道这是哪里"], ["不知道谁干的", "不晓得他去哪了才怪"]),
    (phrases.WHETHER, ["这算不算隐患", "要不要紧", "正不正常"], ["算不算数", "算了"]),
    (phrases.FALSE_ALARM, ["误报了", "虚惊一场", "没着火", "是在熏腊肉"], ["没有人受伤", "报的人在现场"]),
    (phrases.ANOTHER_INCIDENT, ["另外一处也着火了", "隔壁村也淹了"], ["还有一个娃没见", "再来一辆车"]),
    (phrases.RUMOUR, ["听说水库垮了是不是真的", "群里在传地震真的假的"], ["听说要修路", "是真的着火了"]),
    (phrases.ON_IT, ["收到了", "现在去", "马上到岗", "已经在路上"], ["没收到", "还未收到"]),
    (phrases.GOING_BACK, ["接着说刚才那个灯", "我还没说完", "先前那个护栏"], ["接着下雨", "继续裂"]),
    (phrases.WHO_TOLD, ["是谁举报的我", "上个礼拜哪个把我家砖窑告了"], ["哪个来修", "谁负责报"]),
    (phrases.CRY, ["来人啊", "出事了", "赶紧来人"], ["人来得很多", "快递来了"]),
    (phrases.WHERE, ["位置不对", "地点改成河口"], ["这堵墙歪了"]),
    (phrases.DAY, ["二十号之前", "下周三", "后天"], ["5号楼", "三号桥", "8号院"]),
]
WHOLE = [
    (phrases.CALLED_OFF, ["算了", "算了吧", "不报了", "拉倒吧", "那取消吧"], ["算了一下有三处", "算了吗", "撤离"]),
    (phrases.JUST_ASKING, ["就是问问", "随便问问啊", "只是打听一下"], ["就是问问你们管不管", "问一下值班电话"]),
    (phrases.RECEIVED, ["收到没有", "看得到不", "发出去了吗"], ["收到预警了", "听到响声了"]),
    (phrases.YES, ["是", "对的", "是同一处", "嗯", "好的", "修好了"], ["是谁", "好危险", "对面", "不是"]),
    (phrases.NO, ["不是", "不是同一处", "没弄好", "留着", "两回事"], ["不知道", "没有人来", "不是坡裂了 是墙"]),
    (phrases.NEXT_STEP, ["然后呢", "下一步呢", "现在怎么办", "那咋办"], ["然后墙就塌了", "现在怎么处罚"]),
    (phrases.EMOJI, ["🔥🔥🔥", "😊", "🆘！！"], ["！！！", "火🔥", "1"]),
]


@pytest.mark.parametrize(("pattern", "text"), [(p, text) for p, hits, _ in SEARCHED for text in hits])
def test_the_pattern_hears_what_is_meant(pattern: re.Pattern[str], text: str):
    assert pattern.search(text)


@pytest.mark.parametrize(("pattern", "text"), [(p, text) for p, _, misses in SEARCHED for text in misses])
def test_the_pattern_leaves_the_near_miss_alone(pattern: re.Pattern[str], text: str):
    assert pattern.search(text) is None


@pytest.mark.parametrize(("pattern", "text"), [(p, text) for p, hits, _ in WHOLE for text in hits])
def test_the_whole_message_is_what_is_meant(pattern: re.Pattern[str], text: str):
    assert pattern.fullmatch(text)


@pytest.mark.parametrize(("pattern", "text"), [(p, text) for p, _, misses in WHOLE for text in misses])
def test_more_or_other_words_mean_something_else(pattern: re.Pattern[str], text: str):
    assert pattern.fullmatch(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("2。", 2),
        ("选3", 3),
        ("②", 2),
        ("二", 2),
        ("第一个", 1),
        (" 2 ", 2),
        ("1个", 1),
        ("110", None),  # a telephone number is no choice
        ("3米", None),
        ("1号楼", None),
        ("1 还有一处", None),
        ("一直下雨", None),
        ("", None),
    ],
)
def test_a_number_is_a_number_only_where_it_is_the_whole_message(text: str, number: int | None):
    assert phrases.number_in(text) == number


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("不是小围埂 是新村", "新村"),
        ("不在河口村，在上河村", "上河村"),
        ("不是房子，是后面的坡", "后面的坡"),
        ("不是井盖，应该是路灯杆", "路灯杆"),
    ],
)
def test_what_is_right_stands_behind_what_was_wrong(text: str, new: str):
    found = phrases.NOT_BUT.search(text)
    assert found
    assert found["new"] == new


@pytest.mark.parametrize("text", ["是不是隐患", "不是很严重", "这不是你们管的吗"])
def test_a_denial_without_a_right_side_corrects_nothing(text: str):
    assert phrases.NOT_BUT.search(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("YH20260701-01办到哪了", ["YH20260701-01"]),
        ("yh 20260701-01", ["YH20260701-01"]),
        ("SJ20260701—02和YH2026070103", ["SJ20260701-02", "YH20260701-03"]),  # typed by hand
        ("20260701", []),
    ],
)
def test_case_numbers_are_read_however_they_are_typed(text: str, numbers: list[str]):
    assert phrases.case_numbers(text) == numbers
