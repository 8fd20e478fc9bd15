"""Two cases of one thing become one (并案), and two again (撤销并案): what the main case takes over, and how it is given back.

A case that is merged stays as it is, but for its state; the words and the point that were new are added to the main
case by an event that says which they were, so that they can be taken out again whatever came after.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.events import Event, Fact
from assistant.hazards.case import Hazard, HazardState
from assistant.hazards.duplicates import Likeness

SUSPECT, DENY = "suspected_duplicate", "duplicate_denied"
JOIN, PART = "duplicate_joined", "duplicate_parted"
GAPS = ("lat", "lon", "place", "casualties")
"""What a main case takes over where it knows nothing of it."""


def suspect(main: str, found: Likeness) -> Fact:
    """Record that a case may tell of the same as the case `main`; its state stays."""
    return Fact(SUSPECT, {"set": {}, "main": main, "likelihood": round(found.likelihood, 2), "reasons": found.reasons})


def deny(main: str) -> Fact:
    """Record that somebody has said that it is not the same as the case `main`: nobody is asked again."""
    return Fact(DENY, {"set": {}, "main": main})


def join(main: Hazard, other: Hazard, followers: Iterable[str]) -> Fact:
    """Take over into the main case what is new in the other one.

    followers: tokens of those who follow the main case from now on.
    """
    words = _new_lines(main.text, other.text)
    filled = {name: getattr(other, name) for name in GAPS if _is_gap(main, other, name)}
    changed: dict[str, Any] = dict(filled)
    if words:
        changed["text"] = "\n".join(filter(None, (main.text, *words)))
    data = {"set": changed, "from": other.number, "words": words, "filled": filled, "followers": list(followers)}
    return Fact(JOIN, data)


def part(main: Hazard, number: str, joined: Iterable[Mapping[str, Any]]) -> Fact:
    """Take out of a case again what came into it with the case `number`.

    joined: the data of the events by which it came, oldest first. What somebody has changed since stays changed.
    """
    changed: dict[str, Any] = {}
    words = [line for data in joined for line in data["words"]]
    if words:
        changed["text"] = "\n".join(_without(main.text.split("\n"), words))
    for data in joined:
        same = {name for name, value in data["filled"].items() if getattr(main, name) == value}
        changed |= {name: "" if name == "place" else None for name in same}
    return Fact(PART, {"set": changed, "from": number, "words": words})


def state_before(events: Iterable[Event]) -> HazardState:
    """Return the state in which a case was before it was merged last; registered where it never was."""
    states = [event.fields["before"]["state"] for event in events if event.kind == "marked_duplicate"]
    return HazardState(states[-1]) if states else HazardState.REGISTERED


def denied(events: Iterable[Event]) -> frozenset[str]:
    """Return the numbers of the cases of which somebody has said that this one is not the same."""
    kept: set[str] = set()
    for event in events:
        if event.kind == DENY:
            kept.add(event.fields["main"])
        elif event.kind == "duplicate_undone":
            kept.add(event.fields["before"]["main"])
    return frozenset(kept)


def _is_gap(main: Hazard, other: Hazard, name: str) -> bool:
    if name in ("lat", "lon") and (main.lat is not None or other.lat is None):
        return False  # a point is one thing
    return getattr(main, name) in (None, "") and getattr(other, name) not in (None, "")


def _new_lines(known: str, more: str) -> list[str]:
    return [line for line in more.split("\n") if line.strip() and line.strip() not in known]


def _without(lines: list[str], words: list[str]) -> list[str]:
    """Remove each of the words once, from the end."""
    left = list(reversed(lines))
    for word in words:
        if word in left:
            left.remove(word)
    return list(reversed(left))
