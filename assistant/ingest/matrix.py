"""Characters of several copies of one clause side by side (逐字比对): one column a character, one row a witness."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.ingest.matching import BREAK, CELLS, LARGE, Matched, match

BODY = 0.3
"""Share of a clause that copies must have for their common end to be its end: not the title alone."""
MARGIN = 12
"""Characters around the part of the guide that a piece is like, for its ends may differ."""
SILENT = None
"""In a column: the witness has lost this part of the clause and has no vote."""

Column = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """What one copy has of a clause, in one piece."""

    copy: int
    text: str
    whole: bool = True
    """False for a piece that was found elsewhere: silent outside its own extent."""
    seams: frozenset[int] = frozenset()
    """Offsets where a column or page ended, so that something may be lost there."""


def columns(witnesses: Sequence[Witness]) -> list[Column]:
    """Return the columns; a character, "" where the witness has nothing, None where it is broken off."""
    guide = max(range(len(witnesses)), key=lambda k: (witnesses[k].whole, len(witnesses[k].text)))
    text = witnesses[guide].text
    rows = [_against(text, witness) if k != guide else _itself(text) for k, witness in enumerate(witnesses)]
    _hear_agreeing_ends(rows, witnesses)
    result: list[Column] = []
    for i in range(len(text) + 1):
        result += _between([row.between[i] for row in rows], [_is_silent(row, i) for row in rows], witnesses)
        if i < len(text):
            result.append(tuple(row.chars[i] for row in rows))
    return result


def _itself(text: str) -> Matched:
    return Matched(list(text), [""] * (len(text) + 1))


def _against(guide: str, witness: Witness) -> Matched:
    """Align a witness with the guide; a piece only with the part of the guide that it is like."""
    begin, end = _extent(guide, witness)
    inner = match(guide[begin:end], witness.text)
    rest = len(guide) - end
    aligned = Matched([*[""] * begin, *inner.chars, *[""] * rest], [*[""] * begin, *inner.between, *[""] * rest])
    _silence_seams(aligned, witness)
    _silence_ends(aligned, 1 if not witness.whole else LARGE)
    return aligned


def _extent(guide: str, witness: Witness) -> tuple[int, int]:
    if witness.whole or len(guide) * len(witness.text) > CELLS:
        return 0, len(guide)
    found = fuzz.partial_ratio_alignment(witness.text, guide)
    if found is None or len(witness.text) > len(guide):
        return 0, len(guide)
    return max(0, found.dest_start - MARGIN), min(len(guide), found.dest_end + MARGIN)


def _silence_seams(aligned: Matched, witness: Witness) -> None:
    """What is missing at a seam or at the end of a paragraph is lost, not left out: no vote there."""
    offset = begin = 0
    for i in range(len(aligned.chars) + 1):
        offset += len(aligned.between[i])
        if i < len(aligned.chars) and not aligned.chars[i] and not aligned.between[i]:
            continue
        at = offset - len(aligned.between[i])
        if i - begin >= LARGE and (at in witness.seams or witness.text[at : at + 1] == BREAK):
            aligned.chars[begin:i] = [SILENT] * (i - begin)
        begin = i + 1
        offset += len(aligned.chars[i] or "") if i < len(aligned.chars) else 0


def _silence_ends(aligned: Matched, least: int) -> None:
    """Take the vote from a witness before its first and after its last character, where that is `least` or more."""
    spoken = [i for i, char in enumerate(aligned.chars) if char]
    first, last = (spoken[0], spoken[-1]) if spoken else (len(aligned.chars), -1)
    if first >= least:
        aligned.chars[:first] = [SILENT] * first
    if len(aligned.chars) - 1 - last >= least:
        aligned.chars[last + 1 :] = [SILENT] * (len(aligned.chars) - 1 - last)


def _hear_agreeing_ends(rows: Sequence[Matched], witnesses: Sequence[Witness]) -> None:
    """Two copies that end at one place are not broken off there: what a third has after it is its own."""
    ends: dict[int, list[int]] = {}
    pieces = Counter(witness.copy for witness in witnesses)
    for k, row in enumerate(rows):
        if pieces[witnesses[k].copy] > 1:
            continue
        spoken = [i for i, char in enumerate(row.chars) if char]
        if witnesses[k].whole and spoken and row.chars[-1] is SILENT and spoken[-1] >= BODY * len(row.chars):
            ends.setdefault(spoken[-1], []).append(k)
    for last, agreeing in ends.items():
        if len({witnesses[k].copy for k in agreeing}) >= 2:
            for k in agreeing:
                rows[k].chars[last + 1 :] = [""] * (len(rows[k].chars) - last - 1)


def _is_silent(row: Matched, i: int) -> bool:
    """Between characters i-1 and i: silent when the witness has nothing there and is silent on one side."""
    if row.between[i]:
        return False
    before = row.chars[i - 1] if i > 0 else ""
    after = row.chars[i] if i < len(row.chars) else ""
    return before is SILENT or after is SILENT


def _between(texts: Sequence[str], silent: Sequence[bool], witnesses: Sequence[Witness]) -> list[Column]:
    """Align what the witnesses have between two characters of the guide with each other."""
    having = [k for k, text in enumerate(texts) if text]
    if not having:
        return []
    if len(having) == 1:
        inner: list[Column] = [(char,) for char in texts[having[0]]]
    else:
        inner = columns([Witness(witnesses[k].copy, texts[k]) for k in having])
    filled: list[Column] = []
    for column in inner:
        cells: list[str | None] = [SILENT if quiet else "" for quiet in silent]
        for k, char in zip(having, column, strict=True):
            cells[k] = char
        filled.append(tuple(cells))
    return filled
