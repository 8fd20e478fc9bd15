"""The pages about incidents: clocks, who was told, drafts, acts as buttons with their true time; the caller stays unnamed."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk, incidentwork
from assistant.dialogue.report import Report
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Incoming, Location
from assistant.search import Index
from assistant.store import Store, open_engine
from tests.bots.console import Clock
from tests.world import NOON, TOWN

ELSEWHERE = "云南省/示例州/示例县/别的镇"
CALLER = "示例报警人"


@pytest.fixture
def desk(index: Index, database_url: str) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(index, Store(engine))
    engine.dispose()


def enter(desk: Desk, name: str, role: Role, region: str = TOWN) -> None:
    with desk.work(NOON) as work:
        person = Person(name=name, region=region, created_at=NOON)
        work.session.add(person)
        work.session.flush()
        work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region))
        account = Identity(channel="test", sender=name, person_id=person.id or 0, last_seen_at=NOON, is_verified=True)
        work.session.add(account)


def field(page, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]


def signs_in(browser: TestClient, desk: Desk, clock: Clock, name: str) -> None:
    message = Incoming("test", f"login-{name}-{clock.now}", name, "登录码", clock.now)
    code = re.search(r"\d{6}", desk.receive(message, clock.now)[0].text)[0]
    browser.cookies.clear()
    form = {"name": name, "code": code, "csrf": field(browser.get("/incidents"), "csrf")}
    assert browser.post("/login", data=form).status_code == 200


def cries(desk: Desk, clock: Clock, text: str = "着火了我妈还在楼上", **more: object) -> str:
    said = {"category": "fire", "urgency": "emergency", "region": TOWN, "place": "老粮站", "danger": "fire"} | more
    with desk.work(clock.now) as work:
        person = Person(name=CALLER, phone="13812345678", created_at=NOON)
        work.session.add(person)
        work.session.flush()
        return incidentwork.raise_incident(work, person, Report(text=text, **said), desk.rules).number


def acts(browser: TestClient, number: str, act: str, nonce: str = "", **more: str):
    page = browser.get(f"/incidents/{number}")
    form = {"csrf": field(page, "csrf"), "nonce": nonce or field(page, "nonce"), "act": act} | more
    return browser.post(f"/incidents/{number}", data=form)


@pytest.fixture
def number(desk: Desk, clock: Clock, browser: TestClient) -> str:
    """An incident, with the duty officer at the browser."""
    enter(desk, "钱值班", Role.DUTY)
    enter(desk, "冯带班", Role.LEADER)
    made = cries(desk, clock)
    signs_in(browser, desk, clock, "钱值班")
    return made


def test_the_list_shows_state_minutes_left_and_who_has_answered(browser: TestClient, clock: Clock, number: str):
    clock.now += timedelta(minutes=5)
    page = browser.get("/incidents").text
    assert number in page and "还没有人接" in page and "没办结的1件" in page
    assert "电话报县：还剩15分钟" in page and "书面报县：还剩35分钟" in page
    assert "钱值班还没回应" in page and "冯带班还没回应" in page
    clock.now += timedelta(minutes=20)
    assert "已超过5分钟" in browser.get("/incidents").text
    acts(browser, number, "take")
    page = browser.get("/incidents").text
    assert "钱值班接下了" in page and "冯带班还没回应" in page


def test_taking_over_tells_caller_and_leader_and_the_event_says_where(
    desk: Desk, browser: TestClient, clock: Clock, number: str
):
    page = acts(browser, number, "take").text
    assert "由您接下了" in page and "今天12:00接下了" in page
    told = [one.text for one in desk.pending("test", "冯带班", clock.now)]
    assert any("钱值班已经接下" in text for text in told)
    with desk.work(clock.now) as work:
        event = work.events(number)[-1]
        assert (event.kind, event.channel) == ("acknowledged", "console") and event.actor.startswith("person/")


def test_a_report_keeps_its_true_time_and_what_lies_ahead_is_not_taken(
    desk: Desk, browser: TestClient, clock: Clock, number: str
):
    clock.now += timedelta(minutes=30)
    page = acts(browser, number, "phone", said="县应急局", time="12:08").text
    assert "电话报告县应急局（今天12:08）" in page and "今天12:08已报，按时" in page
    assert "还没有到" in acts(browser, number, "written", time="12:31").text
    assert "14:05这样" in acts(browser, number, "written", time="半夜").text
    assert "晚了" not in page and "今天12:30记下" in page
    with desk.work(clock.now) as work:
        assert [event.kind for event in work.events(number)].count("wrote") == 0


def test_the_same_form_sent_twice_is_one_act_and_another_persons_form_says_nothing(
    desk: Desk, browser: TestClient, clock: Clock, number: str
):
    nonce = "a" * 32
    first = acts(browser, number, "arrived", nonce).text
    assert "人员到场" in first and "人员到场" in acts(browser, number, "arrived", nonce).text
    with desk.work(clock.now) as work:
        assert [event.kind for event in work.events(number)].count("arrived") == 1
    signs_in(browser, desk, clock, "冯带班")
    assert 'id="said"' not in browser.get(f"/incidents/{number}", params={"done": nonce}).text


def test_counts_reasons_and_measures_stand_in_the_draft(browser: TestClient, number: str):
    assert "至少写一项" in acts(browser, number, "counted").text
    assert "0到9999" in acts(browser, number, "counted", dead="-1").text
    acts(browser, number, "counted", dead="0", injured="2")
    acts(browser, number, "measure", said="已疏散12户")
    page = browser.get(f"/incidents/{number}").text
    assert "死亡0人，受伤2人，失踪待核实" in page and "已疏散12户" in page
    assert "要写一句话" in acts(browser, number, "false_alarm").text


def test_the_first_draft_stays_until_it_is_written_then_follow_up_and_final(browser: TestClient, number: str):
    def drafts() -> list[str]:
        return re.findall(r'id="draft-(\w+)"', browser.get(f"/incidents/{number}").text)

    assert drafts() == ["first"]
    acts(browser, number, "phone", said="县应急局")
    assert drafts() == ["first", "next", "final"]
    acts(browser, number, "written")
    assert drafts() == ["next", "final"]
    acts(browser, number, "final")
    assert drafts() == [] and number not in browser.get("/incidents").text
    assert number in browser.get("/incidents?all=1").text


@pytest.mark.parametrize("act", ["", "list", "dragons", "take take"])
def test_an_unknown_act_changes_nothing(desk: Desk, browser: TestClient, clock: Clock, number: str, act: str):
    with desk.work(clock.now) as work:
        before = len(work.events(number))
    assert "没有这一项" in acts(browser, number, act).text
    with desk.work(clock.now) as work:
        assert len(work.events(number)) == before


def test_without_the_sessions_own_token_nothing_is_done(desk: Desk, browser: TestClient, clock: Clock, number: str):
    for csrf in ("", "0" * 64):
        answer = browser.post(f"/incidents/{number}", data={"csrf": csrf, "act": "take"})
        assert answer.status_code == 403
    with desk.work(clock.now) as work:
        assert work.incident(number).acknowledged_by is None


def test_who_has_nothing_to_do_with_it_sees_and_does_nothing(
    desk: Desk, browser: TestClient, clock: Clock, number: str
):
    enter(desk, "李网格", Role.GRID)
    enter(desk, "别的值班", Role.DUTY, ELSEWHERE)
    for name in ("李网格", "别的值班"):
        signs_in(browser, desk, clock, name)
        assert number not in browser.get("/incidents").text
        assert browser.get(f"/incidents/{number}").status_code == 403
        csrf = field(browser.get("/incidents"), "csrf")
        assert browser.post(f"/incidents/{number}", data={"csrf": csrf, "act": "take"}).status_code == 403
    assert browser.get("/incidents/SJ20260701-99").status_code == 404


def test_the_caller_is_on_no_page(desk: Desk, browser: TestClient, clock: Clock, number: str):
    own = cries(desk, clock, f"我是{CALLER}，掉河里了", category="water_safety", is_anonymous=True)
    for path in ("/incidents", f"/incidents/{number}", f"/incidents/{own}", "/map"):
        assert CALLER not in browser.get(path).text


def test_the_map_of_the_staff_has_incidents_and_the_public_one_villages_only(
    desk: Desk, browser: TestClient, clock: Clock, number: str
):
    cries(desk, clock, "河边有人落水", category="water_safety", location=Location(25.1871, 100.3211))
    page = browser.get("/map").text
    assert number in page and "<svg" in page and 'class="incident"' in page
    assert "没有位置、画不出来的1件" in page
    browser.cookies.clear()
    public = browser.get("/map")
    assert public.status_code == 200 and number not in public.text and "SJ" not in public.text
    assert "老粮站" not in public.text and "落水" not in public.text
