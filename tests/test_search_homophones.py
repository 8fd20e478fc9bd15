"""What sounds like a word of the corpus is read as that word, where the corpus does not know it otherwise."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search import Index
from assistant.search.homophones import LONGEST, Homophones, Spread, gather, lexicon
from assistant.search.terms import fold

CLAUSES = ["乡镇建立综合应急救援队。", "值班人员接到预警立即敲锣。", "每年组织一次山洪转移演练。", "排查隐患。"]
ASKED = ["喇叭响了怎么办"] * 3 + ["就援队几个人"]


@pytest.fixture(scope="module")
def homophones() -> Homophones:
    return gather([lexicon(CLAUSES, ASKED)])


def spread(stretch: str) -> Spread:
    return Spread(sum(stretch in text for text in CLAUSES), sum(stretch in text for text in ASKED))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("就援队几个人", "救援队几个人"),  # asked once in these words: an error that somebody made before
        ("听到预井怎么办", "听到预警怎么办"),
        ("只班人员能睡吗", "值班人员能睡吗"),  # zhi = zhi
        ("滑破演连", "滑破演练"),
        ("山红来了", "山洪来了"),
        ("拉叭坏了", "喇叭坏了"),  # in no clause, but asked often
        ("拍查隐换", "排查隐患"),
    ],
)
def test_words_of_the_same_sound_are_mended(homophones: Homophones, written: str, read: str) -> None:
    assert homophones.correct(written, spread) == read


def test_southern_sounds_are_mended_where_a_character_is_shared(homophones: Homophones) -> None:
    assert homophones.correct("应急救援兑", spread) == "应急救援队"
    assert homophones.correct("山逢来了", spread) == "山逢来了"  # feng for hong is no error that people make
    assert homophones.correct("预警敲罗", spread) == "预警敲锣"


def test_what_several_people_ask_stays_unless_the_word_is_far_more_frequent(homophones: Homophones) -> None:
    def often(times: float) -> Callable[[str], Spread]:
        return lambda stretch: Spread(0, 5) if stretch == "预井" else Spread(times, 0)

    assert homophones.correct("听到预井", often(39)) == "听到预井"
    assert homophones.correct("听到预井", often(40)) == "听到预警"


@pytest.mark.parametrize(
    "text", ["救援队几个人", "值班的人能睡觉吗", "", "。。", "abc 123", "我们就原来那样", "演练，完 了", "就"]
)
def test_what_is_known_or_sounds_like_nothing_stays_as_it_was(homophones: Homophones, text: str) -> None:
    assert homophones.correct(text, spread) == text


@given(text=st.text("就救援队预警井 只值班abc，", max_size=30))
def test_the_length_never_changes(homophones: Homophones, text: str) -> None:
    assert len(fold(homophones.correct(text, spread))) == len(fold(text))


def test_words_are_at_most_four_characters_and_the_most_frequent_come_first() -> None:
    found = lexicon(["演练演练演练", "值班"], [])
    assert gather([found]).words.tolist() == ["演练", "值班"]
    assert max(map(len, found.words.tolist())) <= LONGEST


@pytest.mark.parametrize(
    ("written", "meant"),
    [("就援队要几个人", "救援队要几个人"), ("演连一年几次", "演练一年几次"), ("只班室夜里能睡吗", "值班室夜里能睡吗")],
)
def test_the_shipped_index_understands_errors(index: Index, written: str, meant: str) -> None:
    assert index.understood(written) == meant


@pytest.mark.parametrize("text", ["隐患怎么上报有奖吗", "村里一年要演练几次", "老人不肯走怎么办"])
def test_the_shipped_index_leaves_plain_questions_alone(index: Index, text: str) -> None:
    assert index.understood(text) == text
