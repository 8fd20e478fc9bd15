"""Who has answered a warning and who has not (应答情况): the roll-up that duty and leaders ask for."""

import re

from assistant.desk import callnotices as notices
from assistant.people import Person, Role
from assistant.people.resolving import resolve_in
from assistant.rules import covers
from assistant.store import Work, place_tree
from assistant.store import duty as rosters
from assistant.store import warnings as stored
from assistant.warnings import RelayedWarning
from assistant.wording import warnings as wording

IN_CHARGE = frozenset(role.value for role in (Role.DUTY, Role.LEADER, Role.DIRECTOR, Role.DISPATCHER, Role.ADMIN))
NOT_ANSWERED = r"(?:没有?|未|冇)(?:得)?(?:人)?(?:应答|应|回复|回话|回|答复|答|收到|反应|动静|吭声|上岗)"
# 谁还没应 应答情况 还有几个没回 都应了没 哪几户没通知到 · 没应答的怎么处理 应答要求 谁还没回家
ASKED = re.compile(
    r"(?:应答|叫应|回复|通知到户)(?:的)?(?:情况|进度|结果|汇总|统计|名单)"
    rf"|(?:谁|哪些人?|哪个|哪位|哪几个|几个人?|多少人?|有人)(?:还|都|到现在)*{NOT_ANSWERED}|{NOT_ANSWERED}的(?:人)?(?:有|是|还有|还剩)?(?:谁|哪些|哪个|哪几个|几个|多少)"
    rf"|(?:还有|还剩)(?:谁|哪些|哪个|几个|多少)人?{NOT_ANSWERED}|(?:都|全|全部)(?:已经)?(?:应答|应|回复|回)(?:了|齐了)(?:没有?|吗|么|不)"
    r"|(?:应|回|应答|回复)了(?:几个|多少|几位|哪些)人?|(?:预警|叫应)(?:都|全)?(?:应|叫)(?:得|到)?(?:怎么样|咋样|齐没|完没)|哪(?:几|些)?(?:户|家)(?:还)?没(?:有)?(?:通知|喊|叫)到"
)
RULES = re.compile(r"怎么办|怎么处理|如何|规定|要求|应该|应当|多久|制度|流程|几分钟|罚|追责|回家|回来")
MOST = 3
"""Warnings in one reply."""


def roll_up(said: str, person: Person, work: Work) -> list[str] | None:
    """Return the roll-up of the warnings that a person is in charge of, None where none is asked for."""
    if not ASKED.search(said) or RULES.search(said):
        return None
    regions = in_charge_of(work, person)
    if not regions:
        return [wording.ROLL_NOT_YOURS] if stored.open_calls(work.session, person) else None
    known = stored.warnings_in(work.session, regions)
    going_on = [one for one in known if any(made.is_open for made in stored.calls_of(work.session, one.number))]
    real, rehearsed = _real(going_on), [one for one in going_on if one.is_exercise and one.is_live]
    chosen = real[:MOST] or rehearsed[:1] or _real(known)[:1]
    tree = place_tree(work.session)
    place = resolve_in(tree.gazetteer, said, person.region) or ""
    return ["\n\n".join(_roll(work, one, place) for one in chosen)] if chosen else [wording.ROLL_EMPTY]


def _real(known: list[RelayedWarning]) -> list[RelayedWarning]:
    """Return those that are no exercise: a rehearsal is shown only where nothing real goes on."""
    return [one for one in known if not one.is_exercise]


def in_charge_of(work: Work, person: Person) -> list[str]:
    """Return the places for which a person may know who has answered: by role, or by being on duty now."""
    held = [grant.region for grant in work.grants(person) if grant.role in IN_CHARGE]
    posts = rosters.posts_now(work, person.region)
    return held + [post.region for post in posts if post.person_id == person.id]


def _roll(work: Work, warning: RelayedWarning, place: str) -> str:
    """Return the roll-up of a warning; place: only what lies there, where anybody is called for it (上河村应了几个)."""
    calls = stored.calls_of(work.session, warning.number)
    here = [made for made in calls if place and made.region and covers(place, made.region)]
    calls = here or calls
    people = work.people_by_id(made.person for made in calls)
    listed = [(notices.name(person), person.phone, made) for person, made in zip(people, calls, strict=True)]
    return wording.marked(warning, wording.roll(warning, listed))
