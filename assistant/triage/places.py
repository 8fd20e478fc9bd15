"""Where (地点): the stretch of a message that says it, found by a log-linear model over all stretches.

A message has one place or none. The score of a stretch is the sum of what speaks for its first character, for each
character in it, and for its last one, and of its length; the probabilities of all stretches and of none sum to 1.
Source of the method: semi-Markov conditional random fields (Sarawagi & Cohen 2004), with at most one segment.
"""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.script import simplified
from assistant.triage.place_features import Vocabulary, character_features

LONGEST = 26
"""Characters of a place; none in a thousand is longer."""
MOST = 400
"""Characters of a message that are looked at."""
START, INSIDE, END = range(3)
SHAPES = LONGEST + 1 + 8
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Places:
    """Weights of the features of characters."""

    codes: npt.NDArray[np.uint32]
    """uint32[V], ascending."""
    weights: npt.NDArray[np.float16]
    """float16[V, 3]: as the first character, as any, as the last."""
    shapes: npt.NDArray[np.float32]
    """float32[SHAPES]: of a stretch of so many characters; at 0, of none; then of whole runs."""
    words: npt.NDArray[np.uint32]
    """uint32[W]: the vocabulary."""
    kinds: npt.NDArray[np.uint8]
    """uint8[W]."""

    def find(self, text: str) -> tuple[str | None, float]:
        """Return the likeliest place, as it stands in the text, and its probability; None where none is likelier."""
        plain = aligned(text[:MOST])
        starts, ends, runs = stretches(plain)
        if not len(self.codes) or not len(starts):
            return None, 1.0
        scores = stretch_scores(self._emissions(plain), starts, ends)
        scores += self.shapes[ends - starts + 1] + self.shapes[runs]
        best = int(scores.argmax())
        top = max(float(scores[best]), float(self.shapes[0]))
        total = float(np.exp(scores - top).sum() + np.exp(self.shapes[0] - top))
        if scores[best] <= self.shapes[0]:
            return None, float(np.exp(self.shapes[0] - top)) / total
        return text[starts[best] : ends[best] + 1], float(np.exp(scores[best] - top)) / total

    def _emissions(self, plain: str) -> npt.NDArray[np.float32]:
        rows = np.zeros((len(plain), 3), np.float32)
        for place, names in enumerate(character_features(plain, Vocabulary(self.words, self.kinds))):
            codes = np.array(names, np.uint32)
            at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
            rows[place] = self.weights[at[self.codes[at] == codes]].astype(np.float32).sum(axis=0)
        return rows


def aligned(text: str) -> str:
    """Return the text in simplified half-width characters, each where its original stands."""
    folded = [unicodedata.normalize("NFKC", character).lower() for character in text]
    single = "".join(new if len(new) == 1 else old for new, old in zip(folded, text, strict=True))
    plain = simplified(single)
    return plain if len(plain) == len(text) else "".join(simplified(c)[:1] or c for c in single)


def stretches(plain: str) -> tuple[Numbers, Numbers, Numbers]:
    """Return first and last character of every stretch that may be a place, and the shape of what it is of its run.

    A stretch has two characters or more and no mark in it; a run is what stands between two marks.
    """
    runs = [match.span() for match in re.finditer(r"[\w#\-—·]+", plain)]
    found = [
        (start, end, _run_shape(place, len(runs), is_whole=(start, end + 1) == run))
        for place, run in enumerate(runs)
        for start in range(*run)
        for end in range(start + 1, min(run[1], start + LONGEST))
    ]
    columns = np.array(found, np.int64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def _run_shape(place: int, count: int, *, is_whole: bool) -> int:
    """Return the place among the shapes: part or whole of the only, the first, a middle or the last run."""
    where = 0 if count == 1 else 1 if place == 0 else 3 if place == count - 1 else 2
    return LONGEST + 1 + where + (4 if is_whole else 0)


def stretch_scores(emissions: npt.NDArray[np.float32], starts: Numbers, ends: Numbers) -> npt.NDArray[np.float32]:
    """Return what the characters of each stretch speak for it: float32[len(starts)]."""
    inside = np.concatenate([[0.0], np.cumsum(emissions[:, INSIDE], dtype=np.float64)])
    found: npt.NDArray[np.float32] = (
        emissions[starts, START] + emissions[ends, END] + (inside[ends + 1] - inside[starts])
    ).astype(np.float32)
    return found
