"""question → Answer: exact router first, else search inside the asker's jurisdiction; every quote verified."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers.choosing import FIRST_BUDGET, FURTHER_BUDGET, choose
from assistant.answers.decision import NEAR, Calibration, Signals, confidence, decide, signals
from assistant.answers.model import Answer, Asker, Decision, Passage, Reason
from assistant.citations import cite, outline_label, parse_unit_id, sentences, unit_id, verify
from assistant.clauses import Kind
from assistant.clauses.references import WHOLE, find_references
from assistant.documents import Document, ladder
from assistant.errors import BadQuestion
from assistant.search.exact import Routed, documents_named, order_by_ladder, route, without_names
from assistant.search.fuse import Hit
from assistant.search.index import Index
from assistant.search.terms import fold

LONGEST_QUESTION = 1000
"""Characters; longer than any message a person types, and short enough to be searched at once."""
RANKED = 10
OWN_BONUS = 0.2
"""Of the best score, for the asker's own places over the centre: retrieval was tuned flat between 0.1 and 0.3."""
NAMED_BONUS = 0.3
PREAMBLE_DAMPING = 0.5
"""Preambles share the words of every question and answer hardly any."""
SHOWN = {Asker.VILLAGER: 3, Asker.CADRE: 2, Asker.TRAINER: 1}
"""Clauses of the asker's own level that are shown; the basis comes on top."""
NEARBY = 2
"""Clauses that a refusal names as perhaps related, without quoting them."""
LEAD = 0.85
"""An own clause leads over a better one of a higher level where it scores at least this share of it."""
CLOSE = 0.75
"""A further clause is shown where it scores at least this share of the best."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what is known of its asker."""

    question: str
    region: str
    asker: Asker
    on: date
    context: tuple[str, ...] = ()
    """Units cited last, for 上一条, 全文 and numbers without a document."""


def answer(request: Request, index: Index) -> Answer:
    """Answer from the documents in force in the asker's jurisdiction and those that the question names.

    Raises: BadQuestion where it is empty, only punctuation or too long.
    """
    if not fold(request.question) or len(request.question) > LONGEST_QUESTION:
        raise BadQuestion(limit=LONGEST_QUESTION, length=len(request.question))
    named = [d for d in documents_named(request.question, index.catalogue, request.region) if d.in_force(request.on)]
    exact = _exact(request, index, named)
    return exact if exact is not None else _searched(request, index, named)


def _exact(request: Request, index: Index, named: list[Document]) -> Answer | None:
    references = find_references(request.question)
    if not references:
        return None
    documents, is_named = named, bool(named)
    if not documents and request.context:
        documents = [index.catalogue[parse_unit_id(request.context[0])[0]]]
    if not documents:
        documents = order_by_ladder(_jurisdiction(request, index), request.region)
    routed = route(references, documents, index.outlines, named=is_named)
    if not routed.units and not is_named:
        wider = order_by_ladder(_jurisdiction(request, index), request.region)
        routed = Routed(route(references, wider, index.outlines, named=False).units, routed.missing)
    if not routed.units and not routed.missing:
        return None
    return _routed_answer(request, index, routed)


def _routed_answer(request: Request, index: Index, routed: Routed) -> Answer:
    if not routed.units:
        searched = _searched(request, index, documents_named(request.question, index.catalogue, request.region))
        titles = {document.id: document.short_title for document in index.catalogue.values()}
        missing = tuple((titles.get(document, ""), printed) for document, printed in routed.missing)
        return Answer(request.question, Decision.REFUSED, (), searched.ranked, Reason.NO_SUCH_CLAUSE, missing)
    units = [unit for routed_unit in routed.units for unit in clauses_at(index, routed_unit)]
    whole = bool(WHOLE.search(request.question)) or len(units) == 1
    budget = None if whole else FIRST_BUDGET
    passages = [passage(index, unit, request.question, budget=budget) for unit in units[:3]]
    ranked = dict.fromkeys(unit_id(d, index.outlines[d].clause_of(a).address) for d, a in map(parse_unit_id, units))
    return Answer(request.question, Decision.ANSWER, tuple(passages), tuple(ranked)[:RANKED])


def clauses_at(index: Index, unit: str) -> list[str]:
    """Return the unit itself where it has text, else the clauses below it (a section, a chapter)."""
    document, address = parse_unit_id(unit)
    outline = index.outlines[document]
    if outline.is_clause(outline[address]) or outline[address].kind in (Kind.ITEM, Kind.PARAGRAPH, Kind.ROW):
        return [unit]
    start, end = outline.full_span(address)
    return [unit_id(document, u.address) for u in outline.clauses() if start <= u.start < end]


