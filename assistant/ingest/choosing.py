"""Choosing a reading (择善): agreement, then quotation in a related document, then the cleaner copy, then usage."""

from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.ingest.evidence import Habits, Quotations, quotes
from assistant.ingest.places import Place, Table
from assistant.ingest.variants import Ground

QUOTED = 6
"""Characters of context from which a quotation counts; measured on the hidden third copy: 42 of 46 right."""
AHEAD = 2
"""Characters of context that a quotation must have more than its rival."""
CLEARER = 1.6
"""How many times more errors the other copies must have for one to be the cleaner."""
FEW_ERRORS = 1.0
FEW_COLUMNS = 500
"""Added to the errors and columns counted, so that a short copy does not look clean by chance."""
LONG = 12
"""Characters; a passage of that length is rather lost in one copy than added in the other."""


class Judge:
    """Decides every place of variation of one document."""

    def __init__(self, tables: Sequence[Table], copies: int, related: Sequence[str]) -> None:
        self.tables = tables
        self.quotations = Quotations(related)
        self.index = {id(table): i for i, table in enumerate(tables)}
        self.habits = Habits(["\n".join(table.whole(c) for c in range(copies)) for table in tables], related)
        self.rates = self._error_rates(copies)

    def decide(self, table: Table, place: Place) -> tuple[str, Ground]:
        """Return the reading to print and why."""
        majority = place.majority
        if majority is None and len(place.readings) > 2:
            place = _without_gaps(place)
        if majority is not None:
            rival = self._overruling(table, place, majority)
            return (majority, Ground.MAJORITY) if rival is None else (rival, Ground.OVERRULED)
        quoted = self._quoted(table, place)
        if quoted is not None:
            return quoted, Ground.QUOTED
        fuller = _fuller(place)
        if fuller is not None:
            return fuller, Ground.FULLER
        cleaner = self._cleaner(place)
        if cleaner is not None:
            return place.readings[cleaner], Ground.CLEANER
        return self._by_usage(table, place)

    def cleanest(self, copies: Sequence[int]) -> int:
        """Return the copy with the fewest errors."""
        return min(copies, key=lambda copy: self.rates[copy])

    def _error_rates(self, copies: int) -> Mapping[int, float]:
        """Count for every copy the places where it stands alone against the others or against a quotation."""
        errors: Counter[int] = Counter()
        for table in self.tables:
            for place in table.places:
                right = place.majority if place.majority is not None else self._quoted(table, place)
                if right is not None:
                    errors.update(copy for copy, reading in place.readings.items() if reading != right)
        seen = {copy: sum(table.voted(copy) for table in self.tables) for copy in range(copies)}
        return {copy: (errors[copy] + FEW_ERRORS) / (seen[copy] + FEW_COLUMNS) for copy in range(copies)}

    def _quoted(self, table: Table, place: Place) -> str | None:
        support = {
            text: max((quotes(sides, text) for sides in self._support(table, place, text)), default=0)
            for text in place.groups
        }
        best, *others = sorted(support, key=lambda text: -support[text])
        rival = max((support[text] for text in others), default=0)
        return best if support[best] >= QUOTED and support[best] >= rival + AHEAD else None

    def _overruling(self, table: Table, place: Place, majority: str) -> str | None:
        """A minority's reading that at least two related documents have with long context on both sides, the majority's in none."""
        if any(min(sides) >= AHEAD for sides in self._support(table, place, majority)):
            return None
        for text in place.groups:
            if text != majority and sum(min(sides) >= QUOTED for sides in self._support(table, place, text)) >= 2:
                return text
        return None

    def _support(self, table: Table, place: Place, text: str) -> list[tuple[int, int]]:
        """Context shared with each related document, taking the surroundings that copies with this reading print."""
        best: list[tuple[int, int]] = []
        for copy in place.groups[text]:
            before = table.text(copy, max(0, place.begin - 40), place.begin)
            after = table.text(copy, place.end, place.end + 40)
            sides = self.quotations.support(before, text, after)
            best = sides if not best else [max(pair, key=sum) for pair in zip(best, sides, strict=True)]
        return best

    def _cleaner(self, place: Place) -> int | None:
        first, second, *_ = sorted(place.readings, key=lambda copy: self.rates[copy])
        others = [copy for copy in place.readings if place.readings[copy] != place.readings[first]]
        return first if min(self.rates[copy] for copy in others) >= CLEARER * self.rates[first] else None

    def _by_usage(self, table: Table, place: Place) -> tuple[str, Ground]:
        combined = self._combined(table, place)
        if combined is not None:
            return combined, Ground.COMBINED
        before = table.agreed(max(0, place.begin - 12), place.begin)
        after = table.agreed(place.end, place.end + 12)
        clause = self.index.get(id(table))
        return min(place.groups, key=lambda text: self.habits.cost(clause, before, text, after)), Ground.PLAUSIBLE

    def _combined(self, table: Table, place: Place) -> str | None:
        """Character by character the majority's, where every column has one."""
        result = ""
        for column in table.columns[place.begin : place.end]:
            votes = Counter(column[copy] or "" for copy in place.readings)
            char, count = votes.most_common(1)[0]
            if 2 * count <= len(place.readings):
                return None
            result += char
        return result


def _without_gaps(place: Place) -> Place:
    """Where most copies have a passage, only differently, the one that has nothing is out."""
    having = {copy: text for copy, text in place.readings.items() if text}
    long = [text for text in having.values() if len(text) >= LONG]
    return Place(place.begin, place.end, having) if 2 * len(long) > len(place.readings) else place


def _fuller(place: Place) -> str | None:
    """Where one of two readings is nothing and the other a long passage, the passage."""
    texts = sorted(place.groups, key=len)
    return texts[1] if len(texts) == 2 and not texts[0] and len(texts[1]) >= LONG else None
