"""kill -9 of the real server while Telegram hands over messages: none is lost, none has two effects (R5, R10)."""

import random
import shutil
import time
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.store import Delivery, Store, open_engine, spool
from assistant.store.inbox import Attended, InboxRow
from assistant.store.outbox import OutboxRow
from bots.fakes.telegram import FakeTelegram
from bots.serve import now
from tests.crash.test_serve_kills import Server

CHATS, EACH, KILLS = 5, 8, 4
AGAIN = "（重发）"


class Connected(Server):
    """The server with a bot."""

    def __init__(self, small: Path, url: str, media: Path, fake: FakeTelegram) -> None:
        super().__init__(small, url, media)
        self._environment |= fake.settings()


@pytest.mark.slow
def test_a_bot_that_is_killed_again_and_again(
    small: Path, trained_path: Path, database_url: str, tmp_path: Path
) -> None:
    for file in trained_path.glob("reader*"):
        shutil.copyfile(file, small / "index" / file.name)
    chance, begun = random.Random(5), time.monotonic()
    with FakeTelegram() as fake:
        server = Connected(small, database_url, tmp_path / "media", fake)
        phones = [fake.phone(str(7100 + number)) for number in range(CHATS)]
        server.begin()
        server.answers()
        for kill in range(KILLS):
            for phone in phones:
                for number in range(EACH // KILLS):
                    phone.says(text(phone.name, kill * EACH // KILLS + number))
            time.sleep(chance.uniform(0.02, 1.0))
            server.kill()
            server.begin()
            server.answers()
        engine = open_engine(database_url)
        wait_for_rest(Store(engine), fake)
        server.kill()
        queued = inspect(Store(engine), [phone.name for phone in phones])
        engine.dispose()
        sent = [one.text for phone in phones for one in phone.screen.all()]
    again = sum(one.startswith(AGAIN) for one in sent)
    assert len(sent) - again <= queued <= len(sent)
    print(
        f"{KILLS} kills, {CHATS * EACH} messages, {queued} replies, {again} doubles, {time.monotonic() - begun:.0f} s"
    )


def text(chat: str, number: int) -> str:
    return f"示例村{chat}组{number}户谁来负责巡查"


def wait_for_rest(store: Store, fake: FakeTelegram) -> None:
    """Until every message has been attended to, and every reply has gone."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with store.work(now()) as work:
            left = spool.left(work.session, "telegram")
            rows = work.session.exec(select(InboxRow).where(InboxRow.text != "")).all()
        if len(rows) == CHATS * EACH and not left and not fake.bot.updates:
            break
        time.sleep(0.1)
    before = -1
    while before != len(fake.called("sendMessage")) and time.monotonic() < end:
        before = len(fake.called("sendMessage"))
        time.sleep(3)


def inspect(store: Store, chats: list[str]) -> int:
    """Return how many replies there are."""
    with store.work(now()) as work:
        rows = [row for row in work.session.exec(select(InboxRow)).all() if row.text]
        assert {row.state for row in rows} == {Attended.DONE.value}
        replies = work.session.exec(select(OutboxRow)).all()
        assert {row.state for row in replies} == {Delivery.HANDED_OVER.value}
        said = {chat: [row.text for row in rows if row.sender == chat] for chat in chats}
    assert {chat: sorted(texts) for chat, texts in said.items()} == {
        chat: sorted(text(chat, number) for number in range(EACH)) for chat in chats
    }
    return len(replies)
