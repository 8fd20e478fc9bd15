"""What time demands of calls (叫应升级): next channel, deputy, level above, knock list, a further call."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.desk import callnotices as notices
from assistant.desk import moving, planned
from assistant.desk.callnotices import Like
from assistant.events import CLOCK, Event
from assistant.people import Person
from assistant.store import Work, fanout
from assistant.store import warnings as stored
from assistant.warnings import AnswerKind, As, Call, CallState, RelayedWarning, Step, calling, climbing
from assistant.warnings.climbing import Outcome
from assistant.warnings.ladder import Plan, plan_of
from assistant.wording import relays as words
from assistant.wording import warnings as wording


@dataclass(slots=True)
class News:
    """What duty and leader are told of one warning at one moment, in one message."""

    silent: list[tuple[Call, Person | None]] = field(default_factory=list)
    """Who has run out of time, and who has been called instead."""
    lost: list[tuple[Call, Person | None]] = field(default_factory=list)
    """Whom no message has reached, and who has been called instead."""
    knock: list[Call] = field(default_factory=list)
    stalled: list[Call] = field(default_factory=list)
    event: Event | None = None
    known: dict[int, Call | None] = field(default_factory=dict)
    """Calls of the warning by person, as far as they have been looked up."""

    def __len__(self) -> int:
        """Return how many calls have come up."""
        return len(self.silent) + len(self.lost) + len(self.knock) + len(self.stalled)

    def about(self) -> set[int]:
        """Return the persons whom the news is about."""
        return {made.person for made, _ in (*self.silent, *self.lost)} | {
            one.person for one in self.knock + self.stalled
        }


@dataclass(frozen=True, slots=True)
class Slice:
    """What one transaction takes of the calls that are due."""

    calls: Sequence[Call]
    most: int
    """One silent stand-in may bring many calls with it; then it is not all of these."""
    is_first: bool = True
    """No other calls of this warning were taken at the same moment."""


def climb(work: Work, warning: RelayedWarning, due: Slice) -> int:
    """Take the next step of each of these calls that is due, and tell duty of what needs people; return how many."""
    done, plan = 0, plan_of(warning.plan)
    everybody = {made.person for made in due.calls} | {step.person for made in due.calls for step in made.steps}
    work.foresee(everybody)
    news = News(known=dict.fromkeys(everybody) | stored.calls_to(work.session, warning.number, everybody))
    for made in due.calls:
        if len(news) >= due.most:
            break
        if climbing.stalls(made, work.now):
            _call_again(work, warning, made, plan, news)
        elif not made.plan and calling.is_silent(made, work.now):
            _fall_silent(work, made, news)
            news.silent.append((made, None))
        elif not _step(work, warning, made, news):
            continue
        done += 1
    tell(work, warning, news, is_first=due.is_first)
    return done


def start(work: Work, warning: RelayedWarning, made: Call, news: News) -> None:
    """Send the first message of a call; an empty first step is skipped at once."""
    if made.channel:
        notices.send_step(work, warning, made)
    else:
        news.event = work.append(made, climbing.unreachable(made, "no_channel"), CLOCK)
        news.lost.append((made, hand_on(work, warning, made, "unreachable", news)))


def _step(work: Work, warning: RelayedWarning, made: Call, news: News) -> bool:
    """Try the next channel; where there is none left, somebody else. Return whether anything was to be done."""
    if made.state != CallState.PENDING.value or made.next_at is None:
        return False  # moved on while an earlier one of these was taken
    at = climbing.next_own(made)
    if at is not None:
        work.append(made, climbing.tried(made, at, work.now), CLOCK)
        notices.send_step(work, warning, made)
    elif climbing.is_due(made, work.now):
        _fall_silent(work, made, news)
        news.silent.append((made, hand_on(work, warning, made, "silent", news)))
    elif any(row.handed_over_at for row in stored.sent(work.session, [made.number])[made.number]):
        return False  # the last channel has failed, but an earlier one has not: the time for an answer stays
    else:
        news.event = work.append(made, climbing.unreachable(made, "not_delivered"), CLOCK)
        news.lost.append((made, hand_on(work, warning, made, "unreachable", news)))
    return True


def _fall_silent(work: Work, made: Call, news: News) -> None:
    news.event = work.append(made, calling.silent(made), CLOCK)


def hand_on(work: Work, warning: RelayedWarning, made: Call, why: str, news: News) -> Person | None:
    """Call the next person of a call's ladder in its place; where nobody is left, it goes on the knock list.

    Whoever has a call of this warning already is not called a second time, but told.
    """
    skipped: list[tuple[int, str]] = []
    for rest in climbing.others(made):
        person = work.person_by_id(rest[0].person)
        known = news.known.get(rest[0].person) or planned.call_to(work, warning, rest[0].person, news.known)
        if known is None and rest[0].channel and person.is_active:
            to = _call_instead(work, warning, made, rest)
        elif known is not None and _may_stand_in(known):
            to = known
        else:
            skipped.append((rest[0].person, "no_channel" if known is None else "not_there"))
            continue
        news.known[rest[0].person] = to
        event = news.event = work.append(made, climbing.handed_to(made, to.number, skipped, why), CLOCK)
        if known is not None:
            absent = notices.name(work.person_by_id(made.person))
            notices.send(work, event, "stand_in", [person], words.stand_in(warning, made, absent))
        if rest[0].place == As.DEPUTY.value:
            moving.pass_on(work, warning, made.person, person)
        return person
    _to_knock_list(work, made, skipped, news)
    return None


def _call_instead(work: Work, warning: RelayedWarning, made: Call, rest: list[Step]) -> Call:
    number = fanout.next_call(work.session, warning.number)
    to = notices.add_ladder_call(work, warning, number, rest, Like(made.region, made.must_act, made.number))
    notices.send_step(work, warning, to)
    return to


def _may_stand_in(known: Call) -> bool:
    is_there = known.kind != AnswerKind.ABSENT.value
    return (
        is_there
        and (climbing.outcome(known) is Outcome.ANSWERED or known.state == CallState.PENDING.value)
        and not known.passed_to
    )


def _to_knock_list(work: Work, made: Call, skipped: list[tuple[int, str]], news: News) -> None:
    """Put a call on the knock list, with those that were handed on to it and are still unanswered."""
    news.event = work.append(made, climbing.knock(made, skipped), CLOCK)
    news.knock.append(made)
    for earlier in stored.handed_to(work.session, made.number):
        if earlier.answered_at is None and earlier.is_open and earlier.state != CallState.KNOCK.value:
            _to_knock_list(work, earlier, [], news)


def relieve(work: Work, warning: RelayedWarning, made: Call) -> None:
    """Let those who were called in somebody's place go, now that this person has answered; who has answered stays."""
    if not made.passed_to:
        return
    instead = stored.call(work.session, made.passed_to)
    if instead.instead_of != made.number or instead.answered_at is not None or not instead.is_open:
        return
    stored.drop_unsent(work.session, instead)
    was_told = any(
        row.attempts or row.handed_over_at for row in stored.sent(work.session, [instead.number])[instead.number]
    )
    event = work.append(instead, calling.over(instead, "relieved"), CLOCK)
    helper = work.person_by_id(made.person)
    moving.give_back(work, warning, instead.person, helper)
    if was_told:
        text = words.relieved(warning, notices.name(helper))
        notices.send(work, event, "relieved", [work.person_by_id(instead.person)], text)
    relieve(work, warning, instead)


