"""The counterparts (对应条款) of a clause, read from an index; neither embedder nor search is needed for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.citations import parse_unit_id
from assistant.documents import Catalogue
from assistant.errors import DamagedIndex, ForeignIndex, StaleIndex
from assistant.search.alignment import BORDER, Alignment, Relation, relation
from assistant.search.building import ALIGNMENT, UNITS
from assistant.search.explanations import explanations_digest
from assistant.search.manifest import is_whole, read_manifest
from assistant.search.questions import outside_digest
from assistant.search.storage import read_arrays


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A clause of another document that carries the same matter."""

    unit: str
    score: float
    relation: Relation
    """Where it stands, seen from the clause that was asked for: higher is its basis."""


class Counterparts:
    """All counterparts of a corpus."""

    def __init__(self, catalogue: Catalogue, units: Sequence[str], alignment: Alignment) -> None:
        self._catalogue = catalogue
        self._units = units
        self._alignment = alignment

    def of(self, unit: str, *, at_least: float = BORDER) -> tuple[Counterpart, ...]:
        """Return the counterparts of a clause in every related document, best first; none for what is no clause."""
        if unit not in self._numbers:
            return ()
        number, kept = self._numbers[unit], self._alignment
        begin, end = kept.starts[number], kept.starts[number + 1]
        scored = zip(kept.others[begin:end].tolist(), kept.scores[begin:end].tolist(), strict=True)
        found = (self._counterpart(unit, self._units[other], score) for other, score in scored if score >= at_least)
        return tuple(counterpart for counterpart in found if counterpart is not None)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {unit: number for number, unit in enumerate(self._units)}

    def _counterpart(self, unit: str, other: str, score: float) -> Counterpart | None:
        own, related = (self._catalogue[parse_unit_id(name)[0]] for name in (unit, other))
        stands = relation(own, related)
        return None if stands is None else Counterpart(other, score, stands)


def read_counterparts(folder: Path, catalogue: Catalogue) -> Counterparts:
    """Read the counterparts of one generation of an index.

    Raises: OSError, ValueError.
    """
    units = json.loads((folder / UNITS).read_text(encoding="utf-8"))
    return Counterparts(catalogue, units, read_arrays(folder, ALIGNMENT, Alignment))


def load_counterparts(corpus: Path, index: Path, catalogue: Catalogue) -> Counterparts:
    """Read the counterparts alone, from an index that belongs to this corpus and program.

    Raises: MissingIndex, ForeignIndex, StaleIndex, DamagedIndex.
    """
    manifest = read_manifest(index)
    if not manifest.fits(manifest.model):
        raise ForeignIndex(path=str(index))
    digests = {document.id: document.digest for document in catalogue.values()}
    if not manifest.matches(digests, outside_digest(corpus), explanations_digest(corpus)):
        raise StaleIndex(path=str(index))
    folder = index / manifest.generation
    needed = {name: digest for name, digest in manifest.files.items() if name.startswith((UNITS, f"{ALIGNMENT}."))}
    if not is_whole(folder, needed):
        raise DamagedIndex(path=str(index))
    try:
        return read_counterparts(folder, catalogue)
    except (OSError, ValueError) as error:
        raise DamagedIndex(path=str(index)) from error
