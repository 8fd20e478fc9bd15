"""Blanks (空格) inside a block: those of the layout go, those that part a number, issuers or columns stay."""

import re

from assistant.clauses.labels import Family, Label
from assistant.ingest.characters import close_blanks
from assistant.ingest.printed import label_of
from assistant.ingest.titles import space_issuers


def closed_text(text: str, *, numbered: bool = True) -> str:
    """Return a block as it is printed: layout blanks go; those after a printed number and between the names of a list stay.

    `numbered` is False for the second half of a broken paragraph, which may begin with a number that is no label.
    """
    if text.startswith("|"):
        return "|" + "|".join(f" {close_blanks(cell)} " for cell in text.strip("|").split("|")) + "|"
    if text.startswith("- "):
        return f"- {closed_text(text[2:])}"
    label = label_of(text) if numbered else None
    head = text[: label.end].rstrip(" \t　") if label is not None else ""
    rest = text[label.end :] if label is not None else text
    joint = "" if label is None or label.end == len(head) else _joint(label)
    body = _closed_sentence(rest) if re.search(r"[。；，]", rest) or label is not None else _spaced(rest)
    return head + joint + body if body else head


def _joint(label: Label) -> str:
    if label.family in (Family.HAN, Family.HAN_BRACKET, Family.NUMBER_BRACKET, Family.CIRCLED):
        return ""
    return "　" if label.family is Family.ARTICLE else " "


def _closed_sentence(text: str) -> str:
    """No blanks but those between the issuers of a quoted title."""
    parts = re.split(r"(《[^》]*》)", text.strip())
    return "".join(space_issuers(part) if part.startswith("《") else close_blanks(part) for part in parts)


def _spaced(text: str) -> str:
    """A line without sentence: 2005年4月27日 第十届…通过 keeps one blank, 总　则 does not."""
    parts = re.split(r"([ \t\u3000]+)", text.strip())
    result = close_blanks(parts[0])
    for blank, part in zip(parts[1::2], parts[2::2], strict=True):
        kept = min(len(result), len(part)) >= 2 or part.isascii() and result.isascii()
        result += ("　" if "　" in blank else " ") * kept + close_blanks(part)
    return result
