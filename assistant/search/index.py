"""The index (索引) as answers use it: search, catalogue, outlines."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.clauses.split import split
from assistant.clauses.units import Outline
from assistant.documents import Catalogue, load_catalogue
from assistant.errors import DamagedIndex, ForeignIndex, StaleIndex
from assistant.ports import Embedder
from assistant.search.alignment import BORDER
from assistant.search.building import EXPLAINED, UNITS
from assistant.search.counterparts import Counterpart, Counterparts, read_counterparts
from assistant.search.explanations import ENTRIES, Explanation, Explanations, explanations_digest
from assistant.search.fuse import Hit, Weights
from assistant.search.homophones import Homophones, Spread
from assistant.search.keyword import Postings
from assistant.search.manifest import Manifest, is_whole, read_manifest
from assistant.search.parts import Block
from assistant.search.questions import Bank, outside_digest
from assistant.search.ranking import Legs, Ranker
from assistant.search.scope import Scope
from assistant.search.storage import read_arrays
from assistant.search.terms import SIZES, gram_code
from assistant.search.vectors import Vectors

LONGEST_GRAM = max(SIZES)


class Outlines(Mapping[str, Outline]):
    """The clause tree of each document; a text is split when it is first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._split: dict[str, Outline] = {}

    def __getitem__(self, document_id: str) -> Outline:
        if document_id not in self._split:
            self._split[document_id] = split(self._catalogue[document_id].text)
        return self._split[document_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogue)

    def __len__(self) -> int:
        return len(self._catalogue)


@dataclass(frozen=True, slots=True)
class Learned:
    """What an index holds beside the legs of its search."""

    scope: Scope
    homophones: Homophones
    explanations: Explanations
    counterparts: Counterparts
    bank: Bank


class Index:
    """A loaded index with the documents that it was built from."""

    def __init__(
        self,
        catalogue: Catalogue,
        ranker: Ranker,
        legs: Legs,
        learned: Learned,
        embedder: Embedder,
    ) -> None:
        self.catalogue = catalogue
        self.explanations = learned.explanations
        self.bank = learned.bank
        self.outlines: Mapping[str, Outline] = Outlines(catalogue)
        self._ranker = ranker
        self._legs = legs
        self._scope, self._homophones = learned.scope, learned.homophones
        self._counterparts = learned.counterparts
        self._embedder = embedder

    def search(
        self, question: str, *, documents: Collection[str], limit: int = 10, weights: Weights | None = None
    ) -> list[Hit]:
        """Return the clauses of `documents` that answer best, best first; the caller picks the jurisdiction.

        Raises: UnknownDocument.
        """
        return self._ranker.rank(question, self._embedder, documents, limit, weights or Weights())

    def nearness(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine of each text to the question."""
        rows = self._embedder.encode([question, *texts])
        return [float(cosine) for cosine in rows[1:] @ rows[0]]

    def aligned(self, unit: str, *, at_least: float = BORDER) -> tuple[Counterpart, ...]:
        """Return the clauses of related documents that carry the same matter as the clause `unit`, best first."""
        return self._counterparts.of(unit, at_least=at_least)

    def understood(self, question: str) -> str:
        """Return the question with homophone errors mended: words of the corpus for what it does not know."""
        return self._homophones.correct(question, self._spread)

    def _spread(self, stretch: str) -> Spread:
        """Return in how many clauses, and in the questions of how many, the grams of a stretch stand at least."""
        codes = [gram_code(stretch[at : at + LONGEST_GRAM]) for at in range(max(1, len(stretch) - LONGEST_GRAM + 1))]
        return Spread(
            held=min(self._legs.keyword.spread(code) for code in codes),
            asked=min(self._legs.question.spread(code) for code in codes),
        )

    def explained(self, unit: str, question: str) -> list[tuple[Explanation, float]]:
        """Return the explanations of a clause, each with the cosine of its nearest way to ask; nearest first."""
        found = self.explanations.of(unit)
        if not found:
            return []
        cosines = self.explanations.nearness(unit, self._embedder.encode([question])[0])
        return sorted(zip(found, cosines, strict=True), key=lambda pair: -pair[1])

    def scope(self, question: str) -> float:
        """Return the log odds that some document answers a question, by its words alone; 0 where nothing was learned."""
        return self._scope.score(question)

    def familiarity(self, question: str) -> float:
        """Return how much of a question the clauses' words cover: 0 to 1, weighted by rarity over the corpus."""
        return self._legs.keyword.familiarity(question)


def load(corpus: Path | None, index: Path, embedder: Embedder) -> Index:
    """Open an index and check that it is whole and belongs to this corpus, program and model.

    Without `corpus` the folder is taken that the index was built from.

    Raises: MissingIndex, ForeignIndex, StaleIndex, DamagedIndex, MissingFile, DamagedDocument.
    """
    manifest = read_manifest(index)
    if not manifest.fits(embedder.name):
        raise ForeignIndex(path=str(index))
    folder = Path(manifest.corpus) if corpus is None else corpus
    catalogue = load_catalogue(folder)
    digests = {document.id: document.digest for document in catalogue.values()}
    if not manifest.matches(digests, outside_digest(folder), explanations_digest(folder)):
        raise StaleIndex(path=str(index))
    if not is_whole(index / manifest.generation, manifest.files):
        if read_manifest(index).generation != manifest.generation:
            # a build was finished in between and has swept the generation away
            return load(corpus, index, embedder)
        raise DamagedIndex(path=str(index))
    return _open(index, manifest, catalogue, embedder, Bank(folder))


def _open(index: Path, manifest: Manifest, catalogue: Catalogue, embedder: Embedder, bank: Bank) -> Index:
    folder = index / manifest.generation
    try:
        units = json.loads((folder / UNITS).read_text(encoding="utf-8"))
        legs = Legs(
            keyword=read_arrays(folder, "keyword", Postings),
            question=read_arrays(folder, "question", Postings),
            vector=read_arrays(folder, "vector", Vectors),
            asked=read_arrays(folder, "asked", Vectors),
        )
        entries = ENTRIES.validate_json((folder / EXPLAINED).read_bytes())
        explanations = Explanations(entries, read_arrays(folder, "explanation", Block))
        scope, homophones = read_arrays(folder, "scope", Scope), read_arrays(folder, "homophones", Homophones)
        learned = Learned(scope, homophones, explanations, read_counterparts(folder, catalogue), bank)
    except (OSError, ValueError) as error:
        raise DamagedIndex(path=str(index)) from error
    documents = [(document.id, document.region, document.clauses) for document in manifest.documents]
    return Index(catalogue, Ranker(documents, units, legs), legs, learned, embedder)
