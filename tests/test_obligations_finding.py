"""Obligations in documents that nobody has seen before: small texts, each with one trap."""

import pytest

from assistant.citations import verify
from assistant.clauses import split
from assistant.obligations import Proposal, find
from tests.quality.obligation_scores import alone


def found(text: str) -> list[Proposal]:
    document = alone(text)
    outline = split(document.text)
    proposals = find(document, outline)
    for one in proposals:
        verify(one.citation, {document.id: document}, {document.id: outline})
    return proposals


def test_a_sentence_with_two_duties_gives_two_each_with_its_own_words() -> None:
    one, two = found("镇接报后20分钟内电话报县，40分钟内书面报县。")
    assert (one.citation.quote, one.measure.within) == ("镇接报后20分钟内电话报县", "20 minutes")
    assert (two.citation.quote, two.measure.within) == ("40分钟内书面报县", "40 minutes")
    assert one.who == two.who == "镇"  # the second has its subject from the first
    assert one.citation.unit == "example/1"


def test_a_date_of_its_own_belongs_to_what_stands_before_it() -> None:
    (one,) = found("镇和5个村每年至少各组织1次综合演练，5月31日前完成。")
    assert (one.measure.per, one.measure.count, one.measure.before) == ("year", 1, "05-31")
    assert one.kind.value == "drill"


def test_a_time_in_front_of_the_comma_belongs_to_what_follows() -> None:
    (one,) = found("每年4月30日前，网格员逐户送达避险明白卡。")
    assert (one.who, one.kind.value, one.measure.before) == ("网格员", "publicity", "04-30")


def test_a_bare_measure_has_its_kind_from_what_stands_before_it() -> None:
    assert [one.kind.value for one in found("各村按下列频次巡查：（1）汛期每日1次；（2）降雨期间每2小时1次。")] == [
        "inspection"
    ] * 2


@pytest.mark.parametrize(
    "text",
    [
        "断联超过1小时的，由值班员记录。",  # a condition
        "火势30分钟内未能控制，请求增援。",
        "申请人可以自收到通知之日起七个工作日内申请复检。",  # a right
        "被吊销的，自吊销之日起2年内，不得申请证书。",  # a prohibition
        "未按规定每年组织演练的，责令限期改正，处一万元罚款。",  # a penalty
        "鼓励居民储备至少3天的食品。",  # an encouragement
        "有下列情形之一的，应当报告：（1）2小时内降雨50毫米；（2）每日断电3次。",  # conditions in items
        "每年12月1日至次年6月15日为防火期。",  # a definition
        "本办法自2025年6月1日起施行。",
    ],
)
def test_what_obliges_nobody_is_not_proposed(text: str) -> None:
    assert found(text) == []


def test_a_text_without_end_is_no_duty_and_takes_no_time() -> None:
    assert found("每年1次" * 20_000) == []
