"""What an answer to a call says by its words."""

import pytest

from assistant.warnings import AnswerKind, answer_kind, is_bare, is_for_all, without_denials

RECEIVED, AT_POST, TOLD = AnswerKind.RECEIVED, AnswerKind.AT_POST, AnswerKind.TOLD
SUPPORT, ABSENT = AnswerKind.SUPPORT, AnswerKind.ABSENT


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("收到", RECEIVED),
        ("收倒", RECEIVED),  # speech to text
        ("晓得咯，这就去喊", RECEIVED),
        ("要得", RECEIVED),
        ("地质灾害那个收到了", RECEIVED),
        ("我报的你们收到了", None),
        ("👌", RECEIVED),
        ("我在往那边赶", RECEIVED),
        ("马上到岗", RECEIVED),  # not yet there
        ("已上岗", AT_POST),
        ("到岗了，在桥头守着", AT_POST),
        ("已通知到户", TOLD),
        ("大喇叭喊过三遍了", TOLD),
        ("需要支援", SUPPORT),
        ("一个人跑不过来", SUPPORT),
        ("缺车，派两辆车来", SUPPORT),
        ("不需要支援", None),  # the contrary
        ("我不在岗，请转副手", ABSENT),
        ("我在县里开会", ABSENT),
        ("赶不回来，让老李顶", ABSENT),
        ("没收到", None),
        ("收到没有", None),
        ("马上下雨了", None),
        ("好大的雨", None),
        ("知道哪里有避难点", None),
        ("中午吃什么", None),  # 中 is yes in Henan, alone
        ("谢谢", None),
    ],
)
def test_kinds_of_answers(said: str, kind: AnswerKind | None):
    assert answer_kind(said) is kind


def test_a_nod_is_nothing_else():
    assert all(map(is_bare, ["收到", "好的，谢谢领导", "嗯嗯", "OK", "👍", "中"]))
    assert not any(map(is_bare, ["收到，十一户", "好大的雨", "中午了"]))


def test_both_may_be_answered_at_once():
    assert is_for_all("两个都收到了")
    assert not is_for_all("收到")


def test_that_nobody_is_trapped_speaks_of_no_danger():
    assert "被困" not in without_denials("没有人员被困，都转移了")
    assert "被困" in without_denials("有人被困在对岸")
