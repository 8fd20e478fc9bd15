"""Databases of every age come to today's tables, with their rows, on SQLite and PostgreSQL."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from assistant.errors import DatabaseFailed, NewerDatabase
from assistant.ports import Incoming
from assistant.store import Store, migrating, open_engine
from assistant.store.engine import connect
from assistant.store.revise import step
from assistant.store.revisions import HEAD, KNOWN, revision_of
from tests.databases import both_databases

ROOT = Path(__file__).parents[1]
BEFORE_STEPS = (ROOT / "tests/cases/conversations-before-steps.sql").read_text(encoding="utf-8")
OLD_TABLES = ("asker", "exchange", "missed_question", "hand_over")
ORPHAN = "INSERT INTO conversation (person_id, state, updated_at) VALUES (99, '{}', '2026-07-01')"
OPEN = "import sys; from assistant.store import open_engine; open_engine(sys.argv[1]).dispose()"


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """A migrated database."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def before_steps(engine: sa.Engine) -> sa.Engine:
    """A database as create_all made it before there were steps, with rows."""
    migrating.downgrade(engine, "base")
    script = "\n".join(line for line in BEFORE_STEPS.splitlines() if not line.startswith("--"))
    if engine.dialect.name == "postgresql":
        script = script.replace("DATETIME", "TIMESTAMP WITH TIME ZONE").replace(" AUTOINCREMENT", "")
        script = script.replace("id INTEGER NOT NULL", "id SERIAL")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
        for statement in script.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    return engine


