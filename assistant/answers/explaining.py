"""Which plain-language explanation (通俗解释) stands beside the quotes of an answer, if any."""

from dataclasses import replace

from assistant.answers.model import Answer, Asker, Decision, Passage, Request
from assistant.answers.passages import passage, quoting
from assistant.citations import parse_unit_id, sentences
from assistant.documents import ladder
from assistant.search.explanations import Explanation
from assistant.search.index import Index
from assistant.search.terms import grams

NEAR = 0.48
"""Least score of an explanation that is shown unasked; chosen on villagers' questions that were read one by one."""
COSINE = 0.2
COVER = 0.5
"""Weights beside the share of the question's words."""


def explained(answer: Answer, request: Request, index: Index) -> Answer:
    """Return an answer to a villager with the explanation of its first clause, where one is near to the question.

    What the explanation rests on is then among the quotes, so that it can be compared.
    """
    if request.asker is not Asker.VILLAGER or answer.decision is not Decision.ANSWER or not answer.passages:
        return answer
    first = answer.passages[0]
    allowed = {entry.id for entry in explanations_of(first.unit, request, index)}
    if not allowed or not first.citations or _has_nearer_rule(answer, request, index):
        return answer
    scored = [
        (score(entry, cosine, first.unit, request.question, index), entry)
        for entry, cosine in index.explained(first.unit, request.question)
        if entry.id in allowed
    ]
    best, chosen = max(scored, key=lambda pair: pair[0])
    if best < NEAR:
        return answer
    passages = (quoting(index, first, chosen.rests_on[first.unit]), *answer.passages[1:])
    return replace(answer, passages=passages, explanations=(chosen,))


def explained_clause(unit: str, request: Request, index: Index) -> Answer:
    """Return a clause's explanations below the sentences that they rest on; there may be none."""
    found = explanations_of(unit, request, index)
    words = [word for entry in found for word in entry.rests_on[unit]]
    cited = quoting(index, replace(passage(index, unit, request), citations=()), words)
    return Answer("", Decision.ANSWER, (cited,), (unit,), explanations=found)


def explanations_of(unit: str, request: Request, index: Index) -> tuple[Explanation, ...]:
    """Return what explains a clause, where it is a rule of the asker's own places and in force; in file order."""
    document = index.catalogue[parse_unit_id(unit)[0]]
    places = ladder(request.region)
    if document.region not in places or not document.in_force(request.on):
        return ()
    return tuple(entry for entry in index.explanations.of(unit) if entry.region in places)


def score(entry: Explanation, cosine: float, unit: str, question: str, index: Index) -> float:
    """Return how near a question is to an explanation of the clause that answers it: 0 to 1.7.

    To the share of the question's words that the explanation knows come the cosine of its nearest way to ask, and its
    share of the clause: what explains a whole clause fits every question that the clause answers.
    """
    document_id, address = parse_unit_id(unit)
    clause = sum(len(sentence.text) for sentence in sentences(index.outlines[document_id], address))
    cover = sum(len(word) for word in entry.rests_on[unit]) / max(1, clause)
    return _known_words(entry, unit, question) + COSINE * cosine + COVER * min(1.0, cover)


def _known_words(entry: Explanation, unit: str, question: str) -> float:
    """Return which share of the grams of a question, by length, stands in an explanation, its asks or its clause's words."""
    known = set(grams("。".join((entry.matter, *entry.asks, entry.text, *entry.rests_on[unit]))))
    asked = set(grams(question))
    return sum(len(gram) for gram in asked & known) / max(1, sum(map(len, asked)))


def _has_nearer_rule(answer: Answer, request: Request, index: Index) -> bool:
    """Say whether a further clause is of a nearer place than the first: it may rule otherwise than what is explained."""
    first, *others = (_depth(cited, request, index) for cited in answer.passages)
    return any(depth > first for depth in others)


def _depth(cited: Passage, request: Request, index: Index) -> int:
    """Return how near the place of a passage's document is to the asker; documents of other places are far."""
    places = ladder(request.region)[::-1]
    region = index.catalogue[parse_unit_id(cited.unit)[0]].region
    return places.index(region) if region in places else -1
