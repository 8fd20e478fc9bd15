"""What stands around the clauses: closing lines (落款), headings of annexes (附件), lists of annexes (附件目录)."""

import re

from assistant.clauses.contents import contents_page
from assistant.clauses.labels import Family
from assistant.clauses.lines import TextLine, following

__all__ = ["annex_list", "contents_page", "imprint_lines", "is_annex_heading", "is_annex_list"]

ANNEX_ENTRY = re.compile(r"[0-9０-９]{1,2}[.．、]|[一二三四五六七八九十]+、|附[ 　]*[件表录]")
COLON = re.compile(r"附[ 　]*[件表录]?[ 　]?[0-9０-９一二三四五六七八九十]*[ 　]*[:：]")


def imprint_lines(lines: list[TextLine], first: int) -> set[int]:
    """Return the indices of closing lines: dates, signatures and distribution lines at the end of a part.

    They are looked for backwards from the end of the text and from each annex heading, not above `first`.
    """
    found: set[int] = set()
    ends = [len(lines)] + [i for i, line in enumerate(lines) if is_annex_heading(lines, i)]
    for end in ends:
        closing = _closing(lines, first, end)
        if any(lines[i].is_dated for i in closing):
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


def is_annex_heading(lines: list[TextLine], i: int) -> bool:
    """Say whether an annex begins at line `i`: a heading, not a sentence and not an entry of the list of annexes."""
    line = lines[i]
    return _is_annex(line) and line.looks_like_heading and not is_annex_list(lines, i)


def is_annex_list(lines: list[TextLine], i: int) -> bool:
    """Say whether line `i` lists annexes that follow later: 附件：1.重点任务清单."""
    line = lines[i]
    if not _is_annex(line) or line.hashes:
        return False
    rest = line.rest.lstrip(" 　:：")
    has_colon = bool(COLON.match(line.content))
    if has_colon and ANNEX_ENTRY.match(rest):
        return True
    after = following(lines, i)
    if after is None:
        return has_colon and bool(rest)
    if not rest:
        return has_colon and bool(ANNEX_ENTRY.match(after.content)) and after.looks_like_heading
    return _is_annex(after) or _ends_in_imprint(lines, i)


def _ends_in_imprint(lines: list[TextLine], i: int) -> bool:
    """Say whether nothing but closing lines, one of them dated, follow up to the next annex or the end."""
    dated = False
    for k in range(i + 1, len(lines)):
        if _is_annex(lines[k]):
            break
        if not lines[k].is_blank and not lines[k].looks_like_imprint:
            return False
        dated = dated or lines[k].is_dated
    return dated


def _is_annex(line: TextLine) -> bool:
    return line.label is not None and line.label.family is Family.ANNEX


def annex_list(lines: list[TextLine], i: int) -> range:
    """Return the lines of the list of annexes that begins at line `i`."""
    end = i + 1
    for k in range(i + 1, len(lines)):
        if lines[k].is_blank:
            continue
        is_entry = ANNEX_ENTRY.match(lines[k].content) and lines[k].looks_like_heading
        if not is_entry or is_annex_heading(lines, k):
            break
        end = k + 1
    return range(i, end)
