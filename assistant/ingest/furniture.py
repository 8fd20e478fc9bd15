"""Page furniture (版面杂项): page numbers, running heads, mastheads, web chrome, carry-over notes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.ingest.blocks import Dropped, Reason, SourceLine
from assistant.ingest.characters import LINE_MARKS, fold
from assistant.ingest.printed import label_of

LONGEST = 70
"""Characters; a longer line, or one with a full stop, is never furniture."""
INLINE: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    # [bookmark: 标题]
    (Reason.MARK, re.compile(r"\[bookmark[:：][^\]]{0,300}\]|<!--.{0,300}?-->")),
    # （上接第一版） 下转A3版 · 上接三级站
    (
        Reason.CARRIED_OVER,
        re.compile(r"[▲▼■●]?[（【]?(?:紧接|上接|下转|转接|接)第?[A-D]?[0-9一二三四五六七八九十]{1,3}版[）】]?"),
    ),
)
WHOLE: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    # - 3 - · 第3页 共9页 · 3/12 · a date 3-12
    (
        Reason.PAGE_NUMBER,
        re.compile(
            r"[-—–－~·•]+ *[0-9]{1,4} *[-—–－~·•]+|第 ?[0-9]+ ?页[，,/ ]*(?:共 ?[0-9]+ ?页)?|[0-9]{1,3} ?/ ?[0-9]{1,3}|Page [0-9]+(?: of [0-9]+)?"
        ),
    ),
    # 发布日期：2025-05-06 10:55 · 发布预警信息
    (
        Reason.CHROME,
        re.compile(
            r"(?:发布日期|发布时间|更新时间|信息来源|文章来源|稿件来源|来源|浏览次数|浏览量|点击数|阅读量|索引号|责任编辑|编辑|关闭窗口|当前位置|分享到|字体|字号)[:：].*"
        ),
    ),
    (
        Reason.CHROME,
        re.compile(
            r"[【\[]? ?(?:字体|字号)[:：]? ?大.*|[【\[](?:打印|关闭|收藏|返回|分享)[^】\]]*[】\]].*|扫一扫.{0,20}|首页 ?[>»/].*"
        ),
    ),
    # 国内统一连续出版物号：CN 22-0010 · 今日4版
    (
        Reason.PRESS,
        re.compile(
            r".*(?:连续出版物号|ISSN|邮发代号|总第 ?[0-9]+ ?期|今日[0-9一二三四五六七八九十]+版|\bCN ?[0-9]{2}-[0-9]{4}).*"
        ),
    ),
    (Reason.PRESS, re.compile(r"(?:新闻|广告|发行|订报|投诉|服务|报料|读者)?热线 ?[:：]? ?[0-9-]{5,}.*")),
    # 2024年10月10日 星期四 · 2024年10月10日
    (
        Reason.PRESS,
        re.compile(
            r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日 *(?:星期[一二三四五六日]|农历).*|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年.*"
        ),
    ),
    (Reason.PRESS, re.compile(r".{2,20}主管 ?主办.{0,20}|.{2,20}主办 .{2,14}出版|.{2,14}报社(?:主办|出版)")),
    # 信息港 <http://www.0437.com>
    (Reason.PRESS, re.compile(r"[^，。；：]{0,12}<? ?(?:https?://|www\.)[!-~]+ ?>?|E-?mail[:：].*", re.I)),
)
EDGE = 2
"""Lines at the head and foot of a page that may be running heads."""
ENDED = re.compile(r"[。！？；：…|][”’》）】]*$")


class RawLine(Protocol):
    """A line as `reading` gives it."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def page(self) -> int | None: ...  # noqa: D102


def strip_furniture(lines: Sequence[RawLine]) -> tuple[list[SourceLine], list[Dropped]]:
    """Return the lines that hold text, with folded characters, and what was dropped from them."""
    kept: list[SourceLine] = []
    dropped: list[Dropped] = []
    gap, page = True, None
    for number, raw in enumerate(lines, 1):
        gap = gap or raw.page != page
        page = raw.page
        if not raw.text.strip():
            gap = True
            continue
        whole = fold(raw.text)
        folded, inline = _without_inline(whole, number)
        dropped += inline
        reason = _furniture(folded.strip())
        if reason is not None:
            dropped.append(Dropped(folded.strip(), reason, number, number))
        line = replace(_source_line(number, folded), after_gap=gap, page=raw.page, width=_width(whole.strip()))
        if reason is None and line.text:
            kept.append(line)
            gap = False
        else:
            gap = True
    repeated = _running_heads(kept)
    dropped += [
        Dropped(line.text, repeated[line.number], line.number, line.number) for line in kept if line.number in repeated
    ]
    return _without(kept, repeated), dropped


