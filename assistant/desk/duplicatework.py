"""Duplicates at the desk (重复件): find, ask, join as follower, merge and split by the staff."""

from assistant.desk import notices
from assistant.desk.acting import acting, reporter, staff
from assistant.desk.hazardwork import reopen
from assistant.errors import WrongState
from assistant.events import RULE, Actor, Event
from assistant.hazards import By, Hazard, HazardState, merging, reporting
from assistant.hazards.duplicates import Likeness, Sighting, likeness, may_be_alike
from assistant.hazards.moments import day, utc
from assistant.hazards.things import related
from assistant.people import Person, PlaceLevel
from assistant.people.tree import up_to
from assistant.ports import Attachment
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import duplicates as stored
from assistant.wording import duplicates as wording


def likely(work: Work, hazard: Hazard, rules: Rules) -> Hazard | None:
    """Return the case that most likely tells of the same thing, None where none is likely enough to ask."""
    found = best(work, hazard, rules)
    return found[0] if found else None


def best(work: Work, hazard: Hazard, rules: Rules) -> tuple[Hazard, Likeness] | None:
    """Return the likeliest case with what speaks for it."""
    known = merging.denied(work.events(hazard.number)) | {hazard.number}
    around = [one for one in _neighbours(work, hazard, rules) if one.number not in known]
    sightings = _sightings(work, [hazard, *around])
    own = sightings[hazard.number]
    worth = [one for one in around if may_be_alike(sightings[one.number], own)]
    compared = [(one, likeness(sightings[one.number], own)) for one in worth]
    worth_asking = [(one, found) for one, found in compared if found.is_likely]
    there = [pair for pair in worth_asking if pair[1].is_there]
    if not there and len(worth_asking) > 1:
        return None  # several lamps of the village are dark: nothing says that it is one of these
    return max(there or worth_asking, key=lambda pair: _rank(hazard, *pair), default=None)


def _neighbours(work: Work, hazard: Hazard, rules: Rules) -> list[Hazard]:
    """Return what may be the same: near in place and time, or with a picture in the same township where this one has some."""
    since = work.now - rules.find("duplicate.recent", hazard.region, day(work.now)).duration
    found = stored.around(work.session, hazard.region, related(hazard.category), since)
    if stored.pictures(work.session, [hazard.number])[hazard.number]:
        found += stored.pictured(work.session, up_to(hazard.region, PlaceLevel.TOWNSHIP), since)
    return list({one.number: one for one in found}.values())


def _rank(hazard: Hazard, other: Hazard, found: Likeness) -> tuple[float, bool, bool]:
    """Of two as likely, the one that is open and was there first."""
    return round(found.likelihood, 2), other.state not in stored.ENDED, other.number < hazard.number


def propose(work: Work, hazard: Hazard, main: Hazard) -> Event:
    """Record that a case may tell of the same as another; its state stays, and it is worked on meanwhile."""
    sightings = _sightings(work, [hazard, main])
    found = likeness(sightings[main.number], sightings[hazard.number])
    return work.append(hazard, merging.suspect(main.number, found), RULE)


def deny(work: Work, hazard: Hazard, main: Hazard, person: Person) -> Event:
    """Record that the reporter says that it is something else: nobody is asked about these two again."""
    return work.append(hazard, merging.deny(main.number), reporter(work, hazard, person))


def join(work: Work, hazard: Hazard, main: Hazard, person: Person, rules: Rules) -> Hazard:
    """Let a reporter's case go up in another one, of which the reporter hears from now on; return that one.

    A main case that was closed is opened again: whoever reports it anew says that it is not repaired.
    Raises: WrongState, NotAllowed.
    """
    root = _root(work, main)
    by, actor = acting(work, hazard, person), reporter(work, hazard, person)
    event = _merge(work, hazard, root, by, actor)
    _tell_owners(work, hazard, root, event)
    if root.state in stored.ENDED:
        reopen(work, root, person, wording.REPORTED_AGAIN, rules)
    return root


def merge(work: Work, hazard: Hazard, main: Hazard, person: Person, rules: Rules, why: str = "") -> Hazard:
    """Let the staff merge a case into another; its reporters are told. Returns the main case.

    Raises: WrongState, NotAllowed.
    """
    root = _root(work, main)
    event = _merge(work, hazard, root, acting(work, hazard, person), staff(work, person), why)
    _tell_owners(work, hazard, root, event, but=person)
    notices.tell_reporters(work, hazard, event, notices.plain(wording.merged(hazard, root)), but=person.id)
    if root.state in stored.ENDED:
        reopen(work, root, person, wording.REPORTED_AGAIN, rules)
    return root


def split(work: Work, hazard: Hazard, person: Person, why: str = "") -> Hazard:
    """Take a merging back: the case goes on where it stood, and the main case loses what came with it.

    Returns the case that was the main one. Raises: WrongState, NotAllowed.
    """
    by, actor = acting(work, hazard, person), staff(work, person)
    if by.is_reporter and not by.may:
        actor = reporter(work, hazard, person)
    main = hazard.main
    event = work.append(
        hazard, reporting.undo_duplicate(hazard, by, merging.state_before(work.events(hazard.number)), why), actor
    )
    for above in _chain(work, main):
        _part(work, above, hazard, actor)
    notices.tell_reporters(work, hazard, event, notices.plain(wording.split(hazard)), but=person.id)
    notices.tell_those_in_charge(work, hazard, event, wording.split_for_staff(hazard))
    return work.hazard(main)


