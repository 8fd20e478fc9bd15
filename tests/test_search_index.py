import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import (
    BadQuestionFile,
    CannotWrite,
    DamagedIndex,
    ForeignIndex,
    MissingFile,
    MissingIndex,
    StaleIndex,
    YingdaError,
)
from assistant.search import Index, build, load
from assistant.search.manifest import read_manifest
from tests.small_corpus import CENTRE, VILLAGE, Letters, write_document

VILLAGE_PLACE = "云南省/示例县/上河村"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_document(tmp_path / "corpus", "village", VILLAGE, region=VILLAGE_PLACE, questions=[("1", "哪个管演练")])
    write_document(tmp_path / "corpus", "centre", CENTRE)
    return tmp_path / "corpus"


@pytest.fixture
def folder(corpus: Path, tmp_path: Path) -> Path:
    build(corpus, tmp_path / "indexes" / "main", Letters())
    return tmp_path / "indexes" / "main"


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_built_index_finds_clauses_and_holds_their_texts(corpus: Path, folder: Path):
    index = load(corpus, folder, Letters())
    hits = index.search("网格员多久巡查一次隐患点", documents=set(index.catalogue), limit=3)
    assert [hit.unit for hit in hits][0] == "village/2"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert "每天巡查" in index.outlines["village"].plain("2")
    assert list(index.outlines) == list(index.catalogue) and len(index.outlines) == 2


def test_search_stays_inside_the_documents_asked_for(corpus: Path, folder: Path):
    index = load(corpus, folder, Letters())
    assert {hit.unit.split("/")[0] for hit in index.search("网格员巡查", documents=["centre"])} == {"centre"}


def test_a_question_of_the_bank_is_found_in_its_own_words(corpus: Path, folder: Path):
    assert load(corpus, folder, Letters()).search("哪个管演练", documents=["village"])[0].unit == "village/1"


def test_the_report_counts_and_the_second_build_does_nothing(corpus: Path, folder: Path):
    before, embedder = state(folder), Letters()
    report = build(corpus, folder, embedder)
    assert (report.documents, report.questions, report.rebuilt, report.is_new) == (2, 1, (), False)
    assert (state(folder), embedder.seen) == (before, [])


def test_only_the_changed_document_is_embedded_again(corpus: Path, folder: Path):
    write_document(corpus, "centre", CENTRE.replace("每年训练", "每月训练"))
    embedder = Letters()
    report = build(corpus, folder, embedder)
    assert report.rebuilt == ("centre",)
    assert any("每月训练" in text for text in embedder.seen)
    assert not any("网格员" in text for text in embedder.seen)


def test_an_index_rebuilt_in_steps_equals_one_built_at_once(corpus: Path, folder: Path, tmp_path: Path):
    write_document(corpus, "centre", CENTRE.replace("每年训练", "每月训练"))
    write_document(corpus, "annex", VILLAGE, region="云南省")
    build(corpus, folder, Letters())
    build(corpus, tmp_path / "fresh", Letters())
    assert read_manifest(folder).files == read_manifest(tmp_path / "fresh").files


def test_a_removed_document_is_forgotten(corpus: Path, folder: Path):
    for path in (corpus / "village").iterdir():
        path.unlink()
    assert build(corpus, folder, Letters()).removed == ("village",)
    assert list(load(corpus, folder, Letters()).catalogue) == ["centre"]


def test_one_generation_remains_and_what_a_crash_left_is_swept(corpus: Path, folder: Path):
    (folder / "gdeadbeef" / "parts").mkdir(parents=True)
    write_document(corpus, "centre", CENTRE + "\n")
    build(corpus, folder, Letters())
    assert sorted(path.name for path in folder.iterdir()) == sorted([read_manifest(folder).generation, "manifest.json"])


def test_the_corpus_is_known_to_the_index(folder: Path):
    assert len(load(None, folder, Letters()).catalogue) == 2


def test_progress_is_told(corpus: Path, tmp_path: Path):
    told: list[tuple[str, int, int]] = []
    build(corpus, tmp_path / "other", Letters(), lambda *step: told.append(step))
    assert told[:2] == [("documents", 1, 2), ("documents", 2, 2)]
    assert told[-1] == ("index", 4, 4)


def refusal(corpus: Path, folder: Path, embedder: Letters | None = None) -> type[YingdaError]:
    with pytest.raises(YingdaError) as raised:
        load(corpus, folder, embedder or Letters())
    return raised.type


def test_a_missing_index_is_refused(corpus: Path, folder: Path):
    assert refusal(corpus, folder.parent / "other") is MissingIndex
    assert refusal(corpus, folder / "manifest.json") is MissingIndex  # a file where the folder should be


@pytest.mark.parametrize("name", ["text.md", "questions.jsonl", "document.toml"])
def test_a_changed_corpus_makes_the_index_stale(corpus: Path, folder: Path, name: str):
    path = corpus / "centre" / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert refusal(corpus, folder) is StaleIndex


def test_a_new_document_makes_the_index_stale(corpus: Path, folder: Path):
    write_document(corpus, "other", CENTRE)
    assert refusal(corpus, folder) is StaleIndex


