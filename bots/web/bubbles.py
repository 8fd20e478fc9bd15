"""A conversation as the page shows it: paragraphs, and under them the cited clauses as chips."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from assistant.ports import Link, Location, Outgoing
from assistant.store import Turn
from assistant.wording import sentences
from bots.web.links import clause_path
from bots.web.visitor import CHANNEL

CHINA = ZoneInfo("Asia/Shanghai")
BASIS = "上位依据"
"""Opens the part of a reply that shows the higher level's clauses."""
LEVEL = re.compile("【(.+)】")
"""Opens the part of a comparison that shows one place's clauses."""
AFTER_LEVELS = "不同之处"
CELL = "｜"
EXPLANATION = "通俗解释·"
"""Opens the part that explains in plain words; it is no quote, so the page sets it apart."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A tappable citation."""

    label: str
    heading: str
    """What the message says after the label: the clause's own title, or nothing."""
    path: str


@dataclass(frozen=True, slots=True)
class Table:
    """Lines that stood one below the other with their cells apart by ｜; the first one is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs that belong together, and the clauses that they quote."""

    lines: tuple[str | Table, ...]
    chips: tuple[Chip, ...]
    is_basis: bool
    level: str = ""
    """The place whose clauses these are, in a comparison; the parts of all places make a table."""
    is_explanation: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """One reply."""

    parts: tuple[Part, ...]
    choices: tuple[str, ...]
    decision: str
    """As the desk names it; empty where the reply answers no question."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the person wrote and every reply to it."""

    text: str
    """Empty where only a photo or a point was sent, and where nothing was: the duty desk answers later."""
    at: str
    """For a person: 11月22日 09:05, in China."""
    bubbles: tuple[Bubble, ...]
    turn: int
    """The id of its turn."""
    pictures: tuple[str, ...] = ()
    """Digests."""
    voices: tuple[str, ...] = ()
    point: str = ""
    """What the sender's map calls a point that was sent, or its degrees."""

    @property
    def is_asked(self) -> bool:
        """Whether a person sent something; else the exchange is news."""
        return bool(self.text or self.pictures or self.voices or self.point)


def exchange(turn: Turn, sender: str) -> Exchange:
    """Return a turn of the conversation with `sender` for the page; replies to other people are left out."""
    mine = [reply for reply in turn.replies if (reply.channel, reply.recipient) == (CHANNEL, sender)]
    # Of a reply in several messages the last one carries all links, but their labels stand in any of them.
    unplaced = [link for reply in mine for link in reply.links]
    return Exchange(
        text=turn.text,
        at=shown_time(turn.at),
        bubbles=tuple(_bubble(reply, unplaced) for reply in mine),
        turn=turn.id,
        pictures=tuple(one.digest for one in turn.attachments if one.kind == "image"),
        voices=tuple(one.digest for one in turn.attachments if one.kind == "voice"),
        point=shown_point(turn.location) if turn.location else "",
    )


def shown_point(point: Location) -> str:
    """Return a point as people read it.

    >>> shown_point(Location(25.187222, 100.321))
    '北纬25.1872°，东经100.3210°'
    """
    north, east = ("北纬", "南纬")[point.lat < 0], ("东经", "西经")[point.lon < 0]
    return point.label or f"{north}{abs(point.lat):.4f}°，{east}{abs(point.lon):.4f}°"


def shown_time(at: datetime) -> str:
    """Return an aware time as people in China read it.

    >>> shown_time(datetime.fromisoformat("2025-11-22T01:05:00+00:00"))
    '11月22日 09:05'
    """
    local = at.astimezone(CHINA)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _bubble(reply: Outgoing, unplaced: list[Link]) -> Bubble:
    """Return a reply; a line that opens with the label of a link in `unplaced` becomes its chip and takes it out."""
    drafts = [_Draft()]
    for line in filter(None, map(str.strip, reply.text.split("\n"))):
        link = _opening_link(line, unplaced)
        if link is not None:
            unplaced.remove(link)
        level = LEVEL.fullmatch(line)
        if line.startswith(EXPLANATION):
            drafts.append(_Draft(is_explanation=True))
        elif level or line.startswith(AFTER_LEVELS):
            drafts.append(_Draft(level=level[1] if level else ""))
        elif drafts[-1].is_full(line, link):
            is_offer = line == sentences.OFFER
            drafts.append(_Draft() if is_offer else _Draft(is_basis=drafts[-1].is_basis, level=drafts[-1].level))
        if level:
            continue
        drafts[-1].take(line, link)
    parts = [draft.part() for draft in drafts if draft.lines or draft.chips]
    unnamed = [_chip(link, link.label) for link in reply.links if link in unplaced]
    if unnamed:
        parts.append(Part((), tuple(unnamed), drafts[-1].is_basis))
    return Bubble(tuple(parts), reply.choices, reply.decision or "")


@dataclass(slots=True)
class _Draft:
    """A part while its lines are read."""

    lines: list[str] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    is_basis: bool = False
    level: str = ""
    is_explanation: bool = False

    def is_full(self, line: str, link: Link | None) -> bool:
        """Say whether the next line begins another part: 上位依据, the offer, or a label after text that is not its opening."""
        if line.startswith(BASIS) or line == sentences.OFFER:
            return bool(self.lines or self.chips)
        return link is not None and bool(self.lines) and not self.lines[-1].startswith(BASIS)

    def take(self, line: str, link: Link | None) -> None:
        """Add a line, or the chip that it is."""
        self.is_basis = self.is_basis or line.startswith(BASIS)
        if link is not None:
            self.chips.append(_chip(link, line))
        else:
            self.lines.append(line)

    def part(self) -> Part:
        """Return what was read; a heading that the quote opens with is not said twice."""
        said = {line.removesuffix("。") for line in self.lines[:2]}
        chips = (replace(chip, heading="") if chip.heading in said else chip for chip in self.chips)
        return Part(_with_tables(self.lines), tuple(chips), self.is_basis, self.level, self.is_explanation)


def _with_tables(lines: list[str]) -> tuple[str | Table, ...]:
    """Return the lines, those with cells as tables."""
    shown: list[str | Table] = []
    for has_cells, group in groupby(lines, key=lambda line: CELL in line):
        together = list(group)
        is_table = has_cells and len(together) > 1
        shown += [Table(tuple(tuple(line.split(CELL)) for line in together))] if is_table else together
    return tuple(shown)


def _opening_link(line: str, links: list[Link]) -> Link | None:
    """Return the link whose label opens the line; the longest, for 3.2 opens 3.2.1 too."""
    opening = [link for link in links if line.startswith(link.label)]
    return max(opening, key=lambda link: len(link.label), default=None)


def _chip(link: Link, line: str) -> Chip:
    return Chip(link.label, line.removeprefix(link.label).strip(), clause_path(link))
