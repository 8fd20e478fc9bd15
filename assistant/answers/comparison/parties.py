"""What each party's documents say on the matter (各方): its best clauses, by words and by what the others say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers.comparison.asking import Side
from assistant.answers.comparison.quantities import find_quantities
from assistant.answers.comparison.similarity import Clause, likeness, pairs, share, taken_apart
from assistant.answers.model import Asker, Measure, Request, Standing
from assistant.answers.weighing import PREAMBLE_DAMPING
from assistant.citations import parse_unit_id, unit_id
from assistant.search.fuse import Hit
from assistant.search.index import Index

SEARCHED = 8
SURE = 0.6
"""Strength from which on a clause says it; set on the half of the questions that is not held apart."""
ENOUGH = 0.44
"""The same, where it is not far behind the clearest party."""
NOT_FAR = 0.45
CLOSE = 0.3
"""Strength from which on a clause is named as the nearest."""
ECHO = 0.5
"""Likeness from which on a sentence says again what the clearest party says on the matter."""
IN_TITLE = 0.5
"""Share of the matter that a title holds of a clause that is wholly about it."""
TELLING = 0.6
FURTHER = 0.75
"""A second clause is shown where it is so strong beside the first."""
SHOWN = {Asker.VILLAGER: 1, Asker.CADRE: 2, Asker.TRAINER: 2}
GIVING = 0.5
"""Strength beside the best from which on a clause may give the number that is asked for."""
MOST_NUMBERED = 2
"""The same where a number is asked for, whoever asks: 50 for the county, 15 for the township."""
MANY = 3
"""From so many parties on one clause each must do."""


@dataclass(frozen=True, slots=True)
class Found:
    """One party's clauses on the matter, best first."""

    side: Side
    standing: Standing
    units: tuple[str, ...]
    """The clauses to be shown; empty where nothing is near."""
    ranked: tuple[str, ...]
    strength: float = 0.0
    saying: tuple[str, ...] = ()
    """All clauses that may give a number on it."""


def strength(hit: Hit) -> float:
    """Return how clearly a clause speaks of the matter: words of it that it holds, and nearness of meaning."""
    legs = hit.legs
    strong = legs["keyword"] + 0.5 * (legs["asked"] + legs["vector"])
    return strong * PREAMBLE_DAMPING if parse_unit_id(hit.unit)[1] == "preamble" else strong


def find_parties(
    sides: Sequence[Side], matter: str, request: Request, index: Index, measures: frozenset[Measure] = frozenset()
) -> list[Found]:
    """Return what each side's documents have on the matter, in the order of `sides`.

    measures: what kinds of number are asked for; a clause that gives one is taken before an equal one that does not.
    """
    hits = [_hits(side, matter, index) for side in sides]
    clearest = max((strength(found[0]) for found in hits if found), default=0.0)
    told = _told(sides, hits, matter, clearest)
    most = 1 if len(sides) > MANY else MOST_NUMBERED if measures else SHOWN[request.asker]
    parties = [_found(side, found, told, clearest, most) for side, found in zip(sides, hits, strict=True)]
    return [_numbered_first(party, measures, most) for party in parties] if measures else parties


def _numbered_first(party: Found, measures: frozenset[Measure], most: int) -> Found:
    """Show the clauses that give such a number, where those that say it do."""
    giving = [unit for unit in party.saying if _counts(party.side, unit, measures)]
    if not giving:
        return replace(party, units=party.units[:1])
    ranked = (*giving, *(unit for unit in party.ranked if unit not in giving))
    return replace(party, units=tuple(giving[:most]), ranked=ranked)


def _counts(side: Side, unit: str, measures: frozenset[Measure]) -> bool:
    clause = _clause(side, unit)
    found = (q for s in clause.sentences for q in find_quantities(s.text)) if clause else ()
    return any(quantity.measure in measures for quantity in found)


def _hits(side: Side, matter: str, index: Index) -> list[Hit]:
    hits = index.search(matter, documents={document.id for document in side.documents}, limit=SEARCHED)
    return sorted(hits, key=lambda hit: -_rank(hit))


def _rank(hit: Hit) -> float:
    return hit.score * (PREAMBLE_DAMPING if parse_unit_id(hit.unit)[1] == "preamble" else 1.0)


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentences in which the clearest party speaks of the matter."""

    region: str
    sentences: tuple[frozenset[str], ...]


def _told(sides: Sequence[Side], hits: Sequence[Sequence[Hit]], matter: str, clearest: float) -> _Told | None:
    """Return them where that party is sure enough to look for the same sentences elsewhere."""
    about = pairs(matter)
    for side, found in zip(sides, hits, strict=True):
        if found and strength(found[0]) == clearest >= SURE:
            clause = _clause(side, found[0].unit)
            if clause is None:
                return None
            return _Told(side.region, _telling(clause, about))
    return None


def _telling(clause: Clause, about: frozenset[str]) -> tuple[frozenset[str], ...]:
    """Return the sentences that name the matter best; all of a clause that has it in its title."""
    if share(about, pairs(clause.title)) >= IN_TITLE:
        return clause.pairs
    best = max((share(about, each) for each in clause.pairs), default=0.0)
    return tuple(each for each in clause.pairs if best and share(about, each) >= TELLING * best)


def _clause(side: Side, unit: str) -> Clause | None:
    document_id, address = parse_unit_id(unit)
    document = next(document for document in side.documents if document.id == document_id)
    return next((clause for clause in taken_apart(document) if clause.address == address), None)


def _found(side: Side, hits: Sequence[Hit], told: _Told | None, clearest: float, most: int) -> Found:
    if not hits:
        return Found(side, Standing.NOTHING, (), ())
    strong = {hit.unit: strength(hit) for hit in hits}
    best = max(strong.values())
    says = best >= SURE or best >= max(ENOUGH, NOT_FAR * clearest)
    echo = None if says or told is None or told.region == side.region else _echo(side, told)
    if echo is not None:
        strong = {echo: ENOUGH} | strong
    ranked = tuple(strong)
    if not says and echo is None:
        return Found(side, Standing.NEAR if best >= CLOSE else Standing.NOTHING, ranked[: best >= CLOSE], ranked, best)
    further = [unit for unit in ranked[1:] if strong[unit] >= max(ENOUGH, FURTHER * best)]
    shown = (ranked[0], *further)[:most]
    saying = tuple(unit for unit in ranked if strong[unit] >= max(CLOSE, GIVING * best))
    return Found(side, Standing.SAYS, shown, ranked, best, saying)


def _echo(side: Side, told: _Told) -> str | None:
    """Return the side's clause that says again most of what the clearest party says on the matter."""
    most, unit = 0.0, None
    for document in side.documents:
        for clause in taken_apart(document):
            alike = (likeness(sentence, clause) for sentence in told.sentences)
            total = sum(found for found in alike if found >= ECHO)
            if total > most:
                most, unit = total, unit_id(document.id, clause.address)
    return unit
