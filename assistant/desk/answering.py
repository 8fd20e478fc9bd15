"""What an answer to a call does (应答): it is recorded at its true time, passed on where it must be, and answered."""

from dataclasses import dataclass

from assistant.desk import callnotices as notices
from assistant.desk import climbwork, moving
from assistant.desk.acting import staff
from assistant.events import CLOCK
from assistant.people import Person
from assistant.store import Work, fanout
from assistant.store import warnings as stored
from assistant.warnings import AnswerKind, Call, RelayedWarning, calling
from assistant.warnings.hearing import Heard
from assistant.warnings.ladder import plan_of
from assistant.wording import rehearsals
from assistant.wording import warnings as wording


def take(work: Work, made: Call, person: Person, heard: Heard, message: str) -> str:
    """Record an answer and return what the person reads."""
    warning = stored.warning(work, made.warning)
    return wording.marked(warning, _taken(work, warning, made, person, Said(heard, message)))


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, understood and in its own words."""

    heard: Heard
    message: str


def _taken(work: Work, warning: RelayedWarning, made: Call, person: Person, said: Said) -> str:
    heard, message = said.heard, said.message
    is_first = made.answered_at is None
    if not is_first and heard.kind is AnswerKind.RECEIVED and not heard.told.says_something:
        return f"{wording.noted_before(warning, made)}\n{_wanted(warning, made)}"
    _record(work, warning, made, person, heard, message)
    lines = [wording.noted(warning, made, heard.kind)] if is_first else []
    if not is_first and not heard.told.says_something:
        lines.append(wording.posted(made, work.now, heard.kind))
    if heard.kind is AnswerKind.SUPPORT:
        lines.append(_ask_support(work, warning, made, person, message))
    if heard.kind is AnswerKind.ABSENT:
        return "\n".join([*lines, _call_deputy(work, warning, made, person)])
    if heard.told.is_one_found and calling.left(made) > 1:
        lines.append(wording.WHO_FOUND)
    return "\n".join(filter(None, [*lines, _wanted(warning, made)]))


def take_aside(work: Work, made: Call, person: Person, heard: Heard, message: str) -> None:
    """Record an answer that stands beside something graver, to which somebody else replies."""
    if made.answered_at is None or heard.kind is AnswerKind.SUPPORT:
        warning = stored.warning(work, made.warning)
        _record(work, warning, made, person, heard, message)
        if heard.kind is AnswerKind.SUPPORT:
            _ask_support(work, warning, made, person, message)


def _record(work: Work, warning: RelayedWarning, made: Call, person: Person, heard: Heard, message: str) -> None:
    """Record first that the time had run out, where it had, then the answer, then what it says of the households."""
    is_first = made.answered_at is None
    if calling.is_silent(made, work.now):
        work.append(made, calling.silent(made), CLOCK)
    actor = staff(work, person)
    plan = plan_of(warning.plan)
    answered = calling.answer(made, heard.kind, message, work.now, plan.act if plan else 0)
    event = work.append(made, answered, actor)
    if made.plan:
        stored.drop_unsent(work.session, made)
    if heard.kind is not AnswerKind.ABSENT:
        climbwork.relieve(work, warning, made)
    if heard.told.says_something:
        work.append(made, calling.tell(made, heard.told, message), actor)
    if is_first and made.is_late:
        to = notices.in_charge(work, warning, but=[made.person])
        notices.send(work, event, "late", to, wording.answered_late(warning, notices.name(person), made))


def _wanted(warning: RelayedWarning, made: Call) -> str:
    """Return what is known of the households and asked for next."""
    has_told = made.households is not None or made.reached or made.missing or not made.is_open
    if has_told:
        return wording.progress(made)
    if not warning.is_exercise:
        return wording.NEXT_HOUSEHOLDS
    return wording.NEXT_REHEARSED if made.kind == AnswerKind.RECEIVED.value and made.must_act else ""


def _ask_support(work: Work, warning: RelayedWarning, made: Call, person: Person, message: str) -> str:
    event = work.events(made.number)[-1]
    to = notices.in_charge(work, warning, but=[made.person])
    text = wording.needs_support(warning, notices.name(person), person.phone, message)
    notices.send(work, event, "support", to, text)
    return rehearsals.ASK_REAL if warning.is_exercise else wording.support_asked(_reached(work, to))


def _call_deputy(work: Work, warning: RelayedWarning, made: Call, person: Person) -> str:
    """Call who stands in; whoever has been called already, or has no channel, is no help."""
    deputy = _next_of_ladder(work, warning, made) if made.plan else _free_deputy(work, warning, made, person)
    deputy_name = notices.name(deputy) if deputy else ""
    to = notices.in_charge(work, warning, but=[made.person])
    event = work.events(made.number)[-1]
    notices.send(work, event, "absent", to, wording.absent(warning, notices.name(person), deputy_name))
    return wording.absence_noted(deputy_name, _reached(work, to))


def _next_of_ladder(work: Work, warning: RelayedWarning, made: Call) -> Person | None:
    """Call the next person of the frozen ladder, unless somebody has been called in this place already."""
    if made.passed_to:
        return work.person_by_id(stored.call(work.session, made.passed_to).person)
    return climbwork.hand_on(work, warning, made, "absent", climbwork.News())


def _free_deputy(work: Work, warning: RelayedWarning, made: Call, person: Person) -> Person | None:
    calls = stored.calls_of(work.session, warning.number)
    called = {one.person for one in calls}
    free = [one for one in stored.deputies(work, person) if one.id not in called]
    free = [one for one in free if fanout.to_call(work.session, warning.number, one.id or 0) is None]
    deputy = next((one for one in free if work.has_channel(one)), None)
    if deputy is not None:
        number = fanout.next_call(work.session, warning.number)
        instead, event = notices.add_call(work, warning, deputy.id or 0, number, made)
        text = wording.called_instead(warning, instead, notices.name(person))
        notices.send(work, event, "call", [deputy], text, *wording.CALL_CHOICES)
        work.append(made, calling.pass_on(made, instead.number), CLOCK)
        moving.pass_on(work, warning, made.person, deputy)
    return deputy


def _reached(work: Work, people: list[Person]) -> list[str]:
    return [notices.name(person) for person in people if work.has_channel(person)]
