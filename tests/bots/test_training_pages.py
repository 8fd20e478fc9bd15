"""The pages about training: the rounds, the quizzes, one quiz that is released by a button."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Incoming
from assistant.search import Index
from assistant.store import Store, open_engine
from bots.web.app import create_app
from tests.bots.test_obligation_pages import field
from tests.world import NOON, TOWN, VILLAGE

CY = "CY20260701-01"


@pytest.fixture
def desk(index: Index, database_url: str) -> Iterator[Desk]:
    engine = open_engine(database_url)
    desk = Desk(index, Store(engine))
    with desk.work(NOON) as work:
        for name, role, region in (("李网格", Role.GRID, VILLAGE), ("周培训", Role.TRAINER, TOWN)):
            person = Person(name=name, region=region, created_at=NOON)
            work.session.add(person)
            work.session.flush()
            work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region))
            work.session.add(
                Identity(channel="test", sender=name, person_id=person.id or 0, last_seen_at=NOON, is_verified=True)
            )
    yield desk
    engine.dispose()


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk, lambda: NOON), raise_server_exceptions=False) as client:
        yield client


def says(desk: Desk, name: str, text: str) -> str:
    return desk.receive(Incoming("test", f"{name}-{text}", name, text, NOON), NOON)[0].text


def signs_in(browser: TestClient, desk: Desk, name: str, back: str = "/training") -> None:
    code = re.search(r"\d{6}", says(desk, name, "登录码"))[0]
    browser.cookies.clear()
    form = {"name": name, "code": code, "csrf": field(browser.get("/training"), "csrf"), "back": back}
    assert browser.post("/login", data=form).status_code == 200


def acts(browser: TestClient, act: str, said: str, on: str = "") -> str:
    page = browser.get(f"/training/{CY}")
    form = {"csrf": field(page, "csrf"), "nonce": field(page, "nonce"), "act": act, "said": said, "time": on}
    return browser.post(f"/training/{CY}", data=form).text


def test_a_quiz_is_looked_through_and_released_by_buttons(browser: TestClient, desk: Desk):
    says(desk, "周培训", "出题 3道")
    signs_in(browser, desk, "周培训")
    page = browser.get("/training").text
    assert CY in page and "待发布" in page and "0/1" in page
    page = browser.get(f"/training/{CY}").text
    assert page.count("（√）") == 3 and page.count("/d/") >= 3
    assert "还有2题" in acts(browser, "drop", "3")
    assert "没有找到“王五六”" in acts(browser, "release", "王五六", "2026-07-05")
    assert "发布了：1人" in acts(browser, "release", "全镇网格员", "2026-07-05")
    page = browser.get(f"/training/{CY}").text
    assert "没答：李网格" in page and 'value="release"' not in page


def test_who_makes_no_quizzes_sees_none(browser: TestClient, desk: Desk):
    says(desk, "周培训", "出题 3道")
    signs_in(browser, desk, "李网格", "/ledger")
    for path in ("/training", f"/training/{CY}"):
        page = browser.get(path)
        assert page.status_code == 403 and "（√）" not in page.text
