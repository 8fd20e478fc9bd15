"""Rotations as files (轮班文件): teams by name, shifts and days, in TOML; read strictly."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from assistant.duty import DayKind, Line, Pattern, PostKind, Turn
from assistant.duty.names import kind_in, people_in
from assistant.errors import BadRotation, MissingFile
from assistant.store import Work
from assistant.store.duty import person_named
from assistant.store.settling import Office

DAYS = {"工作日": DayKind.WORKDAY, "周末": DayKind.WEEKEND, "节假日": DayKind.HOLIDAY}
TURN = re.compile(r"(?P<starts>\d{1,2}:\d{2})\s*[-—~至]\s*(?:次日)?(?P<ends>\d{1,2}:\d{2})")
LONGEST_PERIOD = 366


def load_rotation(path: Path, work: Work) -> tuple[Office, Pattern]:
    """Return the office and the rotation of a file.

    Raises: MissingFile, BadRotation, UnknownPerson, SeveralPersons.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MissingFile(path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRotation(path=path, field=str(error)) from error
    return rotation_in(data, work, str(path))


def rotation_in(data: Mapping[str, Any], work: Work, path: str) -> tuple[Office, Pattern]:
    """Return the office and the rotation of read TOML; raises BadRotation, UnknownPerson, SeveralPersons."""
    region = data.get("region")
    if not isinstance(region, str) or not region:
        raise BadRotation(path=path, field="region")
    starts_on = _day(data.get("from"), "from", path)
    ends_on = _day(data["to"], "to", path) if "to" in data else None
    if ends_on is not None and ends_on < starts_on:
        raise BadRotation(path=path, field="to")
    lines = data.get("line")
    if not isinstance(lines, list) or not lines:
        raise BadRotation(path=path, field="line")
    office = Office(region, str(data.get("unit", "")), str(data.get("room_phone", "")))
    return office, Pattern(starts_on, tuple(_line(one, work, region, path) for one in lines), ends_on)


def _day(value: object, field: str, path: str) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise BadRotation(path=path, field=field)
    return value


def _line(data: Any, work: Work, region: str, path: str) -> Line:
    if not isinstance(data, dict):
        raise BadRotation(path=path, field="line")
    said = str(data.get("kind", ""))
    kind = PostKind(said) if said in set(PostKind) else kind_in(said)
    if kind is None:
        raise BadRotation(path=path, field="kind")
    period = data.get("period", 1)
    if type(period) is not int or not 0 < period <= LONGEST_PERIOD:
        raise BadRotation(path=path, field="period")
    return Line(
        kind,
        _teams(data.get("teams"), work, region, path),
        tuple(_turn(one, path) for one in data.get("turns", ["8:00-8:00"])),
        period,
        frozenset(_day_kind(one, path) for one in data.get("on", [])),
        bool(data.get("by_turn", False)),
    )


def _teams(data: object, work: Work, region: str, path: str) -> tuple[tuple[int, ...], ...]:
    """Return ids for 示例甲、示例乙: one text is one team."""
    if not isinstance(data, list) or not data:
        raise BadRotation(path=path, field="teams")
    teams = []
    for one in data:
        read = people_in(str(one))
        if not read.people or read.unused:
            raise BadRotation(path=path, field=f"teams：{one}")
        teams.append(tuple(person_named(work.session, named.name, region).id or 0 for named in read.people))
    return tuple(teams)


def _turn(said: object, path: str) -> Turn:
    return turn_of(str(said)) or _refused(path, f"turns：{said}")


def turn_of(said: str) -> Turn | None:
    """Return the hours of 20:00-8:00, None for what is none."""
    found = TURN.fullmatch(said.strip().replace("：", ":"))
    try:
        return Turn(_clock(found["starts"]), _clock(found["ends"])) if found else None
    except ValueError:
        return None


def _clock(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    return time(hour % 24 if hour <= 24 else hour, minute)


def _day_kind(said: object, path: str) -> DayKind:
    text = str(said)
    return DAYS[text] if text in DAYS else DayKind(text) if text in set(DayKind) else _refused(path, f"on：{text}")


def _refused(path: str, field: str) -> Any:
    raise BadRotation(path=path, field=field)
