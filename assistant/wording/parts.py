"""Long texts in numbered parts (1/3), cut between sentences."""

import re
from collections.abc import Iterable

MESSAGE_BYTES = 2048
"""UTF-8 bytes; the limit of one text message of WeChat and WeCom."""
SENTENCE = re.compile(r"通俗解释·.*\n.*\n依据.*\n*|[^。！？\n]*(?:[。！？]+[”’》）】」]*\n*|\n+|$)")
"""A sentence of a quote, or a whole explanation: half of it would look like a quote."""
PIECE = re.compile(r"[^，；、]*(?:[，；、]|$)")
HEADING = re.compile(r"《[^。！？]*\n+")  # 《云南实施意见》（十七） 开展演练


def in_parts(text: str, limit: int = MESSAGE_BYTES) -> list[str]:
    """Return `text` as one message, or as numbered parts of at most `limit` bytes each.

    Parts are cut between sentences, and not below the heading of a quote; a sentence that is longer than a part by
    itself is cut at a comma, and only text without any punctuation inside a word. Line breaks at a cut are dropped.
    """
    if size(text) <= limit:
        return [text]
    parts: list[str] = []
    digits = 1
    while len(parts) == 0 or len(parts) >= 10**digits:
        digits += 1
        room = limit - size(_number("9" * digits, "9" * digits))
        parts = _packed(_pieces(text, room), room)
    return [_number(number, len(parts)) + part for number, part in enumerate(parts, 1)]


def size(text: str) -> int:
    """Return the length of `text` in UTF-8 bytes."""
    return len(text.encode())


def _number(number: object, count: object) -> str:
    return f"（{number}/{count}）\n"


def _packed(pieces: Iterable[str], room: int) -> list[str]:
    parts, part = [], ""
    for piece in pieces:
        if part and size((part + piece).strip("\n")) > room:
            parts.append(part)
            part = ""
        part += piece
    stripped = (part.strip("\n") for part in [*parts, part])
    return [part for part in stripped if part.strip()]


def _pieces(text: str, room: int) -> list[str]:
    sentences: list[str] = []
    for found in SENTENCE.finditer(text):
        with_heading = sentences[-1] + found.group() if sentences else ""
        if sentences and HEADING.fullmatch(sentences[-1]) and size(with_heading) <= room:
            sentences[-1] = with_heading
        else:
            sentences.append(found.group())
    shorter = (part for sentence in sentences for part in _at_commas(sentence, room))
    return [part for piece in shorter for part in _cut(piece, room) if part]


def _at_commas(sentence: str, room: int) -> list[str]:
    return [sentence] if size(sentence) <= room else [found.group() for found in PIECE.finditer(sentence)]


def _cut(piece: str, room: int) -> list[str]:
    width = room // 4  # no character has more than four bytes
    return [piece] if size(piece) <= room else [piece[at : at + width] for at in range(0, len(piece), width)]
