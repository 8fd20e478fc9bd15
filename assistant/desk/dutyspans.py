"""Questions about several days (国庆谁值班) and about one's own shifts (我这个月值几天) by chat; never a telephone in a list."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from assistant.desk import dutywork
from assistant.desk.knowledge import plain
from assistant.duty import LOCAL, Asked, Post, PostKind, load_calendar, read_question
from assistant.duty.days import When, when_in
from assistant.duty.own import OwnAsked, read_own
from assistant.duty.spans import Span, span_in
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.store import Work
from assistant.store import duty as rosters
from assistant.store import shifts as stored
from assistant.triage import danger
from assistant.wording import duty as words

MOST = 10
"""Days, or shifts, in one reply."""
HORIZON = timedelta(days=62)
ONE_DAY = "今天"
"""Stands for the span while the rest of the question is read."""
Replied = tuple[list[Outgoing], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that a message names: a span, a day, or none."""

    span: Span | None
    when: When | None

    @property
    def words(self) -> str:
        return self.span.words if self.span else self.when.words if self.when else ""


def attend(text: str, incoming: Incoming, person: Person, work: Work, context: dict[str, Any]) -> Replied | None:
    """Answer what is asked of several days or of one person's shifts; None where the message asks something else.

    context: as `dutywork.attend` has it.
    """
    if danger(text) is not None:
        return None
    now = work.now.astimezone(LOCAL)
    before = dutywork.fresh(context, work.now)
    days = _Days(span_in(text, now, load_calendar()), when_in(text, now))
    own = read_own(text, days.words)
    if own is not None:
        said = _own(own, days, person, work, is_left="还" in text)
        return None if said is None else ([plain(said)], context)
    asked, span = _asked(text, days.span, before, now)
    if asked is None or span is None:
        return None
    sought = dutywork.sought(asked, before, person, incoming, work)
    if sought is None:
        return [plain(words.NO_REGION)], {}
    kept = dutywork.kept(replace(sought, day=span.first, is_now=False, is_night=False), [], work.now)
    said = _listed(sought, span, person, work)
    return [plain(said)], kept | {"span": [span.first.isoformat(), span.last.isoformat()]}


def _asked(text: str, span: Span | None, before: dict[str, Any], now: datetime) -> tuple[Asked | None, Span | None]:
    """Return what is asked of which span; of the one talked about before, where the message names no day."""
    if span is not None:
        asked = read_question(text.replace(span.words, ONE_DAY, 1), now)
        return (None if asked is None or (asked.needs_context and not before) else replace(asked, when=None)), span
    asked = read_question(text, now) if before.get("span") else None
    if asked is None or not asked.needs_context or asked.when is not None or asked.is_his or asked.wants_phone:
        return None, None
    first, last = map(date.fromisoformat, before["span"])
    return asked, Span(first, last, "")


def _listed(sought: dutywork.Sought, span: Span, person: Person, work: Work) -> str:
    """Return who is on duty, a line for each day."""
    today = work.now.astimezone(LOCAL).date()
    days = [day for day in span.days if day >= today] or span.days
    by_day = {day: _posts(sought, day, work) for day in days[:MOST]}
    if not any(by_day.values()):
        return dutywork.nobody(replace(sought, day=days[0]), work)
    where = words.place(next(posts[0] for posts in by_day.values() if posts))
    lines = [words.SPAN_HEAD.format(where=where, first=words.short(days[0]), last=words.short(days[-1]))]
    lines += [words.day_line(day, _named(posts, sought.kind, work)) for day, posts in by_day.items()]
    lines += [words.MORE_DAYS.format(count=len(days) - MOST)] if len(days) > MOST else []
    if sought.asked.wants_phone:
        posts = [post for posts in by_day.values() for post in posts]
        is_allowed = dutywork.may_see(person, sought.region, posts, work)
        lines.append(words.PHONE_BY_DAY if is_allowed else dutywork.private(sought.region, where, work))
    return "\n".join(lines)


def _posts(sought: dutywork.Sought, day: date, work: Work) -> list[Post]:
    posts = rosters.posts_of(work.session, sought.region, day)
    return [post for post in posts if sought.unit in ("", post.unit)]


def _named(posts: list[Post], kind: PostKind | None, work: Work) -> dict[PostKind, list[str]]:
    kinds = words.KINDS if kind is None else (kind,)
    return {one: held for one in kinds if (held := dutywork.names(posts, one, work))}


def _own(own: OwnAsked, days: _Days, asker: Person, work: Work, *, is_left: bool) -> str | None:
    """Return the shifts of one person, or who else is on; None for a name that is on no roster, or not for everybody."""
    person = asker if not own.name else _on_roster(own.name, asker, work)
    if person is None:
        return None
    today = work.now.astimezone(LOCAL).date()
    first, last = _bounds(days, today, is_left=is_left)
    posts = stored.posts_on_days(work.session, person.id or 0, first, last)
    who = own.name or words.YOU
    if own.is_beside:
        return _beside(posts, days, work, today)
    if posts:
        lines = [words.own_line(post) for post in posts[:MOST]]
        more = [words.MORE_SHIFTS.format(count=len(posts) - MOST)] if len(posts) > MOST else []
        when = days.words or words.FROM_NOW
        return "\n".join([words.OWN_HEAD.format(who=who, when=when, count=len(posts)), *lines, *more])
    ahead = stored.posts_on_days(work.session, person.id or 0, today, today + HORIZON)
    following = words.OWN_NEXT.format(line=words.own_line(ahead[0])) if ahead else ""
    return words.OWN_NONE.format(who=who, when=_when(days, today)) + following


def _when(days: _Days, today: date) -> str:
    return words.day_words(days.when.day, today) if days.span is None and days.when else days.words or words.FROM_NOW


def _bounds(days: _Days, today: date, *, is_left: bool) -> tuple[date, date]:
    """Return the first and last day that are meant; without any word those ahead."""
    if days.span is not None:
        return max(days.span.first, today) if is_left else days.span.first, days.span.last
    if days.when is not None:
        return days.when.day, days.when.day
    return today, today + HORIZON


def _on_roster(name: str, asker: Person, work: Work) -> Person | None:
    """Return somebody on a roster near the asker by name, for those who may look up a colleague."""
    near = stored.named_on_roster(work.session, name)
    return near if near is not None and dutywork.may_see(asker, near.region, [], work) else None


def _beside(posts: list[Post], days: _Days, work: Work, today: date) -> str:
    if not posts:
        return words.OWN_NONE.format(who=words.YOU, when=_when(days, today))
    own = posts[0]
    others = [post for post in stored.posts_with(work.session, own) if post.person_id != own.person_id]
    day = words.day_words(own.day, today)
    if not others:
        return words.ALONE.format(day=day)
    return words.BESIDE.format(day=day, names=words.by_kind(_named(others, None, work)))
