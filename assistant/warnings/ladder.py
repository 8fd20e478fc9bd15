"""The ladder of a warning (叫应方案): who is called, how long each step is given, what begins before onset; fixed at the start."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.events import utc
from assistant.people import Role
from assistant.rules import Rules, covers
from assistant.warnings.case import As, Level, Step

SHIPPED = Path(__file__).with_name("ladders.toml")
LOCAL = ZoneInfo("Asia/Shanghai")
AT_ONCE, NIGHT = "at_once", "night"
"""Why a wave begins before its hour."""


@dataclass(frozen=True, slots=True)
class WaveRule:
    """What a ladder asks for a span of time before onset."""

    name: str
    rule: str
    """Id in rules.toml of that span."""
    tell: tuple[Role, ...]
    moves: str
    """Who is moved: vulnerable, all, or empty for nobody."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is called for which warnings; data from ladders.toml."""

    id: str
    events: tuple[str, ...]
    """Empty for all."""
    levels: tuple[str, ...]
    """Empty for all."""
    region: str
    call: tuple[tuple[Role, str], ...]
    """Roles, each with `in` (the warned places and below) or `at` (the nearest in charge of a warned place)."""
    act: tuple[Role, ...]
    at_once: tuple[str, ...]
    source: str
    unit: str
    night: bool
    """What would move people at night moves them at nightfall."""
    waves: tuple[WaveRule, ...]


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave with its moment."""

    name: str
    at: str
    """ISO, UTC."""
    tell: tuple[str, ...]
    moves: str
    rule: str
    why: str = ""
    """AT_ONCE or NIGHT where it begins before its hour."""
    hours: float = 0
    """How long before onset the rule has it."""

    @property
    def moment(self) -> datetime:
        """When the wave begins."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was fixed when a warning began."""

    ladder: str
    source: str
    unit: str
    answer: float
    step: float
    act: float
    """Minutes."""
    recalls: int
    waves: tuple[Wave, ...] = ()
    empty: tuple[str, ...] = ()
    """Warned places for which nobody was found."""

    def dump(self) -> str:
        """Return the plan as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)


def plan_of(text: str) -> Plan | None:
    """Return a frozen plan from its JSON; None for calls without a ladder."""
    if not text:
        return None
    entry = json.loads(text)
    waves = tuple(Wave(**{**one, "tell": tuple(one["tell"])}) for one in entry.pop("waves"))
    return Plan(**{**entry, "waves": waves, "empty": tuple(entry["empty"])})


@cache
def ladders() -> tuple[Ladder, ...]:
    """Read the ladders, in the order of the file."""
    return tuple(map(_ladder, tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["ladder"]))


def _ladder(entry: Mapping[str, Any]) -> Ladder:
    return Ladder(
        id=entry["id"],
        events=tuple(entry["events"]),
        levels=tuple(entry["levels"]),
        region=entry["region"],
        call=tuple((Role(role), where) for role, where in entry["call"]),
        act=tuple(map(Role, entry["act"])),
        at_once=tuple(entry["at_once"]),
        source=entry["source"],
        unit=entry["unit"],
        night=entry["night"],
        waves=tuple(map(_wave, entry.get("wave", []))),
    )


def _wave(entry: Mapping[str, Any]) -> WaveRule:
    return WaveRule(entry["name"], entry["rule"], tuple(map(Role, entry["tell"])), entry["moves"])


def ladder_for(event: str, level: Level, region: str) -> Ladder:
    """Return the first ladder that fits what threatens, its level and the place; the last one fits everything."""
    return next(
        one
        for one in ladders()
        if (not one.events or any(known in event for known in one.events))
        and (not one.levels or level.value in one.levels)
        and covers(one.region, region)
    )


def waves(ladder: Ladder, level: Level, region: str, onset: datetime | None, rules: Rules, now: datetime) -> list[Wave]:  # noqa: PLR0913
    """Return the waves with their moments, in order; what is already past begins now, and only the last of it.

    A wave that moves people and would begin at night begins at nightfall: at night the risk cannot be judged.
    """
    if onset is None:
        is_at_once = level.value in ladder.at_once and ladder.waves
        return [_begun(ladder.waves[-1], now, AT_ONCE, timedelta())] if is_at_once else []
    on = utc(now).astimezone(LOCAL).date()
    found = []
    for one in ladder.waves:
        ahead = rules.find(one.rule, region, on).duration
        due = utc(onset) - ahead
        dark = nightfall(due, region, rules) if one.moves and ladder.night else None
        begun = _begun(one, due, "", ahead) if dark is None else _begun(one, dark, NIGHT, ahead)
        found.append(begun if begun.moment > utc(now) else _begun(one, now, begun.why, ahead))
    return [one for at, one in enumerate(found) if all(later.moment > one.moment for later in found[at + 1 :])]


def _begun(one: WaveRule, at: datetime, why: str, ahead: timedelta) -> Wave:
    tell = tuple(role.value for role in one.tell)
    return Wave(one.name, utc(at).isoformat(), tell, one.moves, one.rule, why, ahead / timedelta(hours=1))


def nightfall(moment: datetime, region: str, rules: Rules) -> datetime | None:
    """Return when the night began in which a moment lies; None by day."""
    local = utc(moment).astimezone(LOCAL)
    hours = {name: rules.find(f"warning.night.{name}", region, local.date()).duration for name in ("begins", "ends")}
    midnight = datetime.combine(local.date(), time(), LOCAL)
    if local - midnight >= hours["begins"]:
        return midnight + hours["begins"]
    return midnight - timedelta(days=1) + hours["begins"] if local - midnight < hours["ends"] else None


def minutes(plan: Plan, channels: int) -> list[float]:
    """Return how long each of a person's channels is given; together that is the time for an answer."""
    if channels < 2:
        return [plan.answer] * channels
    short = min(plan.step, plan.answer / channels)
    return [short] * (channels - 1) + [plan.answer - short * (channels - 1)]


def steps(plan: Plan, people: Iterable[tuple[int, As, Sequence[tuple[str, str]]]]) -> list[Step]:
    """Return a ladder: the channels of each person one after another; who has none stands there as an empty step.

    people: id, in whose place, accounts as (channel, sender) in the order of trying.
    """
    found: list[Step] = []
    for person, place, accounts in people:
        spans = minutes(plan, len(accounts))
        found += [Step(person, place.value, *one, span) for one, span in zip(accounts, spans, strict=True)]
        if not accounts:
            found.append(Step(person, place.value, "", "", 0))
    return found
