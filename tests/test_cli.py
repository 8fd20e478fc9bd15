"""The command line: what it prints, where, and with which exit status."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.search.explanations import EXPLANATIONS
from tests.conftest import CORPUS
from tests.small_corpus import VILLAGE, write_document
from tests.test_search_explanations import ENTRY, PLACE


class Result:
    """What one command did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], index_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run one command on the shipped corpus and its index."""
    monkeypatch.setenv("YINGDA_CORPUS", str(CORPUS))
    monkeypatch.setenv("YINGDA_INDEX", str(index_path))
    monkeypatch.setenv("YINGDA_DATABASE_URL", f"sqlite:///{tmp_path / 'db.sqlite3'}")

    def run(*arguments: object) -> Result:
        status = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Result(status, captured.out, captured.err)

    return run


def test_ask_answers_with_the_clause(run) -> None:
    result = run("ask", "村里一年要演练几回", "--region", "云南省")
    assert result.status == 0
    assert "《云南实施意见》（十七）" in result.out and "每年至少组织1次" in result.out


def test_ask_json_holds_verbatim_quotes(run) -> None:
    result = run("ask", "村里一年要演练几回", "--region", "云南省", "--json")
    answered = json.loads(result.out)
    assert answered["decision"] == "answer"
    texts = {
        d: (CORPUS / d / "text.md").read_text(encoding="utf-8") for d in {c["document"] for c in answered["citations"]}
    }
    assert all(citation["quote"] in texts[citation["document"]] for citation in answered["citations"])


def test_ask_batch_writes_one_line_a_question(run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"id": "q1", "question": "村里一年要演练几回", "region": "云南省", "asker": "villager"}\n'
        '{"id": "q2", "question": "。。。", "region": null, "asker": "cadre"}\n',
        encoding="utf-8",
    )
    out = tmp_path / "out.jsonl"
    assert run("ask", "--batch", questions, "--out", out).status == 0
    first, second = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert set(first) == {"id", "ranked", "answer", "decision", "abstained", "citations", "ms"}
    assert first["ranked"][0] == "yunnan-2025/17" and len(first["ranked"]) == 10
    assert second["decision"] == "refused" and second["abstained"]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["ask"], 2, "命令写得不对"),
        (["ask", "演练", "--asker", "king"], 2, "--asker"),
        (["frobnicate"], 2, "没有这条命令"),
        (["ask", "演练", "--nope"], 2, "没有选项"),
        (["ask", "，。！"], 2, "请用一两句话"),
        (["ask", "字" * 10_000], 2, "请用一两句话"),
        (["ask", "演练", "--region", "月球"], 2, "没有“月球”这个地区"),
        (["ask", "演练", "--index", "nowhere"], 1, "请先运行 yingda build"),
        (["ask", "--batch", "nowhere.jsonl", "--out", "x"], 2, "找不到文件"),
        (["show", "central-2024/99"], 2, "没有“central-2024/99”这一条"),
        (["show", "nothing"], 2, "没有编号为“nothing”的文件"),
        (["show", "--corpus", "nowhere"], 2, "找不到文件"),
        (["ingest", "nowhere.txt", "--id", "x"], 2, "找不到文件"),
        (["ingest", __file__, "--id", "Bad Id"], 2, "文件编号"),
        (["ingest"], 2, "缺少参数"),
    ],
)
def test_wrong_use_gets_one_sentence_and_its_status(run, arguments: list[str], status: int, sentence: str) -> None:
    result = run(*arguments)
    assert result.status == status
    assert sentence in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_a_bad_setting_is_named(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINGDA_PORT", "abc")
    result = run("check")
    assert result.status == 2 and "YINGDA_PORT" in result.err


def test_a_bad_question_file_names_the_line(run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "1", "question": "演练"}\n{broken\n', encoding="utf-8")
    result = run("ask", "--batch", questions, "--out", tmp_path / "out.jsonl")
    assert result.status == 2 and "第 2 行" in result.err
    assert not (tmp_path / "out.jsonl").exists()


def test_an_output_that_cannot_be_written_leaves_nothing_behind(run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "1", "question": "演练"}\n', encoding="utf-8")
    result = run("ask", "--batch", questions, "--out", tmp_path / "no" / "out.jsonl")
    assert result.status == 1 and "无法写入" in result.err


def test_show_prints_a_clause_as_printed_and_as_json(run) -> None:
    assert "每年至少组织1次" in run("show", "central-2024/13").out
    shown = json.loads(run("show", "central-2024/13", "--json").out)
    assert {"unit", "document", "title", "text"} <= set(shown)
    assert shown["text"].startswith("加强预案编制和演练。") and shown["text"].endswith("专项演练。")
    assert "\n" not in shown["text"]


def test_show_lists_documents_and_outlines(run) -> None:
    assert "central-2024" in run("show").out
    outline = run("show", "yunnan-2025").out
    assert "yunnan-2025/17" in outline and "yunnan-2025/s1" in outline and "yunnan-2025/end" in outline


def test_evaluate_prints_the_figures(run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    line = {
        "id": "1",
        "question": "村里一年要演练几回",
        "region": "云南省",
        "asker": "villager",
        "relevant": {"yunnan-2025/17": 2, "central-2024/13": 2},
        "facts": ["每年至少组织1次"],
        "kind": "number",
    }
    questions.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    table = json.loads(run("evaluate", questions, "--json").out)
    assert table["all"]["hit@1"] == 1.0 and table["villager"]["facts"] == 1.0 and table["all"]["foreign"] == 0.0
    assert "hit@1=1" in run("evaluate", questions).out


def test_check_says_what_is_wrong_and_how_to_mend_it(run, tmp_path: Path) -> None:
    assert run("check").status == 0
    result = run("check", "--index", tmp_path / "none")
    assert result.status == 1 and "yingda build" in result.out


def test_ask_json_names_the_explanation_apart_from_the_citations(run) -> None:
    asked = ("ask", "报隐患给钱不", "--region", "云南省", "--json")
    answered = json.loads(run(*asked, "--asker", "villager").out)
    assert answered["explanation"]["id"] == "reward-for-reports"
    assert answered["explanation"]["reviewed"] == "2026-11-22"
    assert answered["explanation"]["text"] not in "".join(citation["quote"] for citation in answered["citations"])
    assert json.loads(run(*asked).out)["explanation"] is None  # a cadre


def test_build_and_check_name_the_explanations_that_are_withheld(run, tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    write_document(corpus, "village", VILLAGE, region=PLACE)
    (corpus / EXPLANATIONS).write_text(ENTRY.replace("village/1", "village/9"), encoding="utf-8")
    built = run("build", "--corpus", corpus, "--index", index)
    assert built.status == 0 and "通俗解释“drill”" in built.out
    checked = run("check", "--corpus", corpus, "--index", index)
    assert checked.status == 1 and "有问题  通俗解释" in checked.out and "正常  索引" in checked.out
    (corpus / EXPLANATIONS).write_text("[[explanation]]\n", encoding="utf-8")
    failed = run("build", "--corpus", corpus, "--index", index)
    assert failed.status == 2 and "第 1 行起的这一条通俗解释不合格式" in failed.err


def test_show_names_who_carries_a_clause_out(run) -> None:
    shown = run("show", "central-2024/13").out
    assert "各地怎么落实：" in shown
    assert "  《云南实施意见》（十七）健全应急预案管理机制  yunnan-2025/17\n" in shown


def test_show_names_the_basis_and_the_siblings(run) -> None:
    basis, _, siblings = run("show", "yunnan-2025/17").out.partition("同级文件的对应条款：")
    assert "上位依据：\n  《中央意见》（十三）加强预案编制和演练  central-2024/13\n" in basis
    assert "beijing-2025/10" in siblings


def test_show_json_lists_the_counterparts_best_first(run) -> None:
    aligned = json.loads(run("show", "yunnan-2025/22", "--json").out)["aligned"]
    assert aligned[0].items() >= {"unit": "central-2024/18", "relation": "higher", "title": "保障资金投入"}.items()
    assert [a["score"] for a in aligned] == sorted((a["score"] for a in aligned), reverse=True)


def test_show_a_list_item_has_the_counterparts_of_its_clause(run) -> None:
    clause, item = (
        json.loads(run("show", f"sample-town-comprehensive-2025/{a}", "--json").out) for a in ("10.1", "10.1/1")
    )
    assert clause["aligned"] == item["aligned"] != []


def test_show_without_an_index_still_shows_the_clause_and_says_what_is_missing(run, tmp_path: Path) -> None:
    result = run("show", "central-2024/13", "--index", tmp_path / "none")
    assert result.status == 0 and "每年至少组织1次" in result.out
    assert result.out.endswith("（对应条款要先建索引才能显示，请运行 yingda build。）\n")
    assert json.loads(run("show", "central-2024/13", "--json", "--index", tmp_path / "none").out)["aligned"] is None


def test_show_does_not_trust_a_stale_index(run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS / "central-2024", corpus / "central-2024")
    assert "请运行 yingda build" in run("show", "central-2024/13", "--corpus", corpus).out
