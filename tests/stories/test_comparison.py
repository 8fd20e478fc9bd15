"""People compare what the documents of several places say, through the real desk."""

import json

import pytest
from click.testing import CliRunner

from assistant.cli.main import yingda
from assistant.desk import Desk
from assistant.wording import MESSAGE_BYTES
from tests.conftest import CORPUS
from tests.world import Phone

TOWN = "云南省/示例州/示例县/示例镇"


def whole(phone: Phone, question: str) -> str:
    """Return the reply in all its messages; each must fit the smallest channel."""
    replies = phone.says(question)
    assert all(len(reply.text.encode()) <= MESSAGE_BYTES for reply in replies)
    assert len(replies) <= 2
    return "\n".join(reply.text for reply in replies)


def test_a_trainer_reads_three_documents_from_the_centre_down(desk: Desk) -> None:
    phone = Phone(desk, "trainer-1", region="云南省", asker="trainer")
    said = whole(phone, "中央、云南、北京对救援队伍人数的规定有什么不同")
    places = [said.index(f"【{place}】") for place in ("中央", "云南省", "北京市")]
    assert places == sorted(places)
    assert "《云南实施意见》（十一）" in said
    differing = said.partition("不同之处：")[2]
    assert "中央｜没有写人数" in differing
    assert "不少于50人" in differing
    assert "不少于15人" in differing


def test_a_cadre_asks_who_demands_more_drills(phone: Phone) -> None:
    assert "综合演练：云南省、北京市一样（每年至少组织1次）。" in whole(phone, "云南和北京的演练次数谁要求得多")


def test_a_township_is_held_against_its_province(desk: Desk) -> None:
    phone = Phone(desk, "town", region=TOWN, asker="cadre")
    assert "示例镇（22人）达到了云南省（不少于15人）的要求" in whole(phone, "我们镇救援队人数和省里规定一致吗")


def test_what_only_one_document_says_is_quoted_with_its_clause(phone: Phone) -> None:
    said = whole(phone, "三份文件对物资储备怎么说的")
    assert "云南省没有提到（中央有）：\n对市场保有量充足、保质期短、养护成本高的物资，逐步提高协议储备占比。" in said
    assert "没有查到相近的句子" in said


def test_a_villager_who_names_no_matter_reads_the_numbers_and_is_asked_for_one(desk: Desk) -> None:
    phone = Phone(desk, "villager-1", region="云南省", asker="villager")
    (reply,) = phone.says("云南跟北京比哪个管得严")
    assert reply.decision == "nearest"
    assert "因地制宜组建一支不少于15人的综合应急救援队伍" in reply.text
    assert "想比哪件事，请直接说" in reply.text


def test_after_an_answer_the_same_question_means_its_matter(phone: Phone) -> None:
    phone.says("村里一年要演练几回")
    assert "对照：健全应急预案管理机制" in whole(phone, "云南跟北京比哪个管得严")


def test_a_plan_is_not_compared_without_a_matter(desk: Desk) -> None:
    phone = Phone(desk, "town", region=TOWN, asker="cadre")
    (reply,) = phone.says("我们镇的规定和省里一致吗")
    assert reply.decision == "refused"
    assert reply.text.startswith("您没有说要比哪件事。")


def test_a_place_that_is_not_held_is_named(phone: Phone) -> None:
    said = whole(phone, "云南和四川的演练次数哪个多")
    assert "资料库里没有收录四川的文件" in said
    assert "每年至少组织1次综合演练" in said


def test_links_lead_to_the_clauses_of_all_parties(phone: Phone) -> None:
    *_, last = phone.says("云南和北京的演练次数谁要求得多")
    assert [link.unit for link in last.links] == ["yunnan-2025/17", "beijing-2025/10"]


@pytest.mark.parametrize("question", ["村里演练比较少怎么办", "镇里和村里综合演练每年几次"])
def test_ordinary_questions_get_ordinary_answers(phone: Phone, question: str) -> None:
    assert "对照：" not in phone.says(question)[0].text


def test_a_program_reads_the_comparison(index_path: object) -> None:
    arguments = ["ask", "云南和北京的演练次数谁要求得多", "--region", "云南省", "--json"]
    result = CliRunner().invoke(yingda, [*arguments, "--index", str(index_path), "--corpus", str(CORPUS)])
    fields = json.loads(result.output)
    assert fields["decision"] == "answer"
    comparison = fields["comparison"]
    assert [party["region"] for party in comparison["parties"]] == ["云南省", "北京市"]
    assert comparison["rulings"][0]["verdict"] == "same"
    assert "每年至少组织1次" in comparison["parties"][0]["figures"][0]["quote"]
