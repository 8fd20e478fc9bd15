"""Features (特征) of a message: what the learned part of the reader looks at.

A feature is a name, kept as its CRC-32: a model is an ascending array of such codes beside its weights, so it holds no
dictionary of strings, and a name that it has not learned weighs nothing.
"""

import re
import tomllib
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.script import simplified
from assistant.triage.alarms import alarms
from assistant.triage.danger import danger
from assistant.triage.dialect import levelled

VERSION = "1"
"""Raised whenever the same text would give other features."""
LONGEST = 1200
"""Characters that are looked at: the first two thirds and the last third of them."""
LEXICON = Path(__file__).with_name("lexicon.toml")
BREAKS = re.compile(r"[\s,。，、;；:：.…~“”\"'()（）|]+")
"""What parts a message into runs; ！ and ？ stay, they say something."""
SIZES = (1, 2, 3, 4)
STEPS = (0, 1, 2, 4)
"""How many words of a group make a difference."""
LENGTHS = (4, 7, 12, 20, 35, 60, 100, 200)
ASKS = re.compile(r"[?吗么没呢]\W*$")
"""人在吗 行不行? · 没人"""


@dataclass(frozen=True, slots=True)
class Counted:
    """The features of a text: codes ascending, each family of values of its own length."""

    codes: npt.NDArray[np.uint32]
    values: npt.NDArray[np.float32]
    is_gram: npt.NDArray[np.bool_]


def folded(text: str) -> str:
    """Return the text in NFKC, lower case and simplified characters, a very long one without its middle."""
    if len(text) > LONGEST:
        text = text[: LONGEST * 2 // 3] + text[-LONGEST // 3 :]
    return simplified(unicodedata.normalize("NFKC", text).lower())


def counted(text: str) -> Counted:
    """Return the features of a text with their values: grams by the logarithm of their count, cues as 1."""
    plain = folded(text)
    runs = [run for run in BREAKS.split(plain) if run]
    level = "".join(BREAKS.split(levelled(plain)))
    grams = Counter(_code("c", gram) for gram in _grams(f"^{''.join(runs)}$"))
    grams.update(_code("n", gram) for gram in _grams(f"^{level}$"))
    cues = {_code("x", cue): 1 for cue in (*_groups(plain), *_shape(plain, runs), *_rules(text))}
    together: Mapping[int, float] = {**{code: 1 + np.log(n) for code, n in grams.items()}, **cues}
    codes = np.array(sorted(together), np.uint32)
    values = np.array([together[int(code)] for code in codes], np.float32)
    return Counted(codes, values, np.array([int(code) not in cues for code in codes], np.bool_))


def _code(family: str, name: str) -> int:
    return zlib.crc32(f"{family}{name}".encode("utf-8", "replace"))


def _grams(flat: str) -> Iterator[str]:
    return (flat[at : at + size] for size in SIZES for at in range(len(flat) - size + 1))


def _groups(plain: str) -> Iterator[str]:
    for group, words in lexicon().items():
        found = sum(word in plain for word in words)
        yield from (f"{group}>{step}" for step in STEPS if found > step)


def _shape(plain: str, runs: list[str]) -> Iterable[str]:
    size = sum(map(len, runs))
    yield from (f"longer>{least}" for least in LENGTHS if size > least)
    yield from (mark for mark in ("?", "!", "!!") if mark in plain)
    if ASKS.search(plain):
        yield "asks"
    if re.search(r"\d", plain):
        yield "number"
    if runs:
        yield from (f"first:{runs[0][:2]}", f"begins:{runs[0][:4]}", f"last:{runs[-1][-2:]}", f"ends:{runs[-1][-3:]}")


def _rules(text: str) -> Iterable[str]:
    found = danger(text)
    if found is not None:
        yield from ("danger", f"danger:{found.value}")
    shapes = alarms(text)
    yield from (f"alarm:{shape}" for shape in shapes)
    yield from (f"{one}+{other}" for one, other in combinations(shapes, 2))


@cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """Return the words of the field by what they speak for."""
    groups = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["words"]
    return {group: tuple(dict.fromkeys(words.split())) for group, words in groups.items()}
