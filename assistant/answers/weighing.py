"""Which clauses may answer, best first (权衡): search inside the asker's jurisdiction, own places preferred."""

from collections.abc import Sequence

from assistant.answers.decision import Signals, signals
from assistant.answers.model import Request
from assistant.citations import parse_unit_id
from assistant.documents import Document, ladder
from assistant.search.exact import without_names
from assistant.search.fuse import Hit
from assistant.search.index import Index

SEARCHED = 30
"""Clauses asked of the search: the preferences may lift one that the words alone leave behind."""
OWN_BONUS = 0.2
"""Of the best score, for the asker's own places over the centre: retrieval was tuned flat between 0.1 and 0.3."""
NAMED_BONUS = 0.3
PREAMBLE_DAMPING = 0.5
"""Preambles share the words of every question and answer hardly any."""
LEAD = 0.85
"""An own clause leads over a better one of a higher level where it scores at least this share of it."""


def jurisdiction(request: Request, index: Index, *, in_force: bool = True) -> list[Document]:
    """Return the documents of the asker's place and of those above it, in force or not any more (or not yet)."""
    places = set(ladder(request.region))
    return [d for d in index.catalogue.values() if d.region in places and d.in_force(request.on) is in_force]


def weigh(
    request: Request, index: Index, named: Sequence[Document], *, in_force: bool = True
) -> tuple[list[Hit], Signals | None]:
    """Return the clauses that may answer, best first, and what speaks for the best; None where there is none."""
    documents = jurisdiction(request, index, in_force=in_force)
    documents += [document for document in named if document not in documents]
    asked = without_names(request.question, named) or request.question
    hits = index.search(asked, documents={document.id for document in documents}, limit=SEARCHED)
    ranked = _with_preferences(hits, request, index, named)
    if not ranked:
        return ranked, None
    if not named:
        ranked = _own_first(ranked, request, index)
    document_id, address = parse_unit_id(ranked[0].unit)
    text = index.outlines[document_id].plain(address)
    found = signals(
        ranked, request.question, text, familiarity=index.familiarity(asked), scope=index.scope(request.question)
    )
    return ranked, found


def _with_preferences(hits: Sequence[Hit], request: Request, index: Index, named: Sequence[Document]) -> list[Hit]:
    best = max((hit.score for hit in hits), default=0.0)
    named_ids = {document.id for document in named}
    scored = []
    for hit in hits:
        document, address = parse_unit_id(hit.unit)
        score = hit.score * (PREAMBLE_DAMPING if address == "preamble" else 1.0)
        region = index.catalogue[document].region
        if region and region in ladder(request.region):
            score += OWN_BONUS * best
        if document in named_ids:
            score += NAMED_BONUS * best
        scored.append(Hit(hit.unit, score, hit.legs))
    return sorted(scored, key=lambda hit: (-hit.score, hit.unit))


def levels(ranked: Sequence[Hit], request: Request, index: Index) -> list[int]:
    """Return for each hit how many steps above the asker's own place its document is; foreign ones come last."""
    depth = {place: i for i, place in enumerate(ladder(request.region))}
    return [depth.get(index.catalogue[parse_unit_id(hit.unit)[0]].region, len(depth)) for hit in ranked]


def _own_first(ranked: list[Hit], request: Request, index: Index) -> list[Hit]:
    """Let the best clause of the nearest place lead where it is nearly as good as the best of all."""
    steps = levels(ranked, request, index)
    strong = [place for place, hit in enumerate(ranked) if hit.score >= LEAD * ranked[0].score]
    lead = min(strong, key=lambda place: (steps[place], place), default=0)
    return [*ranked[lead : lead + 1], *ranked[:lead], *ranked[lead + 1 :]]
