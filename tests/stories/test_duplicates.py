"""Two neighbours report one crack: asked, joined, merged, split, and given back exactly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from assistant.desk import duplicatework, hazardwork, mergework
from assistant.events import Event
from assistant.hazards import Hazard, HazardState
from assistant.media import shared_copy
from assistant.ports import Attachment, Incoming, Location
from assistant.store import duplicates as stored
from assistant.store import open_engine
from assistant.store.media import MediaFolder
from tests.pictures import hidden_data, picture
from tests.township import RULES, Town

pytestmark = pytest.mark.ledger

CRACK = "老粮站后面坡上裂了条缝"
AGAIN = "粮站后头那个坡开裂了，昨晚下雨又宽了，有手掌宽"
LAMP = {"text": "学校门口路灯不亮", "category": "public_facility", "urgency": "routine", "place": "学校门口"}


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    engine = open_engine(database_url)
    yield Town(engine)
    engine.dispose()


def order(town: Town, who: str, text: str) -> str | None:
    with town.work() as work:
        incoming = Incoming("test", text, who, text, town.now)
        replies = mergework.attend(text, incoming, town.person(work, who), work, RULES)
        return None if replies is None else "\n".join(reply.text for reply in replies)


def join(town: Town, who: str, number: str, main: str) -> str:
    with town.work() as work:
        joined = duplicatework.join(work, work.hazard(number), work.hazard(main), town.person(work, who), RULES)
        return joined.number


def rows(town: Town, number: str) -> dict[str, object]:
    return {name: value for name, value in town.case(number).model_dump().items() if name != "version"}


def followers(town: Town, number: str) -> set[str]:
    with town.work() as work:
        return {person.name for person in work.reporters(number)}


def two_reports(town: Town) -> tuple[str, str]:
    first = town.reports("村民甲", CRACK)
    town.now = town.now.replace(hour=6)
    second = town.reports(
        "村民乙",
        AGAIN,
        place="粮站后头",
        location=Location(25.1, 100.2),
        attachments=(Attachment("image", "a" * 64, "image/jpeg"),),
    )
    return first, second


def test_the_second_report_finds_the_first_and_not_the_lamp(town: Town):
    town.reports("村民甲", **LAMP)
    first, second = two_reports(town)
    with town.work() as work:
        found = duplicatework.likely(work, work.hazard(second), RULES)
        assert found is not None
        assert found.number == first
        event = duplicatework.propose(work, work.hazard(second), found)
        assert event.fields["main"] == first
        assert work.hazard(second).state == HazardState.ASSIGNED


def test_the_same_photo_finds_the_case_whatever_the_words(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    folder = MediaFolder(Path("media"))
    shown = folder.keep(picture(side=(320, 240)))
    again = folder.keep(shared_copy(picture(side=(320, 240))))
    first = town.reports("村民甲", CRACK, attachments=(shown,))
    second = town.reports("村民乙", "群里转的，路都这样了", category="traffic", place="", attachments=(again,))
    with town.work() as work:
        assert shown.digest != again.digest
        found = duplicatework.best(work, work.hazard(second), RULES)
        assert found is not None
        assert (found[0].number, found[1].reasons[0]) == (first, "photo")


def test_where_nobody_sent_a_point_the_photo_says_where(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    shown = MediaFolder(Path("media")).keep(picture(exif=hidden_data()))
    first = town.reports("村民甲", CRACK, place="", location=Location(25.1872, 100.321))
    second = town.reports("村民乙", AGAIN, place="", attachments=(shown,))
    with town.work() as work:
        found = duplicatework.best(work, work.hazard(second), RULES)
        assert found is not None
        assert (found[0].number, "near" in found[1].reasons) == (first, True)


def test_of_several_dark_lamps_none_is_asked_about_unless_the_place_fits(town: Town):
    town.reports("村民甲", **LAMP)
    at_the_bridge = town.reports("村民甲", **{**LAMP, "text": "石桥头路灯不亮", "place": "石桥头"})
    third = town.reports("村民乙", **{**LAMP, "text": "路灯黑了好几天", "place": "药铺跟前"})
    fourth = town.reports("村民乙", **{**LAMP, "text": "桥头那盏路灯不亮", "place": "石桥头上"})
    with town.work() as work:
        assert duplicatework.likely(work, work.hazard(third), RULES) is None
        found = duplicatework.likely(work, work.hazard(fourth), RULES)
        assert found is not None
        assert found.number == at_the_bridge


def test_who_says_it_is_another_is_not_asked_again(town: Town):
    first, second = two_reports(town)
    with town.work() as work:
        hazard = work.hazard(second)
        duplicatework.deny(work, hazard, work.hazard(first), town.person(work, "村民乙"))
        assert duplicatework.likely(work, hazard, RULES) is None


def test_a_case_closed_long_ago_or_in_another_township_is_not_asked_about(town: Town):
    first, second = two_reports(town)
    with town.work() as work:
        main = work.hazard(first)
        main.state, main.closed_at = HazardState.CLOSED.value, town.now.replace(month=5)
        work.session.add(main)
        assert duplicatework.likely(work, work.hazard(second), RULES) is None
        main.state, main.region = HazardState.ASSIGNED.value, "云南省/示例州/示例县/别的镇/上河村"
        work.session.add(main)
        assert duplicatework.likely(work, work.hazard(second), RULES) is None


def test_the_neighbour_joins_and_what_is_new_stands_in_the_first_case(town: Town):
    first, second = two_reports(town)
    town.everybody_looks()
    assert join(town, "村民乙", second, first) == first
    main, hazard = town.case(first), town.case(second)
    assert main.text == f"{CRACK}\n{AGAIN}"
    assert (main.lat, main.lon) == (25.1, 100.2)
    assert (hazard.state, hazard.main) == (HazardState.DUPLICATE, first)
    assert followers(town, first) == {"村民甲", "村民乙"}
    with town.work() as work:
        assert [row.digest for row in stored.evidence(work.session, first)] == ["a" * 64]
    heard = town.everybody_looks()
    assert set(heard) == {"李网格"}  # who has both: not to go twice
    assert f"{second}不用另外去办" in heard["李网格"][0]
    assert "村民" not in "".join(heard["李网格"])


def test_both_neighbours_hear_the_end(town: Town):
    first, second = two_reports(town)
    join(town, "村民乙", second, first)
    for who, words in (
        ("李网格", f"{first} 签收"),
        ("李网格", "整改完成 已经处理好"),
        ("赵调度", f"{first} 复查合格 销号"),
    ):
        assert town.says(who, words)
    heard = town.everybody_looks()
    assert all(any("弄好了吗" in text for text in heard[name]) for name in ("村民甲", "村民乙"))


def test_split_gives_both_cases_back_exactly(town: Town):
    first, second = two_reports(town)
    before = rows(town, first), rows(town, second)
    join(town, "村民乙", second, first)
    assert (rows(town, first), rows(town, second)) != before
    assert "分开了" in str(order(town, "赵调度", f"撤销合并 {second}"))
    assert (rows(town, first), rows(town, second)) == before
    assert followers(town, first) == {"村民甲"}
    with town.work() as work:
        assert stored.evidence(work.session, first) == []
        assert duplicatework.likely(work, work.hazard(second), RULES) is None  # nobody asks again


def test_what_came_after_the_merging_stays_where_it_was_said(town: Town):
    first, second = two_reports(town)
    join(town, "村民乙", second, first)
    with town.work() as work:
        hazardwork.supplement(work, work.hazard(first), town.person(work, "村民甲"), "缝里开始冒水了")
    assert town.says("李网格", f"{first} 签收")
    order(town, "赵调度", f"撤销合并 {second}")
    main = town.case(first)
    assert main.text == f"{CRACK}\n缝里开始冒水了"
    assert main.state == HazardState.SIGNED
    assert town.case(second).state == HazardState.ASSIGNED


def test_a_follower_of_a_follower_joins_the_root(town: Town):
    first, second = two_reports(town)
    join(town, "村民乙", second, first)
    third = town.reports("村民甲", "粮站后面的坡又响了", place="粮站后面")
    assert join(town, "村民甲", third, second) == first
    assert town.case(third).main == first


def test_a_chain_of_merges_comes_apart_in_any_order(town: Town):
    first, second = two_reports(town)
    third = town.reports("村民乙", "坡上裂缝冒泥水了")
    before = {number: rows(town, number) for number in (first, second, third)}
    assert order(town, "赵调度", f"{third} 并到 {second}")
    assert order(town, "赵调度", f"{second} 并到 {first}")
    assert town.case(first).text == f"{CRACK}\n{AGAIN}\n坡上裂缝冒泥水了"
    assert order(town, "赵调度", f"撤销合并 {third}")
    assert "坡上裂缝冒泥水了" not in town.case(first).text + town.case(second).text
    assert followers(town, first) == {"村民甲", "村民乙"}  # 村民乙 reported the second one too
    assert order(town, "赵调度", f"撤销合并 {second}")
    assert {number: rows(town, number) for number in before} == before
    assert followers(town, first) == {"村民甲"}


def test_whoever_followed_before_follows_after(town: Town):
    first = town.reports("村民甲", CRACK)
    second = town.reports("村民甲", AGAIN)
    join(town, "村民甲", second, first)
    order(town, "赵调度", f"撤销合并 {second}")
    assert followers(town, first) == {"村民甲"}


def test_the_reporter_can_say_that_it_was_not_the_same(town: Town):
    first, second = two_reports(town)
    order(town, "赵调度", f"{second}并到{first}")
    assert "不是同一处" in town.hears("村民乙")[-1]
    assert order(town, "村民乙", "不是同一处") == f"您报的{second}不是同一处，现在单独处理，没有搁下。"
    assert town.case(second).state == HazardState.ASSIGNED
    assert order(town, "村民乙", "不是同一处") is None


def test_a_report_of_what_was_just_closed_opens_it_again(town: Town):
    first, second = two_reports(town)
    for who, words in (
        ("李网格", f"{first} 签收"),
        ("李网格", "整改完成 已经处理好"),
        ("赵调度", f"{first} 复查合格 销号"),
    ):
        assert town.says(who, words)
    join(town, "村民乙", second, first)
    assert town.case(first).state == HazardState.ASSIGNED  # open again, with who had it


@pytest.mark.parametrize(
    ("who", "text", "says"),
    [
        ("村民甲", "{second}并到{first}", "办不了"),
        ("周网格", "{second}并到{first}", "办不了"),  # of another village
        ("赵调度", "{first}并到{first}", "不能"),
        ("赵调度", "{second}并到YH20260701-99", "没有编号"),
        ("赵调度", "撤销合并{first}", "不能"),
    ],
)
def test_what_may_not_be_merged_is_refused_and_changes_nothing(town: Town, who: str, text: str, says: str):
    first, second = two_reports(town)
    before = rows(town, first), rows(town, second)
    assert says in str(order(town, who, text.format(first=first, second=second)))
    assert (rows(town, first), rows(town, second)) == before


@pytest.mark.parametrize("text", ["两件合并一下行不行", "是不是同一处", "把路灯修一下", "撤销YH20260701-01", ""])
def test_other_messages_are_none_of_its_business(town: Town, text: str):
    two_reports(town)
    assert order(town, "赵调度", text) is None


def test_every_case_is_what_its_events_say(town: Town):
    first, second = two_reports(town)
    join(town, "村民乙", second, first)
    order(town, "赵调度", f"撤销合并 {second}")
    order(town, "赵调度", f"{second}并到{first}")
    with Session(town.engine) as session:
        events = {number: _events(session, number) for number in (first, second)}
    for number, known in events.items():
        derived, row = Hazard.rederive(known).model_dump(), town.case(number).model_dump()
        assert {k: v for k, v in derived.items() if not k.endswith("_at")} == {
            k: v for k, v in row.items() if not k.endswith("_at")
        }


def _events(session: Session, number: str) -> list[Event]:
    return list(session.exec(select(Event).where(Event.stream == number).order_by(Event.sequence)).all())


def test_the_words_of_a_secret_reporter_reach_the_owner_without_him(town: Town):
    first = town.reports("村民甲", CRACK)
    second = town.reports("村民乙", "我就在粮站干活，坡裂得更宽了，别说是我", is_anonymous=True)
    town.everybody_looks()
    join(town, "村民乙", second, first)
    heard = "".join(town.hears("李网格"))
    assert "干活" not in heard
    assert "别说" not in heard
