"""Warnings at the desk: each named person is called, and followed until that person has answered."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from assistant.store import open_engine
from assistant.triage import Reader
from tests.duty_town import Town


@pytest.fixture
def town(database_url: str, reader: Reader) -> Iterator[Town]:
    engine = open_engine(database_url)
    yield Town(engine, reader)
    engine.dispose()


def test_everybody_named_is_called_once(town: Town):
    number = town.warns("李网格", "周网格", "李网格")
    for who in ("李网格", "周网格"):
        (said,) = town.hears(who)
        assert "暴雨橙色预警" in said
        assert "12:30前回复“收到”" in said
    assert number == "YJ20260701-01"


def test_duty_hears_at_once_whom_no_message_can_reach(town: Town):
    town.warns("李网格", "没号的人")
    (said,) = town.hears("钱值班")
    assert "没号的人" in said
    assert "李网格" not in said


def test_the_answer_is_due_from_the_moment_of_issue_not_from_when_it_was_entered(town: Town):
    town.warns("李网格", ago=timedelta(hours=2))
    (said,) = town.hears("李网格")
    assert "10:30前" in said


def test_a_warning_is_the_fold_of_its_events(town: Town):
    town.warns("李网格", "周网格")
    town.rederives()
