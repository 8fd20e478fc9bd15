"""A conversation goes on without saying everything again."""

from assistant.desk import Desk
from assistant.search import Index
from assistant.store import Store, open_engine
from tests.world import Phone


def cited(phone: Phone, text: str) -> list[str]:
    return [link.unit for link in phone.says(text)[-1].links]


def test_the_same_is_asked_of_another_level_and_another_province(phone: Phone) -> None:
    assert cited(phone, "乡上救援队要几个人")[0] == "yunnan-2025/11"
    assert cited(phone, "那县里呢")[0] == "yunnan-2025/10"
    assert {unit.split("/")[0] for unit in cited(phone, "那北京呢")} == {"beijing-2025", "yunnan-2025"}


def test_another_province_is_set_beside_the_answer_before(phone: Phone) -> None:
    phone.says("村里一年要演练几回")
    reply = phone.says("那北京呢")[0].text
    assert reply.index("【云南省】") < reply.index("【北京市】")
    assert "《北京实施意见》（十）" in reply


def test_a_clause_asked_for_by_number_is_a_topic_too(phone: Phone) -> None:
    phone.says("云南意见第十七条")
    assert cited(phone, "多久一次")[0] == "yunnan-2025/17"


def test_a_new_topic_drops_the_old_one(desk: Desk) -> None:
    phone = Phone(desk, "town", region="云南省/示例州/示例县/示例镇", asker="cadre")
    phone.says("演练一年几次")
    fresh = Phone(desk, "other", region="云南省/示例州/示例县/示例镇", asker="cadre")
    assert cited(phone, "那山洪预警响了往哪里转移") == cited(fresh, "那山洪预警响了往哪里转移")


def test_the_topic_survives_a_restart_and_what_was_not_found_is_none(
    phone: Phone, index: Index, database_url: str
) -> None:
    phone.says("乡上救援队要几个人")
    phone.says("明天猪肉多少钱一斤")
    again = Phone(Desk(index, Store(open_engine(database_url))), phone.sender)
    again.sent = phone.sent
    assert cited(again, "那县里呢")[0] == "yunnan-2025/10"


def test_an_ellipsis_with_nothing_before_is_a_question_like_any_other(desk: Desk) -> None:
    assert Phone(desk, "newcomer", region="云南省").says("那北京呢")[0].decision is not None


def test_thanks_are_no_question(phone: Phone) -> None:
    phone.says("乡上救援队要几个人")
    for text in ("好的谢谢", "知道了", "嗯嗯 明白了，多谢您！"):
        assert phone.reads(text).startswith("不客气")
    assert cited(phone, "那县里呢")[0] == "yunnan-2025/10"


def test_a_short_question_goes_to_the_duty_desk_with_what_the_talk_was_about(phone: Phone, database_url: str) -> None:
    phone.says("乡上救援队要几个人")
    phone.says("猪肉多少钱一斤")
    phone.says("转人工")
    (waiting,) = Store(open_engine(database_url)).hand_overs.listed()
    assert waiting.question == "猪肉多少钱一斤（前面说的是：乡上救援队要几个人）"
