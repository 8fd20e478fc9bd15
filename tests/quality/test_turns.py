"""A report takes few messages: the floors of tests/quality/turns.py on a sample, so that nobody makes people say everything twice."""

from assistant.triage import read_examples
from tests.quality.turns import APART, figures, measure, reports
from tests.world import World

SAMPLE = 60


def test_most_reports_are_registered_after_at_most_three_messages(world: World) -> None:
    examples = reports(read_examples(APART))
    told = measure(world, examples[:: len(examples) // SAMPLE][:SAMPLE])
    found = figures(told)
    print(found)
    assert found["reports"] == SAMPLE
    assert found["median"] <= 3
    assert found["p90"] <= 3
    assert found["registered"] >= 0.9
