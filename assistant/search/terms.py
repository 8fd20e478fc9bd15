"""Terms (检索词) of a text: character grams and jieba search words, and their integer codes.

A gram of one to three characters is packed into one positive integer without loss; a word becomes a negative
64-bit hash. Postings are sorted arrays of such codes, so no index holds a dictionary of strings.
"""

import re
import sys
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b

import jieba
import numpy as np
import numpy.typing as npt

from assistant.script import simplified

Codes = npt.NDArray[np.int64]

VERSION = "3"
"""Raised whenever the same text would give other terms; an index of another version is foreign."""
SIZES = (1, 2, 3)
BREAKS = re.compile(r"[\W_]+")
"""Punctuation and blanks: 、 。 “ · near miss 〇"""
FUNCTION_CHARACTERS = frozenset(
    "的了吗呢吧啊呀嘛哦么是在和与及或也都就还又被把给对从到向为以之其这那个们你我他她它咱俺您有要会能可让请问着过得地所"
    "什哪几谁怎咋啥样儿候来去子里没上下多边底点好时一不"
)
"""Characters that say how a sentence is built, not what it is about; a term made only of them is dropped."""
CHARACTER_BITS = 21
"""Unicode code points fit into 21 bits, three of them into a positive int64."""


def fold(text: str) -> str:
    """Return `text` in NFKC, lower case and simplified characters, each stretch of punctuation and blanks as one blank."""
    return BREAKS.sub(" ", simplified(unicodedata.normalize("NFKC", text).lower())).strip()


def grams(text: str) -> list[str]:
    """Return the character 1-, 2- and 3-grams of a folded text, shortest first; none crosses a blank."""
    runs = fold(text).split()
    pieces = (run[at : at + size] for size in SIZES for run in runs for at in range(len(run) - size + 1))
    return [piece for piece in pieces if not FUNCTION_CHARACTERS.issuperset(piece)]


def words(text: str) -> list[str]:
    """Return the words of at least two characters that jieba's search mode finds in the folded text."""
    found = _segmenter().cut_for_search(fold(text), HMM=False)
    return [word for word in found if len(word) > 1 and not FUNCTION_CHARACTERS.issuperset(word)]


def tokens(text: str) -> list[str]:
    """Return the words and single characters into which jieba cuts a folded text; together they are the text."""
    return list(_segmenter().cut(text, HMM=False))


def gram_codes(text: str) -> Codes:
    """Return the codes of `grams(text)`: int64[n], all positive, in the same order."""
    characters = np.frombuffer(fold(text).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    is_break = characters == ord(" ")
    is_function = _function_table()[characters]
    return np.concatenate([_windows(characters, is_break, is_function, size) for size in SIZES])


def _windows(
    characters: Codes, is_break: npt.NDArray[np.bool_], is_function: npt.NDArray[np.bool_], size: int
) -> Codes:
    count = max(len(characters) - size + 1, 0)
    codes = np.zeros(count, dtype=np.int64)
    broken = np.zeros(count, dtype=np.bool_)
    idle = np.ones(count, dtype=np.bool_)
    for place in range(size):
        codes |= characters[place : place + count] << (CHARACTER_BITS * (len(SIZES) - 1 - place))
        broken |= is_break[place : place + count]
        idle &= is_function[place : place + count]
    return codes[~(broken | idle)]


@cache
def _function_table() -> npt.NDArray[np.bool_]:
    """Return for every code point whether it is a function character: bool[1,114,112]."""
    table = np.zeros(sys.maxunicode + 1, np.bool_)
    table[[ord(character) for character in FUNCTION_CHARACTERS]] = True
    return table


def gram_code(gram: str) -> int:
    """Return the code of one gram of at most three characters."""
    return sum(ord(char) << (CHARACTER_BITS * (len(SIZES) - 1 - place)) for place, char in enumerate(gram))


def word_codes(text: str) -> Codes:
    """Return the codes of `words(text)`: int64[n], all negative, in the same order."""
    return np.array([_word_code(word) for word in words(text)], dtype=np.int64)


@lru_cache(maxsize=1 << 16)
def _word_code(word: str) -> int:
    hashed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
    return -(hashed >> 1) - 1


@cache
def _segmenter() -> jieba.Tokenizer:
    """Return jieba with its dictionary read from the package (0.5 s, once).

    jieba's own `initialize` logs to stderr and unmarshals a cache from the shared temporary folder, where anybody
    may have put it; so the dictionary is handed over ready.
    """
    segmenter = jieba.Tokenizer()
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    return segmenter
