"""How other levels and places carry out a clause (落实) and what it rests on (依据): aligned clauses, quoted and verified."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.choosing import FIRST_BUDGET, FURTHER_BUDGET
from assistant.answers.model import Answer, Decision, Passage, Request
from assistant.answers.passages import passage
from assistant.answers.targets import Side, Target, read_target
from assistant.citations import parse_unit_id
from assistant.documents import Document, Level, ladder
from assistant.search.alignment import CLOSE, Relation, relation
from assistant.search.counterparts import Counterpart
from assistant.search.index import Index

QUOTED = 3
"""Counterparts that are quoted; further ones are named."""
NAMED = 6
LEVELS = list(Level)


@dataclass(frozen=True, slots=True)
class Aligned:
    """The counterparts of one clause."""

    subject: Passage | None
    """The clause that was meant, without quotes; None where none has been cited yet."""
    answer: Answer
    """Its decision is `nearest` where the passages are only close, `refused` where there are none."""
    relation: Relation | None
    """Where the passages stand; None for a mixture."""
    documents: tuple[str, ...]
    """Short titles of the documents in which was looked; none where the asked side holds no document."""

    def cited(self) -> tuple[str, ...]:
        """Return the units that the next message can mean: the first one shown, then the one that was asked about."""
        shown = [passage.unit for passage in self.answer.passages]
        asked = [self.subject.unit] if self.subject else []
        return tuple(dict.fromkeys([*shown[:1], *asked, *shown[1:]]))


def aligned(request: Request, index: Index) -> Aligned | None:
    """Return the counterparts that a message asks for; None where it asks for something else.

    Raises: QuoteMismatch rather than show anything that is not in the source.
    """
    target = read_target(request, index)
    if target is None:
        return None
    for clause in target.clauses:
        documents = _documents(clause, target, request, index)
        if documents:
            return _found(clause, documents, request, index)
    subject = _named(index, target.clauses[0], request) if target.clauses else None
    return Aligned(subject, _answer(request, Decision.REFUSED, ()), None, ())


def _documents(clause: str, target: Target, request: Request, index: Index) -> list[Document]:
    """Return the documents in force, related to that of a clause, on the side that is asked for."""
    own = index.catalogue[parse_unit_id(clause)[0]]
    related = [(d, relation(own, d)) for d in index.catalogue.values() if d.in_force(request.on)]
    held = [(d, stands) for d, stands in related if stands is not None]
    if target.side is Side.NAMED:
        return [d for d, _ in held if d.id in target.documents]
    if target.everywhere:
        return [d for d, stands in held if stands is Relation.LOWER]
    near = [(d, stands) for d, stands in held if _is_near(d, request.region)]
    if target.side is Side.LEVEL:
        return [d for d, _ in near if d.level is target.level]
    if target.side is Side.ABOVE:
        return [d for d, stands in near if stands is Relation.HIGHER]
    if target.side is Side.ANY:
        return [d for d, _ in near]
    lower = [d for d, stands in near if stands is Relation.LOWER]
    here = [d for d in lower if d.region in ladder(request.region)]
    return here or ([] if target.side is Side.HERE and request.region else lower)


def _is_near(document: Document, region: str) -> bool:
    """Say whether a document is for the asker's place, for one above it, or for one inside it."""
    return document.region in ladder(region) or region in ladder(document.region)


def _found(clause: str, documents: Sequence[Document], request: Request, index: Index) -> Aligned:
    ids = {document.id for document in documents}
    close = [c for c in index.aligned(clause, at_least=CLOSE) if parse_unit_id(c.unit)[0] in ids]
    claimed = {c.unit for c in index.aligned(clause)}
    sure = [c for c in close if c.unit in claimed]
    decision = Decision.ANSWER if sure else Decision.NEAREST if close else Decision.REFUSED
    chosen = _in_order(sure, request, index)[:NAMED] if sure else close[:1]
    stands = {counterpart.relation for counterpart in chosen}
    return Aligned(
        subject=_named(index, clause, request),
        answer=_answer(request, decision, _passages(clause, chosen, request, index)),
        relation=stands.pop() if len(stands) == 1 else None,
        documents=tuple(document.short_title for document in documents),
    )


def _in_order(counterparts: Sequence[Counterpart], request: Request, index: Index) -> list[Counterpart]:
    """The best clause of each document comes first, the asker's own places before others, the nearest basis first."""
    seen: dict[str, int] = {}
    ranked = []
    for counterpart in counterparts:
        document = index.catalogue[parse_unit_id(counterpart.unit)[0]]
        turn = seen[document.id] = seen.get(document.id, -1) + 1
        is_own = document.region in ladder(request.region)
        level = LEVELS.index(document.level) * (-1 if counterpart.relation is Relation.HIGHER else 1)
        ranked.append(((turn, not is_own, level, -counterpart.score), counterpart))
    return [counterpart for _, counterpart in sorted(ranked, key=lambda pair: pair[0])]


def _passages(clause: str, chosen: Sequence[Counterpart], request: Request, index: Index) -> tuple[Passage, ...]:
    """Quote of each counterpart the sentences that are nearest to the clause that it belongs to."""
    document_id, address = parse_unit_id(clause)
    asked = replace(request, question=index.outlines[document_id].plain(address))
    budgets = [FIRST_BUDGET, *[FURTHER_BUDGET] * (QUOTED - 1)]
    quoted = [passage(index, c.unit, asked, budget=budget) for c, budget in zip(chosen, budgets, strict=False)]
    return (*quoted, *(_named(index, c.unit, request) for c in chosen[QUOTED:]))


def _named(index: Index, unit: str, request: Request) -> Passage:
    return replace(passage(index, unit, request), citations=())


def _answer(request: Request, decision: Decision, passages: tuple[Passage, ...]) -> Answer:
    return Answer(request.question, decision, passages, tuple(p.unit for p in passages))
