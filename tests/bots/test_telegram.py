"""Telegram through the real desk, with a fake Bot API on loopback: what is said, pressed and sent arrives once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.search import Index
from assistant.store import Store, open_engine
from assistant.store.media import MediaFolder
from bots.fakes.telegram import FakeTelegram
from tests.bots.telegram_town import Town, running, until
from tests.pictures import picture


@pytest.fixture
def desk(index: Index, database_url: str, tmp_path: Path) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(index, Store(engine, MediaFolder(tmp_path / "media")), pushed={"telegram"})
    engine.dispose()


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def town(fake: FakeTelegram, desk: Desk) -> Iterator[Town]:
    with running(fake, desk) as town:
        yield town


def test_a_question_is_answered_with_its_source(town: Town):
    phone = town.phone()
    phone.says("村里一年要演练几回")
    assert "《" in town.heard(phone)
    assert until(lambda: town.live.health().ok)
