"""What time demands of shifts (值班到点): reminders, take-overs that nobody confirms, hand-overs with a gap; each once."""

from collections.abc import Iterable, Mapping

from assistant.desk.incidentcalls import nearest
from assistant.desk.knowledge import plain
from assistant.duty import Post, PostKind, Shift, turns
from assistant.duty import handover as handing
from assistant.events import CLOCK, Event, utc
from assistant.people import Person, Role
from assistant.rules import Rules
from assistant.store import Lane, Work
from assistant.store import duty as rosters
from assistant.store import shifts as stored
from assistant.wording import shifts as words


def due(work: Work, rules: Rules) -> int:
    """Do all that time demands of the shifts, once; return how many events that made."""
    longest = max(rule.duration for rule in rules.all() if rule.id == turns.AHEAD)
    near = stored.posts_near(work.session, work.now, work.now + longest)
    made = _plan(work, near, rules)
    for shift in stored.live(work.session):
        before = shift.version
        if handing.is_over(shift, work.now, rules):
            work.append(shift, turns.lapse(shift), CLOCK)
        elif shift.ends > utc(work.now):
            posts = near.get(stored.key_of(shift), [])
            _remind(work, shift, posts, rules)
            _watch(work, shift, posts, rules)
        elif shift.state in turns.WAITING:  # nobody came, and nobody was there to say so
            _watch(work, shift, stored.posts_on(work.session, shift), rules)
        else:
            _look_for_gap(work, shift, rules)
        made += shift.version - before
    return made


def _plan(work: Work, near: Mapping[stored.Key, list[Post]], rules: Rules) -> int:
    """Follow each shift that comes near, once."""
    known = stored.known(work.session, work.now)
    new = [key for key in near if key not in known and _is_near(near[key][0], work, rules)]
    for key in new:
        region, unit, _ = key
        shift = Shift(number=work.next_number(stored.SHIFT))
        work.append(shift, turns.plan(region, unit, near[key], work.now), CLOCK)
    return len(new)


def _is_near(post: Post, work: Work, rules: Rules) -> bool:
    ahead = rules.find(turns.AHEAD, post.region, utc(post.starts_at).date()).duration
    return utc(post.starts_at) - ahead <= utc(work.now)


def _remind(work: Work, shift: Shift, posts: list[Post], rules: Rules) -> None:
    """Remind everybody on a shift; a reminder that the next one has overtaken is skipped, and noted."""
    while posts and (found := turns.due_reminder(shift, work.now, rules)) is not None:
        rule, is_fresh = found
        if not is_fresh:
            work.append(shift, turns.skip(shift, rule), CLOCK)
            continue
        event = work.append(shift, turns.remind(shift, rule, [post.person_id for post in posts]), CLOCK)
        names, room = named(work, posts), rosters.room_phone(work.session, shift.region)
        for post in posts:
            person = work.person_by_id(post.person_id)
            text = words.reminder(shift, names, (person.name, PostKind(post.kind)), room)
            send(work, event, "reminder", [person], text, words.TAKE, lane=Lane.ROUTINE)


def _watch(work: Work, shift: Shift, posts: list[Post], rules: Rules) -> None:
    """Tell the leader when nobody has taken over in time, then director, then everybody above, one step at a time."""
    if turns.is_missed(shift, posts, work.now, rules):
        absent = turns.missing(shift, posts)
        event = _tell_missing(work, shift, posts, rules, is_first=True)
        people = work.people_by_id(absent)
        send(work, event, "poke", people, words.poke(shift, work.now), words.TAKE)
    elif turns.is_to_climb(shift, work.now):
        if turns.missing(shift, posts):
            _tell_missing(work, shift, posts, rules, is_first=False)
        else:
            work.append(shift, turns.fill(shift), CLOCK)


def _tell_missing(work: Work, shift: Shift, posts: list[Post], rules: Rules, *, is_first: bool) -> Event:
    absent = turns.missing(shift, posts)
    ladder = rungs(work, shift, posts)
    rung = 0 if is_first else shift.climbs
    people = ladder[rung] if rung < len(ladder) else []
    decide = turns.miss if is_first else turns.climb
    event = work.append(shift, decide(shift, posts, [p.id or 0 for p in people], work.now, rules), CLOCK)
    contacts = [(person.name, person.phone) for person in work.people_by_id(absent)]
    send(work, event, "missed", people, words.missed(shift, contacts, work.now))
    return event


def rungs(work: Work, shift: Shift, posts: list[Post]) -> list[list[Person]]:
    """Return who hears of a shift that nobody has taken over, step by step; a step without people is left out.

    Leader, deputy and who has come; the director of the place; duty, leader and director of each place above.
    """
    absent = turns.missing(shift, posts)
    first = [post.person_id for post in posts if post.kind != PostKind.STAFF.value] + shift.came
    steps = [[*work.people_by_id(first), *nearest(work, Role.LEADER, shift.region)]]
    steps.append(nearest(work, Role.DIRECTOR, shift.region))
    parts = shift.region.split("/") if shift.region else []
    for count in range(len(parts) - 1, 0, -1):
        steps.append(rosters.on_duty(work, "/".join(parts[:count])))
    known, found = set(absent), []
    for step in steps:
        new = [person for person in once(step) if person.id not in known and work.has_channel(person)]
        known |= {person.id or 0 for person in new}
        found.append(new)
    return [step for step in found if step]


def _look_for_gap(work: Work, shift: Shift, rules: Rules) -> None:
    """Page the leader once for each thing that is missing in a hand-over."""
    successor = stored.after(work.session, shift)
    found = handing.gap(shift, successor, work.now, rules)
    if not found:
        return
    event = work.append(shift, handing.page(shift, found), CLOCK)
    posts = stored.posts_on(work.session, shift)
    next_posts = stored.posts_on(work.session, successor) if successor is not None else []
    owed = posts if found == handing.UNSIGNED else next_posts
    to_do = turns.required(owed) if found != handing.NO_SUCCESSOR else []
    people = once([*work.people_by_id(to_do), *leaders(work, shift.region, next_posts or posts)])
    by = work.person_by_id(shift.handed_over_by).name if shift.handed_over_by is not None else ""
    came = [person.name for person in work.people_by_id(shift.came)]
    send(work, event, "gap", people, words.gap(shift, found, came, by, work.now))


def leaders(work: Work, region: str, posts: Iterable[Post]) -> list[Person]:
    """Return who leads a shift: by its roster, else by role, else the director."""
    leader = turns.leader_of(posts)
    if leader is not None and work.has_channel(work.person_by_id(leader)):
        return [work.person_by_id(leader)]
    return nearest(work, Role.LEADER, region) or nearest(work, Role.DIRECTOR, region)


def named(work: Work, posts: Iterable[Post]) -> dict[PostKind, list[str]]:
    """Return who is on a shift, by kind."""
    names: dict[PostKind, list[str]] = {}
    for post in posts:
        names.setdefault(PostKind(post.kind), []).append(work.person_by_id(post.person_id).name)
    return names


def send(  # noqa: PLR0913  (everything that a message about a shift is)
    work: Work, event: Event, what: str, people: Iterable[Person], text: str, *choices: str, lane: Lane = Lane.URGENT
) -> None:
    """Put a message about an event in the outbox for some people; the same event tells the same person once."""
    for person in people:
        key = f"{event.stream}/{event.sequence}/{what}"
        work.tell(person, plain(text, *choices), key=key, subject=event.stream, lane=lane)


def once(people: Iterable[Person]) -> list[Person]:
    """Return people without repetition, in order."""
    return list({person.id: person for person in people}.values())