def _jurisdiction(request: Request, index: Index) -> list[Document]:
    places = set(ladder(request.region))
    return [d for d in index.catalogue.values() if d.region in places and d.in_force(request.on)]


def _searched(request: Request, index: Index, named: list[Document]) -> Answer:
    ranked, found = weigh(request, index, named)
    units = tuple(hit.unit for hit in ranked[:RANKED])
    if found is None:
        return Answer(request.question, Decision.REFUSED, (), units, Reason.NOTHING_NEAR)
    calibration = Calibration()
    decision, reason = decide(confidence(found, calibration), calibration)
    shown = _shown(ranked, request, index, decision)
    return Answer(request.question, decision, shown, units, reason)


def weigh(request: Request, index: Index, named: list[Document]) -> tuple[list[Hit], Signals | None]:
    """Return the clauses that may answer, best first, and what speaks for the best; None where there is none."""
    documents = _jurisdiction(request, index)
    documents += [document for document in named if document not in documents]
    asked = without_names(request.question, named) or request.question
    hits = index.search(asked, documents={document.id for document in documents}, limit=RANKED * 3)
    ranked = _with_preferences(hits, request, index, named)
    if not named:
        ranked = _own_first(ranked, request, index)
    if not ranked:
        return ranked, None
    document_id, address = parse_unit_id(ranked[0].unit)
    text = index.outlines[document_id].plain(address)
    found = signals(
        ranked, request.question, text, familiarity=index.familiarity(asked), scope=index.scope(request.question)
    )
    return ranked, found


def _with_preferences(hits: Sequence[Hit], request: Request, index: Index, named: list[Document]) -> list[Hit]:
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


def _levels(ranked: Sequence[Hit], request: Request, index: Index) -> list[int]:
    """Return for each hit how many steps above the asker's own place its document is; foreign ones come last."""
    depth = {place: i for i, place in enumerate(ladder(request.region))}
    return [depth.get(index.catalogue[parse_unit_id(hit.unit)[0]].region, len(depth)) for hit in ranked]


def _own_first(ranked: list[Hit], request: Request, index: Index) -> list[Hit]:
    """Let the best clause of the nearest place lead where it is nearly as good as the best of all."""
    levels = _levels(ranked, request, index)
    strong = [place for place, hit in enumerate(ranked) if hit.score >= LEAD * ranked[0].score]
    lead = min(strong, key=lambda place: (levels[place], place), default=0)
    return [*ranked[lead : lead + 1], *ranked[:lead], *ranked[lead + 1 :]]


def _shown(ranked: Sequence[Hit], request: Request, index: Index, decision: Decision) -> tuple[Passage, ...]:
    """Own level first, then what else is close, then the higher level's clause as basis."""
    levels = _levels(ranked[:RANKED], request, index)
    own: list[str] = []
    basis: list[str] = []
    for level, hit in zip(levels, ranked, strict=False):
        higher = level > levels[0]
        close = hit.score >= (NEAR if higher else CLOSE) * ranked[0].score
        if higher and close and not basis:
            basis.append(hit.unit)
        elif not higher and (close or not own) and len(own) < SHOWN[request.asker]:
            own.append(hit.unit)
    if decision is Decision.REFUSED:
        return tuple(replace(passage(index, unit, request.question), citations=()) for unit in own[:NEARBY])
    chosen = [(unit, False) for unit in own] + [(unit, True) for unit in basis]
    is_basis = decision is Decision.ANSWER
    budgets = [FIRST_BUDGET, *[FURTHER_BUDGET] * len(chosen)]
    return tuple(
        passage(index, unit, request.question, is_basis=mark and is_basis, budget=budget)
        for (unit, mark), budget in zip(chosen, budgets, strict=False)
    )


def passage(
    index: Index, unit: str, question: str, *, is_basis: bool = False, budget: int | None = FIRST_BUDGET
) -> Passage:
    """Return the verified quotes of one clause, at most `budget` characters of them (None: the whole clause).

    Raises: QuoteMismatch rather than show anything else.
    """
    document_id, address = parse_unit_id(unit)
    document, outline = index.catalogue[document_id], index.outlines[document_id]
    available = sentences(outline, address)
    chosen = available
    if budget is not None and sum(len(sentence.text) for sentence in available) > budget:
        nearness = index.nearness(question, [sentence.text for sentence in available])
        chosen = choose(available, question, budget, nearness)
    citations = tuple(
        verify(citation, index.catalogue, index.outlines) for citation in cite(document, outline, address, chosen)
    )
    own = outline[address]
    return Passage(
        unit=unit,
        title=document.short_title,
        label=outline_label(outline, own),
        heading=own.title,
        citations=citations,
        is_basis=is_basis,
        is_shortened=len(chosen) < len(available),
        is_sample=document.sample,
        is_unchecked=document.unchecked,
    )
