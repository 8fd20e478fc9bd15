"""How much of a clean text comes back from its damaged copies: units, headings, character errors."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from assistant.ingest.cleaning import clean
from assistant.ingest.collation import Collation, collate
from tests.noise import Damaged, Part, parts_of, three_copies

UNLIKE = 0.7
"""Share of a unit that may differ before it counts as missing."""


@dataclass(slots=True)
class Recovery:
    """Sums over one or more rounds."""

    missing: list[str] = field(default_factory=list)
    """Units that at least one copy has in full, and the result has not."""
    errors: Counter[int] = field(default_factory=Counter)
    """Wrong, lost or added characters, by the number of copies that have the unit in full."""
    characters: Counter[int] = field(default_factory=Counter)
    headings: int = 0
    right_headings: int = 0
    added: int = 0
    """Characters of paragraphs that are in no copy's original: scraps of other articles, halves of units."""

    def error_rate(self, *witnesses: int) -> float:
        """Return the character error rate over the units of which so many copies are left."""
        return sum(self.errors[n] for n in witnesses) / max(1, sum(self.characters[n] for n in witnesses))


def recover(text: str, seed: int, total: Recovery, related: Sequence[str] = ()) -> Collation:
    """Damage a text, clean and collate the copies, and add to `total` what came back."""
    copies = three_copies(text, seed)
    result = collate([clean(damaged.copy) for damaged in copies], related)
    compare(parts_of(text), parts_of(result.text), copies, total)
    return result


def compare(units: Sequence[Part], found: Sequence[Part], copies: Sequence[Damaged], total: Recovery) -> None:
    """Pair every unit with the nearest part of the result that is still free."""
    free = dict(enumerate(part.text for part in found))
    for k, unit in enumerate(units):
        witnesses = sum(k in damaged.kept for damaged in copies)
        near = [(Levenshtein.distance(unit.text, text), abs(i - k), i) for i, text in free.items()]
        distance, _, place = min(near, default=(len(unit.text), 0, -1))
        if distance > UNLIKE * len(unit.text):
            distance = len(unit.text)
            total.missing += [unit.text] if witnesses else []
        else:
            del free[place]
        total.errors[witnesses] += distance
        total.characters[witnesses] += len(unit.text)
        if unit.kind == "heading":
            total.headings += 1
            total.right_headings += distance == 0
    total.added += sum(map(len, free.values()))
