"""Advice cards (处置卡): what to do now, whom to call, what never to do; chosen by rule, each with its source."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.script import simplified
from assistant.triage import Danger, is_letter

SHIPPED = Path(__file__).with_name("cards.toml")
MOST = 3
"""Cards of one answer; who is in danger does not read a fourth."""
READ = 800
"""Characters at the beginning and at the end of a long message in which words are looked for."""
BREAK = "。" * 8
"""Between two messages: 往下掉石头 and then 上河村 is no fall into a river."""
STAY_OUT = "stay_out"
"""The card that holds somebody back; it never stands alone."""


@dataclass(frozen=True, slots=True)
class Card:
    """Advice for one kind of emergency, or a tip beside a hazard."""

    id: str
    title: str
    call: tuple[str, ...]
    """Emergency numbers, the first one first; empty for a tip."""
    now: str
    never: str
    next: str
    """What comes after the first answer, on request (下一步)."""
    words: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    dangers: tuple[Danger, ...]
    """What it answers."""
    stands_for: tuple[str, ...]
    """Dangers and categories for which it is given where no words are found."""
    sources: tuple[str, ...]
    """Unit ids of the corpus, or statute or standard by title and article."""
    is_verified: bool
    """False for commonly taught first aid and for what nobody has compared with its source."""

    @property
    def text(self) -> str:
        """What to do now and what never to do."""
        return self.now + self.never

    def fits(self, words: str) -> bool:
        """Say whether a message, simplified and without blanks, asks for this card."""
        if self.words is None or not self.words.search(words):
            return False
        return self.unless is None or not self.unless.search(words)


def load_cards(kind: str, path: Path = SHIPPED) -> tuple[Card, ...]:
    """Read the cards (`card`) or tips (`tip`), in the order of the file."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))[kind]
    return tuple(_card(entry) for entry in entries)


def _card(entry: dict[str, Any]) -> Card:
    words, unless = entry.get("words"), entry.get("unless")
    return Card(
        id=entry["id"],
        title=entry["title"],
        call=tuple(entry.get("call", ())),
        now=entry["now"],
        never=entry.get("never", ""),
        next=entry.get("next", ""),
        words=re.compile(words) if words else None,
        unless=re.compile(unless) if unless else None,
        dangers=tuple(Danger(danger) for danger in entry.get("dangers", ())),
        stands_for=tuple(entry.get("stands_for", ())),
        sources=tuple(entry["sources"]),
        is_verified=entry["verified"],
    )


CARDS = load_cards("card")
TIPS = load_cards("tip")


def advise(text: str, danger: Danger | str | None, category: str) -> tuple[Card, ...]:
    """Return the cards for an emergency, the most pressing first: never none, at most three.

    text: the reporter's words; several kinds at once get several cards.
    danger: a `triage.Danger`, or its value; category: one of the fifteen, or empty.
    """
    found = fitting(text)
    if danger and not any(danger in card.dangers for card in found):
        found.append(_standing(danger, category))
    if not any(card.id != STAY_OUT for card in found):
        found.append(_standing(None, category))
    order = {card.id: place for place, card in enumerate(CARDS)}
    return tuple(sorted(found, key=lambda card: order[card.id]))[:MOST]


def fitting(text: str) -> list[Card]:
    """Return the cards whose words a text holds, the most pressing first."""
    words = _plain(text)
    return [card for card in CARDS if card.fits(words)]


def _standing(danger: Danger | str | None, category: str) -> Card:
    """Return the card that is given where no words are found: that of the category, where it answers the danger."""
    of_category = next((card for card in CARDS if category in card.stands_for), None)
    if of_category is not None and (not danger or danger in of_category.dangers):
        return of_category
    return next(card for card in CARDS if (danger or "other") in card.stands_for)


def tip(text: str, category: str) -> Card | None:
    """Return the safety tip for a hazard, or for a question (`category` empty) whose words are near a danger."""
    of_category = next((card for card in TIPS if category and category in card.stands_for), None)
    if of_category is not None and is_letter(text):
        return of_category  # a letter tells of many things that were long ago
    words = _plain(text)
    return next((card for card in TIPS if card.fits(words)), None) or of_category


def find_card(name: str) -> Card:
    """Return the card or tip of an id; raises StopIteration where there is none."""
    return next(card for card in (*CARDS, *TIPS) if card.id == name)


def _plain(text: str) -> str:
    words = simplified(re.sub(r"\s+", "", BREAK.join(text.split("\n"))))
    return words if len(words) <= 2 * READ else words[:READ] + words[-READ:]
