"""Disk full, database locked or gone: everybody hears the truth, who is in danger hears what to do, nothing is half-written."""

import io
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from assistant.desk import Desk, intake
from assistant.desk.hearing import TrainedEar
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Person
from assistant.ports import Incoming
from assistant.search import Index
from assistant.store import Store, engine, open_engine
from assistant.store.inbox import InboxRow
from assistant.store.media import MediaFolder
from assistant.triage import Reader
from bots.terminal import converse
from bots.web.app import create_app
from tests.databases import OwnPostgres, own_server
from tests.pictures import picture
from tests.world import NOON

AS_IN_LIFE_S = intake.QUICK_S
"""Read before the tests are given more time."""
FETCH = {"X-Requested-With": "fetch"}
FIRE = "着火了我妈还在楼上"
IN_DANGER = (FIRE, "有人被困在水里了", "房子塌了压着人", "家里煤气漏了 头好晕")
"""Each is known by rule, without a database; 119 helps with all of them."""
PHOTO = ("photo", ("a.jpg", picture(), "image/jpeg"))
Failure = Callable[[Engine], AbstractContextManager[None]]


@contextmanager
def full(_: Engine) -> Iterator[None]:
    """No file grows any more: the system refuses every byte."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def locked(opened: Engine) -> Iterator[None]:
    """Another connection holds the one write lock for longer than anybody waits."""
    other = sqlite3.connect(opened.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def gone(opened: Engine) -> Iterator[None]:
    """Where the database was, there is none: its disk is not mounted."""
    opened.dispose()
    path = Path(opened.url.database or "")
    aside = path.with_suffix(".aside")
    path.rename(aside)
    path.mkdir()
    try:
        yield
    finally:
        path.rmdir()
        aside.rename(path)


@pytest.fixture
def opened(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(index: Index, reader: Reader, opened: Engine, tmp_path: Path) -> Desk:
    return Desk(index, Store(opened, MediaFolder(tmp_path / "media")), ear=TrainedEar(reader))


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient]:
    """Somebody who has been here before, without scripts."""
    with TestClient(create_app(desk, lambda: NOON), raise_server_exceptions=False) as client:
        client.get("/")
        yield client


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the advice a moment only; one test below waits as people do."""
    monkeypatch.setattr(intake, "QUICK_S", 0.3)


def held(opened: Engine) -> tuple[int, ...]:
    """Return how many messages, people, hazards and incidents there are."""
    with Session(opened) as session:
        return tuple(len(session.exec(select(kind)).all()) for kind in (InboxRow, Person, Hazard, Incident))


failures = pytest.mark.parametrize("failure", [full, locked, gone])


@failures
@pytest.mark.parametrize("text", IN_DANGER)
def test_who_is_in_danger_hears_what_to_do_at_once_whatever_fails(
    browser: TestClient, opened: Engine, failure: Failure, text: str
) -> None:
    before = held(opened)
    with failure(opened):
        asked_at = time.monotonic()
        told = browser.post("/chat", data={"text": text, "nonce": "n"})
        took = time.monotonic() - asked_at
    assert "119" in told.text.partition("<main>")[2]
    assert "没有收下" in told.text or "不知道存下了没有" in told.text
    assert took < 5
    wait_for_rest(browser, text)
    assert held(opened)[0] == before[0] + 1 and held(opened)[3] == 1


def wait_for_rest(browser: TestClient, text: str) -> None:
    """Send the same message until it stands in the conversation, as people do."""
    for _ in range(60):
        told = browser.post("/chat", data={"text": text, "nonce": "n"}, headers=FETCH)
        if "没有收下" not in told.text and "不知道存下了没有" not in told.text:
            assert text in browser.get("/").text
            return
        time.sleep(0.2)
    raise AssertionError(told.text)


