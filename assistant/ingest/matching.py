"""Matching (逐字对齐) of two readings of a clause: what stands beside what, character by character."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from assistant.ingest.alignment import anchors

SOLID = 3
"""Characters in a row that must agree beside a large difference; fewer agree by chance."""
LARGE = 8
"""Characters; a difference at the head or end of a text from which it is taken as broken off there."""
CELLS = 9_000_000
"""Pairs of characters that are compared at once: 3,000 by 3,000."""
SENTENCE = re.compile(r"[^。；\n]{4,}[。；\n]?")
BREAK = "\n"

Run = tuple[int, int, int]
"""Place in the guide, place in the text, length of a stretch in which they agree."""


@dataclass(slots=True)
class Matched:
    """A text against the guide: a character or "" for each of the guide's, and what the text has between them."""

    chars: list[str | None]
    between: list[str]


def match(guide: str, text: str) -> Matched:
    """Align two texts; large differences stay in one piece and are not pinned by single characters."""
    chars: list[str | None] = [""] * len(guide)
    between = [""] * (len(guide) + 1)
    i = j = 0
    for a, b, size in [*_solid_runs(guide, text), (len(guide), len(text), 0)]:
        _fill(chars, between, guide[i:a], text[j:b], i)
        chars[a : a + size] = text[b : b + size]
        i, j = a + size, b + size
    return Matched(chars, between)


def _solid_runs(guide: str, text: str) -> list[Run]:
    """Return runs that agree, without chance agreements in large differences."""
    runs = _drawn_together(guide, _agreeing(guide, text))
    k = 0
    while k < len(runs):
        if _is_chance(runs, k, len(guide), len(text)):
            del runs[k]
            k = max(0, k - 1)
        else:
            k += 1
    return runs


def _agreeing(guide: str, text: str) -> list[Run]:
    """Return the runs of the shortest way from one text to the other; long texts are first cut at sentences both have."""
    if len(guide) * len(text) <= CELLS:
        found = Levenshtein.editops(guide, text).as_matching_blocks()
        return [(block.a, block.b, block.size) for block in found if block.size]
    runs: list[Run] = []
    i = j = 0
    for a, b, size in [*_shared_sentences(guide, text), (len(guide), len(text), 0)]:
        if (a - i) * (b - j) <= CELLS:
            runs += [(i + k, j + m, n) for k, m, n in _agreeing(guide[i:a], text[j:b])]
        runs += [(a, b, size)] if size else []
        i, j = a + size, b + size
    return runs


def _shared_sentences(guide: str, text: str) -> list[Run]:
    """Return the sentences that stand once in either text, in one order."""
    first, second = ([(m.start(), m.group()) for m in SENTENCE.finditer(side)] for side in (guide, text))
    pairs = anchors([sentence for _, sentence in first], [sentence for _, sentence in second])
    return [(first[i][0], second[j][0], len(first[i][1])) for i, j in pairs]


def _drawn_together(guide: str, runs: list[Run]) -> list[Run]:
    """Move a run at the head or end that a gap parts from its neighbour, where it fits beside the neighbour as well."""
    runs = list(runs)
    for _ in range(2):
        if len(runs) >= 2:
            (a, b, size), (c, d, other) = runs[-2], runs[-1]
            if d == b + size and c >= a + size + LARGE and guide[a + size : a + size + other] == guide[c : c + other]:
                runs[-2:] = [(a, b, size + other)]
        if len(runs) >= 2:
            (a, b, size), (c, d, other) = runs[0], runs[1]
            if d == b + size and c >= a + size + LARGE and guide[c - size : c] == guide[a : a + size]:
                runs[:2] = [(c - size, b, size + other)]
    return runs


def _is_chance(runs: Sequence[Run], k: int, guide_end: int, text_end: int) -> bool:
    """Say whether run `k` is short and stands beside a large difference, with another difference or nothing after it."""
    a, b, size = runs[k]
    if size >= SOLID:
        return False
    before = (runs[k - 1][0] + runs[k - 1][2], runs[k - 1][1] + runs[k - 1][2]) if k else (0, 0)
    after = (runs[k + 1][0], runs[k + 1][1]) if k + 1 < len(runs) else (guide_end, text_end)
    left, right = max(a - before[0], b - before[1]), max(after[0] - a - size, after[1] - b - size)
    at_edge = k == len(runs) - 1 and right == 0 or k == 0 and left == 0
    return max(left, right) >= LARGE and (min(left, right) > 0 or at_edge)


def _fill(chars: list[str | None], between: list[str], guide: str, text: str, at: int) -> None:
    """Set a difference: the common head and tail side by side, then what is between them."""
    broken = len(guide) >= len(text) + LARGE
    at_head, at_end = at == 0, at + len(guide) == len(chars)
    head = 0 if broken and at_head else _common(guide, text)
    tail = 0 if broken and at_end else _common(guide[head:][::-1], text[head:][::-1])
    chars[at : at + head] = text[:head]
    chars[at + len(guide) - tail : at + len(guide)] = text[len(text) - tail :] if tail else ""
    middle, own, at = guide[head : len(guide) - tail], text[head : len(text) - tail], at + head
    if not own:
        return
    if own.startswith(BREAK) and not _are_alike(middle[: len(own)], own):
        between[at + len(middle)] += own
        return
    if len(middle) >= len(own) + LARGE:
        shift = _closest(middle, own, at_head=at_head, at_end=at_end)
        middle, at = middle[shift : shift + len(own)], at + shift
    if (
        middle
        and abs(len(middle) - len(own)) < SOLID
        and (max(len(middle), len(own)) < LARGE or _are_alike(middle, own))
    ):
        _side_by_side(chars, between, middle, own, at)
    else:
        between[at + (len(middle) if at_head else 0)] += own


def _closest(middle: str, own: str, *, at_head: bool, at_end: bool) -> int:
    """Return where in a much longer part of the guide the witness's words belong: at its head or at its end."""
    last = len(middle) - len(own)
    if at_head or at_end:
        return 0 if at_end else last
    return 0 if Levenshtein.distance(middle[: len(own)], own) <= Levenshtein.distance(middle[last:], own) else last


def _are_alike(one: str, other: str) -> bool:
    return 2 * Levenshtein.distance(one, other) <= max(len(one), len(other))


def _side_by_side(chars: list[str | None], between: list[str], middle: str, own: str, at: int) -> None:
    for op in Levenshtein.opcodes(middle, own):
        shared = min(op.src_end - op.src_start, op.dest_end - op.dest_start)
        chars[at + op.src_start : at + op.src_start + shared] = own[op.dest_start : op.dest_start + shared]
        between[at + op.src_start + shared] += own[op.dest_start + shared : op.dest_end]


def _common(one: str, other: str) -> int:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return size
