"""The exact router: which documents a question names, and which clauses its numbers mean."""

from pathlib import Path

import pytest

from assistant.citations import outline_label
from assistant.clauses import Outline, split
from assistant.clauses.references import find_references
from assistant.documents import Catalogue, Document, Level, load_catalogue
from assistant.search.exact import (
    Routed,
    documents_named,
    local_names,
    names_of,
    order_by_ladder,
    places_of,
    route,
    without_names,
)
from assistant.search.lookup import find_addresses

CATALOGUE = load_catalogue(Path(__file__).parents[1] / "corpus")
OUTLINES = {document.id: split(document.text) for document in CATALOGUE.values()}
TOWN = "云南省/示例州/示例县/示例镇"


def a_document(
    document_id: str, title: str, region: str = "", level: Level = Level.TOWNSHIP, **more: object
) -> Document:
    described: dict[str, object] = {
        "short_title": title, "aliases": (), "issuer": "", "kind": "plan", "number": "", "issued": None, "effective": None,
        "repealed": None, "superseded_by": None, "source": "", "sample": False, "unchecked": False, "text": "", "digest": "",
    }  # fmt: skip
    return Document(id=document_id, title=title, level=level, region=region, **(described | more))  # type: ignore[arg-type]


def named(question: str, region: str = "") -> list[str]:
    return [document.id for document in documents_named(question, CATALOGUE, region)]


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("云南意见第十七条", "yunnan-2025"),
        ("云南省的意见第十七条", "yunnan-2025"),
        ("《云南实施意见》里怎么说演练", "yunnan-2025"),
        ("中央意见（十三）", "central-2024"),
        ("国务院怎么要求的", "central-2024"),
        ("北京是怎么做的", "beijing-2025"),
        # the full title, with another mark between the two offices, or a blank in the middle of it
        ("中共中央办公厅、国务院办公厅关于进一步提升基层应急管理能力的意见第三条", "central-2024"),
        ("中共云南省委办公厅 云南省人民政府办公厅关于进一步提升基层应急 管理能力的实施意见", "yunnan-2025"),
        ("示例镇总体预案 3.2", "sample-town-comprehensive-2025"),
        ("〈示例镇总体预案〉3.2", "sample-town-comprehensive-2025"),
    ],
)
def test_a_document_is_named_by_title_alias_or_place(question: str, document: str) -> None:
    assert document in named(question)


@pytest.mark.parametrize("question", ["", "一年演练几次", "着火了怎么办", "镇里的救援队几个人", "？"])
def test_a_question_that_names_nothing_names_no_document(question: str) -> None:
    assert named(question) == []


def test_two_documents_can_be_named() -> None:
    assert named("云南和北京的意见有什么不同") == ["beijing-2025", "yunnan-2025"]


def test_the_place_in_a_name_does_not_name_its_other_documents() -> None:
    assert named("示例镇总体预案 3.2") == ["sample-town-comprehensive-2025"]
    assert named("云南和示例镇总体预案") == ["sample-town-comprehensive-2025", "yunnan-2025"]


def test_names_without_the_place_are_those_of_the_own_people() -> None:
    assert "sample-town-comprehensive-2025" in named("总体预案怎么说", TOWN)
    assert named("总体预案怎么说", "北京市") == []


PLACES = Catalogue(
    {
        "county": a_document("county", "朝阳县预案", "某省/朝阳县", Level.COUNTY),
        "town": a_document("town", "朝阳镇预案", "某省/朝阳县/朝阳镇"),
        "village": a_document("village", "上村预案", "某省/朝阳县/朝阳镇/上村", Level.VILLAGE),
    }
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("朝阳县怎么规定", ["county"]),
        ("朝阳镇怎么规定", ["town"]),  # 朝阳 alone would be the county too
        ("朝阳怎么规定", ["county", "town"]),
        ("上村怎么规定", ["village"]),
        ("上面怎么规定", []),  # the stem 上 is no name
        ("朝阳街道怎么规定", []),
    ],
)
def test_a_place_is_not_taken_for_another_one_of_the_same_stem(question: str, expected: list[str]) -> None:
    assert [document.id for document in documents_named(question, PLACES, "")] == expected


