"""What a machine can check of a conversation (机检): words in replies, counts and fields in the ledger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.replay.playing import Played

WORDS: dict[str, Callable[[str, list[str]], bool]] = {
    "contains": lambda text, words: all(word in text for word in words),
    "any": lambda text, words: any(word in text for word in words),
    "lacks": lambda text, words: not any(word in text for word in words),
}
LEDGER = frozenset({"kind", "count", "index"})


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that did not hold."""

    check: Mapping[str, Any]
    found: str
    """What was there instead."""


def failures(played: Played) -> list[Failure]:
    """Return the checks of a conversation that do not hold; raises KeyError, ValueError where one makes no sense."""
    found = ((check, _found(check, played)) for check in played.dialogue.checks)
    return [Failure(check, instead) for check, instead in found if instead is not None]


def _found(check: Mapping[str, Any], played: Played) -> str | None:
    """Return what was there where a check fails, None where it holds."""
    if "ledger" in check:
        return _ledger(check["ledger"], played.ledger)
    return _words(check, played)


def _words(check: Mapping[str, Any], played: Played) -> str | None:
    """Look into what the sender of a turn got in it; with `to`, what a person or the holders of a role got."""
    turn = check["turn"] - 1
    to = check.get("to", played.dialogue.turns[turn].user.name)
    text = "\n".join(said.text for said in played.turns[turn] if to in (said.to, said.role))
    tests = [(name, check[name]) for name in WORDS if name in check]
    if not tests:
        raise ValueError(check)
    return None if all(WORDS[name](text, words) for name, words in tests) else text


def _ledger(check: Mapping[str, Any], ledger: list[dict[str, Any]]) -> str | None:
    """Count the records of a kind, or look at one of them: the first in order of number has index 0."""
    known = [record for record in ledger if record["kind"] == check["kind"]]
    if "count" in check and len(known) != check["count"]:
        return "；".join(_short(record) for record in known) or "0"
    if "index" not in check:
        return None
    if check["index"] >= len(known):
        return f"{len(known)}"
    record = known[check["index"]]
    wrong = [name for name in check if name not in LEDGER and not _fits(record, name, check[name])]
    return "；".join(f"{name} {record.get(_field(name))}" for name in wrong) or None


def _fits(record: Mapping[str, Any], name: str, expected: Any) -> bool:
    value = record[_field(name)]
    if name.endswith("_in"):
        return value in expected
    return expected in value if name.endswith("_contains") else bool(value == expected)


def _field(name: str) -> str:
    return name.removesuffix("_in").removesuffix("_contains")


def _short(record: Mapping[str, Any]) -> str:
    return f"{record['number']} {record['category']} {record['place']} {record['state']}"
