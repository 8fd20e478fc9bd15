"""yingda obligations find, list, confirm."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli.main import yingda
from assistant.people import Grant, Person, Role
from assistant.store import Store, open_engine
from tests.conftest import CORPUS

NOW = datetime(2026, 7, 1, 4, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'y.sqlite3'}"
    monkeypatch.setenv("YINGDA_DATABASE_URL", url)
    with Store(open_engine(url)).work(NOW) as work:
        person = Person(name="孙主任", region="云南省", created_at=NOW)
        work.session.add(person)
        work.session.flush()
        work.session.add(Grant(person_id=person.id or 0, role=Role.DIRECTOR.value, region="云南省"))
    return url


def runs(*arguments: str) -> Result:
    return CliRunner().invoke(yingda, ["obligations", *arguments])


def test_what_is_found_is_listed_and_confirmed_by_somebody_who_may(database: str) -> None:
    assert "云南实施意见：找出5条，新的5条" in runs("find", "--corpus", str(CORPUS)).output
    listed = json.loads(runs("list", "--region", "云南省", "--json").output)
    drill = next(one for one in listed if one["unit"] == "yunnan-2025/17")
    assert drill["kind"] == "drill" and len(drill["windows"]) == 1
    said = runs("confirm", drill["number"], "--by", "孙主任", "--as", "每年2次").output
    assert "要求改成：每年2次" in said and "已确认" in said
    (one,) = json.loads(runs("list", "--state", "confirmed", "--json").output)
    assert one["count"] == 2 and len(one["windows"]) == 2


def test_words_that_say_no_requirement_change_and_confirm_nothing(database: str) -> None:
    runs("find", "--corpus", str(CORPUS))
    listed = json.loads(runs("list", "--region", "云南省", "--json").output)
    number = next(one["number"] for one in listed if one["unit"] == "yunnan-2025/17")
    assert "没看懂" in runs("confirm", number, "--by", "孙主任", "--as", "好一点").output
    assert runs("list", "--state", "confirmed").output.strip() == "没有符合条件的职责。"
