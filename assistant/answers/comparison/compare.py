"""question → Comparison (对照): the parties' clauses side by side, their numbers, and what only one of them says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answers.comparison.asking import Side, Wanted, read_comparison, sides_of
from assistant.answers.comparison.differences import differences
from assistant.answers.comparison.numbers import Figure, asked_measures, figures_of, has_measure, nearest, rulings
from assistant.answers.comparison.parties import Found, find_parties
from assistant.answers.comparison.quantities import find_quantities
from assistant.answers.comparison.similarity import taken_apart
from assistant.answers.decision import Against, Calibration, confidence, decide, signals
from assistant.answers.model import Answer, Comparison, Decision, Measure, Party, Passage, Reason, Request, Standing
from assistant.answers.passages import passage
from assistant.citations import Sentence, cite, parse_unit_id, sentences, unit_id, verify
from assistant.documents import Document
from assistant.search.index import Index

BUDGETS = {2: 200, 3: 150}
"""Characters of each clause's quote, by the number of parties: all together fit two messages."""
BUDGET = 110
RANKED = 10
NAMED_FIRST = 3
"""A place that the question does not name itself comes behind so many clauses."""
COUNTED = re.compile(r"的?(?:次数|频次|人数|数量|时限|期限|金额|年限|间隔)")
"""What is counted of a matter says nothing about what it is: 演练 in 演练次数."""
NUMBERED = 4
"""Clauses with numbers shown of each party where the question names no matter."""


def compare(request: Request, index: Index) -> Answer | None:
    """Answer a question that asks to compare; None where it does not."""
    wanted = read_comparison(request, index.catalogue)
    if wanted is None:
        return None
    if not wanted.matter:
        wanted = replace(wanted, matter=_matter_of(request, index))
    return _answered(request, index, wanted)


def side_by_side(
    request: Request, index: Index, asked_for: Iterable[Document], beside: Iterable[Document], matter: str
) -> Answer:
    """Compare what the places of documents say on a matter; for 那北京呢 after an answer.

    asked_for: the documents that are meant; beside: those of the answer before, which come second.
    matter: what it is about, in any words, such as the question before; the asker and the day are those of `request`.
    """
    meant, before = tuple(asked_for), tuple(beside)
    implied = tuple(dict.fromkeys(document.region for document in before))
    return _answered(request, index, Wanted(sides_of([*meant, *before], request.region), matter, implied=implied))


def _matter_of(request: Request, index: Index) -> str:
    """Return the title of the clause cited last, which is what a question without a matter is about."""
    if not request.context:
        return ""
    document_id, address = parse_unit_id(request.context[0])
    outline = index.outlines.get(document_id)
    return outline.clause_of(address).title if outline is not None and address in outline else ""


def _answered(request: Request, index: Index, wanted: Wanted) -> Answer:
    measures = asked_measures(request.question)
    sure = Decision.ANSWER
    if wanted.matter:
        sure = _sure(wanted, index)
        found = find_parties(wanted.sides, wanted.matter, request, index, measures)
        found = [_doubted(one) for one in found] if sure is Decision.REFUSED else found
        quoted = [_quoted(one, wanted, measures, request, index) for one in found]
    else:
        found, quoted = _numbered(wanted.sides, request, index)
    figures = [_figures(one, passages, measures, index) for one, passages in zip(found, quoted, strict=True)]
    parties = tuple(
        _party(one, passages, own, wanted.matter, _silent(one, own, figures, measures))
        for one, passages, own in zip(found, quoted, figures, strict=True)
    )
    told = () if measures or not wanted.matter else differences(found, wanted.matter, index)
    comparison = Comparison(
        wanted.matter, parties, rulings([figure for own in figures for figure in own]), told, wanted.not_held
    )
    decision, reason = _decision(comparison, sure)
    if decision is Decision.REFUSED:
        comparison = replace(comparison, parties=tuple(_unquoted(party) for party in parties))
    passages = tuple(passage for party in comparison.parties for passage in party.passages)
    return Answer(
        request.question, decision, passages, _ranked(found, wanted), reason, topic=wanted.matter, comparison=comparison
    )


def _quoted(
    one: Found, wanted: Wanted, measures: frozenset[Measure], request: Request, index: Index
) -> tuple[Passage, ...]:
    asked = replace(request, question=wanted.matter + ("多少" if measures else ""))
    budget = BUDGETS.get(len(wanted.sides), BUDGET)
    return tuple(passage(index, unit, asked, budget=budget) for unit in one.units)


def _figures(one: Found, passages: Sequence[Passage], measures: frozenset[Measure], index: Index) -> list[Figure]:
    if one.standing is not Standing.SAYS:
        return []
    quoted = [
        (citation, [s for s in _sentences(part.unit, index) if citation.start <= s.start and s.end <= citation.end])
        for part in passages
        for citation in part.citations
    ]
    found = figures_of(one.side.region, quoted, measures)
    return [replace(f, citation=verify(f.citation, index.catalogue, index.outlines)) for f in found]


