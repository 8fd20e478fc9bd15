"""Relaying a warning (转发预警): every person whom its ladder names is called; it may be replaced, cancelled and lifted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.desk import callnotices as notices
from assistant.desk import callplan, fanning, rehearsalresult, wavework
from assistant.desk.callplan import Threat, Wanted
from assistant.errors import WrongState
from assistant.events import Actor, Fact, utc
from assistant.people.tree import common
from assistant.rules import Rules
from assistant.store import Work, fanout
from assistant.store import warnings as stored
from assistant.warnings import Level, RelayedWarning, WarningState, climbing
from assistant.warnings.ladder import Plan, plan_of
from assistant.wording import rehearsals
from assistant.wording import relays as words
from assistant.wording.warnings import title


@dataclass(frozen=True, slots=True)
class Relay:
    """What a warning says, as somebody hands it on."""

    title: str
    event: str
    level: Level
    places: tuple[str, ...]
    """Paths, at least one."""
    issued_at: datetime
    sender: str = ""
    area: str = ""
    """Where, in the warning's own words."""
    said: str = ""
    source: str = ""
    identifier: str = ""
    replaces: str = ""
    """Number of the warning that this one takes the place of."""
    effective_at: datetime | None = None
    onset_at: datetime | None = None
    expires_at: datetime | None = None
    is_exercise: bool = False
    calls_above: bool = False
    """An exercise reaches the level above only where this is asked for; a real warning always does."""

    @property
    def threat(self) -> Threat:
        """What chooses the ladder."""
        return Threat(self.event or self.title, self.level, self.places, self.onset_at)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Whom a warning would call."""

    wanted: tuple[Wanted, ...]
    names: tuple[str, ...]
    plan: Plan


def ahead(work: Work, one: Relay, rules: Rules) -> Ahead:
    """Return whom a warning or a rehearsal would call, and by which plan; nobody is told of it."""
    wanted = callplan.named_by_ladder(work, one.threat)
    plan = callplan.plan_for(work, one.threat, rules, is_exercise=one.is_exercise)
    plan = callplan.without_anybody(work, plan, one.threat, wanted)
    names = tuple(notices.name(person) for person in work.people_by_id(who.person for who in wanted))
    return Ahead(tuple(wanted), names, plan)


def hindrance(work: Work, one: Relay) -> str:
    """Return why an exercise cannot begin there now; empty where nothing stands in its way, and for a real warning."""
    if not one.is_exercise:
        return ""
    here = [warning for warning in stored.live(work.session) if stored.meet(warning.places, one.places)]
    real = next((warning for warning in here if not warning.is_exercise), None)
    if real is not None:
        return rehearsals.REAL_FIRST.format(place=one.area, real=f"{real.number}{title(real)}")
    return rehearsals.BUSY.format(number=here[0].number) if here else ""


def relay(work: Work, one: Relay, rules: Rules, actor: Actor, wanted: Sequence[Wanted] | None = None) -> RelayedWarning:
    """Relay a warning: each person gets one call with an own, frozen ladder; what is empty is told to duty at once.

    wanted: who is called; by default those whom the ladder names.
    Raises: UnknownRule; WrongState where the warning that is to be replaced holds no more.
    """
    one = _bounded(work, one, rules)
    plan = callplan.plan_for(work, one.threat, rules, is_exercise=one.is_exercise)
    people = callplan.named_by_ladder(work, one.threat) if wanted is None else list(wanted)
    plan = plan if wanted is not None else callplan.without_anybody(work, plan, one.threat, people)
    warning = RelayedWarning(number=work.next_number(stored.WARNING))
    work.append(warning, _issued(one, plan.answer, plan.dump(), len(people)), actor)
    if one.replaces:
        _replace(work, stored.warning(work, one.replaces), warning, {wanted.person for wanted in people}, actor)
    ladders = callplan.ladders_of(work, plan, people, calls_above=one.calls_above or not one.is_exercise)
    fanning.call_out(work, warning, ((who.person, who.region, who.must_act, ladders[who.person]) for who in people))
    wavework.begin(work)
    if not one.is_exercise:  # its own calls stand in the outbox before the word that a rehearsal is over
        _stop_rehearsals(work, warning, {wanted.person for wanted in people}, actor)
    return warning


def _bounded(work: Work, one: Relay, rules: Rules) -> Relay:
    """A rehearsal that nobody ends is over after `rehearsal.open`."""
    if not one.is_exercise or one.expires_at is not None:
        return one
    rule = rules.find("rehearsal.open", one.places[0], work.now.date())
    return replace(one, expires_at=work.now + rule.duration)


def _stop_rehearsals(work: Work, real: RelayedWarning, people: set[int], actor: Actor) -> None:
    """End the rehearsals at a real warning's places, and those that call the same people: nobody may mix them up."""
    for one in stored.live(work.session):
        if not one.is_exercise:
            continue
        called = {made.person for made in stored.calls_of(work.session, one.number)}
        if called & people or stored.meet(one.places, real.places):
            end(work, one, WarningState.CANCELLED, real.number, actor)


def issued_text(work: Work, warning: RelayedWarning) -> str:
    """Return what whoever has relayed a warning reads."""
    calls = stored.calls_of(work.session, warning.number)
    own = [made for made in calls if not made.instead_of]
    lost = [notices.called(work.person_by_id(made.person)) for made in own if made.unreachable]
    plan = plan_of(warning.plan)
    called = len(own) + fanout.left(work.session, warning.number)
    return words.issued(warning, called, plan.empty if plan else (), lost)


def end(work: Work, warning: RelayedWarning, state: WarningState, why: str, actor: Actor) -> None:
    """Cancel or lift a warning: nothing more is sent of it, and whoever had been called hears that it is over.

    Raises: WrongState.
    """
    _must_hold(warning, state)
    event = work.append(warning, climbing.ended(state, why), actor)
    fanning.end(work, warning, event, state.value, silently=lambda _: False)
    rehearsalresult.tell(work, warning, event)


def _replace(work: Work, old: RelayedWarning, new: RelayedWarning, called: set[int], actor: Actor) -> None:
    _must_hold(old, WarningState.UPDATED)
    event = work.append(old, climbing.ended(WarningState.UPDATED, "", new.number), actor)
    fanning.end(work, old, event, WarningState.UPDATED.value, silently=lambda one: one in called)


def _must_hold(warning: RelayedWarning, state: WarningState) -> None:
    if not warning.is_live:
        raise WrongState(number=warning.number, action=state.value, state=warning.state)


def _issued(one: Relay, answer: float, plan: str, planned: int) -> Fact:
    moments = {"issued_at": one.issued_at, "effective_at": one.effective_at, "onset_at": one.onset_at}
    moments |= {"expires_at": one.expires_at}
    fields: dict[str, object] = {name: utc(at).isoformat() for name, at in moments.items() if at is not None}
    fields |= {
        "title": one.title,
        "area": one.area,
        "region": common(one.places),
        "areas": ";".join(one.places),
        "ack_within_minutes": round(answer),
        "source": one.source,
        "sender": one.sender,
        "identifier": one.identifier,
        "references": one.replaces,
        "level": one.level.value,
        "event": one.event,
        "said": one.said,
        "is_exercise": one.is_exercise,
        "state": WarningState.LIVE.value,
        "plan": plan,
        "planned": planned,
    }
    return Fact("issued", {"set": fields})
