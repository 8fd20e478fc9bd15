"""The closing paragraphs (结尾) after the last （N） clause: 各州、市要结合实际抓好贯彻落实。"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.clauses.labels import Family
from assistant.clauses.openings import Opening
from assistant.clauses.titles import title_of
from assistant.clauses.units import Kind

CLOSING_CLAUSES = 3
"""More than so many one-paragraph clauses make a further paragraph after the last one a closing paragraph."""
PARAGRAPH = re.compile(r"^.*\S", re.M)


def with_end(text: str, openings: Sequence[Opening]) -> list[Opening]:
    """Part the closing paragraphs from the last clause or item, where every other has one paragraph."""
    main = next((i for i, opening in enumerate(openings) if opening.kind is Kind.ANNEX), len(openings))
    listed = [i for i in range(main) if openings[i].kind is Kind.ITEM or _is_clause(openings[i])]
    if sum(_is_clause(openings[i]) for i in listed) <= CLOSING_CLAUSES:
        return list(openings)
    last = listed[-1]
    follows = openings[last + 1].kind if last + 1 < len(openings) else None
    paragraphs = {i: _paragraphs(text, openings, i) for i in listed}
    single = all(len(paragraphs[i]) <= 1 for i in listed if i != last)
    if follows not in (None, Kind.IMPRINT, Kind.ANNEX) or not single or len(paragraphs[last]) < 2:
        return list(openings)
    shifted = [replace(o, parent=o.parent + (o.parent > last)) if o.parent is not None else o for o in openings]
    return [*shifted[: last + 1], Opening(paragraphs[last][1], Kind.END, None, None), *shifted[last + 1 :]]


def _is_clause(opening: Opening) -> bool:
    return opening.kind is Kind.CLAUSE and opening.family is Family.HAN_BRACKET


def _paragraphs(text: str, openings: Sequence[Opening], i: int) -> list[int]:
    """Return where the lines of a unit's body begin that are not blank."""
    end = openings[i + 1].start if i + 1 < len(openings) else len(text)
    body = title_of(text, openings[i], end)[1]
    return [body + found.start() for found in PARAGRAPH.finditer(text[body:end])]
