"""The ledger of drills and other due items (演练台账): a row for each item, and the coverage by place and kind."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from assistant.drills import DutyItem
from assistant.drills.coverage import Cell, matrix
from assistant.exports.tables import Cell as Value
from assistant.exports.tables import Column, Table
from assistant.hazards.moments import day, utc
from assistant.store import drills as stored
from assistant.store import ledger
from assistant.store.ledger import Chosen
from assistant.wording import drills as words
from assistant.wording import exports

WIDTHS = {"序号": 6, "编号": 17, "地区": 40, "内容": 24, "依据职责": 17, "发现隐患": 24, "免办原因": 30}
WIDTH = 12


def drills(session: Session, chosen: Chosen, now: datetime, *, is_public: bool) -> tuple[Table, list[dict[str, Any]]]:
    """Return the items of a place that are due on or after a day, with a second sheet of coverage for each year."""
    since = day(utc(chosen.since)).isoformat() if chosen.since else ""
    items = [item for item in stored.within(session, [chosen.region]) if item.due_on >= since]
    names, today = ({} if is_public else ledger.names(session)), day(now)
    records = [_record(item, names, late=item.is_overdue(today)) for item in items]
    rows = tuple(
        (number, *_shown(item, record)) for number, (item, record) in enumerate(zip(items, records, strict=True), 1)
    )
    years = sorted({int(item.due_on[:4]) for item in items})
    counted = tuple(_counted(cell, year) for year in years for cell in matrix(items, year, today))
    sheet = Table(words.MATRIX_TITLE, _columns(words.MATRIX_COLUMNS), counted)
    return Table(exports.TITLES["drills"], _columns(words.COLUMNS), rows, (sheet,)), records


def _record(item: DutyItem, names: dict[int, str], *, late: bool) -> dict[str, Any]:
    return {
        "number": item.number,
        "region": item.region,
        "kind": item.kind,
        "subject": item.subject,
        "obligation": item.obligation,
        "opens_on": item.opens_on,
        "due_on": item.due_on,
        "planned_on": item.planned_on,
        "done_on": item.done_on,
        "people": item.people,
        "photos": item.evidence,
        "state": item.state,
        "is_overdue": late,
        "responsible": names.get(item.responsible or 0, ""),
        "checked_by": names.get(item.checked_by or 0, ""),
        "findings": ",".join(item.hazards),
        "reason": item.reason,
    }


def _shown(item: DutyItem, record: dict[str, Any]) -> tuple[Value, ...]:
    late = exports.YES if record["is_overdue"] else exports.NO
    shown = {"kind": words.kind(item.kind), "state": words.state(item), "is_overdue": late}
    return tuple((record | shown).values())


def _counted(cell: Cell, year: int) -> tuple[Value, ...]:
    kind = words.kind(cell.kind)
    return (cell.region, kind, year, cell.due, cell.done, cell.unchecked, cell.overdue, cell.waived, cell.last)


def _columns(names: list[str]) -> tuple[Column, ...]:
    return tuple(Column(name, WIDTHS.get(name, WIDTH)) for name in names)