def test_an_empty_alias_names_nothing() -> None:
    catalogue = Catalogue({"a": a_document("a", "某预案", aliases=("", " ", "预"))})
    assert documents_named("预防", catalogue, "") == []


def test_names_come_longest_first_without_the_mark_of_samples() -> None:
    document = a_document(
        "a", "示例镇防汛预案（示例）", TOWN, aliases=("镇里的防汛预案",), short_title="防汛预案(示例)"
    )
    assert names_of(document) == ("示例镇防汛预案", "镇里的防汛预案", "防汛预案")
    assert local_names(document) == ("防汛预案",)


def test_a_local_name_that_says_nothing_is_none() -> None:
    assert local_names(a_document("a", "示例镇应急预案", TOWN)) == ()


@pytest.mark.parametrize(
    ("region", "names"),
    [("云南省", ("云南省", "云南")), (TOWN, ("示例镇", "示例")), ("某省/上村", ("上村",)), ("内蒙古自治区", ("内蒙古自治区", "内蒙古")), ("", ("",))],
)  # fmt: skip
def test_how_places_are_called(region: str, names: tuple[str, ...]) -> None:
    assert places_of(region) == names


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("《云南实施意见》第十七条", "第十七条"),
        ("云南意见怎么说演练", "怎么说演练"),
        ("演练几次", "演练几次"),
    ],
)
def test_names_are_taken_out_of_the_question(question: str, left: str) -> None:
    assert without_names(question, documents_named(question, CATALOGUE, "")) == left


TEXT = """某意见

一、甲

（一）子。子。

（二）丑。如下：

1.寅；

2.卯。

二、乙

（三）辰。辰。

附件1 办法

第一章　总则

第一节　职责

第一条　甲。

乙：

（一）丙；

（二）丁。

第二条　戊。

第二条之一　己。

附表1 联系表

| 姓名 | 电话 |
| --- | --- |
| 杨示例 | 123 |
"""
OUTLINE = split(TEXT)
PLAN = split("1 总则\n1.1 目的\n甲：\n（1）子；\n（2）丑。\n3 响应\n3.2 分级\n3.2.1 一级\n乙。\n")
RESTARTS = split("一、甲\n（一）子。子。\n（二）丑。丑。\n二、乙\n（一）寅。寅。\n")


def found(question: str, outline: Outline) -> list[str]:
    (reference,) = find_references(question)
    return list(find_addresses(reference, outline))


@pytest.mark.parametrize(
    ("question", "outline", "expected"),
    [
        # numerals of any style; opinions print （二） where people say 第二条
        *[(question, OUTLINE, ["2"]) for question in ("（二）", "第二条", "第2条", "第（二）条", "第２条", "(2)")],
        ("第二条第1项", OUTLINE, ["2/1"]),
        ("（二）第二项", OUTLINE, ["2/2"]),
        ("第二部分", OUTLINE, ["s2"]),
        ("第二章", OUTLINE, ["s2"]),  # people call a 部分 章
        ("第一节", OUTLINE, ["a1/c1/j1"]),
        ("附件1", OUTLINE, ["a1"]),
        ("附表1", OUTLINE, ["t1"]),
        ("附件1第一条", OUTLINE, ["a1/1"]),
        ("附件1第一条第二款", OUTLINE, ["a1/1/p2"]),
        ("附件1第一条第二款第（一）项", OUTLINE, ["a1/1/p2/1"]),
        ("附件1第一条第二项", OUTLINE, ["a1/1/p2/2"]),  # the 款 is left out
        ("附件1第一条第一款", OUTLINE, ["a1/1"]),
        ("附件1第二条之一", OUTLINE, ["a1/2-1"]),
        ("第二条之一", OUTLINE, ["a1/2-1"]),  # the main part has none
        ("附件1第一章第一节", OUTLINE, ["a1/c1/j1"]),
        ("附表1第1行", OUTLINE, ["t1/r1"]),
        ("第一部分（二）", OUTLINE, ["2"]),
        ("第一部分（三）", OUTLINE, []),  # （三） stands in 第二部分
        ("第九条", OUTLINE, []),
        ("第二条第九项", OUTLINE, []),
        ("第二条第三款", OUTLINE, []),
        ("附件9", OUTLINE, []),
        ("附件9第一条", OUTLINE, []),
        ("3.2.1", PLAN, ["3.2.1"]),
        ("3.2", PLAN, ["3.2"]),
        ("1.1（2）", PLAN, ["1.1/2"]),
        ("第三部分", PLAN, ["3"]),
        ("第三章", PLAN, ["3"]),
        ("3.9", PLAN, []),
        # （一） starts anew in each section: both are meant
        ("（一）", RESTARTS, ["s1/1", "s2/1"]),
        ("第二部分（一）", RESTARTS, ["s2/1"]),
        ("二、（一）", RESTARTS, ["s2/1"]),
        ("（二）", RESTARTS, ["s1/2"]),
    ],
)  # fmt: skip
def test_a_number_leads_to_its_clause(question: str, outline: Outline, expected: list[str]) -> None:
    assert found(question, outline) == expected


