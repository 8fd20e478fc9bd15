"""An office's new plan: a language model drafts questions, a person approves them, search finds the clause."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.cli import main
from tests import endpoint as fake
from tests.conftest import CORPUS
from tests.endpoint import KEY, FakeEndpoint, questions, serving
from tests.small_corpus import CENTRE, VILLAGE, write_document

ROOT = Path(__file__).parents[2]
REGION = "云南省/示例村"
Run = Callable[..., "Result"]


class Result:
    """What one command did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with serving() as endpoint:
        yield endpoint


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of two documents without any question."""
    write_document(tmp_path / "corpus", "village", VILLAGE, region=REGION)
    write_document(tmp_path / "corpus", "centre", CENTRE)
    return tmp_path / "corpus"


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, corpus: Path, endpoint: FakeEndpoint
) -> Run:
    """Run one command as a person in the office does; nothing it prints holds the key."""
    for name, value in variables(corpus, endpoint).items():
        monkeypatch.setenv(name, value)

    def run(*arguments: object) -> Result:
        status = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err and KEY not in captured.out + captured.err
        return Result(status, captured.out, captured.err)

    return run


def variables(corpus: Path, endpoint: FakeEndpoint) -> dict[str, str]:
    return {
        "YINGDA_CORPUS": str(corpus),
        "YINGDA_INDEX": str(corpus.parent / "index"),
        "YINGDA_LLM_URL": endpoint.url,
        "YINGDA_LLM_MODEL": "示例-model",
        "YINGDA_LLM_KEY": KEY,
        "YINGDA_LLM_TIMEOUT_S": "0.5",
    }


def first(run: Run, question: str) -> tuple[str, str]:
    """Return the decision and the first clause of the answer."""
    asked = run("ask", question, "--region", REGION, "--asker", "villager", "--json")
    answered = json.loads(asked.out)
    return answered["decision"], answered["citations"][0]["unit"] if answered["citations"] else ""


def files(corpus: Path) -> dict[str, bytes]:
    found = (corpus.parent / "index").rglob("*.np[yz]")
    return {str(path): path.read_bytes() for path in found}


@pytest.fixture
def shipped(corpus: Path, index_path: Path) -> None:
    """The village among all shipped documents, and the index of those."""
    shutil.copytree(CORPUS, corpus, ignore=shutil.ignore_patterns("sources"), dirs_exist_ok=True)
    shutil.rmtree(corpus / "centre")
    shutil.copytree(index_path, corpus.parent / "index")


@pytest.mark.usefixtures("shipped")
def test_drafted_approved_and_found(run: Run, corpus: Path) -> None:
    """The plan speaks of 险情, the villager of a creaking tree: only the approved way to ask leads to its clause."""
    asked, wanted = "那棵老歪树吱嘎响我该跟哪个讲", ("answer", "village/3")
    assert run("build").status == 0
    assert first(run, asked) != wanted
    drafted = run("draft-questions", "village")
    assert drafted.status == 0 and "起草 3 条，12 个问法" in drafted.out and "正在起草问法 3/3" in drafted.err
    built = files(corpus)
    assert "没有变动" in run("build").out
    assert files(corpus) == built and first(run, asked) != wanted

    listed = run("drafts", "village").out
    assert "village/3  先打电话。看见险情先打镇值班电话" in listed
    number = next(line.split()[0] for line in listed.splitlines() if "村民  老歪树吱嘎响我先跟哪个讲" in line)
    assert "退掉 1 个" in run("approve-drafts", "village", "1", "--reject", "--by", "王示例").out
    assert "通过 1 个" in run("approve-drafts", "village", number, "--by", "王示例").out
    assert "更新 1 份" in run("build").out
    assert first(run, asked) == wanted


def test_when_all_is_decided_there_is_nothing_to_ask(run: Run) -> None:
    run("draft-questions", "village")
    assert "退掉 1 个" in run("approve-drafts", "village", "2", "--reject", "--by", "王示例").out
    assert "通过 11 个" in run("approve-drafts", "village", "--all", "--by", "王示例").out
    assert "没有待审的问法草稿" in run("drafts", "village").out
    again = run("draft-questions", "village")
    assert again.status == 0 and "原来就有的 3 条" in again.out and "调用 0 次" in again.out
    assert "11 个问法" in run("build").out


def test_drafts_are_listed_for_programs(run: Run) -> None:
    run("draft-questions", "village", "--only", "village/2")
    listed = json.loads(run("drafts", "village", "--json").out)
    assert [draft["number"] for draft in listed["drafts"]] == [1, 2, 3, 4]
    assert {"unit", "question", "asker", "batch", "is_current"} <= set(listed["drafts"][0])


def test_the_report_names_every_outcome(run: Run, endpoint: FakeEndpoint) -> None:
    endpoint.script = [
        fake.says("抱歉，我不能回答。"), fake.says(None, refusal="no"),
        fake.says("好的，请看：[{"), fake.says("", total=None),
        fake.status(500), fake.status(500), fake.status(500),
    ]  # fmt: skip
    result = run("draft-questions", "village", "--json")
    report = json.loads(result.out)
    assert result.status == 1 and "有 3 条没有写成问法" in result.err
    assert [clause["outcome"] for clause in report["clauses"]] == ["refused", "garbage", "failed"]
    assert report["clauses"][2]["reason"] == "500" and report["calls"] == 7 and report["stopped"] == "DraftsMissing"
    again = run("draft-questions", "village")
    assert again.status == 0 and "起草 3 条" in again.out


def test_outcomes_are_said_in_words(run: Run, endpoint: FakeEndpoint) -> None:
    endpoint.script = [fake.says("抱歉"), fake.says("抱歉"), fake.asks, fake.status(429, again=False)]
    out = run("draft-questions", "village").out
    assert "village/1  模型不肯写" in out and "village/2  写了 4 个问法" in out
    assert "village/3  没有得到答复（请求太多或额度用完）" in out


@pytest.mark.parametrize(
    ("fault", "said"),
    [(fake.drops, "连接不上或中途断开"), (fake.hangs, "超过时间没有答完"), (fake.drips, "超过时间没有答完")],
)
def test_a_clause_that_fails_costs_nothing_that_was_drafted(
    run: Run, endpoint: FakeEndpoint, fault: fake.Reply, said: str
) -> None:
    endpoint.script = [fake.asks, fault]
    result = run("draft-questions", "village", "--limit-calls", "2")
    assert result.status == 1 and "调用 2 次" in result.err and "还有 1 条" in result.err
    assert f"village/2  没有得到答复（{said}）" in result.out
    assert len(json.loads(run("drafts", "village", "--json").out)["drafts"]) == 4


def test_a_flood_and_an_answer_cut_in_half_are_asked_for_again(run: Run, endpoint: FakeEndpoint) -> None:
    cut = questions(fake.ASKED["汛期每天"])[:90]
    endpoint.script = [fake.floods, fake.asks, fake.says(cut, finish="length")]
    result = run("draft-questions", "village")
    assert result.status == 0 and "village/2  写了 1 个问法" in result.out


def test_a_wrong_key_stops_at_once(run: Run, endpoint: FakeEndpoint) -> None:
    endpoint.script = [fake.asks]
    endpoint.otherwise = fake.status(401)
    result = run("draft-questions", "village")
    assert result.status == 1 and "YINGDA_LLM_KEY" in result.err and len(endpoint.requests) == 2
    assert "还没问到的 2 条" in result.out and len(result.err.strip().splitlines()) <= 2
    endpoint.otherwise = fake.asks
    assert "原来就有的 1 条" in run("draft-questions", "village").out


def test_limits_stop_with_a_sentence_and_the_next_run_goes_on(run: Run, endpoint: FakeEndpoint) -> None:
    calls = run("draft-questions", "village", "--limit-calls", "1")
    assert calls.status == 1 and "已到这次的上限（调用 1 次），还有 2 条没有起草" in calls.err
    tokens = run("draft-questions", "village", "--limit-tokens", "1500")
    assert tokens.status == 1 and "1500 个 token" in tokens.err and len(endpoint.requests) == 2
    assert run("draft-questions", "village").status == 0 and len(endpoint.requests) == 3


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["draft-questions", "nothing"], 2, "没有编号为“nothing”的文件"),
        (["draft-questions", "village", "--only", "village/99"], 2, "没有"),
        (["draft-questions", "village", "--only", "centre/1"], 2, "没有“centre/1”这一条"),
        (["draft-questions", "village", "--per-clause", "0"], 2, "--per-clause"),
        (["draft-questions", "village", "--limit-calls", "0"], 2, "--limit-calls"),
        (["drafts", "nothing"], 2, "没有编号为“nothing”的文件"),
        (["approve-drafts", "village", "--by", "王示例"], 2, "命令写得不对"),
        (["approve-drafts", "village", "1", "--all", "--by", "王示例"], 2, "命令写得不对"),
        (["approve-drafts", "village", "1"], 2, "--by"),
        (["approve-drafts", "village", "1", "--by", " "], 2, "命令写得不对"),
        (["approve-drafts", "village", "1", "--by", "王示例"], 2, "没有编号为 1 的草稿"),
        (["approve-drafts", "village", "一", "--by", "王示例"], 2, "numbers"),
    ],
)
def test_wrong_use_gets_one_sentence(run: Run, arguments: list[str], status: int, said: str) -> None:
    result = run(*arguments)
    assert result.status == status and said in result.err and len(result.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("YINGDA_LLM_URL", "", "YINGDA_LLM_URL"),
        ("YINGDA_LLM_MODEL", "", "YINGDA_LLM_MODEL"),
        ("YINGDA_LLM_TIMEOUT_S", "0", "YINGDA_LLM_TIMEOUT_S"),
    ],
)
def test_a_setting_that_is_missing_is_named_and_the_rest_works(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    result = run("draft-questions", "village")
    assert result.status == 2 and said in result.err
    if name != "YINGDA_LLM_TIMEOUT_S":
        assert run("build").status == 0 and run("drafts", "village").status == 0


def test_drafts_survive_a_new_ingest_of_the_document(run: Run, corpus: Path, tmp_path: Path) -> None:
    run("draft-questions", "village")
    copy = tmp_path / "village.md"
    copy.write_text(VILLAGE.replace("每天巡查", "每天两次巡查"), encoding="utf-8")
    assert run("ingest", copy, "--id", "village", "--level", "village", "--region", REGION).status == 0
    assert "条文已改" in run("drafts", "village").out
    assert "起草 1 条" in run("draft-questions", "village").out


def test_a_killed_run_loses_at_most_the_clause_it_was_asking(run: Run, corpus: Path, endpoint: FakeEndpoint) -> None:
    endpoint.script = [fake.asks, fake.hangs]
    environment = os.environ | variables(corpus, endpoint) | {"YINGDA_LLM_TIMEOUT_S": "20", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "assistant", "draft-questions", "village"]
    killed = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while len(endpoint.requests) < 2 and time.monotonic() < end:
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.wait(timeout=120)

    listed = json.loads(run("drafts", "village", "--json").out)["drafts"]
    assert {draft["unit"] for draft in listed} == {"village/1"} and len(listed) == 4
    result = run("draft-questions", "village")
    assert result.status == 0 and "原来就有的 1 条" in result.out and len(endpoint.requests) == 4
    assert len(json.loads(run("drafts", "village", "--json").out)["drafts"]) == 12
