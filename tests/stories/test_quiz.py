"""A quiz from its making to its results: a trainer and three grid workers, a restart, a fire in the middle, one who is silent."""

import re
from datetime import date, timedelta

import pytest

from assistant.desk import quizwork, relaywork
from assistant.events import Actor
from assistant.people import Place, PlaceLevel, Role
from assistant.store import training as stored
from assistant.training import Paper, Quiz
from assistant.warnings.ladder import Level
from tests.world import TOWN, VILLAGE, Handset, World

CY = "CY20260701-01"

pytestmark = pytest.mark.ledger


@pytest.fixture
def people(world: World) -> dict[str, Handset]:
    """A trainer of the town and three grid workers of one village."""
    with world.store.work(world.now) as work:
        work.session.add(Place(path=VILLAGE, level=PlaceLevel.VILLAGE.value))
    grids = {name: world.phone(name, Role.GRID) for name in ("李网格", "周网格", "吴网格")}
    return {"周培训": world.phone("周培训", Role.TRAINER, TOWN), **grids}


def passes(world: World, hours: int) -> None:
    """Let hours pass, the clock looking at each alone."""
    for _ in range(hours):
        world.now += timedelta(hours=1)
        world.desk.tick(world.now)
    world.look()


def quiz_of(world: World, number: str = CY) -> Quiz:
    with world.store.work(world.now) as work:
        quiz = stored.quiz(work, number)
        assert Quiz.rederive(work.events(number)).model_dump() == quiz.model_dump()
        work.session.expunge(quiz)
        return quiz


def papers_of(world: World, number: str = CY) -> list[Paper]:
    with world.store.work(world.now) as work:
        found = stored.papers(work.session, number)
        for one in found:
            assert Paper.rederive(work.events(one.number)).model_dump() == one.model_dump()
            work.session.expunge(one)
        return found


def key(world: World) -> list[int]:
    """The right answers, from 1."""
    return [question.answer + 1 for question in quiz_of(world).asked]


def wrong(right: int) -> str:
    return "1" if right != 1 else "2"


def released(people: dict[str, Handset], whom: str = "全镇网格员", day: str = "7月5日前") -> None:
    people["周培训"].says("出题 5道")
    assert "发布了：3人，7月5日20点前答完" in people["周培训"].says(f"发布 {CY} 给{whom} {day}")
    for name, phone in people.items():
        if name != "周培训":
            (told,) = phone.hears()
            assert "【答题】培训员周培训请您答5道应急题" in told


def answers(phone: Handset, choices: list[int]) -> str:
    said = phone.says("开始答题")
    for choice in choices:
        said = phone.says(str(choice))
    return said


def test_a_quiz_from_its_making_to_its_results(world: World, people: dict[str, Handset]):
    trainer = people["周培训"]
    said = trainer.says("出5道题")
    assert f"{CY}出好了，共5题" in said and said.count("（√）") == 5 and said.count("原文：") == 5
    assert world.heard() == {}  # nobody gets anything before the trainer has seen it
    assert "发布了：3人，7月5日20点前答完" in trainer.says(f"发布{CY} 给全镇网格员 7月5日前")
    for name in ("李网格", "周网格", "吴网格"):
        (told,) = people[name].hears()
        assert "请您答5道应急题" in told
    right = key(world)
    lee, zhou = people["李网格"], people["周网格"]
    assert "第1题（共5题）" in lee.says("开始答题")
    said = lee.says(str(right[0]))
    assert "答对了" in said and "原文：“" in said and "第2题（共5题）" in said
    world.restart()
    said = lee.says(wrong(right[1]))
    assert "答错了" in said and "原文：“" in said
    for choice in right[2:]:
        said = lee.says(str(choice))
    assert "5题答对4题" in said and "过3天再请您练一次" in said
    assert "5题答对5题。全对。" in answers(zhou, right)
    said = trainer.says(f"{CY}成绩")
    assert "2/3人答完，平均90分" in said and "没答：吴网格" in said and "第2题 1/2人错" in said
    passes(world, 72)  # the morning of the day before the last
    heard = world.heard()
    assert {name: len(texts) for name, texts in heard.items()} == {"李网格": 1, "吴网格": 1}
    assert "【答题提醒】" in heard["吴网格"][0] and "【错题再练】" in heard["李网格"][0]
    passes(world, 48)
    heard = world.heard()
    (told,) = heard["周培训"]
    assert f"{CY}收卷了" in told and "2/3人答完" in told and "没答：吴网格" in told
    assert "吴网格" not in heard  # reminded once only
    assert "没有等您答的题" in people["吴网格"].says("开始答题")
    assert [one.state for one in papers_of(world)][2] == "missed"


