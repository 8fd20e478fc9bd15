"""The pages about shifts: who is on, who is late, the note; the same acts as in the chat, once for each form."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk
from assistant.duty import LOCAL, Roster
from assistant.people import Role
from assistant.rules import load_rules
from assistant.search import Index
from assistant.store import Store, keep_roster, open_engine
from bots.web.app import create_app
from tests.bots.test_incident_pages import Clock, enter, field, signs_in
from tests.world import NOON, TOWN

RULES = load_rules()
ELSEWHERE = "云南省/示例州/示例县/别的镇"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(index: Index, database_url: str) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(index, Store(engine))
    engine.dispose()


@pytest.fixture
def browser(desk: Desk, clock: Clock) -> Iterator[TestClient]:
    """The browser of the officer whose shift begins in half an hour."""
    for name, role, region in (
        ("张示例", Role.DUTY, TOWN),
        ("冯带班", Role.LEADER, TOWN),
        ("外人", Role.DUTY, ELSEWHERE),
    ):
        enter(desk, name, role, region)
    tomorrow = NOON.astimezone(LOCAL).date() + timedelta(days=1)
    with desk.work(clock.now) as work:
        keep_roster(work, Roster(TOWN, tomorrow, "示例镇应急办", "冯带班", "", ("张示例",)), RULES)
    desk.tick(clock.now)
    clock.now += timedelta(hours=19, minutes=30)
    with TestClient(create_app(desk, clock), raise_server_exceptions=False) as client:
        signs_in(client, desk, clock, "张示例")
        yield client


NUMBER = "BC20260701-01"


def acts(browser: TestClient, act: str, nonce: str = "", **more: str):
    page = browser.get(f"/shifts/{NUMBER}")
    form = {"csrf": field(page, "csrf"), "nonce": nonce or field(page, "nonce"), "act": act} | more
    return browser.post(f"/shifts/{NUMBER}", data=form)


def test_the_list_names_who_is_on_and_who_has_not_come(desk: Desk, browser: TestClient, clock: Clock):
    page = browser.get("/shifts").text
    assert "示例镇应急办" in page and "值班员：张示例" in page and "带班领导：冯带班" in page
    clock.now += timedelta(minutes=50)
    desk.tick(clock.now)
    assert "张示例还没有接班" in browser.get("/shifts").text


def test_take_over_remarks_and_note_by_buttons(desk: Desk, browser: TestClient, clock: Clock):
    assert "接班记下了" in acts(browser, "take").text
    clock.now += timedelta(hours=1)
    assert "第1条" in acts(browser, "note", said="对讲机坏了一台").text
    page = acts(browser, "draft").text
    assert "对讲机坏了一台（张示例）" in page and "没有这一项" in acts(browser, "sign").text
    assert "要写一句话" in acts(browser, "note", said=" ").text
    clock.now += timedelta(hours=23)
    signs_in(browser, desk, clock, "张示例")
    assert "交班记下了" in acts(browser, "sign").text
    with desk.work(clock.now) as work:
        assert {event.channel for event in work.events_of(NUMBER, "taken_over")} == {"console"}


def test_the_same_form_twice_is_one_act(desk: Desk, browser: TestClient, clock: Clock):
    acts(browser, "take")
    clock.now += timedelta(hours=1)
    nonce = field(browser.get(f"/shifts/{NUMBER}"), "nonce")
    for _ in range(2):
        acts(browser, "note", nonce, said="发电机试机正常")
    with desk.work(clock.now) as work:
        assert len(work.events_of(NUMBER, "noted")) == 1


def test_a_leader_checks_by_a_button_and_who_is_on_duty_cannot(desk: Desk, browser: TestClient, clock: Clock):
    acts(browser, "take")
    clock.now += timedelta(hours=2)
    assert "没有这一项" in acts(browser, "check").text
    signs_in(browser, desk, clock, "冯带班")
    assert "查岗已经发出：张示例" in acts(browser, "check").text
    assert "等回复" in browser.get(f"/shifts/{NUMBER}").text


def test_another_place_reads_nothing(desk: Desk, browser: TestClient, clock: Clock):
    signs_in(browser, desk, clock, "外人")
    assert "示例镇应急办" not in browser.get("/shifts").text
    assert browser.get(f"/shifts/{NUMBER}").status_code == 403
