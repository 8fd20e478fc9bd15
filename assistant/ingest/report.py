"""What an ingest found, missed, dropped and doubts (导入报告)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.clauses.numbering import NumberFinding
from assistant.ingest.blocks import Dropped
from assistant.ingest.copies import Copy

EXCERPT = 40
"""Characters of a dropped passage that the report shows."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Everything a reviewer must look at before the text is trusted."""

    document: str
    title: str
    copies: tuple[str, ...]
    characters: int
    units: int
    clauses: int
    findings: tuple[NumberFinding, ...]
    dropped: tuple[Dropped, ...]
    variants: int
    """Places where copies differ."""
    repairs: tuple[tuple[tuple[str, ...], str], ...]
    """Wrong section numbers that were put right: what the copies print, and what was chosen."""
    doubtful: float
    """Share of characters that rest on an uncertain choice or could not be read, 0 to 1."""
    unchecked: bool
    unread_pages: tuple[int, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the report as plain values, for JSON."""
        fields = asdict(self)
        fields["dropped"] = [
            asdict(dropped) | {"text": dropped.text[:EXCERPT], "characters": len(dropped.text)}
            for dropped in self.dropped
        ]
        return fields


def unread_pages(copies: Sequence[Copy]) -> tuple[int, ...]:
    """Return the pages that had no text layer and were not recognised."""
    return tuple(sorted({page for copy in copies for page in copy.unread_pages}))