@failures
@pytest.mark.parametrize("headers", [{}, FETCH])
def test_a_report_is_said_not_to_be_kept_and_nothing_of_it_is(
    browser: TestClient, opened: Engine, failure: Failure, headers: dict[str, str]
) -> None:
    impatient(opened)
    before = held(opened)
    with failure(opened):
        told = browser.post("/chat", data={"text": "村头路灯坏了三天了", "nonce": "n"}, headers=headers)
    assert "没有收下" in told.text and "再发一次" in told.text
    assert held(opened) == before
    again = browser.post("/chat", data={"text": "村头路灯坏了三天了", "nonce": "n"}, headers=FETCH)
    assert "没有收下" not in again.text and held(opened)[0] == before[0] + 1


def impatient(opened: Engine) -> None:
    """Wait a moment instead of ten seconds."""
    driver = opened.raw_connection()
    driver.cursor().execute("PRAGMA busy_timeout=50")
    driver.close()


@failures
def test_a_first_visit_without_scripts_hears_it_too(desk: Desk, opened: Engine, failure: Failure) -> None:
    with TestClient(create_app(desk, lambda: NOON), raise_server_exceptions=False) as newcomer, failure(opened):
        told = newcomer.post("/chat", data={"text": FIRE, "nonce": "n"})
    assert told.status_code == 503 and "119" in told.text.partition("<main>")[2]


def test_words_go_on_where_the_photo_cannot_be_kept(browser: TestClient, opened: Engine, tmp_path: Path) -> None:
    """The photos lie on a disk of their own, which is full."""
    (tmp_path / "media").write_text("no folder")
    told = browser.post("/chat", data={"text": FIRE, "nonce": "n"}, files=[PHOTO])
    assert "照片（或语音）没有收下" in told.text and "119" in told.text.partition("<main>")[2]
    assert held(opened)[3] == 1
    alone = browser.post("/chat", data={"nonce": "m"}, files=[PHOTO])
    assert alone.status_code == 503 and "照片（或语音）没有收下" in alone.text and str(tmp_path) not in alone.text
    (tmp_path / "media").unlink()
    assert "没有收下" not in browser.post("/chat", data={"nonce": "m"}, files=[PHOTO], headers=FETCH).text


def test_a_photo_that_fills_the_disk_leaves_nothing_behind(browser: TestClient, opened: Engine, tmp_path: Path) -> None:
    with full(opened):
        told = browser.post("/chat", data={"text": FIRE, "nonce": "n"}, files=[PHOTO])
    assert "照片（或语音）没有收下" in told.text and "119" in told.text.partition("<main>")[2]
    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []
    assert held(opened) == (0, 0, 0, 0)


@failures
def test_the_terminal_answers_who_is_in_danger(desk: Desk, opened: Engine, failure: Failure) -> None:
    impatient(opened)
    out = io.StringIO()
    with failure(opened):
        converse_after_start(desk, out)
    assert "119" in out.getvalue() and "没有收下" in out.getvalue()


def converse_after_start(desk: Desk, out: io.StringIO) -> None:
    """The database fails after the terminal was opened."""

    class Opened(Desk):
        def __init__(self) -> None:
            self.__dict__ = desk.__dict__
            self.is_open = False

        def pending(self, *arguments: object) -> list:
            if not self.is_open:
                self.is_open = True
                return []
            return super().pending(*arguments)

    converse(Opened(), "me", lambda: NOON, io.StringIO(f"{FIRE}\n"), out)


def test_what_could_not_be_finished_in_time_is_done_once_when_the_lock_is_gone(
    desk: Desk, opened: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "QUICK_S", AS_IN_LIFE_S)
    cry = Incoming("web", "m-1", "a", FIRE, NOON)
    with locked(opened):
        asked_at = time.monotonic()
        first = desk.receive(cry, NOON)
        # before the database gives up
        assert AS_IN_LIFE_S <= time.monotonic() - asked_at < engine.BUSY_TIMEOUT_MS / 1000
    assert "119" in first[0].text and "不知道存下了没有" in first[-1].text
    replies = [desk.receive(cry, NOON) for _ in range(2)]
    assert replies[0] == replies[1] and "SJ20260701-01" in "".join(reply.text for reply in replies[0])
    assert held(opened)[0] == held(opened)[3] == 1


