"""Which clauses may answer, best first (权衡): search inside the asker's jurisdiction, own places preferred."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.amounts import Amount, amount_asked, amounts_in, levels_in
from assistant.answers.decision import Against, Signals, signals
from assistant.answers.elsewhere import other_law, other_place
from assistant.answers.model import Request
from assistant.citations import parse_unit_id
from assistant.documents import Document, ladder
from assistant.search.exact import names_of, without_names
from assistant.search.fuse import Hit
from assistant.search.index import Index

SEARCHED = 30
"""Clauses asked of the search: the preferences may lift one that the words alone leave behind."""
OWN_BONUS = 0.2
"""Of the best score, for the asker's own places over the centre: retrieval was tuned flat between 0.1 and 0.3."""
NAMED_BONUS = 0.3
PREAMBLE_DAMPING = 0.5
"""Preambles share the words of every question and answer hardly any."""
LEAD = 0.95
"""An own clause leads over a better one of a higher level where, its bonus counted, it scores at least this share of it."""
AMOUNT_LEAD = 0.7
"""A clause with the amount asked for leads over a better one without where it scores at least this share of it."""
SENTENCE = re.compile(r"[^。；\n]+")


@dataclass(frozen=True, slots=True)
class Weighed:
    """The clauses that may answer, best first, and what speaks for and against the best one."""

    ranked: tuple[Hit, ...]
    signals: Signals
    against: Against
    amount: Amount | None
    """The kind of amount that is asked for."""


def jurisdiction(request: Request, index: Index, *, in_force: bool = True) -> list[Document]:
    """Return the documents of the asker's place and of those above it, in force or not any more (or not yet)."""
    places = set(ladder(request.region))
    return [d for d in index.catalogue.values() if d.region in places and d.in_force(request.on) is in_force]


def weigh(request: Request, index: Index, named: Sequence[Document], *, in_force: bool = True) -> Weighed | None:
    """Return the clauses that may answer, None where there are none."""
    documents = _searched_in(request, index, named, in_force=in_force)
    asked = without_names(request.asked or request.question, named) or request.question
    hits = _hits(asked, request, {document.id for document in documents}, index)
    ranked = _with_preferences(hits, request, index, named)
    if not ranked:
        return None
    if not named:
        ranked = _own_first(ranked, request, index)
    amount = amount_asked(asked)
    if amount is not None:
        ranked = _amount_first(ranked, amount, asked, index)
    against = _against(request, index, named, no_amount=amount is not None and not _holds(ranked[0], amount, index))
    found = signals(ranked, against, familiarity=index.familiarity(asked), scope=index.scope(request.question))
    return Weighed(tuple(ranked), found, against, amount)


def _hits(asked: str, request: Request, documents: set[str], index: Index) -> list[Hit]:
    """Search for the question, and for the topic of a follow-up beside it."""
    if not request.behind:
        return index.search(asked, documents=documents, limit=SEARCHED)
    everything = sum(len(index.outlines[document].clauses()) for document in documents)
    behind = {hit.unit: hit for hit in index.search(request.behind, documents=documents, limit=everything)}
    found = index.search(index.understood(asked), documents=documents, limit=everything)
    both = [_together(hit, behind[hit.unit], request.weight) for hit in found]
    return sorted(both, key=lambda hit: -hit.score)[:SEARCHED]


def _together(hit: Hit, behind: Hit, weight: float) -> Hit:
    legs = {name: min(1.0, said + weight * behind.legs[name]) for name, said in hit.legs.items()}
    return Hit(hit.unit, hit.score + weight * behind.score, legs)


def _searched_in(request: Request, index: Index, named: Sequence[Document], *, in_force: bool) -> list[Document]:
    """Return the asker's jurisdiction; a question that names another place asks for that place's documents alone."""
    own = jurisdiction(request, index, in_force=in_force)
    if elsewhere_named(request, named):
        return list(named)
    return own + [document for document in named if document not in own]


def elsewhere_named(request: Request, named: Sequence[Document]) -> list[Document]:
    """Return the named documents that are not of the asker's place or one above it."""
    return [document for document in named if document.region not in ladder(request.region)]


def _against(request: Request, index: Index, named: Sequence[Document], *, no_amount: bool) -> Against:
    law = other_law(request.question)
    is_held = any(law in name for document in named for name in names_of(document))
    place = other_place(request.question, index.catalogue, request.region)
    return Against(no_amount, "" if is_held else law, place)


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
    return _led_by(ranked, min(strong, key=lambda place: (steps[place], place), default=0))


def _amount_first(ranked: list[Hit], amount: Amount, question: str, index: Index) -> list[Hit]:
    """Let the best clause lead that holds the amount asked for, for the level asked for (乡上几个人)."""
    asked = levels_in(question)
    close = [place for place, hit in enumerate(ranked) if hit.score >= AMOUNT_LEAD * ranked[0].score]
    holding = [place for place in close if _holds(ranked[place], amount, index)]
    if not holding or not asked:
        return _led_by(ranked, holding[0] if holding else 0)
    fitting = [place for place in holding if asked & levels_of(_text(ranked[place], index), amount)]
    return _led_by(ranked, (fitting or holding)[0])


def levels_of(text: str, amount: Amount) -> frozenset[str]:
    """Return the levels of government that a text gives an amount for, sentence by sentence."""
    sentences = (found.group() for found in SENTENCE.finditer(text))
    return frozenset().union(*(levels_in(sentence) for sentence in sentences if amounts_in(sentence, amount)))


def _holds(hit: Hit, amount: Amount, index: Index) -> bool:
    text = _text(hit, index)
    return bool(amounts_in(text, amount)) or "|" in text  # a table gives its units in the head


def _text(hit: Hit, index: Index) -> str:
    document, address = parse_unit_id(hit.unit)
    return index.outlines[document].plain(address)


def _led_by(ranked: list[Hit], lead: int) -> list[Hit]:
    return [*ranked[lead : lead + 1], *ranked[:lead], *ranked[lead + 1 :]]
