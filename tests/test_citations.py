"""Quotes: whole sentences with their place, compared with the source before they are shown."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import cite, outline_label, parse_unit_id, sentences, unit_id, verify
from assistant.clauses import Kind, Outline, split
from assistant.documents import Document, Level, load_catalogue
from assistant.errors import QuoteMismatch, UnknownUnit

CORPUS = Path(__file__).parents[1] / "corpus"
CATALOGUE = load_catalogue(CORPUS)
OUTLINES = {document.id: split(document.text) for document in CATALOGUE.values()}
TEXT = """# 某意见

## 一、总体要求

### （一）强化责任。

镇长负总责。村“两委”落实“先喊人、再报告。”的要求！下列情形立即转移：

1.山沟有异响；

2.井水变浑。老人先行

| 岗位 | 电话 |
| --- | --- |
| 值班室 | 123-0000-0100 |

### （二）开展排查

## 二、附则

3.5米以上的水深，一律不涉水。。
"""


def a_document(text: str = TEXT, document_id: str = "some-2025") -> Document:
    return Document(
        id=document_id, title="某意见（示例）", short_title="某意见", aliases=(), issuer="", kind="opinion", level=Level.TOWNSHIP,
        region="", number="", issued=None, effective=None, repealed=None, superseded_by=None, source="", sample=True, unchecked=False, text=text, digest="",
    )  # fmt: skip


def quotes(text: str, address: str) -> list[str]:
    return [sentence.text for sentence in sentences(split(text), address)]


def test_sentences_are_whole_and_come_without_marks_headings_and_rules() -> None:
    assert quotes(TEXT, "1") == [
        "镇长负总责。",
        "村“两委”落实“先喊人、再报告。”",  # a closing quotation mark stays with its stop
        "的要求！",
        "下列情形立即转移：",
        "1.山沟有异响；",
        "2.井水变浑。",
        "老人先行",  # an item without a stop
        "| 岗位 | 电话 |",
        "| 值班室 | 123-0000-0100 |",
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("1/1", ["山沟有异响；"]),  # an item by itself comes without its number
        ("2", ["开展排查"]),  # a clause that is only a title
        ("s2", ["3.5米以上的水深，一律不涉水。。"]),  # two stops end one sentence; 3.5 ends none
    ],
)
def test_sentences_of_items_titles_and_sections(address: str, expected: list[str]) -> None:
    assert quotes(TEXT, address) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一条　甲！？乙……丙。", ["甲！？", "乙……丙。"]),
        ("第一条　（甲。）乙。", ["（甲。）", "乙。"]),
        ("第一条　甲。\r\n乙。\r\n", ["甲。", "乙。"]),
        ("第一条　　　甲。　　乙。　", ["甲。", "乙。"]),
        ("（一）严格责任。", ["严格责任。"]),  # the run-in title is all there is
        ("（一）严格责任。正文。", ["正文。"]),
        ("第一条　", []),
    ],
)
def test_odd_stops_and_blanks(text: str, expected: list[str]) -> None:
    assert quotes(text, "1") == expected


def covered(outline: Outline, address: str) -> str:
    return "".join(sentence.text for sentence in sentences(outline, address))


@pytest.mark.parametrize("document", CATALOGUE.values(), ids=lambda document: document.id)
def test_every_sentence_of_every_clause_verifies_and_nothing_of_a_clause_is_left_out(document: Document) -> None:
    outline = OUTLINES[document.id]
    for unit in outline.clauses():
        found = sentences(outline, unit.address)
        for sentence in found:
            assert document.text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
            (citation,) = cite(document, outline, unit.address, [sentence])
            assert verify(citation, CATALOGUE, OUTLINES).quote == sentence.text
        shown = outline.plain(unit.address).removeprefix(f"{unit.title}。" if outline.runs_in(unit) else "")
        assert squeezed(covered(outline, unit.address)) == squeezed(shown)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.text("甲乙。！？”）\n\r |-#1.（一）、　", max_size=80))
def test_sentences_of_any_clause_are_in_order_and_stand_in_the_text(body: str) -> None:
    text = f"（一）标题。正文{body}"
    outline = split(text)
    for unit in outline.clauses():
        found = sentences(outline, unit.address)
        assert all(text[s.start : s.end] == s.text and s.text.strip() for s in found)
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_sentences_that_touch_become_one_citation() -> None:
    document, outline = a_document(), split(TEXT)
    first, second, *_, item, _, _, _ = sentences(outline, "1")
    found = cite(document, outline, "1", [item, second, first])
    assert [citation.quote for citation in found] == [TEXT[first.start : second.end], item.text]
    assert found[0].unit == "some-2025/1" and found[0].label == "（一）" and found[0].title == "某意见"


def test_head_and_row_of_a_table_touch_across_the_rule() -> None:
    document, outline = a_document(), split(TEXT)
    *_, head, row = sentences(outline, "1")
    (citation,) = cite(document, outline, "1", [head, row])
    assert citation.quote.count("\n") == 2


def test_nothing_chosen_is_nothing_cited() -> None:
    assert cite(a_document(), split(TEXT), "1", []) == ()


def a_world(text: str = TEXT) -> tuple[dict[str, Document], dict[str, Outline]]:
    return {"some-2025": a_document(text)}, {"some-2025": split(text)}


def test_a_changed_source_withholds_the_quote() -> None:
    (citation,) = cite(a_document(), split(TEXT), "1", sentences(split(TEXT), "1")[:1])
    assert verify(citation, *a_world()) == citation
    with pytest.raises(QuoteMismatch, match="some-2025/1"):
        verify(citation, *a_world(TEXT.replace("镇长负总责", "村长负总责")))


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "镇长负责。"},  # a word less
        {"quote": ""},
        {"start": 0},
        {"end": 10_000},
        {"start": -1},
        {"unit": "some-2025/2"},  # the words of another clause
        {"unit": "some-2025/99"},
        {"unit": "other-2025/1"},
        {"document": "other-2025"},  # shown under another document's name
    ],
)
def test_a_citation_that_was_tampered_with_is_withheld(change: dict[str, object]) -> None:
    (citation,) = cite(a_document(), split(TEXT), "1", sentences(split(TEXT), "1")[:1])
    with pytest.raises(QuoteMismatch):
        verify(replace(citation, **change), *a_world())  # type: ignore[arg-type]


def test_an_empty_citation_never_verifies() -> None:
    (citation,) = cite(a_document(), split(TEXT), "1", sentences(split(TEXT), "1")[:1])
    with pytest.raises(QuoteMismatch):
        verify(replace(citation, end=citation.start, quote=""), *a_world())


@pytest.mark.parametrize("unit", ["", "yunnan-2025", "yunnan-2025/", "/", "/13"])
def test_a_unit_id_without_document_or_address_is_unknown(unit: str) -> None:
    with pytest.raises(UnknownUnit):
        parse_unit_id(unit)


def test_unit_ids_hold_slashes() -> None:
    assert parse_unit_id(unit_id("a-b", "13/p2/1")) == ("a-b", "13/p2/1")


LABELS = """某文件

