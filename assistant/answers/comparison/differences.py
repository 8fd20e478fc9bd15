"""What only some parties say on the matter (多出、没有提到): whole sentences without a counterpart."""

from collections.abc import Iterable, Sequence

from assistant.answers.comparison.parties import IN_TITLE, Found
from assistant.answers.comparison.similarity import (
    Clause,
    Common,
    common,
    has_no_counterpart,
    pairs,
    share,
    taken_apart,
)
from assistant.answers.model import Difference, Standing
from assistant.citations import Sentence, cite, parse_unit_id, verify
from assistant.documents import Document
from assistant.search.index import Index

LONGEST = 150
"""Characters of a sentence that is shown as a difference; the clause itself is one tap away."""
SHORTEST = 10
TELLS_BY_ITSELF = 24
"""Characters; a shorter sentence must name the matter (提高响应速度 says little)."""
ENOUGH_SHARED = 0.3
"""Share of the matter's pairs of characters that a sentence on it holds; not 信息 alone for 信息报告员制度."""
FOR_EACH = 3
"""Differences shown of one party."""
AT_ALL = 4
ALIKE = 0.6
"""Share of two differences from which on they say the same."""
OF_TITLE = 0.35
"""Share of a title that the matter holds where the whole clause is about it; not 应急处置和灾后救助 for 灾后救助."""


def differences(found: Sequence[Found], matter: str, index: Index) -> tuple[Difference, ...]:
    """Return sentences of one party's clauses to which others' documents have nothing alike, the most telling first.

    Only opinions are compared so: a plan says in its own words, and in more detail, what an opinion asks for.
    """
    told = [one for one in found if one.standing is Standing.SAYS and _is_opinion(one.side.documents)]
    known = common(tuple(document for one in told for document in one.side.documents))
    each = [_of_one(one, [other for other in told if other is not one], matter, known, index) for one in told]
    turns = [own[turn] for turn in range(FOR_EACH) for own in each if turn < len(own)]
    shown: list[Difference] = []
    for difference in turns:
        if not any(_says_again(difference, other) for other in shown):
            shown.append(difference)
    order = [one.side.region for one in told]
    return tuple(sorted(shown[:AT_ALL], key=lambda difference: order.index(difference.region)))


def _of_one(one: Found, others: Sequence[Found], matter: str, known: Common, index: Index) -> list[Difference]:
    own = []
    for unit, sentence in _on_the_matter(one, matter, index):
        lacking = tuple(
            other.side.region
            for other in others
            if has_no_counterpart(sentence.text, matter, other.side.documents, known)
        )
        if lacking:
            own.append(_difference(one, unit, sentence, lacking, index))
    return own


def _says_again(difference: Difference, other: Difference) -> bool:
    """What two parties have and the third lacks is said once."""
    alike = share(pairs(difference.citation.quote), pairs(other.citation.quote))
    return set(difference.lacking) <= set(other.lacking) and alike >= ALIKE


def _is_opinion(documents: Iterable[Document]) -> bool:
    return all(document.kind == "opinion" for document in documents)


def _on_the_matter(one: Found, matter: str, index: Index) -> list[tuple[str, Sentence]]:
    """Return the sentences of a party's clauses that are about the matter, nearest to it first."""
    about = pairs(matter)
    near: list[tuple[float, str, Sentence]] = []
    for unit in one.units:
        clause = _clause(one, unit)
        if clause is None:
            continue
        title = pairs(clause.title)
        is_about = share(about, title) >= IN_TITLE and share(title, about) >= OF_TITLE
        cosines = index.nearness(matter, [sentence.text for sentence in clause.sentences])
        for sentence, held, cosine in zip(clause.sentences, clause.pairs, cosines, strict=True):
            shared = share(about, held)
            is_on_it = shared >= ENOUGH_SHARED or is_about and len(sentence.text) >= TELLS_BY_ITSELF
            if SHORTEST <= len(sentence.text) <= LONGEST and is_on_it:
                near.append((shared + cosine, unit, sentence))
    return [(unit, sentence) for _, unit, sentence in sorted(near, key=lambda one: -one[0])]


def _clause(one: Found, unit: str) -> Clause | None:
    document_id, address = parse_unit_id(unit)
    clauses = (c for document in one.side.documents if document.id == document_id for c in taken_apart(document))
    return next((clause for clause in clauses if clause.address == address), None)


def _difference(one: Found, unit: str, sentence: Sentence, lacking: tuple[str, ...], index: Index) -> Difference:
    document_id, address = parse_unit_id(unit)
    (citation,) = cite(index.catalogue[document_id], index.outlines[document_id], address, [sentence])
    return Difference(one.side.region, verify(citation, index.catalogue, index.outlines), lacking)
