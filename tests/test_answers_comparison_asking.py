"""Which questions ask to compare, whose documents, about what."""

from datetime import date

import pytest

from assistant.answers import Asker, Request
from assistant.answers.comparison.asking import Wanted, matter_of, read_comparison
from assistant.search import Index

CENTRE, YUNNAN, BEIJING = "", "云南省", "北京市"
TOWN = "云南省/示例州/示例县/示例镇"
VILLAGE = f"{TOWN}/上河村"


def read(index: Index, question: str, region: str = YUNNAN) -> Wanted | None:
    return read_comparison(Request(question, region, Asker.CADRE, date(2026, 7, 1)), index.catalogue)


COMPARED = [
    # question, where it is asked, places, matter
    ("云南和北京的演练次数谁要求得多", YUNNAN, [YUNNAN, BEIJING], "演练次数"),
    ("中央、云南、北京对救援队伍人数的规定有什么不同", YUNNAN, [CENTRE, YUNNAN, BEIJING], "救援队伍人数"),
    ("三份文件对物资储备怎么说的", YUNNAN, [CENTRE, YUNNAN, BEIJING], "物资储备"),
    # the own province first, of one level
    ("北京跟云南比，巡查谁更严", BEIJING, [BEIJING, YUNNAN], "巡查"),
    # the places are named by level
    ("我们镇的综合演练规定和省里一致吗", TOWN, [YUNNAN, TOWN], "综合演练"),
    ("我们村的预案跟镇上的比，转移有啥不一样", VILLAGE, [TOWN, VILLAGE], "预案 转移"),
    ("省里的比中央的严在哪", YUNNAN, [CENTRE, YUNNAN], ""),
    # every level: the asker's ladder
    ("各级对综合演练的规定分别是什么", TOWN, [CENTRE, YUNNAN, TOWN], "综合演练"),
    # one is named, the other is the asker's own: of the same level where the named one is strange
    ("跟北京比，经费有什么不同", TOWN, [YUNNAN, BEIJING], "经费"),
    ("演练次数和中央要求的一致吗", YUNNAN, [CENTRE, YUNNAN], "演练次数"),
    ("云南和北京哪个管得严", YUNNAN, [YUNNAN, BEIJING], ""),
    # 村里 is where it happens, not a party
    ("村里的演练，云南和北京要求有什么不同", YUNNAN, [YUNNAN, BEIJING], "村里的演练"),
]


@pytest.mark.parametrize(("question", "region", "places", "matter"), COMPARED)
def test_parties_and_matter_are_read(index: Index, question: str, region: str, places: list[str], matter: str) -> None:
    wanted = read(index, question, region)
    assert wanted is not None
    assert [side.region for side in wanted.sides] == places
    assert wanted.matter == matter


@pytest.mark.parametrize(
    "question",
    [
        "不同灾种怎么办",  # 不同 says of what kind
        "村里演练比较少怎么办",  # 比较 is an adverb
        "比如北京来的人要不要登记",  # 比如 is no 比
        "红色和橙色预警的应答时限有什么不同",  # inside one document
        "云南意见里市县和乡镇的任务有何不同",  # one document, two levels in it
        "各级政府分别负什么责任",  # the levels are those who act
        "镇里和村里综合演练每年几次",  # two levels, one rule
        "俺们村和镇上的避难点标志不一样",  # the signs differ, not the documents
        "本镇做法与上级规定不一致时如何处理",  # a rule about contradictions
        "演练要交几份文件",  # 几份文件 to hand in
        "北京的干部到云南来要不要培训",  # two places, nothing held together
        "云南意见第十七条和第十八条有什么不同",  # the exact router follows numbers
        "广西乡镇应急队要求多少人 领导要外省对比",  # no place that is held
        "村里一年要演练几回",
    ],
)
def test_near_misses_are_ordinary_questions(index: Index, question: str) -> None:
    assert read(index, question, TOWN) is None


def test_a_place_without_documents_is_named_as_such(index: Index) -> None:
    wanted = read(index, "云南和四川的演练次数哪个多")
    assert wanted is not None
    assert [side.region for side in wanted.sides] == [YUNNAN]
    assert wanted.not_held == ("四川",)


def test_a_province_that_the_question_only_implies_is_marked(index: Index) -> None:
    implied, named = read(index, "三份文件对演练怎么说"), read(index, "云南、北京对演练怎么说")
    assert implied is not None
    assert named is not None
    assert implied.implied == (BEIJING,)
    assert named.implied == ()


@pytest.mark.parametrize("said", ["◇和◇的规定有什么不同", "◇跟◇比哪个管得严", "◇，◇一样吗"])
def test_words_of_comparing_are_no_matter(said: str) -> None:
    assert matter_of(said) == ""
