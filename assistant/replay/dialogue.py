"""A written conversation (对话): who says what when, what the system holds before, and what must hold afterwards."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.errors import BadDialogueFile, MissingFile, WrongEncoding
from assistant.people import Role
from assistant.ports import Location

SPAN = re.compile(r"([+-]?)(\d+)([mhd])")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
KINDS = frozenset({"roster", "warning", "report"})


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a chat of their own."""

    name: str
    role: Role
    region: str
    """Path of the place."""
    is_anonymous: bool = False
    """Wants no name on a report."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message; `user` is who sends it."""

    user: User
    text: str = ""
    is_image: bool = False
    location: Location | None = None
    after: timedelta = timedelta()
    """Time that passes before it."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One line of a file of conversations."""

    id: str
    title: str
    user: User
    given: tuple[Mapping[str, Any], ...]
    """roster, warning and report entries as they stand in the file."""
    turns: tuple[Turn, ...]
    expect: tuple[str, ...]
    """Statements in plain language, for a person who judges."""
    checks: tuple[Mapping[str, Any], ...]
    """What a machine can check of them."""

    def users(self) -> dict[str, User]:
        """Return everybody who writes or has reported, by name."""
        reporters = [user(entry["by"]) for entry in self.given if entry["kind"] == "report"]
        known = [self.user, *(turn.user for turn in self.turns), *reporters]
        return {one.name: one for one in reversed(known)}


def span(text: str) -> timedelta:
    """Return -2h, 40m or +1d as a span of time; raises ValueError.

    >>> span("-2h") == timedelta(hours=-2)
    True
    """
    found = SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    length = int(found[2]) * UNITS[found[3]]
    return -length if found[1] == "-" else length


def moment(text: str, start: datetime) -> datetime:
    """Return a time of the file: relative to the start, or ISO; raises ValueError."""
    return start + span(text) if SPAN.fullmatch(text.strip()) else datetime.fromisoformat(text)


def user(fields: Mapping[str, Any]) -> User:
    """Return a user of the file; raises KeyError, ValueError."""
    return User(
        fields["name"], Role(fields.get("role", "villager")), fields.get("region", ""), bool(fields.get("anonymous"))
    )


def read_dialogues(path: Path) -> list[Dialogue]:
    """Read a JSONL file of conversations.

    Raises: MissingFile, WrongEncoding, BadDialogueFile with the number of the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise MissingFile(path=str(path)) from error
    except UnicodeDecodeError as error:
        raise WrongEncoding(path=str(path)) from error
    return [_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _line(path: Path, number: int, line: str) -> Dialogue:
    try:
        return _dialogue(json.loads(line), number)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadDialogueFile(path=str(path), line=number) from error


def _dialogue(fields: Mapping[str, Any], number: int) -> Dialogue:
    given = tuple(fields.get("given") or ())
    if any(entry["kind"] not in KINDS for entry in given):
        raise ValueError("given")
    writer = user(fields["user"])
    read = Dialogue(
        id=str(fields.get("id", number)),
        title=str(fields.get("title", "")),
        user=writer,
        given=given,
        turns=tuple(_turns(fields["turns"], writer)),
        expect=tuple(map(str, fields.get("expect") or ())),
        checks=tuple(fields.get("check") or ()),
    )
    read.users()
    return read


def _turns(entries: list[Mapping[str, Any]], writer: User) -> Iterator[Turn]:
    for entry in entries:
        sent = entry.get("send", "")
        if sent not in ("", "location", "image") or not (sent or "say" in entry):
            raise ValueError("send")
        location = (
            Location(float(entry["lat"]), float(entry["lon"]), entry.get("label", "")) if sent == "location" else None
        )
        yield Turn(
            user=user(entry["as"]) if "as" in entry else writer,
            text=str(entry.get("say", "")),
            is_image=sent == "image",
            location=location,
            after=span(entry["after"]) if "after" in entry else timedelta(),
        )
