from pathlib import Path

import pytest

from assistant.documents import load_document
from assistant.errors import BadQuestionFile
from assistant.search.entries import Entry
from assistant.search.parts import document_entries
from tests.small_corpus import write_document

ITEMS = """# 职责规定

## 一、值班

### （一）值班员职责。

值班员做下列事情：

1.接听电话。

2.记录灾情。
"""


def entries_of(tmp_path: Path, text: str, *questions: tuple[str, str]) -> dict[str, Entry]:
    document = load_document(write_document(tmp_path, "town", text, questions=questions))
    return {entry.unit: entry for entry in document_entries(tmp_path, document)}


def test_a_clause_is_indexed_with_its_headings_and_all_sub_items(tmp_path: Path):
    entry = entries_of(tmp_path, ITEMS)["town/1"]
    assert (entry.context, entry.title) == ("职责规定。值班", "值班员职责")
    assert "接听电话" in entry.body and "记录灾情" in entry.body
    assert not entry.body.startswith("值班员职责")
    assert entry.whole.startswith("值班员职责。值班员做下列事情")


def test_a_question_on_a_sub_item_counts_for_its_clause_once(tmp_path: Path):
    entry = entries_of(tmp_path, ITEMS, ("1", "谁接电话"), ("1/2", "谁记灾情"), ("1", "谁接电话"))["town/1"]
    assert entry.questions == ("谁接电话", "谁记灾情")


@pytest.mark.parametrize("address", ["99", "title"])  # no such unit · a unit that is no clause
def test_a_question_for_no_clause_is_refused_with_its_line(tmp_path: Path, address: str):
    with pytest.raises(BadQuestionFile) as raised:
        entries_of(tmp_path, ITEMS, ("1", "谁接电话"), (address, "谁管"))
    assert raised.value.details["line"] == 2


def test_every_sentence_is_embedded_after_the_title():
    entry = Entry("town/1", "", "队伍", "建队伍。如下：\n队长一名；队员十名。")
    assert entry.sentences() == ["建队伍。", "队长一名；", "队员十名。"]  # 如下： says nothing
    assert entry.passages()[1] == "队伍。队长一名；"


def test_a_clause_without_a_whole_sentence_is_embedded_as_it_is():
    assert Entry("town/1", "", "电话", "119").passages() == ["电话。119"]
    assert Entry("town/1", "", "", "119").passages() == ["119"]