为了示范标号，编写本文件，供测试使用。

第一条　甲：

（一）子；

（二）丑。

乙。

附件1 办法

一、要求

（一）子。丑。

二、做法

（一）寅。卯：

1.辰；

一是巳；二是午。

附件2 表

| 名 | 数 |
| --- | --- |
| 锣 | 1 |

某镇人民政府
2025年5月20日
"""


def test_labels_name_a_unit_as_people_look_it_up() -> None:
    outline = split(LABELS)
    assert {unit.address: outline_label(outline, unit) for unit in outline} == {
        "title": "标题",
        "preamble": "前言",
        "1": "第一条",
        "1/1": "第一条（一）",
        "1/2": "第一条（二）",
        "1/p2": "第一条第二款",
        "a1": "附件1",
        "a1/s1": "附件1第一部分",
        "a1/s1/1": "附件1第一部分（一）",  # （一） alone names nothing where every section has one
        "a1/s2": "附件1第二部分",
        "a1/s2/1": "附件1第二部分（一）",
        "a1/s2/1/1": "附件1第二部分（一）第1项",
        "a1/s2/1/1/1": "附件1第二部分（一）第1项一是",
        "a1/s2/1/1/2": "附件1第二部分（一）第1项二是",
        "a2": "附件2",
        "a2/r1": "附件2第1行",
        "imprint": "落款",
    }


@pytest.mark.parametrize(
    ("text", "address", "label"),
    [
        ("一、甲\n（一）子。丑。\n二、乙\n（二）寅。卯。\n", "2", "（二）"),  # （二） runs through the sections
        ("一、甲\n子。\n", "s1", "第一部分"),
        ("1 甲\n1.1 乙\n丙。\n", "1.1", "1.1"),
        ("第一条　甲。\n第一条之一　乙。\n", "1-1", "第一条之一"),
        ("# 卡\n## 第一步\n拨打119。\n", "u1", "第一步"),
        ("第一条　甲。\n第一条　乙。\n丙。\n", "1r2/p2", "第一条第二款"),  # a number printed twice
        ("附件1 表\n| 1 | 甲 |\n| 1 | 乙 |\n", "a1/1r2", "附件1第1行"),
        ("一、甲\n第一条　乙：\n一、丙；\n二、丁。\n", "1/2", "第一条第二项"),  # an old statute's list
    ],
)
def test_labels_of_other_shapes(text: str, address: str, label: str) -> None:
    outline = split(text)
    assert outline_label(outline, outline[address]) == label


def test_every_clause_of_the_corpus_has_a_label() -> None:
    for outline in OUTLINES.values():
        assert all(outline_label(outline, unit) for unit in outline if unit.kind is not Kind.TOC)
