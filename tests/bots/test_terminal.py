"""The terminal: a line in, replies out, and what the duty desk has answered meanwhile."""

import io

import pytest

from assistant.desk import Desk
from assistant.store import Store, open_engine
from bots.terminal import converse
from tests.world import NOON


@pytest.fixture
def duty(desk: Desk, database_url: str) -> Store:
    return Store(open_engine(database_url))


def typed(desk: Desk, *lines: str) -> str:
    """Return what stands on the screen after a session with these lines."""
    out = io.StringIO()
    converse(desk, "me", lambda: NOON, io.StringIO("".join(f"{line}\n" for line in lines)), out)
    return out.getvalue()


def test_a_line_gets_its_reply_and_an_empty_one_none(desk: Desk) -> None:
    assert typed(desk, "", "  ") == "您：您：您：\n"
    assert typed(desk, "出处").startswith("您：应答：还没有查过条款")


def test_the_reply_of_the_duty_desk_stands_before_the_first_prompt_once(desk: Desk, duty: Store) -> None:
    typed(desk, "明天猪肉多少钱一斤", "转人工")
    duty.hand_overs.answer(1, "请问市场监管所。", "示例甲", NOON)
    assert typed(desk).startswith("应答：值班人员（示例甲）答复您：\n请问市场监管所。")
    assert typed(desk) == "您：\n"


def test_a_reply_that_comes_during_the_session_stands_before_the_next_answer(desk: Desk, duty: Store) -> None:
    class Waits(io.StringIO):
        """The duty desk answers while the person types the third line."""

        def __next__(self) -> str:
            line = super().__next__()
            if line.startswith("帮助"):
                duty.hand_overs.answer(1, "请问市场监管所。", "示例甲", NOON)
            return line

    out = io.StringIO()
    converse(desk, "me", lambda: NOON, Waits("明天猪肉多少钱一斤\n转人工\n帮助\n"), out)
    shown = out.getvalue()
    assert shown.count("请问市场监管所") == 1
    assert shown.index("值班台的名单上") < shown.index("请问市场监管所") < shown.index("您好，这里是“应答”")
