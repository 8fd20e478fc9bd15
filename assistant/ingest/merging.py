"""Merging (合并) of several copies: clauses side by side, each place decided, headings put where they belong."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from assistant.clauses.labels import Label
from assistant.clauses.numerals import to_chinese
from assistant.ingest.blocks import Cleaned, Dropped, Reason
from assistant.ingest.choosing import Judge
from assistant.ingest.headings import HeadingRow, gather_headings, numbers
from assistant.ingest.matrix import Witness
from assistant.ingest.pieces import Piece
from assistant.ingest.places import Place, Table
from assistant.ingest.rendering import Entry
from assistant.ingest.rows import Row, gather
from assistant.ingest.segments import Segment, segment
from assistant.ingest.sifting import sift
from assistant.ingest.titles import space_issuers
from assistant.ingest.variants import CONTEXT, Ground, Variant

TITLE, DATELINE, PREAMBLE = "标题", "题注", "引言"
ONE_TITLE = 60
"""Ratio from which two titles are readings of one."""


@dataclass(slots=True)
class Draft:
    """A document before it is written: what the copies come to."""

    title: str
    dateline: str
    entries: list[Entry]
    variants: list[Variant] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    lacking: dict[str, list[str]] = field(default_factory=dict)
    """By copy: the numbers of clauses and headings that it does not have at all."""


def merge(copies: Sequence[Cleaned], related: Sequence[str]) -> Draft:
    """Return the draft that two or more copies come to."""
    merging = _Merging(copies, related)
    title, dateline, entries = merging.title(), merging.dateline(), merging.entries()
    return Draft(title, dateline, entries, merging.variants, merging.dropped, merging.lacking)


class _Merging:
    """Keeps what all steps need: the copies, their clauses and tables, the judge, and the lists that grow."""

    def __init__(self, copies: Sequence[Cleaned], related: Sequence[str]) -> None:
        self.copies = copies
        self.names = [copy.name for copy in copies]
        self.variants: list[Variant] = []
        self.lacking: dict[str, list[str]] = {name: [] for name in self.names}
        segments = [segment(copy.blocks) for copy in copies]
        self.rows, out = sift(gather(segments), segments)
        self.dropped = [_dropped(piece, self.names[piece.copy]) for piece in out]
        self.tables = [Table(row.witnesses(), len(copies)) for row in self.rows]
        self.judge = Judge(self.tables, len(copies), related)
        self.headings = gather_headings(segments, self.rows, self.judge.rates)
        self.above = PREAMBLE
        """Name of the place of paragraphs that have no number: the heading above them."""

    def title(self) -> str:
        """Return the title on which the copies agree, with the blank between two issuers if any copy has it."""
        titles = _alike({k: copy.title for k, copy in enumerate(self.copies) if copy.title})
        plain = self._voted({k: title.replace(" ", "") for k, title in titles.items()}, TITLE)
        spaced = next((title for title in titles.values() if " " in title and title.replace(" ", "") == plain), None)
        return spaced or space_issuers(plain)

    def dateline(self) -> str:
        """Return the date on which the copies agree."""
        return self._voted({k: copy.dateline for k, copy in enumerate(self.copies) if copy.dateline}, DATELINE)

    def entries(self) -> list[Entry]:
        """Return headings and clauses in the order of the document."""
        result: list[Entry] = []
        waiting = list(zip(self.headings, numbers(self.headings), strict=True))
        for i, (row, table) in enumerate(zip(self.rows, self.tables, strict=True)):
            while waiting and waiting[0][0].place <= i:
                result.append(self._heading(*waiting.pop(0)))
            result.append(self._clause(row, table))
        return result + [self._heading(*heading) for heading in waiting]

    def _clause(self, row: Row, table: Table) -> Entry:
        opening = self._opening(row.segments)
        name = opening.strip() or self.above
        self._note_lacking(name, row.copies)
        text = self._decided(table, name)
        hashes = max((part.hashes for part in row.segments.values()), default=0)
        return Entry(opening, text, heading=False, hashes=hashes)

    def _heading(self, heading: HeadingRow, number: int | None) -> Entry:
        opening = self._opening(heading.segments, number)
        title = self._voted({copy: part.text for copy, part in heading.segments.items()}, opening.strip())
        self.above = opening.strip() or title
        self._note_lacking(self.above, heading.segments)
        self._note_place(heading, title)
        hashes = max(part.hashes for part in heading.segments.values())
        return Entry(opening, title, heading=True, hashes=hashes)

    def _note_lacking(self, name: str, having: Collection[int]) -> None:
        for copy, own in enumerate(self.names):
            if copy not in having:
                self.lacking[own].append(name)

    def _note_place(self, heading: HeadingRow, title: str) -> None:
        """List a heading that copies print in different places."""
        fits = [begin < heading.place <= end for begin, end in heading.spans.values()]
        if all(fits):
            return
        chosen = self._standing(heading.place)
        readings = {
            self.names[copy]: chosen if fit else self._standing(heading.spans[copy][1])
            for copy, fit in zip(heading.spans, fits, strict=True)
        }
        ground = Ground.MAJORITY if 2 * sum(fits) > len(fits) else Ground.CLEANER
        self.variants.append(Variant(self.above, readings, chosen, ground, after=title[:CONTEXT]))

    def _standing(self, index: int) -> str:
        label = self.rows[index].label if index < len(self.rows) else None
        return (
            f"在{label.printed}之前" if label is not None else "在无编号段之前" if index < len(self.rows) else "在文末"
        )

    def _opening(self, parts: Mapping[int, Segment], number: int | None = None) -> str:
        """Return the number as printed: `number` where it is settled, else what most copies print, in a tie the cleaner one."""
        printed = {copy: part for copy, part in parts.items() if part.label is not None}
        if not printed:
            return ""
        votes = Counter(_number(part.label) for part in printed.values())
        most = [copy for copy, part in printed.items() if votes[_number(part.label)] == max(votes.values())]
        settled = [copy for copy, part in printed.items() if number in _number(part.label)[-1:]]
        chosen = printed[self.judge.cleanest(settled or most)]
        opening, printed_so = chosen.opening, number is None or bool(settled)
        if number is not None and not settled:
            opening = opening.replace(to_chinese(_number(chosen.label)[-1]), to_chinese(number), 1)
        if len(votes) > 1 or not printed_so:
            agreed = settled and 2 * votes[_number(chosen.label)] > len(printed)
            ground = Ground.MAJORITY if agreed else Ground.CLEANER if number is None else Ground.SEQUENCE
            readings = {self.names[copy]: part.opening.strip() for copy, part in printed.items()}
            self.variants.append(
                Variant(opening.strip(), readings, opening.strip(), ground, after=chosen.text[:CONTEXT])
            )
        return opening

    def _voted(self, texts: Mapping[int, str], place: str) -> str:
        return self._decided(Table([Witness(copy, text) for copy, text in texts.items()], len(self.copies)), place)

    def _decided(self, table: Table, name: str) -> str:
        """Return the text of a table with every place decided and listed."""
        pieces: list[str] = []
        end = 0
        listed: list[tuple[int, Place, str, Ground]] = []
        for place in table.places:
            pieces.append(table.agreed(end, place.begin))
            choice, ground = self.judge.decide(table, place)
            listed.append((sum(map(len, pieces)), place, choice, ground))
            pieces.append(choice)
            end = place.end
        text = "".join([*pieces, table.agreed(end, len(table.columns))])
        for at, place, choice, ground in listed:
            readings = {self.names[copy]: reading for copy, reading in place.readings.items()}
            before, after = text[max(0, at - CONTEXT) : at], text[at + len(choice) : at + len(choice) + CONTEXT]
            self.variants.append(Variant(name, readings, choice, ground, before, after))
        return text


def _alike(titles: Mapping[int, str]) -> dict[int, str]:
    """Leave out what a copy has in the place of its lost title: lines unlike the other titles."""
    middle = max(titles.values(), key=lambda title: sum(fuzz.ratio(title, other) for other in titles.values()))
    return {copy: title for copy, title in titles.items() if fuzz.ratio(title, middle) >= ONE_TITLE}


def _dropped(piece: Piece, name: str) -> Dropped:
    block = piece.fragment.block
    return Dropped(piece.text, piece.out or Reason.EXTRA, block.first_line, block.last_line, name)


def _number(label: Label | None) -> tuple[int, ...]:
    return label.numbers if label is not None else ()
