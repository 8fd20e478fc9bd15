"""The editor's and the duty officer's commands: what they print, and with which exit status."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.answers import Asker, Decision
from assistant.cli import main
from assistant.handovers import HandOver
from assistant.missed import MissedQuestion
from assistant.store import Store, open_engine
from tests.conftest import CORPUS

NOW = datetime.now(UTC)  # noqa: TID251  (commands read the clock)
TODAY = NOW.date()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    return tmp_path / "corpus"


@pytest.fixture
def store(corpus: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The database that the commands use."""
    monkeypatch.setenv("YINGDA_CORPUS", str(corpus))
    monkeypatch.setenv("YINGDA_DATABASE_URL", database_url)
    return Store(open_engine(database_url))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def run(*arguments: object) -> tuple[int, str]:
        """Run one command; return its exit status and all that it prints."""
        status = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return status, captured.out + captured.err

    return run


def log(store: Store, number: int, question: str, *, times: int = 1, ago: int = 0) -> None:
    entry = MissedQuestion(
        question, "云南省/示例州/示例县", Asker.VILLAGER, Decision.REFUSED, ("yunnan-2025/17",), TODAY - timedelta(days=ago),
        times,
    )  # fmt: skip
    with store.work(NOW) as work:
        store.question_log.add(work.session, entry)


def test_the_log_is_listed_most_frequent_first_with_what_was_shown(run, store: Store) -> None:
    log(store, 1, "避难所在哪里")
    log(store, 2, "喇叭喊我们走是不是非走不可", times=3)
    log(store, 3, "喇叭喊走是不是非走不可")
    status, printed = run("missed")
    assert status == 0
    assert printed.index("第 2 号") < printed.index("相近：第 3 号") < printed.index("第 1 号")
    assert "问了 3 次" in printed and "云南省/示例州/示例县" in printed and "没有查到" in printed
    assert "当时显示：yunnan-2025/17" in printed
    listed = json.loads(run("missed", "--json")[1])
    assert [(entry["number"], entry["group"]) for entry in listed] == [(2, 1), (3, 1), (1, 2)]
    assert {"times", "last_on", "region", "decision", "units"} <= set(listed[0])


def test_an_empty_log_says_so(run, store: Store) -> None:
    assert run("missed") == (0, "没有要处理的问题。\n")
    assert run("missed", "--json") == (0, "[]\n")
    assert run("hand-overs") == (0, "没有等着答复的问题。\n")


