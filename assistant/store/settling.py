"""Settling (落班): the posts of a day become what was planned; what has happened already stays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, select

from assistant.duty import Origin, Post, Slot
from assistant.events import utc
from assistant.store.work import Work

Key = tuple[str, int, datetime, datetime]


@dataclass(frozen=True, slots=True)
class Office:
    """Who keeps a roster, and where."""

    region: str
    unit: str = ""
    room_phone: str = ""


def settle(work: Work, office: Office, day: date, slots: Iterable[Slot], *, with_past: bool) -> int:
    """Add and delete posts of a day until they are the slots; return how many are new.

    What fits stays the row that it is. Of a shift that has begun only what is still to come can change.
    """
    query = select(Post).where(Post.region == office.region, Post.unit == office.unit, Post.day == day)
    held = list(work.session.exec(query.order_by(col(Post.id))).all())
    planned = list(slots)
    if with_past:
        movable, wanted = held, planned
    else:
        movable = [one for one in held if utc(one.starts_at) > work.now]
        wanted = [one for one in planned if one.starts_at > work.now] + _going_on(work, held, planned)
    missing = _unmatched(wanted, movable)
    left = [slot for slot in missing if not _is_swapped(slot, movable)]
    for post in movable:
        work.session.delete(post)
    for slot in left:
        work.session.add(_post(office, slot))
    work.session.flush()
    return len(left)


def _going_on(work: Work, held: list[Post], planned: list[Slot]) -> list[Slot]:
    """End posts that are held now when the plan says so; return who comes in their place at this moment."""
    current = [one for one in planned if one.starts_at <= work.now < one.ends_at]
    if not held:
        return current
    cut: set[str] = set()
    for post in held:
        if not utc(post.starts_at) <= work.now < utc(post.ends_at):
            continue
        alike = [one for one in planned if (one.kind.value, one.person) == (post.kind, post.person_id)]
        now_on = next((one for one in alike if one in current), None)
        if now_on is not None:
            current.remove(now_on)
            post.ends_at = now_on.ends_at
        elif any(one.starts_at == utc(post.starts_at) for one in alike):
            cut.add(post.kind)
            post.ends_at = work.now
        work.session.add(post)
    return [replace(one, starts_at=work.now) for one in current if one.kind.value in cut]


def _unmatched(wanted: list[Slot], movable: list[Post]) -> list[Slot]:
    """Return the slots that have no post; takes those that have one out of `movable`."""
    missing = []
    for slot in wanted:
        post = next((one for one in movable if _key(one) == _slot_key(slot)), None)
        if post is None:
            missing.append(slot)
        else:
            movable.remove(post)
    return missing


def _is_swapped(slot: Slot, movable: list[Post]) -> bool:
    """Say whether two persons have swapped this shift; takes the post out of `movable`."""
    kind, _, *span = _slot_key(slot)
    swapped = (one for one in movable if one.origin == Origin.SWAP and one.kind == kind and list(_key(one)[2:]) == span)
    post = next(swapped, None)
    if post is not None:
        movable.remove(post)
    return post is not None


def _key(post: Post) -> Key:
    return (post.kind, post.person_id, utc(post.starts_at), utc(post.ends_at))


def _slot_key(slot: Slot) -> Key:
    return (slot.kind.value, slot.person, utc(slot.starts_at), utc(slot.ends_at))


def _post(office: Office, slot: Slot) -> Post:
    return Post(
        region=office.region,
        unit=office.unit,
        day=slot.day,
        kind=slot.kind.value,
        person_id=slot.person,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        room_phone=office.room_phone,
        origin=slot.origin.value,
    )
