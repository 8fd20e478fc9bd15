"""One copy: characters, furniture, title, other articles and hard line breaks, and that nothing is lost in silence."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest.blocks import Cleaned, Reason
from assistant.ingest.characters import bare, close_blanks, fold
from assistant.ingest.cleaning import clean
from assistant.ingest.collation import collate
from assistant.ingest.copies import Copy, Line
from assistant.ingest.sources import cut_foreign
from tests.noise import Damage, damage

ROOT = Path(__file__).parents[1]
TEXTS = sorted([*ROOT.glob("corpus/*/text.md"), *ROOT.glob("tests/cases/opinions/*.md")])
OPINIONS = sorted(ROOT.glob("tests/cases/opinions/*.md"))


def a_copy(text: str, name: str = "copy.txt") -> Copy:
    return Copy(name, "txt", tuple(Line(line) for line in text.split("\n")), "")


def blocks(text: str) -> list[str]:
    return [block.text for block in clean(a_copy(text)).blocks if not block.foreign]


def reasons(cleaned: Cleaned) -> dict[str, Reason]:
    return {item.text: item.reason for item in cleaned.dropped}


FOLDED = [
    ("⽴⾜⻓远⺠生", "立足长远民生"),  # Kangxi radicals and the supplement that pdf files print
    ("⺀⺀", "⺀⺀"),  # a stroke is no character
    ("(2024年9月21日)", "（2024年9月21日）"),
    ("(1)人员", "（1）人员"),  # a number at the head of a Chinese line
    ("应急预案(V2.0)和", "应急预案（V2.0）和"),
    ("f(x)的值", "f(x)的值"),  # Latin brackets stay
    ("县(市、", "县（市、"),  # the line broke inside the brackets
    ("共12,600人,其中3:1", "共12,600人，其中3:1"),  # not inside numbers
    ("见https://a.cn/x?y=1,转发", "见https://a.cn/x?y=1，转发"),
    ("强化“互联网+执法”,推动", "强化“互联网+执法”，推动"),  # the plus sign stays as printed
    ("３．２．１响应", "3.2.1响应"),
    ("｢叫应｣､转移｡", "「叫应」、转移。"),
    ("\ufeff第\u00ad一\u200b条", "第一条"),
]


@pytest.mark.parametrize(("printed", "folded"), FOLDED)
def test_characters_are_folded_to_what_a_typist_would_type(printed: str, folded: str) -> None:
    assert fold(printed) == folded


CLOSED = [
    ("每 5 年完成 1 次乡镇（街道） 干部轮训", "每5年完成1次乡镇（街道）干部轮训"),
    ("加　强 管　理", "加强管理"),
    ("Python 3 与 OCR 识别", "Python 3与OCR识别"),
]


@pytest.mark.parametrize(("printed", "closed"), CLOSED)
def test_blanks_that_touch_chinese_go(printed: str, closed: str) -> None:
    assert close_blanks(printed) == closed


TITLES = [
    # a masthead before it, and a line break inside the kind of document
    ("示例日报\n\n示例县人民政府办公室关于加强防汛工作的实施意\n见\n\n一、总则", "示例县人民政府办公室关于加强防汛工作的实施意见"),
    # two issuers keep the blank between them, the line's end leaves none
    ("中共示例县委办公室 示例县人民政府办公室关于\n加强防汛工作的通知\n\n一、总则", "中共示例县委办公室 示例县人民政府办公室关于加强防汛工作的通知"),
    ("# 示例县突发事件\n# 总体应急预案\n\n1 总则", "示例县突发事件 总体应急预案"),
    ("示例镇山洪灾害处置卡（示例）\n\n一、先做什么", "示例镇山洪灾害处置卡（示例）"),
    # part of a newspaper page: no title
    ("（上接第一版）（四）健全责任落实机制。坚持党政同责。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_title_is_found(text: str, title: str) -> None:
    assert clean(a_copy(text)).title == title


def test_a_given_title_is_found_in_spite_of_its_blanks_and_printed_as_given() -> None:
    cleaned = clean(
        a_copy("某报\n示例省关于做好\n秋冬季防火的决定\n（2024年9月1日）\n一、总则"), "示例省关于做好秋冬季防火的决定"
    )
    assert (cleaned.title, cleaned.dateline) == ("示例省关于做好秋冬季防火的决定", "（2024年9月1日）")
    assert [block.text for block in cleaned.blocks] == ["一、总则"]


def test_the_document_number_above_the_title_belongs_to_the_text() -> None:
    cleaned = clean(
        a_copy("示例镇人民政府文件\n\n示镇政发〔2025〕3号\n\n示例镇人民政府关于防汛工作的通知\n\n各村民委员会：")
    )
    assert [block.text for block in cleaned.blocks] == ["示镇政发〔2025〕3号", "各村民委员会："]


FURNITURE = [
    ("- 3 -", Reason.PAGE_NUMBER),
    ("第3页 共9页", Reason.PAGE_NUMBER),
    ("发布日期：2025-05-06 10:55", Reason.CHROME),
    ("【字体：大  中  小】", Reason.CHROME),
    ("国内统一连续出版物号：CN 99-0010/ E-mail:a@example.com", Reason.PRESS),
    ("新闻热线：000-1234567", Reason.PRESS),
    ("2024年10月10日 星期四", Reason.PRESS),
    ("示例信息港 <http://www.example.com>", Reason.PRESS),
]


@pytest.mark.parametrize(("line", "reason"), FURNITURE)
def test_page_furniture_is_dropped_with_its_reason(line: str, reason: Reason) -> None:
    cleaned = clean(a_copy(f"关于防汛工作的意见\n一、总则\n{line}\n（一）目的。为了防汛。"))
    assert reasons(cleaned) == {line: reason}
    assert [block.text for block in cleaned.blocks] == ["一、总则", "（一）目的。为了防汛。"]


KEPT = [
    "镇值班电话：123-0000-0100",  # a contact, not a newspaper's hotline
    "示例镇人民政府",
    "2025年5月20日",
    "审核：王示例",
    "| 序号 | 来源 |",
]


@pytest.mark.parametrize("line", KEPT)
def test_lines_of_a_plan_that_look_like_furniture_stay(line: str) -> None:
    assert line in blocks(f"防汛预案\n\n一、总则\n\n（一）目的。为了防汛。\n\n{line}")


def test_marks_inside_a_line_are_cut_out_and_listed() -> None:
    cleaned = clean(a_copy("[bookmark: 意见]关于防汛工作的意见\n（上接第一版）（四）健全机制。坚持同责。"))
    assert cleaned.title == "关于防汛工作的意见"
    assert reasons(cleaned) == {"[bookmark： 意见]": Reason.MARK, "（上接第一版）": Reason.CARRIED_OVER}
    assert [block.text for block in cleaned.blocks] == ["（四）健全机制。坚持同责。"]


def test_a_running_head_goes_and_the_title_stays() -> None:
    pages = [["关于防汛工作的意见", f"第{n}段文字没有写完，", "1" * n] for n in (1, 2, 3)]
    lines = tuple(Line(text, page) for page, texts in enumerate(pages, 1) for text in texts)
    cleaned = clean(Copy("a.pdf", "pdf", lines, ""))
    assert cleaned.title == "关于防汛工作的意见"
    assert [item.reason for item in cleaned.dropped] == [Reason.RUNNING_HEAD] * 2


COLUMNS = """关于防汛工作的意见