def test_a_number_that_the_question_does_not_have_is_asked_again_and_counts_for_nothing(
    world: World, people: dict[str, Handset]
):
    released(people)
    lee = people["李网格"]
    lee.says("开始答题")
    said = lee.says("5") + lee.says("9")
    assert said.count("请回复") == 2
    assert papers_of(world)[0].chosen == ()
    assert "第2题" in lee.says("B")


def test_a_fire_in_the_middle_is_served_first_and_a_number_then_answers_no_question(
    world: World, people: dict[str, Handset]
):
    released(people)
    world.phone("钱值班", Role.DUTY, TOWN)
    lee = people["李网格"]
    lee.says("开始答题")
    lee.says("1")
    assert "119" in lee.says("三组老张家房子着火了，有人困在里面")
    assert len(world.incidents()) == 1
    lee.says("3")  # three are inside: no answer to a question
    assert len(papers_of(world)[0].chosen) == 1
    assert "第2题（共5题）" in lee.says("继续答题")
    world.heard()


def test_other_questions_are_answered_meanwhile(world: World, people: dict[str, Handset]):
    released(people)
    lee = people["李网格"]
    lee.says("开始答题")
    assert "综合演练" in lee.says("村里一年要演练几次")
    assert "第2题（共5题）" in lee.says("1")
    assert "回“继续答题”" in lee.says("先不答了")
    assert len(papers_of(world)[0].chosen) == 1
    assert "第2题（共5题）" in lee.says("继续答题")
    assert "第3题（共5题）" in lee.says("2")


def test_the_same_message_twice_is_one_answer(world: World, people: dict[str, Handset]):
    released(people)
    lee = people["李网格"]
    lee.says("开始答题")
    lee.says("1", again="twice")
    lee.says("1", again="twice")
    assert len(papers_of(world)[0].chosen) == 1


def test_mistakes_come_again_once_and_leave_the_score_alone(world: World, people: dict[str, Handset]):
    people["周培训"].says("出题 5道")
    people["周培训"].says(f"发布 {CY} 给李网格 7月5日前")
    lee = people["李网格"]
    lee.hears()
    right = key(world)
    answers(lee, [*right[:4], int(wrong(right[4]))])
    (told,) = people["周培训"].hears()
    assert f"{CY}都答完了，提前收卷" in told and "平均80分" in told
    passes(world, 70)
    (told,) = lee.hears()
    assert "【错题再练】" in told and "答错的1题" in told
    assert "上次答错的" in lee.says("继续答题")
    assert "错题练完了，1题答对1题" in lee.says(str(right[4]))
    (paper,) = papers_of(world)
    assert (paper.right, paper.again_right) == (4, 1)
    passes(world, 120)
    assert world.heard() == {}


def test_mistakes_do_not_come_again_when_the_clock_stood_still_too_long(world: World, people: dict[str, Handset]):
    people["周培训"].says("出题 2道")
    people["周培训"].says(f"发布 {CY} 给李网格 7月5日前")
    lee = people["李网格"]
    answers(lee, [int(wrong(one)) for one in key(world)])
    world.heard()
    world.now += timedelta(days=9)
    world.desk.tick(world.now)
    world.look()
    assert all("错题再练" not in text for texts in world.heard().values() for text in texts)
    assert papers_of(world)[0].again_at is None


def test_an_invitation_that_was_not_sent_in_time_is_never_sent(world: World, people: dict[str, Handset]):
    people["周培训"].says("出题 2道")
    with world.store.work(world.now) as work:  # his phone is off: nobody fetches what waits
        trainer, lee = work.person("test", "周培训"), work.person("test", "李网格")
        quiz = stored.quiz(work, CY)
        quizwork.release(work, trainer, quiz, ("李网格", [lee], date(2026, 7, 2)), world.desk.rules)
    world.now += timedelta(days=2)
    world.desk.tick(world.now)
    world.look()
    assert world.heard().keys() == {"周培训"}