def rows(engine: sa.Engine, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        columns = {
            table: ", ".join(f'"{column["name"]}"' for column in sa.inspect(connection).get_columns(table))
            for table in tables
        }
        return {
            table: sorted(tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns[table]} FROM {table}"))
            for table in tables
        }


@both_databases
def test_the_steps_make_the_tables_that_the_program_declares(engine: sa.Engine) -> None:
    migrating.check(engine)
    migrating.downgrade(engine, "base")
    migrating.upgrade(engine)
    migrating.check(engine)


def test_a_difference_would_be_seen(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_outbox_due_at")
    with pytest.raises(Exception, match="ix_outbox_due_at"):
        migrating.check(engine)


def test_every_table_of_the_program_is_known_to_the_steps() -> None:
    sources = (path.read_text(encoding="utf-8") for path in ROOT.glob("assistant/**/*.py"))
    declared = {name for source in sources for name in re.findall(r'__tablename__ = "(\w+)"', source)}
    named = subprocess.run(
        [sys.executable, "-c", "from assistant.store.tables import all_tables; print(*all_tables().tables)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert declared == set(named.stdout.split()) == set(SQLModel.metadata.tables)


def test_the_steps_are_one_straight_line() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating.STEPS))
    steps = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert steps[::-1] == KNOWN == [f"{number:04d}" for number in range(1, len(KNOWN) + 1)]


def test_the_next_step_is_written_from_the_difference() -> None:
    written = step("All of it.", "0003", "0002")
    assert '_create_hazard() -> None:\n    op.create_table("hazard"' in written.replace("'", '"')
    assert 'op.drop_table("hazard")' in written
    compile(written, "0003", "exec")


@both_databases
def test_a_database_of_before_the_steps_is_taken_over_and_goes_back(before_steps: sa.Engine, database_url: str) -> None:
    old = rows(before_steps, *OLD_TABLES)
    assert [len(kept) for kept in old.values()] == [2, 2, 2, 2]
    open_engine(database_url).dispose()
    assert revision_of(before_steps) == HEAD
    migrating.check(before_steps)
    kept = {table: old[table] for table in OLD_TABLES if table != "exchange"}
    assert rows(before_steps, *kept) == kept
    store = Store(before_steps)
    (turn,) = store.turns("web", "a", 10)
    assert (turn.id, turn.text, turn.replies[0].text, turn.at.isoformat()) == (
        1, "村里一年要演练几回", "答", "2026-07-01T04:00:00+00:00",
    )  # fmt: skip
    store.take(Incoming("web", "m-2", "a", "再问", turn.at), turn.at)
    migrating.downgrade(before_steps, "0001")
    assert {table: found[:2] for table, found in rows(before_steps, *OLD_TABLES).items()} == old
    migrating.upgrade(before_steps)
    assert [kept.text for kept in store.turns("web", "a", 10)] == [turn.text, "再问"]


@both_databases
def test_rows_that_refer_to_a_table_survive_its_being_made_anew(engine: sa.Engine) -> None:
    """Batch mode drops the old table: with foreign keys on, SQLite then deletes what refers to it, without a word."""
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(
            "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id) ON DELETE CASCADE)"
        )
        connection.exec_driver_sql("INSERT INTO parent VALUES (1)")
        connection.exec_driver_sql("INSERT INTO child VALUES (1, 1), (2, 1)")
    with migrating.alone(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        always = "always" if engine.dialect.name == "sqlite" else "auto"
        with operations.batch_alter_table("parent", recreate=always) as batch:
            batch.add_column(sa.Column("name", sa.String(), server_default="", nullable=False))
    assert rows(engine, "parent", "child") == {"parent": [(1, "")], "child": [(1, 1), (2, 1)]}
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO child VALUES (3, 9)")


def test_a_step_that_leaves_a_row_without_its_parent_is_refused(engine: sa.Engine) -> None:
    with pytest.raises(DatabaseFailed), migrating.alone(engine) as connection:
        connection.exec_driver_sql(ORPHAN)
    assert rows(engine, "conversation") == {"conversation": []}


@both_databases
def test_a_step_that_fails_leaves_nothing_behind(before_steps: sa.Engine, database_url: str) -> None:
    old = rows(before_steps, *OLD_TABLES)
    with before_steps.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE outbox (id INTEGER)")  # the second step stumbles over it, half-way
    with pytest.raises(DatabaseFailed, match="outbox"):
        open_engine(database_url)
    assert set(sa.inspect(before_steps).get_table_names()) == {*OLD_TABLES, "outbox"}
    assert rows(before_steps, *OLD_TABLES) == old


@both_databases
def test_a_database_of_a_newer_program_is_refused(engine: sa.Engine, database_url: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase) as refused:
        open_engine(database_url)
    assert refused.value.details == {"revision": "9999", "known": HEAD}


@both_databases
def test_processes_that_start_at_once_migrate_once(before_steps: sa.Engine, database_url: str) -> None:
    started = [subprocess.Popen([sys.executable, "-c", OPEN, database_url], cwd=ROOT) for _ in range(3)]
    assert [process.wait(timeout=300) for process in started] == [0, 0, 0]
    assert revision_of(before_steps) == HEAD
    assert len(rows(before_steps, "inbox")["inbox"]) == 2


@pytest.mark.slow
def test_a_new_file_is_made_by_many_processes_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    started = [subprocess.Popen([sys.executable, "-c", OPEN, url], cwd=ROOT) for _ in range(4)]
    assert [process.wait(timeout=300) for process in started] == [0, 0, 0, 0]
    assert revision_of(connect(url)) == HEAD


def test_alembic_is_loaded_only_where_a_step_is_missing(database_url: str) -> None:
    code = f"{OPEN}; print('alembic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, database_url], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "False"


@both_databases
@pytest.mark.parametrize("change", ["UPDATE event SET kind = 'other'", "DELETE FROM event"])
def test_events_are_only_ever_added(engine: sa.Engine, change: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO event (stream, sequence, kind, actor, channel, at, rule, data) "
            "VALUES ('YH20260701-01', 1, 'registered', 'clock', '', '2026-07-01', '', '{}')"
        )
    with pytest.raises(DBAPIError, match="only ever added"), engine.begin() as connection:
        connection.exec_driver_sql(change)
    assert len(rows(engine, "event")["event"]) == 1


def fill(engine: sa.Engine) -> set[str]:
    """Put one row into each table of a database of any age; return the names of the tables."""
    known = sa.MetaData()
    with engine.begin() as connection:
        known.reflect(bind=connection)
        tables = [table for table in known.sorted_tables if table.name != "alembic_version"]
        for table in tables:
            connection.execute(table.insert().values({column.name: some(column) for column in table.columns}))
    return {table.name for table in tables}


def some(column: sa.Column) -> object:
    kinds: tuple[tuple[type, object], ...] = (
        (sa.Boolean, False),
        (sa.Integer, 1),
        (sa.Float, 1.0),
        (sa.DateTime, datetime(2026, 1, 1, tzinfo=UTC)),
        (sa.Date, date(2026, 1, 1)),
        (sa.LargeBinary, b"x"),
    )
    return next((value for kind, value in kinds if isinstance(column.type, kind)), "[]")


@both_databases
@pytest.mark.parametrize("age", [age for age in KNOWN if age != HEAD])
def test_rows_of_each_age_are_there_afterwards(engine: sa.Engine, age: str) -> None:
    """A new column that may not be empty would stop a database that is in use from being opened."""
    migrating.downgrade(engine, age)
    tables = fill(engine)
    migrating.upgrade(engine)
    migrating.check(engine)
    with engine.connect() as connection:
        there = tables & set(sa.inspect(connection).get_table_names())
        counts = {table: connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar() for table in there}
    assert set(counts.values()) == {1}
