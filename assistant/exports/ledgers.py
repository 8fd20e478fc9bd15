"""Which ledgers there are, and what stands in each: rows for an office, points for a map, records for a machine."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from assistant.errors import NotExportable
from assistant.evacuation import Wave
from assistant.events import Event
from assistant.exports.counts import counts
from assistant.exports.drills import drills
from assistant.exports.entries import Entry, entries, for_the_public, incident_entries
from assistant.exports.points import to_geojson
from assistant.exports.reported import Reported, reports
from assistant.exports.rosters import posts, roster_calendar, roster_table
from assistant.exports.tables import Cell, Column, Table, to_csv, to_xlsx
from assistant.hazards.moments import utc
from assistant.store import ledger
from assistant.store import warnings as stored
from assistant.store.evacuation import transfers
from assistant.store.ledger import Chosen
from assistant.store.outbox import OutboxRow
from assistant.warnings import Call, climbing
from assistant.wording import evacuation
from assistant.wording import exports as words

FORMATS = ("xlsx", "csv", "geojson", "json", "ics")
WIDTHS = {
    "序号": 6,
    "编号": 17,
    "隐患描述": 50,
    "情况": 50,
    "整改措施": 40,
    "地点": 28,
    "地区": 28,
    "依据条款": 26,
    "行业": 14,
    "主管部门": 24,
    "名称": 24,
    "没办完占全部": 18,
    "已逾期占没办完": 18,
}
TIME_WIDTH, WIDTH = 17, 12
INTERNAL = ("owner", "inspector", "measures")
"""Who works on a case, and how: for the office, not for the public."""
NO_REWARD = "none"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: which cases, as of when, for whom."""

    chosen: Chosen
    now: datetime
    is_public: bool = False
    """Leaves out who works on a case, and how."""
    person: str = ""
    """Of the roster: only what this person is on."""


Content = tuple[Table, list[dict[str, Any]]]
"""The same rows for an office and for a machine."""


def export(kind: str, form: str, session: Session, order: Order) -> tuple[bytes, int]:
    """Return a ledger as a file's content, and how many rows it has.

    Raises: NotExportable for what is not built, or has no points.
    """
    if kind not in LEDGERS or (form == "geojson" and kind not in POINTS) or (form == "ics" and kind != "duty"):
        raise NotExportable(ledger=kind, format=form)
    if form == "ics":
        held = posts(session, order.chosen, order.now, order.person)
        return roster_calendar(session, held, order.now), len(held)
    if form == "geojson":
        found = POINTS[kind](session, order)
        return to_geojson(found, is_public=order.is_public), len(found)
    table, records = LEDGERS[kind](session, order)
    if form == "json":
        return json.dumps(records, ensure_ascii=False, indent=1).encode(), len(records)
    return (to_xlsx(table, order.now) if form == "xlsx" else to_csv(table)), len(table.rows)


def _hazards(session: Session, order: Order) -> Content:
    found = entries(session, order.chosen, order.now)
    rows = [_hazard_row(number, entry, is_public=order.is_public) for number, entry in enumerate(found, 1)]
    table = _table("hazards", words.HAZARD_COLUMNS, rows, tuple(words.STATES.values()))
    return replace(table, further=(_counted(found),)), _records(found, order)


def _counted(found: list[Entry]) -> Table:
    rows = [
        (
            said,
            words.counted_name(by, count.name),
            count.total,
            count.open,
            words.share(count.open, count.total),
            count.late,
            words.share(count.late, count.open),
        )
        for by, said in words.COUNTED_BY.items()
        for count in counts(found, by)
    ]
    columns = tuple(Column(name, WIDTHS.get(name, WIDTH)) for name in words.COUNT_COLUMNS)
    return Table(words.COUNT_TITLE, columns, tuple(rows))