def _merge(work: Work, hazard: Hazard, root: Hazard, by: By, actor: Actor, why: str = "") -> Event:
    if root.number == hazard.number:
        raise WrongState(number=hazard.number, state="own_main", action="marked_duplicate")
    event = work.append(hazard, reporting.mark_duplicate(hazard, by, root.number, why), actor)
    known = {row.person_id for row in stored.sealed(work.session, root.number)}
    new = [person for person in work.reporters(hazard.number) if person.id not in known]
    tokens = [work.seal(person, root.number, is_follower=True) for person in new]
    joined = work.append(root, merging.join(root, hazard, tokens), actor)
    rows = stored.evidence(work.session, hazard.number)
    work.keep_evidence(joined, tuple(Attachment(row.kind, row.digest, row.media_type) for row in rows))
    return event


def _part(work: Work, above: Hazard, hazard: Hazard, actor: Actor) -> None:
    """Take out of a case what came with another, directly or by way of a third."""
    joins = [event for event in work.events(above.number) if event.kind == merging.JOIN]
    below = {one.number for one in (hazard, *stored.merged_into(work.session, hazard.number))}
    mine = [event for event in joins if event.fields["from"] in below]
    lines = set(hazard.text.split("\n"))
    by_way = [event.fields for event in joins if event not in mine and lines & set(event.fields["words"])]
    taken = [event.fields for event in mine] + [_only(fields, lines) for fields in by_way]
    work.append(above, merging.part(above, hazard.number, taken), actor)
    _unfollow(work, above, hazard)
    _take_evidence(work, above, hazard)


def _only(fields: dict[str, list[str]], lines: set[str]) -> dict[str, object]:
    return {**fields, "words": [word for word in fields["words"] if word in lines], "filled": {}}


def _unfollow(work: Work, above: Hazard, hazard: Hazard) -> None:
    """Whoever followed a case only because of the one that is split off does so no longer."""
    left = [above, *stored.merged_into(work.session, above.number)]
    staying = {row.person_id for one in left[1:] for row in stored.sealed(work.session, one.number)}
    brought = {row.person_id for row in stored.sealed(work.session, hazard.number)}
    added = {
        token
        for event in work.events(above.number)
        if event.kind == merging.JOIN
        for token in event.fields["followers"]
    }
    for row in stored.sealed(work.session, above.number):
        if row.is_follower and row.token in added and row.person_id in brought - staying:
            work.session.delete(row)
    work.session.flush()


def _take_evidence(work: Work, above: Hazard, hazard: Hazard) -> None:
    """Pictures that came with the case that is split off go with it."""
    joined = {event.sequence for event in work.events(above.number) if event.kind == merging.JOIN}
    theirs = {row.digest for row in stored.evidence(work.session, hazard.number)}
    for row in stored.evidence(work.session, above.number):
        if row.sequence in joined and row.digest in theirs:
            work.session.delete(row)
    work.session.flush()


def _chain(work: Work, number: str) -> list[Hazard]:
    """Return a case, the one that it was merged into, and so on to the root."""
    chain = [work.hazard(number)]
    while chain[-1].main and chain[-1].state == HazardState.DUPLICATE:
        chain.append(work.hazard(chain[-1].main))
    return chain


def _root(work: Work, main: Hazard) -> Hazard:
    return _chain(work, main.number)[-1]


def _tell_owners(work: Work, hazard: Hazard, root: Hazard, event: Event, but: Person | None = None) -> None:
    """Whoever had the merged case need not go twice; whoever has the main one hears what is new."""
    had = [one for one in notices.owners(work, hazard) if but is None or one.id != but.id]
    notices.send(work, event, "merged", had, notices.plain(wording.merged_for_staff(hazard, root)))
    joined = work.events(root.number)[-1]
    have = [one for one in notices.owners(work, root) if one not in had and (but is None or one.id != but.id)]
    notices.send(work, joined, "joined", have, notices.plain(wording.joined(hazard, root)))


def _sightings(work: Work, hazards: list[Hazard]) -> dict[str, Sighting]:
    pictures = stored.pictures(work.session, [one.number for one in hazards])
    return {one.number: _sighting(work, one, pictures[one.number]) for one in hazards}


def _sighting(work: Work, hazard: Hazard, pictures: list[str]) -> Sighting:
    lat, lon = _point(work, hazard, pictures)
    return Sighting(
        text=hazard.text,
        category=hazard.category,
        region=hazard.region,
        at=utc(hazard.registered_at or work.now),
        place=hazard.place,
        lat=lat,
        lon=lon,
        photos=tuple(filter(None, map(work.media.fingerprint, pictures))),
    )


def _point(work: Work, hazard: Hazard, pictures: list[str]) -> tuple[float | None, float | None]:
    """Return where the hazard is; where nobody sent a point, where its first picture was taken."""
    if hazard.lat is not None:
        return hazard.lat, hazard.lon
    points = [point for digest in pictures if (point := work.media.place(digest)) is not None]
    return (points[0].lat, points[0].lon) if points else (None, None)
