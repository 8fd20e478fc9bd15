"""What people in charge do about warnings by chat (预警指令): relay after a look, cancel, lift, enter answers, name somebody else."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from assistant.desk import callnotices as notices
from assistant.desk import climbwork, planned, rehearsalresult, relaywork
from assistant.desk.acting import staff
from assistant.desk.callnotices import Like
from assistant.desk.knowledge import plain
from assistant.desk.relaywork import Relay
from assistant.errors import BadInput, NotAllowed, UnknownCase, WrongState
from assistant.events import utc
from assistant.people import Grant, Person, PlaceLevel
from assistant.people.gazetteer import Hit, unknown_villages
from assistant.people.spelling import spelled
from assistant.permissions import WarningAction, may, roles_for
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules, covers
from assistant.script import simplified
from assistant.store import Work, fanout, place_tree
from assistant.store import duty as rosters
from assistant.store import warnings as stored
from assistant.warnings import AnswerKind, As, Call, RelayedWarning, WarningState, answer_kind, climbing
from assistant.warnings.ladder import plan_of, steps
from assistant.warnings.moments import moments
from assistant.warnings.relaying import Told, read_relay
from assistant.wording import explain
from assistant.wording import relayorders as words
from assistant.wording.warnings import marked

RECENT, WAITS = 5, timedelta(minutes=15)
"""A yes belongs to a preview that is no older, with nothing said in between."""
NUMBER = r"(?P<number>YJ\d{8}-\d{2,6})"
# 取消预警 YJ20260701-01 县气象台取消 · 解除预警 · 取消预警吗
END = re.compile(rf"^(?P<what>取消|解除)预警(?:\s*{NUMBER})?(?:[\s，,：:]+(?P<why>[^？?]*))?$")
# 补录 张三 15:40 电话 收到
ENTER = re.compile(
    r"^补录\s+(?P<name>\S{1,12})\s+(?P<time>\S{3,7})\s+(?P<way>电话|上门|对讲机|广播|当面|短信)\s+(?P<said>\S.*)$"
)
# 改派 张三 给 李四
REASSIGN = re.compile(r"^改派\s+(?P<name>\S{1,12})\s*(?:给|到|→|->)\s*(?P<to>\S{1,12})$")
STATES = {"取消": WarningState.CANCELLED, "解除": WarningState.LIFTED}


def attend(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what an order says; None where the words are none. What cannot be done is said, and nothing is done by halves."""
    said = simplified(text).strip()
    try:
        return _obeyed(said, incoming, person, work, rules)
    except BadInput as error:
        return [plain(explain(error))]