def test_an_index_of_another_model_is_foreign_until_it_is_built_again(corpus: Path, folder: Path):
    assert refusal(corpus, folder, Letters("another")) is ForeignIndex
    assert build(corpus, folder, Letters("another")).rebuilt == ("centre", "village")
    load(corpus, folder, Letters("another"))
    assert refusal(corpus, folder) is ForeignIndex


@pytest.mark.parametrize(("field", "value"), [("format", 99), ("terms", "0")])
def test_an_index_of_another_version_is_foreign(corpus: Path, folder: Path, field: str, value: object):
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {field: value}))
    assert refusal(corpus, folder) is ForeignIndex


FILES = ["alignment.others.npy",
    "alignment.scores.npy",
    "alignment.starts.npy",
    "explanation.owners.npy",
    "explanation.rows.npy",
    "explanations.json",
    "scope.bias.npy",
    "scope.codes.npy",
    "scope.weights.npy",
    "homophones.sounds.npy",
    "homophones.words.npy",
    "units.json", *(f"{leg}.{field}.npy" for leg in ("keyword", "question") for field in ("terms", "starts", "units", "impacts", "lexicon", "idf", "nodes", "population")),
         *(f"{leg}.{field}.npy" for leg in ("vector", "asked") for field in ("rows", "owners", "nodes"))]  # fmt: skip


def test_the_files_named_here_are_all_that_a_search_reads(folder: Path):
    assert sorted(read_manifest(folder).files) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_changed_file_is_noticed_and_mended_by_a_build(corpus: Path, folder: Path, name: str):
    path = folder / read_manifest(folder).generation / name
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert refusal(corpus, folder) is DamagedIndex
    path.unlink()
    assert refusal(corpus, folder) is DamagedIndex
    embedder = Letters()
    assert build(corpus, folder, embedder).is_new
    assert embedder.seen == []  # the parts were whole
    load(corpus, folder, Letters())


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"documents": [1]}', '{"documents": [], "surprise": 1}'])
def test_a_damaged_manifest_is_noticed_and_mended_by_a_build(corpus: Path, folder: Path, content: str):
    (folder / "manifest.json").write_text(content)
    assert refusal(corpus, folder) is DamagedIndex
    build(corpus, folder, Letters())
    load(corpus, folder, Letters())


def test_a_damaged_part_is_made_again(corpus: Path, folder: Path):
    (folder / read_manifest(folder).generation / "parts" / "village.npz").write_bytes(b"PK")
    write_document(corpus, "centre", CENTRE + "\n")
    embedder = Letters()
    build(corpus, folder, embedder)
    assert any("网格员" in text for text in embedder.seen)


def test_a_bad_question_stops_the_build_and_the_old_index_stays(corpus: Path, folder: Path):
    before = state(folder)
    write_document(corpus, "centre", CENTRE, questions=[("1", "谁领导"), ("77", "谁出钱")])
    with pytest.raises(BadQuestionFile):
        build(corpus, folder, Letters())
    assert state(folder) == before


def test_no_corpus_is_an_error(tmp_path: Path):
    with pytest.raises(MissingFile):
        build(tmp_path / "nowhere", tmp_path / "index", Letters())
    assert not (tmp_path / "index").exists()


def test_a_place_that_cannot_be_written_is_named(corpus: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite) as raised:
        build(corpus, tmp_path / "file" / "index", Letters())
    assert str(tmp_path / "file" / "index") == raised.value.details["path"]


SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from assistant.errors import CannotWrite
from assistant.search import build
from tests.small_corpus import Letters
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    build(Path(sys.argv[1]), Path(sys.argv[2]), Letters())
except CannotWrite as error:
    print("CannotWrite", error.details["reason"])
"""


def in_a_process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": ":".join([str(Path(__file__).parents[1]), *sys.path])}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("room", [0, 200, 2000])  # bytes a file may have: nothing · a header · a small array
def test_a_full_disk_leaves_the_old_index_in_use(corpus: Path, folder: Path, room: int):
    write_document(corpus, "centre", CENTRE.replace("经费", "资金" * 50))
    before = state(folder)
    done = in_a_process(SMALL_DISK, str(corpus), str(folder), str(room))
    assert done.stdout.startswith("CannotWrite "), done.stderr
    assert state(folder) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.search import build
from tests.small_corpus import Letters
def progress(what, done, total):
    if what == "index" and done == 2:
        os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), Path(sys.argv[2]), Letters(), progress)
"""


def test_a_build_that_is_killed_leaves_the_old_index_in_use(corpus: Path, folder: Path):
    text = (corpus / "centre" / "text.md").read_text(encoding="utf-8")
    write_document(corpus, "centre", CENTRE.replace("经费", "资金"))
    assert in_a_process(KILLED, str(corpus), str(folder)).returncode == -signal.SIGKILL
    (corpus / "centre" / "text.md").write_text(text, encoding="utf-8")
    assert isinstance(load(corpus, folder, Letters()), Index)