@pytest.mark.parametrize("document", CATALOGUE.values(), ids=lambda document: document.id)
def test_every_label_that_an_answer_prints_leads_back(document: Document) -> None:
    outline = OUTLINES[document.id]
    for unit in outline.clauses():
        references = find_references(outline_label(outline, unit))
        if references:
            assert unit.address in find_addresses(references[0], outline)


def routed(question: str, documents: list[str], *, named: bool = True) -> Routed:
    return route(find_references(question), [CATALOGUE[document] for document in documents], OUTLINES, named=named)


def test_units_come_in_the_order_of_the_documents() -> None:
    assert routed("第十七条", ["yunnan-2025", "central-2024"]).units == ("yunnan-2025/17", "central-2024/17")


def test_a_unit_is_named_once() -> None:
    assert routed("第十七条就是（十七）", ["yunnan-2025"]).units == ("yunnan-2025/17",)


@pytest.mark.parametrize(
    ("question", "documents", "is_named", "missing"),
    [
        ("第九十九条", ["yunnan-2025"], True, (("yunnan-2025", "第九十九条"),)),
        (
            "第九十九条",
            ["yunnan-2025", "central-2024"],
            True,
            (("yunnan-2025", "第九十九条"), ("central-2024", "第九十九条")),
        ),
        ("第九十九条", ["yunnan-2025", "central-2024"], False, (("", "第九十九条"),)),
        # a number that one of them has is not missing
        ("第二十四条", ["yunnan-2025", "central-2024"], True, ()),
        # 5.12 is a day: opinions do not number so
        ("5.12防灾减灾日做什么", ["yunnan-2025"], True, ()),
        ("9.9.9", ["sample-town-comprehensive-2025"], True, (("sample-town-comprehensive-2025", "9.9.9"),)),
        ("9.9.9", ["sample-town-comprehensive-2025", "yunnan-2025"], False, ()),
        ("演练几次", ["yunnan-2025"], True, ()),
    ],
)
def test_a_missing_clause_is_reported(
    question: str, documents: list[str], is_named: bool, missing: tuple[tuple[str, str], ...]
) -> None:
    assert routed(question, documents, named=is_named).missing == missing


def test_the_nearest_place_comes_first_and_other_provinces_last() -> None:
    order = [document.id for document in order_by_ladder(CATALOGUE.values(), TOWN)]
    town = [document.id for document in CATALOGUE.values() if document.region == TOWN]
    assert set(order[: len(town)]) == set(town)
    assert order.index("yunnan-2025") < order.index("central-2024") < order.index("beijing-2025")


def test_of_one_place_the_opinion_comes_before_the_plans() -> None:
    plan, opinion = a_document("a-plan", "甲", "某省"), a_document("an-opinion", "乙", "某省", kind="opinion")
    assert order_by_ladder([plan, opinion], "某省") == [opinion, plan]