def _without_inline(text: str, number: int) -> tuple[str, list[Dropped]]:
    dropped = []
    for reason, pattern in INLINE:
        dropped += [Dropped(found.group(), reason, number, number) for found in pattern.finditer(text)]
        text = pattern.sub("", text)
    return text, dropped


def _furniture(text: str) -> Reason | None:
    if not text or len(text) > LONGEST or "。" in text or text.startswith("|"):
        return None
    return next((reason for reason, pattern in WHOLE if pattern.fullmatch(text)), None)


def _source_line(number: int, folded: str) -> SourceLine:
    found = re.match(r"\s*(?:[-*>+]\s+){0,3}(#{1,6})(?!#)", folded)
    bullet = re.match(r"\s*[-*+]\s+(?=[^\s#])", folded)
    text = folded.rstrip().rstrip("#") if found else folded
    text = LINE_MARKS.sub("", text).strip()
    indented = folded.startswith(("　　", "    ", "\t"))
    return SourceLine(number, f"- {text}" if bullet and text else text, len(found.group(1)) if found else 0, indented)


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _running_heads(lines: list[SourceLine]) -> dict[int, Reason]:
    """Return the numbers of lines that come again at page edges, and of bare page numbers that count upwards."""
    heads = _at_page_edges(lines) | _inside_sentences(lines)
    return {number: Reason.RUNNING_HEAD for number in heads} | {n: Reason.PAGE_NUMBER for n in _bare_numbers(lines)}


def _at_page_edges(lines: list[SourceLine]) -> set[int]:
    pages: dict[int, list[SourceLine]] = {}
    for line in lines:
        if line.page is not None:
            pages.setdefault(line.page, []).append(line)
    edges = {page: [*members[:EDGE], *members[EDGE:][-EDGE:]] for page, members in pages.items()}
    count = Counter(key for members in edges.values() for key in {_key(line) for line in members})
    needed = max(3, len(pages) // 2)
    repeated = [
        line for members in edges.values() for line in members if count[_key(line)] >= needed and _may_repeat(line)
    ]
    first = {_key(line): line.number for line in reversed(repeated)}
    # the first one stays when it is the title of the document, printed once more on each page
    return {line.number for line in repeated if line.number != first[_key(line)] or not _title_like(line.text)}


def _inside_sentences(lines: list[SourceLine]) -> set[int]:
    """Without page numbers: a short line that comes again, word for word, between blank lines in the middle of a sentence."""
    breaking: dict[str, set[int]] = {}
    for before, line in zip(lines, lines[1:], strict=False):
        interrupts = line.after_gap and not ENDED.search(before.text) and len(before.text) > len(line.text)
        if interrupts and _may_repeat(line):
            breaking.setdefault(line.text, set()).add(line.number)
    return {number for numbers in breaking.values() if len(numbers) >= 2 for number in numbers}


def _bare_numbers(lines: list[SourceLine]) -> set[int]:
    isolated = [
        line
        for line, after in zip(lines, [*lines[1:], None], strict=False)
        if re.fullmatch(r"[0-9]{1,3}", line.text) and (line.after_gap or after is None or after.after_gap)
    ]
    values = [int(line.text) for line in isolated]
    counts_up = len(values) >= 2 and all(b - a == 1 for a, b in zip(values, values[1:], strict=False))
    return {line.number for line in isolated} if counts_up else set()


def _may_repeat(line: SourceLine) -> bool:
    plain = label_of(line.text) is None and not re.search(r"[。；：，]|日$", line.text)
    return 2 <= len(_key(line)) <= 40 and not line.is_row and plain


def _title_like(text: str) -> bool:
    return bool(re.search(r"(?:意见|办法|预案|通知|规定|条例|方案|细则|决定|法)(?:（.{1,8}）)?$", text))


def _key(line: SourceLine) -> str:
    return re.sub(r"[0-9\s]+", "", line.text)


def _without(lines: list[SourceLine], dropped: dict[int, Reason]) -> list[SourceLine]:
    """Leave lines out; the line after one counts as standing after a gap."""
    kept: list[SourceLine] = []
    gap = False
    for line in lines:
        if line.number in dropped:
            gap = True
            continue
        kept.append(replace(line, after_gap=line.after_gap or gap))
        gap = False
    return kept
