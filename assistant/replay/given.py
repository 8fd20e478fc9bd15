"""What the system holds before the first turn (已有情况): rosters, warnings and reports, made by the product's own functions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.desk import hazardwork
from assistant.desk.callwork import issue_warning
from assistant.desk.dispatching import give, person_holder
from assistant.dialogue.report import Report
from assistant.duty import PostKind, Roster
from assistant.events import CLOCK, RULE, Actor, Fact
from assistant.hazards import By, Hazard, handling
from assistant.hazards.handling import Holder
from assistant.hazards.moments import LOCAL
from assistant.hazards.steps import AUTOMATIC, Action
from assistant.people import Person, Rank, Role
from assistant.replay.dialogue import Dialogue, moment, span, user
from assistant.replay.people import enter, grant, known
from assistant.replay.stage import Stage
from assistant.rules import Rules
from assistant.store import Work
from assistant.store.duty import keep_roster

ROLES = {
    PostKind.LEADER: (Role.LEADER, Rank.A),
    PostKind.DEPUTY: (Role.DUTY, Rank.B),
    PostKind.STAFF: (Role.DUTY, Rank.A),
}
INSPECTOR = "复查员"
SEEN = By(may=frozenset({Action.CLOSE.value}))
DESK = "值班室"
LONGEST_NAME = 4
DEPARTMENTS = tuple("局 所 站 委 办 队 室 会 中心 公司".split())


def began(entry: Mapping[str, Any], start: datetime) -> datetime:
    """Return when something given began; a roster is known from the start."""
    relative = entry.get("filed") or entry.get("issued") or "+0m"
    return moment(relative, start)


def given_roster(work: Work, entry: Mapping[str, Any], dialogue: Dialogue, stage: Stage) -> None:
    """Enter who is on duty on a day, with telephones; who stands in a roster has the role that goes with it."""
    region = _region_of(entry["unit"], dialogue)
    roster = Roster(
        region=region,
        day=moment(entry["date"], stage.start).astimezone(LOCAL).date(),
        unit=entry["unit"],
        leader=entry.get("leader") or "",
        deputy=entry.get("deputy") or "",
        staff=tuple(entry.get("staff") or ()),
        phones=entry.get("phones") or {},
    )
    for kind, name in roster.names():
        role, rank = ROLES[kind]
        grant(work, enter(work, name, region, roster.phones.get(name, "")), role, region, rank)
    keep_roster(work, roster, stage.rules)


def given_warning(work: Work, entry: Mapping[str, Any], dialogue: Dialogue) -> str:
    """Relay a warning to the people it names; return its number."""
    area = entry["area"]
    region = area if "/" in area else dialogue.user.region
    people = [enter(work, name, dialogue.user.region) for name in entry["to"]]
    within = span(entry.get("ack_within", "30m"))
    return issue_warning(work, entry["title"], area, region, work.now, within, people).number


def given_report(work: Work, entry: Mapping[str, Any], stage: Stage) -> str:
    """File a report and bring it to its state; return its number."""
    by = user(entry["by"])
    person = enter(work, by.name, by.region)
    read = stage.ear(entry["text"])
    report = Report(
        text=entry["text"],
        category=read.category or "other",
        urgency=read.urgency or "routine",
        region=by.region,
        place=read.place or "",
        casualties=read.casualties,
        is_anonymous=by.is_anonymous,
    )
    hazard = hazardwork.register(work, person, report, stage.rules)
    _bring(work, hazard, person, entry, stage.rules)
    if "due" in entry:
        due = moment(entry["due"], stage.start)
        work.append(hazard, Fact("given", {"set": {"due_at": due.isoformat(), "remind_at": None}}), RULE)
    return hazard.number


def _bring(work: Work, hazard: Hazard, person: Person, entry: Mapping[str, Any], rules: Rules) -> None:
    state = entry.get("state", "open")
    if state in ("forwarded", "closed"):
        holder = _holder(work, hazard, entry.get("handler", ""))
        give(work, hazard, holder, AUTOMATIC, RULE, rules)
        if state == "closed":
            _close(work, hazard, rules)
    elif state == "withdrawn":
        hazardwork.withdraw(work, hazard, person, "")


def _holder(work: Work, hazard: Hazard, handler: str) -> Holder:
    """Return who has a forwarded report: somebody known by name, else a department."""
    if not handler:
        return Holder(unit=f"{hazard.region.rsplit('/', 1)[-1]}{DESK}")
    is_person = known(work, handler) or (len(handler) <= LONGEST_NAME and not handler.endswith(DEPARTMENTS))
    return person_holder(enter(work, handler, hazard.region)) if is_person else Holder(unit=handler)


def _close(work: Work, hazard: Hazard, rules: Rules) -> None:
    """Take a case to its end: repaired by the one in charge, inspected by somebody else."""
    by = By(person=hazard.owner, unit=hazard.unit)
    work.append(hazard, handling.sign(hazard, by, work.now, rules), _actor(hazard.owner))
    work.append(hazard, handling.submit(hazard, by, "", 0, work.now, rules), _actor(hazard.owner))
    inspector = enter(work, INSPECTOR, hazard.region)
    seen = By(person=inspector.id, may=SEEN.may)
    work.append(hazard, handling.close(hazard, seen, "", work.now), _actor(inspector.id))


def _actor(person: int | None) -> Actor:
    return Actor(f"person/{person}") if person is not None else CLOCK


def _region_of(unit: str, dialogue: Dialogue) -> str:
    """Return the place of a unit among the places of those who write; else the writer's own."""
    for one in (dialogue.user, *dialogue.users().values()):
        names = one.region.split("/")
        if unit in names:
            return "/".join(names[: names.index(unit) + 1])
    return dialogue.user.region
