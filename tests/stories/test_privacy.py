"""Who reported stays sealed; the reward needs no name; a person's data can be had and erased."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, select

from assistant.desk import duplicatework, privacywork
from assistant.errors import MissingReason, NotAllowed
from assistant.events import Event
from assistant.people import Grant, Identity, Person
from assistant.ports import Attachment, Incoming, Outgoing
from assistant.store import open_engine, personal
from assistant.store.inbox import InboxRow
from assistant.store.sealed import open_identities
from assistant.store.work import SealedRow
from tests.pictures import hidden_data, picture
from tests.township import RULES, TOWN, Town

pytestmark = pytest.mark.ledger

CRACK = "老粮站后面坡上裂了条缝"


@pytest.fixture
def town(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.chdir(tmp_path)  # the folder of photos
    engine = open_engine(database_url)
    made = Town(engine)
    with made.work() as work:
        made.enter(work, "保密员", TOWN, "")
        work.session.add(Grant(person_id=made.ids["保密员"], role="custodian", region=TOWN))
        villager = made.person(work, "村民甲")
        villager.phone = "12300000001"
        work.session.add(villager)
    yield made
    engine.dispose()


def says(town: Town, who: str, text: str, *attachments: Attachment) -> str | None:
    """A message through inbox and privacy work, as the desk attends to it."""
    town.sent += 1
    incoming = Incoming("test", f"p-{town.sent}", who, text, town.now, attachments)
    with town.work() as work:
        row = work.entry(incoming)
        replies = privacywork.attend(text, incoming, work.person("test", who), work, RULES)
        work.finish(row, tuple(replies or [Outgoing("test", who, "好")]))
    return None if replies is None else "\n".join(reply.text for reply in replies)


def closed(town: Town, number: str, who: str = "村民甲") -> None:
    """Repair, check, close, and the reporter is satisfied: now the reward is pending."""
    for name, words in (
        ("李网格", f"{number} 签收"),
        ("李网格", "整改完成 已经处理好"),
        ("赵调度", f"{number} 复查合格 销号"),
    ):
        assert town.says(name, words)
    from assistant.desk import hazardwork

    with town.work() as work:
        hazardwork.reporter_confirms(work, work.hazard(number), town.person(work, who), RULES, is_good=True)
    town.everybody_looks()


# Sealed identities


def test_the_custodian_opens_an_identity_with_a_reason_and_the_case_remembers(town: Town):
    number = town.reports("村民甲", CRACK)
    said = says(town, "保密员", f"查看报告人 {number} 因为要发奖")
    assert said is not None
    assert "村民甲" in said
    assert "12300000001" in said
    with town.work() as work:
        (event,) = [one for one in work.events(number) if one.kind == "identity_opened"]
        assert event.actor == f"person/{town.ids['保密员']}"
        assert event.fields["reason"] == "要发奖"
        assert "村民甲" not in event.data


@pytest.mark.parametrize("who", ["村民乙", "李网格", "赵调度", "孙主任", "吴局长"])
def test_nobody_else_opens_it_whatever_the_rank(town: Town, who: str):
    number = town.reports("村民甲", CRACK)
    said = says(town, who, f"查看报告人 {number} 因为我是领导")
    assert said is not None
    assert "保密员" in said
    assert "村民甲" not in said
    with town.work() as work:
        assert [one for one in work.events(number) if one.kind == "identity_opened"] == []


def test_without_a_reason_nothing_is_opened(town: Town):
    number = town.reports("村民甲", CRACK)
    said = says(town, "保密员", f"{number}是谁报的")
    assert said is not None
    assert "原因" in said
    assert "村民甲" not in said
    with town.work() as work, pytest.raises(MissingReason):
        open_identities(work, number, town.person(work, "保密员"), " ", "cli")


def test_the_custodian_of_another_place_opens_nothing(town: Town):
    number = town.reports("村民甲", CRACK, region="云南省/示例州/别的县/别的镇/某村")
    with town.work() as work, pytest.raises(NotAllowed):
        open_identities(work, number, town.person(work, "保密员"), "发奖", "cli")


# Rewards


def test_the_first_reporter_gets_a_code_and_is_paid_without_a_name(town: Town):
    number = town.reports("村民甲", CRACK)
    closed(town, number)
    account = str(says(town, "孙主任", f"奖励 {number}"))
    assert "等应急负责人审核" in account
    assert "没有核对过原文" in account  # the sample amount is asserted by nobody
    assert "村民" not in account
    assert "通过" in str(says(town, "孙主任", f"奖励 {number} 通过"))
    (told,) = town.hears("村民甲")
    code = told.split("领奖码：")[1][:8]
    with town.work() as work:
        assert all(code not in event.data for event in work.events(number))
    assert "通过了" in str(says(town, "村民甲", "我的奖励"))
    assert number in str(says(town, "孙主任", f"核对领奖码 {code.lower()}"))
    assert "对不上" in str(says(town, "孙主任", f"奖励 {number} 已发 22222222"))
    assert "已发" in str(says(town, "孙主任", f"奖励 {number} 已发 {code}"))
    assert "不能" in str(says(town, "孙主任", f"奖励 {number} 已发 {code}"))  # once
    assert town.case(number).reward == "paid"
    assert "村民" not in str(says(town, "孙主任", f"核对领奖码 {code}"))


def test_of_two_who_saw_the_same_the_servers_clock_decides(town: Town):
    later = town.reports("村民乙", CRACK)
    town.now = town.now.replace(hour=5)
    with town.work() as work:
        # 村民甲 began at three, was asked where, went for lunch, and finished at five
        row = InboxRow(
            channel="test",
            message_id="m-early",
            sender="村民甲",
            text="坡上裂了条缝",
            at=town.now,
            received_at=town.now.replace(hour=3),
        )
        work.session.add(row)
    first = town.reports("村民甲", "坡上裂了条缝\n老粮站后面")
    with town.work() as work:
        duplicatework.merge(work, work.hazard(first), work.hazard(later), town.person(work, "赵调度"), RULES)
    closed(town, later, "村民乙")
    account = str(says(town, "孙主任", f"奖励 {later}"))
    assert f"最先收到：{first}" in account
    assert f"后来并进来：{later}" in account
    says(town, "孙主任", f"奖励 {later} 通过")
    assert "领奖码" in town.hears("村民甲")[-1]
    assert town.hears("村民乙") == []
    assert "给最先报的人" in str(says(town, "村民乙", "我的奖励"))


def test_a_reward_is_refused_with_a_reason_and_by_those_who_may(town: Town):
    number = town.reports("村民甲", CRACK)
    assert "不能" in str(says(town, "孙主任", f"奖励 {number} 通过"))  # not closed yet
    closed(town, number)
    assert "应急负责人" in str(says(town, "李网格", f"奖励 {number} 通过"))
    assert "原因" in str(says(town, "孙主任", f"奖励 {number} 不通过"))
    assert "不予奖励" in str(says(town, "孙主任", f"奖励 {number} 不通过 属于职责范围"))
    assert "没有通过" in str(says(town, "村民甲", "我的奖励"))
    assert town.case(number).reward == "refused"


def test_nobody_approves_the_reward_of_the_own_report(town: Town):
    number = town.reports("孙主任", CRACK)
    closed(town, number, "孙主任")
    assert "另一位" in str(says(town, "孙主任", f"奖励 {number} 通过"))
    assert "通过" in str(says(town, "吴局长", f"奖励 {number} 通过"))


def test_where_no_amount_is_entered_none_is_named(town: Town):
    number = town.reports("村民甲", CRACK)
    closed(town, number)
    with town.work() as work:
        hazard = work.hazard(number)
        hazard.region = "北京市/示例区"
        work.session.add(hazard)
        work.session.add(Grant(person_id=town.ids["孙主任"], role="director", region="北京市"))
    assert "还没有录入" in str(says(town, "孙主任", f"奖励 {number}"))


# One's own data


def everything(town: Town) -> str:
    """All rows of all tables but the events, which are only ever added, as one text."""
    there = set(inspect(town.engine).get_table_names())
    with Session(town.engine) as session:
        tables = [table for name, table in SQLModel.metadata.tables.items() if name in there and name != "event"]
        return "\n".join(str(tuple(row)) for table in tables for row in session.connection().execute(table.select()))


def a_chat(town: Town) -> tuple[str, Attachment]:
    with town.work() as work:
        shot = work.media.keep(picture(exif=hidden_data()))
    says(town, "村民甲", CRACK, shot)
    number = town.reports("村民甲", CRACK, attachments=(shot,))
    return number, shot


def test_a_person_reads_what_is_kept_and_gets_all_of_it(town: Town):
    number, shot = a_chat(town)
    said = str(says(town, "村民甲", "导出我的数据"))
    assert number in said
    assert "照片和语音 1 个" in said
    with town.work() as work:
        record = personal.exported(work, town.person(work, "村民甲"))
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record
    assert record["person"]["phone"] == "12300000001"
    assert CRACK in [one["text"] for one in record["messages"]]
    assert record["files"][0]["lat"] == 25.187222
    assert "村民乙" not in json.dumps(record, ensure_ascii=False)


def test_after_the_erasure_nothing_leads_to_the_person_and_the_case_goes_on(town: Town):
    number, shot = a_chat(town)
    assert "1 确认删除" in str(says(town, "村民甲", "删除我的数据"))
    assert "已经删除" in str(says(town, "村民甲", "1"))
    left = everything(town)
    assert "村民甲" not in left
    assert "12300000001" not in left
    assert town.case(number).text == CRACK
    assert town.case(number).reporter
    with town.work() as work:
        assert work.reporters(number) == []
        assert work.media.noted(shot.digest).location is None
        (log,) = work.events("erasures")
        assert log.fields["cases"] == 1
        assert "村民" not in log.data
    assert town.says("李网格", f"{number} 签收")


def test_the_same_words_delivered_again_do_not_come_to_life(town: Town):
    a_chat(town)
    says(town, "村民甲", "删除我的数据")
    says(town, "村民甲", "1")
    with town.work() as work:
        row = work.entry(Incoming("test", "p-1", "村民甲", CRACK, town.now))
        assert row.is_done
        assert row.text == ""


def test_whoever_comes_back_is_a_new_person(town: Town):
    number, _ = a_chat(town)
    says(town, "村民甲", "删除我的数据")
    says(town, "村民甲", "1")
    says(town, "村民甲", "你好")
    with Session(town.engine) as session:
        (account,) = session.exec(select(Identity).where(Identity.sender == "村民甲")).all()
        assert account.person_id != town.ids["村民甲"]
        assert session.exec(select(SealedRow).where(SealedRow.case == number)).all() == []


def test_a_bare_one_erases_only_directly_after_the_question(town: Town):
    a_chat(town)
    assert says(town, "村民甲", "1") is None
    says(town, "村民甲", "删除我的数据")
    says(town, "村民甲", "井盖丢了")
    assert says(town, "村民甲", "1") is None
    says(town, "村民甲", "删除我的数据")
    assert "没有删除" in str(says(town, "村民甲", "2"))
    assert says(town, "村民甲", "1") is None
    assert "村民甲" in everything(town)


def test_the_staff_cannot_erase_what_they_have_done(town: Town):
    assert "工作身份" in str(says(town, "李网格", "删除我的数据"))
    assert says(town, "李网格", "1") is None


def test_erasing_one_leaves_the_neighbour_alone(town: Town):
    first, _ = a_chat(town)
    second = town.reports("村民乙", "粮站后头那个坡开裂了", place="粮站后头")
    with town.work() as work:
        duplicatework.join(work, work.hazard(second), work.hazard(first), town.person(work, "村民乙"), RULES)
    says(town, "村民甲", "注销账号")
    says(town, "村民甲", "确认删除")
    with town.work() as work:
        assert [person.name for person in work.reporters(first)] == ["村民乙"]
    with Session(town.engine) as session:
        gone = session.exec(select(Person).where(Person.id == town.ids["村民甲"])).one()
        assert (gone.name, gone.phone, gone.is_active) == ("", "", False)


@pytest.mark.parametrize(
    "text", ["怎么导出数据", "把这条删除", "奖励怎么领", "谁有权查看报告人", "举报有奖励吗", "", "YH20260701-01"]
)
def test_ordinary_messages_are_none_of_its_business(town: Town, text: str):
    assert says(town, "村民甲", text) is None


def test_no_event_of_a_case_names_its_reporter(town: Town):
    number, _ = a_chat(town)
    closed(town, number)
    says(town, "孙主任", f"奖励 {number} 通过")
    says(town, "保密员", f"查看报告人 {number} 因为发奖")
    with Session(town.engine) as session:
        events = session.exec(select(Event).where(Event.stream == number)).all()
    assert len(events) > 6
    assert all("村民甲" not in event.data and event.actor != f"person/{town.ids['村民甲']}" for event in events)
