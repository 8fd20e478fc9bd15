"""A clause without questions borrows those of clauses like it."""

from pathlib import Path

import numpy as np

from assistant.models import load_embedder
from assistant.search import build, load
from assistant.search.borrowing import FEW, question_bags
from assistant.search.entries import Entry
from assistant.search.parts import Part, make_part
from tests.small_corpus import CENTRE, VILLAGE, Letters, write_document

ASKED = tuple(f"喇叭响了第{number}回，谁来喊我们走" for number in "一二三四五")


def part(name: str, *bodies: str, questions: tuple[str, ...] = ()) -> Part:
    return make_part([Entry(f"{name}/{i}", name, "", body, questions) for i, body in enumerate(bodies)], Letters())


def terms(bags_of: list[Part], number: int) -> dict[tuple[int, int], float]:
    bag = question_bags(bags_of)[number]
    return {(int(r), int(c)): float(n) for r, c, n in zip(bag.rows, bag.codes, bag.counts, strict=True)}


def test_a_clause_without_questions_borrows_from_one_that_says_the_same() -> None:
    asked, new = part("old", "预警后组织转移群众", questions=ASKED), part("new", "预警后组织转移群众", "xyz")
    borrowed = terms([asked, new], 1)
    assert {row for row, _ in borrowed} == {0}  # nothing is like the second clause
    assert {code for _, code in borrowed} == {code for _, code in terms([asked, new], 0)}


def test_a_clause_with_questions_of_its_own_borrows_nothing() -> None:
    old, other = part("old", "预警后转移", questions=ASKED), part("other", "预警后转移", questions=("走不走",) * FEW)
    own = other.question
    assert terms([old, other], 1) == {
        (int(r), int(c)): float(n) for r, c, n in zip(own.rows, own.codes, own.counts, strict=True)
    }


def test_clauses_of_one_document_lend_each_other_nothing() -> None:
    alone = make_part([Entry("a/1", "a", "", "预警后转移", ASKED), Entry("a/2", "a", "", "预警后转移")], Letters())
    assert {row for row, _ in terms([alone], 0)} == {0}


def test_a_term_stands_once_in_a_row_and_rows_ascend() -> None:
    parts = [
        part("a", "转移群众", questions=ASKED),
        part("b", "转移群众", questions=ASKED),
        part("c", "转移群众", "转移"),
    ]
    bag = question_bags(parts)[2]
    pairs = list(zip(bag.rows.tolist(), bag.codes.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert np.all(bag.counts > 0)


def test_a_new_document_is_found_by_words_that_were_asked_of_another(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    same = VILLAGE.replace("上河村", "下河村")
    questions = [("2", f"哪个天天转着看坡坡垮不垮{mark}") for mark in ("", "嘛", "哦", "呢", "啊")]
    write_document(corpus, "old", region="甲省/上河村", questions=questions)
    write_document(corpus, "new", same, region="乙省/下河村")
    write_document(corpus, "centre", CENTRE)
    embedder = load_embedder("bundled")
    build(corpus, tmp_path / "index", embedder)
    hits = load(corpus, tmp_path / "index", embedder).search("坡坡哪个转着看", documents={"new"}, limit=1)
    assert hits[0].unit == "new/2"
    assert hits[0].legs["question"] > 0
