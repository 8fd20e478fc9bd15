"""question → Answer: exact router first, else search inside the asker's jurisdiction; every quote verified."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers.amounts import levels_in
from assistant.answers.choosing import FIRST_BUDGET
from assistant.answers.comparison import compare, side_by_side
from assistant.answers.decision import Calibration, confidence, decide
from assistant.answers.explaining import explained
from assistant.answers.following import resolve
from assistant.answers.literal import spoken_of
from assistant.answers.model import Answer, Decision, Reason, Request
from assistant.answers.passages import clauses_at, differ, passage, shown
from assistant.answers.weighing import elsewhere_named, jurisdiction, weigh
from assistant.citations import parse_unit_id, unit_id
from assistant.clauses.references import WHOLE, Reference, find_references
from assistant.documents import Document
from assistant.errors import BadQuestion
from assistant.script import simplified
from assistant.search.exact import Routed, documents_named, order_by_ladder, route
from assistant.search.index import Index
from assistant.search.terms import fold

LONGEST_QUESTION = 1000
"""Characters; longer than any message a person types, and short enough to be searched at once."""
RANKED = 10
WHOLE_UNITS = 3
"""Clauses quoted where a number means several."""
NAMED_UNITS = 40
"""Clauses quoted or named; the longest section of the shipped documents has 12."""
TITLE = re.compile(r"《([^《》]{2,60})》|([\u4e00-\u9fff]{2,12}(?:法|条例))(?=的?第)")
"""《安全生产法》第十七条, 消防法第十条 · near miss: 有办法第"""


def answer(request: Request, index: Index) -> Answer:
    """Answer from the documents in force in the asker's jurisdiction and those that the question names.

    Raises: BadQuestion where it is empty, only punctuation or too long.
    """
    if not fold(request.question) or len(request.question) > LONGEST_QUESTION:
        raise BadQuestion(limit=LONGEST_QUESTION, length=len(request.question))
    request = replace(request, question=simplified(request.question))
    literal = spoken_of(request, index)
    if literal is not None:
        return literal
    compared = compare(request, index)
    if compared is not None:
        return compared
    followed = None if find_references(request.question) else _followed(request, index)
    return _answer(request, index) if followed is None else followed


def _followed(request: Request, index: Index) -> Answer | None:
    """Answer a follow-up; None where the message is none, or means nothing as one and may be a question of its own."""
    meant = resolve(request.question, request.last, index.catalogue, request.region)
    if meant is None:
        return None
    whole = replace(request, question=meant.question, asked=meant.asked, behind=meant.behind, weight=meant.weight)
    before = [index.catalogue[parse_unit_id(unit)[0]] for unit in request.context[:1]]
    others = [document for document in meant.documents if document not in before]
    if before and others:
        compared = side_by_side(whole, index, others, before, meant.matter)
        if compared.decision is not Decision.REFUSED:
            return replace(compared, question=whole.question, is_follow_up=True)
    answered = _answer(whole, index)
    # who names a document means it, found or not
    is_meant = answered.decision is not Decision.REFUSED or answered.within
    return replace(answered, is_follow_up=True) if is_meant else None


def _answer(request: Request, index: Index) -> Answer:
    named = documents_named(request.question, index.catalogue, request.region)
    # a repealed text is meant only where nothing else has that name
    named = [document for document in named if document.in_force(request.on)] or named
    exact = _exact(request, index, named)
    return explained(exact if exact is not None else _searched(request, index, named), request, index)


def _exact(request: Request, index: Index, named: list[Document]) -> Answer | None:
    references = find_references(request.question)
    if not references:
        return None
    foreign = TITLE.search(request.question)
    if foreign and not named:
        return _not_held(request, index, foreign[1] or foreign[2], references[0])
    routed = _routed(request, index, references, named)
    if not routed.units and not routed.missing:
        return None
    return _routed_answer(request, index, routed, named)


def _routed(request: Request, index: Index, references: Sequence[Reference], named: list[Document]) -> Routed:
    """Follow the numbers in the documents named, else in the one cited last, else in those of the asker's places."""
    if named:
        return route(references, named, index.outlines, named=True)
    wider = order_by_ladder(jurisdiction(request, index), request.region)
    if not request.context:
        return route(references, wider, index.outlines, named=False)
    last = [index.catalogue[parse_unit_id(request.context[0])[0]]]
    routed = route(references, last, index.outlines, named=False)
    return (
        routed if routed.units else Routed(route(references, wider, index.outlines, named=False).units, routed.missing)
    )


def _not_held(request: Request, index: Index, title: str, reference: Reference) -> Answer:
    """A clause of a law that the corpus does not hold is not answered from another document's clause of that number."""
    units = _searched(request, index, []).ranked
    return Answer(request.question, Decision.REFUSED, (), units, Reason.NOT_HELD, ((title, reference.printed),))


def _routed_answer(request: Request, index: Index, routed: Routed, named: list[Document]) -> Answer:
    if not routed.units:
        searched = _searched(request, index, named)
        titles = {document.id: document.short_title for document in index.catalogue.values()}
        missing = tuple((titles.get(document, ""), printed) for document, printed in routed.missing)
        return Answer(request.question, Decision.REFUSED, (), searched.ranked, Reason.NO_SUCH_CLAUSE, missing)
    units = [unit for routed_unit in routed.units for unit in clauses_at(index, routed_unit)]
    budget = None if WHOLE.search(request.question) or len(units) == 1 else FIRST_BUDGET
    passages = [passage(index, unit, request, budget=budget) for unit in units[:WHOLE_UNITS]]
    # of a long section the further clauses are named, to be asked for one by one
    passages += [replace(passage(index, unit, request), citations=()) for unit in units[WHOLE_UNITS:NAMED_UNITS]]
    ranked = dict.fromkeys(unit_id(d, index.outlines[d].clause_of(a).address) for d, a in map(parse_unit_id, units))
    topic = passages[0].heading or passages[0].title
    return Answer(request.question, Decision.ANSWER, tuple(passages), tuple(ranked)[:RANKED], topic=topic)


def _searched(request: Request, index: Index, named: list[Document]) -> Answer:
    request = replace(request, question=index.understood(request.question))
    found = _weighed(request, index, named, in_force=True)
    if found.decision is not Decision.REFUSED:
        return found
    older = _weighed(request, index, named, in_force=False)
    if older.decision is Decision.ANSWER and any(part.is_repealed for part in older.passages):
        return replace(older, decision=Decision.NEAREST, reason=Reason.ONLY_REPEALED)
    return found


def _weighed(request: Request, index: Index, named: list[Document], *, in_force: bool) -> Answer:
    weighed = weigh(request, index, named, in_force=in_force)
    if weighed is None:
        return Answer(request.question, Decision.REFUSED, (), (), Reason.NOTHING_NEAR)
    calibration = Calibration()
    decision, reason = decide(confidence(weighed.signals, calibration), weighed.against, calibration)
    passages = shown(weighed, request, index, decision)
    if decision is Decision.ANSWER and not levels_in(request.question) and differ(passages, weighed.amount):
        reason = Reason.AMOUNTS_DIFFER
    units = tuple(hit.unit for hit in weighed.ranked[:RANKED])
    elsewhere = weighed.against.place or weighed.against.law
    within = tuple(document.short_title for document in elsewhere_named(request, named))
    return Answer(
        request.question, decision, passages, units, reason, topic=request.question, elsewhere=elsewhere, within=within
    )
