"""What those in charge do (处置): accept, assign, sign for, refuse, rectify, extend, inspect, close."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.errors import BadTerm, MissingReason, SamePerson, WrongState
from assistant.events import Fact
from assistant.hazards.case import Hazard
from assistant.hazards.deadlines import NO_DEADLINE, Deadline, deadline, rectifying, until
from assistant.hazards.moments import text, utc
from assistant.hazards.reporting import reward
from assistant.hazards.steps import Action, By, require
from assistant.hazards.whistling import missing_departments
from assistant.rules import Rules


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is in charge (责任人): a person, a unit, or a person of a unit; never nobody."""

    person: int | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        if self.person is None and not self.unit:
            raise ValueError("somebody must be in charge")


def holder(hazard: Hazard) -> Holder | None:
    """Return who is in charge of a case; None while it waits for the dispatcher."""
    return Holder(hazard.owner, hazard.unit) if hazard.owner is not None or hazard.unit else None


def accept(hazard: Hazard, by: By) -> Fact:
    """Take a report on as a case to be worked on (立案); raises WrongState, NotAllowed."""
    return Fact(Action.ACCEPT.value, {"set": require(hazard, Action.ACCEPT, by)})


def reject(hazard: Hazard, by: By, reason: str) -> Fact:
    """End a report that proved untrue (不属实); raises WrongState, NotAllowed, MissingReason."""
    changed = require(hazard, Action.REJECT, by)
    _need(reason, hazard, Action.REJECT)
    return Fact(Action.REJECT.value, {"set": {**changed, **NO_DEADLINE}, "reason": reason})


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whom a case is given to, who catches it if they refuse, and the clause that obliges."""

    to: Holder
    backstop: Holder
    clause: str = ""
    wanted_until: datetime | None = None
    """By when who gives it wants it done."""


def assign(hazard: Hazard, by: By, given: Assignment, now: datetime, rules: Rules) -> Fact:
    """Give a case to whoever has to see to it (派单); raises WrongState, NotAllowed, UnknownRule."""
    changed = require(hazard, Action.ASSIGN, by)
    caught: dict[str, Any] = {"backstop": given.backstop.person, "backstop_unit": given.backstop.unit}
    caught |= {"clause": given.clause, "wanted_until": text(given.wanted_until) if given.wanted_until else None}
    return _hand(hazard, Action.ASSIGN, given.to, {**changed, **caught}, {}, _signing(hazard, now, rules))


def sign(hazard: Hazard, by: By, now: datetime, rules: Rules) -> Fact:
    """Sign for a case (签收): from now on the time to rectify runs; raises WrongState, NotAllowed, UnknownRule."""
    changed = require(hazard, Action.SIGN, by)
    term = rectifying(hazard.urgency, hazard.region, hazard.wanted_until, now, rules)
    return Fact(
        Action.SIGN.value, {"set": {**changed, **term.fields()}, "deadline": term.source()}, term.fields()["due_rule"]
    )


def refuse(hazard: Hazard, by: By, reason: str, caught_by: Holder, now: datetime, rules: Rules) -> Fact:
    """Send a case back with a reason (退单): it falls to whoever must catch it, never to nobody.

    Raises: WrongState (also where the one who refuses is the last resort), NotAllowed, MissingReason, UnknownRule.
    """
    changed = require(hazard, Action.REFUSE, by)
    _need(reason, hazard, Action.REFUSE)
    if caught_by == holder(hazard):
        raise WrongState(number=hazard.number, state="last_resort", action=Action.REFUSE.value)
    data = {"reason": reason, "before": {"owner": hazard.owner, "unit": hazard.unit}}
    return _hand(hazard, Action.REFUSE, caught_by, changed, data, _signing(hazard, now, rules))


def transfer(  # noqa: PLR0913  (what is passed on to whom, by whom, why and until when)
    hazard: Hazard, by: By, to: Holder, reason: str, now: datetime, rules: Rules, wanted: datetime | None = None
) -> Fact:
    """Pass a case on to somebody else (转办); raises WrongState, NotAllowed, UnknownRule.

    wanted: by when it has to be done; counts only from those who may assign.
    """
    changed = require(hazard, Action.TRANSFER, by)
    if wanted is not None and Action.ASSIGN.value in by.may:
        changed = {**changed, "wanted_until": text(wanted)}
    data = {"reason": reason, "before": {"owner": hazard.owner, "unit": hazard.unit}}
    return _hand(hazard, Action.TRANSFER, to, changed, data, _signing(hazard, now, rules))


def _signing(hazard: Hazard, now: datetime, rules: Rules) -> Deadline:
    return deadline("sign", hazard.urgency, hazard.region, now, rules)


def _hand(
    hazard: Hazard, action: Action, to: Holder, changed: dict[str, Any], data: dict[str, Any], term: Deadline
) -> Fact:
    taken = {**changed, "owner": to.person, "unit": to.unit, "extension_until": None, **term.fields()}
    return Fact(action.value, {"set": taken, **data, "deadline": term.source()}, term.fields()["due_rule"])


def rectify(hazard: Hazard, by: By, now: datetime, rules: Rules) -> Fact:
    """Begin the repair (整改); one who did not sign first signs by it; raises WrongState, NotAllowed, UnknownRule."""
    changed = require(hazard, Action.RECTIFY, by)
    if hazard.due_rule.startswith("hazard.sign"):
        term = deadline("rectify", hazard.urgency, hazard.region, now, rules)
        data = {"set": {**changed, **term.fields()}, "deadline": term.source()}
        return Fact(Action.RECTIFY.value, data, term.fields()["due_rule"])
    return Fact(Action.RECTIFY.value, {"set": changed})


def ask_extension(hazard: Hazard, by: By, moment: datetime, reason: str, now: datetime) -> Fact:
    """Ask for more time (申请延期); raises WrongState, NotAllowed, MissingReason, BadTerm."""
    require(hazard, Action.ASK_EXTENSION, by)
    _need(reason, hazard, Action.ASK_EXTENSION)
    is_later = hazard.due_at is None or utc(moment) > utc(hazard.due_at)
    if utc(moment) <= utc(now) or not is_later:
        raise BadTerm(number=hazard.number, until=text(moment))
    return Fact(Action.ASK_EXTENSION.value, {"set": {"extension_until": text(moment)}, "reason": reason})


def grant_extension(hazard: Hazard, by: By, now: datetime, rules: Rules) -> Fact:
    """Grant the time that was asked for; who asked cannot grant it; raises WrongState, NotAllowed, UnknownRule."""
    require(hazard, Action.GRANT_EXTENSION, by)
    moment = _asked(hazard, by, Action.GRANT_EXTENSION)
    changed = {**until(moment, hazard.region, now, rules).fields(), "extension_until": None}
    before = {"due_at": hazard.due_at and text(hazard.due_at), "due_rule": hazard.due_rule}
    return Fact(Action.GRANT_EXTENSION.value, {"set": changed, "before": before})


def deny_extension(hazard: Hazard, by: By, reason: str) -> Fact:
    """Deny the time that was asked for: the old deadline holds; raises WrongState, NotAllowed."""
    require(hazard, Action.DENY_EXTENSION, by)
    _asked(hazard, by, Action.DENY_EXTENSION)
    return Fact(Action.DENY_EXTENSION.value, {"set": {"extension_until": None}, "reason": reason})


def _asked(hazard: Hazard, by: By, action: Action) -> datetime:
    if hazard.extension_until is None:
        raise WrongState(number=hazard.number, state="no_extension_asked", action=action.value)
    if hazard.owner is not None and by.person == hazard.owner:
        raise SamePerson(number=hazard.number, action=action.value)
    return hazard.extension_until


def submit(hazard: Hazard, by: By, words: str, pictures: int, now: datetime, rules: Rules) -> Fact:
    """Report the repair as done (整改完成): somebody else looks at it now; raises WrongState, NotAllowed, UnknownRule."""
    changed = require(hazard, Action.SUBMIT, by)
    term = deadline("inspect", hazard.urgency, hazard.region, now, rules)
    done = {**changed, "rectifier": by.person, "extension_until": None, **term.fields()}
    data = {"set": done, "words": words, "pictures": pictures, "deadline": term.source()}
    return Fact(Action.SUBMIT.value, data, term.fields()["due_rule"])


def fail(hazard: Hazard, by: By, reason: str, now: datetime, rules: Rules) -> Fact:
    """Send a repair back that is not good (复查不合格).

    Raises: WrongState, NotAllowed, MissingReason, UnknownRule.
    """
    changed = require(hazard, Action.FAIL, by)
    _need(reason, hazard, Action.FAIL)
    term = deadline("rectify", hazard.urgency, hazard.region, now, rules)
    data = {"set": {**changed, **term.fields()}, "reason": reason, "deadline": term.source()}
    return Fact(Action.FAIL.value, data, term.fields()["due_rule"])


def close(hazard: Hazard, by: By, words: str, now: datetime) -> Fact:
    """Close a case whose repair is good (销号), by a person other than who repaired it.

    Raises: WrongState (also where a department that was called has not reported in), NotAllowed.
    """
    changed = require(hazard, Action.CLOSE, by)
    if by.person in (None, hazard.rectifier, hazard.owner):
        raise SamePerson(number=hazard.number, action=Action.CLOSE.value)
    if missing_departments(hazard):
        raise WrongState(number=hazard.number, state="departments_missing", action=Action.CLOSE.value)
    return Fact(Action.CLOSE.value, {"set": {**changed, "closed_at": text(now), **NO_DEADLINE}, "words": words})


def call_back(hazard: Hazard, by: By, outcome: str) -> Fact:
    """Record what the reporter said when asked (回访), or that nothing was heard; raises WrongState, NotAllowed."""
    changed = require(hazard, Action.CALL_BACK, by)
    return Fact(Action.CALL_BACK.value, {"set": {**changed, **reward(hazard)}, "outcome": outcome})


def _need(reason: str, hazard: Hazard, action: Action) -> None:
    if not reason.strip():
        raise MissingReason(number=hazard.number, action=action.value)
