"""Several matters in one message, and a question beside a report."""

import pytest

from assistant.triage import Intent, Reader, Urgency, read_all, report_and_question
from assistant.triage.parts import clauses


@pytest.mark.parametrize(
    ("text", "report", "question"),
    [
        ("二组桥栏杆断了，再就是想问哈，举报有没得奖励哦", "二组桥栏杆断了，", "再就是想问哈，举报有没得奖励哦"),
        ("村口变压器冒火花。转移补助是按人头还是按户？", "村口变压器冒火花。", "转移补助是按人头还是按户？"),
        # the question first
        ("请问防汛预案谁负责？另外老粮站门口井盖没了", "另外老粮站门口井盖没了", "请问防汛预案谁负责？"),
        # words that stand in no example
        (
            "蚂蟥沟的木栈道塌了半边 顺便问一下村规民约要不要报备",
            "蚂蟥沟的木栈道塌了半边 ",
            "顺便问一下村规民约要不要报备",
        ),
        # a bare opener goes with what it opens
        ("河边护栏断了。还有个事，明白卡每年要重填吗？", "河边护栏断了。", "还有个事，明白卡每年要重填吗？"),
    ],
)
def test_a_question_beside_a_report_is_parted_from_it(text: str, report: str, question: str, reader: Reader) -> None:
    assert report_and_question(text, reader) == (report, question)


@pytest.mark.parametrize(
    "text",
    [
        "我家后面坡上裂了条缝，雨一直下，会不会垮？",  # a risk put as a question
        "煤气罐漏气，咋办",
        "村口井盖没了，娃娃差点掉下去，能不能快点来修？",  # a call for help
        "三组滑坡了，底下还有三户人",
    ],
)
def test_a_risk_put_as_a_question_stays_one_report(text: str, reader: Reader) -> None:
    assert report_and_question(text, reader) == (text, "")


def test_a_question_alone_has_no_report(reader: Reader) -> None:
    assert report_and_question("今晚谁值班？", reader) == ("", "今晚谁值班？")


def test_several_hazards_are_read_gravest_first(reader: Reader) -> None:
    first, second = read_all("1.村口路灯不亮 2.变压器着火了，快来人", reader)
    assert (first.urgency, second.place) == (Urgency.EMERGENCY, "村口")


def test_the_words_that_open_a_matter_are_no_part_of_its_place(reader: Reader) -> None:
    places = {reading.place for reading in read_all("老街口路灯杆歪了，另外鸭子塘护栏断了一截", reader)}
    assert places == {"老街口", "鸭子塘"}


def test_a_question_beside_a_report_is_read_by_itself(reader: Reader) -> None:
    readings = read_all("二组桥栏杆断了，再就是想问哈，举报有没得奖励哦", reader)
    assert [reading.intent for reading in readings] == [Intent.HAZARD, Intent.QUESTION]


def test_more_people_are_no_second_matter(reader: Reader) -> None:
    assert len(read_all("三组山垮下来了，还有两个人埋在里头，快来", reader)) == 1


@pytest.mark.parametrize("text", ["", "  ", "。。。", "着火了", "a,b c\nd"])
def test_clauses_together_are_the_text(text: str) -> None:
    assert "".join(clauses(text)) == text


def test_a_message_of_one_matter_has_one_reading(reader: Reader) -> None:
    assert len(read_all("收到", reader)) == 1
