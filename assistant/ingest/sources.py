"""A copy as it is kept in `sources/`: as received, unrelated articles cut, never edited."""

from collections.abc import Sequence

from assistant.ingest.blocks import Dropped
from assistant.ingest.copies import Copy


def cut_foreign(copy: Copy, dropped: Sequence[Dropped]) -> str:
    """Return the lines of a copy, each as received, without the lines of other articles."""
    foreign: set[int] = set()
    for part in dropped:
        if part.is_foreign and part.copy == copy.name:
            foreign.update(range(part.first_line, part.last_line + 1))
    kept = (line.text for number, line in enumerate(copy.lines, 1) if number not in foreign)
    return "\n".join(kept).strip("\n") + "\n"
