"""Comparisons: who says what, which sentences have no counterpart, and how sure the answer is."""

from datetime import date

import pytest

from assistant.answers import Answer, Asker, Decision, Request, answer
from assistant.answers.comparison import side_by_side
from assistant.answers.comparison.similarity import common, has_no_counterpart
from assistant.answers.model import Measure, Standing, Verdict
from assistant.search import Index

TOWN = "云南省/示例州/示例县/示例镇"
CENTRE, YUNNAN, BEIJING = "central-2024", "yunnan-2025", "beijing-2025"


def ask(index: Index, question: str, region: str = "云南省", asker: Asker = Asker.CADRE, **known: object) -> Answer:
    return answer(Request(question, region, asker, date(2026, 7, 1), **known), index)


def test_the_best_clause_of_each_party_comes_first(index: Index) -> None:
    found = ask(index, "中央、云南、北京对物资储备的规定有什么不同")
    assert found.decision is Decision.ANSWER
    assert set(found.ranked[:3]) == {"central-2024/19", "yunnan-2025/23", "beijing-2025/13"}
    assert [passage.unit for passage in found.passages] == ["central-2024/19", "yunnan-2025/23", "beijing-2025/13"]


def test_a_province_that_is_only_implied_does_not_push_own_clauses_out(index: Index) -> None:
    assert not any(unit.startswith(BEIJING) for unit in ask(index, "三份文件对物资储备怎么说的").ranked[:3])


def test_numbers_are_lined_up_and_equal_ones_said_to_be_equal(index: Index) -> None:
    comparison = ask(index, "云南和北京的演练次数谁要求得多").comparison
    assert comparison is not None
    (ruling,) = comparison.rulings
    assert (ruling.verdict, ruling.subject) == (Verdict.SAME, "综合演练")
    assert all(len(party.figures) == 1 for party in comparison.parties)


def test_a_place_that_counts_nothing_so_is_said_to_give_no_number(index: Index) -> None:
    comparison = ask(index, "云南和北京对救援队伍人数的规定有什么不同").comparison
    assert comparison is not None
    assert [party.without for party in comparison.parties] == [None, Measure.PEOPLE]


def test_a_township_is_held_against_its_province(index: Index) -> None:
    comparison = ask(index, "我们镇救援队人数和省里规定一致吗", TOWN).comparison
    assert comparison is not None
    assert (Verdict.MEETS, ("22人", "不少于15人")) in {(r.verdict, r.numbers) for r in comparison.rulings}


def test_where_one_party_is_silent_the_answer_is_no_plain_one(index: Index) -> None:
    found = ask(index, "云南和北京对干部轮训的规定有什么不同")
    assert found.decision is Decision.NEAREST
    assert found.comparison is not None
    assert [party.standing for party in found.comparison.parties][1] is Standing.SAYS
    assert found.comparison.parties[0].standing is not Standing.SAYS
    assert found.comparison.differences == ()


def test_where_no_party_says_anything_the_answer_is_refused(index: Index) -> None:
    assert ask(index, "云南和北京的猪肉价格有什么不同").decision is Decision.REFUSED


def test_without_a_matter_only_binding_numbers_are_compared(index: Index) -> None:
    found = ask(index, "云南跟北京比哪个管得严")
    assert found.decision is Decision.NEAREST
    assert found.comparison is not None
    quotes = [figure.quote for party in found.comparison.parties for figure in party.figures]
    assert any("不少于15人" in quote for quote in quotes)
    assert any("每3年" in quote for quote in quotes)


def test_the_clause_cited_last_is_the_matter_where_none_is_named(index: Index) -> None:
    found = ask(index, "云南跟北京比哪个管得严", context=("yunnan-2025/23",))
    assert found.comparison is not None
    assert found.comparison.matter == "加强物资储备"
    assert found.decision is Decision.ANSWER


def test_side_by_side_takes_documents_and_a_matter_in_any_words(index: Index) -> None:
    request = Request("那北京呢", "云南省", Asker.VILLAGER, date(2026, 7, 1))
    found = side_by_side(request, index, [index.catalogue[BEIJING]], [index.catalogue[YUNNAN]], "村里一年要演练几回")
    assert [passage.unit for passage in found.passages] == ["yunnan-2025/17", "beijing-2025/10"]
    assert found.decision is Decision.ANSWER
    assert found.ranked[0] == "beijing-2025/10"


@pytest.mark.parametrize("asker", [Asker.VILLAGER, Asker.TRAINER])
def test_a_villager_reads_one_clause_of_each(index: Index, asker: Asker) -> None:
    found = ask(index, "云南和北京的人才队伍规定有什么不同", asker=asker)
    units = [passage.unit.split("/")[0] for passage in found.passages]
    assert asker is Asker.TRAINER or len(units) == len(set(units))


# a sentence of one opinion, the document that is said (not) to lack it, the matter; read and judged by hand
COUNTERPARTS = [
    ("完善救灾捐赠和巨灾保险机制。", CENTRE, "灾后救助", True),
    ("探索增设应急专业职称并纳入工程技术职称系列。", CENTRE, "人才", True),
    # said again word by word
    ("按照规定完善社会资源应急征用补偿机制。", YUNNAN, "物资储备", False),
    # a part of it is said: 协议储备
    ("对市场保有量充足、保质期短、养护成本高的物资，逐步提高协议储备占比。", BEIJING, "物资储备", False),
    # said in other words: 到人到户
    (
        "接到预警信息及公众防护指引后采取广播播报、包户通知、喇叭喊话、社交网络等手段及时传达到户到人。",
        YUNNAN,
        "预警",
        False,
    ),
    # its name stands there: “智慧应急”
    ("推动“智慧应急”和基层治理有机融合。", BEIJING, "科技支撑", False),
]


@pytest.mark.parametrize(("sentence", "document", "matter", "lacks"), COUNTERPARTS)
def test_a_sentence_is_missed_only_where_nothing_like_it_stands(
    index: Index, sentence: str, document: str, matter: str, lacks: bool
) -> None:
    opinions = tuple(index.catalogue[name] for name in (CENTRE, YUNNAN, BEIJING))
    assert has_no_counterpart(sentence, matter, [index.catalogue[document]], common(opinions)) is lacks
