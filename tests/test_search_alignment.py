"""Which documents are compared, and what makes two clauses counterparts."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.documents import Document, Level, load_catalogue
from assistant.models import load_embedder
from assistant.search import Relation, build, load_counterparts
from assistant.search.alignment import MOST_RELATED, align, related_pairs, relation
from assistant.search.counterparts import Counterparts
from assistant.search.keyword import postings
from tests.small_corpus import CENTRE, VILLAGE, Letters, write_document

ANY = Document(
    "a", "", "", (), "", "opinion", Level.PROVINCE, "云南省", "", None, None, None, None, "", False, False, "", ""
)


def a_document(name: str, level: Level, region: str, kind: str = "opinion") -> Document:
    return replace(ANY, id=name, level=level, region=region, kind=kind)


CENTRAL = a_document("central", Level.CENTRAL, "")
YUNNAN = a_document("yunnan", Level.PROVINCE, "云南省")
BEIJING = a_document("beijing", Level.PROVINCE, "北京市")
TOWN = a_document("town", Level.TOWNSHIP, "云南省/甲州/甲县/甲镇", "plan")
FLOOD = a_document("flood", Level.TOWNSHIP, "云南省/甲州/甲县/甲镇", "plan")
FAR_TOWN = a_document("far", Level.TOWNSHIP, "云南省/甲州/甲县/乙镇", "plan")
LAW = a_document("law", Level.CENTRAL, "", "statute")
CARD = a_document("card", Level.TOWNSHIP, "云南省/甲州/甲县/甲镇", "card")


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (YUNNAN, CENTRAL, Relation.HIGHER),
        (CENTRAL, YUNNAN, Relation.LOWER),
        (TOWN, YUNNAN, Relation.HIGHER),
        (TOWN, CENTRAL, Relation.HIGHER),
        (YUNNAN, BEIJING, Relation.BESIDE),
        (TOWN, BEIJING, None),  # another ladder
        (TOWN, FLOOD, None),  # of one place
        (TOWN, FAR_TOWN, None),  # plans of siblings: every place has its own
        (TOWN, LAW, None),  # not labelled
        (CARD, YUNNAN, None),
        (YUNNAN, YUNNAN, None),
    ],
)
def test_documents_of_one_ladder_and_sibling_opinions_are_compared(own, other, expected) -> None:
    assert relation(own, other) is expected


def test_each_pair_is_compared_once() -> None:
    documents = [CENTRAL, BEIJING, YUNNAN, TOWN, FLOOD, LAW, CARD]
    pairs = [{k, i} for k, others in related_pairs(documents).items() for i in others]
    expected = [{a, b} for a in range(7) for b in range(a) if relation(documents[a], documents[b])]
    assert sorted(map(sorted, pairs)) == sorted(map(sorted, expected))


def test_the_work_grows_with_the_documents_not_with_their_square() -> None:
    opinions = [a_document(f"central-{i}", Level.CENTRAL, "") for i in range(100)]
    plans = [a_document(f"plan-{i}", Level.TOWNSHIP, f"云南省/甲州/甲县/{i}镇", "plan") for i in range(300)]
    provinces = [a_document(f"province-{i}", Level.PROVINCE, f"{i}省") for i in range(300)]
    compared = sum(map(len, related_pairs([*opinions, *plans, *provinces]).values()))
    assert compared <= 2 * MOST_RELATED * 700


@pytest.fixture
def counterparts(tmp_path: Path) -> Counterparts:
    """Two opinions and a village plan that shares one duty with them."""
    corpus = tmp_path / "corpus"
    write_document(corpus, "centre", CENTRE)
    copied = VILLAGE.replace("看见险情先打镇值班电话", "乡镇建立综合应急救援队伍，每年训练。看见险情先打镇值班电话")
    write_document(corpus, "village", copied, region="云南省/示例镇")
    build(corpus, tmp_path / "index", load_embedder("bundled"))
    return load_counterparts(corpus, tmp_path / "index", load_catalogue(corpus))


def test_a_copied_duty_is_found_from_both_sides(counterparts: Counterparts) -> None:
    (basis,) = counterparts.of("village/3")
    assert (basis.unit, basis.relation) == ("centre/2", Relation.HIGHER)
    (lower,) = counterparts.of("centre/2")
    assert (lower.unit, lower.relation, lower.score) == ("village/3", Relation.LOWER, basis.score)


def test_what_is_no_clause_has_no_counterparts(counterparts: Counterparts) -> None:
    assert counterparts.of("village/99") == counterparts.of("nowhere/1") == ()


def test_a_corpus_without_related_documents_is_aligned_to_nothing(tmp_path: Path) -> None:
    write_document(tmp_path / "corpus", "village", region="云南省/示例镇")
    build(tmp_path / "corpus", tmp_path / "index", Letters())
    known = load_counterparts(tmp_path / "corpus", tmp_path / "index", load_catalogue(tmp_path / "corpus"))
    assert known.of("village/1") == ()


def test_a_document_without_clauses_stands_in_nobodys_way(tmp_path: Path) -> None:
    write_document(tmp_path / "corpus", "centre", "# 关于加强应急的意见\n")
    write_document(tmp_path / "corpus", "village", region="云南省/示例镇")
    assert build(tmp_path / "corpus", tmp_path / "index", Letters()).documents == 2


def test_an_empty_corpus_has_an_empty_alignment() -> None:
    empty = align([], [], postings([], []))
    assert empty.starts.tolist() == [0] and len(empty.others) == 0
