"""A case as others may read it (台账条目): no reporter, no telephone number, no exact point of an anonymous report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from assistant.events import Event
from assistant.hazards import Hazard, HazardState
from assistant.hazards.basis import cited
from assistant.hazards.moments import utc
from assistant.hazards.steps import LIVE, Action
from assistant.hazards.trades import trade
from assistant.incidents import Incident
from assistant.masking import MASK, mask
from assistant.store import ledger
from assistant.store.ledger import Chosen
from assistant.wording.showing import is_at_home, public_place, public_text

TERMS = tuple(action.value for action in (Action.SIGN, Action.RECTIFY, Action.GRANT_EXTENSION, Action.FAIL))
"""What sets the deadline for the repair."""
GIVEN = tuple(action.value for action in (Action.ASSIGN, Action.TRANSFER, Action.REFUSE))
OTHERS = tuple(action.value for action in (Action.REGISTER, Action.SUBMIT, Action.CLOSE, Action.OVERDUE))
MARKS = ("known", *TERMS, *GIVEN, *OTHERS)
EXACT, COARSE = 6, 3
"""Decimals of a degree: a tenth of a metre, and some hundred metres for an anonymous report."""


UNTRUE = (HazardState.REJECTED.value, HazardState.WITHDRAWN.value, HazardState.DUPLICATE.value)
"""What proved to be none, or is another one, is no point on a map."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One case; times are aware, empty text and None where there is nothing (yet)."""

    number: str
    state: str
    category: str
    trade: str
    """行业, by the class."""
    department: str
    """主管部门 of that trade at the place; who has the case is `unit`."""
    urgency: str
    region: str
    place: str
    text: str
    channel: str
    """Where the report came in."""
    is_anonymous: bool
    is_at_home: bool
    """Place or words say that it is at the reporter's own home."""
    casualties: bool | None
    registered_at: datetime | None
    lat: float | None
    lon: float | None
    updated_at: datetime | None = None
    unit: str = ""
    owner: str = ""
    assigned_at: datetime | None = None
    due_at: datetime | None = None
    """Of the next step, whichever it is; None once the case is closed."""
    rectify_by: datetime | None = None
    """The last deadline for the repair itself; it stays known afterwards."""
    measures: str = ""
    completed_at: datetime | None = None
    inspector: str = ""
    closed_at: datetime | None = None
    is_overdue: bool = False
    was_overdue: bool = False
    """Some deadline has passed, now or earlier."""
    clause: str = ""
    """As people cite it."""
    clause_unit: str = ""
    main: str = ""
    """Number of the case of which it is a duplicate."""
    reward: str = ""


def entries(session: Session, chosen: Chosen, now: datetime) -> list[Entry]:
    """Return the chosen hazards, the oldest first."""
    found = ledger.hazards(session, chosen)
    marks = ledger.marked(session, (hazard.number for hazard in found), MARKS)
    names = ledger.names(session)
    who, touched = ledger.reporter_names(session), ledger.touched(session)
    read = (_hazard(hazard, marks[hazard.number], names, who[hazard.number], now) for hazard in found)
    return [replace(entry, updated_at=_aware(touched.get(entry.number))) for entry in read]


def incident_entries(session: Session, chosen: Chosen) -> list[Entry]:
    """Return the chosen incidents, the oldest first."""
    found = ledger.incidents(session, chosen)
    marks = ledger.marked(session, (incident.number for incident in found), MARKS)
    who, touched = ledger.reporter_names(session), ledger.touched(session)
    read = (_common(incident, marks[incident.number], who[incident.number]) for incident in found)
    return [replace(entry, updated_at=_aware(touched.get(entry.number))) for entry in read]


def _hazard(
    hazard: Hazard, marks: Mapping[str, Event], names: Mapping[int, str], reporters: list[str], now: datetime
) -> Entry:
    common = _common(hazard, marks, reporters)
    submitted, closed = marks.get(Action.SUBMIT), marks.get(Action.CLOSE)
    is_late = hazard.state in LIVE and hazard.due_at is not None and utc(hazard.due_at) < utc(now)
    return Entry(
        **{name: getattr(common, name) for name in COMMON},
        unit=hazard.unit,
        owner=names.get(hazard.owner or 0, ""),
        assigned_at=_latest(*(marks.get(kind) for kind in GIVEN)),
        due_at=_aware(hazard.due_at),
        rectify_by=_rectify_by(marks),
        measures=without(mask(submitted.fields.get("words", "")), reporters) if submitted else "",
        completed_at=_aware(submitted.at) if submitted else None,
        inspector=_person(closed.actor, names) if closed else "",
        closed_at=_aware(hazard.closed_at),
        is_overdue=hazard.is_overdue or is_late,
        was_overdue=hazard.is_overdue or is_late or Action.OVERDUE in marks,
        clause=cited(hazard.clause) or hazard.clause,
        clause_unit=hazard.clause,
        main=hazard.main,
        reward=hazard.reward,
    )


COMMON = (
    "number state category trade department urgency region place text channel is_anonymous is_at_home casualties"
    " registered_at lat lon"
).split()


def _common(case: Hazard | Incident, marks: Mapping[str, Event], reporters: list[str]) -> Entry:
    first = marks.get(Action.REGISTER) or marks.get("known")
    decimals = COARSE if case.is_anonymous else EXACT
    belongs = trade(case.region, case.category)
    return Entry(
        number=case.number,
        state=case.state,
        category=case.category,
        trade=belongs.name,
        department=belongs.department,
        urgency=case.urgency,
        region=case.region,
        place=without(public_place(case), reporters),
        text=without(public_text(case), reporters),
        channel=first.channel if first else "",
        is_anonymous=case.is_anonymous,
        is_at_home=is_at_home(case),
        casualties=case.casualties,
        registered_at=_aware(case.registered_at),
        lat=None if case.lat is None else round(case.lat, decimals),
        lon=None if case.lon is None else round(case.lon, decimals),
    )


def for_the_public(entry: Entry) -> Entry:
    """Return an entry whose point is no exact house: at somebody's own home it is some hundred metres off."""
    if entry.lat is None or entry.lon is None or not entry.is_at_home:
        return entry
    return replace(entry, lat=round(entry.lat, COARSE), lon=round(entry.lon, COARSE))


def without(text: str, reporters: Iterable[str]) -> str:
    """Return a text without the names of those who reported: people sign what they write."""
    for name in reporters:
        text = text.replace(name, MASK)
    return text


def _rectify_by(marks: Mapping[str, Event]) -> datetime | None:
    """Return the deadline for the repair that was set last."""
    set_by = [marks[kind] for kind in TERMS if kind in marks and marks[kind].fields["set"].get("due_at")]
    last = max(set_by, key=lambda event: event.sequence, default=None)
    return None if last is None else datetime.fromisoformat(last.fields["set"]["due_at"])


def _aware(moment: datetime | None) -> datetime | None:
    return None if moment is None else utc(moment)


def _latest(*events: Event | None) -> datetime | None:
    return max((utc(event.at) for event in events if event is not None), default=None)


def _person(actor: str, names: Mapping[int, str]) -> str:
    kind, _, rest = actor.partition("/")
    return names.get(int(rest), "") if kind == "person" else ""
