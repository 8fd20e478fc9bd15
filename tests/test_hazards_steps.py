"""The closed loop as a table and as pure decisions: whatever is tried, a case keeps its promises."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadTerm, MissingReason, NotAllowed, WrongState
from assistant.events import Actor, Event, Fact, record
from assistant.hazards import Action, By, Hazard, HazardState, climbing, handling, reporting, whistling
from assistant.hazards.handling import Assignment, Holder
from assistant.hazards.steps import AUTOMATIC, ENDED, IN_HAND, LIVE, STEPS
from assistant.rules import load_rules

RULES = load_rules()
NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
ALL = frozenset(action.value for action in Action)
REPORTER, OWNER, OTHER, NOBODY = By(is_reporter=True), By(person=1), By(person=2, may=ALL), By(person=9)
UNIT_MEMBER = By(person=5, unit="示例城管委")
ACTORS = (REPORTER, OWNER, OTHER, By(person=3, may=ALL), By(person=1, may=ALL), NOBODY, UNIT_MEMBER, AUTOMATIC)
HOLDERS = (Holder(1), Holder(2), Holder(unit="示例城管委"), Holder(4, "示例水务站"))
SAID = {
    "text": "后山裂了条缝",
    "category": "geological",
    "urgency": "urgent",
    "region": "示例县/示例镇",
    "reporter": "t0",
}


class Played:
    """A case with the events that led to it."""

    def __init__(self) -> None:
        self.hazard = Hazard(number="YH20260701-01")
        self.events: list[Event] = []
        self.now = NOON
        self.does(reporting.register(SAID, NOON, RULES))

    def does(self, *facts: Fact) -> Hazard:
        for fact in facts:
            self.events.append(record(self.hazard, fact, Actor("person/0"), self.now))
        return self.hazard


def attempt(action: Action, case: Hazard, by: By, given_to: Holder, now: datetime) -> Fact:
    """Call the decision for an action with ordinary arguments."""
    calls = {
        Action.SUPPLEMENT: lambda: reporting.supplement(case, by, "又掉石头了", {"urgency": "emergency"}),
        Action.CORRECT: lambda: reporting.correct(case, by, "讲错了是下河村", {"place": "下河村"}),
        Action.WITHDRAW: lambda: reporting.withdraw(case, by, "弄错了"),
        Action.REJECT: lambda: handling.reject(case, by, "现场没有裂缝"),
        Action.ACCEPT: lambda: handling.accept(case, by),
        Action.ASSIGN: lambda: handling.assign(case, by, Assignment(given_to, Holder(3)), now, RULES),
        Action.SIGN: lambda: handling.sign(case, by, now, RULES),
        Action.REFUSE: lambda: handling.refuse(case, by, "不归我们", given_to, now, RULES),
        Action.TRANSFER: lambda: handling.transfer(case, by, given_to, "转你", now, RULES),
        Action.RECTIFY: lambda: handling.rectify(case, by, now, RULES),
        Action.ASK_EXTENSION: lambda: handling.ask_extension(
            case, by, max(now, case.due_at or now) + timedelta(days=3), "等材料", now
        ),
        Action.GRANT_EXTENSION: lambda: handling.grant_extension(case, by, now, RULES),
        Action.DENY_EXTENSION: lambda: handling.deny_extension(case, by, "拖太久"),
        Action.SUBMIT: lambda: handling.submit(case, by, "修好了", 1, now, RULES),
        Action.FAIL: lambda: handling.fail(case, by, "还在漏", now, RULES),
        Action.CLOSE: lambda: handling.close(case, by, "看过了", now),
        Action.CALL_BACK: lambda: handling.call_back(case, by, "silent"),
        Action.SATISFY: lambda: reporting.satisfied(case, by),
        Action.REOPEN: lambda: reporting.reopen(case, by, "又裂了", now, RULES),
        Action.WHISTLE: lambda: whistling.whistle(case, by, [("示例城管委", None), ("示例消防所", 4)], now, RULES),
        Action.REPORT_IN: lambda: whistling.report_in(case, by, "示例城管委", "封了路", now),
        Action.SUPERVISE: lambda: climbing.supervise(case, by, "今天必须办"),
        Action.MARK_DUPLICATE: lambda: reporting.mark_duplicate(case, by, "YH20260701-09"),
        Action.UNDO_DUPLICATE: lambda: reporting.undo_duplicate(case, by, HazardState.REGISTERED),
        Action.BECOME_INCIDENT: lambda: reporting.became_incident(case, by, "SJ20260701-01"),
        Action.NOTE: lambda: reporting.note(case, by, "业主不在家"),
        Action.ADD_EVIDENCE: lambda: reporting.add_evidence(case, by, 1),
        Action.REMIND: lambda: climbing.remind(case),
        Action.OVERDUE: lambda: climbing.overdue(case, 2, now, RULES),
        Action.CLIMB: lambda: climbing.climb(case, None, now, RULES),
        Action.LATE_DEPARTMENT: lambda: whistling.late_department(case, by, "示例城管委"),
    }
    return calls[action]()


TRIES = st.lists(
    st.tuples(st.integers(0, 5000), st.sampled_from(ACTORS), st.sampled_from(HOLDERS), st.integers(0, 5000)),
    max_size=60,
)


def chosen(choice: int, state: str) -> Action:
    """Mostly an action that is possible in the state, so that walks come far; now and then any."""
    possible = [action for action, step in STEPS.items() if state in step.sources]
    actions = possible if choice % 5 else list(STEPS)
    return actions[choice // 5 % len(actions)]


def check(played: Played, before: str, action: Action, by: By) -> None:
    case = played.hazard
    assert Hazard.rederive(played.events).model_dump() == case.model_dump()
    assert before in STEPS[action].sources
    if case.state in IN_HAND | {HazardState.SUBMITTED}:
        assert case.owner is not None or case.unit
    assert (case.due_at is not None) == (case.state in LIVE) or case.state == HazardState.DUPLICATE
    if action is Action.CLOSE:
        assert by.person not in (None, case.rectifier, case.owner)
        assert whistling.missing_departments(case) == ()
    if action is Action.REFUSE:
        assert handling.holder(case) is not None
    if case.state in ENDED - {HazardState.DUPLICATE}:
        assert not case.is_overdue


@settings(max_examples=300, deadline=None)
@given(TRIES)
def test_any_sequence_of_actions_is_refused_or_keeps_the_promises_of_a_case(tries):
    played = Played()
    for choice, by, given_to, minutes in tries:
        played.now += timedelta(minutes=minutes)
        before = played.hazard.state
        action = chosen(choice, before)
        try:
            fact = attempt(action, played.hazard, by, given_to, played.now)
        except (WrongState, NotAllowed):
            assert played.hazard.state == before
            continue
        played.does(fact)
        check(played, before, action, by)


def test_such_sequences_take_every_step_of_the_table():
    """Otherwise the property above would hold for nothing."""
    dice = random.Random(4)
    reached: set[Action] = set()
    for _ in range(600):
        played = Played()
        for _ in range(40):
            action = chosen(dice.randrange(5000), played.hazard.state)
            # whoever may, so that the walk goes on
            for by in dice.sample(ACTORS, len(ACTORS)):
                try:
                    played.does(attempt(action, played.hazard, by, dice.choice(HOLDERS), played.now))
                    reached.add(action)
                    break
                except (WrongState, NotAllowed):
                    continue
    assert set(STEPS) - reached == set()


def closed() -> Played:
    played = Played()
    case = played.hazard
    played.does(handling.accept(case, OTHER))
    played.does(handling.assign(case, OTHER, Assignment(Holder(1), Holder(3), "yunnan-2025/6"), NOON, RULES))
    played.does(handling.sign(case, OWNER, NOON, RULES))
    played.does(handling.rectify(case, OWNER, NOON, RULES))
    played.does(handling.ask_extension(case, OWNER, NOON + timedelta(days=9), "等石料", NOON))
    played.does(handling.grant_extension(case, OTHER, NOON, RULES))
    played.does(handling.submit(case, OWNER, "砌好了", 2, NOON, RULES))
    played.does(handling.fail(case, OTHER, "还有一段没砌", NOON, RULES))
    played.does(handling.submit(case, OWNER, "都砌好了", 1, NOON, RULES))
    played.does(handling.close(case, OTHER, "到现场看过", NOON))
    return played


def test_the_whole_way_ends_in_a_reward_to_be_looked_into():
    played = closed()
    played.does(reporting.satisfied(played.hazard, REPORTER))
    assert (played.hazard.state, played.hazard.reward) == ("called_back", "pending")
    assert played.hazard.due_at is None


def test_who_repaired_cannot_close_even_with_the_role_for_it():
    played = closed()
    played.does(reporting.reopen(played.hazard, REPORTER, "又裂了", NOON, RULES))
    played.does(handling.assign(played.hazard, OTHER, Assignment(Holder(1), Holder(3)), NOON, RULES))
    played.does(handling.submit(played.hazard, By(person=3, may=ALL), "代为上报", 0, NOON, RULES))
    for person in (1, 3):
        with pytest.raises(NotAllowed):
            handling.close(played.hazard, By(person=person, may=ALL), "", NOON)
    assert handling.close(played.hazard, OTHER, "", NOON).kind == "closed"


def test_the_event_keeps_the_rule_that_set_the_deadline():
    event = next(e for e in closed().events if e.kind == "assigned")
    assert event.rule == "hazard.sign.urgent"
    assert event.fields["deadline"]["value"] == 2
    assert event.fields["deadline"]["since"] == "2024-01-01"
    assert event.fields["deadline"]["is_verified"] is False


def test_a_case_in_hand_is_always_in_somebodys_hand():
    with pytest.raises(ValueError, match="in charge"):
        Holder()


@pytest.mark.parametrize(
    ("decision", "error"),
    [
        # who is the last resort cannot send it back to themselves
        (lambda c: handling.refuse(c, OWNER, "不归我", Holder(1), NOON, RULES), WrongState),
        (lambda c: handling.refuse(c, OWNER, " ", Holder(3), NOON, RULES), MissingReason),
        (lambda c: handling.refuse(c, NOBODY, "不归我", Holder(3), NOON, RULES), NotAllowed),
        # no more time has been asked for
        (lambda c: handling.grant_extension(c, OTHER, NOON, RULES), WrongState),
        (lambda c: handling.close(c, OTHER, "", NOON), WrongState),
        (lambda c: reporting.withdraw(c, NOBODY, ""), NotAllowed),
        (lambda c: reporting.mark_duplicate(c, OTHER, c.number), MissingReason),
    ],
)
def test_what_is_not_possible_is_refused_with_its_reason(decision, error):
    played = Played()
    played.does(handling.accept(played.hazard, OTHER))
    played.does(handling.assign(played.hazard, OTHER, Assignment(Holder(1), Holder(3)), NOON, RULES))
    with pytest.raises(error):
        decision(played.hazard)


def test_an_extension_must_be_later_than_the_deadline_and_is_not_granted_by_who_asked():
    played = Played()
    case = played.hazard
    played.does(handling.accept(case, OTHER))
    played.does(handling.assign(case, OTHER, Assignment(Holder(1), Holder(3)), NOON, RULES))
    played.does(handling.sign(case, OWNER, NOON, RULES))
    with pytest.raises(BadTerm):
        handling.ask_extension(case, OWNER, NOON + timedelta(days=1), "早于期限", NOON)
    played.does(handling.ask_extension(case, OWNER, NOON + timedelta(days=8), "等料", NOON))
    with pytest.raises(NotAllowed):
        handling.grant_extension(case, By(person=1, may=ALL), NOON, RULES)


def test_a_case_does_not_close_before_every_called_department_has_come():
    played = Played()
    case = played.hazard
    played.does(handling.accept(case, OTHER))
    played.does(handling.assign(case, OTHER, Assignment(Holder(1), Holder(3)), NOON, RULES))
    played.does(whistling.whistle(case, OTHER, [("示例城管委", None), ("示例消防所", 4)], NOON, RULES))
    played.does(whistling.report_in(case, UNIT_MEMBER, "示例城管委", "围了起来", NOON))
    played.does(handling.submit(case, OWNER, "好了", 1, NOON, RULES))
    with pytest.raises(WrongState):
        handling.close(case, OTHER, "", NOON)
    # one department does not report in for another
    with pytest.raises(NotAllowed):
        whistling.report_in(case, UNIT_MEMBER, "示例消防所", "", NOON)
    played.does(whistling.report_in(case, By(person=4), "示例消防所", "", NOON))
    assert handling.close(case, OTHER, "", NOON).kind == "closed"


def test_a_supplement_adds_words_and_never_lowers_the_urgency():
    played = Played()
    played.does(reporting.supplement(played.hazard, REPORTER, "没什么大事", {"urgency": "routine", "place": "后山"}))
    assert (played.hazard.urgency, played.hazard.place) == ("urgent", "后山")
    assert played.hazard.text == "后山裂了条缝\n没什么大事"
    played.does(reporting.supplement(played.hazard, REPORTER, "石头下来了", {"urgency": "emergency", "place": "别处"}))
    assert (played.hazard.urgency, played.hazard.place) == ("emergency", "后山")


def test_a_correction_keeps_what_stood_there_before():
    played = Played()
    played.does(reporting.correct(played.hazard, REPORTER, "刚才讲错了", {"place": "下河村"}))
    assert played.events[-1].fields["before"] == {"place": ""}
    assert played.hazard.place == "下河村"


def test_a_withdrawal_by_one_of_several_leaves_the_case_open():
    played = Played()
    played.does(reporting.withdraw(played.hazard, REPORTER, "我搬走了", is_last=False))
    assert played.hazard.state == "registered"


def test_undoing_a_duplicate_leads_back_to_the_state_before():
    played = Played()
    played.does(handling.accept(played.hazard, OTHER))
    played.does(reporting.mark_duplicate(played.hazard, OTHER, "YH20260701-09"))
    before = HazardState(played.events[-1].fields["before"]["state"])
    played.does(reporting.undo_duplicate(played.hazard, OTHER, before))
    assert (played.hazard.state, played.hazard.main) == ("accepted", "")