def _hazard_row(number: int, entry: Entry, *, is_public: bool) -> tuple[Cell, ...]:
    return (
        number,
        entry.number,
        entry.registered_at,
        entry.region,
        entry.place,
        words.category(entry.category),
        entry.trade,
        entry.department,
        entry.text,
        words.urgency(entry.urgency),
        words.source(entry.channel, is_anonymous=entry.is_anonymous),
        entry.unit,
        "" if is_public else entry.owner,
        entry.assigned_at,
        entry.rectify_by,
        "" if is_public else entry.measures,
        entry.completed_at,
        "" if is_public else entry.inspector,
        entry.closed_at,
        words.state(entry.state),
        words.overdue(now=entry.is_overdue, earlier=entry.was_overdue),
        entry.clause,
    )


def _incidents(session: Session, order: Order) -> Content:
    found = incident_entries(session, order.chosen)
    reported = reports(session, [entry.number for entry in found])
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            entry.number,
            entry.registered_at,
            entry.region,
            entry.place,
            words.category(entry.category),
            entry.text,
            words.CASUALTIES[entry.casualties],
            words.source(entry.channel, is_anonymous=entry.is_anonymous),
            *_reported_cells(reported[entry.number], is_public=order.is_public),
            words.state(entry.state),
        )
        for number, entry in enumerate(found, 1)
    ]
    states = tuple(words.INCIDENT_STATES.values())
    return _table("incidents", words.INCIDENT_COLUMNS, rows, states), [
        record | _reported_fields(reported[entry.number], is_public=order.is_public)
        for entry, record in zip(found, _records(found, order), strict=True)
    ]


def _reported_cells(one: Reported, *, is_public: bool) -> tuple[Cell, ...]:
    return (
        "" if is_public else one.taken_by,
        one.taken_at,
        one.phoned_at,
        one.wrote_at,
        one.follow_ups,
        one.final_at,
        words.YES if one.is_late else words.NO,
    )


def _reported_fields(one: Reported, *, is_public: bool) -> dict[str, Any]:
    return {name: _text(value) for name, value in asdict(one).items() if not (is_public and name == "taken_by")}


def _rewards(session: Session, order: Order) -> Content:
    found = [entry for entry in entries(session, order.chosen, order.now) if entry.reward not in ("", NO_REWARD)]
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            entry.number,
            entry.registered_at,
            entry.region,
            words.category(entry.category),
            words.state(entry.state),
            words.REWARDS.get(entry.reward, entry.reward),
        )
        for number, entry in enumerate(found, 1)
    ]
    return _table("rewards", words.REWARD_COLUMNS, rows, tuple(words.STATES.values())), _records(found, order)


def _warnings(session: Session, order: Order) -> Content:
    names = ledger.names(session)
    found = ledger.calls(session, order.chosen)
    numbers = [call.number for _, calls in found for call in calls]
    sent, answers = stored.sent(session, numbers), stored.answers(session, numbers)
    records = [
        {
            "warning": warning.number,
            "title": warning.title,
            "area": warning.area,
            "issued_at": _time(warning.issued_at),
            "call": call.number,
            "person": "" if order.is_public else names.get(call.person, ""),
            "due_at": _time(call.due_at),
            "state": call.state,
            "answered_at": _time(call.answered_at),
            "is_late": call.is_late,
            "households": call.households,
            "reached": call.reached,
            "missing": "" if order.is_public else call.missing,
            **_followed(call, names, sent[call.number], answers.get(call.number), is_public=order.is_public),
            "is_exercise": warning.is_exercise,
        }
        for warning, calls in found
        for call in calls
    ]
    rows = [_call_row(number, record) for number, record in enumerate(records, 1)]
    table = _table("warnings", words.CALL_COLUMNS, rows, tuple(words.CALL_STATES.values()))
    return table, [{name: _text(value) for name, value in record.items()} for record in records]


