"""What is meant in earnest in a rehearsal (是不是真的): support that is really needed reaches those who are really on duty."""

import re
from collections.abc import Sequence

from assistant.desk import callnotices as notices
from assistant.desk.acting import staff
from assistant.people import Person, PlaceLevel
from assistant.people.tree import up_to
from assistant.ports import Incoming, Outgoing
from assistant.store import Lane, Work
from assistant.store import duty as rosters
from assistant.store import warnings as stored
from assistant.warnings import Call, asks, calling
from assistant.wording import rehearsals as words
from assistant.wording import warnings as wording

# 真的需要支援 真要人 这不是演练 · near miss: 是不是演练, 真的要演练吗
REALLY = re.compile(r"真的?(?:是)?(?:需要|要|缺|请求)(?!演练)|(?<!是)不是演练")
# 是真的 需要 真的 · 演练 只是演练 不用
YES = re.compile(r"(?:是|对|嗯)?[，, ]*(?:是?真的?|需要|要|1)[的了啊呀。！!]*")
NO = re.compile(r"(?:只是|就是|是|按|2)?(?:演练|不是真的?|不是|不用|不需要|假的|没有)?[的了啊呀。！!回]*")


def attend(said: str, incoming: Incoming, person: Person, work: Work, calls: Sequence[Call]) -> str | None:
    """Take the word whether support is really needed; None where nothing of that is said.

    calls: those that wait for this person.
    """
    is_asked = _is_asked(incoming, work)
    if not is_asked and (not REALLY.search(said) or asks(said)):
        return None
    made = stored.last_rehearsed(work.session, person) if is_asked else _rehearsed(work, calls)
    if made is None:
        return None
    if (REALLY.search(said) and not asks(said)) or (is_asked and YES.fullmatch(said)):
        return _tell(work, made, person, said)
    return words.PLAYED if is_asked and said and NO.fullmatch(said) else None


def _is_asked(incoming: Incoming, work: Work) -> bool:
    last = work.turns(incoming.channel, incoming.sender, 1)
    return bool(last) and any(words.ASK_REAL in reply.text for reply in last[0].replies)


def _rehearsed(work: Work, calls: Sequence[Call]) -> Call | None:
    return next((made for made in calls if stored.warning(work, made.warning).is_exercise), None)


def _tell(work: Work, made: Call, person: Person, said: str) -> str:
    """Tell those who are on duty, called or not, in words that nobody takes for an exercise's."""
    event = work.append(made, calling.in_earnest(said), staff(work, person))
    place = up_to(made.region, PlaceLevel.TOWNSHIP)
    people = rosters.on_duty(work, place, but=frozenset({person.id or 0}))
    text = words.REAL_SUPPORT.format(who=wording.contact(notices.name(person), person.phone), said=said)
    for one in people:
        # under a key of its own: the end of the rehearsal must not take it back
        key = f"earnest/{event.stream}/{event.sequence}"
        work.tell(one, Outgoing(channel="", recipient="", text=text), key=key, subject=made.number, lane=Lane.URGENT)
    names = [notices.name(one) for one in people if work.has_channel(one)]
    return words.REAL_NOTED.format(names="、".join(names)) if names else words.REAL_NOBODY
