"""Numbers of several parties lined up by what they count (数字对照): the same, stricter, met, or only side by side."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answers.comparison.quantities import Quantity, find_quantities, segment
from assistant.answers.comparison.similarity import pairs, share, taken_apart
from assistant.answers.model import Measure, Ruling, Verdict
from assistant.citations import Citation, Sentence
from assistant.documents import Document

ASKED = (
    (Measure.PEOPLE, re.compile(r"人数|多少人|几个?人|\d+人|人手|规模")),
    (Measure.RATE, re.compile(r"次数|频次|频率|周期|几次|几回|多少次|多久[^，。？]{0,4}[一1]?次|轮训|每年练")),
    (Measure.TIME, re.compile(r"时限|期限|多久|多长|多少天|几天|几分钟|小时|多快|何时")),
    (Measure.MONEY, re.compile(r"金额|多少钱|几块钱|标准是多少|多少元")),
)
MOST_FIGURES = 3
"""For each party; further ones stand in the clause."""
ALIKE_SHARE = 0.7
ALIKE_LENGTH = 4
"""Characters that two things counted must share to be taken for one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with the stretch of its sentence that is shown."""

    region: str
    quantity: Quantity
    citation: Citation


def asked_measures(question: str) -> frozenset[Measure]:
    """Return what kinds of number a question asks for; empty where it asks for none."""
    return frozenset(measure for measure, pattern in ASKED if pattern.search(question))


def figures_of(
    region: str, quoted: Iterable[tuple[Citation, Sequence[Sentence]]], wanted: frozenset[Measure]
) -> list[Figure]:
    """Return the numbers in quoted sentences, of the measures wanted (all where none is); each stretch once."""
    found: dict[tuple[int, int], Figure] = {}
    for citation, sentences in quoted:
        for sentence in sentences:
            for quantity in find_quantities(sentence.text):
                if wanted and quantity.measure not in wanted:
                    continue
                begin, end = (sentence.start + at for at in segment(sentence.text, quantity))
                piece = _piece(citation, begin, end)
                found.setdefault((piece.start, piece.end), Figure(region, quantity, piece))
    return list(found.values())


def _piece(citation: Citation, start: int, end: int) -> Citation:
    quote = citation.quote[start - citation.start : end - citation.start]
    start += len(quote) - len(quote.lstrip())
    return Citation(
        citation.unit,
        citation.document,
        citation.title,
        citation.label,
        start,
        start + len(quote.strip()),
        quote.strip(),
    )


def nearest(figures: Sequence[Figure], matter: str) -> list[Figure]:
    """Return the few numbers that are shown of one party, those in words of the matter first, in their order."""
    about = pairs(matter)
    best = sorted(figures, key=lambda figure: -share(about, pairs(figure.citation.quote)))[:MOST_FIGURES]
    return [figure for figure in figures if figure in best or not matter]


def has_measure(documents: Iterable[Document], measure: Measure) -> bool:
    """Say whether any sentence of the documents counts such a thing."""
    sentences = (s for document in documents for clause in taken_apart(document) for s in clause.sentences)
    return any(quantity.measure is measure for s in sentences for quantity in find_quantities(s.text))


def rulings(figures: Sequence[Figure]) -> tuple[Ruling, ...]:
    """Return what is certain of numbers on the same thing, for the same levels, in one direction."""
    found: dict[tuple[Verdict, str, tuple[str, ...]], Ruling] = {}
    for one, other in combinations(figures, 2):
        ruling = _ruling(one, other) if one.region != other.region else None
        if ruling is not None:
            found.setdefault((ruling.verdict, ruling.subject, ruling.regions), ruling)
    return _joined(found.values())


def _joined(found: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Join pairs that are the same on one thing into one ruling."""
    same: dict[str, dict[str, str]] = {}
    others = []
    for ruling in found:
        if ruling.verdict is Verdict.SAME:
            same.setdefault(ruling.subject, {}).update(zip(ruling.regions, ruling.numbers, strict=True))
        else:
            others.append(ruling)
    joined = (Ruling(Verdict.SAME, subject, tuple(each), tuple(each.values())) for subject, each in same.items())
    return (*joined, *others)


def _ruling(one: Figure, other: Figure) -> Ruling | None:
    a, b = one.quantity, other.quantity
    subject = same_thing(a, b)
    if not subject:
        return None
    verdict = verdict_of(a, b)
    if verdict is not None:
        return Ruling(verdict, subject, (one.region, other.region), (a.printed, b.printed))
    turned = verdict_of(b, a)
    if turned is not None:
        return Ruling(turned, subject, (other.region, one.region), (b.printed, a.printed))
    return None


def verdict_of(a: Quantity, b: Quantity) -> Verdict | None:
    """Return what the first number is beside the second; None where that is not certain, or the other way round."""
    if a.bound == b.bound and a.value == b.value:
        return Verdict.SAME
    if a.bound == b.bound != 0:
        return Verdict.STRICTER if a.bound * a.value > b.bound * b.value else None
    if a.bound == 0 and b.bound != 0:
        return Verdict.MEETS if b.bound * a.value >= b.bound * b.value else Verdict.SHORT
    return None


def same_thing(a: Quantity, b: Quantity) -> str:
    """Return what both numbers count, the shorter wording; empty where it is not clearly the same, for the same levels."""
    if a.measure is not b.measure or not a.levels or a.levels != b.levels:
        return ""
    shorter, longer = sorted((a.subject, b.subject), key=len)
    common = _longest_common(shorter, longer)
    return shorter if common >= max(ALIKE_LENGTH, ALIKE_SHARE * len(shorter)) else ""


def _longest_common(shorter: str, longer: str) -> int:
    lengths = range(len(shorter), 0, -1)
    return next((n for n in lengths if any(shorter[i : i + n] in longer for i in range(len(shorter) - n + 1))), 0)
