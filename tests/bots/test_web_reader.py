"""A document as blocks: anchors, tables, marked quotes; and the links that lead there."""

import pytest

from assistant.clauses import split
from assistant.ports import Link
from bots.web.library import with_links
from bots.web.links import anchor, clause_path, parse_spans
from bots.web.reader import Block, contents, lay_out

OPINION = """# 示例意见

## 一、总则

### （一）加强演练。

村每年演练1次。一是讲清路线，二是走一遍。

（1）先报告。

## 附件1 联系表

| 序号 | 姓名 | 电话 |
| --- | :--: | --- |
| 1 | 李示例 | 123-0000-0101 |
| 2 | 王\\|示例 |  |
"""


def lay(text: str, *quotes: str) -> list[Block]:
    spans = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    return lay_out(split(text), parse_spans(",".join(f"{start}-{end}" for start, end in spans), len(text)))


def marked(blocks: list[Block]) -> list[str]:
    pieces = [piece for block in blocks for piece in block.pieces]
    pieces += [piece for block in blocks for row in block.rows for cell in row.cells for piece in cell.pieces]
    return [piece.text for piece in pieces if piece.marked]


def shown(block: Block) -> str:
    return "".join(piece.text for piece in block.pieces)


def test_headings_lose_their_marks_and_keep_their_level() -> None:
    assert [(block.level, shown(block)) for block in lay(OPINION) if block.level] == [
        (1, "示例意见"),
        (2, "一、总则"),
        (3, "（一）加强演练。"),
        (2, "附件1 联系表"),
    ]


def test_a_table_is_rows_of_cells_without_its_rule() -> None:
    (table,) = [block for block in lay(OPINION) if block.rows]
    texts = [["".join(piece.text for piece in cell.pieces) for cell in row.cells] for row in table.rows]
    assert texts == [["序号", "姓名", "电话"], ["1", "李示例", "123-0000-0101"], ["2", "王|示例", ""]]
    assert [cell.is_figure for cell in table.rows[1].cells] == [True, False, True]


def test_two_tables_one_after_the_other_stay_two() -> None:
    blocks = lay("# 表\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n| c |\n| - |\n| 3 |\n")
    assert [len(block.rows) for block in blocks if block.rows] == [2, 2]


def test_every_unit_is_an_anchor_once_even_inside_a_paragraph() -> None:
    outline = split(OPINION)
    blocks = lay_out(outline)
    found = [name for block in blocks for name in block.anchors]
    found += [name for block in blocks for row in block.rows for name in row.anchors]
    found += [name for block in blocks for piece in block.pieces for name in piece.anchors]
    assert sorted(found) == sorted(anchor(unit.address) for unit in outline.units)
    assert any(piece.text.startswith("二是") and piece.anchors for block in blocks for piece in block.pieces)


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        (["每年演练"], ["每年演练"]),
        (["加强演练。\n\n村每年"], ["加强演练。", "村每年"]),  # across a heading and its body
        (["路线，二是走"], ["路线，", "二是走"]),  # across the beginning of a unit inside the line
        (["演练1次", "练1次。一是"], ["演练1次。", "一是"]),  # overlapping quotes are one mark
        (["### （一）"], ["（一）"]),  # marks are not shown
        (["李示例 | 123"], ["李示例", "123"]),  # across two cells
        (["\\|示"], ["|示"]),
    ],
)
def test_a_quote_is_marked_exactly(quotes: list[str], expected: list[str]) -> None:
    assert marked(lay(OPINION, *quotes)) == expected


def test_contents_show_the_headings_by_depth() -> None:
    entries = contents(split(OPINION))
    assert [(entry.depth, entry.text, entry.anchor) for entry in entries] == [
        (0, "一、总则", "u-s1"),
        (1, "（一）加强演练", "u-1"),
        (0, "附件1 联系表", "u-a1"),
    ]


def test_contents_of_a_long_document_leave_out_the_deepest_level() -> None:
    chapters = "\n\n".join(
        f"## {n} 部分\n\n" + "\n\n".join(f"### {n}.{k} 事项\n\n文。" for k in range(1, 21)) for n in range(1, 5)
    )
    assert [entry.text for entry in contents(split(f"# 预案\n\n{chapters}\n"))] == [
        "1 部分",
        "2 部分",
        "3 部分",
        "4 部分",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "一句话。", "# 只有标题", "|\n", "| |", "|---|", "\u3000\n# \n"])
def test_any_text_can_be_laid_out(text: str) -> None:
    assert marked(lay_out(split(text), ((0, 1),) if text.strip("#|- \n\u3000") else ())) in ([], [text[:1]], ["只"])


@pytest.mark.parametrize(
    ("link", "path"),
    [
        (Link("", "central-2024/13", ((10, 20), (30, 44))), "/d/central-2024?q=10-20,30-44#u-13"),
        (Link("", "sample-town/3.2.1", ((1, 2),)), "/d/sample-town?q=1-2#u-3_2_1"),
        (Link("", "sample-town/a1/3"), "/d/sample-town#u-a1__3"),
        (Link("", "sample-town"), "/d/sample-town"),
        (Link("", 'x"><script>/1'), "/d/x%22%3E%3Cscript%3E#u-1"),
    ],
)
def test_a_citation_has_an_address(link: Link, path: str) -> None:
    assert clause_path(link) == path


def test_addresses_that_look_alike_have_different_anchors() -> None:
    addresses = ["10-1", "10.1", "10/1", "1/01", "1.0/1", "1/0.1"]
    assert len({anchor(address) for address in addresses}) == len(addresses)


def test_the_counterparts_of_a_clause_stand_below_its_last_line() -> None:
    basis = (Link("上位依据：《中央意见》（十三）", "central-2024/13"),)
    laid = with_links(lay(OPINION), {anchor("1"): basis, anchor("a1"): ()})
    (block,) = [block for block, links in laid if links]
    assert shown(block) == "（1）先报告。"
    assert with_links([], {}) == []
