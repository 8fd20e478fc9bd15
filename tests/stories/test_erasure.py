"""A villager erases the own data through the whole desk: what the desk keeps at the end of a message is gone too."""

import pytest
from sqlalchemy import inspect
from sqlmodel import Session, SQLModel

from assistant.desk import Desk
from assistant.ports import Outgoing
from assistant.store import open_engine
from tests.world import Phone

pytestmark = pytest.mark.ledger

WHO = "erased-villager-7"


class Villager(Phone):
    """A phone whose message ids, which are the vendor's, do not hold the sender."""

    def says(self, text: str, message_id: str | None = None) -> list[Outgoing]:
        return super().says(text, message_id or f"m-{self.sent}")


def kept(database_url: str) -> str:
    """Every row of every table as one text."""
    engine = open_engine(database_url)
    there = set(inspect(engine).get_table_names())
    with Session(engine) as session:
        tables = [table for name, table in SQLModel.metadata.tables.items() if name in there]
        text = "\n".join(str(tuple(row)) for table in tables for row in session.connection().execute(table.select()))
    engine.dispose()
    return text


def test_nothing_of_the_villager_is_left_in_any_table(desk: Desk, database_url: str):
    villager = Villager(desk, WHO, region="云南省", asker="villager")
    villager.says("村里一年要演练几回")
    villager.says("老粮站后面坡上裂了条缝，下雨就宽")
    assert WHO in kept(database_url)
    assert "1 确认删除" in villager.reads("删除我的数据")
    assert "已经删除" in villager.reads("1")
    assert WHO not in kept(database_url)
    assert desk.history("test", WHO) == []


def test_the_same_one_delivered_again_erases_nothing_more_and_says_nothing(desk: Desk, database_url: str):
    villager = Villager(desk, WHO)
    villager.says("你好")
    villager.says("删除我的数据")
    villager.says("1", message_id="the-one")
    assert villager.says("1", message_id="the-one") == []
    assert WHO not in kept(database_url)


def test_an_open_question_of_the_dialogue_does_not_take_the_one(desk: Desk, database_url: str):
    villager = Villager(desk, WHO)
    villager.says("菜单")
    villager.says("删除我的数据")
    assert "已经删除" in villager.reads("1")
