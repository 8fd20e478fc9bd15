"""The pages about obligations: a list with filters, one with its clause, and what may be done as buttons."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk, obligationwork
from assistant.documents import Catalogue
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Incoming
from assistant.search import Index
from assistant.store import Store, open_engine
from bots.web.app import create_app
from tests.quality.obligation_scores import alone
from tests.world import NOON, TOWN

ONE = "ZZ20260701-01"
TEXT = "镇每年至少组织1次综合演练，5月31日前完成。镇实行全年24小时值班。"


@pytest.fixture
def desk(index: Index, database_url: str) -> Iterator[Desk]:
    engine = open_engine(database_url)
    desk = Desk(index, Store(engine))
    document = replace(alone(TEXT), region=TOWN, effective=date(2025, 6, 1))
    with desk.work(NOON) as work:
        obligationwork.refresh(work, Catalogue({document.id: document}))
    yield desk
    engine.dispose()


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk, lambda: NOON), raise_server_exceptions=False) as client:
        yield client


def field(page, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]


def signs_in(browser: TestClient, desk: Desk, name: str, role: Role) -> None:
    with desk.work(NOON) as work:
        person = Person(name=name, region=TOWN, created_at=NOON)
        work.session.add(person)
        work.session.flush()
        work.session.add(Grant(person_id=person.id or 0, role=role.value, region=TOWN))
        work.session.add(
            Identity(channel="test", sender=name, person_id=person.id or 0, last_seen_at=NOON, is_verified=True)
        )
    code = re.search(r"\d{6}", desk.receive(Incoming("test", f"login-{name}", name, "登录码", NOON), NOON)[0].text)[0]
    form = {"name": name, "code": code, "csrf": field(browser.get("/obligations"), "csrf")}
    assert browser.post("/login", data=form).status_code == 200


def acts(browser: TestClient, act: str, said: str = "") -> str:
    page = browser.get(f"/obligations/{ONE}")
    form = {"csrf": field(page, "csrf"), "nonce": field(page, "nonce"), "act": act, "said": said}
    return browser.post(f"/obligations/{ONE}", data=form).text


def test_the_list_shows_who_what_and_when_and_can_leave_out_what_has_no_date(browser: TestClient, desk: Desk):
    signs_in(browser, desk, "孙主任", Role.DIRECTOR)
    page = browser.get("/obligations").text
    assert "共2条" in page and "每年1次，5月31日前" in page and "1月1日至5月31日" in page
    assert "共1条" in browser.get("/obligations?dated=1").text
    assert "共0条" in browser.get("/obligations?state=confirmed").text


def test_a_director_amends_confirms_and_rejects_by_buttons(browser: TestClient, desk: Desk):
    signs_in(browser, desk, "孙主任", Role.DIRECTOR)
    assert "要求改成：每年2次，5月31日前" in acts(browser, "amend", "每年2次")
    page = acts(browser, "confirm")
    assert f"{ONE}已确认" in page and "已确认，用于" in page
    assert "镇每年至少组织1次综合演练，5月31日前完成" in page and "#u-1" in page  # the words, and the way to the clause
    assert "不是职责" in acts(browser, "reject", "县里的事")
    assert "县里的事" in browser.get(f"/obligations/{ONE}").text


def test_who_may_only_look_has_no_buttons_and_a_forged_form_does_nothing(browser: TestClient, desk: Desk):
    signs_in(browser, desk, "小周", Role.DUTY)
    page = browser.get(f"/obligations/{ONE}")
    assert page.status_code == 200 and "现在可以做" not in page.text
    form = {"csrf": field(page, "csrf"), "act": "confirm"}
    assert "您现在的身份办不了" in browser.post(f"/obligations/{ONE}", data=form).text


def test_a_stranger_is_asked_to_sign_in_and_a_grid_worker_sees_nothing(browser: TestClient, desk: Desk):
    assert browser.get("/obligations").status_code == 403
    signs_in(browser, desk, "李网格", Role.GRID)
    assert browser.get("/obligations").status_code == 403
