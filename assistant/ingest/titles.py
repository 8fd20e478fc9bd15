"""The title matter (标题与题注): the title over one to three lines, the document number, the date in brackets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import fuzz

from assistant.ingest.blocks import SourceLine
from assistant.ingest.characters import BLANK, close_blanks
from assistant.ingest.printed import label_of

SPAN = 3
LONGEST = 90
KINDS = "意见|办法|预案|通知|规定|条例|方案|细则|规则|制度|决定|决议|法|法典|规划|计划|指南|标准|规范|手册|纲要|解释|安排|规程|公告|通告|批复|章程|准则|要点|措施|处置卡"
KIND = re.compile(rf"(?:{KINDS})(?:[（(〔].{{1,12}}[）)〕])*$")
ORGAN = re.compile(
    r"(?:办公厅|办公室|委员会|人民政府|国务院|党委|省委|市委|州委|县委|区委|总局|管理局|厅|局|部|法院|检察院|委)$"
)
ISSUER = re.compile(
    r"^(?:中共|中华人民共和国|国务院|最高人民|全国|.{2,12}(?:省|市|县|区|州|镇|乡|街道|村|部|厅|局|委员会|人民政府))"
)
SENTENCE = re.compile(r"[。，；！？：]")
# （2024年9月21日） · 2005年4月27日 第十届全国人民代表大会…
DATELINE = re.compile(
    r"[（(]? ?[0-9〇○零一二三四五六七八九十]{4} ?年 ?[0-9一二三四五六七八九十]{1,3} ?月 ?[0-9一二三四五六七八九十]{1,3} ?日 ?[）)]?"
)
# 示镇政发〔2025〕3号（示例）
NUMBER = re.compile(r".{1,16}[〔\[［（(][0-9]{4}[〕\]］)）] ?第? ?[0-9]+ ?号(?:（示例）)?")
NEAR = 6
"""Lines above the title where a document number may stand."""


@dataclass(frozen=True, slots=True)
class TitleMatter:
    """Places in the list of lines; `begin == end` where no title was found."""

    title: str
    dateline: str
    begin: int
    end: int
    used: frozenset[int]
    """Places of all lines that are title or date, and so not body."""
    numbers: tuple[int, ...]
    """Places above the title of lines with the document number, which belong to the text."""


def find_title(lines: Sequence[SourceLine], title: str | None) -> TitleMatter:
    """Return where the title stands: the lines most like `title`, or else the best-looking group of lines.

    A `title` that is given is the title, printed so, also where the copy has lost it.
    """
    spans = [
        (i, j) for i in range(len(lines)) for j in range(i + 1, min(i + SPAN, len(lines)) + 1) if _is_span(lines, i, j)
    ]
    numbered = list(accumulate((label_of(line.text) is not None for line in lines), initial=0))
    scored = [(_score(lines, i, j, title) - 3 * min(numbered[i], 3) * (title is None), i, j) for i, j in spans]
    best = max(scored, key=lambda entry: (entry[0], -entry[1]), default=(0.0, 0, 0))
    if best[0] < 1.0:
        return TitleMatter(title or "", "", 0, 0, frozenset(), ())
    _, begin, end = best
    date = end if end < len(lines) and DATELINE.fullmatch(lines[end].text) else None
    above = tuple(k for k in range(max(0, begin - NEAR), begin) if NUMBER.fullmatch(lines[k].text))
    used = frozenset(range(begin, end)) | ({date} if date is not None else frozenset())
    return TitleMatter(
        title or _joined(lines[begin:end]),
        close_blanks(lines[date].text) if date is not None else "",
        begin,
        end,
        used,
        above,
    )


def _is_span(lines: Sequence[SourceLine], begin: int, end: int) -> bool:
    members = lines[begin:end]
    text = close_blanks("".join(line.text for line in members))
    whole = 4 <= len(text) <= LONGEST and not SENTENCE.search(text) and not text.startswith(("|", "- "))
    apart = any(line.after_gap and not line.hashes for line in members[1:])
    unnumbered = all(label_of(line.text) is None for line in members)
    marks = {line.hashes for line in members}
    return whole and unnumbered and not apart and (len(marks) == 1 or end - begin == 1)


def _score(lines: Sequence[SourceLine], begin: int, end: int, title: str | None) -> float:
    text = close_blanks("".join(line.text for line in lines[begin:end]))
    if title:
        likeness = fuzz.ratio(_plain(text), _plain(title))
        return likeness if likeness >= 80 else 0.0
    hashes = lines[begin].hashes
    if not KIND.search(text):
        return 1.0 if hashes == 1 and begin == 0 else 0.0
    several = sum(bool(KIND.search(close_blanks(line.text))) for line in lines[begin:end]) - 1
    score = 2.0 + 2 * ("关于" in text) + 2 * bool(ISSUER.match(text)) + 2 * (hashes == 1) + _followed(lines, end)
    return score + len(text) / LONGEST - begin / len(lines) - (0 if hashes == 1 else 2 * several)


def _followed(lines: Sequence[SourceLine], end: int) -> float:
    """A date, a salutation, an opening sentence or a first number below speaks for a title."""
    below = lines[end : end + 3]
    if any(DATELINE.fullmatch(line.text) or NUMBER.fullmatch(line.text) for line in below):
        return 2.0
    first = next((label for line in below if (label := label_of(line.text))), None)
    return 1.0 if first is not None and first.number == 1 else 0.0


def _joined(lines: Sequence[SourceLine]) -> str:
    """One line; two Markdown titles (中华人民共和国民法典, 总则) stay apart, and so do issuers."""
    joint = " " if all(line.hashes for line in lines) else ""
    return space_issuers(joint.join(line.text for line in lines), keep=joint != "")


def space_issuers(title: str, *, keep: bool = False) -> str:
    """Return the title with only those blanks that part two issuers (中共中央办公厅 国务院办公厅关于…)."""
    parts = [part for part in re.split(rf"{BLANK}+", title.strip()) if part]
    result = parts[0] if parts else ""
    for part in parts[1:]:
        between_issuers = ORGAN.search(result) and not part.startswith("关于")
        latin = result[-1].isascii() and part[0].isascii()
        result += f" {part}" if between_issuers or keep or latin else part
    return result


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
