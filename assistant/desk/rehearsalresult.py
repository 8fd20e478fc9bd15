"""What has come of a rehearsal (演练结果): from its calls, compared with the one before, told to whoever began it."""

from dataclasses import asdict
from typing import Any

from assistant.desk import callnotices as notices
from assistant.events import Event
from assistant.store import Work
from assistant.store import warnings as stored
from assistant.warnings import RelayedWarning, WarningState
from assistant.warnings import rehearsal as figures
from assistant.warnings.rehearsal import Part, Result
from assistant.wording import rehearsals as words

PERSON = "person/"


def result(work: Work, warning: RelayedWarning) -> Result:
    """Return the figures of a rehearsal so far."""
    calls = stored.calls_of(work.session, warning.number)
    answers = stored.first_answers(work.session, [made.number for made in calls])
    return figures.result(warning, calls, {number: _way(event) for number, event in answers.items()})


def before(work: Work, warning: RelayedWarning) -> Result | None:
    """Return the figures of the last rehearsal before this one at the same places; None where there was none."""
    known = stored.rehearsals(work.session)
    earlier = known[[one.number for one in known].index(warning.number) + 1 :]
    last = next((one for one in earlier if stored.meet(one.places, warning.places)), None)
    return result(work, last) if last is not None else None


def text(work: Work, warning: RelayedWarning) -> str:
    """Return the result in words."""
    found = result(work, warning)
    names = {one.person: notices.name(work.person_by_id(one.person)) for one in found.never}
    return words.figures(found, warning, names, before(work, warning))


def record(work: Work, warning: RelayedWarning) -> dict[str, Any]:
    """Return the result as a program reads it, with the one before; minutes to the second, shares as fractions."""
    found, last = result(work, warning), before(work, warning)
    names = {one.person: notices.name(work.person_by_id(one.person)) for one in found.answers}
    answers = [
        {
            "call": one.number,
            "person": names[one.person],
            "region": one.region,
            "channel": one.channel,
            "minutes": one.minutes,
            "in_time": one.is_in_time,
            "counted": one.is_counted,
        }
        for one in found.answers
    ]
    return {
        "rehearsal": warning.number,
        "state": warning.state,
        "within_minutes": warning.ack_within_minutes,
        "total": _entry(found.total),
        "villages": [_entry(one) for one in found.villages],
        "channels": [_entry(one) for one in found.channels],
        "answers": answers,
        "before": {"rehearsal": last.number, **_entry(last.total)} if last else None,
    }


def _entry(part: Part) -> dict[str, Any]:
    return {**asdict(part), "share": part.share}


def tell(work: Work, warning: RelayedWarning, event: Event) -> None:
    """Tell whoever began a rehearsal what has come of it, now that it is over; of a real warning nothing is told.

    Whoever ends the own rehearsal reads the result as the answer to that.
    """
    actor = work.events(warning.number)[0].actor
    is_own = event.actor == actor and warning.state == WarningState.LIFTED.value
    if warning.is_exercise and actor.startswith(PERSON) and not is_own:
        person = work.person_by_id(int(actor.removeprefix(PERSON)))
        notices.send(work, event, "result", [person], text(work, warning))


def _way(event: Event) -> str:
    return str(event.fields.get("way") or event.channel)
