"""Warnings at the desk (预警叫应): relay and call, take answers, follow whoever stays silent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.desk import callnotices as notices
from assistant.desk import climbwork, fanning, rehearsalanswers, rehearsalresult, rollcall, wavework
from assistant.desk.acting import staff
from assistant.desk.answering import take, take_aside
from assistant.desk.knowledge import plain
from assistant.dialogue import phrases
from assistant.events import CLOCK, RULE
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.script import simplified
from assistant.store import Work, fanout
from assistant.store import warnings as stored
from assistant.triage import Intent, Reading
from assistant.warnings import Call, RelayedWarning, WarningState, calling, climbing, is_for_all
from assistant.warnings.hearing import Heard, hear
from assistant.wording import warnings as wording

IN_TITLE = 2
"""Characters of a title that name it (暴雨, 山洪)."""
COMMON = ("预警", "红色", "橙色", "黄色", "蓝色", "信号", "通知", "紧急")


def issue_warning(  # noqa: PLR0913  (everything that a relayed warning says)
    work: Work,
    title: str,
    area: str,
    region: str,
    issued_at: datetime,
    ack_within: timedelta,
    persons: Iterable[Person],
) -> RelayedWarning:
    """Relay a warning: one call for each person, due from the moment of issue on; duty hears whom no message reaches."""
    warning = RelayedWarning(number=work.next_number(stored.WARNING))
    ids = dict.fromkeys(person.id or 0 for person in persons)
    work.append(warning, calling.issue(title, area, region, issued_at, ack_within, len(ids)), RULE)
    fanning.call_out(work, warning, ((one, "", False, ()) for one in ids))
    return warning


def attend(text: str, incoming: Incoming, person: Person, work: Work, reading: Reading) -> list[Outgoing] | None:
    """Take the answer of a person who has been called; None where the message is for somebody else.

    reading: what the reader makes of the message.
    """
    said = simplified(text).strip()
    reading = _as_answer(said, reading)
    asked = rollcall.roll_up(said, person, work)
    if asked is not None:
        return [plain(one) for one in asked]
    calls = live_calls(work, person)
    meant = rehearsalanswers.attend(said, incoming, person, work, calls)
    if meant is not None:
        return [plain(meant)]
    if not calls:
        return _after_the_end(text, person, work, reading)
    waiting = _waiting(incoming, calls, work)
    if waiting is not None and (chosen := _chosen(said, waiting[1], calls)):
        heard = hear(waiting[0], reading) or Heard.received()
        return [plain(take(work, made, person, heard, waiting[0])) for made in chosen]
    heard_now = _heard(text, reading, calls)
    return None if heard_now is None else _answer(said, person, work, calls, heard_now)


def _as_answer(said: str, reading: Reading) -> Reading:
    """Somebody who has been called and says 收到, or that he is going, answers the call, whatever else he says."""
    is_answer = phrases.ON_IT.search(said) and reading.danger is None
    return replace(reading, intent=Intent.ACK, urgency=None) if is_answer else reading


def live_calls(work: Work, person: Person) -> list[Call]:
    """Return what a person has to answer now, the oldest first; a warning that is over is answered no more."""
    calls = stored.open_calls(work.session, person)
    return [one for one in calls if not calling.is_over(stored.warning(work, one.warning), work.now, notices.rules())]


def due(work: Work, *, is_first: bool = True) -> int:
    """Do what time demands of warnings and calls, a slice of it where it is much; return how many calls that were.

    Thousands are not taken at once: call it again, with is_first=False, as long as `is_more`.
    """
    done = 0
    for warning in stored.live(work.session):
        if calling.is_over(warning, work.now, notices.rules()):
            done += _expire(work, warning)
    done += fanning.go_on(work, is_first=is_first)
    wavework.begin(work)
    return done + _climb(work, is_first=is_first)


def _climb(work: Work, *, is_first: bool) -> int:
    done = 0
    by_warning: dict[str, list[Call]] = {}
    for made in stored.due_calls(work.session, work.now, fanning.SLICE):
        by_warning.setdefault(made.warning, []).append(made)
    for number, calls in by_warning.items():
        slice_ = climbwork.Slice(calls, fanning.SLICE, is_first=is_first)
        done += climbwork.climb(work, stored.warning(work, number), slice_)
    return done


def is_more(work: Work) -> bool:
    """Say whether something is still due now, of warnings and calls."""
    return fanout.is_owed(work.session) or bool(stored.due_calls(work.session, work.now, 1))


def _expire(work: Work, warning: RelayedWarning) -> int:
    """End a warning whose time is over; those called by an exercise hear that it is over, of a real one they know."""
    event = work.append(warning, climbing.ended(WarningState.EXPIRED, ""), CLOCK)
    done = fanning.end(work, warning, event, WarningState.EXPIRED.value, silently=lambda _: not warning.is_exercise)
    rehearsalresult.tell(work, warning, event)
    return done


def _heard(text: str, reading: Reading, calls: list[Call]) -> Heard | None:
    if phrases.number_in(text) is not None:
        return None
    return hear(text, reading, is_asked=any(made.answered_at is not None for made in calls))


def _answer(said: str, person: Person, work: Work, calls: list[Call], heard: Heard) -> list[Outgoing] | None:
    meant = calls if is_for_all(said) and not heard.told.says_something else _named(said, calls, work)
    if heard.is_aside:
        for made in meant if len(meant) == 1 else calls:
            take_aside(work, made, person, heard, said)
        return None
    if len(meant) > 1 and not is_for_all(said):
        question, options = _question(meant, work)
        return [plain(question, *options)]
    return [plain(take(work, made, person, heard, said)) for made in meant]


def _named(said: str, calls: list[Call], work: Work) -> list[Call]:
    """Return the calls that a message may mean: those whose title or area it names, else all."""
    if len(calls) == 1:
        return calls
    named = [made for made in calls if made.warning in said]
    named = named or [
        made for made in calls if any(word in said for word in _words(stored.warning(work, made.warning)))
    ]
    return named if len(named) == 1 else calls


def _words(warning: RelayedWarning) -> set[str]:
    title = warning.title
    for word in COMMON:
        title = title.replace(word, " ")
    return {part[i : i + IN_TITLE] for part in title.split() for i in range(len(part) - IN_TITLE + 1)}


def _question(calls: list[Call], work: Work) -> tuple[str, tuple[str, ...]]:
    return wording.which(wording.option(stored.warning(work, made.warning)) for made in calls)


def _waiting(incoming: Incoming, calls: list[Call], work: Work) -> tuple[str, tuple[str, ...]] | None:
    """Return the answer that waits for 1 or 2, with the options: only where that question was the last thing said."""
    if len(calls) < 2:
        return None
    question, options = _question(calls, work)
    last = work.turns(incoming.channel, incoming.sender, 1)
    is_asked = bool(last) and any(reply.text == question for reply in last[0].replies)
    return (last[0].text, options) if is_asked else None


def _chosen(said: str, options: tuple[str, ...], calls: list[Call]) -> list[Call]:
    number = phrases.number_in(said)
    if number is None and said in options:
        number = options.index(said) + 1
    if number == len(options) or (number is None and is_for_all(said)):
        return calls
    return [calls[number - 1]] if number is not None and 1 <= number <= len(calls) else []


def _after_the_end(text: str, person: Person, work: Work, reading: Reading) -> list[Outgoing] | None:
    """Open a call again when a household turns out not to have been told after all."""
    heard = hear(text, reading)
    if heard is None or heard.is_aside or not (heard.told.missing or heard.told.left):
        return None
    for made in stored.acted_calls(work.session, person)[:1]:
        if not calling.is_over(stored.warning(work, made.warning), work.now, notices.rules()):
            return [plain(take(work, made, person, heard, text))]
    return None


def going_on(text: str, person: Person, work: Work) -> list[Outgoing] | None:
    """Take what somebody who has answered says of being on the way; None where no call waits for households."""
    answered = [made for made in live_calls(work, person) if made.answered_at is not None]
    if not answered:
        return None
    for made in answered:
        work.append(made, calling.noted(text), staff(work, person))
    return [plain(wording.GO_ON)]
