"""Files as received → a document's folder in the corpus, with the report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.clauses import Outline, split
from assistant.clauses.numbering import check_numbers
from assistant.documents import DOCUMENT_ID, Catalogue, Level, load_catalogue
from assistant.errors import BadIdentifier, NoClauses, UnknownDocument
from assistant.ingest.blocks import Cleaned
from assistant.ingest.cleaning import clean
from assistant.ingest.collation import Collation, collate, variants_markdown
from assistant.ingest.copies import Copy
from assistant.ingest.folder import described_before, digest, write_folder
from assistant.ingest.reading import read
from assistant.ingest.report import IngestReport, unread_pages
from assistant.ingest.sources import cut_foreign
from assistant.ingest.variants import Ground
from assistant.ports import Progress, silent

DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
UNREADABLE = re.compile(r"[\ufffd□\ue000-\uf8ff]")
"""Replacement marks and private characters: what a converter could not read."""


@dataclass(frozen=True, slots=True)
class Described:
    """What the person who ingests says about a document."""

    id: str
    title: str | None
    level: Level
    region: str


def ingest_files(
    paths: Sequence[Path],
    described: Described,
    corpus: Path,
    *,
    related: Sequence[str] = (),
    ocr: bool = False,
    progress: Progress = silent,
) -> IngestReport:
    """Read the copies of one document, make one text of them, and put it into the corpus.

    related: ids of documents that may quote from this one; without any, all other documents of the corpus.
    Raises: the BadInput tree of the readers, BadIdentifier, UnknownDocument, NoClauses, CannotWrite; nothing is
    then changed in the corpus.
    """
    if not DOCUMENT_ID.fullmatch(described.id):
        raise BadIdentifier(id=described.id)
    copies = []
    for number, path in enumerate(paths, 1):
        copies.append(read(path, ocr=ocr))
        progress("read", number, len(paths))
    cleaned = [clean(copy, described.title) for copy in copies]
    # one copy has no variants to decide
    witnesses = _related_texts(corpus, described.id, related) if len(cleaned) > 1 or related else []
    collated = collate(cleaned, witnesses)
    outline = split(collated.text)
    if not outline.clauses():
        raise NoClauses(path="、".join(str(path) for path in paths))
    _write(corpus / described.id, described, copies, cleaned, collated)
    return _report(described, copies, collated, outline)


def _related_texts(corpus: Path, document_id: str, related: Sequence[str]) -> list[str]:
    catalogue = load_catalogue(corpus) if corpus.is_dir() else Catalogue({})
    for wanted in related:
        if wanted not in catalogue:
            raise UnknownDocument(document=wanted)
    chosen = related or [other for other in catalogue if other != document_id]
    return [catalogue[other].text for other in chosen]


def _write(
    folder: Path, described: Described, copies: Sequence[Copy], cleaned: Sequence[Cleaned], collated: Collation
) -> None:
    names = _source_names(copies)
    sources = {f"sources/{name}": cut_foreign(copy, collated.dropped) for name, copy in zip(names, copies, strict=True)}
    if len(copies) > 1 or collated.variants:
        sources["sources/variants.md"] = variants_markdown(collated.variants, [copy.name for copy in cleaned])
    written = [
        {"file": f"sources/{name}", "sha256": digest(sources[f"sources/{name}"]), "received_sha256": copy.sha256}
        for name, copy in zip(names, copies, strict=True)
    ]
    toml = _toml(described_before(folder), described, collated)
    toml["unchecked"] = any(copy.unchecked for copy in copies)
    write_folder(folder, toml | {"copies": written}, {"text.md": collated.text, **sources})


def _source_names(copies: Sequence[Copy]) -> list[str]:
    """Return one file name per copy; what was not text is kept as the text that was read from it."""
    stems = [re.sub(r"[^\w.-]+", "-", Path(copy.name).stem) or "copy" for copy in copies]
    return [f"{stem}.txt" if stems.count(stem) == 1 else f"{stem}-{i}.txt" for i, stem in enumerate(stems, 1)]


def _toml(before: dict[str, Any], described: Described, collated: Collation) -> dict[str, Any]:
    """Keep what a person has written into document.toml; fill in what is new."""
    title = described.title or collated.title or before.get("title") or described.id
    fresh: dict[str, Any] = {
        "id": described.id,
        "title": title,
        "short_title": title,
        "issuer": "",
        "kind": "opinion" if "意见" in title else "plan" if "预案" in title else "rule",
        "level": described.level.value,
        "region": described.region,
        "sample": False,
        "source": "",
    }
    issued = _day(collated.dateline)
    if issued is not None:
        fresh["issued"] = issued
    return fresh | before | {"id": described.id}


def _day(dateline: str) -> date | None:
    found = DAY.search(dateline)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:  # 2024年13月1日 is a misprint, not a date
        return None


def _report(described: Described, copies: Sequence[Copy], collated: Collation, outline: Outline) -> IngestReport:
    doubtful = sum(len(variant.choice) for variant in collated.variants if variant.is_doubtful)
    unreadable = len(UNREADABLE.findall(collated.text))
    return IngestReport(
        document=described.id,
        title=collated.title,
        copies=tuple(copy.name for copy in copies),
        characters=len(collated.text),
        units=len(outline.units),
        clauses=len(outline.clauses()),
        findings=tuple(check_numbers(outline)),
        dropped=collated.dropped,
        variants=len(collated.variants),
        repairs=tuple((tuple(v.readings.values()), v.choice) for v in collated.variants if v.reason is Ground.SEQUENCE),
        doubtful=(doubtful + unreadable) / max(len(collated.text), 1),
        unchecked=any(copy.unchecked for copy in copies),
        unread_pages=unread_pages(copies),
    )
