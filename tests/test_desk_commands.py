"""Which whole messages ask the desk for something, and which are questions."""

import pytest

from assistant.desk.commands import Wish, read_command


@pytest.mark.parametrize(
    "text",
    [
        "不对", "不对！", "你说得不对", "错了", "答案错了", "答非所问", "没答到", "没答到点子上", "没有回答我的问题", "没回答到",
        "不是问这个", "我不是问这个", "我要问的不是这个", "不是我想问的", "没用", "没得用", "根本没用", "你没听懂", "没听懂我的意思",
        "没懂我意思", "牛头不对马嘴", "文不对题嘛", "理解错了", "跑题了", "答偏了", "不沾边", "完全不对啊", "没有帮助",
    ],
)  # fmt: skip
def test_the_asker_says_that_an_answer_does_not_fit(text: str) -> None:
    command = read_command(text, [])
    assert command is not None and command.wish is Wish.UNFIT


@pytest.mark.parametrize(
    "text",
    [
        "转人工", "转人工。", "人工", "人工服务", "我要转人工", "能转人工吗", "怎么转人工", "找值班的", "找值班", "找镇值班室", "找人工",
        "我要问人", "找个人问问", "找人来答", "问一下值班人员", "联系值班人员", "转值班台", "我要找真人",
    ],
)  # fmt: skip
def test_the_asker_wants_a_person(text: str) -> None:
    command = read_command(text, [])
    assert command is not None and command.wish is Wish.HAND_OVER


@pytest.mark.parametrize(
    "text",
    [
        "不对外开放的避难所能不能进",  # opens with 不对
        "没用完的救灾款怎么办",
        "错过了转移怎么办",
        "没答应转移的人怎么办",
        "不是这个镇的人能住安置点吗",
        "没关系",  # never mind
        "值班",
        "值班电话",
        "找值班电话",
        "找值班的要签字吗",
        "人工增雨谁批准",
        "人工巡查多久一次",
        "找人帮忙搬东西算不算志愿者",
        "联系人是谁",
    ],
)  # fmt: skip
def test_a_question_that_only_begins_so_is_a_question(text: str) -> None:
    command = read_command(text, [])
    assert command is None
