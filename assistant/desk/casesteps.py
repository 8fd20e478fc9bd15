"""Staff work on one case: each wish takes its step, tells whom it concerns, and says what has been recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.desk import dispatching, notices
from assistant.desk.acting import acting, called, name_of, names, owner_name, staff
from assistant.desk.caseterm import term
from assistant.desk.casewords import Said, Wish, extension_reason, refusal_reason
from assistant.desk.hazardwork import read_confirmation, reopen
from assistant.events import Event, Fact
from assistant.hazards import Action, By, Hazard, climbing, handling, reporting, whistling
from assistant.hazards.deadlines import deadline
from assistant.hazards.handling import Holder
from assistant.hazards.moments import utc
from assistant.hazards.steps import WAITING, is_allowed, is_holder
from assistant.people import Person
from assistant.ports import Attachment
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.wording import casework as wording
from assistant.wording import hazards as told
from assistant.wording import reporters


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody of the staff, one case, and what they said of it."""

    work: Work
    hazard: Hazard
    person: Person
    rules: Rules
    said: Said
    whom: tuple[Holder, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def by(self) -> By:
        """Return what the steps ask of the person."""
        return acting(self.work, self.hazard, self.person)

    def append(self, fact: Fact) -> Event:
        """Record a step under the person's name, with the pictures that came."""
        event = self.work.append(self.hazard, fact, staff(self.work, self.person))
        self.work.keep_evidence(event, self.attachments)
        return event

    def tell(self, event: Event, text: str, what: str = "news") -> None:
        """Tell whoever has the case, unless they did it themselves."""
        people = notices.owners(self.work, self.hazard) or notices.desk_staff(self.work, self.hazard)
        notices.send(self.work, event, what, self.others(people), notices.plain(text))

    def tell_reporters(self, event: Event, text: str) -> None:
        """Tell reporter and followers."""
        notices.tell_reporters(self.work, self.hazard, event, notices.plain(text), but=self.person.id)

    def others(self, people: list[Person]) -> list[Person]:
        """Return people without the one who acts."""
        return [person for person in people if person.id != self.person.id]


def hand(scene: Scene) -> str:
    """Give a case to somebody: the first time, or away from who had it."""
    work, hazard, to = scene.work, scene.hazard, scene.whom[0]
    was_own = hazard.owner == scene.person.id
    before, owners, is_first = owner_name(work, hazard), notices.owners(work, hazard), hazard.state in WAITING
    wanted = term(scene.said.by_when, work.now) if scene.said.by_when else None
    if is_allowed(hazard, Action.ASSIGN, scene.by):
        event = dispatching.give(work, hazard, to, scene.by, staff(work, scene.person), scene.rules, wanted)
    else:
        fact = handling.transfer(hazard, scene.by, to, scene.said.rest, work.now, scene.rules, wanted)
        event = scene.append(fact)
        notices.tell_owner(work, hazard, event, scene.said.rest)
        notices.send(
            work,
            event,
            "moved-on",
            scene.others(notices.desk_staff(work, hazard)),
            notices.plain(_moved(scene, before)),
        )
    owner = owner_name(work, hazard)
    gone = [one for one in scene.others(owners) if one.id != hazard.owner]
    notices.send(work, event, "moved", gone, notices.plain(told.off_your_hands(hazard, owner)))
    text = (
        reporters.passed_on(hazard, owner)
        if is_first or not before or was_own
        else reporters.other_hands(hazard, owner)
    )
    scene.tell_reporters(event, text)
    said = wording.handed(hazard, owner, has_contact=bool(notices.owners(work, hazard)))
    if wanted is None or Action.ASSIGN.value not in scene.by.may:
        return said
    ruled = deadline("rectify", hazard.urgency, hazard.region, work.now, scene.rules)
    return said + wording.wanted_in(hazard, ruled.due - utc(work.now), work.now)


def _moved(scene: Scene, before: str) -> str:
    return told.news(scene.hazard, f"{before}转给了{owner_name(scene.work, scene.hazard)}。")


def sign(scene: Scene) -> str:
    """Sign for a case; a department that was called by whistle says so that it comes."""
    if whistling.called_as(scene.hazard, scene.by) is not None and not is_holder(scene.hazard, scene.by):
        return report_in(scene)
    scene.append(handling.sign(scene.hazard, scene.by, scene.work.now, scene.rules))
    return wording.signed(scene.hazard)


def refuse(scene: Scene) -> str:
    """Send a case back, oneself or for a department that said so."""
    work, hazard = scene.work, scene.hazard
    reason = refusal_reason(scene.said.rest)
    dispatching.refuse(work, hazard, scene.by, staff(work, scene.person), reason, scene.rules)
    if hazard.owner == scene.person.id:
        return wording.returned_to_you(hazard)
    return wording.refused(hazard, owner_name(work, hazard))


def rectify(scene: Scene) -> str:
    """Begin the repair."""
    scene.append(handling.rectify(scene.hazard, scene.by, scene.work.now, scene.rules))
    return wording.rectifying(scene.hazard)


def extend(scene: Scene) -> str:
    """Ask for more time."""
    work, hazard = scene.work, scene.hazard
    until = term(scene.said.rest, work.now, hazard.due_at)
    if until is None:
        return wording.SAY_UNTIL
    reason = extension_reason(scene.said.rest)
    event = scene.append(handling.ask_extension(hazard, scene.by, until, reason, work.now))
    deciders = _deciders(scene)
    text = told.extension_asked(hazard, owner_name(work, hazard), reason)
    notices.send(work, event, "extension", deciders, notices.plain(text, ("同意延期", "不同意延期")))
    return wording.extension_asked(hazard, [called(work, person) for person in deciders])


def _deciders(scene: Scene) -> list[Person]:
    """Return who decides on more time: the superior next above, else the desk, never who asks."""
    known = [*scene.others(notices.superiors(scene.work, scene.hazard))[:1]]
    return known or scene.others(notices.desk_staff(scene.work, scene.hazard))


def grant(scene: Scene) -> str:
    """Grant more time."""
    reason = _last(scene, Action.ASK_EXTENSION)
    event = scene.append(handling.grant_extension(scene.hazard, scene.by, scene.work.now, scene.rules))
    scene.tell(event, told.extension_decided(scene.hazard, "", is_granted=True))
    scene.tell_reporters(event, reporters.later(scene.hazard, reason))
    return wording.extension_decided(scene.hazard, is_granted=True)


def deny(scene: Scene) -> str:
    """Deny more time."""
    event = scene.append(handling.deny_extension(scene.hazard, scene.by, scene.said.rest))
    scene.tell(event, told.extension_decided(scene.hazard, scene.said.rest, is_granted=False))
    return wording.extension_decided(scene.hazard, is_granted=False)


def submit(scene: Scene) -> str:
    """Report the repair as done."""
    work, hazard, count = scene.work, scene.hazard, len(scene.attachments)
    event = scene.append(handling.submit(hazard, scene.by, scene.said.rest, count, work.now, scene.rules))
    people = notices.inspectors(work, hazard)
    text = told.submitted(hazard, called(work, scene.person), scene.said.rest, count)
    notices.send(work, event, "inspect", people, notices.plain(text, ("复查合格", "复查不合格")))
    return wording.submitted(hazard, [called(work, person) for person in people], count)


def fail(scene: Scene) -> str:
    """Send a repair back that is not good."""
    event = scene.append(handling.fail(scene.hazard, scene.by, scene.said.rest, scene.work.now, scene.rules))
    scene.tell(event, told.failed(scene.hazard, scene.said.rest))
    return wording.failed(scene.hazard)


def close(scene: Scene) -> str:
    """Close a case and ask the reporter whether it is good."""
    event = scene.append(handling.close(scene.hazard, scene.by, scene.said.rest, scene.work.now))
    notices.ask_reporters(scene.work, scene.hazard, event)
    return wording.closed(scene.hazard, has_reporter=bool(scene.work.reporters(scene.hazard.number)))


def call_back(scene: Scene) -> str:
    """Record what the reporter said when asked; not good opens the case again."""
    if read_confirmation(scene.said.rest) is False:
        return start_again(scene)
    scene.append(handling.call_back(scene.hazard, scene.by, f"satisfied：{scene.said.rest}"))
    return wording.called_back(scene.hazard)


def start_again(scene: Scene) -> str:
    """Open a case again."""
    reopen(scene.work, scene.hazard, scene.person, scene.said.rest, scene.rules)
    return wording.reopened(scene.hazard, owner_name(scene.work, scene.hazard))


def accept(scene: Scene) -> str:
    """Take a case on; one that is dispatched already is only noted."""
    if scene.hazard.state not in WAITING:
        return note(scene)
    scene.append(handling.accept(scene.hazard, scene.by))
    return wording.accepted(scene.hazard)


def reject(scene: Scene) -> str:
    """End a case that proved untrue."""
    owners = notices.owners(scene.work, scene.hazard)
    event = scene.append(handling.reject(scene.hazard, scene.by, scene.said.rest))
    notices.send(
        scene.work,
        event,
        "rejected",
        scene.others(owners),
        notices.plain(told.news(scene.hazard, f"核实不属实：{scene.said.rest}")),
    )
    scene.tell_reporters(event, reporters.rejected(scene.hazard, scene.said.rest))
    return wording.rejected(scene.hazard)


def whistle(scene: Scene) -> str:
    """Call departments to a case."""
    work, hazard = scene.work, scene.hazard
    whom = [(one.unit or name_of(work, one), one.person) for one in scene.whom]
    fact = whistling.whistle(hazard, scene.by, whom, work.now, scene.rules)
    if not fact.data["called"]:
        return wording.called_already(hazard, [unit for unit, _ in whom])
    event = scene.append(fact)
    new, until = list(fact.data["called"]), datetime.fromisoformat(fact.data["until"])
    silent = []
    for unit, person in whom:
        people = [work.person_by_id(person)] if person is not None else stored.members(work.session, unit)
        others = [name for name, _ in whom if name != unit]
        text = told.whistled(hazard, called(work, scene.person), until, others)
        notices.send(work, event, "whistle", people if unit in new else [], notices.plain(text, ("报到",)))
        silent += [] if people else [unit]
    return wording.whistled(hazard, [unit for unit, _ in whom], until, silent)


def report_in(scene: Scene) -> str:
    """Record that a department is there."""
    hazard = scene.hazard
    own = whistling.called_as(hazard, scene.by)
    named = [one.unit for one in whistling.called(hazard) if scene.said.whom and scene.said.whom in one.unit]
    unit = named[0] if named else own.unit if own else scene.said.whom
    event = scene.append(whistling.report_in(hazard, scene.by, unit, scene.said.rest, scene.work.now))
    did = f"，{scene.said.rest}" if scene.said.rest else ""
    scene.tell(event, told.news(hazard, f"{unit}报到了{did}。"))
    missing = [one.unit for one in whistling.missing_departments(hazard)]
    return wording.reported_in(hazard, unit, missing, scene.said.rest)


def supervise(scene: Scene) -> str:
    """Press for a case."""
    event = scene.append(climbing.supervise(scene.hazard, scene.by, scene.said.rest))
    scene.tell(event, told.supervised(scene.hazard, called(scene.work, scene.person), scene.said.rest), "supervise")
    return wording.supervised(scene.hazard, owner_name(scene.work, scene.hazard))


def note(scene: Scene) -> str:
    """Keep a note, or pictures, with a case; the reporter's words stay as they are."""
    words = scene.said.rest or "核实属实"
    event = scene.append(reporting.note(scene.hazard, scene.by, words))
    scene.tell(event, told.news(scene.hazard, f"{called(scene.work, scene.person)}记了一笔：{words}"))
    return wording.noted(scene.hazard)


def look(scene: Scene) -> str:
    """Show a case."""
    work, number = scene.work, scene.hazard.number
    events = work.events(number)
    return wording.overview(
        scene.hazard, events, names(work, scene.hazard, events), stored.pictures(work.session, number)
    )


def account(scene: Scene) -> str:
    """Put the way of a case into words for the reporter."""
    events = scene.work.events(scene.hazard.number)
    return reporters.account(scene.hazard, events, names(scene.work, scene.hazard, events))


def _last(scene: Scene, action: Action) -> str:
    held = [event for event in scene.work.events(scene.hazard.number) if event.kind == action.value]
    return str(held[-1].fields.get("reason", "")) if held else ""


TAKEN: dict[Wish, Callable[[Scene], str]] = {
    Wish.HAND: hand,
    Wish.SIGN: sign,
    Wish.REFUSE: refuse,
    Wish.RECTIFY: rectify,
    Wish.EXTEND: extend,
    Wish.GRANT: grant,
    Wish.DENY: deny,
    Wish.SUBMIT: submit,
    Wish.FAIL: fail,
    Wish.CLOSE: close,
    Wish.CALL_BACK: call_back,
    Wish.REOPEN: start_again,
    Wish.ACCEPT: accept,
    Wish.REJECT: reject,
    Wish.WHISTLE: whistle,
    Wish.REPORT_IN: report_in,
    Wish.SUPERVISE: supervise,
    Wish.NOTE: note,
    Wish.LOOK: look,
    Wish.ACCOUNT: account,
}
ACTIONS: dict[Wish, tuple[Action, ...]] = {
    Wish.HAND: (Action.ASSIGN, Action.ACCEPT, Action.TRANSFER),
    Wish.SIGN: (Action.SIGN,),
    Wish.REFUSE: (Action.REFUSE,),
    Wish.RECTIFY: (Action.RECTIFY,),
    Wish.EXTEND: (Action.ASK_EXTENSION,),
    Wish.GRANT: (Action.GRANT_EXTENSION,),
    Wish.DENY: (Action.DENY_EXTENSION,),
    Wish.SUBMIT: (Action.SUBMIT,),
    Wish.FAIL: (Action.FAIL,),
    Wish.CLOSE: (Action.CLOSE,),
    Wish.CALL_BACK: (Action.CALL_BACK,),
    Wish.REOPEN: (Action.REOPEN,),
    Wish.ACCEPT: (Action.ACCEPT,),
    Wish.REJECT: (Action.REJECT,),
    Wish.WHISTLE: (Action.WHISTLE,),
    Wish.REPORT_IN: (Action.REPORT_IN,),
    Wish.SUPERVISE: (Action.SUPERVISE,),
    Wish.NOTE: (Action.NOTE,),
    Wish.LOOK: (),
    Wish.ACCOUNT: (),
}
"""What a wish does to a case, by the table of steps; looking does nothing."""
