"""Sifting (归位与剔除): every fragment of every copy goes to the clause it belongs to, or out with other articles."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.ingest.blocks import Reason
from assistant.ingest.homing import Homes, is_in_head
from assistant.ingest.news import LEAD, Vocabulary
from assistant.ingest.pieces import Piece, Twins, as_there, pieces_of, rejoined
from assistant.ingest.rows import Row
from assistant.ingest.segments import Segment


def sift(rows: Sequence[Row], copies: Sequence[Sequence[Segment]]) -> tuple[list[Row], list[Piece]]:
    """Return the clauses with every fragment in its place, and the pieces that are left out, with their reasons."""
    return _Sieve(rows, copies).run()


class _Sieve:
    """The fragments of all copies in the order of their lines, and the clauses they stand in."""

    def __init__(self, rows: Sequence[Row], copies: Sequence[Sequence[Segment]]) -> None:
        self.rows = list(rows)
        self.homes = Homes(())
        sure = [row.head if row.label is not None or len(row.segments) > 1 else "" for row in rows]
        self.vocabulary = Vocabulary(sure)
        self.pieces = [piece for i, row in enumerate(rows) for piece in pieces_of(i, row)]
        for copy, segments in enumerate(copies):
            self.pieces += [Piece(copy, part, None) for other in segments if other.foreign for part in other.fragments]
        self.pieces.sort(key=lambda piece: (piece.copy, piece.fragment.block.first_line))
        for place, piece in enumerate(self.pieces):
            piece.place = place

    def run(self) -> tuple[list[Row], list[Piece]]:
        self._lay_out_twins()
        self.homes = Homes(self.rows)
        for piece in self.pieces:
            if not piece.known:
                self._send_home(piece)
        for stretch in self._loose_stretches():
            self._judge(stretch)
        self._remove()
        out = [piece for piece in self.pieces if piece.out is not None]
        return [row for row in self.rows if row.segments or row.strays], out

    def _lay_out_twins(self) -> None:
        """Paragraphs without number that two copies have below different clauses, or as suspects, get a row of their own.

        They must be like the document, or three copies must have them, one of them where it is not suspected.
        """
        twins_of = Twins(self.pieces)
        free = [p for p in self.pieces if p.may_stand_alone and not self.vocabulary.is_scrap(p.text)]
        for piece in sorted(free, key=lambda p: -len(p.text)):
            twins = twins_of(piece)
            agreed = len({p.copy for p in twins}) >= 2 and any(p.row is not None for p in (piece, *twins))
            if piece.known or not twins or not agreed and self.vocabulary.is_foreign(piece.text, shared=True):
                continue
            piece.trusted = True
            if all(p.may_stand_alone and not p.known for p in twins):
                self._add_row(piece)

    def _add_row(self, piece: Piece) -> None:
        """Lay a paragraph out after the clause that its copy has before it."""
        before = [p.row for p in self.pieces[: piece.place] if p.copy == piece.copy and p.row is not None]
        index = max(before, default=-1) + 1
        self._take_from(piece)
        for other in self.pieces:
            if other.row is not None and other.row >= index:
                other.row += 1
        self.rows.insert(index, Row({piece.copy: Segment(None, "", [piece.fragment])}))
        self.vocabulary.clauses.insert(index, set())
        piece.row, piece.known = index, True

    def _send_home(self, piece: Piece) -> None:
        """Move a fragment to the clause where other copies have it; a short suspect has to wait."""
        home = self.homes.find(piece.copy, piece.text)
        suspect = piece.row is None
        if home is None or suspect and not piece.trusted and self.vocabulary.is_short(piece.text):
            return
        sure = piece.trusted or piece.row == home or is_in_head(self.rows[home], piece.copy, piece.text)
        if sure or not self.vocabulary.is_foreign(piece.text, (home, piece.row), shared=not suspect):
            self._move(piece, home)

    def _move(self, piece: Piece, home: int) -> None:
        if home != piece.row:
            row = self.rows[home]
            row.strays.append((piece.copy, replace(piece.fragment, text=as_there(piece, row))))
            self.homes.add(home, piece.copy, piece.text)
            self._take_from(piece)
        piece.known = True

    def _take_from(self, piece: Piece) -> None:
        if piece.row is not None:
            part = self.rows[piece.row].segments[piece.copy]
            part.fragments = [fragment for fragment in part.fragments if fragment is not piece.fragment]

    def _loose_stretches(self) -> list[list[Piece]]:
        """Return the stretches of one copy that no other copy has and that have no number."""
        stretches: list[list[Piece]] = []
        for before, piece in zip([None, *self.pieces], self.pieces, strict=False):
            if piece.is_loose:
                if before is None or not before.is_loose or before.copy != piece.copy:
                    stretches.append([])
                stretches[-1].append(piece)
        return stretches

    def _judge(self, stretch: list[Piece]) -> None:
        """Out goes what was suspected, what cuts a sentence, what is unlike the document, what two copies lack."""
        while stretch and self._belongs(stretch[0]):
            stretch.pop(0).known = True
        if not stretch:
            return
        whole = "".join(piece.text for piece in stretch)
        foreign = self._cuts_sentence(stretch) or self.vocabulary.is_foreign(whole, [piece.row for piece in stretch])
        if foreign and self._goes_on(stretch):
            stretch.pop().known = True
        for piece in stretch:
            if piece.row is None or foreign or self.vocabulary.is_foreign(piece.text, [piece.row]):
                piece.out = Reason.FOREIGN
            elif self._is_outvoted(piece):
                piece.out = Reason.EXTRA

    def _belongs(self, piece: Piece) -> bool:
        """In a clause that no other copy has: what directly goes on with its first paragraph, unless it is quite unlike."""
        before = self._beside(piece, -1)
        if piece.row is None or before is None or before.row != piece.row or piece.fragment.joint:
            return False
        alone = len(self.rows[piece.row].copies) == 1 and self.rows[piece.row].label is not None
        likely = not self.vocabulary.is_short(piece.text) and not self.vocabulary.is_foreign(piece.text, shared=True)
        return alone and likely

    def _beside(self, piece: Piece, step: int) -> Piece | None:
        """The piece before (-1) or after (1) in the same copy."""
        place = piece.place + step
        other = self.pieces[place] if 0 <= place < len(self.pieces) else None
        return other if other is not None and other.copy == piece.copy else None

    def _goes_on(self, stretch: Sequence[Piece]) -> bool:
        """The last paragraph of the stretch takes up the sentence that was broken off before it."""
        before, last = self._beside(stretch[0], -1), stretch[-1]
        if before is None or not before.breaks_off or last.row is None:
            return False
        if len(stretch) == 1:
            return not LEAD.match(last.text)
        return not self.vocabulary.is_short(last.text) and not self.vocabulary.is_foreign(last.text, [last.row])

    def _cuts_sentence(self, stretch: Sequence[Piece]) -> bool:
        """The paragraph before breaks off, and the one after the stretch is of the same clause."""
        before, after = self._beside(stretch[0], -1), self._beside(stretch[-1], 1)
        if before is None or after is None or before.row is None or before.row != after.row:
            return False
        return before.breaks_off and before.known and after.known and not after.opening

    def _is_outvoted(self, piece: Piece) -> bool:
        """A paragraph without number that stands between two clauses, where two other copies have both but not it."""
        i = piece.row
        if i is None or self.rows[i].label or len(self.rows[i].copies) > 1 or not 0 < i < len(self.rows) - 1:
            return False
        beside = set(self.rows[i - 1].segments) & set(self.rows[i + 1].segments)
        return len(beside - {piece.copy}) >= 2

    def _remove(self) -> None:
        """Take what is out from the clauses; what it parted is one paragraph again."""
        gone = {id(piece.fragment) for piece in self.pieces if piece.out is not None}
        for row in self.rows:
            for copy, part in list(row.segments.items()):
                part.fragments = rejoined(part.fragments, gone)
                if not part.fragments:
                    del row.segments[copy]