def _followed(  # the proof: channel, moment, receipt, own words
    call: Call, names: dict[int, str], sent: list[OutboxRow], answer: Event | None, *, is_public: bool
) -> dict[str, Any]:
    own = [row for row in sent if row.person_id == call.person and row.handed_over_at is not None]
    last = own[-1] if own else None
    return {
        "region": call.region,
        "outcome": words.OUTCOMES[climbing.outcome(call)],
        "channel": last.channel if last else "",
        "handed_over_at": _time(last.handed_over_at) if last else None,
        "receipt": last.vendor_id if last else "",
        "words": answer.fields.get("message", "") if answer and not is_public else "",
        "passed_to": call.passed_to,
    }


def _call_row(number: int, record: dict[str, Any]) -> tuple[Cell, ...]:
    shown = {"state": words.state(record["state"])}
    shown |= {name: words.YES if record[name] else words.NO for name in ("is_late", "is_exercise")}
    return (number, *(record | shown).values())


def _duty(session: Session, order: Order) -> Content:
    table = roster_table(session, posts(session, order.chosen, order.now, order.person))
    names = [column.name for column in table.columns]
    return table, [dict(zip(names, row, strict=True)) for row in table.rows]


def _households(session: Session, order: Order) -> Content:
    names = ledger.names(session)
    records = [
        {
            "warning": row.warning,
            "transfer": row.number,
            "region": home.region,
            "household": "" if order.is_public else home.head,
            "persons": row.persons,
            "vulnerable": "" if order.is_public else evacuation.weak(home),
            "wave": evacuation.WAVES[Wave(row.wave)],
            "state": evacuation.STATES[row.stands],
            "reason": "" if order.is_public else row.reason,
            "witness": "" if order.is_public else row.witness,
            "proof": "" if order.is_public else row.proof,
            "helper": "" if order.is_public else names.get(row.helper or 0, ""),
            "shelter": home.shelter,
            "started_at": _time(row.started_at),
            "moved_at": _time(row.moved_at),
            "released_at": _time(row.released_at),
        }
        for row, home in transfers(session, order.chosen)
    ]
    rows = [(number, *record.values()) for number, record in enumerate(records, 1)]
    table = _table("households", words.HOUSEHOLD_COLUMNS, rows, tuple(evacuation.STATES.values()))
    return table, [{name: _text(value) for name, value in record.items()} for record in records]


def _table(kind: str, names: Iterable[str], rows: list[tuple[Cell, ...]], states: tuple[str, ...]) -> Table:
    columns = (Column(name, _width(name), states if name in ("状态", "隐患状态") else ()) for name in names)
    return Table(words.TITLES[kind], tuple(columns), tuple(rows))


def _width(name: str) -> int:
    return TIME_WIDTH if name.endswith(("时间", "时限")) else WIDTHS.get(name, WIDTH)


def _records(found: Iterable[Entry], order: Order) -> list[dict[str, Any]]:
    """Return entries as JSON objects; times as ISO text with zone."""
    hidden = INTERNAL if order.is_public else ()
    return [
        {name: _text(value) for name, value in asdict(entry).items() if name not in hidden}
        for entry in _shown(list(found), order)
    ]


def _shown(found: list[Entry], order: Order) -> list[Entry]:
    return [for_the_public(entry) for entry in found] if order.is_public else found


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _time(moment: datetime | None) -> datetime | None:
    return None if moment is None else utc(moment)


LEDGERS: dict[str, Callable[[Session, Order], Content]] = {
    "hazards": _hazards,
    "incidents": _incidents,
    "rewards": _rewards,
    "warnings": _warnings,
    "duty": _duty,
    "households": _households,
    "drills": lambda session, order: drills(session, order.chosen, order.now, is_public=order.is_public),
}
POINTS: dict[str, Callable[[Session, Order], list[Entry]]] = {
    "hazards": lambda session, order: _shown(entries(session, order.chosen, order.now), order),
    "incidents": lambda session, order: _shown(incident_entries(session, order.chosen), order),
}
