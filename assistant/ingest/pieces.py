"""Pieces (碎片): the fragments of the copies while it is decided where each belongs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.ingest.alignment import grams, likeness
from assistant.ingest.blocks import Reason
from assistant.ingest.homing import is_at_home
from assistant.ingest.paragraphs import ENDED
from assistant.ingest.printed import label_of
from assistant.ingest.rows import Row
from assistant.ingest.segments import Fragment

TWIN = 0.6
"""Likeness of two paragraphs that are one."""
RARE = 60
"""Pieces; letters that more of them have find nothing."""


@dataclass(slots=True, eq=False)
class Piece:
    """One fragment of one copy, where it stands, and what is known of it."""

    copy: int
    fragment: Fragment
    row: int | None
    """Index of the clause it stands in; None for a suspect."""
    opening: str = ""
    """The number, on the first fragment of a numbered clause."""
    known: bool = False
    """Another copy has it where it stands."""
    below: bool = False
    """It begins a paragraph below the first one of its clause."""
    trusted: bool = False
    """Other copies have it somewhere, so it is of the document."""
    out: Reason | None = None
    place: int = 0
    """Its place among all pieces, by copy and line."""

    @property
    def text(self) -> str:
        """The words."""
        return self.fragment.text

    @property
    def is_loose(self) -> bool:
        """Without number, and no other copy has it here."""
        return not self.known and not self.opening

    @property
    def may_stand_alone(self) -> bool:
        """A suspect, or a paragraph below the first one of its clause."""
        return self.is_loose and (self.row is None or self.below)

    @property
    def breaks_off(self) -> bool:
        """It ends in the middle of a sentence."""
        return not ENDED.search(self.text)


class Twins:
    """Finds for a piece the pieces of other copies that are the same paragraph, whole or in part."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.letters = [grams(piece.text) for piece in pieces]
        self.holders: dict[str, list[int]] = defaultdict(list)
        for i, letters in enumerate(self.letters):
            for gram in letters:
                self.holders[gram].append(i)

    def __call__(self, piece: Piece) -> list[Piece]:
        """Return the twins in the order of the pieces."""
        own = self.letters[piece.place]
        held = (self.holders[gram] for gram in own)
        near = {i for holders in held if len(holders) <= RARE for i in holders}
        alike = (i for i in sorted(near) if likeness(own, self.letters[i]) >= TWIN)
        return [self.pieces[i] for i in alike if self.pieces[i].copy != piece.copy]


def pieces_of(i: int, row: Row) -> list[Piece]:
    """Return the fragments of clause `i`, copy by copy."""
    pieces = []
    for copy, part in row.segments.items():
        for place, fragment in enumerate(part.fragments):
            opening = part.opening if place == 0 and part.label is not None else ""
            shared = place == 0 and len(row.segments) > 1 and (bool(opening) or len(part.fragments) == 1)
            known = shared or is_at_home(row, copy, fragment.text)
            pieces.append(Piece(copy, fragment, i, opening, known, below=place > 0 and bool(fragment.joint)))
    return pieces


def as_there(piece: Piece, row: Row) -> str:
    """Return the words of a piece without its number, or with one that is no number (1.5米) where the others have it so."""
    label = label_of(piece.text) if piece.row is None else None
    if label is not None and row.label is not None and label.numbers == row.label.numbers:
        return piece.text[label.end :]
    beginning = piece.opening + piece.text[:2]
    return piece.opening + piece.text if any(beginning in text for text in row.texts()) else piece.text


def rejoined(fragments: Sequence[Fragment], gone: set[int]) -> list[Fragment]:
    """Return the fragments but those whose ids are `gone`; a sentence that they parted is whole again."""
    kept: list[Fragment] = []
    parted = False
    for fragment in fragments:
        if id(fragment) in gone:
            parted = True
            continue
        broken = parted and kept and not ENDED.search(kept[-1].text)
        kept.append(replace(fragment, joint="") if broken else fragment)
        parted = False
    return kept
