"""What is seen of training rounds (轮训): for whose places, each with its denominator; names for those who may."""

from assistant.desk import quizview
from assistant.hazards.moments import day
from assistant.people import Person
from assistant.permissions import TrainingAction
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import training as stored
from assistant.training import rounds
from assistant.training.rounds import Round
from assistant.wording import rounds as words

SHOWN = 15
"""Places in one message."""


def rounds_of(work: Work, region: str, rules: Rules) -> list[Round]:
    """Return the rounds of the townships and villages at or below a place, by path."""
    places = stored.places(work, region)
    people = {person for place in places for person, _ in place.people}
    last = rounds.latest(stored.attendances(work.session, people))
    return [rounds.round_of(place, last, rules, day(work.now)) for place in places]


def seen(work: Work, person: Person, rules: Rules) -> tuple[str, list[Round]]:
    """Return the widest place for which somebody sees rounds, and those; raises NotAllowed."""
    regions = quizview.regions(work, person, TrainingAction.ROUNDS)
    if not regions:
        quizview.require(work, person, TrainingAction.ROUNDS, person.region)
    found = {one.place.region: one for region in regions for one in rounds_of(work, region, rules)}
    return regions[0], [found[region] for region in sorted(found)]


def names(work: Work, found: list[Round]) -> dict[int, str]:
    """Return the names of everybody in some rounds, by person id."""
    ids = {turn.person for one in found for turn in one.turns}
    return {one.id or 0: one.name for one in work.people_by_id(ids)}


def coverage(work: Work, person: Person, rules: Rules) -> str:
    """Return the rounds in words; raises NotAllowed."""
    region, found = seen(work, person, rules)
    return words.coverage(region, found, SHOWN)


def untrained(work: Work, person: Person, rules: Rules) -> str:
    """Return by name who has not been trained within the round; raises NotAllowed."""
    _, found = seen(work, person, rules)
    return words.untrained(found, names(work, found), SHOWN)
