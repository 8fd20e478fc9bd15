"""What people in charge say of rehearsals by chat (演练指令): begin after a look, end, ask for the result, count it."""

import re

from assistant.desk import rehearsalresult, rehearsalwork, relaywork
from assistant.desk.knowledge import plain
from assistant.desk.relayorders import RECENT, WAITS, held, must, places_named
from assistant.desk.relaywork import Relay
from assistant.errors import BadInput, NotAllowed
from assistant.events import utc
from assistant.people import Person
from assistant.permissions import WarningAction, may, roles_for
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.script import simplified
from assistant.store import Work
from assistant.store import warnings as stored
from assistant.warnings import RelayedWarning
from assistant.warnings.relaying import Told, read_rehearsal
from assistant.wording import explain
from assistant.wording import rehearsals as words
from assistant.wording.warnings import EXERCISE

NUMBER = r"(?P<number>YJ\d{8}-\d{2,6})"
# 结束演练 结束演练 YJ20260701-01 演练结束 · near miss: 演练什么时候结束
END = re.compile(rf"^(?:结束(?:叫应)?演练|(?:叫应)?演练结束)\s*{NUMBER}?[了。！!]*$")
# 演练结果 叫应演练结果 演练叫应情况 YJ20260701-01 · near miss: 演练情况 (of all drills of the year)
RESULT = re.compile(rf"^(?:演练结果|叫应演练的?(?:结果|情况|成绩)|演练叫应的?(?:结果|情况|成绩))\s*{NUMBER}?[？?。]*$")
# YJ20260701-01 记入 LZ20260101-03 · 演练记入LZ20260101-03
RECORD = re.compile(
    rf"^(?:把)?(?:叫应)?(?:演练)?\s*{NUMBER}?\s*(?:记入|算到|算进)\s*(?P<item>LZ\d{{8}}-\d{{2,6}})[。]?$"
)


def attend(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what an order says; None where the words are none, and for whoever has no such role and gives none."""
    said = simplified(text).strip()
    try:
        return _obeyed(said, incoming, person, work, rules)
    except BadInput as error:
        return [plain(explain(error))]


def _obeyed(said: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    if (told := read_rehearsal(said, work.now)) is not None:
        return [_preview(told, person, work, rules)]
    if said in (words.CONFIRM, words.CONFIRM_SHORT) and (told := _waiting(incoming, work)) is not None:
        return [plain(rehearsalwork.start(work, as_relay(told, person, work), rules, person))]
    if not _follows(work, person):
        return None
    if found := END.match(said):
        return _ended(work, person, found["number"] or "")
    if found := RESULT.match(said):
        return [plain(_result(work, person, found["number"] or ""))]
    if found := RECORD.match(said):
        warning = _meant(work, person, found["number"] or "")
        return [plain(rehearsalwork.record(work, person, warning, found["item"]) if warning else words.NONE_HELD)]
    return None


def _waiting(incoming: Incoming, work: Work) -> Told | None:
    """Return the order that waits for a yes: only where nothing was said after the preview."""
    for turn in reversed(work.turns(incoming.channel, incoming.sender, RECENT)):
        if any(reply.text.startswith(words.PREVIEW) for reply in turn.replies):
            return read_rehearsal(turn.text, utc(turn.at)) if work.now - utc(turn.at) <= WAITS else None
        if turn.text:
            return None
    return None


def _preview(told: Told, person: Person, work: Work, rules: Rules) -> Outgoing:
    if not held(work, person):
        raise NotAllowed(action=WarningAction.RELAY, role=" ".join(roles_for(WarningAction.RELAY)))
    places, unknown = places_named(told, person, work)
    if unknown:
        return plain(words.unknown(unknown))
    if not places:
        return plain(words.HOW)
    one = as_relay(told, person, work)
    hindered = relaywork.hindrance(work, one)
    if hindered:
        return plain(hindered)
    seen = relaywork.ahead(work, one, rules)
    return plain(words.preview(told, places, seen.names, seen.plan, above=one.calls_above), words.CONFIRM)


def as_relay(told: Told, person: Person, work: Work) -> Relay:
    """Return an order as the exercise that it asks for; raises NotAllowed."""
    places, _ = places_named(told, person, work)
    for place in places:
        must(work, person, WarningAction.RELAY, place)
    return Relay(
        title=told.title or words.TITLE,
        event=told.event,
        level=told.level,
        places=tuple(places),
        issued_at=work.now,
        area="、".join(place.rpartition("/")[2] for place in places),
        source=work.channel if work.channel == "console" else "chat",
        is_exercise=True,
        calls_above=told.calls_above,
    )


def _follows(work: Work, person: Person) -> bool:
    return any(may([one], WarningAction.FOLLOW, one.region) for one in work.grants(person))


def _ended(work: Work, person: Person, number: str) -> list[Outgoing] | None:
    live = rehearsalwork.live(work, person)
    if number:
        return [plain(rehearsalwork.end(work, person, stored.warning(work, number)))]
    if len(live) > 1:
        listed = "；".join(f"{one.number} {one.area}" for one in live)
        return [plain(words.WHICH.format(count=len(live), listed=listed))]
    return [plain(rehearsalwork.end(work, person, live[0]))] if live else None


def _meant(work: Work, person: Person, number: str) -> RelayedWarning | None:
    """Return the rehearsal that is meant, without a number the last one; raises UnknownCase, NotAllowed."""
    if number:
        warning = stored.warning(work, number)
        must(work, person, WarningAction.FOLLOW, warning.region)
        return warning
    grants = work.grants(person)
    known = stored.rehearsals(work.session)
    return next((one for one in known if may(grants, WarningAction.FOLLOW, one.region)), None)


def _result(work: Work, person: Person, number: str) -> str:
    warning = _meant(work, person, number)
    if warning is None:
        return words.NONE_HELD
    if not warning.is_exercise:
        return words.NO_EXERCISE.format(number=warning.number)
    return f"{EXERCISE}{rehearsalresult.text(work, warning)}"
