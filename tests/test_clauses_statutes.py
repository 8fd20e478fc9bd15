"""Statutes: every article, in order, nothing lost; on an invented one always, on a folder of real ones where given."""

import os
import re
from pathlib import Path

import pytest

from assistant.clauses import Family, Outline, join, split, to_int
from assistant.clauses.numbering import Oddity, check_numbers

SAMPLE = Path(__file__).parent / "cases" / "statute.md"
FOLDER = os.environ.get("YINGDA_STATUTES", "")
ARTICLE = re.compile(r"^第([一二三四五六七八九十百千零]+)条(之[一二三四五六七八九十]+)?[ 　\t]*(.*)", re.M)
"""Written without looking at the splitter: no statute wraps its lines, and none begins one with a cross-reference."""


def articles_by_regex(text: str) -> list[tuple[tuple[int | None, ...], str]]:
    """Numbers and first words of all articles, found by another way than the splitter's."""
    return [
        (tuple(to_int(part) for part in (found[1], (found[2] or "").removeprefix("之")) if part), found[3].strip()[:20])
        for found in ARTICLE.finditer(text)
    ]


def articles(outline: Outline) -> list[tuple[tuple[int | None, ...], str]]:
    found = [unit for unit in outline if unit.family is Family.ARTICLE]
    return [(unit.numbers, outline.text[unit.body :].split("\n", 1)[0].strip()[:20]) for unit in found]


def check(text: str) -> Outline:
    outline = split(text)
    assert join(outline) == text
    assert articles(outline) == articles_by_regex(text)
    clauses = {unit.address for unit in outline.clauses()}
    for unit in outline:
        if unit.family is Family.ARTICLE:
            assert unit.address in clauses and unit.address == "-".join(map(str, unit.numbers))
    return outline


def test_the_invented_statute_has_every_article_and_paragraph() -> None:
    outline = check(SAMPLE.read_text(encoding="utf-8"))
    assert [found.address for found in check_numbers(outline)] == ["998"]  # its count begins there
    assert [unit.address for unit in outline if unit.family is Family.ARTICLE] == [
        *["998", "999", "1000", "1001", "1001-1", "1002", "1003", "1004", "1005"],
    ]


@pytest.mark.parametrize(
    ("address", "words", "path"),
    [
        ("1000", "一千条整", ("第一编 示例总则", "第一章 一般规定")),
        ("1001-1", "值班人员离岗", ("第一编 示例总则", "第二章 值守", "第一节 值班")),
        ("1003/p2", "前款第二项", ("第二编 示例分则", "第一分编 转移", "第一章 转移避险", "第一千零三条")),
        ("1003/3", "老人", ("第二编 示例分则", "第一分编 转移", "第一章 转移避险", "第一千零三条")),
        ("1004/p2/2", "帮扶", ("第二编 示例分则", "第二分编 安置", "第二章 集中安置", "第一千零四条", "")),
    ],
)
def test_addresses_of_the_invented_statute_lead_to_their_words(address: str, words: str, path: tuple[str, ...]) -> None:
    outline = split(SAMPLE.read_text(encoding="utf-8"))
    assert words in outline.plain(address)
    assert outline.path(address) == path


def test_the_invented_statute_is_found_missing_what_is_cut_out() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    start, end = split(text).full_span("1002")
    _, *findings = check_numbers(split(text[:start] + text[end:]))
    assert [(found.address, found.oddity, found.numbers) for found in findings] == [("1003", Oddity.MISSING, (1002,))]


@pytest.mark.slow
@pytest.mark.skipif(not FOLDER, reason="YINGDA_STATUTES names no folder of statutes")
def test_all_real_statutes_have_every_article_in_order() -> None:
    paths = [path for path in sorted(Path(FOLDER).glob("*.md")) if path.name != "README.md"]
    assert len(paths) > 100
    for path in paths:
        outline = check(path.read_bytes().decode("utf-8"))
        findings = [found for found in check_numbers(outline) if found.family is Family.ARTICLE]
        first = next(unit for unit in outline if unit.family is Family.ARTICLE)
        # the books (编) of the Civil Code begin in the middle of its count; nothing else is odd
        assert [found.address for found in findings] in ([], [first.address]), path.name
        assert findings == [] or path.stem.endswith(("编", "附则")), path.name
