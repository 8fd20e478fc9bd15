"""Web pages: what a reader sees, a paragraph per line."""

from pathlib import Path

import pytest

from assistant.errors import DamagedFile
from assistant.ingest.html import declared_encoding, html_lines
from assistant.ingest.reading import read
from tests.papers import SENTENCE, put, texts

PAGE = Path("page.html")

PAGES = [
    # blocks end a line, inline elements do not
    ("<div>一<b>二</b><p>三</p>四</div>", ["一二", "三", "四"]),
    # a break in the page's source means nothing between Chinese characters
    ("<p>完善\n   体系 AB\nCD</p>", ["完善体系 AB CD"]),
    ("<p>　　第一款<br>第二款<br><br>第三款</p>", ["　　第一款", "第二款", "", "第三款"]),
    ("<h1>关于提升<br>能力的意见</h1><h3>（一）领导</h3>正文", ["# 关于提升能力的意见", "### （一）领导", "正文"]),
    # menus, programs and comments are left out, what follows them is not
    ("<nav>首页</nav>一<script>x</script>二<style>p</style><!-- 注 -->三", ["一二三"]),
    ("<head><title>网站</title></head><body>正文</body>", ["正文"]),
    ("<ul><li>点</li></ul>", ["点"]),
    ("<ol><li>甲</li><li><p>乙</p></li></ol><ol start=3 type=a><li>丙</li></ol>", ["1. 甲", "2. 乙", "c. 丙"]),
    # numbers that stand in the text are not repeated
    ("<ol><li>1．甲</li><li>（二）乙</li><li>第三条 丙</li></ol>", ["1．甲", "（二）乙", "第三条 丙"]),
    ("<ol style='list-style: none'><li>甲</li></ol>", ["甲"]),
    ("<ol style='list-style-type: cjk-ideographic'><li>甲</li><li value=12>乙</li></ol>", ["一、甲", "十二、乙"]),
    ("<pre>一\n  二</pre>三", ["一", "  二", "三"]),
    ("<table><tr><td>仅一栏</td></tr></table>", ["仅一栏"]),
    # a table around the page is no table
    ("<table><tr><td>菜单</td><td><h2>一、总则</h2><p>正文</p></td></tr></table>", ["菜单", "## 一、总则", "正文"]),
    ("<table><tr><td>栏</td><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>",
     ["栏", "| 甲 | 乙 |", "| --- | --- |"]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("page", "lines"), PAGES)
def test_a_page_becomes_lines(page: str, lines: list[str]) -> None:
    assert html_lines(PAGE, f"<html>{page}</html>") == lines


def test_a_table_becomes_rows_with_merged_cells_once() -> None:
    rows = "<tr><th>序号<th>事项|项<th>责任<tr><td rowspan=2>1<td>甲<p>乙</p><td>张<tr><td colspan=2>合并<tr><td>2<td>丙<td>李"
    assert html_lines(PAGE, f"<table><caption>表一</caption>{rows}</table>") == [
        "表一",
        "| 序号 | 事项\\|项 | 责任 |",
        "| --- | --- | --- |",
        "| 1 | 甲 乙 | 张 |",
        "|  | 合并 |  |",
        "| 2 | 丙 | 李 |",
    ]


def test_a_long_cell_is_an_article_not_a_cell() -> None:
    page = f"<table><tr><td>左<td><p>{SENTENCE * 50}</p><p>完</p></table>"
    assert html_lines(PAGE, page) == ["左", SENTENCE * 50, "完"]


def test_a_page_too_deep_for_the_parser_is_refused_not_cut() -> None:
    assert html_lines(PAGE, "<div>" * 1_000 + "末") == ["末"]
    with pytest.raises(DamagedFile):
        html_lines(PAGE, "<div>" * 3_000 + "末")


def test_a_cell_of_a_million_columns_costs_nothing() -> None:
    row = "<tr><td colspan=9999>甲<td rowspan=9999>乙"
    assert len(html_lines(PAGE, f"<table>{row * 50}</table>")) == 51


@pytest.mark.parametrize("charset", ["gb2312", "GBK"])
def test_a_page_declared_as_gb2312_may_use_all_of_gb18030(tmp_path: Path, charset: str) -> None:
    page = f'<html><head><meta http-equiv=Content-Type content="text/html; charset={charset}"></head>朱镕基、䶮</html>'
    assert texts(read(put(tmp_path, "a.html", page.encode("gb18030")))) == ["朱镕基、䶮"]


def test_the_declared_encoding_is_found_in_either_form() -> None:
    assert declared_encoding(b"<meta charset='GB2312'>") == "gb2312"
    assert declared_encoding(b"<meta http-equiv=x content='text/html; charset=big5'>") == "big5"
    assert declared_encoding(b"<p>the charset of the page") == ""
