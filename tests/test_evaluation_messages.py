"""The figures of messages, on hand-made readings."""

from dataclasses import replace

from assistant.evaluation import message_figures
from assistant.triage import Category, Example, Intent, Reading, Urgency

HAZARD = Example("1", "石桥裂了", Intent.HAZARD, Category.TRAFFIC, Urgency.URGENT, "石桥", None)
FIRE = Example("2", "石桥起火", Intent.INCIDENT, Category.FIRE, Urgency.EMERGENCY, "石桥", True)
ACK = Example("3", "收到", Intent.ACK, None, None, None, None)


def reading(example: Example) -> Reading:
    """Return a reading that is right in everything."""
    given = (example.intent, example.category, example.urgency, example.place, example.casualties)
    return Reading(example.text, *given, danger=None, guard=None, confidence=1.0, intents={}, emergency=0.0)


def test_right_readings_score_one() -> None:
    examples = [HAZARD, FIRE, ACK]
    table = message_figures(examples, [reading(example) for example in examples])
    assert {value for name, value in table.items() if name not in ("n", "false_emergency")} == {1.0}
    assert table["false_emergency"] == 0.0


def test_a_false_emergency_is_a_share_of_all_others() -> None:
    wrong = replace(reading(HAZARD), urgency=Urgency.EMERGENCY)
    table = message_figures([HAZARD, FIRE, ACK], [wrong, reading(FIRE), reading(ACK)])
    assert (table["false_emergency"], table["emergency_recall"]) == (0.5, 1.0)


def test_a_place_counts_by_shared_characters() -> None:
    longer = replace(reading(HAZARD), place="石桥裂了")
    none = replace(reading(FIRE), place=None)
    table = message_figures([HAZARD, FIRE, ACK], [longer, none, reading(ACK)])
    assert table["place"] == round((2 * 2 / 6 + 0 + 1) / 3, 4)
    assert table["place_exact"] == round(1 / 3, 4)


def test_unsaid_casualties_count_as_nobody() -> None:
    assert message_figures([HAZARD], [replace(reading(HAZARD), casualties=False)])["casualties"] == 1.0
    assert message_figures([FIRE], [replace(reading(FIRE), casualties=None)])["casualties"] == 0.0


def test_a_report_that_is_read_as_something_else_has_no_class() -> None:
    lost = replace(reading(HAZARD), intent=Intent.QUESTION, category=None, urgency=None)
    table = message_figures([HAZARD, ACK], [lost, reading(ACK)])
    assert (table["category"], table["intent_f1"]) == (0.0, 0.5)
