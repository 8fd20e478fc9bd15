"""What a claim does to a household's transfer (记账): forward by itself, back only where somebody says that it was wrong."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from assistant.evacuation import transfer as steps
from assistant.evacuation.lists import HelperList
from assistant.evacuation.phrases import Kind
from assistant.evacuation.telling import Claim
from assistant.evacuation.transfer import MOVED, OUT, UNDONE, State, Transfer
from assistant.events import Fact, utc

RANK = {State.DUE: 0, State.KNOCKED: 1, State.LEFT: 2, State.ARRIVED: 3}
LEVELS = {Kind.KNOCKED: State.KNOCKED, Kind.LEFT: State.LEFT, Kind.ARRIVED: State.ARRIVED}


class Saying:
    """One thing that somebody says of one household, now."""

    def __init__(self, claim: Claim, by: int | None, now: datetime, message: str, *, is_mistake: bool = False) -> None:
        self.claim = claim
        self.by = by
        self.now = now
        self.message = message
        self.is_mistake = is_mistake

    def move(self, row: Transfer, to: State, **about: object) -> list[Fact]:
        """Take a step forward, or put right what stands there."""
        step = steps.move if to in steps.NEXT[row.stands] else steps.correct
        return [step(row, to, self.by, self.now, self.message, **about)]

    def note(self, row: Transfer, kind: str, **about: object) -> list[Fact]:
        """Note something, unless it stands there already."""
        is_new = any(getattr(row, name) != value for name, value in about.items()) or not about
        return [steps.note(row, kind, self.by, self.message, **about)] if is_new else []


def facts(row: Transfer, saying: Saying, visit: timedelta) -> list[Fact]:
    """Return what a claim makes of a transfer; nothing where it stands there already, or the case is over.

    visit: after so long somebody goes again to who refuses.
    """
    if row.is_over or row.stands is State.RETURNED:
        return []
    kind = saying.claim.kind
    if kind is None:
        return _beside(row, saying)
    if kind is Kind.REFUSED:
        return _refused(row, saying, visit)
    return DOES[kind](row, saying)


def _beside(row: Transfer, saying: Saying) -> list[Fact]:
    """Take a witness of a refusal, or how it is known that somebody is away."""
    claim = saying.claim
    if claim.witness and row.stands is State.REFUSED:
        return saying.note(row, "witnessed", witness=claim.witness)
    if claim.proof and row.is_said_away and row.stands in UNDONE:
        return saying.move(row, State.AWAY, reason=row.reason, proof=claim.proof)
    return []


def _refused(row: Transfer, saying: Saying, visit: timedelta) -> list[Fact]:
    claim = saying.claim
    again = {"visit_at": utc(saying.now + visit).isoformat()}
    about = {"reason": claim.words, **({"witness": claim.witness} if claim.witness else {})}
    if row.stands is not State.REFUSED:
        return saying.move(row, State.REFUSED, visits=row.visits, **again, **about)
    return saying.note(row, "refused_again", **about)


def _knocked(row: Transfer, saying: Saying) -> list[Fact]:
    is_back = saying.is_mistake and row.stands in OUT
    return saying.move(row, State.KNOCKED) if row.stands in (State.DUE, State.AWAY) or is_back else []


def _left(row: Transfer, saying: Saying) -> list[Fact]:
    is_back = saying.is_mistake and row.stands is State.ARRIVED
    return saying.move(row, State.LEFT) if row.stands not in MOVED or is_back else []


def _arrived(row: Transfer, saying: Saying) -> list[Fact]:
    return [] if row.stands is State.ARRIVED else saying.move(row, State.ARRIVED)


def _away(row: Transfer, saying: Saying) -> list[Fact]:
    """Believe that nobody is at home only where it is said how that is known."""
    if row.stands in MOVED or row.stands is State.AWAY:
        return []
    if saying.claim.proof:
        return saying.move(row, State.AWAY, reason=saying.claim.words, proof=saying.claim.proof)
    return saying.note(row, "said_away", reason=saying.claim.words, is_said_away=True)


def _home(row: Transfer, saying: Saying) -> list[Fact]:
    """Take somebody home after the release; before it that is danger, and the household is to be moved again."""
    if row.stands in OUT and row.released_at is not None:
        return saying.move(row, State.RETURNED)
    if row.stands in OUT or row.stands is State.AWAY:
        fact = steps.correct(row, State.KNOCKED, saying.by, saying.now, saying.message, reason=saying.claim.words)
        return [Fact("went_back", fact.data, "evacuation.lock")]
    return []


def _wants_back(row: Transfer, saying: Saying) -> list[Fact]:
    return saying.note(row, "wants_back") if row.is_locked else []


def _not_reached(row: Transfer, saying: Saying) -> list[Fact]:
    if saying.is_mistake and row.stands in (State.KNOCKED, State.LEFT, State.ARRIVED):
        return saying.move(row, State.DUE, reason=saying.claim.words)
    return saying.note(row, "not_reached", reason=saying.claim.words) if row.stands in UNDONE else []


def _not_moved(row: Transfer, saying: Saying) -> list[Fact]:
    if row.stands in OUT or row.stands is State.AWAY:
        return saying.move(row, State.KNOCKED, reason=saying.claim.words)
    return saying.note(row, "not_moved", reason=saying.claim.words) if row.stands in UNDONE else []


def _not_arrived(row: Transfer, saying: Saying) -> list[Fact]:
    if row.stands is State.ARRIVED:
        return saying.move(row, State.LEFT, reason=saying.claim.words)
    return saying.note(row, "not_arrived", reason=saying.claim.words)


def _helpless(row: Transfer, saying: Saying) -> list[Fact]:
    return [] if row.stands in MOVED else saying.note(row, "helpless", reason=saying.claim.words)


DOES: dict[Kind, Callable[[Transfer, Saying], list[Fact]]] = {
    Kind.KNOCKED: _knocked,
    Kind.LEFT: _left,
    Kind.ARRIVED: _arrived,
    Kind.AWAY: _away,
    Kind.HOME: _home,
    Kind.WANTS_BACK: _wants_back,
    Kind.NOT_REACHED: _not_reached,
    Kind.NOT_MOVED: _not_moved,
    Kind.NOT_ARRIVED: _not_arrived,
    Kind.HELPLESS: _helpless,
}


def others(rows: Sequence[Transfer], named: frozenset[int], kind: Kind) -> list[Transfer]:
    """Return of whom 都 or 其他都 speaks: those not named in the same breath, who neither refuse nor are away."""
    free = [row for row in rows if row.household not in named and not row.is_over]
    if kind is Kind.HOME:
        return [row for row in free if row.stands in OUT]
    states = frozenset(RANK) if kind in LEVELS else UNDONE  # 其他都没走 takes nobody back who has left
    return [row for row in free if row.stands in states]


def behind(rows: Sequence[Transfer], level: State) -> list[Transfer]:
    """Return the rows that have not come as far as a level; who refuses was reached, who is away need not be."""
    return [row for row in rows if row.stands in RANK and RANK[row.stands] < RANK[level]]


def meant(rows: Sequence[Transfer], given: HelperList) -> list[Transfer]:
    """Return the rows that numbers without names speak of, where that is certain; else none.

    Certain is it where as many are named as not reached, refusing or away as the numbers leave over; who refuses was
    reached, so that a number of those called may hold them.
    """
    if given.reached is None or not given.level or given.total not in (None, len(rows)):
        return []
    level = State(given.level)
    late = behind(rows, level)
    excused = [row for row in late if row.reason]
    beside = sum(row.stands not in RANK for row in rows)
    told_apart = {len(excused) + beside, len(excused)} if level is State.KNOCKED else {len(excused) + beside}
    return [row for row in late if not row.reason] if len(rows) - given.reached in told_apart else []


def unnamed(rows: Sequence[Transfer], given: HelperList) -> int:
    """Return of how many households less the rows tell than the numbers do; 0 where they agree."""
    if given.reached is None or not given.level:
        return 0
    told = len(rows) - len(behind(rows, State(given.level)))
    return max(given.reached - told, 0)
