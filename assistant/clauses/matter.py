"""What stands around the clauses: contents page (目录), closing lines (落款), lists of annexes (附件目录)."""

import re

from assistant.clauses.labels import Family, Label
from assistant.clauses.lines import SENTENCE_END, TextLine, normal

CONTENTS = {"目录", "目次"}
HEADING_FAMILIES = {Family.PART, Family.CHAPTER, Family.DIVISION, Family.HAN, Family.ANNEX}
ANNEX_ENTRY = re.compile(r"[0-9]{1,2}[.．、]|[一二三四五六七八九十]+、|附[件表]")


def contents_page(lines: list[TextLine]) -> range:
    """Return the indices of the contents page, from the line 目录 to its last entry; empty where there is none.

    An entry is a short line without a sentence; the page ends where an entry comes a second time, for that is
    the heading itself, or where something else than an entry stands (a preface, a paragraph).
    """
    begin = next(
        (i for i, line in enumerate(lines) if line.content.replace(" ", "").replace("　", "") in CONTENTS), None
    )
    if begin is None:
        return range(0)
    later = _later_headings(lines, begin)
    seen: set[str] = set()
    end = begin + 1
    for i in range(begin + 1, len(lines)):
        line = lines[i]
        if line.is_blank:
            continue
        name = normal(line.content)
        if not _is_entry(line) or name in seen or _repeats_label(line, lines[begin + 1 : i]) or later.get(name, i) <= i:
            break
        seen.add(name)
        end = i + 1
    return range(begin, end)


def _later_headings(lines: list[TextLine], begin: int) -> dict[str, int]:
    return {normal(line.content): i for i, line in enumerate(lines) if i > begin and line.content}


def _is_entry(line: TextLine) -> bool:
    return line.looks_like_heading and not SENTENCE_END.search(line.content)


def _repeats_label(line: TextLine, before: list[TextLine]) -> bool:
    """A number of a family that heads the document comes again: the body has begun."""
    if line.label is None:
        return False
    same = [b.label for b in before if b.label is not None and _key(b.label) == _key(line.label)]
    return (
        bool(same)
        and (line.label.family in HEADING_FAMILIES or line.label.family is Family.DECIMAL)
        and line.label.family is not Family.DIVISION
    )


def _key(label: Label) -> tuple[Family, tuple[int, ...]]:
    return label.family, label.numbers


def imprint_lines(lines: list[TextLine], first: int) -> set[int]:
    """Return the indices of closing lines: dates, signatures and distribution lines at the end of a part.

    They are looked for backwards from the end of the text and from each annex heading, not above `first`.
    """
    found: set[int] = set()
    ends = [len(lines)] + [i for i, line in enumerate(lines) if is_annex_heading(lines, i)]
    for end in ends:
        closing = _closing(lines, first, end)
        if any(_has_day(lines[i]) for i in closing):
            found.update(closing)
    return found


def _closing(lines: list[TextLine], first: int, end: int) -> list[int]:
    closing = []
    for i in range(end - 1, first, -1):
        line = lines[i]
        if line.is_blank:
            continue
        if not line.looks_like_imprint or line.label is not None or line.hashes:
            break
        closing.append(i)
    return closing


def _has_day(line: TextLine) -> bool:
    return "日" in line.content or "号" in line.content or "抄送" in line.content


def is_annex_heading(lines: list[TextLine], i: int) -> bool:
    """Say whether an annex begins at line `i`: a heading, not a sentence and not an entry of the list of annexes."""
    line = lines[i]
    if line.label is None or line.label.family is not Family.ANNEX:
        return False
    return line.looks_like_heading and not is_annex_list(lines, i)


def is_annex_list(lines: list[TextLine], i: int) -> bool:
    """Say whether line `i` lists annexes that follow later: 附件：1.重点任务清单."""
    line = lines[i]
    if line.label is None or line.label.family is not Family.ANNEX or line.hashes:
        return False
    rest = line.content[len(line.label.printed) :].lstrip(" 　:：")
    following = next((other for other in lines[i + 1 :] if not other.is_blank), None)
    if ANNEX_ENTRY.match(rest) and "：" in line.content[:6].replace(":", "："):
        return True
    if not rest or line.label.numbers == (0,) and following is None:
        return False
    return following is not None and (following.looks_like_imprint or _is_annex(following)) and not line.hashes


def _is_annex(line: TextLine) -> bool:
    return line.label is not None and line.label.family is Family.ANNEX


def annex_list(lines: list[TextLine], i: int) -> range:
    """Return the lines of the list of annexes that begins at line `i`."""
    end = i + 1
    for k in range(i + 1, len(lines)):
        if lines[k].is_blank:
            continue
        if not (ANNEX_ENTRY.match(lines[k].content) and lines[k].looks_like_heading) or is_annex_heading(lines, k):
            break
        end = k + 1
    return range(i, end)
