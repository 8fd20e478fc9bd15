"""Building an index (建索引): only documents that changed are tokenised and embedded again."""

import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from assistant.documents import Catalogue, Document, load_catalogue
from assistant.errors import CannotWrite, DamagedIndex, MissingIndex
from assistant.ports import Embedder, Progress, silent
from assistant.search.alignment import align
from assistant.search.explanations import (
    ENTRIES,
    Explanation,
    embed_ways,
    explanations_digest,
    load_explanations,
    unfounded,
)
from assistant.search.homophones import gather
from assistant.search.manifest import (
    FORMAT,
    Indexed,
    Manifest,
    file_digest,
    is_whole,
    read_manifest,
    write_manifest,
)
from assistant.search.parts import Part, document_entries, make_part
from assistant.search.questions import load_outside, load_questions, outside_digest
from assistant.search.ranking import Legs, assemble
from assistant.search.scope import learn
from assistant.search.storage import keep_file, read_part, write_arrays, write_part
from assistant.search.terms import VERSION

UNITS = "units.json"
EXPLAINED = "explanations.json"
ALIGNMENT = "alignment"
LEGS = ("keyword", "question", "vector", "asked")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    documents: int
    clauses: int
    questions: int
    rebuilt: tuple[str, ...]
    """Documents that were new or changed."""
    removed: tuple[str, ...]
    withheld: tuple[str, ...]
    """Explanations whose words are not in the clauses."""
    is_new: bool
    """False where the index was already up to date and nothing was written."""


def build(corpus: Path, index: Path, embedder: Embedder, progress: Progress = silent) -> BuildReport:
    """Bring the index up to the state of the corpus; until it is whole the old one stays in use.

    `progress` hears of `documents` (tokenised and embedded) and of `index` (files written).

    Raises: MissingFile, DamagedDocument, BadQuestionFile, BadExplanations, CannotWrite.
    """
    catalogue = load_catalogue(corpus)
    before = _usable(index, embedder)
    digests = {document.id: document.digest for document in catalogue.values()}
    explanations = load_explanations(corpus)
    withheld = unfounded(explanations, catalogue)
    state = digests, outside_digest(corpus), explanations_digest(corpus)
    if before and before.matches(*state) and is_whole(index / before.generation, before.files):
        return _report(before, before, withheld)
    generation = f"g{secrets.token_hex(6)}"
    try:
        (index / generation / "parts").mkdir(parents=True)
        after = _Build(corpus, index, generation, embedder, progress).run(
            catalogue, before, [entry for entry in explanations if entry.id not in withheld]
        )
        write_manifest(index, after)
    except OSError as error:
        raise CannotWrite(path=str(index), reason=error.strerror or str(error)) from error
    finally:
        _clear(index)
    return _report(before, after, withheld)


def _usable(index: Path, embedder: Embedder) -> Manifest | None:
    """Return the manifest of an index whose parts can be kept."""
    try:
        manifest = read_manifest(index)
    except (MissingIndex, DamagedIndex):
        return None
    return manifest if manifest.fits(embedder.name) else None


def _clear(index: Path) -> None:
    """Remove every generation but the one that counts: replaced ones and those that a crash left behind."""
    try:
        kept = read_manifest(index).generation
    except (MissingIndex, DamagedIndex):
        kept = ""
    for folder in index.glob("g*"):
        if folder.is_dir() and folder.name != kept:
            shutil.rmtree(folder, ignore_errors=True)


def _report(before: Manifest | None, after: Manifest, withheld: tuple[str, ...]) -> BuildReport:
    known = before.digests() if before else {}
    return BuildReport(
        documents=len(after.documents),
        clauses=sum(document.clauses for document in after.documents),
        questions=sum(document.questions for document in after.documents),
        rebuilt=tuple(document.id for document in after.documents if known.get(document.id) != document.digest),
        removed=tuple(sorted(known.keys() - after.digests().keys())),
        withheld=withheld,
        is_new=before is not after,
    )


class _Build:
    """One build into a generation folder."""

    def __init__(self, corpus: Path, index: Path, generation: str, embedder: Embedder, progress: Progress) -> None:
        self.corpus, self.index, self.generation = corpus, index, generation
        self.folder = index / generation
        self.embedder, self.progress = embedder, progress

    def run(self, catalogue: Catalogue, before: Manifest | None, explanations: Sequence[Explanation]) -> Manifest:
        """Write all files of the new generation.

        Raises: OSError, BadQuestionFile.
        """
        ordered = sorted(catalogue.values(), key=lambda document: (document.region, document.id))
        kept = {document.id: document for document in before.documents} if before else {}
        parts: list[Part] = []
        indexed: list[Indexed] = []
        for done, document in enumerate(ordered, 1):
            part, digest = self._part(document, kept.get(document.id), before)
            parts.append(part)
            questions = len(part.asked.rows)
            indexed.append(Indexed(document.id, document.digest, document.region, len(part.units), questions, digest))
            self.progress("documents", done, len(ordered))
        return Manifest(
            format=FORMAT,
            terms=VERSION,
            model=self.embedder.name,
            dimensions=self.embedder.dimensions,
            corpus=str(self.corpus.resolve()),
            generation=self.generation,
            outside=outside_digest(self.corpus),
            explanations=explanations_digest(self.corpus),
            documents=tuple(indexed),
            files=self._write(ordered, parts) | self._write_explanations(explanations),
        )

    def _part(self, document: Document, known: Indexed | None, before: Manifest | None) -> tuple[Part, str]:
        """Return the part of a document and the digest of its file: the old one where nothing changed."""
        path = self.folder / "parts" / f"{document.id}.npz"
        if before and known and known.digest == document.digest:
            old = self.index / before.generation / "parts" / path.name
            if is_whole(old.parent, {old.name: known.part}):
                keep_file(old, path)
                return read_part(path), known.part
        part = make_part(document_entries(self.corpus, document), self.embedder)
        write_part(path, part)
        return part, file_digest(path)

    def _write(self, documents: Sequence[Document], parts: Sequence[Part]) -> dict[str, str]:
        """Write what a search reads; return the digest of each file."""
        together = list(zip(documents, parts, strict=True))
        nodes = [[part for _, part in node] for _, node in groupby(together, key=lambda pair: pair[0].region)]
        legs: Legs = assemble(nodes, self.embedder.dimensions)
        units = [unit for part in parts for unit in part.units]
        (self.folder / UNITS).write_text(json.dumps(units, ensure_ascii=False), encoding="utf-8")
        inside = [
            q.question for document in documents for q in load_questions(self.corpus / document.id / "questions.jsonl")
        ]
        names = [UNITS, *write_arrays(self.folder, "scope", learn(inside, load_outside(self.corpus)))]
        names += write_arrays(self.folder, ALIGNMENT, align(documents, parts, legs.keyword))
        names += write_arrays(self.folder, "homophones", gather([part.lexicon for part in parts]))
        for done, leg in enumerate(LEGS, 1):
            names += write_arrays(self.folder, leg, getattr(legs, leg))
            self.progress("index", done, len(LEGS))
        return {name: file_digest(self.folder / name) for name in names}

    def _write_explanations(self, explanations: Sequence[Explanation]) -> dict[str, str]:
        """Write what is shown beside answers; return the digest of each file."""
        (self.folder / EXPLAINED).write_bytes(ENTRIES.dump_json(tuple(explanations)))
        names = [EXPLAINED, *write_arrays(self.folder, "explanation", embed_ways(explanations, self.embedder))]
        return {name: file_digest(self.folder / name) for name in names}
