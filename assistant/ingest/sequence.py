"""Printed numbers (序号) that contradict their neighbours, set right by their place in the row."""

from collections.abc import Sequence

LONGEST = 200
"""Headings; a longer row is a list, and nothing in it is set right."""


def repaired(numbers: Sequence[int]) -> list[int]:
    """Return `numbers` with those changed that cannot be right: 一 二 二 四 → 一 二 三 四.

    As many numbers as possible are kept; gaps stay gaps, for a heading may be lost. A new row begins at 1, 2.
    """
    result: list[int] = []
    begin = 0
    for i in range(1, len(numbers) + 1):
        restarts = i < len(numbers) - 1 and numbers[i] == 1 and numbers[i + 1] == 2
        if restarts or i == len(numbers):
            result += _row_repaired(numbers[begin:i])
            begin = i
    return result


def _row_repaired(row: Sequence[int]) -> list[int]:
    if len(row) > LONGEST or all(b > a for a, b in zip(row, row[1:], strict=False)):
        return list(row)
    kept = _longest_possible(row)
    result: list[int] = []
    for i, number in enumerate(row):
        result.append(number if i in kept else (result[-1] if result else 0) + 1)
    return result


def _longest_possible(row: Sequence[int]) -> set[int]:
    """Return the places of the longest rising selection that leaves room for the numbers between."""
    best: list[list[int]] = []
    for j, number in enumerate(row):
        chains = [best[i] for i in range(j) if best[i] and number - row[i] >= j - i]
        first = [j] if number >= j + 1 else []
        best.append([*max(chains, key=len), j] if chains else first)
    longest: list[int] = []
    for chain in reversed(best):
        longest = chain if len(chain) > len(longest) else longest
    return set(longest)
