"""Word files: the printed order, the printed numbers, nothing deleted, no bomb."""

import struct
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml

from assistant.errors import DamagedFile, EncryptedFile, ScannedFile, TooLarge
from assistant.ingest.limits import MEGABYTE, UNPACKED_MB, XML_MB
from assistant.ingest.package import xml_parts
from assistant.ingest.reading import read
from tests.papers import SENTENCE, W, a_bare_docx, a_docx, a_zip, add_item, add_list, lines_of, put, texts


def bare(folder: Path, body: str, **parts: str) -> list[str]:
    return texts(read(put(folder, "bare.docx", a_bare_docx(body, **parts))))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def test_paragraphs_and_tables_stand_in_their_order(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        document.add_heading("示例镇预案", 0)
        document.add_heading("总则", 1)
        document.add_paragraph("　　为了安全。")
        document.add_paragraph("")
        document.add_table(2, 2).cell(0, 0).text = "事项|项"
        document.add_paragraph("第一行\n第二行")

    assert lines_of(tmp_path, fill) == [
        "# 示例镇预案",
        "# 总则",
        "　　为了安全。",
        "",
        "| 事项\\|项 |  |",
        "| --- | --- |",
        "|  |  |",
        "第一行",
        "第二行",
    ]


def test_the_numbers_that_word_prints_are_restored(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        add_list(document, 41, ["chineseCounting 第%1章", "chineseCounting 第%2条 <w:lvlRestart w:val='0'/>"])
        add_list(document, 42, ["japaneseCounting （%1）", "decimal %2. <w:suff w:val='nothing'/>"])
        add_list(document, 43, ["decimal %1", "decimal %1.%2", "decimal %1.%2.%3"])
        add_list(document, 44, ["ideographDigital %1、"])
        for text, list_id, depth in [
            ("总则", 41, 0), ("目的", 41, 1), ("依据", 41, 1), ("职责", 41, 0), ("镇", 41, 1), ("款", 42, 0), ("项", 42, 1),
            ("总", 43, 0), ("分", 43, 1), ("细", 43, 2), ("次", 43, 0), ("甲", 44, 0), ("无", 0, 0),
        ]:  # fmt: skip
            add_item(document, text, list_id, depth)

    assert lines_of(tmp_path, fill) == [
        "第一章 总则", "第一条 目的", "第二条 依据", "第二章 职责", "第三条 镇", "（一）款", "1.项",
        "1 总", "1.1 分", "1.1.1 细", "2 次", "一、甲", "无",
    ]  # fmt: skip


def test_numbers_come_from_styles_too_and_go_behind_the_heading_mark(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        add_list(document, 51, ["chineseCounting %1、 <w:pStyle w:val='Heading1'/>", "decimal %2. "])
        style = document.styles["Heading 1"].element.get_or_add_pPr()
        style.append(parse_xml(f'<w:numPr {W}><w:numId w:val="51"/></w:numPr>'))
        document.add_heading("总则", 1)
        document.add_heading("细则", 2)
        document.add_heading("职责", 1)
        document.add_paragraph("编号项", style="List Number")
        document.add_paragraph("圆点项", style="List Bullet")

    # Heading 2 is based on Normal here, so it has no number
    assert lines_of(tmp_path, fill) == ["# 一、总则", "## 细则", "# 二、职责", "1. 编号项", "圆点项"]


def test_a_restarted_list_begins_again_and_a_shared_one_goes_on(tmp_path: Path) -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'

    def fill(document: Document) -> None:
        add_list(document, 61, ["decimal %1."])
        add_list(document, 62, [], family=61, extra=restart)
        add_list(document, 63, [], family=61)
        for text, list_id in [("甲", 61), ("乙", 61), ("丙", 62), ("丁", 63)]:
            add_item(document, text, list_id)

    assert lines_of(tmp_path, fill) == ["1. 甲", "2. 乙", "1. 丙", "2. 丁"]


def test_a_list_may_take_its_levels_from_a_list_style(tmp_path: Path) -> None:
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1）"/></w:lvl>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="S"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="S"/>{level}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    body = paragraph("甲", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>')
    assert bare(tmp_path, body, numbering=numbering) == ["1）甲"]


def test_merged_cells_have_their_text_once(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        table = document.add_table(3, 3)
        for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"格{number}"
        table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
        table.cell(1, 2).merge(table.cell(2, 2)).text = "竖"

    assert lines_of(tmp_path, fill) == [
        "| 横 |  | 格2 |",
        "| --- | --- | --- |",
        "| 格3 | 格4 | 竖 |",
        "| 格6 | 格7 |  |",
    ]


def test_cells_are_numbered_like_paragraphs(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        add_list(document, 71, ["decimal %1 <w:suff w:val='nothing'/>"])
        table = document.add_table(2, 2)
        for row, name in zip(table.rows, ["张三", "李四"], strict=True):
            add_item(row.cells[0], "", 71)  # type: ignore[arg-type]
            row.cells[1].text = name

    assert lines_of(tmp_path, fill)[::2] == ["| 1 | 张三 |", "| 2 | 李四 |"]


def test_a_frame_of_one_cell_is_text_not_table(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "处置卡\n第一步"

    assert lines_of(tmp_path, fill) == ["处置卡", "第一步"]


PRINTED = [
    # tracked changes: the insertion is read, the deletion is not
    (f"<w:p>{run('甲')}<w:ins>{run('乙')}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>", ["甲乙"]),
    (f"<w:p><w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('乙')}</w:moveTo></w:p>", ["乙"]),
    # a deleted paragraph end joins two paragraphs
    (paragraph("甲", "<w:rPr><w:del/></w:rPr>") + paragraph("乙"), ["甲乙"]),
    (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('甲')}</w:tc></w:tr></w:tbl>" + paragraph("乙"), ["乙"]),
    # content controls around paragraphs, rows and runs
    (f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>", ["甲"]),
    (f"<w:p><w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt><w:hyperlink>{run('乙')}</w:hyperlink></w:p>", ["甲乙"]),
    (f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>{run('显')}</w:p>", ["显"]),
    (f"<w:p>{run('甲')}<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>", ["甲\t-1"]),
    # tick boxes of Wingdings, other signs as they are
    ("<w:p><w:r><w:sym w:char='F0A8'/><w:t>已通知</w:t><w:sym w:char='2103'/></w:r></w:p>", ["□已通知℃"]),
    # the text box stands after its paragraph, and its copy for old programs is left out
    (f"<w:p>{run('甲')}<w:r><AlternateContent><Choice><w:txbxContent>{paragraph('框')}</w:txbxContent></Choice>"
     f"<Fallback><w:txbxContent>{paragraph('框')}</w:txbxContent></Fallback></AlternateContent></w:r></w:p>", ["甲", "框"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lines"), PRINTED)
def test_what_is_printed_is_read(tmp_path: Path, body: str, lines: list[str]) -> None:
    assert bare(tmp_path, body) == lines


def test_footnotes_follow_the_text(tmp_path: Path) -> None:
    notes = f'<w:footnotes {W}><w:footnote w:type="separator"/><w:footnote w:id="2">{paragraph("注")}</w:footnote></w:footnotes>'
    body = f"<w:p>{run('甲')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    assert bare(tmp_path, body, footnotes=notes) == ["甲[^2]", "[^2]: 注"]


def test_the_strict_variety_of_docx_is_read(tmp_path: Path) -> None:
    xml = xml_parts(Path("a.docx"), a_bare_docx(paragraph("甲乙")))["word/document.xml"]
    xml = xml.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/w")
    assert texts(read(put(tmp_path, "a.docx", a_zip({"word/document.xml": xml})))) == ["甲乙"]


def test_the_main_part_may_have_another_name(tmp_path: Path) -> None:
    xml = xml_parts(Path("a.docx"), a_bare_docx(paragraph("甲乙")))["word/document.xml"]
    relations = b'<R><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></R>'
    data = a_zip({"_rels/.rels": relations, "word/document2.xml": xml})
    assert texts(read(put(tmp_path, "a.docx", data))) == ["甲乙"]


def test_a_docx_of_pictures_is_a_scan(tmp_path: Path) -> None:
    with pytest.raises(ScannedFile) as refusal:
        bare(tmp_path, "<w:p><w:r><w:drawing><blip/></w:drawing></w:r></w:p>")
    assert refusal.value.details["kind"] == "docx"


def test_a_zip_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    bomb = a_zip({"word/document.xml": b"<a/>", "word/media/a.bin": bytes(UNPACKED_MB * MEGABYTE + 1)})
    assert len(bomb) < MEGABYTE
    with pytest.raises(TooLarge) as refusal:
        read(put(tmp_path, "a.docx", bomb))
    assert refusal.value.details["limit_mb"] == UNPACKED_MB


def test_xml_has_a_lower_limit(tmp_path: Path) -> None:
    with pytest.raises(TooLarge) as refusal:
        read(put(tmp_path, "a.docx", a_zip({"word/document.xml": b" " * (XML_MB * MEGABYTE + 1)})))
    assert refusal.value.details["limit_mb"] == XML_MB


def test_a_bomb_that_declares_a_small_size_unpacks_no_further(tmp_path: Path) -> None:
    size = UNPACKED_MB * MEGABYTE
    bomb = a_zip({"word/document.xml": bytes(size)}).replace(struct.pack("<I", size), struct.pack("<I", 99))
    with pytest.raises(DamagedFile):
        read(put(tmp_path, "a.docx", bomb))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "甲"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    xml = f"{laughs}<w:document {W}><w:body>{paragraph('乙&a;&b;丙')}</w:body></w:document>"
    assert texts(read(put(tmp_path, "a.docx", a_zip({"word/document.xml": xml.encode()})))) == ["乙"]


def test_a_protected_member_is_said(tmp_path: Path) -> None:
    data = bytearray(a_bare_docx(paragraph(SENTENCE)))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(EncryptedFile):
        read(put(tmp_path, "a.docx", bytes(data)))


def damaged() -> list[bytes]:
    whole = a_docx(lambda document: document.add_paragraph(SENTENCE))
    xml = a_zip({"word/document.xml": b"<w:document><w:body>"})
    deep = a_bare_docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)
    return [
        whole[: len(whole) // 2],
        whole[:-30],
        xml,
        deep,
        a_zip({"word/document.xml": b"<html/>"}),
        a_zip({"word/document2.xml": b"<a/>"}),
    ]


@pytest.mark.parametrize("data", damaged())
def test_a_damaged_docx_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DamagedFile) as refusal:
        read(put(tmp_path, "a.docx", data))
    assert refusal.value.details["kind"] == "docx"