def _sentences(unit: str, index: Index) -> list[Sentence]:
    document_id, address = parse_unit_id(unit)
    return sentences(index.outlines[document_id], address)


def _silent(
    one: Found, own: Sequence[Figure], all_figures: Sequence[Sequence[Figure]], measures: frozenset[Measure]
) -> Measure | None:
    """Return the one measure that is asked for, others give, and no document of this place counts anything by."""
    if own or len(measures) != 1 or not any(all_figures):
        return None
    (measure,) = measures
    return None if has_measure(one.side.documents, measure) else measure


def _party(
    one: Found, passages: tuple[Passage, ...], own: Sequence[Figure], matter: str, silent: Measure | None
) -> Party:
    shown = tuple(figure.citation for figure in nearest(own, matter))
    return Party(one.side.region, one.side.level, one.standing, passages, shown, silent)


def _sure(wanted: Wanted, index: Index) -> Decision:
    """Return how sure it is that any of the documents speaks of the matter, as for a plain question."""
    documents = {document.id for side in wanted.sides for document in side.documents}
    matter = COUNTED.sub("", wanted.matter) or wanted.matter
    hits = index.search(matter, documents=documents, limit=RANKED)
    if not hits:
        return Decision.REFUSED
    familiarity, scope = index.familiarity(matter), index.scope(matter)
    calibration, against = Calibration(), Against()
    found = signals(hits, against, familiarity=familiarity, scope=scope)
    return decide(confidence(found, calibration), against, calibration)[0]


def _doubted(one: Found) -> Found:
    return replace(one, standing=Standing.NEAR) if one.standing is Standing.SAYS else one


def _unquoted(party: Party) -> Party:
    """A refusal names what is near without quoting it."""
    return replace(party, passages=tuple(replace(passage, citations=()) for passage in party.passages))


def _decision(comparison: Comparison, sure: Decision) -> tuple[Decision, Reason | None]:
    """Answered where two parties say something of the matter; without a matter only numbers are held together."""
    telling = sum(party.standing is Standing.SAYS for party in comparison.parties)
    if telling > 1 and comparison.matter and sure is Decision.ANSWER:
        return Decision.ANSWER, None
    if telling:
        return Decision.NEAREST, Reason.UNSURE
    return Decision.REFUSED, Reason.NOTHING_NEAR


def _ranked(found: Sequence[Found], wanted: Wanted) -> tuple[str, ...]:
    """Return the clauses of all parties, the best of each first; places that were only implied come later."""
    clear = sorted((one for one in found if one.ranked), key=lambda one: -one.strength)
    named = [one for one in clear if one.side.region not in wanted.implied]
    implied = [one for one in clear if one.side.region in wanted.implied]
    own = [one.ranked[at] for at in range(RANKED) for one in named if at < len(one.ranked)]
    foreign = [one.ranked[at] for at in range(RANKED) for one in implied if at < len(one.ranked)]
    return tuple(dict.fromkeys([*own[:NAMED_FIRST], *foreign[: len(implied)], *own[NAMED_FIRST:], *foreign]))[:RANKED]


def _numbered(sides: Sequence[Side], request: Request, index: Index) -> tuple[list[Found], list[tuple[Passage, ...]]]:
    """Return the clauses that bind by a number, for questions that name no matter; a plan has too many of them."""
    found, quoted = [], []
    are_opinions = all(document.kind == "opinion" for side in sides for document in side.documents)
    for side in sides:
        passages = tuple(p for d in side.documents if are_opinions for p in _bound_by_number(d, request, index))
        units = tuple(part.unit for part in passages)
        found.append(Found(side, Standing.SAYS if units else Standing.NOTHING, units, units, float(len(units))))
        quoted.append(passages[:NUMBERED])
    return found, quoted


def _bound_by_number(document: Document, request: Request, index: Index) -> list[Passage]:
    outline = index.outlines[document.id]
    passages = []
    for clause in taken_apart(document):
        binding = [s for s in clause.sentences if any(_binds(q.measure, q.bound) for q in find_quantities(s.text))]
        if binding:
            whole = passage(index, unit_id(document.id, clause.address), request, budget=1)
            quotes = (
                verify(citation, index.catalogue, index.outlines)
                for citation in cite(document, outline, clause.address, binding)
            )
            passages.append(replace(whole, citations=tuple(quotes), is_shortened=len(binding) < len(clause.sentences)))
    return passages


def _binds(measure: Measure, bound: int) -> bool:
    return bound != 0 or measure is Measure.RATE
