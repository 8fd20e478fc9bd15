"""Explanations of a corpus: read with clear errors, bound to the clauses' words, part of the index."""

from datetime import date
from pathlib import Path

import pytest

from assistant.documents import load_catalogue
from assistant.errors import BadExplanations, StaleIndex
from assistant.search import build, load
from assistant.search.explanations import EXPLANATIONS, load_explanations, unfounded
from assistant.wording import explain
from tests.small_corpus import CENTRE, VILLAGE, Letters, write_document

PLACE = "云南省/示例县/上河村"
ENTRY = f"""
[[explanation]]
id = "drill"
matter = "谁管演练"
region = "{PLACE}"
asks = ["演练归哪个管", "一年练几回"]
text = "村里的书记管这事，每年要组织一次演练。"
written = 2026-11-22
reviewed = 2026-11-22
reviewed_by = "编写者自审"
[explanation.rests_on]
"village/1" = ["村党组织书记是第一责任人", "每年组织一次转移演练"]
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_document(tmp_path / "corpus", "village", VILLAGE, region=PLACE)
    write_document(tmp_path / "corpus", "centre", CENTRE)
    return tmp_path / "corpus"


def write(corpus: Path, text: str) -> Path:
    (corpus / EXPLANATIONS).write_text(text, encoding="utf-8")
    return corpus


def test_an_explanation_carries_what_an_editor_wrote(corpus: Path) -> None:
    (entry,) = load_explanations(write(corpus, ENTRY))
    assert (entry.id, entry.matter, entry.region, entry.reviewed) == ("drill", "谁管演练", PLACE, date(2026, 11, 22))
    assert entry.rests_on["village/1"] == ("村党组织书记是第一责任人", "每年组织一次转移演练")


def test_no_file_means_no_explanations(corpus: Path) -> None:
    assert load_explanations(corpus) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('matter = "谁管演练"', 'matter = "谁管演练', 5, "TOML"),
        ('matter = "谁管演练"\n', "", 3, "matter"),
        ('matter = "谁管演练"', 'matter = "十三个字的题目实在是太长了点"', 3, "matter"),
        ('text = "村里', f'text = "{"长" * 160}村里', 3, "text"),
        ('asks = ["演练归哪个管", "一年练几回"]', "asks = []", 3, "asks"),
        ('"一年练几回"]', "7]", 3, "asks.1"),
        ("reviewed = 2026-11-22", 'reviewed = "去年"', 3, "reviewed"),
        ('id = "drill"', 'id = "演练"', 3, "id"),
        ('"village/1" = ["村党组织书记是第一责任人", "每年组织一次转移演练"]', "", 3, "rests_on"),
        ('["村党组织书记是第一责任人", "每年组织一次转移演练"]', "[]", 3, "rests_on.village/1"),
        ("", ENTRY, 15, "id"),  # the same id again, in the second entry
        ("[[explanation]]", "[explanation]", 1, "explanation"),  # a table where a list of tables is meant
    ],
)
def test_what_is_wrong_is_said_with_line_and_field(corpus: Path, old: str, new: str, line: int, field: str) -> None:
    text = f"\n{ENTRY.replace(old, new, 1) if old else ENTRY + new}"
    with pytest.raises(BadExplanations) as raised:
        load_explanations(write(corpus, text))
    assert (raised.value.details["line"], raised.value.details["field"]) == (line, field)
    assert f"第 {line} 行" in explain(raised.value)


def test_another_encoding_is_said_with_its_line(corpus: Path) -> None:
    (corpus / EXPLANATIONS).write_bytes(ENTRY.encode("gb18030"))
    with pytest.raises(BadExplanations) as raised:
        load_explanations(corpus)
    assert (raised.value.details["line"], raised.value.details["field"]) == (4, "UTF-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("每年组织一次转移演练", "每年组织两次转移演练"),  # not the clause's words
        ("village/1", "village/2"),  # another clause's words
        ("village/1", "village/99"),
        ("village/1", "village/s1"),  # a section: it has no text of its own
        ("village/1", "gone/1"),
        ("village/1", "village"),
        (PLACE, "北京市"),  # the clause is no rule there
    ],
)
def test_what_the_clause_does_not_bear_is_withheld(corpus: Path, old: str, new: str) -> None:
    entries = load_explanations(write(corpus, ENTRY.replace(old, new)))
    assert unfounded(entries, load_catalogue(corpus)) == ("drill",)


def test_a_clause_bears_what_people_of_a_wider_place_are_told(corpus: Path) -> None:
    entries = load_explanations(write(corpus, ENTRY.replace(f'"{PLACE}"', '"云南省"')))
    assert unfounded(entries, load_catalogue(corpus)) == ()


def test_words_that_a_clause_loses_withhold_the_explanation_and_every_build_says_so(
    corpus: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    assert build(write(corpus, ENTRY), folder, Letters()).withheld == ()
    assert [entry.id for entry in load(corpus, folder, Letters()).explanations.of("village/1")] == ["drill"]
    write_document(corpus, "village", VILLAGE.replace("一次转移演练", "两次转移演练"), region=PLACE)
    report = build(corpus, folder, Letters())
    assert report.withheld == ("drill",) and report.is_new
    assert load(corpus, folder, Letters()).explanations.of("village/1") == ()
    again = build(corpus, folder, Letters())
    assert again.withheld == ("drill",) and not again.is_new
    write_document(corpus, "village", VILLAGE, region=PLACE)
    assert build(corpus, folder, Letters()).withheld == ()
    assert load(corpus, folder, Letters()).explanations.of("village/1")


def test_a_changed_explanation_makes_the_index_stale_and_only_ways_are_embedded_again(
    corpus: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    build(write(corpus, ENTRY), folder, Letters())
    write(corpus, ENTRY.replace("演练归哪个管", "演练的事问哪个"))
    with pytest.raises(StaleIndex):
        load(corpus, folder, Letters())
    embedder = Letters()
    assert build(corpus, folder, embedder).rebuilt == ()
    assert embedder.seen == ["谁管演练", "演练的事问哪个", "一年练几回"]


def test_the_nearest_way_to_ask_counts(corpus: Path, tmp_path: Path) -> None:
    build(write(corpus, ENTRY), tmp_path / "index", Letters())
    index = load(corpus, tmp_path / "index", Letters())
    ((entry, cosine),) = index.explained("village/1", "一年练几回")
    assert entry.id == "drill" and cosine == pytest.approx(1, abs=0.01)
    assert index.explained("village/2", "一年练几回") == []