def test_the_trainer_drops_and_replaces_single_questions(world: World, people: dict[str, Handset]):
    trainer = people["周培训"]
    trainer.says("出题 3道")
    before = [one.source for one in quiz_of(world).asked]
    assert "第2题换成了" in trainer.says(f"{CY}换第2题")
    after = [one.source for one in quiz_of(world).asked]
    assert after[0] == before[0] and after[2] == before[2] and after[1] != before[1]
    assert "还有2题" in trainer.says(f"{CY} 删第3题")
    assert "没有第9题" in trainer.says(f"{CY} 删第9题")
    trainer.says(f"发布 {CY} 给李网格")
    people["李网格"].hears()
    assert "不能" in trainer.says(f"{CY} 删第1题")  # what has gone out stays as it is


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("", "请写清给谁"),
        ("给王五六 7月5日前", "没有找到“王五六”"),
        ("给全镇网格员 6月30日前", "6月30日已经过了"),
    ],
)
def test_nothing_goes_out_where_to_whom_or_when_is_not_clear(
    world: World, people: dict[str, Handset], rest: str, said: str
):
    people["周培训"].says("出题 2道")
    assert said in people["周培训"].says(f"发布 {CY} {rest}")
    assert papers_of(world) == []


@pytest.mark.parametrize("words", ["出题 5道", "测验成绩", "开始答题", f"{CY}成绩", CY, f"发布 {CY} 给全镇网格员"])
def test_a_villager_and_a_grid_worker_make_no_quiz_and_see_no_results(
    world: World, people: dict[str, Handset], words: str
):
    people["周培训"].says("出题 2道")
    for phone in (world.phone("村民甲"), people["李网格"]):
        said = phone.says(words)
        assert "（√）" not in said and "平均" not in said and "发布了" not in said
    assert papers_of(world) == [] and len(re.findall("CY", people["周培训"].says("测验清单"))) == 1


def test_everybody_sees_only_the_own_results(world: World, people: dict[str, Handset]):
    released(people)
    answers(people["周网格"], key(world))
    said = people["李网格"].says("我的成绩")
    assert "还没答" in said and "周网格" not in said
    assert "5题答对5题" in people["周网格"].says("我的成绩")


def test_a_quiz_from_one_document_and_on_a_topic(world: World, people: dict[str, Handset]):
    trainer = people["周培训"]
    said = trainer.says("从云南实施意见出2道题")
    assert "共2题" in said and "《云南实施意见》" in said and "示例" not in said
    trainer.says("出题 演练 3道")
    assert all("演练" in f"{one.text}{one.heading}{one.choices}" for one in quiz_of(world, "CY20260701-02").asked)
    assert "没有找到叫“天书”的文件" in trainer.says("从天书出2道题")


def test_whoever_must_answer_a_warning_answers_that_first(world: World, people: dict[str, Handset]):
    released(people)
    lee = people["李网格"]
    lee.says("开始答题")
    with world.store.work(world.now) as work:
        one = relaywork.Relay("大风蓝色预警", "大风", Level.BLUE, (VILLAGE,), world.now)
        relaywork.relay(work, one, world.desk.rules, Actor("person/1", "console"))
    world.look()
    assert "先办预警" in lee.says("继续答题")
    lee.says("2")
    assert papers_of(world)[0].chosen == ()
    world.heard()


def test_a_report_that_is_half_told_comes_first(world: World, people: dict[str, Handset]):
    released(people)
    lee = people["李网格"]
    lee.says("开始答题")
    assert "什么地方" in lee.says("有个井盖坏了") or lee.talk.draft is not None
    assert "先把它说完" in lee.says("继续答题")
    assert papers_of(world)[0].chosen == ()
    lee.says("三组小卖部门口")
    assert "第1题" in lee.says("继续答题")
    assert len(world.hazards()) == 1
    world.heard()


def test_a_quiz_for_two_villages_goes_to_both(world: World, people: dict[str, Handset]):
    lower = f"{TOWN}/下河村"
    with world.store.work(world.now) as work:
        work.session.add(Place(path=lower, level=PlaceLevel.VILLAGE.value))
    other = world.phone("郑网格", Role.GRID, lower)
    people["周培训"].says("出题 2道")
    assert "发布了：4人" in people["周培训"].says(f"发布 {CY} 给上河村、下河村网格员")
    assert "请您答2道" in other.hears()[0]
    world.heard()
