import numpy as np
import pytest

from assistant.search.bags import bag, count
from assistant.search.keyword import MOST_TERMS, Postings, postings
from assistant.search.terms import gram_code

FIRE = "森林火灾扑救"
FLOOD = "山洪转移群众"
CENTRE = "加强队伍建设，组织群众"


def two_nodes() -> Postings:
    nodes = [[FIRE, FLOOD], [CENTRE]]
    return postings([bag([(1.0, text)] for text in node) for node in nodes], [2, 1])


def test_the_clause_with_the_words_is_best_and_the_others_score_nothing():
    found = two_nodes()
    scores = found.score(0, 2, found.query("森林火灾"))
    assert scores[0] > 0.3
    assert scores[1] == 0


def test_a_node_that_is_not_asked_for_is_not_touched():
    found = two_nodes()
    query = found.query("组织群众")
    assert found.score(0, 2, query)[1] > 0
    assert found.score(1, 1, query)[0] > found.score(0, 2, query)[1]


def test_idf_is_that_of_the_whole_corpus():
    found = two_nodes()
    places = np.searchsorted(found.lexicon, [gram_code("群"), gram_code("火")])
    assert found.idf[places[0]] < found.idf[places[1]]  # 群 stands in both nodes


def test_the_same_words_in_a_shorter_clause_weigh_more():
    found = postings([bag([[(1.0, "火灾")], [(1.0, "火灾" + FLOOD * 5)]])], [2])
    short, long = found.score(0, 2, found.query("火灾"))
    assert short > long > 0


def test_a_title_weighs_more_than_the_body():
    found = postings([bag([[(3.0, "火灾"), (1.0, FLOOD)], [(1.0, "火灾"), (1.0, FLOOD)]])], [2])
    titled, plain = found.score(0, 2, found.query("火灾"))
    assert titled > plain


@pytest.mark.parametrize("question", ["", "？！", "的了吗", "xyz"])
def test_a_question_without_known_words_scores_nothing(question: str):
    found = two_nodes()
    assert found.score(0, 2, found.query(question)).tolist() == [0, 0]
    assert found.familiarity(question) == 0


def test_familiarity_is_the_share_of_known_words():
    found = two_nodes()
    assert found.familiarity(FIRE) == 1
    assert 0 < found.familiarity(FIRE + "比特币涨价") < 1


def test_a_pasted_page_costs_no_more_than_a_question():
    page = "".join(chr(0x4E00 + place) for place in range(3000))
    found = postings([bag([[(1.0, page)], [(1.0, FIRE)]])], [2])
    assert len(found.query(page).codes) == MOST_TERMS


def test_a_word_that_is_repeated_counts_twice_at_most():
    found = two_nodes()
    twice, often = found.query("火灾火灾 群众"), found.query("火灾火灾火灾火灾火灾 群众")
    assert found.score(0, 2, often)[0] <= found.score(0, 2, twice)[0] * 1.01


def test_an_empty_corpus_has_no_scores():
    assert postings([], []).query("火灾").codes.tolist() == []


def test_counts_are_weighted_and_terms_are_distinct():
    codes, counts = count([(3.0, "火"), (1.0, "火灾")])
    assert dict(zip(codes.tolist(), counts.tolist(), strict=True))[gram_code("火")] == 4
    assert len(set(codes.tolist())) == len(codes)
    assert count([])[0].tolist() == []
