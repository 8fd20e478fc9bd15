"""Long texts in numbered parts (1/3), cut between sentences."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MESSAGE_BYTES = 2048
"""UTF-8 bytes; the limit of one text message of WeChat and WeCom."""
SENTENCE = re.compile(r"通俗解释·.*\n.*\n依据.*\n*|[^。！？\n]*(?:[。！？]+[”’》）】」]*\n*|\n+|$)")
"""A sentence of a quote, or a whole explanation: half of it would look like a quote."""
PIECE = re.compile(r"[^，；、]*(?:[，；、]|$)")
# a sign with what changes or joins it: accents, variation selectors, skin tones, families of emoji
CHARACTER = re.compile(r"(?s).(?:[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.){0,7}")
HEADING = re.compile(r"《[^。！？]*\n+")  # 《云南实施意见》（十七） 开展演练


@dataclass(frozen=True, slots=True)
class _Room:
    """How much one part takes."""

    limit: int
    measure: Callable[[str], int]

    def holds(self, text: str) -> bool:
        return self.measure(text) <= self.limit


def size(text: str) -> int:
    """Return the length of `text` in UTF-8 bytes."""
    return len(text.encode())


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def in_parts(text: str, limit: int = MESSAGE_BYTES, measure: Callable[[str], int] = size) -> list[str]:
    """Return `text` as one message, or as numbered parts of at most `limit` each.

    measure: how the channel counts, `size` or `units`.

    Parts are cut between sentences, and not below the heading of a quote; a sentence that is longer than a part by
    itself is cut at a comma, and only text without any punctuation inside a word. Line breaks at a cut are dropped.
    """
    if measure(text) <= limit:
        return [text]
    parts: list[str] = []
    digits = 1
    while len(parts) == 0 or len(parts) >= 10**digits:
        digits += 1
        room = _Room(limit - measure(_number("9" * digits, "9" * digits)), measure)
        parts = _packed(_pieces(text, room), room)
    return [_number(number, len(parts)) + part for number, part in enumerate(parts, 1)]


def _number(number: object, count: object) -> str:
    return f"（{number}/{count}）\n"


def _packed(pieces: Iterable[str], room: _Room) -> list[str]:
    parts, part = [], ""
    for piece in pieces:
        if part and not room.holds((part + piece).strip("\n")):
            parts.append(part)
            part = ""
        part += piece
    stripped = (part.strip("\n") for part in [*parts, part])
    return [part for part in stripped if part.strip()]


def _pieces(text: str, room: _Room) -> list[str]:
    sentences: list[str] = []
    for found in SENTENCE.finditer(text):
        with_heading = sentences[-1] + found.group() if sentences else ""
        if sentences and HEADING.fullmatch(sentences[-1]) and room.holds(with_heading):
            sentences[-1] = with_heading
        else:
            sentences.append(found.group())
    shorter = (part for sentence in sentences for part in _at_commas(sentence, room))
    return [part for piece in shorter for part in _cut(piece, room) if part]


def _at_commas(sentence: str, room: _Room) -> list[str]:
    return [sentence] if room.holds(sentence) else [found.group() for found in PIECE.finditer(sentence)]


def _cut(piece: str, room: _Room) -> list[str]:
    """Cut inside words, never inside a character or before the marks that belong to it."""
    if room.holds(piece):
        return [piece]
    parts = [""]
    for character in CHARACTER.findall(piece):
        if parts[-1] and not room.holds(parts[-1] + character):
            parts.append("")
        parts[-1] += character
    return parts
