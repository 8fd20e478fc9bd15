"""Homophone errors (同音错字): 就援队 is read as 救援队 where the corpus knows only the second.

Typing by sound and speech-to-text put a character of the same sound for the right one. A stretch of a question that
the corpus does not know is replaced by a word of the corpus that sounds the same; what the corpus knows is left alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.search.terms import FUNCTION_CHARACTERS, fold, tokens, words

LONGEST = 4
"""Characters of a word that is looked for; longer ones are found by their parts."""
LEAST_ASKED = 3
"""A word that stands in no clause must have been asked so often, or it may be an error itself."""
RARER = 8
"""A stretch that is asked may be an error that several people made: where its word is so many times as frequent."""
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
FIRST, LAST = 0x4E00, 0x9FFF
# How people of the south and west hear and type: zh/z, ch/c, sh/s, l/n, hu/f, and -ng/-n alike.
MERGED = ((r"^([zcs])h", r"\1"), (r"^l", "n"), (r"^hu(?=[aeio])", "f"), (r"(?<=[aei])ng$", "n"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of two to four characters, and how often each stands in clauses and in questions."""

    words: npt.NDArray[np.str_]
    held: npt.NDArray[np.int32]
    asked: npt.NDArray[np.int32]


def lexicon(texts: Iterable[str], questions: Iterable[str]) -> Lexicon:
    """Count the words of clauses and of the questions of a bank."""
    held, asked = _counted(texts), _counted(questions)
    found = sorted(held.keys() | asked.keys())
    return Lexicon(
        np.array(found, dtype=np.str_),
        np.array([held[word] for word in found], np.int32),
        np.array([asked[word] for word in found], np.int32),
    )


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in words(text) if len(word) <= LONGEST and HAN.fullmatch(word))


@dataclass(frozen=True, slots=True)
class Spread:
    """How many clauses hold a stretch of text, and for how many it was asked."""

    held: float
    asked: float


@dataclass(frozen=True, slots=True)
class Homophones:
    """The words of the corpus and the sounds of all characters."""

    words: npt.NDArray[np.str_]
    """str[W], most frequent first."""
    sounds: npt.NDArray[np.str_]
    """str[20,992]: pinyin without tones from U+4E00 on; a character that has none stands for itself."""
    _by_sound: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    def correct(self, question: str, spread: Callable[[str], Spread]) -> str:
        """Return the question with words of the corpus for stretches that it does not know and that sound the same.

        spread: says how far a stretch of two to four characters is known. The longest stretch goes first. A question in
        which nothing is replaced comes back as it was, else folded.
        """
        folded = fold(question)
        sounding = ((start, stretch, self._word_for(stretch)) for start, stretch in _stretches(folded))
        found = [(start, word) for start, stretch, word in sounding if word and _is_error(stretch, word, spread)]
        characters = list(folded)
        taken: set[int] = set()
        for start, word in sorted(found, key=lambda pair: (-len(pair[1]), pair[0])):
            places = range(start, start + len(word))
            if taken.isdisjoint(places):
                taken.update(places)
                characters[start : start + len(word)] = word
        return "".join(characters) if taken else question

    def _word_for(self, stretch: str) -> str:
        """Return the most frequent word that sounds like a stretch and shares characters with it, else nothing."""
        if not self._by_sound:
            self._fill()
        key = self._key(stretch)
        for sound, least in ((key, len(stretch) - 2), (_merged(key), len(stretch) - 1)):
            for word in self._by_sound.get(sound, ()):
                shared = sum(a == b for a, b in zip(word, stretch, strict=True))
                if word != stretch and shared >= least:
                    return word
        return ""

    def _fill(self) -> None:
        for word in self.words.tolist():
            key = self._key(word)
            for each in (key, _merged(key)):
                self._by_sound.setdefault(each, []).append(word)

    def _key(self, stretch: str) -> str:
        return " ".join(self.sounds[ord(character) - FIRST] for character in stretch)


def _is_error(stretch: str, word: str, spread: Callable[[str], Spread]) -> bool:
    known = spread(stretch)
    if known.held or known.asked < LEAST_ASKED:
        return not known.held
    meant = spread(word)
    return RARER * known.asked <= meant.held + meant.asked


def _merged(key: str) -> str:
    # the mark keeps a merged key from meeting an exact one
    return "~ " + " ".join(map(_merged_syllable, key.split(" ")))


@lru_cache(maxsize=1 << 10)
def _merged_syllable(syllable: str) -> str:
    for pattern, merged in MERGED:
        syllable = re.sub(pattern, merged, syllable)
    return syllable


def _stretches(folded: str) -> Iterable[tuple[int, str]]:
    """Return place and text of each run of whole words that is two to four characters long."""
    for run in HAN.finditer(folded):
        edges = np.cumsum([run.start(), *map(len, tokens(run.group()))]).tolist()
        for place, start in enumerate(edges):
            for end in edges[place + 1 :]:
                if end - start > LONGEST:
                    break
                stretch = folded[start:end]
                if len(stretch) > 2 or (len(stretch) == 2 and not FUNCTION_CHARACTERS.intersection(stretch)):
                    yield start, stretch


def gather(lexicons: Sequence[Lexicon]) -> Homophones:
    """Return the words that clauses hold or that are often asked."""
    # needed for building only: 0.2 s that no question has to wait for
    from pypinyin import Style, pinyin  # noqa: PLC0415

    held: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for part in lexicons:
        held.update(dict(zip(part.words.tolist(), part.held.tolist(), strict=True)))
        asked.update(dict(zip(part.words.tolist(), part.asked.tolist(), strict=True)))
    kept = [word for word, _ in (held + asked).most_common() if held[word] or asked[word] >= LEAST_ASKED]
    read = pinyin([chr(code) for code in range(FIRST, LAST + 1)], style=Style.NORMAL)
    return Homophones(np.array(kept, dtype=np.str_), np.array([sounds[0] for sounds in read], dtype=np.str_))
