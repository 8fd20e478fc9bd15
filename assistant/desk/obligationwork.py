"""Obligations at the desk (职责清单): found in all documents, shown and decided by those who may, withdrawn with the text."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.citations import verify
from assistant.clauses import split
from assistant.desk.acting import staff
from assistant.desk.knowledge import LOCAL, plain
from assistant.documents import Catalogue, Document
from assistant.errors import BadInput, NotAllowed
from assistant.events import RULE, Event, utc
from assistant.obligations import Obligation, ObligationState, case, find, measure, windows
from assistant.people import Person
from assistant.permissions import ObligationAction, may, roles_for
from assistant.ports import Incoming, Outgoing
from assistant.rules import covers
from assistant.store import Work
from assistant.store import obligations as stored
from assistant.wording import explain
from assistant.wording import obligations as wording

SHOWN = 8
"""Obligations on one list in a chat."""
NUMBER = r"(?P<number>ZZ\d{8}-\d{2,4})"
# 职责清单 我们的职责清单 待确认的职责 · 村里的职责是什么
LIST = re.compile(r"(?:看看?|查|列出?|我们?)?(?:一下)?(?:镇里|村里)?的?(?:职责清单|(?:待|没|未)确认的?职责|确认职责)")
CONFIRMED = re.compile(r"(?:看看?|查)?(?:一下)?(?:已确认|确认过)的?职责(?:清单)?")
SHOW = re.compile(rf"(?:看看?|查)? ?{NUMBER}")
# 确认 ZZ20260701-03 · ZZ20260701-03 确认
CONFIRM = re.compile(rf"确认 ?{NUMBER}|{NUMBER.replace('number', 'first')} ?确认")
REJECT = re.compile(
    rf"不是 ?{NUMBER}(?:[，, ]+(?P<reason>.{{1,100}}))?|{NUMBER.replace('number', 'first')} ?不是(?:职责)?(?:[，, ]+(?P<why>.{{1,100}}))?"
)
AMEND = re.compile(rf"(?:把 ?)?{NUMBER} ?改[成为] ?(?P<said>.{{2,40}})")
# after one was shown: 确认 · 不是，那是县里的事 · 改成每年2次 · 下一条
BARE_CONFIRM = re.compile(r"确认|对|是")
BARE_REJECT = re.compile(r"不是(?:职责)?(?:[，, ]+(?P<reason>.{1,100}))?")
BARE_AMEND = re.compile(r"改[成为] ?(?P<said>.{2,40})")
BARE_NEXT = re.compile(r"下一条|跳过")
SHOWN_ONE = re.compile(rf"^{NUMBER}（", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants with one obligation."""

    number: str
    act: str
    """show, confirm, reject, amend or next."""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What reading a document anew has led to."""

    document: Document
    total: int
    new: int
    moved: int
    gone: int


def refresh(work: Work, catalogue: Catalogue) -> list[Refreshed]:
    """Find the obligations of every document and compare them with what is known; whose words are gone is withdrawn.

    A second time does nothing. Raises: QuoteMismatch.
    """
    gone = sorted(stored.documents(work.session) - set(catalogue))
    for document_id in gone:
        for known in stored.of_document(work.session, document_id):
            _withdraw(work, known)
    return [_read_anew(work, document) for document in catalogue.values()]


def _read_anew(work: Work, document: Document) -> Refreshed:
    outline = split(document.text)
    proposals = [] if document.superseded_by else find(document, outline)
    for found in proposals:
        verify(found.citation, {document.id: document}, {document.id: outline})
    new = moved = gone = 0
    for known, proposal in case.pair(stored.of_document(work.session, document.id), proposals):
        if proposal is None:
            gone += known is not None and _withdraw(work, known)
        elif known is None:
            fresh = Obligation(number=work.next_number(stored.OBLIGATION))
            work.append(fresh, case.propose(proposal, document), RULE)
            new += 1
        elif (fact := case.move(known, proposal, document)) is not None:
            work.append(known, fact, RULE)
            moved += 1
    return Refreshed(document, len(proposals), new, moved, gone)


def _withdraw(work: Work, known: Obligation) -> bool:
    """Take an obligation back, once, and tell those who have confirmed it."""
    if known.state == ObligationState.WITHDRAWN.value:
        return False
    event = work.append(known, case.withdraw(known), RULE)
    if event.fields["was"] == ObligationState.CONFIRMED.value:
        text = wording.WITHDRAWN.format(number=known.number, document=known.title, quote=known.quote)
        key = f"{known.number}/{event.sequence}"
        for person in _confirmers(work, known):
            work.tell(person, plain(text), key=key, subject=known.number)
    return True


def _confirmers(work: Work, known: Obligation) -> list[Person]:
    actors = [event.actor for event in work.events_of(known.number, "confirmed")]
    ids = dict.fromkeys(int(actor.removeprefix("person/")) for actor in actors if actor.startswith("person/"))
    return [person for person in map(work.person_by_id, ids) if person.is_active]


def attend(text: str, incoming: Incoming, person: Person, work: Work) -> list[Outgoing] | None:
    """Show and decide obligations; None where the message is for somebody else, or the person has no such role."""
    said = text.strip().rstrip("。！!")
    is_list, is_confirmed = LIST.fullmatch(said) is not None, CONFIRMED.fullmatch(said) is not None
    order = _named(said) or _bare(said, incoming, work)
    region = seen_from(work, person) if is_list or is_confirmed or order else None
    if region is None:
        return None
    if is_list:
        return [_list(work, region)]
    if is_confirmed:
        known = stored.confirmed(work.session, region, utc(work.now).astimezone(LOCAL).date())
        return [plain(wording.listing(known, SHOWN) if known else wording.NOTHING_CONFIRMED)]
    return None if order is None else [_obey(order, region, person, work)]


def seen_from(work: Work, person: Person) -> str | None:
    """Return the place whose obligations somebody may see, the widest one; None for who may see none."""
    places = [one.region for one in work.grants(person) if may([one], ObligationAction.SEE, one.region)]
    return min(places, key=len) if places else None


def _list(work: Work, region: str) -> Outgoing:
    waiting = stored.applying(work.session, region, state=ObligationState.PROPOSED.value)
    confirmed = stored.applying(work.session, region, state=ObligationState.CONFIRMED.value)
    if not waiting and not confirmed:
        return plain(wording.NOTHING_HERE)
    head = wording.LIST_HEAD.format(region=region.rpartition("/")[2], proposed=len(waiting), confirmed=len(confirmed))
    if not waiting:
        return plain(f"{head}\n{wording.NOTHING_LEFT}")
    return plain(f"{head}\n{_to_decide(waiting[0])}", *wording.CHOICES)


def _to_decide(known: Obligation) -> str:
    return f"{wording.whole(known)}\n{wording.HOW}"


def _named(said: str) -> Order | None:
    for act, pattern in (("show", SHOW), ("confirm", CONFIRM), ("reject", REJECT), ("amend", AMEND)):
        if found := pattern.fullmatch(said):
            given = found.groupdict()
            words = given.get("said") or given.get("reason") or given.get("why") or ""
            return Order(given.get("number") or given.get("first") or "", act, words)
    return None


def _bare(said: str, incoming: Incoming, work: Work) -> Order | None:
    """Take 确认, 不是 and the like for the one obligation that was shown last, where that was the last thing said."""
    acts = (("confirm", BARE_CONFIRM), ("reject", BARE_REJECT), ("amend", BARE_AMEND), ("next", BARE_NEXT))
    act, found = next(((act, found) for act, one in acts if (found := one.fullmatch(said))), ("", None))
    if found is None:
        return None
    turns = work.turns(incoming.channel, incoming.sender, 1)
    replies = "\n".join(reply.text for reply in turns[0].replies) if turns else ""
    shown = SHOWN_ONE.findall(replies)
    return Order(shown[0], act, next(filter(None, found.groupdict().values()), "")) if len(shown) == 1 else None


def _obey(order: Order, region: str, person: Person, work: Work) -> Outgoing:
    try:
        return _done(order, stored.obligation(work, order.number), region, person, work)
    except BadInput as error:
        return plain(explain(error))


def _done(order: Order, known: Obligation, region: str, person: Person, work: Work) -> Outgoing:
    if order.act == "next":
        return _next(work, known, region)
    if order.act == "show":
        if not (covers(known.region, region) or covers(region, known.region)):
            raise NotAllowed(action=ObligationAction.SEE.value, role="staff")
        return plain(_to_decide(known), *wording.CHOICES)
    said = decide(work, person, known, order.act, order.said)
    if order.act == "amend":
        return plain(f"{said}\n{_to_decide(known)}", *wording.CHOICES)
    following = _next(work, known, region)
    return plain(f"{said}\n{following.text}", *following.choices)


def _next(work: Work, known: Obligation, region: str) -> Outgoing:
    """Show the next one in the order of the documents that waits; after the last one the first."""
    waiting = stored.applying(work.session, region, state=ObligationState.PROPOSED.value)
    waiting = [one for one in waiting if one.number != known.number]
    if not waiting:
        return plain(wording.NOTHING_LEFT)
    later = [one for one in waiting if (one.document, one.start) > (known.document, known.start)]
    return plain(_to_decide((later or waiting)[0]), *wording.CHOICES)


def decide(work: Work, person: Person, known: Obligation, act: str, said: str = "") -> str:
    """Confirm, reject or amend an obligation for the place that somebody is in charge of; return what is said to it.

    Raises: NotAllowed, WrongState.
    """
    place = _place(work, person, known)
    acts: dict[str, Callable[[], str]] = {
        "confirm": lambda: _confirm(work, person, known, place),
        "reject": lambda: _reject(work, person, known, place, said),
        "amend": lambda: _amend(work, person, known, place, said),
    }
    return acts[act]()


def may_decide(work: Work, person: Person, known: Obligation) -> bool:
    """Say whether somebody is in charge of a place where the document holds."""
    return bool(_places(work, person, known))


def _place(work: Work, person: Person, known: Obligation) -> str:
    """Return for which place somebody decides: the own one, or that of the document where it is smaller."""
    places = _places(work, person, known)
    if not places:
        roles = " ".join(role.value for role in roles_for(ObligationAction.DECIDE))
        raise NotAllowed(action=ObligationAction.DECIDE.value, role=roles)
    return min(places, key=len)


def _places(work: Work, person: Person, known: Obligation) -> list[str]:
    held = [one.region for one in work.grants(person) if may([one], ObligationAction.DECIDE, one.region)]
    return [max(known.region, one, key=len) for one in held if covers(known.region, one) or covers(one, known.region)]


def _confirm(work: Work, person: Person, known: Obligation, place: str) -> str:
    work.append(known, case.confirm(known, place, person.id or 0), staff(work, person))
    measured = wording.requirement(known.measure)
    lines = [wording.CONFIRMED.format(number=known.number, place=place or wording.EVERYWHERE, measure=measured)]
    found = windows(known, utc(work.now).astimezone(LOCAL).year, place=place)
    lines.append(wording.WINDOWS.format(listed=wording.windows(found)) if found else wording.CONFIRMED_UNDATED)
    return "\n".join(lines)


def _reject(work: Work, person: Person, known: Obligation, place: str, reason: str) -> str:
    work.append(known, case.reject(known, place, reason), staff(work, person))
    return wording.REJECTED.format(number=known.number, place=place or wording.EVERYWHERE)


def _amend(work: Work, person: Person, known: Obligation, place: str, said: str) -> str:
    others = [one for one in known.places if not covers(place, one)]
    if others:
        return wording.OTHERS_RELY.format(number=known.number, places="、".join(others))
    told = measure(said)
    if not told.is_any and told.count is None:
        return wording.NOT_UNDERSTOOD
    work.append(known, case.amend(known, told, said), staff(work, person))
    return wording.AMENDED.format(number=known.number, measure=wording.requirement(known.measure))


@dataclass(frozen=True, slots=True)
class View:
    """One obligation with all that a page shows."""

    known: Obligation
    windows: str
    """Of this year."""
    steps: tuple[tuple[Event, str], ...]
    """What happened to it, with the name of who did it."""
    may_decide: bool


def listing(work: Work, person: Person, state: str = "", document: str = "") -> list[Obligation]:
    """Return the obligations that somebody may see, by document; raises NotAllowed."""
    region = seen_from(work, person)
    if region is None:
        roles = " ".join(role.value for role in roles_for(ObligationAction.SEE))
        raise NotAllowed(action=ObligationAction.SEE.value, role=roles)
    known = stored.applying(work.session, region, state=state)
    return [one for one in known if not document or one.document == document]


def view(work: Work, person: Person, number: str) -> View:
    """Return one obligation; raises UnknownCase, NotAllowed."""
    known = stored.obligation(work, number)
    if known not in listing(work, person):
        raise NotAllowed(action=ObligationAction.SEE.value, role="staff")
    events = work.events(number)
    year = utc(work.now).astimezone(LOCAL).year
    place = min(known.places, key=len, default=seen_from(work, person) or "")
    found = windows(known, year, place=place if covers(known.region, place) else known.region)
    steps = tuple((event, _name(work, event)) for event in events)
    return View(known, wording.windows(found), steps, may_decide(work, person, known))


def _name(work: Work, event: Event) -> str:
    by, _, rest = event.actor.partition("/")
    return work.person_by_id(int(rest)).name if by == "person" else ""
