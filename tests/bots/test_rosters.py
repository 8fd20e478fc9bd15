"""The page of rosters: for those who keep or lead them; a file is tried or taken, and every row is told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk
from assistant.desk.demo import fill
from assistant.people import Role
from assistant.search import Index
from assistant.store import Store, open_engine
from bots.web.app import create_app
from tests.bots.test_ledger import TOWN, signs_in, token
from tests.world import NOON

TABLE = "示例镇2026年7月值班表\n日期,带班领导,值班员\n7月2日,示例壬,示例卯\n7月3日,示例癸,示例无\n".encode()


@pytest.fixture
def desk(index: Index, database_url: str) -> Iterator[Desk]:
    engine = open_engine(database_url)
    store = Store(engine)
    with store.work(NOON) as work:
        fill(work)
    yield Desk(index, store)
    engine.dispose()


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk, lambda: NOON), raise_server_exceptions=False) as client:
        yield client


def sends(browser: TestClient, content: bytes, name: str = "值班表.csv", **form: str):
    data = {"csrf": token(browser.get("/duty")), "region": TOWN} | form
    return browser.post("/duty/import", data=data, files={"file": (name, content)})


def test_the_month_shows_who_is_on_with_holidays_and_what_is_wrong(browser: TestClient, desk: Desk):
    signs_in(browser, desk)
    page = browser.get("/duty").text
    assert "<b>示例镇</b>（08:00—次日08:00）：带班领导示例壬；值班员示例庚；副班示例辰" in page
    assert "7月31日（周五）" in page and "松岭村没有副手（B角）" in page
    assert "12300000007" not in page
    assert "这个月还没有排值班表。" in browser.get("/duty?month=2026-01").text
    assert browser.get("/duty?month=nonsense").status_code == 200


@pytest.mark.parametrize("role", [None, Role.GRID, Role.CUSTODIAN])
def test_who_keeps_no_roster_sees_none(browser: TestClient, desk: Desk, role: Role | None):
    signs_in(browser, desk, role)
    page = browser.get("/duty")
    assert page.status_code == 403
    assert "示例壬" not in page.text


def test_a_file_is_tried_first_and_then_taken(browser: TestClient, desk: Desk):
    signs_in(browser, desk)
    tried = sends(browser, TABLE, trial="1").text
    assert "这次只是试一遍" in tried and "人员表里没有“示例无”" in tried
    assert '<td data-name="带班领导">示例壬</td><td data-name="值班员">示例卯</td>' not in browser.get("/duty").text
    taken = sends(browser, TABLE).text
    assert "第3行  7月2日（周四）  带班领导：示例壬；值班员：示例卯" in taken
    assert '<td data-name="带班领导">示例壬</td><td data-name="值班员">示例卯</td>' in browser.get("/duty").text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"BEGIN:VCALENDAR", "a.ics", "不是完整的日历文件"),
        ("姓名,电话\n示例庚,1\n".encode(), "a.csv", "没有认出值班表"),
        (TABLE, "a.exe", "请选一个 xlsx、csv 或者 ics 文件"),
        (TABLE, "../a.csv", "请选一个 xlsx、csv 或者 ics 文件"),
        (b"PK\x03\x04", "a.xlsx", "a.xlsx"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_without_our_paths(
    browser: TestClient, desk: Desk, content: bytes, name: str, said: str
):
    signs_in(browser, desk)
    page = sends(browser, content, name)
    assert page.status_code == 200
    assert said in page.text and "/tmp" not in page.text


def test_nobody_enters_a_roster_for_a_place_that_is_not_theirs(browser: TestClient, desk: Desk):
    signs_in(browser, desk, Role.DUTY, f"{TOWN}/上河村")
    assert "不归您排" in sends(browser, TABLE).text
    assert browser.post("/duty/import", data={"region": TOWN}, files={"file": ("a.csv", TABLE)}).status_code == 403


def test_who_leads_sees_the_roster_and_no_form(browser: TestClient, desk: Desk):
    signs_in(browser, desk, Role.LEADER)
    assert "示例壬" in browser.get("/duty").text and "/duty/import" not in browser.get("/duty").text


def test_past_midnight_the_shift_of_the_evening_is_still_the_one_that_is_on(desk: Desk):
    with TestClient(create_app(desk, lambda: NOON + timedelta(hours=15))) as browser:  # 03:00 of 2 July
        signs_in(browser, desk)
        assert "带班领导示例壬" in browser.get("/duty").text
