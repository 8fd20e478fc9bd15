"""The pages about warnings: relay after a look, sums by village, entries by hand, the sheet to print."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.desk import Desk
from assistant.people import Place, Role
from bots.web.app import create_app
from tests.bots.test_incident_pages import Clock, enter, field, signs_in
from tests.incident_town import TOWN, VILLAGE

ORDER = "暴雨红色 上河村 县气象台 11:30 预计20:00"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(desk: Desk, clock: Clock) -> Iterator[TestClient]:
    with TestClient(create_app(desk, clock), base_url="https://testserver") as browser:
        yield browser


@pytest.fixture
def signed_in(browser: TestClient, desk: Desk, clock: Clock) -> TestClient:
    with desk.work(clock()) as work:
        for path, level in ((TOWN, "township"), (VILLAGE, "village")):
            work.session.add(Place(path=path, level=level))
    enter(desk, "钱值班", Role.DUTY)
    enter(desk, "李网格", Role.GRID, VILLAGE)
    enter(desk, "村民甲", Role.VILLAGER, VILLAGE)
    signs_in(browser, desk, clock, "钱值班")
    return browser


def sends(browser: TestClient, path: str, **fields: str):
    page = browser.get(path)
    return browser.post(path, data={"csrf": field(page, "csrf"), "nonce": field(page, "nonce"), **fields})


def test_a_warning_is_looked_at_relayed_and_followed(signed_in: TestClient, desk: Desk, clock: Clock):
    page = sends(signed_in, "/warnings", act="relay", said=ORDER).text
    assert "逐人叫应2人" in page
    assert "还没有转发过预警" in page
    page = sends(signed_in, "/warnings", act="确认转发").text
    number = page.partition('href="/warnings/')[2].partition('"')[0]
    assert "应叫2" in page
    page = signed_in.get(f"/warnings/{number}").text
    assert "上河村" in page
    assert "李网格" in page
    page = sends(signed_in, f"/warnings/{number}", act="enter", said="李网格 12:00 电话 收到").text
    assert "已补录：李网格12:00电话应答" in page
    assert "（钱值班补录）" in page
    page = sends(signed_in, f"/warnings/{number}", act="cancel", said="县气象台撤了").text
    assert "已取消" in page


def test_the_sheet_has_everybody_and_the_knock_list_those_who_have_not_answered(signed_in: TestClient):
    sends(signed_in, "/warnings", act="relay", said=ORDER)
    sends(signed_in, "/warnings", act="确认转发")
    sends(signed_in, "/warnings/YJ20260701-01", act="enter", said="李网格 12:00 电话 收到")
    page = signed_in.get("/warnings/YJ20260701-01/print").text
    sheet, _, knock = page.partition("敲门单（")
    assert "叫应单（2人）" in sheet
    assert "李网格" in sheet
    assert knock.startswith("1人")
    assert "李网格" not in knock


def test_an_act_that_does_not_exist_is_refused(signed_in: TestClient):
    sends(signed_in, "/warnings", act="relay", said=ORDER)
    sends(signed_in, "/warnings", act="确认转发")
    assert "没有这一项" in sends(signed_in, "/warnings/YJ20260701-01", act="delete", said="x").text


def test_who_is_not_in_charge_sees_no_warnings(browser: TestClient, signed_in: TestClient, desk: Desk, clock: Clock):
    signed_in.cookies.clear()
    assert signed_in.get("/warnings").status_code == 403
    assert signed_in.get("/warnings/YJ20260701-01").status_code == 403