def _call_again(work: Work, warning: RelayedWarning, made: Call, plan: Plan | None, news: News) -> None:
    """Call again who has answered without action; after the last time those in charge hear of it."""
    if plan is None or made.recalls >= plan.recalls:
        news.event = work.append(made, climbing.stalled(), CLOCK)
        news.stalled.append(made)
        return
    event = work.append(made, climbing.recalled(made, plan.act, work.now), CLOCK)
    text = words.again(warning, made)
    notices.send(work, event, "again", [work.person_by_id(made.person)], text, *wording.CALL_CHOICES)


def tell(work: Work, warning: RelayedWarning, news: News, *, is_first: bool = True) -> None:
    """Tell duty and leader in one message what has come up; nothing where nothing has.

    Thousands at once come in slices: after the first one it is said, once, that there are more.
    """
    if news.event is None:
        return
    if not is_first:
        to = notices.in_charge(work, warning, but=news.about()) or notices.in_charge(work, warning)
        notices.send_once(work, warning, f"more/{work.now:%m%d%H%M%S}", to, words.more(warning))
        return
    named = {made.number: notices.called(work.person_by_id(made.person)) for made in _all(news)}
    parts: list[str] = []
    bare = [(named[made.number], made) for made, to in news.silent if to is None and not made.plan]
    if bare:
        parts.append(wording.silent(warning, bare))
    moved = [(named[made.number], made, to) for made, to in news.silent if made.plan]
    lost = [(named[made.number], made, to) for made, to in news.lost]
    parts += words.news(warning, moved, lost)
    if news.knock:
        parts.append(words.knock(warning, [(named[made.number], made) for made in news.knock]))
    if news.stalled:
        parts.append(words.stalled(warning, [(named[made.number], made) for made in news.stalled]))
    if parts:
        to = notices.in_charge(work, warning, but=news.about())
        # where everybody in charge is among the silent, they are told all the same: nobody else is left
        to = to if any(map(work.has_channel, to)) else notices.in_charge(work, warning)
        notices.send(work, news.event, "silent", to, "\n".join(parts))


def _all(news: News) -> list[Call]:
    return [*(made for made, _ in (*news.silent, *news.lost)), *news.knock, *news.stalled]
