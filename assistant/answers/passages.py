"""Clauses as passages of verified quotes (摘录), and which of them an answer shows."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from assistant.answers.amounts import Amount, levels_in, numbers_in
from assistant.answers.choosing import FIRST_BUDGET, FURTHER_BUDGET, announcement, choose
from assistant.answers.decision import NEAR
from assistant.answers.model import Asker, Decision, Passage, Request
from assistant.answers.weighing import AMOUNT_LEAD, SENTENCE, Weighed, levels
from assistant.citations import Sentence, cite, outline_label, parse_unit_id, sentences, unit_id, verify
from assistant.clauses import Kind
from assistant.search.fuse import Hit
from assistant.search.index import Index

SHOWN = {Asker.VILLAGER: 3, Asker.CADRE: 2, Asker.TRAINER: 1}
"""Clauses of the asker's own level that are shown; the basis comes on top."""
NEARBY = 2
"""Clauses that a refusal names as perhaps related, without quoting them."""
CLOSE = 0.75
"""A further clause is shown where it scores at least this share of the best."""
CONSIDERED = 10
"""Clauses from which those to show are taken."""
RIVALS = 5
"""Clauses that are looked at for a different amount."""


def shown(weighed: Weighed, request: Request, index: Index, decision: Decision) -> tuple[Passage, ...]:
    """Own level first, then what else is close, then the higher level's clause as basis.

    Where another clause gives a different amount for another level (乡15人, 县50人), it is shown too.
    """
    ranked = weighed.ranked[:CONSIDERED]
    own, basis = _parted(ranked, request, index)
    if decision is Decision.REFUSED:
        return tuple(replace(passage(index, unit, request), citations=()) for unit in own[:NEARBY])
    chosen = [(unit, False) for unit in own] + [(unit, True) for unit in basis]
    is_basis = decision is Decision.ANSWER
    budgets = [FIRST_BUDGET, *[FURTHER_BUDGET] * len(chosen)]
    passages = [
        passage(index, unit, request, is_basis=mark and is_basis, budget=budget)
        for (unit, mark), budget in zip(chosen, budgets, strict=False)
    ]
    rival = _rival(weighed, passages, request, index)
    return tuple([*passages[:1], rival, *passages[1:]] if rival else passages)


def _parted(ranked: Sequence[Hit], request: Request, index: Index) -> tuple[list[str], list[str]]:
    """Return the clauses to show of the best one's level, best first, and at most one of a higher level."""
    steps = levels(ranked, request, index)
    own: list[str] = []
    basis: list[str] = []
    for step, hit in zip(steps, ranked, strict=True):
        higher = step > steps[0]
        close = hit.score >= (NEAR if higher else CLOSE) * ranked[0].score
        if higher and close and not basis:
            basis.append(hit.unit)
        elif not higher and (close or not own) and len(own) < SHOWN[request.asker]:
            own.append(hit.unit)
    return own, basis


def _rival(weighed: Weighed, passages: Sequence[Passage], request: Request, index: Index) -> Passage | None:
    """Return the next clause that gives a different amount for another level, None where it is shown already."""
    amount, ranked = weighed.amount, weighed.ranked[:RIVALS]
    if amount is None or levels_in(request.question) or differ(passages, amount):
        return None
    document = parse_unit_id(ranked[0].unit)[0]
    close = [hit for hit in ranked[1:] if hit.score >= AMOUNT_LEAD * ranked[0].score]
    units = [hit.unit for hit in close if parse_unit_id(hit.unit)[0] == document]
    found = (passage(index, unit, request, budget=FURTHER_BUDGET) for unit in units)
    return next((other for other in found if differ([passages[0], other], amount)), None)


def differ(passages: Sequence[Passage], amount: Amount | None) -> bool:
    """Say whether two quoted sentences give different amounts for different levels of government."""
    if amount is None:
        return False
    quoted = [found.group() for p in passages for c in p.citations for found in SENTENCE.finditer(c.quote)]
    given = [(levels_in(sentence), numbers_in(sentence, amount)) for sentence in quoted]
    told = [(places, numbers) for places, numbers in given if places and numbers]
    return any(a[0].isdisjoint(b[0]) and a[1].isdisjoint(b[1]) for a, b in combinations(told, 2))


def passage(
    index: Index, unit: str, request: Request, *, is_basis: bool = False, budget: int | None = FIRST_BUDGET
) -> Passage:
    """Return the verified quotes of one clause, at most `budget` characters of them (None: the whole clause).

    Raises: QuoteMismatch rather than show anything else.
    """
    document_id, address = parse_unit_id(unit)
    document, outline = index.catalogue[document_id], index.outlines[document_id]
    available = sentences(outline, address)
    chosen = available
    if budget is not None and sum(len(sentence.text) for sentence in available) > budget:
        nearness = index.nearness(request.question, [sentence.text for sentence in available])
        chosen = choose(available, request.question, budget, nearness)
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
        is_repealed=not document.in_force(request.on),
    )


def quoting(index: Index, shown_passage: Passage, words: Sequence[str]) -> Passage:
    """Return a passage with the sentences that hold `words` among its quotes.

    Raises: QuoteMismatch rather than show anything else.
    """
    document_id, address = parse_unit_id(shown_passage.unit)
    document, outline = index.catalogue[document_id], index.outlines[document_id]
    available = sentences(outline, address)
    spans = [(citation.start, citation.end) for citation in shown_passage.citations]
    chosen = {
        i for i, sentence in enumerate(available) if any(a < sentence.end and sentence.start < b for a, b in spans)
    }
    for i in holding(available, words, outline.text):
        chosen |= {i} | announcement(available, i)
    cited = cite(document, outline, address, [available[i] for i in sorted(chosen)])
    return replace(
        shown_passage,
        citations=tuple(verify(citation, index.catalogue, index.outlines) for citation in cited),
        is_shortened=len(chosen) < len(available),
    )


def holding(available: Sequence[Sentence], words: Sequence[str], text: str) -> list[int]:
    """Return the places of the sentences of a clause of `text` that hold some of `words`."""
    if not available:
        return []
    first, last = available[0].start, available[-1].end
    found = [(text.find(word, first, last), len(word)) for word in words]
    return [
        i
        for i, sentence in enumerate(available)
        if any(start >= 0 and start < sentence.end and sentence.start < start + length for start, length in found)
    ]


def clauses_at(index: Index, unit: str) -> list[str]:
    """Return the unit itself where it has text, else the clauses below it (a section, a chapter)."""
    document, address = parse_unit_id(unit)
    outline = index.outlines[document]
    if outline.is_clause(outline[address]) or outline[address].kind in (Kind.ITEM, Kind.PARAGRAPH, Kind.ROW):
        return [unit]
    start, end = outline.full_span(address)
    return [unit_id(document, u.address) for u in outline.clauses() if start <= u.start < end]
