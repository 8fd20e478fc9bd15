"""How the desk hears (听): the trained reader, or danger words alone where none is trained."""

import re
from dataclasses import dataclass, replace

from assistant.dialogue import phrases, places
from assistant.script import simplified
from assistant.triage import (
    Category,
    Intent,
    Reader,
    Reading,
    danger,
    is_letter,
    read,
    read_all,
    read_letter,
    read_letter_all,
    report_and_question,
)

# 矿上渣堆垮了 基坑边坡裂了 · 屋后埂子垮了
MINED = re.compile(r"矿|采石|采砂|尾矿|渣|基坑|工地|脚手架")
# 变压器打火烧到树了 · 变压器蹦火星
ABLAZE = re.compile(r"着火|起火|失火|烧起来|冒(?:浓|黑|大)烟")


@dataclass(frozen=True, slots=True)
class TrainedEar:
    """Hears with a reader."""

    reader: Reader

    def __call__(self, text: str) -> Reading:
        """Read a text as one message; a place alone (村头大桥) tells of nothing, whatever usually happens there."""
        if is_letter(text):
            return read_letter(text, self.reader)
        reading = _by_thing(replace(read(phrases.OPENING.sub("", text), self.reader), text=text))
        place = self._only_place(text) if reading.is_report and reading.danger is None else ""
        if not place:
            return reading
        return replace(
            reading, intent=Intent.SMALLTALK, category=None, urgency=None, place=place, casualties=None, confidence=0.0
        )

    def _only_place(self, text: str) -> str:
        """Return the place that a whole short text is, else nothing: what is one reads as one in front of a matter."""
        if len(text) > places.NAME:
            return ""
        place = read(places.TOLD.format(simplified(text)), self.reader).place or ""
        return places.answered(text) if place and places.is_only(place, simplified(text)) else ""

    def all(self, text: str) -> tuple[Reading, ...]:
        """Read each matter of a message, gravest first."""
        return read_letter_all(text, self.reader) if is_letter(text) else read_all(text, self.reader)

    def where(self, text: str) -> str:
        """Return the place that a text names, whatever else it is; empty where it names none."""
        return self.reader.learned.places.find(text)[0] or ""

    def split(self, text: str) -> tuple[str, str]:
        """Return the part that reports and the part that asks."""
        return (text, "") if is_letter(text) else report_and_question(text, self.reader)


def _by_thing(reading: Reading) -> Reading:
    """Put the class right where the thing itself is named that does the harm (屋后埂子垮了 is no building)."""
    said = simplified(reading.text)
    if reading.category in (Category.BUILDING, Category.MINE) and phrases.EARTH.search(said):
        return replace(reading, category=Category.GEOLOGICAL) if not MINED.search(said) else reading
    is_line = reading.category is Category.FIRE and phrases.TRANSFORMER.search(said) is not None
    return replace(reading, category=Category.ELECTRICITY) if is_line and not ABLAZE.search(said) else reading


class DangerEar:
    """Hears danger words; all else is a question for the documents."""

    def __call__(self, text: str) -> Reading:
        """Read a text by rule."""
        return Reading(
            text=text,
            intent=Intent.QUESTION,
            category=None,
            urgency=None,
            place=None,
            casualties=None,
            danger=danger(text),
            guard=None,
            confidence=1.0,
            intents={Intent.QUESTION: 1.0},
            emergency=0.0,
        )

    def all(self, text: str) -> tuple[Reading, ...]:
        """Return the one reading that there is."""
        return (self(text),)

    def where(self, text: str) -> str:
        """Return no place: none is learned."""
        return ""

    def split(self, text: str) -> tuple[str, str]:
        """Return everything as a question."""
        return "", text
