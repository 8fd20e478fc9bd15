"""The exact router (条款直达): documents named in a question, and clauses named by their number."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations import unit_id
from assistant.clauses import Family, Outline
from assistant.clauses.references import Reference
from assistant.documents import Catalogue, Document, Level, ladder
from assistant.search.lookup import find_addresses

SUFFIX = re.compile(r"(?:（示例）|\(示例\))")
PLACE_KIND = "(?:自治区|自治州|自治县|特别行政区|街道|社区|省|市|州|县|区|镇|乡|村)"
PLACE_SUFFIX = re.compile(rf"{PLACE_KIND}$")
SHORTEST_NAME = 2
KNOWN = 1 << 13
"""Names that are kept ready: every document of a province."""
GENERIC = {"应急预案", "实施意见", "意见", "预案", "规定", "办法"}
CENTRE = ("中央", "国务院", "中办", "全国", "国家层面", "党中央")


@dataclass(frozen=True, slots=True)
class Routed:
    """What the numbers in a question lead to."""

    units: tuple[str, ...]
    """Unit ids, nearest jurisdiction first."""
    missing: tuple[tuple[str, str], ...]
    """(document id, number as printed) of clauses that do not exist in a document that was named."""


@lru_cache(maxsize=KNOWN)
def names_of(document: Document) -> tuple[str, ...]:
    """Return the names under which people mean a document, longest first, without 《》 and （示例）."""
    names = {SUFFIX.sub("", name).strip() for name in (document.title, document.short_title, *document.aliases)}
    return tuple(sorted((name for name in names if len(name) >= SHORTEST_NAME), key=lambda name: (-len(name), name)))


@lru_cache(maxsize=KNOWN)
def local_names(document: Document) -> tuple[str, ...]:
    """Return the names of a document without its place (总体预案 for 示例镇总体预案): how its own people say it."""
    place = document.region.rsplit("/", 1)[-1]
    found = (name.removeprefix(place) for name in names_of(document) if place and name.startswith(place))
    return tuple(name for name in found if name not in GENERIC and len(name) >= SHORTEST_NAME)


def places_of(region: str) -> tuple[str, ...]:
    """Return how a place is called: 云南省 and 云南; a stem of one character is no name."""
    place = region.rsplit("/", 1)[-1]
    stem = PLACE_SUFFIX.sub("", place)
    return (place, stem) if len(stem) >= SHORTEST_NAME and stem != place else (place,)


def documents_named(question: str, catalogue: Catalogue, region: str) -> list[Document]:
    """Return the documents that a question names by title, by alias, or by their place; by id.

    region: the asker's place; only its own documents go by names without a place.
    """
    asked = _bare(question)
    places = set(ladder(region))
    by_name = [
        document
        for document in catalogue.values()
        if any(_bare(name) in asked for name in names_of(document))
        or (document.region in places and any(_bare(name) in asked for name in local_names(document)))
    ]
    by_place = [document for document in catalogue.values() if document not in by_name and _is_placed(asked, document)]
    return by_name + [d for d in by_place if not by_name or d.kind == "opinion"]


@lru_cache(maxsize=KNOWN)
def _bare(name: str) -> str:
    """Return a name or question without what people leave out or add: blanks, 、 and book marks."""
    return re.sub(r"[《》〈〉“”、\s]", "", name)


def _is_placed(asked: str, document: Document) -> bool:
    """Say whether the document's own place is named; 示例镇 does not name 示例县, whose stem it shares."""
    if document.level is Level.CENTRAL:
        return any(name in asked for name in CENTRE)
    return bool(document.region and _place_pattern(document.region).search(asked))


@lru_cache(maxsize=KNOWN)
def _place_pattern(region: str) -> re.Pattern[str]:
    place, *stems = places_of(region)
    return re.compile("|".join([re.escape(place), *(f"{re.escape(stem)}(?!{PLACE_KIND})" for stem in stems)]))


def without_names(question: str, named: Iterable[Document]) -> str:
    """Return the question without the names of the documents, which say nothing about the matter."""
    for document in named:
        for name in (*names_of(document), *local_names(document)):
            question = _spoken(name).sub("", question)
    return question


@lru_cache(maxsize=KNOWN)
def _spoken(name: str) -> re.Pattern[str]:
    return re.compile("《?" + r"[、\s]*".join(map(re.escape, _bare(name))) + "》?")


def route(
    references: Sequence[Reference],
    documents: Sequence[Document],
    outlines: Mapping[str, Outline],
    *,
    named: bool,
) -> Routed:
    """Return the units that the numbers mean in `documents`, in that order.

    named: the question names the documents, so a number that they lack is reported as missing.
    """
    units: list[str] = []
    missing: list[tuple[str, str]] = []
    for reference in references:
        found = [
            unit_id(document.id, address)
            for document in documents
            for address in find_addresses(reference, outlines[document.id])
        ]
        units.extend(unit for unit in found if unit not in units)
        if not found:
            missing.extend(_missing(reference, documents, outlines, named=named))
    return Routed(tuple(units), tuple(missing))


def _missing(
    reference: Reference, documents: Sequence[Document], outlines: Mapping[str, Outline], *, named: bool
) -> list[tuple[str, str]]:
    """Report a number that was not found; 5.12 is a day where no document numbers its clauses so."""
    is_clear = named or len(documents) == 1
    if reference.kind == "decimal":
        decimal = [d for d in documents if any(unit.family is Family.DECIMAL for unit in outlines[d.id])]
        return [(document.id, reference.printed) for document in decimal if is_clear]
    return [(document.id, reference.printed) for document in documents] if is_clear else [("", reference.printed)]


def order_by_ladder(documents: Iterable[Document], region: str) -> list[Document]:
    """Return documents nearest place first; those outside the asker's ladder last; opinions before plans of a level."""
    places = {place: i for i, place in enumerate(ladder(region))}
    return sorted(documents, key=lambda d: (places.get(d.region, len(places)), d.kind != "opinion", d.id))
