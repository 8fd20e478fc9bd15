import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search.terms import fold, gram_code, gram_codes, grams, word_codes, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("应急、救援。", "应急 救援"),
        ("ＡＢ１２", "ab12"),  # full width
        ("《突发事件应对法》第_3_条", "突发事件应对法 第 3 条"),  # the underscore is a word character to `re`
        ("二〇二五年", "二〇二五年"),  # 〇 is a number, not a mark
        ("⑴、①", "1 1"),  # NFKC writes ⑴ as (1)
        ("……？！", ""),
        ("\ud800山\ud83d火", "山 火"),  # half characters, as broken phones send them
    ],
)
def test_folding_keeps_letters_and_numbers_only(text: str, folded: str):
    assert fold(text) == folded


def test_no_gram_crosses_punctuation():
    assert grams("火、水") == ["火", "水"]
    assert grams("山火") == ["山", "火", "山火"]


def test_grams_of_function_characters_alone_are_dropped():
    # 怎么 and 呢 are dropped, 么办 is kept for its 办
    assert grams("怎么办呢") == ["办", "么办", "办呢", "怎么办", "么办呢"]


@given(st.text())
def test_codes_are_the_grams_in_the_same_order(text: str):
    assert gram_codes(text).tolist() == [gram_code(gram) for gram in grams(text)]


@given(st.text(min_size=1, max_size=3), st.text(min_size=1, max_size=3))
def test_different_grams_have_different_positive_codes(one: str, other: str):
    assert (gram_code(one) == gram_code(other)) == (one == other)
    assert "\0" in one or gram_code(one) > 0


def test_words_come_from_the_search_mode_and_never_equal_a_gram():
    assert {"突发", "突发事件", "事件"} <= set(words("突发事件"))  # search mode adds the shorter words
    assert (word_codes("村里组织应急演练") < 0).all()
    assert words("的了吗") == []


def test_jieba_is_silent_and_leaves_nothing_in_the_temporary_folder(tmp_path: Path):
    # jieba's own way unmarshals jieba.cache from the shared /tmp, whoever wrote it
    code = "from assistant.search.terms import words; words('应急演练')"
    environment = {"TMPDIR": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []
