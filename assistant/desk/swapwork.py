"""Swaps at the desk (换班): asked by chat, taken by the other; both and the leader are told, and the roster changes with it."""

import re
from datetime import timedelta

from assistant.desk.acting import staff
from assistant.desk.knowledge import plain
from assistant.desk.shiftwork import leaders, once, send
from assistant.duty import LOCAL, Obstacle, Post, PostKind, Swap, SwapState, swaps
from assistant.duty.days import When, when_in
from assistant.duty.shiftorders import Ordered, ShiftOrder
from assistant.errors import SeveralPersons, UnknownPerson
from assistant.events import CLOCK, utc
from assistant.people import Person, Role
from assistant.ports import Outgoing
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store import shifts as stored
from assistant.store.duty import person_named
from assistant.wording import swaps as words
from assistant.wording.duty import day_words

AROUND = timedelta(days=14)
"""Who is on the roster so near to a day belongs to it."""
HORIZON = timedelta(days=400)
BETWEEN = re.compile(r"班|跟|和|与|换|、|，|,")


def act(ordered: Ordered, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what somebody on a roster, or asked to step in, says of swaps; None for everybody else."""
    own = stored.posts_of_person(work.session, person.id or 0, work.now - AROUND, work.now + HORIZON)
    if ordered.order in (ShiftOrder.AGREE, ShiftOrder.DECLINE):
        said = _answered(ordered, person, work, rules)
        is_staff = bool(own) or bool(work.grants(person))
        return [plain(said)] if is_staff or said != words.NONE_WAITING else None
    if not own:
        return None
    if ordered.order is ShiftOrder.SWAP:
        return [plain(_asked(ordered, person, own, work, rules))]
    if ordered.order is ShiftOrder.WITHDRAW:
        return [plain(_withdrawn(ordered.rest, person, work))]
    rows = stored.swaps_in(work.session, own[-1].region)
    return [plain(words.listed((one, _name(work, one.asked_by), _name(work, one.other)) for one in rows))]


def due(work: Work) -> int:
    """End the swaps that nobody has taken in time; return how many there were."""
    past = [one for one in stored.open_swaps(work.session) if swaps.is_past(one, work.now)]
    for one in past:
        event = work.append(one, swaps.end(SwapState.PAST), CLOCK)
        text = words.PAST.format(number=one.number, give=words.given(one))
        send(work, event, "past", [work.person_by_id(one.asked_by)], text)
    return len(past)


def _asked(ordered: Ordered, person: Person, own: list[Post], work: Work, rules: Rules) -> str:
    days = days_in(ordered.days, work)
    if not days:
        return words.SAY_DAYS
    if not ordered.rest:
        give = _on(own, days[0])
        if give is None:
            return words.NO_POST.format(day=_day(days[0], work))
        return _open(give, None, None, ordered, person, work, rules)
    try:
        other = person_named(work.session, ordered.rest, own[-1].region)
    except UnknownPerson:
        return words.NO_SUCH_PERSON.format(name=ordered.rest)
    except SeveralPersons:
        return words.SEVERAL.format(name=ordered.rest)
    if other.id == person.id:
        return words.YOURSELF
    return _with(other, days, own, ordered, person, work, rules)


def _with(  # noqa: PLR0913  (who swaps what with whom)
    other: Person, days: list[When], own: list[Post], ordered: Ordered, person: Person, work: Work, rules: Rules
) -> str:
    """Find out which of the two days is whose."""
    theirs = stored.posts_of_person(work.session, other.id or 0, work.now, work.now + HORIZON)
    mine = [_on(own, day) for day in days]
    give = next((post for post in mine if post is not None), None)
    if give is None:
        return words.NOT_YOURS.format(day=_day(days[0], work), name=other.name)
    if len(days) == 1:
        return _open(give, other, None, ordered, person, work, rules)
    back_day = days[1] if mine[0] is give else days[0]
    back = _on(theirs, back_day)
    if back is None:
        return words.NOT_THEIRS.format(name=other.name, day=_day(back_day, work))
    return _open(give, other, back, ordered, person, work, rules)


def _open(  # noqa: PLR0913  (everything that a swap is)
    give: Post, other: Person | None, back: Post | None, ordered: Ordered, person: Person, work: Work, rules: Rules
) -> str:
    """Record the wish and ask the other, or everybody who could."""
    fact = swaps.ask(give, other.id if other else None, back, ordered.days, rules)
    for one in stored.open_swaps(work.session):
        if one.asked_by == person.id and one.starts_at is not None and utc(one.starts_at) == utc(give.starts_at):
            return words.ASKED_ALREADY.format(number=one.number)
    if other is not None and (found := _obstacle(give, back, person, other, work, rules)) is not None:
        return words.cannot(*found)
    people = [other] if other is not None else _able(give, person, work, rules)
    if not people:
        return words.NOBODY_FREE
    swap = Swap(number=work.next_number(stored.SWAP))
    event = work.append(swap, fact, staff(work, person))
    if not swaps.is_open(swap, work.now):
        work.append(swap, swaps.end(SwapState.PAST), CLOCK)
        return words.TOO_LATE
    send(work, event, "question", people, words.question(swap, person.name, give, back), words.AGREE, words.DECLINE)
    names = "、".join(one.name for one in people)
    what = words.what(person.name, other.name if other else "别人", give, back)
    return words.ASKED.format(number=swap.number, what=what, names=names)


def _able(give: Post, asker: Person, work: Work, rules: Rules) -> list[Person]:
    """Return who of the same roster could take a shift and can be asked."""
    people = work.people_by_id(stored.colleagues(work.session, give, AROUND))
    return [
        one
        for one in people
        if one.is_active and work.has_channel(one) and _obstacle(give, None, asker, one, work, rules) is None
    ]


def _obstacle(  # noqa: PLR0913  (who swaps what with whom)
    give: Post, back: Post | None, asker: Person, taker: Person, work: Work, rules: Rules
) -> tuple[Obstacle, str] | None:
    """Return what stands against a swap, and whose; each side is looked at as it would be afterwards."""
    sides = [(taker, give, back), *([(asker, back, give)] if back is not None else [])]
    for person, gets, gives in sides:
        around = utc(gets.starts_at) - AROUND, utc(gets.starts_at) + AROUND
        held = [p for p in stored.posts_of_person(work.session, person.id or 0, *around) if p is not gives]
        found = swaps.obstacle(held, gets, rules)
        if found is None and gets.kind == PostKind.LEADER.value and not _may_lead(person, gets, work):
            found = Obstacle.RANK
        if found is not None:
            return found, person.name
    return None


def _may_lead(person: Person, post: Post, work: Work) -> bool:
    roles = {Role.LEADER.value, Role.DIRECTOR.value}
    is_leader = any(one.role in roles and covers(one.region, post.region) for one in work.grants(person))
    around = utc(post.starts_at) - AROUND, utc(post.starts_at) + AROUND
    posts = stored.posts_of_person(work.session, person.id or 0, *around)
    return is_leader or any(one.kind == post.kind and one.region == post.region for one in posts)


def _answered(ordered: Ordered, person: Person, work: Work, rules: Rules) -> str:
    waiting = [one for one in stored.open_swaps(work.session) if _is_asked(one, person, work)]
    wanted = ordered.rest.upper()
    if wanted:
        waiting = [one for one in waiting if one.number.replace("-", "") == wanted.replace("-", "")]
    if not waiting:
        return words.NONE_WAITING
    if len(waiting) > 1:
        return words.which([(one, _name(work, one.asked_by)) for one in waiting])
    return (_taken if ordered.order is ShiftOrder.AGREE else _declined)(waiting[0], person, work, rules)


def _is_asked(swap: Swap, person: Person, work: Work) -> bool:
    if not swaps.is_open(swap, work.now) or swap.asked_by == person.id:
        return False
    if swap.other is not None:
        return swap.other == person.id
    give = _post(swap, work)
    return give is not None and person.id in stored.colleagues(work.session, give, AROUND)


def _taken(swap: Swap, person: Person, work: Work, rules: Rules) -> str:
    """Change the roster in the same transaction: at no moment is a shift without its person."""
    asker = work.person_by_id(swap.asked_by)
    give, back = _post(swap, work), _back(swap, person, work)
    if give is None or (swap.return_starts_at is not None and back is None):
        event = work.append(swap, swaps.end(SwapState.PAST, person.id, "roster"), CLOCK)
        text = words.ROSTER_CHANGED.format(number=swap.number)
        send(work, event, "past", [asker], text)
        return text
    found = _obstacle(give, back, asker, person, work, rules)
    if found is not None:
        return words.cannot(*found)
    event = work.append(swap, swaps.take(person.id or 0), staff(work, person))
    stored.give_post(work, give, person)
    if back is not None:
        stored.give_post(work, back, asker)
    what = words.what(asker.name, person.name, give, back)
    send(work, event, "taken", [asker], words.TAKEN.format(what=what))
    told = [one for post in (give, back) if post is not None for one in _leaders(post, work)]
    others = [one for one in once(told) if one.id not in (asker.id, person.id)]
    send(work, event, "leader", others, words.TAKEN_LEADER.format(what=what))
    return words.TAKEN.format(what=what)


def _leaders(post: Post, work: Work) -> list[Person]:
    return leaders(work, post.region, stored.posts_with(work.session, post))


def _declined(swap: Swap, person: Person, work: Work, rules: Rules) -> str:
    if swap.other is None:
        work.append(swap, swaps.refuse(person.id or 0), staff(work, person))
        return words.DECLINE_NOTED
    event = work.append(swap, swaps.end(SwapState.DECLINED, person.id), staff(work, person))
    text = words.DECLINED.format(name=person.name, number=swap.number, give=words.given(swap))
    send(work, event, "declined", [work.person_by_id(swap.asked_by)], text)
    return words.DECLINE_NOTED


def _withdrawn(number: str, person: Person, work: Work) -> str:
    own = [one for one in stored.open_swaps(work.session) if one.asked_by == person.id]
    own = [one for one in own if not number or one.number.replace("-", "") == number.upper().replace("-", "")]
    if not own:
        return words.NOTHING_TO_WITHDRAW
    if len(own) > 1:
        return words.which([(one, person.name) for one in own]).replace(words.AGREE, "撤回换班")
    swap = own[0]
    give = _post(swap, work)
    event = work.append(swap, swaps.end(SwapState.WITHDRAWN, person.id), staff(work, person))
    asked = [swap.other] if swap.other is not None else stored.colleagues(work.session, give, AROUND) if give else []
    text = words.WITHDRAWN_TO.format(name=person.name, number=swap.number)
    send(work, event, "withdrawn", work.people_by_id(asked), text)
    return words.WITHDRAWN.format(number=swap.number, give=words.given(swap))


def _post(swap: Swap, work: Work) -> Post | None:
    """Return the post that is given away, None where the roster has been changed."""
    return stored.post_at(work.session, swap.asked_by, swap.starts_at)


def _back(swap: Swap, person: Person, work: Work) -> Post | None:
    return stored.post_at(work.session, person.id or 0, swap.return_starts_at)


def days_in(said: str, work: Work) -> list[When]:
    """Return the days that a message names, in order."""
    now = work.now.astimezone(LOCAL)
    found = [when_in(part, now) for part in BETWEEN.split(said)]
    return [one for one in found if one is not None]


def _on(posts: list[Post], day: When) -> Post | None:
    """Return the post of a day; of several the last at night, else the first."""
    held = [post for post in posts if post.day == day.day]
    return (held[-1] if day.is_night else held[0]) if held else None


def _day(day: When, work: Work) -> str:
    return day_words(day.day, work.now.astimezone(LOCAL).date())


def _name(work: Work, person_id: int | None) -> str:
    return work.person_by_id(person_id).name if person_id is not None else ""