@pytest.fixture(scope="module")
def server() -> Iterator[OwnPostgres]:
    with own_server() as server:
        yield server


@pytest.fixture
def on_server(
    server: OwnPostgres, index: Index, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Desk, Engine]]:
    monkeypatch.setitem(engine.SERVER_WAITS, "options", "-c lock_timeout=300")
    monkeypatch.setattr(intake, "QUICK_S", 4.0)
    with server.database() as url:
        opened = open_engine(url)
        yield Desk(index, Store(opened, MediaFolder(tmp_path / "media")), ear=TrainedEar(reader)), opened
        opened.dispose()


def told(desk: Desk, text: str, message_id: str) -> str:
    return "\n".join(reply.text for reply in desk.receive(Incoming("web", message_id, "a", text, NOON), NOON))


@pytest.mark.slow
def test_a_server_that_stops_in_the_middle_and_starts_again(
    server: OwnPostgres, on_server: tuple[Desk, Engine]
) -> None:
    desk, opened = on_server
    assert "没有收下" not in told(desk, "村头路灯坏了三天了", "m-1")
    server.stop()
    try:
        asked_at = time.monotonic()
        cry = told(desk, FIRE, "m-2")
        assert "119" in cry and "没有收下" in cry and time.monotonic() - asked_at < 5
        assert "没有收下" in told(desk, "1", "m-3")
        assert desk.health()["ok"] is False
    finally:
        server.start()
    assert desk.health()["ok"] is True
    assert "SJ20260701-01" in told(desk, FIRE, "m-2")
    assert held(opened)[0] == 2 and held(opened)[3] == 1


@pytest.mark.slow
def test_a_server_that_stops_while_a_message_is_attended_to(
    server: OwnPostgres, on_server: tuple[Desk, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was kept, so nobody has to send it again."""
    desk, opened = on_server
    heard = desk.ear

    class Stops:
        """The server stops while the desk reads the message."""

        def __getattr__(self, name: str) -> object:
            return getattr(heard, name)

        def __call__(self, text: str) -> object:
            server.stop()
            return heard(text)

    desk.ear = Stops()
    try:
        cry = told(desk, FIRE, "m-1")
    finally:
        server.start()
        desk.ear = heard
    assert "119" in cry and "已经收下" in cry
    assert held(opened) == (1, 0, 0, 0)
    desk.tick(NOON.replace(minute=1))
    assert held(opened)[3] == 1 and "SJ20260701-01" in told(desk, FIRE, "m-1")


@pytest.mark.slow
def test_a_table_that_somebody_locks_and_a_disk_that_is_full_on_the_server(on_server: tuple[Desk, Engine]) -> None:
    desk, opened = on_server
    with opened.connect() as other:
        other.exec_driver_sql("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
        assert "没有收下" in told(desk, "村头路灯坏了三天了", "m-1")
        cry = told(desk, FIRE, "m-2")
        assert "119" in cry and "没有收下" in cry
    with opened.begin() as other:
        other.exec_driver_sql(FULL)
    cry = told(desk, FIRE, "m-2")
    assert "119" in cry and "没有收下" in cry
    assert held(opened) == (0, 0, 0, 0)
    with opened.begin() as other:
        other.exec_driver_sql("DROP TRIGGER disk_full ON inbox")
        other.exec_driver_sql(FULL.replace("ON inbox", "ON incident"))
    cry = told(desk, FIRE, "m-2")
    assert "119" in cry and "已经收下" in cry and held(opened) == (1, 0, 0, 0)
    with opened.begin() as other:
        other.exec_driver_sql("DROP TRIGGER disk_full ON incident")
    desk.tick(NOON.replace(minute=1))
    assert "SJ20260701-01" in told(desk, FIRE, "m-2") and held(opened)[3] == 1


FULL = """
CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER disk_full BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION full_disk()
"""
"""What PostgreSQL raises where its disk is full."""
