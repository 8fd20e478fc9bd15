"""Incidents from the first cry to the final report: real database, frozen clock, phones that show what came."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from assistant.cli import main
from assistant.duty import Post, PostKind
from assistant.duty.roster import shift
from assistant.incidents import Incident, IncidentState
from assistant.people import Role
from assistant.store import open_engine
from assistant.store.incidents import unattended
from assistant.store.outbox import Delivery, OutboxRow
from assistant.wording import incidents as wording
from tests.incident_town import COUNTY, RULES, TOWN, Town

pytestmark = pytest.mark.ledger

CRY = "着火了我妈还在楼上"


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    engine = open_engine(database_url)
    yield Town(engine)
    engine.dispose()


def kinds(town: Town, number: str) -> list[str]:
    return [event.kind for event in town.events(number)]


def test_duty_and_leader_hear_at_once_and_the_caller_hears_who_took_it(town: Town) -> None:
    number = town.cries("村民甲", CRY, casualties=True)
    (duty,), (leader,) = town.hears("钱值班"), town.hears("冯带班")
    assert CRY in duty and "老粮站" in duty and "有人伤亡或被困" in duty and "收到" in duty and number in leader
    assert "村民甲" not in duty and town.hears("孙主任") == []
    town.passes(minutes=2)
    said = town.says("钱值班", "收到，马上去")
    assert said is not None and number in said and "由您接下" in said
    assert "钱值班" in town.hears("村民甲")[0] and "钱值班已经接下" in town.hears("冯带班")[0]
    assert town.case(number).state == IncidentState.ACKNOWLEDGED
    town.passes(minutes=6)
    assert "passed_on" in kinds(town, number) and kinds(town, number).count("passed_on") == 1


def test_silence_climbs_to_leader_director_and_county_and_the_caller_is_told(town: Town) -> None:
    number = town.cries("村民甲", CRY)
    for who in ("钱值班", "冯带班"):
        town.hears(who)
    assert town.passes(minutes=4) == 0
    town.passes(minutes=1)
    assert "再次呼叫" in town.hears("冯带班")[0] and town.hears("孙主任") == []
    town.passes(minutes=5)
    assert number in town.hears("孙主任")[0] and town.hears("县值班") == []
    town.passes(minutes=5)
    assert number in town.hears("县值班")[0]
    assert "119" in town.hears("村民甲")[0]  # nobody has answered: telephone yourself
    rungs = [event.fields["rung"] for event in town.events(number) if event.kind == "passed_on"]
    assert rungs == [0, 1, 2, 3]
    assert town.passes(minutes=1) == 0  # the same tick again adds nothing
    town.passes(minutes=15)
    assert kinds(town, number).count("passed_on") == 5  # and it never falls silent
    assert town.hears("村民甲") == []  # what the caller knows already is not said again


def test_the_same_tick_twice_says_nothing_twice(town: Town) -> None:
    town.cries("村民甲", CRY)
    town.passes(minutes=5)
    town.hears("冯带班")
    assert town.passes(minutes=0) == 0 and town.hears("冯带班") == []


def test_a_message_that_cannot_arrive_climbs_at_once(town: Town) -> None:
    number = town.cries("村民甲", CRY)
    with Session(town.engine) as session:
        for row in session.exec(select(OutboxRow)).all():
            row.state = Delivery.FAILED.value
            session.add(row)
        session.commit()
    town.passes(seconds=5)
    assert kinds(town, number)[-1] == "passed_on" and town.events(number)[-1].fields["rung"] == 1


def test_where_the_township_has_nobody_the_county_is_told(tmp_path: Path) -> None:
    town = Town(open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}"), {"县值班": (Role.DUTY, COUNTY)})
    town.enter("没电话的值班员", Role.DUTY, TOWN, phone=False)
    number = town.cries("村民甲", CRY)
    assert number in town.hears("县值班")[0]
    fields = town.events(number)[-1].fields
    assert len(fields["unreachable"]) == 1 and fields["told"]  # who has no channel is on record


def test_nobody_to_tell_is_a_state_that_is_seen_and_said(tmp_path: Path) -> None:
    town = Town(open_engine(f"sqlite:///{tmp_path / 'b.sqlite3'}"), {})
    number = town.cries("村民甲", CRY)
    with Session(town.engine) as session:
        assert unattended(session) == [number]
    assert kinds(town, number) == ["known", "nobody"]
    said = wording.passed_on(town.case(number), [])
    assert "请您自己马上打电话" in said and "119" in said
    assert town.passes(minutes=5) == 0  # asked again, and recorded once
    town.enter("新值班", Role.DUTY, TOWN)
    town.passes(minutes=1)
    assert number in town.hears("新值班")[0]
    with Session(town.engine) as session:
        assert unattended(session) == []


def test_what_the_caller_adds_reaches_whoever_has_it(town: Town) -> None:
    number = town.cries("村民甲", "着火了", place="")
    town.says("钱值班", "收到")
    town.hears("钱值班")
    town.adds("村民甲", number, "在老粮站，有两个人在里面", place="老粮站", casualties=True)
    (news,) = town.hears("钱值班")
    assert "有两个人在里面" in news and "老粮站" in news and "有人伤亡或被困" in news
    case = town.case(number)
    assert case.text == "着火了\n在老粮站，有两个人在里面" and case.place == "老粮站" and case.casualties
    town.adds("村民甲", number, "说错了，在新粮站", place="新粮站")
    last = town.events(number)[-1].fields
    assert last["old"] == {"place": "老粮站"} and last["set"]["place"] == "新粮站"  # old and new both stand
    assert Incident.rederive(town.events(number)).place == "新粮站"


def test_a_false_alarm_needs_the_duty_officer(town: Town) -> None:
    number = town.cries("村民甲", CRY)
    town.says("钱值班", "收到")
    town.hears("钱值班")
    town.retracts("村民甲", number, "看错了，是烧荒")
    assert town.case(number).state == IncidentState.ACKNOWLEDGED
    assert "误报" in town.hears("钱值班")[0]
    assert town.says("村民甲", "误报") is None  # a villager decides nothing
    assert "误报" in (town.says("钱值班", "误报 是烧荒，已经有人看着") or "")
    assert town.case(number).state == IncidentState.WITHDRAWN
    assert "宁可报错" in town.hears("村民甲")[-1]
    town.adds("村民甲", number, "又烧起来了")  # words after the end still stand
    assert town.case(number).text.endswith("又烧起来了")
    assert "又烧起来了" in town.hears("钱值班")[-1]


def test_two_open_incidents_are_asked_apart(town: Town) -> None:
    first = town.cries("村民甲", CRY)
    second = town.cries("村民乙", "河里有人", category="water_safety", danger="water", place="下河滩")
    said = town.says("钱值班", "收到") or ""
    assert "哪一件" in said and first in said and second in said
    assert town.case(first).state == town.case(second).state == IncidentState.PASSED_ON
    assert second in (town.says("钱值班", f"收到 {second}") or "")
    assert town.case(second).state == IncidentState.ACKNOWLEDGED
    assert first in (town.says("钱值班", "收到") or "")  # now only one waits
    assert "哪一件" in (town.says("钱值班", "已到场") or "")


def test_the_second_who_answers_hears_who_was_first(town: Town) -> None:
    number = town.cries("村民甲", CRY)
    town.says("钱值班", "收到")
    said = town.says("冯带班", "收到") or ""
    assert "钱值班" in said and kinds(town, number)[-1] == "seen"
    assert town.case(number).acknowledged_by is not None


def test_reports_keep_their_true_time(town: Town) -> None:
    number = town.cries("村民甲", CRY)
    town.says("钱值班", "收到")
    town.passes(minutes=10)
    said = town.says("钱值班", "还剩多少时间") or ""
    assert "电话报县：今天12:20前，还剩10分钟" in said and "第二十二条" in said
    town.hears("钱值班")
    town.passes(minutes=5)
    assert any("提醒" in text and "电话报县" in text for text in town.hears("钱值班"))
    town.passes(minutes=7)  # 12:22: late
    assert any("超时" in text for text in town.hears("钱值班"))
    assert any("超时" in text for text in town.hears("冯带班"))
    assert "还没有到" in (town.says("钱值班", "已报县局 12:40 电话") or "")
    said = town.says("钱值班", "已报县局 12:21 电话") or ""
    assert "今天12:21已报，晚了1分钟" in said
    phoned = [event for event in town.events(number) if event.kind == "phoned"]
    assert [event.fields["at"] for event in phoned] == ["2026-07-01T04:21:00+00:00"]
    assert [event.fields["step"] for event in town.events(number) if event.kind == "late"] == ["phone"]
    assert town.case(number).state == IncidentState.REPORTED


def test_an_incident_is_not_closed_without_reports(town: Town) -> None:
    number = town.cries("村民甲", CRY)
    town.says("钱值班", "收到")
    assert "还没有记下" in (town.says("钱值班", "终报已报") or "")
    assert "不用上报" in (town.says("钱值班", "处置结束") or "")
    assert town.case(number).state == IncidentState.ACKNOWLEDGED
    town.says("钱值班", "初报已报 12:00")
    town.passes(hours=1)
    said = town.says("钱值班", "终报已报") or ""
    assert "办结" in said and town.case(number).state == IncidentState.FINAL
    assert [k for k in kinds(town, number) if k in ("handled", "wrote", "final")] == ["handled", "wrote", "final"]


def test_a_draft_says_what_is_known_and_no_more(town: Town) -> None:
    number = town.cries("村民甲", "我叫张三，着火了，我妈在楼上，电话13812345678", casualties=True)
    town.says("钱值班", "收到")
    town.says("钱值班", "已报119")
    said = town.says("钱值班", "写初报") or ""
    assert number in said and "火灾" in said and "老粮站" in said and "待核实" in said and "已联系119" in said
    assert "张三" not in said and "138" not in said and "身份保密" in said
    assert "死亡0" not in said and "人数待核实" in said
    town.says("钱值班", "死亡0 受伤2")
    said = town.says("钱值班", "写初报") or ""
    assert "死亡0人，受伤2人，失踪待核实" in said and "一般" in said
    town.says("钱值班", "初报已报")
    town.adds("村民甲", number, "火灭了")
    follow_up = town.says("钱值班", "写续报") or ""
    assert "续报（第1次）" in follow_up and "火灭了" in follow_up and "我妈在楼上" not in follow_up


@pytest.mark.parametrize("text", ["河口村着火了快来人", "值班谁负责上报", "谢谢", "1", "收到预警了，可是来不及了"])
def test_what_is_no_order_is_left_to_the_rest_of_the_desk(town: Town, text: str) -> None:
    town.cries("村民甲", CRY)
    assert town.says("钱值班", text) is None


def test_without_an_open_incident_nothing_is_taken(town: Town) -> None:
    assert town.says("钱值班", "收到") is None
    assert "没有没办结" in (town.says("钱值班", "突发事件") or "")


def test_a_neighbour_county_has_no_say(town: Town) -> None:
    town.enter("邻县值班", Role.DUTY, "云南省/示例州/邻县")
    number = town.cries("村民甲", CRY)
    assert "不在您负责的地方" in (town.says("邻县值班", f"误报 {number}") or "")
    assert town.case(number).state == IncidentState.PASSED_ON


def test_check_shows_an_incident_of_which_nobody_could_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'c.sqlite3'}"
    number = Town(open_engine(url), {}).cries("村民甲", CRY)
    monkeypatch.setenv("YINGDA_DATABASE_URL", url)
    with pytest.raises(SystemExit) as ended:
        main(["check"])
    assert ended.value.code == 1 and f"突发事件 {number} 没有人可以通知" in capsys.readouterr().out


def test_who_is_on_the_roster_is_told_first_and_may_take_it(town: Town) -> None:
    town.enter("今天值班的人", None, TOWN)
    with town.work() as work:
        on = town.person(work, "今天值班的人")
        begins, ends = shift(town.now.date(), TOWN, RULES)
        posted = {"region": TOWN, "day": town.now.date(), "kind": PostKind.STAFF.value, "person_id": on.id or 0}
        work.session.add(Post(**posted, starts_at=begins, ends_at=ends))
    number = town.cries("村民甲", CRY)
    assert number in town.hears("今天值班的人")[0] and town.hears("钱值班") == []
    assert "由您接下" in (town.says("今天值班的人", "收到") or "")


def test_a_time_before_anybody_knew_is_not_recorded(town: Town) -> None:
    number = town.cries("村民甲", CRY)
    for who in ("钱值班", "冯带班"):
        town.hears(who)
    town.passes(minutes=2)
    said = town.says("钱值班", "已报县局 00:05 电话")
    assert said is not None and "比" in said and "没有记" in said
    assert "phone" not in kinds(town, number)


def test_who_is_in_charge_asks_how_things_are(town: Town) -> None:
    number = town.cries("村民甲", CRY)
    said = town.says("钱值班", "现在什么情况")
    assert said is not None and number in said and CRY in said
