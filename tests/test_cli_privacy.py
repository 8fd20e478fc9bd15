"""yingda identity and person: what they print, and with which exit status."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from assistant.cli import main
from assistant.events import Event
from assistant.people import Grant, Identity
from assistant.store import open_engine
from tests.township import TOWN, Town


@pytest.fixture
def town(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("YINGDA_DATABASE_URL", database_url)
    monkeypatch.setenv("YINGDA_MEDIA", str(tmp_path / "media"))
    engine = open_engine(database_url)
    made = Town(engine)
    made.now = datetime.now(UTC)  # noqa: TID251  (commands read the clock)
    with made.work() as work:
        made.enter(work, "保密员", TOWN, "")
        work.session.add(Grant(person_id=made.ids["保密员"], role="custodian", region=TOWN))
    made.number = made.reports("村民甲", "老粮站后面坡上裂了条缝")
    engine.dispose()
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def run(*arguments: object) -> tuple[int, str]:
        status = 0
        try:
            main([str(one) for one in arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_the_custodian_opens_an_identity_and_the_opening_is_recorded(town: Town, run, database_url: str):
    status, said = run("identity", town.number, "--by", "保密员", "--reason", "核发奖励")
    assert status == 0
    assert "村民甲" in said
    with Session(open_engine(database_url)) as session:
        (event,) = session.exec(select(Event).where(Event.kind == "identity_opened")).all()
    assert (event.channel, event.fields["reason"]) == ("console", "核发奖励")


@pytest.mark.parametrize(
    ("by", "number", "reason", "says"),
    [("孙主任", "", "看看", "保密员"), ("保密员", "YH20200101-01", "看看", "没有编号"), ("保密员", "", " ", "原因")],
)
def test_an_opening_that_is_refused_says_why(town: Town, run, by: str, number: str, reason: str, says: str):
    status, said = run("identity", number or town.number, "--by", by, "--reason", reason)
    assert status == 2
    assert says in said
    assert "村民甲" not in said


def test_a_persons_data_go_into_a_file_that_nobody_else_can_read(town: Town, run, tmp_path: Path):
    out = tmp_path / "out.json"
    status, said = run("person", "export", "村民甲", "--out", out)
    assert status == 0
    assert str(out) in said
    assert json.loads(out.read_text(encoding="utf-8"))["reports"][0]["case"] == town.number
    assert out.stat().st_mode & 0o077 == 0


def test_an_account_is_erased_by_channel_and_sender_after_a_question(
    town: Town, run, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _text="": "n")
    assert run("person", "erase", "--channel", "test", "--sender", "村民甲")[0] != 0
    status, said = run("person", "erase", "--channel", "test", "--sender", "村民甲", "--yes")
    assert status == 0
    assert "报告人身份 1 件" in said
    with Session(open_engine(database_url)) as session:
        assert session.exec(select(Identity).where(Identity.sender == "村民甲")).all() == []


def test_whom_to_export_must_be_said(town: Town, run):
    assert run("person", "export")[0] == 2
    assert run("person", "export", "张无名")[0] == 2