def _obeyed(said: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    if (told := read_relay(said, work.now)) is not None:
        return [_preview(told, person, work, rules)]
    if said == words.CONFIRM and (told := _waiting(incoming, work)) is not None:
        warning = relaywork.relay(work, _relay(told, person, work), rules, staff(work, person))
        return [plain(relaywork.issued_text(work, warning))]
    if found := END.match(said):
        return [plain(end(work, person, found["number"] or "", STATES[found["what"]], (found["why"] or "").strip()))]
    if found := ENTER.match(said):
        at = [one.at for one in moments(found["time"], work.now) if not one.is_expected]
        if not at:
            return [plain(words.BAD_TIME)]
        return [plain(enter(work, person, found["name"], at[0], f"{found['way']} {found['said']}"))]
    if found := REASSIGN.match(said):
        return [plain(reassign(work, person, found["name"], found["to"]))]
    return None


def _waiting(incoming: Incoming, work: Work) -> Told | None:
    """Return the order that waits for a yes: only where nothing was said after the preview."""
    for turn in reversed(work.turns(incoming.channel, incoming.sender, RECENT)):
        if any(reply.text.startswith(words.PREVIEW) for reply in turn.replies):
            return read_relay(turn.text, utc(turn.at)) if work.now - utc(turn.at) <= WAITS else None
        if turn.text:  # something else has been said since
            return None
    return None


def _preview(told: Told, person: Person, work: Work, rules: Rules) -> Outgoing:
    """Show whom a warning would call before it does: a slip of the thumb must not rouse a township."""
    if not held(work, person):
        raise NotAllowed(action=WarningAction.RELAY, role=" ".join(roles_for(WarningAction.RELAY)))
    if not told.event:
        return plain(words.HOW)
    places, unknown = places_named(told, person, work)
    if unknown:
        return plain(words.unknown(unknown))
    if not places:
        return plain(words.WHERE)
    one = _relay(told, person, work)
    seen = relaywork.ahead(work, one, rules)
    return plain(words.preview(told, places, seen.names, seen.plan), words.CONFIRM)


def _relay(told: Told, person: Person, work: Work) -> Relay:
    places, _ = places_named(told, person, work)
    for place in places:
        must(work, person, WarningAction.RELAY, place)
    return Relay(
        title=told.title,
        event=told.event,
        level=told.level,
        places=tuple(places),
        issued_at=told.issued_at or work.now,
        sender=told.sender,
        area="、".join(place.rpartition("/")[2] for place in places),
        said=told.said,
        source="chat",
        onset_at=told.onset_at,
    )


def held(work: Work, person: Person) -> list[Grant]:
    """Return the grants by which a person may relay."""
    return [one for one in work.grants(person) if may([one], WarningAction.RELAY, one.region)]


def places_named(told: Told, person: Person, work: Work) -> tuple[list[str], list[str]]:
    """Return the places that are named within what the person is in charge of, and the villages that nobody knows."""
    own = [grant.region for grant in held(work, person)]
    known = place_tree(work.session).gazetteer
    places = _settlements(known.exact(spelled(told.rest)), own)
    if told.but:
        left_out = _settlements(known.exact(spelled(told.but)), own)
        every = dict.fromkeys(form.path for form in known.forms if form.level is PlaceLevel.VILLAGE)
        places = [path for path in every if any(covers(region, path) for region in own) and path not in left_out]
    if not places and re.search(r"全(?:镇|乡|县|村|街道|辖区)|各(?:村|乡镇)", told.rest):
        places = own[:1]
    return places, unknown_villages(told.rest, known)


def _settlements(hits: Sequence[Hit], own: Sequence[str]) -> list[str]:
    found = dict.fromkeys(
        form.path
        for hit in hits
        for form in hit.forms
        if form.is_settlement and any(covers(region, form.path) for region in own)
    )
    return [path for path in found if not any(path != other and covers(path, other) for other in found)]


def must(work: Work, person: Person, action: WarningAction, region: str) -> None:
    """Raise NotAllowed where a person may not do something at a place."""
    if not may(work.grants(person), action, region):
        raise NotAllowed(action=action, role=" ".join(roles_for(action)))


def end(work: Work, person: Person, number: str, state: WarningState, why: str) -> str:
    """Cancel or lift a warning; without a number the only one that holds. Raises: UnknownCase, NotAllowed, WrongState."""
    live = [one for one in stored.live(work.session) if not one.is_exercise]
    holding = [one for one in live if may(work.grants(person), WarningAction.RELAY, one.region)]
    if not number and len(holding) != 1:
        return words.which(holding)
    warning = stored.warning(work, number) if number else holding[0]
    must(work, person, WarningAction.RELAY, warning.region)
    relaywork.end(work, warning, state, why, staff(work, person))
    shown = [rehearsalresult.text(work, warning)] if warning.is_exercise else []
    return marked(warning, "\n".join([words.ended(warning), *shown]))


def followed(work: Work, person: Person, name: str) -> tuple[RelayedWarning, Call, Person]:
    """Return the open call of somebody by name, the newest warning first. Raises: UnknownPerson, UnknownCase, NotAllowed."""
    one = rosters.person_named(work.session, name, person.region)
    calls = stored.open_calls(work.session, one)
    if not calls:
        raise UnknownCase(number=f"YJ（{name}）")
    warning = stored.warning(work, calls[-1].warning)
    must(work, person, WarningAction.FOLLOW, warning.region)
    return warning, calls[-1], one


def enter(work: Work, person: Person, name: str, at: datetime, said: str) -> str:
    """Enter an answer that came by telephone or at the door, at its true time, with who enters it."""
    warning, made, one = followed(work, person, name)
    way, _, message = said.partition(" ")
    kind = answer_kind(message) or AnswerKind.RECEIVED
    work.append(made, climbing.entered(made, kind, at, message, way), staff(work, person))
    stored.drop_unsent(work.session, made)
    climbwork.relieve(work, warning, made)
    return marked(warning, words.entered(warning, notices.name(one), made, way))


def reassign(work: Work, person: Person, name: str, to: str) -> str:
    """Let somebody whom a person names answer in another's place; nobody gets a second call of one warning.

    Raises: UnknownPerson, UnknownCase, NotAllowed, WrongState.
    """
    warning, made, absent = followed(work, person, name)
    new = rosters.person_named(work.session, to, person.region)
    known = planned.call_to(work, warning, new.id or 0)
    plan = plan_of(warning.plan)
    if known is not None or plan is None:
        raise WrongState(number=made.number, action="reassign", state="called_already" if known else "no_ladder")
    accounts = stored.accounts(work.session, [new.id or 0]).get(new.id or 0, [])
    if not accounts:
        return words.no_channel(notices.called(new))
    above = [step for step in made.steps if step.place == As.ABOVE.value]
    ladder = [*steps(plan, [(new.id or 0, As.NAMED, accounts)]), *above]
    number = fanout.next_call(work.session, warning.number)
    stored.drop_unsent(work.session, made)
    instead = notices.add_ladder_call(work, warning, number, ladder, Like(made.region, made.must_act, made.number))
    work.append(made, climbing.handed_to(made, number, (), "named", f"person/{person.id}"), staff(work, person))
    notices.send_step(work, warning, instead)
    return marked(warning, words.reassigned(warning, notices.name(absent), notices.name(new)))
