"""Files as received → a folder of the corpus → an answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from assistant.clauses import split
from assistant.documents import Level, load_catalogue
from assistant.errors import BadIdentifier, CannotWrite, NoClauses, UnknownDocument
from assistant.ingest.pipeline import Described, ingest_files
from tests.conftest import CORPUS

TOWN = "云南省/示例州/示例县/示例镇"
PLAN = """示例镇防汛预案（示例）
示镇政发〔2025〕9号（示例）
1总则
1.1编制目的
为了做好防汛工作，制定本预案。
2组织体系
2.1防汛指挥部
镇长任指挥长，分管副镇长任副指挥长。
3应急响应
3.1Ⅳ级响应
（1）值班人员24小时在岗。
（2）每2小时巡查一次清水河。
附件1
防汛联系表
示例镇人民政府
2025年5月1日
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="gb18030")
    return path


def described(document: str, level: Level = Level.TOWNSHIP, region: str = TOWN) -> Described:
    return Described(document, None, level, region)


def test_three_damaged_copies_become_one_document_with_its_sources_and_variants(tmp_path: Path) -> None:
    copies = sorted((CORPUS / "central-2024" / "sources").glob("*.txt"))
    corpus = tmp_path / "corpus"
    for province in ("yunnan-2025", "beijing-2025"):
        source = sorted((CORPUS / province / "sources").glob("*.txt"))
        ingest_files(source, described(province, Level.PROVINCE, province), corpus)
    report = ingest_files(copies, described("central-2024", Level.CENTRAL, ""), corpus)
    folder = corpus / "central-2024"
    text = (folder / "text.md").read_text(encoding="utf-8")
    assert text == (CORPUS / "central-2024" / "text.md").read_text(encoding="utf-8")
    assert report.clauses == 23 and report.findings == () and report.variants > 50 and report.doubtful < 0.02
    for copy in copies:
        assert (folder / "sources" / copy.name).read_text(encoding="utf-8") == copy.read_text(encoding="utf-8")
    assert "多数一致" in (folder / "sources" / "variants.md").read_text(encoding="utf-8")
    document = load_catalogue(corpus)["central-2024"]
    assert document.title.endswith("关于进一步提升基层应急管理能力的意见")
    assert document.issued is not None and document.issued.isoformat() == "2024-09-21"


def test_a_plan_with_glued_numbers_keeps_its_addresses(plan: Path, tmp_path: Path) -> None:
    ingest_files([plan], described("ourtown-flood-2025"), tmp_path / "corpus")
    outline = split((tmp_path / "corpus" / "ourtown-flood-2025" / "text.md").read_text(encoding="utf-8"))
    assert {"1.1", "2.1", "3.1", "3.1/1", "3.1/2"} <= {unit.address for unit in outline.units}


def test_what_a_person_has_added_survives_another_ingest(plan: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    ingest_files([plan], described("ourtown-flood-2025"), corpus)
    folder = corpus / "ourtown-flood-2025"
    toml = folder / "document.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('source = ""', 'source = "镇政府网站"'), encoding="utf-8")
    question = {"unit": "ourtown-flood-2025/3.1", "question": "下雨多久看一次河"}
    (folder / "questions.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    ingest_files([plan], described("ourtown-flood-2025"), corpus)
    assert load_catalogue(corpus)["ourtown-flood-2025"].source == "镇政府网站"
    assert json.loads((folder / "questions.jsonl").read_text(encoding="utf-8")) == question


@pytest.mark.parametrize(
    ("document", "text", "related", "error"),
    [
        ("Bad Id", PLAN, (), BadIdentifier),
        ("../escape", PLAN, (), BadIdentifier),
        ("ourtown-news-2025", "示例镇天气预报\n今天多云转晴\n明天有雨\n", (), NoClauses),
        ("ourtown-flood-2025", PLAN, ("nowhere",), UnknownDocument),
    ],
)
def test_bad_input_leaves_the_corpus_as_it_was(
    tmp_path: Path, document: str, text: str, related: tuple[str, ...], error: type[Exception]
) -> None:
    path = tmp_path / "file.txt"
    path.write_text(text, encoding="utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    with pytest.raises(error):
        ingest_files([path], described(document), corpus, related=related)
    assert list(corpus.iterdir()) == []


def test_a_full_disk_keeps_the_old_folder_whole(plan: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    ingest_files([plan], described("ourtown-flood-2025"), corpus)
    before = {p.name: p.read_bytes() for p in (corpus / "ourtown-flood-2025").iterdir() if p.is_file()}
    longer = tmp_path / "longer.txt"
    longer.write_text(PLAN.replace("（2）", "（2）" + "每个村都要有人看水。" * 3000), encoding="utf-8")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from assistant.cli import main; main(sys.argv[1:])"
    )
    arguments = ["ingest", str(longer), "--id", "ourtown-flood-2025", "--region", TOWN, "--corpus", str(corpus)]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == CannotWrite.exit_status and "无法写入" in done.stderr and "Traceback" not in done.stderr
    assert {p.name: p.read_bytes() for p in (corpus / "ourtown-flood-2025").iterdir() if p.is_file()} == before
    assert [path.name for path in corpus.iterdir()] == ["ourtown-flood-2025"]


def test_from_a_word_file_to_a_cited_answer_by_the_commands_of_the_readme(tmp_path: Path) -> None:
    paper = docx.Document()
    for line in PLAN.splitlines():
        paper.add_paragraph(line)
    paper.save(str(tmp_path / "plan.docx"))
    environment = os.environ | {"YINGDA_CORPUS": str(tmp_path / "corpus"), "YINGDA_INDEX": str(tmp_path / "index")}

    def yingda(*arguments: str) -> str:
        command = [sys.executable, "-m", "assistant", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout

    reported = yingda("ingest", str(tmp_path / "plan.docx"), "--id", "ourtown-flood-2025", "--region", TOWN)
    assert "已导入《示例镇防汛预案（示例）》" in reported
    yingda("build")
    answered = json.loads(yingda("ask", "多久巡查一次清水河", "--region", TOWN, "--json"))
    assert answered["ranked"][0] == "ourtown-flood-2025/3.1"
    assert any("每2小时巡查一次清水河" in citation["quote"] for citation in answered["citations"])
