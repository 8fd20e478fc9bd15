"""yingda warn, call-sheet and cap: what they print and write."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from assistant.cli import main
from assistant.cli.options import LOCAL, now
from assistant.store import open_engine
from assistant.warnings.cap import read_cap
from tests.relay_town import UPPER, RelayTown
from tests.test_warnings_cap import WHOLE

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("YINGDA_DATABASE_URL", database_url)
    RelayTown(open_engine(database_url))

    def run(*arguments: object) -> tuple[int, str]:
        status = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    return run


def today() -> str:
    """The day as it stands in numbers: the command line reads the real clock."""
    return f"{now().astimezone(LOCAL):%Y%m%d}"


def relayed(run: Run) -> str:
    status, said = run("warn", "--title", "暴雨红色预警", "--event", "暴雨", "--level", "红色", "--region", UPPER)
    assert status == 0
    return said.split()[0]


def test_the_ladder_names_who_is_called_unless_names_are_given(run: Run):
    status, said = run("warn", "--title", "暴雨红色预警", "--event", "暴雨", "--level", "红色", "--region", UPPER)
    assert (status, "逐人叫应4人，要求10分钟内应答" in said) == (0, True)
    status, said = run("warn", "--title", "大风蓝色预警", "--region", UPPER, "--to", "李网格")
    assert (status, "叫应1人" in said) == (0, True)


def test_a_rehearsal_has_a_result_and_a_real_warning_has_none(run: Run):
    given = ("--title", "暴雨红色预警", "--event", "暴雨", "--level", "红色", "--region", UPPER)
    assert run("warn", *given, "--exercise")[0] == 0
    status, said = run("rehearsal", f"YJ{today()}-01")
    assert (status, "【演练结果】" in said) == (0, True)
    status, said = run("rehearsal", f"YJ{today()}-01", "--json")
    assert json.loads(said)["total"]["called"] == 0
    assert run("warn", *given, "--exercise")[0] == 1
    assert run("warn", *given)[0] == 0
    assert run("rehearsal", f"YJ{today()}-02")[0] == 2


def test_a_warning_without_title_or_place_is_wrong_use(run: Run):
    assert run("warn", "--title", "暴雨红色预警")[0] == 2


def test_the_sheet_is_a_workbook_with_telephones_and_a_knock_list(run: Run, tmp_path: Path):
    out = tmp_path / "sheet.xlsx"
    assert run("call-sheet", relayed(run), "--out", out)[0] == 0
    book = openpyxl.load_workbook(out)
    everybody, knock = book.worksheets
    assert [row[2].value for row in everybody.iter_rows(min_row=2)] == ["李网格", "郑村长", "钱值班", "冯带班"]
    assert everybody["D2"].value == "12300000000"
    assert everybody["E2"].value == "李副手 12300000001"
    assert knock.title == "敲门单"
    assert knock.max_row == 5


def test_a_cap_message_is_taken_in_acknowledged_and_written_out(run: Run, tmp_path: Path):
    path, out = tmp_path / "in.xml", tmp_path / "out.xml"
    whole = WHOLE.replace("2026-07-02", "2099-07-02")  # the command goes by the clock of the machine
    path.write_text(whole, encoding="utf-8")
    status, said = run("warn", "--cap", path, "--region", UPPER)
    assert status == 0
    number = said.split()[0]
    assert run("cap", number, "--out", out, "--sender", "yingda@example", "--ack")[0] == 0
    assert read_cap(out.read_bytes()).one("msgType") == "Ack"
    assert run("cap", number, "--out", out, "--sender", "yingda@example")[0] == 0
    assert out.read_text(encoding="utf-8") == whole


def test_there_is_no_acknowledgement_for_what_did_not_come_as_cap(run: Run, tmp_path: Path):
    assert run("cap", relayed(run), "--out", tmp_path / "ack.xml", "--sender", "yingda@example", "--ack")[0] == 2
