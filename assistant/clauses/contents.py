"""The contents page (目录): where it begins, and where it ends and the text begins."""

from dataclasses import dataclass, field

from assistant.clauses.labels import Family, Label
from assistant.clauses.lines import LONGEST_ENTRY, SENTENCE_END, SHORT_HEADING, TextLine, normal

CONTENTS = {"目录", "目次"}
ORDER = (Family.PART, Family.CHAPTER, Family.DIVISION, Family.HAN, Family.HAN_BRACKET, Family.NUMBER)
"""Outer families first; their numbers start anew below each outer entry."""
Key = tuple[Family, tuple[int, ...], bool]


def contents_page(lines: list[TextLine]) -> range:
    """Return the indices of the contents page, from the line 目录 to its last entry; empty where there is none.

    An entry is a short line without a sentence that comes again below. The page ends where an entry comes a second
    time, for that is the heading itself, or where something else than an entry stands (a preface, a paragraph).
    """
    begin = next((i for i, line in enumerate(lines) if "".join(line.content.split()) in CONTENTS), None)
    if begin is None:
        return range(0)
    names, keys = _last_places(lines)
    seen = _Seen()
    end = begin + 1
    for i in range(begin + 1, len(lines)):
        line = lines[i]
        if line.is_blank:
            continue
        comes_again = max(names.get(normal(line.content), 0), keys.get(_key(line.label), 0)) > i
        if not _is_entry(line) or not comes_again or line in seen:
            break
        seen.add(line)
        end = i + 1
    return range(begin, end)


def _last_places(lines: list[TextLine]) -> tuple[dict[str, int], dict[Key | None, int]]:
    """Return where each heading's text and where each heading's number stands for the last time."""
    headings = [(i, line) for i, line in enumerate(lines) if line.content and len(line.content) <= LONGEST_ENTRY]
    keys = {_key(line.label): i for i, line in headings if line.label is not None and line.looks_like_heading}
    return {normal(line.content): i for i, line in headings}, dict(keys)


def _is_entry(line: TextLine) -> bool:
    content = line.content
    if line.is_row or SENTENCE_END.search(content) or any(mark in content for mark in "。；！？"):
        return False
    return len(content) <= LONGEST_ENTRY and len(normal(content)) <= SHORT_HEADING


def _key(label: Label | None) -> Key | None:
    """Tell numbers apart; 第一编 and 第一分编 are two."""
    return None if label is None else (label.family, label.numbers, label.printed.endswith("分编"))


@dataclass(slots=True)
class _Seen:
    """The entries read so far; numbers of inner families are forgotten at each outer entry."""

    names: set[str] = field(default_factory=set)
    keys: set[Key] = field(default_factory=set)

    def __contains__(self, line: TextLine) -> bool:
        key = _key(line.label)
        return normal(line.content) in self.names if key is None else key in self.keys

    def add(self, line: TextLine) -> None:
        key = _key(line.label)
        if key is None:
            self.names.add(normal(line.content))
            return
        if key[0] in ORDER:
            self.keys = {other for other in self.keys if _depth(other) <= _depth(key)}
        self.keys.add(key)


def _depth(key: Key) -> float:
    family, _, is_subpart = key
    return ORDER.index(family) + is_subpart / 2 if family in ORDER else -1
