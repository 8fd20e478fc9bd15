"""How the channel starts, stops, waits and comes back: polls, pushes, the watchdog, limits (R5, R9, R10, R15, R31, R32, R34)."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import make_url

from assistant.config import Settings
from assistant.desk import Desk, intake
from assistant.ports import Outgoing
from assistant.search import Index
from assistant.store import Lane, Store, open_engine, spool
from assistant.store.media import MediaFolder
from bots.fakes.telegram import FakeTelegram
from bots.live import LiveChannel
from bots.telegram import open_telegram
from bots.telegram.client import Access
from bots.telegram.live import Telegram
from bots.telegram.webhook import SECRET
from tests.bots.telegram_town import QUICK, Town, access, now, running, until

HOOK = {SECRET: "s-3_cret"}


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


def tell(town: Town, chat: str, *texts: str, lane: Lane = Lane.ROUTINE) -> None:
    town.fake.phone(chat)
    with town.desk.work(now()) as work:
        for text in texts:
            work.tell(work.person("telegram", chat), Outgoing("", "", text), key=f"{chat}/{text}", lane=lane)


def left(desk: Desk) -> list[str]:
    with desk.work(now()) as work:
        return [one.name for one in spool.left(work.session, "telegram")]


def test_without_a_token_there_is_no_channel(desk: Desk):
    assert open_telegram(Settings(_env_file=None), desk, now) is None


def test_the_settings_make_a_channel_that_opens_nothing_by_itself(desk: Desk):
    """R31."""
    live: LiveChannel | None = open_telegram(Settings(_env_file=None, telegram_token="1:x"), desk, now)
    assert live is not None and live.name == "telegram" and not live.health().ok
    assert "正在连接" in live.health().what


def test_a_platform_that_is_not_there_is_no_error_and_shows(desk: Desk):
    """R31."""
    live = Telegram(Access("1:x", "http://127.0.0.1:9", connect_s=0.3), desk, now).polls(QUICK)
    live.start()
    until(lambda: "连不上" in live.health().what)
    assert not live.health().ok and live.health().since is not None
    began = time.monotonic()
    live.stop()
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(("status", "said"), [(401, "令牌"), (409, "另有程序"), (502, "连不上")])
def test_what_is_wrong_is_said_and_over_as_soon_as_it_is_over(town: Town, status: int, said: str):
    until(lambda: town.live.health().ok)
    town.fake.fault(status, path="getUpdates", times=3)
    until(lambda: said in town.live.health().what)
    until(lambda: town.live.health().ok)
    town.phone().says("你好")
    assert town.heard(town.phone())


def test_an_address_for_pushes_that_was_set_before_is_taken_away(fake: FakeTelegram, desk: Desk):
    fake.bot.webhook = {"url": "http://127.0.0.1:9/telegram", "secret": "x"}
    with running(fake, desk) as town:
        until(lambda: town.live.health().ok)
    assert fake.bot.webhook == {}


def test_a_connection_that_never_answers_is_left_behind_by_the_watchdog(fake: FakeTelegram, desk: Desk):
    """R32."""
    fake.fault("hang", path="getUpdates", times=2)
    with running(fake, desk, read_s=0.3, poll_s=0.3) as town:
        until(lambda: town.live.source.rebuilt)
        town.phone().says("你好")
        assert town.heard(town.phone())


def test_the_platform_forgets_an_update_only_after_it_is_kept_here(fake: FakeTelegram, desk: Desk):
    """R5, R9: the offset moves with the commit."""
    with running(fake, desk) as town:
        number = town.phone().says("你好")
        town.heard(town.phone())
        until(lambda: fake.bot.updates == [])
        asked = until(lambda: {one.body["offset"] for one in fake.called("getUpdates") if "offset" in one.body})
        assert asked == {str(number + 1)}
        until(lambda: left(desk) == [])


def test_what_was_kept_and_not_attended_to_is_taken_up_by_the_next_process(fake: FakeTelegram, desk: Desk):
    """R5: as after kill -9; nothing is lost, nothing is done twice."""
    dead = Telegram(access(fake), desk, now)
    dead.intake.stop(0)
    for number in range(20):
        fake.phone(f"70{number % 4}").says(f"你好{number}")
    dead.intake.take(fake.bot.waiting(None, 100), is_polled=True)
    assert len(left(desk)) == 20
    with running(fake, desk):
        until(lambda: left(desk) == [], patience_s=30)
    said = [turn.text for chat in range(4) for turn in desk.history("telegram", f"70{chat}", 99)]
    assert said == [f"你好{number}" for chat in range(4) for number in range(chat, 20, 4)]


def test_the_next_process_goes_on_where_the_last_one_has_stopped(fake: FakeTelegram, desk: Desk):
    with running(fake, desk) as town:
        number = town.phone().says("你好")
        town.heard(town.phone())
    fake.bot.calls.clear()
    with running(fake, desk):
        until(lambda: fake.called("getUpdates"))
    assert fake.called("getUpdates")[0].body["offset"] == str(number + 1)


def test_after_a_week_of_silence_the_platform_is_asked_for_all_it_has(desk: Desk, fake: FakeTelegram):
    """The platform then counts from somewhere else."""
    with desk.work(now() - timedelta(days=7)) as work:
        spool.mark(work.session, "telegram/offset", 870_999_999, now() - timedelta(days=7))
    with running(fake, desk) as town:
        town.phone().says("你好")
        assert town.heard(town.phone())


def test_a_lost_answer_makes_one_double_that_says_so(town: Town):
    """R10."""
    town.fake.fault("lost_answer", path="sendMessage")
    tell(town, "7001", "三组今晚值班")
    until(lambda: len(town.phone().screen.all()) == 2)
    assert [one.text for one in town.phone().screen.all()] == ["三组今晚值班", "（重发）三组今晚值班"]


def test_a_flooded_chat_waits_alone(town: Town):
    """R15: a 429 is for one chat."""
    town.fake.fault("flood", chat="7001", value=2)
    flooded = time.monotonic() + 2
    tell(town, "7001", "一", "二", lane=Lane.URGENT)
    until(lambda: any(one.answer.get("error_code") == 429 for one in town.fake.called("sendMessage")))
    tell(town, "7002", "三")
    assert town.heard(town.phone("7002")) == "三"
    assert time.monotonic() < flooded
    until(lambda: len(town.phone("7001").screen.all()) == 2)
    refused = [one for one in town.fake.called("sendMessage") if "error_code" in one.answer]
    assert len(refused) == 1


def test_a_chat_gets_one_message_a_second_and_all_together_thirty(town: Town):
    """R15: as the platform counts them."""
    for chat in range(7100, 7140):
        tell(town, str(chat), "全体注意")
    tell(town, "7001", *(f"第{number}条" for number in range(4)))
    until(lambda: len(town.fake.called("sendMessage")) == 44, patience_s=30)
    calls = town.fake.called("sendMessage")
    times = sorted(one.at for one in calls)
    assert all(later - one >= 1 for one, later in zip(times, times[30:], strict=False))
    mine = sorted(one.at for one in calls if one.body["chat_id"] == "7001")
    assert all(later - one >= 1 for one, later in zip(mine, mine[1:], strict=False))


def test_a_stop_waits_for_what_is_in_hand_and_for_nothing_else(fake: FakeTelegram, desk: Desk):
    """R34: within ten seconds, and the rest is in the spool."""
    with running(fake, desk, poll_s=25.0) as town:
        until(lambda: fake.bot.polling)
        town.phone().says("你好")
        until(lambda: desk.history("telegram", "7001", 9))
        began = time.monotonic()
    assert time.monotonic() - began < 10


def test_who_is_in_danger_hears_at_once_though_the_database_is_locked(
    town: Town, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    """R5: nothing is promised that is not kept, and when the database is back everything is there, once."""
    monkeypatch.setattr(intake, "QUICK_S", 3.0)
    until(lambda: town.live.health().ok)
    with closing(sqlite3.connect(make_url(database_url).database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        town.phone().says("三组着火了")
        assert "119" in town.heard(town.phone())
        assert time.monotonic() - began < 9
        other.execute("ROLLBACK")
    until(lambda: [turn.text for turn in town.desk.history("telegram", "7001", 9)] == ["三组着火了"], patience_s=30)
    until(lambda: left(town.desk) == [], patience_s=30)


@pytest.fixture
def hooked(fake: FakeTelegram, desk: Desk) -> Iterator[tuple[Town, TestClient]]:
    live = Telegram(access(fake), desk, now).is_pushed("s-3_cret", "https://yingda.example")
    app = FastAPI()
    live.register(app)
    live.start()
    with TestClient(app) as client:
        yield Town(fake, desk, live), client
    live.stop()


def update(text: str, number: int = 5) -> dict[str, object]:
    chat = {"id": 7001, "type": "private"}
    user = {"id": 7001, "is_bot": False, "first_name": "示例"}
    return {"update_id": number, "message": {"message_id": number, "date": 1, "chat": chat, "from": user, "text": text}}


def test_the_platform_is_told_where_to_push_and_with_which_secret(hooked: tuple[Town, TestClient]):
    town, _ = hooked
    until(lambda: town.live.health().ok)
    assert town.fake.bot.webhook == {"url": "https://yingda.example/telegram", "secret": "s-3_cret"}


@pytest.mark.parametrize("headers", [{}, {SECRET: ""}, {SECRET: "s-3_creT"}, {SECRET: "s-3_cret "[:-2]}])
def test_a_push_without_the_secret_is_refused(hooked: tuple[Town, TestClient], headers: dict[str, str]):
    """R9."""
    town, client = hooked
    assert client.post("/telegram", json=update("你好"), headers=headers).status_code == 403
    assert left(town.desk) == [] == town.desk.history("telegram", "7001", 9)


def test_a_push_is_kept_before_it_is_answered_and_attended_to_once(hooked: tuple[Town, TestClient]):
    """R5, R6, R9."""
    town, client = hooked
    statuses = [client.post("/telegram", json=update("你好"), headers=HOOK).status_code for _ in range(3)]
    assert statuses == [200, 200, 200]
    until(lambda: left(town.desk) == [])
    assert [turn.text for turn in town.desk.history("telegram", "7001", 9)] == ["你好"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"update_id":"x"}', b"\xff", b"[" * 50_000])
def test_a_push_that_is_no_update_is_done_with(hooked: tuple[Town, TestClient], body: bytes):
    """R4: no storm of repetitions."""
    _, client = hooked
    assert client.post("/telegram", content=body, headers=HOOK).status_code == 200


def test_a_push_that_is_too_large_is_not_read_to_its_end(hooked: tuple[Town, TestClient]):
    """R2."""
    _, client = hooked
    assert client.post("/telegram", content=b"x" * 300_000, headers=HOOK).status_code == 413


def test_without_an_address_of_our_own_nothing_can_be_pushed(fake: FakeTelegram, desk: Desk):
    live = Telegram(access(fake), desk, now).is_pushed("s", "")
    live.start()
    until(lambda: "YINGDA_PUBLIC_URL" in live.health().what)
    live.stop()
    assert not live.health().ok
