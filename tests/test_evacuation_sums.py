"""应转 = 已转 + 拒转 + 外出 + 未完: at every moment, whatever happens to the households and in whichever order."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import NotReleased, WrongState
from assistant.evacuation import Household, State, Transfer, Wave, applying, sum_of
from assistant.evacuation import transfer as steps
from assistant.evacuation.applying import Saying
from assistant.evacuation.phrases import Kind
from assistant.evacuation.telling import Claim, read
from assistant.events import CLOCK, Event, record

NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
VISIT = timedelta(minutes=30)
VILLAGE = "云南省/示例州/示例县/示例镇/上河村"
ROLL = [
    Household(id=1, region=f"{VILLAGE}/一组", head="马国强", known_as="马老三", members=4),
    Household(id=2, region=f"{VILLAGE}/一组", head="王桂英", known_as="王奶奶", members=1, vulnerable="elder_alone"),
    Household(id=3, region=f"{VILLAGE}/二组", head="李四", members=3),
    Household(id=4, region=f"{VILLAGE}/桥头组", head="周国平", members=4),
    Household(id=5, region=f"{VILLAGE}/三组", head="周大明", members=2, vulnerable="elder"),
]
SAID = (
    "都喊到了 都到齐了 都回家了 全部转移完了 马老三家门锁着 李四死活不走，他儿子在场 王奶奶背出来了，到学校了 周国平家在县城打工，电话问了"
    " 说错了，李四家没走 李四又跑回去了 马老三回家了 王奶奶走不动 周大明家电话核实了 其他都走了 说错了，王奶奶没喊到 周大明家没到"
).split(" ")
words = st.sampled_from([one.replace("，", " ") for one in SAID])
moves = st.tuples(st.sampled_from(list(Kind) + [None]), st.integers(1, 5), st.booleans(), st.booleans())
steps_taken = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 4)),
        st.tuples(st.just("says"), words),
        st.tuples(st.just("claims"), moves),
        st.tuples(st.just("releases"), st.just(0)),
        st.tuples(st.just("hands_over"), st.tuples(st.integers(0, 4), st.integers(1, 3))),
        st.tuples(st.just("counts_persons"), st.tuples(st.integers(0, 4), st.integers(1, 9))),
        st.tuples(st.just("restarts"), st.just(0)),
    ),
    max_size=40,
)


class Ledger:
    """Rows and their events, as the database keeps them."""

    def __init__(self) -> None:
        self.rows: list[Transfer] = []
        self.events: dict[str, list[Event]] = {}
        self.now = NOON
        self.wrongly_returned: list[str] = []
        self.members = {home.id: home.members for home in ROLL}
        self.began_with: dict[int, int] = {}

    def do(self, what: str, given: object) -> None:
        self.now += timedelta(minutes=7)
        {
            "add": self._add,
            "says": self._says,
            "claims": self._claims,
            "releases": self._releases,
            "hands_over": self._hands_over,
            "counts_persons": self._counts_persons,
            "restarts": self._restarts,
        }[what](given)

    def _record(self, row: Transfer, fact: object) -> None:
        was_released = row.released_at is not None
        self.events.setdefault(row.number, []).append(record(row, fact, CLOCK, self.now))
        if row.stands is State.RETURNED and not was_released:
            self.wrongly_returned.append(row.number)

    def _add(self, at: int) -> None:
        if all(row.household != ROLL[at].id for row in self.rows):
            row = Transfer(number=f"YJ20260701-01/h{len(self.rows) + 1}")
            home = Household(**{**ROLL[at].model_dump(), "members": self.members[ROLL[at].id]})
            self._record(row, steps.due(home, "YJ20260701-01", Wave.ALL, self.now))
            self.rows.append(row)
            self.began_with[row.household] = home.members

    def _says(self, text: str) -> None:
        told = read(text, ROLL)
        claims = list(told.claims)
        if told.whole is not None:
            named = frozenset(claim.household for claim in claims)
            claims += [Claim(row.household, told.whole) for row in applying.others(self.rows, named, told.whole)]
        for claim in claims:
            self._apply(claim, text, is_mistake=told.is_mistake)

    def _claims(self, given: tuple[Kind | None, int, bool, bool]) -> None:
        kind, household, is_proven, is_mistake = given
        claim = Claim(household, kind, "示例", "示例在场", "电话问了" if is_proven else "")
        self._apply(claim, "示例", is_mistake=is_mistake)

    def _apply(self, claim: Claim, text: str, *, is_mistake: bool) -> None:
        for row in self.rows:
            if row.household == claim.household:
                for fact in applying.facts(row, Saying(claim, 1, self.now, text, is_mistake=is_mistake), VISIT):
                    self._record(row, fact)

    def _releases(self, _given: object) -> None:
        for row in self.rows:
            if row.is_locked:
                self._record(row, steps.release(row, 1, self.now, "可以回去了"))

    def _hands_over(self, given: tuple[int, int]) -> None:
        """Give a household to another helper, wherever it stands."""
        at, helper = given
        for row in self.rows:
            if row.household == ROLL[at].id:
                self._record(row, steps.hand_over(row, helper))

    def _counts_persons(self, given: tuple[int, int]) -> None:
        """Change the roll while the household is on the move: the transfer keeps what it began with."""
        at, members = given
        self.members[ROLL[at].id] = members

    def _restarts(self, _given: object) -> None:
        self.rows = [Transfer.rederive(self.events[row.number]) for row in self.rows]


@settings(max_examples=300, deadline=None)
@given(steps_taken)
def test_the_sum_holds_after_every_step_and_nobody_is_lost_or_counted_twice(taken: list[tuple[str, object]]):
    ledger, before = Ledger(), 0
    for what, given_to in taken:
        ledger.do(what, given_to)
        known = sum_of(ledger.rows)
        assert known.holds
        parts = (known.moved, known.refused, known.away, known.undone)
        assert sum(one.households for one in parts) == len({row.household for row in ledger.rows})
        assert sum(one.persons for one in parts) == sum(ledger.began_with.values())
        by_helper = [sum_of(row for row in ledger.rows if row.helper == helper) for helper in (None, 1, 2, 3)]
        assert sum(one.due.households for one in by_helper) == known.due.households, "each household has one helper"
        assert known.due.households >= before, "who must move stays among those who must move"
        before = known.due.households
        again = [Transfer.rederive(ledger.events[row.number]) for row in ledger.rows]
        assert sum_of(again) == known
    assert not ledger.wrongly_returned


@given(st.sampled_from(list(State)), st.sampled_from(list(State)))
def test_nobody_returns_before_the_release_by_step_or_by_correction(stands: State, to: State):
    row = Transfer(number="YJ20260701-01/h1", state=stands.value)
    for step in (steps.move, steps.correct):
        try:
            fact = step(row, to, 1, NOON)
        except (NotReleased, WrongState):
            continue
        assert fact.data["set"]["state"] != State.RETURNED.value


def test_on_the_way_is_moved_but_not_done():
    row = Transfer(number="YJ20260701-01/h1", state=State.LEFT.value, persons=4)
    known = sum_of([row])
    assert known.moved.persons == 4
    assert known.on_the_way.households == 1
    assert not known.is_done
