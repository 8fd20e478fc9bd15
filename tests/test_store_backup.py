"""A copy of a database in use, and the way back."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.errors import DamagedFile, MissingFile, NewerDatabase, ServerDatabase
from assistant.ports import Incoming
from assistant.store import Store, open_engine
from assistant.store.backup import back_up, restore

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


def say(store: Store, message_id: str) -> None:
    message = Incoming("web", message_id, "a", message_id, NOW)
    store.take(message, NOW)
    with store.work(NOW) as work:
        work.finish(work.entry(message), ())


def said(store: Store) -> list[str]:
    return [turn.text for turn in store.turns("web", "a", 1_000)]


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM inbox").fetchone()[0])


def test_what_was_said_before_the_copy_comes_back_and_the_rest_is_kept_aside(database_url: str, tmp_path: Path) -> None:
    store = Store(open_engine(database_url))
    say(store, "before")
    back_up(database_url, tmp_path / "copy")
    say(store, "after")
    kept = restore(tmp_path / "copy", database_url)
    assert said(store) == ["before"]
    assert kept is not None and count(kept) == 2
    say(store, "later")
    assert said(store) == ["before", "later"]


def test_a_copy_is_one_private_file_and_replaces_an_older_one(database_url: str, tmp_path: Path) -> None:
    say(Store(open_engine(database_url)), "m")
    (tmp_path / "copies").mkdir()
    for _ in range(2):
        back_up(database_url, tmp_path / "copies" / "copy")
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["copy"]
    assert (tmp_path / "copies" / "copy").stat().st_mode & 0o077 == 0
    assert count(tmp_path / "copies" / "copy") == 1


def test_a_copy_that_is_made_while_messages_come_is_of_one_moment(database_url: str, tmp_path: Path) -> None:
    store = Store(open_engine(database_url))
    stop = threading.Event()
    number = [0]

    def write() -> None:
        while not stop.is_set():
            number[0] += 1
            say(store, str(number[0]))

    writer = threading.Thread(target=write)
    writer.start()
    while number[0] < 5:
        pass
    copies = [tmp_path / f"copy-{round_}" for round_ in range(4)]
    for copy in copies:
        back_up(database_url, copy)
    stop.set()
    writer.join()
    for copy in copies:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            texts = [text for (text,) in connection.execute("SELECT text FROM inbox ORDER BY id")]
        assert texts == [str(n + 1) for n in range(len(texts))] and len(texts) >= 4


def test_a_copy_of_an_older_version_is_brought_to_todays_tables(database_url: str, tmp_path: Path) -> None:
    script = (Path(__file__).parent / "cases" / "conversations-before-steps.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "old")) as connection:
        connection.executescript(script)
    restore(tmp_path / "old", database_url)
    assert said(Store(open_engine(database_url))) == ["村里一年要演练几回"]


def test_a_new_machine_begins_with_the_copy(database_url: str, tmp_path: Path) -> None:
    say(Store(open_engine(database_url)), "m")
    back_up(database_url, tmp_path / "copy")
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    assert restore(tmp_path / "copy", url) is None
    assert said(Store(open_engine(url))) == ["m"]


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000] + b"\xff" * 20_000)


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (id INTEGER)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "error"),
    [(damaged, DamagedFile), (foreign, DamagedFile), (newer, NewerDatabase), (Path.unlink, MissingFile)],
)
def test_what_is_no_copy_of_ours_changes_nothing(
    database_url: str, tmp_path: Path, spoil: Callable[[Path], None], error: type[Exception]
) -> None:
    store = Store(open_engine(database_url))
    say(store, "m")
    back_up(database_url, tmp_path / "copy")
    spoil(tmp_path / "copy")
    with pytest.raises(error):
        restore(tmp_path / "copy", database_url)
    assert said(store) == ["m"]


def test_there_is_no_copy_of_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        back_up(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_server_is_copied_with_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(ServerDatabase):
        back_up("postgresql://example@db/yingda", tmp_path / "copy")


def test_the_commands_say_what_they_did(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINGDA_DATABASE_URL", database_url)
    for arguments, sentence in (
        (["migrate"], "不用升级"),
        (["backup", str(tmp_path / "copy")], "备份已写好"),
        (["restore", str(tmp_path / "copy")], "before-restore"),
    ):
        main(arguments)
        assert sentence in capsys.readouterr().out
    monkeypatch.setenv("YINGDA_DATABASE_URL", "postgresql://example@db/yingda")
    with pytest.raises(SystemExit, match="2"):
        main(["backup", str(tmp_path / "copy")])
    assert "pg_dump" in capsys.readouterr().err
