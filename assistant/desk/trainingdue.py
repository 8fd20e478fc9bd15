"""What time demands of training rounds (轮训到点): looked at once a day; who is told of a turn is told of it once."""

from datetime import date, datetime, timedelta

from assistant.desk import trainingview
from assistant.desk.acting import called
from assistant.desk.quizdue import LOCAL, REMIND_HOUR, morning, tell
from assistant.events import CLOCK, RULE, utc
from assistant.hazards.moments import day
from assistant.people import Person, Role
from assistant.rules import Rules
from assistant.store import Work, pulse
from assistant.store import training as stored
from assistant.training import TrainingRound, rounds
from assistant.training.rounds import Round
from assistant.wording import rounds as words

LOOK = "training.rounds"


def due(work: Work, rules: Rules) -> None:
    """Tell of turns that come and turns that are over; a second call on the same day does nothing."""
    today = day(work.now)
    hour = int(rules.find(REMIND_HOUR, "", today).value)
    if utc(work.now).astimezone(LOCAL).hour < hour:
        return
    before = pulse.beat(work.session, LOOK, work.now)
    if before is not None and day(before) == today:
        return
    for one in trainingview.rounds_of(work, "", rules):
        if one.rule is not None and (one.coming or one.overdue or stored.round_in(work.session, one.place.region)):
            _look(work, one, rules)


def _look(work: Work, one: Round, rules: Rules) -> None:
    known = stored.round_in(work.session, one.place.region) or _open(work, one)
    coming = rounds.new(one.coming, known.reminded)
    if coming:
        event = work.append(known, rounds.remind(known, coming), CLOCK)
        tell(work, event, "reminder", responsible(work, one.place.region), _said(work, words.COMING, one, coming))
    if one.overdue:
        _climb(work, one, known, rules)
    elif known.climbs:
        work.append(known, rounds.settle(), CLOCK)


def _open(work: Work, one: Round) -> TrainingRound:
    known = TrainingRound(number=work.next_number(stored.ROUND))
    work.append(known, rounds.opened(one.place.region), RULE)
    return known


def _climb(work: Work, one: Round, known: TrainingRound, rules: Rules) -> None:
    """Tell the trainer and a named superior of who is overdue, and after some time the next superior."""
    fresh = rounds.new(one.overdue, known.overdue)
    is_time = known.climb_at is not None and utc(known.climb_at) <= utc(work.now)
    if not (fresh or is_time):
        return
    region = one.place.region
    above, own = superiors(work, region), responsible(work, region)
    at = known.climbs if is_time else max(0, known.climbs - 1)
    superior = above[at] if at < len(above) else None
    event = work.append(known, rounds.climb(known, fresh, *_next(superior, region, work, rules)), CLOCK)
    turns = fresh or list(one.overdue)
    if fresh:
        told = words.TOLD_SUPERIOR.format(name=called(work, superior)) if superior is not None else ""
        tell(work, event, "overdue", own, _said(work, words.OVERDUE, one, turns, told=told))
    if superior is not None:
        name = called(work, own[0]) if own else words.NOBODY
        tell(work, event, "superior", [superior], _said(work, words.CLIMBED, one, turns, name=name))


def _next(superior: Person | None, region: str, work: Work, rules: Rules) -> tuple[int | None, datetime | None]:
    if superior is None:
        return None, None
    wait: timedelta = rules.find(rounds.CLIMB, region, day(work.now)).duration
    later: date = day(work.now) + wait
    return superior.id, morning(later, region, rules)


def _said(work: Work, sentence: str, one: Round, turns: list[rounds.Turn], **more: str) -> str:
    return words.told(sentence, one, turns, trainingview.names(work, [one]), **more)


def responsible(work: Work, region: str) -> list[Person]:
    """Return who sees to the training of a place: the nearest trainer, else who answers for emergencies."""
    return [*work.holders(Role.TRAINER, region), *work.holders(Role.DIRECTOR, region)][:1]


def superiors(work: Work, region: str) -> list[Person]:
    """Return who stands above, the nearest first: those who answer for emergencies, then shift leaders."""
    own = {person.id for person in responsible(work, region)}
    known = [*work.holders(Role.DIRECTOR, region), *work.holders(Role.LEADER, region)]
    return [person for person in {one.id: one for one in known}.values() if person.id not in own]