二、提高基层安全风险防
范能力

（五）强化智能监测预警。推动
公共安全治理模式向事前预防转
型，促进专业监测和群测群防深度

融合，进一步完善监测手段。鼓励
群众报告隐患，按照规定给予奖励。
乡镇和村落实一张图，及时发布。

（六）做实隐患排查治理。市县
两级加强业务指导。"""


def test_newspaper_columns_are_unwrapped() -> None:
    assert collate([clean(a_copy(COLUMNS))]).text.split("\n\n")[1:] == [
        "## 二、提高基层安全风险防范能力",
        "### （五）强化智能监测预警。",
        "推动公共安全治理模式向事前预防转型，促进专业监测和群测群防深度融合，进一步完善监测手段。"
        "鼓励群众报告隐患，按照规定给予奖励。乡镇和村落实一张图，及时发布。",
        "### （六）做实隐患排查治理。",
        "市县两级加强业务指导。\n",
    ]


PARAGRAPHS = [
    # a page ends in the middle of a sentence
    ("（一）总则。做好县（市、\n\n区、旗）的工作。\n（二）附则。施行。", ["（一）总则。做好县（市、区、旗）的工作。", "（二）附则。施行。"]),
    # a wrapped line begins with a reference, not with a clause
    ("（一）总则。依照下列各条和\n（三）项的规定办理。", ["（一）总则。依照下列各条和（三）项的规定办理。"]),
    ("（一）总则。服务热线接入\n119 调度指挥系统。", ["（一）总则。服务热线接入119调度指挥系统。"]),
    # a truncated clause does not swallow the next one
    ("（一）总则。做好应急、\n\n（二）附则。施行。", ["（一）总则。做好应急、", "（二）附则。施行。"]),
    # entries of a list are not one sentence
    ("联系人\n张示例\n李示例", ["联系人", "张示例", "李示例"]),
    ("- 手电\n- 铜锣", ["- 手电", "- 铜锣"]),
    ("- ## 二、防范\n正文没有句号", ["二、防范", "正文没有句号"]),  # debris of a converter
    ("第一条 目的。\n第二条　依据。", ["第一条　目的。", "第二条　依据。"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_lines_become_paragraphs(text: str, expected: list[str]) -> None:
    text = collate([clean(a_copy("防汛意见\n\n" + text))]).text
    lines = [line.removeprefix("## ").removeprefix("### ").removeprefix("# ") for line in text.split("\n") if line]
    assert "".join(lines[1:]) == "".join(expected)
    assert len([part for part in expected if part in lines or part.split("。", 1)[0] + "。" in lines]) == len(expected)


ARTICLE = "## 运动会开幕\n\n本报讯（记者 林示例）9月22日，运动会开幕，跑者来自各地。\n\n比赛持续三天。"


def test_what_follows_the_credit_line_is_another_article() -> None:
    result = collate([clean(a_copy(f"防汛意见\n\n（一）总则。做好工作。\n\n（新华社北京10月8日电）\n\n{ARTICLE}"))])
    assert result.text == "# 防汛意见\n\n### （一）总则。\n\n做好工作。\n"
    assert [item.reason for item in result.dropped] == [Reason.CREDIT, *[Reason.FOREIGN]]


def test_an_article_inside_a_clause_is_left_out_and_the_clause_goes_on() -> None:
    text = f"防汛意见\n\n（一）总则。做好防汛\n\n{ARTICLE}\n\n抗旱工作。\n\n（二）附则。施行。"
    result = collate([clean(a_copy(text))])
    assert "做好防汛抗旱工作。" in result.text
    assert "运动会" not in result.text


def test_an_article_above_the_title_is_told_from_a_masthead() -> None:
    cleaned = clean(a_copy(f"示例晚报\n\n{ARTICLE}\n\n示例县人民政府关于防汛工作的意见\n\n一、总则"))
    assert [item.reason for item in cleaned.dropped] == [Reason.MASTHEAD, *[Reason.FOREIGN] * 3]


def test_the_kept_source_has_every_line_but_those_of_other_articles() -> None:
    source = a_copy(f"示例晚报\n\n防汛意见\n\n(一)总则。做好工作。\n\n（完）\n\n{ARTICLE}")
    result = collate([clean(source)])
    cut = cut_foreign(source, result.dropped)
    assert cut == "示例晚报\n\n防汛意见\n\n(一)总则。做好工作。\n\n（完）\n"
    assert collate([clean(a_copy(cut))]).text == result.text


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_clean_text_comes_out_as_it_went_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    result = collate([clean(a_copy(text))])
    assert result.text == text
    assert (result.dropped, result.variants) == ((), ())


def unaccounted(source: Copy) -> tuple[Counter[str], Counter[str]]:
    """Characters that went in and neither came out nor were listed, and the other way round."""
    result = collate([clean(source)])
    given_in = Counter(bare("\n".join(line.text for line in source.lines)))
    came_out = Counter(bare(result.text))
    for item in result.dropped:
        came_out.update(bare(item.text))
    for variant in result.variants:  # a number that was set right
        came_out.subtract(variant.choice)
        came_out.update(*variant.readings.values())
    return given_in - came_out, came_out - given_in


@pytest.mark.parametrize("seed", range(12))
def test_no_character_of_a_damaged_copy_is_lost_in_silence(seed: int) -> None:
    rng = Random(seed)
    how = Damage(glyphs=1, lost=2, truncated=2, inside=2, around=True, sections=True, half_width=seed % 2 == 0)
    how.layout = ("lines", "columns", "pages")[seed % 3]
    text = OPINIONS[seed % len(OPINIONS)].read_text(encoding="utf-8")
    assert unaccounted(damage(text, how, rng, "copy.txt").copy) == (Counter(), Counter())


SCRAPS = st.sampled_from(
    ["", "　　", "防汛意见", "一、总则", "三、总则", "（一）目的。为了", "第二条 规定", "3.2 响应", "1.人员", "县(市、", "区)。",
     "| a | b |", "| --- | --- |", "- ## 二、防范", "- 手电", "- 3 -", "附件1 联系表", "目录", "（完）", "本报讯 昨日", "（上接第一版）",
     "2025年5月20日", "http://a.cn", "<!-- x -->", "**重点**", "##", "9", "10", "ABC def", "。", "，续写。", "\t", "《中共县委 县政府通知》"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(SCRAPS, max_size=14))
def test_no_character_of_any_mixture_of_lines_is_lost_in_silence(lines: list[str]) -> None:
    assert unaccounted(a_copy("\n".join(["示例县关于防汛工作的意见", *lines]))) == (Counter(), Counter())
