"""What time demands of quizzes (测验到点): a reminder, the end with its results, and the mistakes once more; each once."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from assistant.desk import quizview
from assistant.desk.knowledge import plain
from assistant.events import CLOCK, Event, utc
from assistant.hazards.moments import day
from assistant.people import Person
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import training as stored
from assistant.store.outbox import AT_ONCE, When
from assistant.training import Paper, Quiz, paper
from assistant.training import quiz as quizzes
from assistant.wording import training as words

LOCAL = ZoneInfo("Asia/Shanghai")
HOUR, DAYS, REMIND_HOUR = "quiz.hour", "quiz.days", "drill.hour"


def due(work: Work, rules: Rules) -> None:
    """Remind, close and call again; a second call at the same moment does nothing."""
    for quiz in stored.over(work.session, work.now):
        close(work, quiz, words.CLOSED)
    for one in stored.to_remind(work.session, work.now):
        _remind(work, one)
    for one in stored.to_call_again(work.session, work.now):
        _call_again(work, one, rules)


def close(work: Work, quiz: Quiz, sentence: str) -> None:
    """Take no more answers, and tell the trainer what has come of it."""
    for one in stored.papers(work.session, quiz.number):
        if one.state in paper.OPEN:
            work.append(one, paper.miss(one), CLOCK)
    view = quizview.view_of(work, quiz)
    missing = [*view.results.silent, *view.results.halfway]
    event = work.append(quiz, quizzes.close(quiz, work.now, missing), CLOCK)
    text = sentence.format(number=quiz.number, results=quizview.in_words(view))
    tell(work, event, "results", [work.person_by_id(quiz.made_by)], text)


def tell(  # noqa: PLR0913  (what is told to whom, and until when)
    work: Work, event: Event, what: str, people: list[Person], text: str, *choices: str, until: datetime | None = None
) -> None:
    """Queue a message about an event for some people, once; later than `until` it is not sent."""
    when = When(expires_at=until) if until is not None else AT_ONCE
    for person in people:
        key = f"{event.stream}/{event.sequence}/{what}"
        work.tell(person, plain(text, *choices), key=key, subject=event.stream, when=when)


def end_of(on: date, region: str, rules: Rules) -> datetime:
    """Return the moment of a day at which a quiz ends."""
    return utc(datetime.combine(on, time(int(rules.find(HOUR, region, on).value)), LOCAL))


def reminder_of(due_at: datetime, now: datetime, region: str, rules: Rules) -> datetime | None:
    """Return when who has not answered is reminded: the morning before the last day; None where that is over."""
    before = day(due_at) - rules.find(paper.REMIND, region, day(now)).duration
    at = morning(before, region, rules)
    return at if at > utc(now) else None


def morning(on: date, region: str, rules: Rules) -> datetime:
    """Return the hour of a day at which people are told of what is not urgent."""
    return utc(datetime.combine(on, time(int(rules.find(REMIND_HOUR, region, on).value)), LOCAL))


def again_at(work: Work, region: str, rules: Rules) -> datetime:
    """Return when what somebody answers wrong now comes once more."""
    today = day(work.now)
    return morning(today + rules.find(paper.AGAIN, region, today).duration, region, rules)


def _remind(work: Work, one: Paper) -> None:
    quiz = stored.quiz(work, one.quiz)
    if one.due_at is None or utc(one.due_at) <= utc(work.now):
        work.append(one, paper.skip_reminder(), CLOCK)
        return
    event = work.append(one, paper.remind(), CLOCK)
    word = words.GO_ON if one.chosen else words.START
    left = len(quiz.asked) - len(one.chosen)
    text = words.REMINDED.format(number=quiz.number, left=left, due=words.moment(one.due_at), word=word)
    tell(work, event, "reminder", [work.person_by_id(one.person)], text, word, until=one.due_at)


def _call_again(work: Work, one: Paper, rules: Rules) -> None:
    within = rules.find(paper.AGAIN_WITHIN, stored.quiz(work, one.quiz).region, day(work.now)).duration
    until = utc(one.again_at or work.now) + within
    if until < utc(work.now):
        work.append(one, paper.skip_again(), CLOCK)
        return
    event = work.append(one, paper.call_again(), CLOCK)
    text = words.AGAIN.format(number=one.quiz, count=len(one.mistakes))
    tell(work, event, "again", [work.person_by_id(one.person)], text, words.GO_ON, until=until)