def test_a_question_is_attached_once(run, store: Store, corpus: Path) -> None:
    log(store, 1, "喇叭喊我们走是不是非走不可")
    status, printed = run("attach", 1, "yunnan-2025/17")
    assert status == 0 and "yingda build" in printed
    assert '"batch": "log"' in (corpus / "yunnan-2025" / "questions.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert run("missed")[1] == "没有要处理的问题。\n"
    assert "已补进问法" in run("missed", "--all")[1]
    status, printed = run("attach", 1, "yunnan-2025/17")
    assert status == 2 and "已经在" in printed and "处理过" in printed


def test_after_a_crash_between_file_and_database_the_command_is_repeated(run, store: Store, corpus: Path) -> None:
    log(store, 1, "喇叭喊我们走是不是非走不可")
    bank = corpus / "yunnan-2025" / "questions.jsonl"
    line = {"unit": "yunnan-2025/17", "question": "喇叭喊我们走是不是非走不可", "asker": "villager"}
    with bank.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    before = bank.read_bytes()
    status, printed = run("attach", 1, "yunnan-2025/17")
    assert status == 0 and "没有重复写入" in printed
    assert bank.read_bytes() == before and run("missed")[1] == "没有要处理的问题。\n"


def test_a_question_is_put_out_of_scope_or_dropped(run, store: Store, corpus: Path) -> None:
    log(store, 1, "猪肉多少钱一斤")
    log(store, 2, "哈哈哈哈")
    assert run("attach", 1, "--out-of-scope", "物价，不归应急文件管")[0] == 0
    last = json.loads((corpus / "out-of-scope.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last == {"question": "猪肉多少钱一斤", "reason": "物价，不归应急文件管", "batch": "log"}
    assert run("attach", 2, "--drop")[0] == 0
    assert run("missed")[1] == "没有要处理的问题。\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["attach", 9, "yunnan-2025/17"], "没有第 9 号"),
        (["attach", 1, "yunnan-2025/99"], "没有“yunnan-2025/99”这一条"),
        (["attach", 1, "nothing/1"], "没有编号为“nothing”的文件"),
        (["attach", 1], "命令写得不对"),
        (["attach", 1, "yunnan-2025/17", "--drop"], "命令写得不对"),
        (["attach", 1, "--out-of-scope", " "], "命令写得不对"),
        (["attach", "one", "yunnan-2025/17"], "值不对"),
        (["reply", 9, "好", "--by", "示例甲"], "没有第 9 号"),
        (["reply", 1, "好"], "--by"),
        (["reply", 1, " ", "--by", "示例甲"], "命令写得不对"),
        (["reply", 1, "好", "--by", "示例甲", "--close"], "命令写得不对"),
    ],
)
def test_wrong_use_gets_one_sentence_and_changes_nothing(
    run, store: Store, arguments: list[object], sentence: str
) -> None:
    log(store, 1, "喇叭喊我们走是不是非走不可")
    status, printed = run(*arguments)
    assert status == 2 and sentence in printed and len(printed.strip().splitlines()) == 1
    assert store.question_log.entry(1).is_open


def test_the_log_is_purged_by_the_setting(run, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    log(store, 1, "去年的问题", ago=40)
    log(store, 2, "今年的问题", ago=10)
    assert "已清理 0 条" in run("missed", "--purge")[1]
    monkeypatch.setenv("YINGDA_LOG_DAYS", "30")
    assert "已清理 1 条" in run("missed", "--purge")[1]
    assert [entry.question for entry in store.question_log.entries()] == ["今年的问题"]
    monkeypatch.setenv("YINGDA_LOG_DAYS", "0")
    status, printed = run("missed", "--purge")
    assert status == 2 and "YINGDA_LOG_DAYS" in printed


def hand_over(store: Store, question: str) -> None:
    waiting = HandOver("web", "visitor", question, "云南省/示例州/示例县/示例镇", Asker.VILLAGER, NOW)
    with store.work(NOW) as work:
        store.hand_overs.add(work.session, waiting)


def test_the_duty_officer_reads_and_answers(run, store: Store) -> None:
    hand_over(store, "明天猪肉多少钱一斤")
    status, printed = run("hand-overs")
    assert status == 0 and "第 1 号  明天猪肉多少钱一斤" in printed and "网页" in printed and "示例镇" in printed
    (listed,) = json.loads(run("hand-overs", "--json")[1])
    assert (listed["number"], listed["state"], listed["channel"]) == (1, "open", "web")
    assert run("reply", 1, "请问市场监管所。", "--by", "示例甲")[0] == 0
    assert run("hand-overs")[1] == "没有等着答复的问题。\n"
    assert "已由示例甲答复，对方还没有看到" in run("hand-overs", "--all")[1]
    status, printed = run("reply", 1, "再答一次", "--by", "示例乙")
    assert status == 2 and "已经由示例甲处理过" in printed


def test_a_hand_over_is_closed_without_an_answer(run, store: Store) -> None:
    hand_over(store, "哈哈哈哈")
    assert run("reply", 1, "--close", "--by", "示例甲")[0] == 0
    assert "已由示例甲关闭" in run("hand-overs", "--all")[1]


def test_what_an_asker_writes_cannot_move_the_cursor(run, store: Store) -> None:
    hand_over(store, "红色\x1b[31m\u202e倒着\n第二行")
    printed = run("hand-overs")[1]
    assert "\x1b" not in printed and "\u202e" not in printed and len(printed.strip().splitlines()) == 2
