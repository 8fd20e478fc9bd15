"""The pages about drills: the year with denominators, one item with its evidence, and the acts as buttons."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk, drilldue
from assistant.drills import life
from assistant.exports import Order, export
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Incoming
from assistant.search import Index
from assistant.store import Store, open_engine
from assistant.store.ledger import Chosen
from bots.web.app import create_app
from tests.bots.test_obligation_pages import field
from tests.world import NOON, TOWN, VILLAGE

ONE = "LZ20260701-01"


@pytest.fixture
def desk(index: Index, database_url: str) -> Iterator[Desk]:
    engine = open_engine(database_url)
    desk = Desk(index, Store(engine))
    with desk.work(NOON) as work:
        window = (date(2026, 1, 1), date(2026, 12, 31))
        holder = Person(name="李网格", region=VILLAGE, created_at=NOON)
        work.session.add(holder)
        work.session.flush()
        fact = life.own(VILLAGE, "special_drill", "山洪", window, holder.id or 0)
        drilldue.open_item(work, fact, desk.rules)
    yield desk
    engine.dispose()


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk, lambda: NOON), raise_server_exceptions=False) as client:
        yield client


def signs_in(browser: TestClient, desk: Desk, name: str, role: Role, region: str) -> None:
    with desk.work(NOON) as work:
        person = Person(name=name, region=region, created_at=NOON)
        work.session.add(person)
        work.session.flush()
        work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region))
        work.session.add(
            Identity(channel="test", sender=name, person_id=person.id or 0, last_seen_at=NOON, is_verified=True)
        )
    code = re.search(r"\d{6}", desk.receive(Incoming("test", f"login-{name}", name, "登录码", NOON), NOON)[0].text)[0]
    browser.cookies.clear()
    form = {"name": name, "code": code, "csrf": field(browser.get("/drills"), "csrf")}
    assert browser.post("/login", data=form).status_code == 200


def acts(browser: TestClient, act: str, said: str = "", on: str = "") -> str:
    page = browser.get(f"/drills/{ONE}")
    csrf = field(page, "csrf")
    found = re.search(r'name="nonce" value="([^"]+)"', page.text)
    form = {"csrf": csrf, "nonce": found[1] if found else "0" * 32, "act": act, "said": said, "time": on}
    return browser.post(f"/drills/{ONE}", data=form).text


def test_a_drill_is_planned_told_and_checked_by_buttons(browser: TestClient, desk: Desk):
    signs_in(browser, desk, "赵镇长", Role.LEADER, TOWN)
    page = browser.get("/drills").text
    assert "0/1" in page and ONE in page and "山洪演练" in page
    assert "安排好了" in acts(browser, "plan", on="2026-07-12")
    assert "还没有到" in acts(browser, "done", "来了43人", "2026-07-12")
    assert "43人参加" in acts(browser, "done", "来了43人", "2026-07-01")
    assert "没看懂" in acts(browser, "pass")  # not the own one
    signs_in(browser, desk, "孙主任", Role.DIRECTOR, TOWN)
    page = acts(browser, "pass")
    assert "检查合格，" in page and "赵镇长报" in page
    assert "1/1" in browser.get("/drills").text
    assert "共0项" in browser.get("/drills?undone=1").text


def test_who_is_in_charge_elsewhere_sees_nothing_of_it(browser: TestClient, desk: Desk):
    signs_in(browser, desk, "周网格", Role.GRID, f"{TOWN}/下河村")
    assert ONE not in browser.get("/drills").text
    assert browser.get(f"/drills/{ONE}").status_code == 403


def test_the_export_has_a_row_for_each_item_and_names_nobody_in_public(desk: Desk):
    with desk.work(NOON) as work:
        content, count = export("drills", "csv", work.session, Order(Chosen(TOWN), NOON))
        assert count == 1 and ONE in content.decode("utf-8-sig") and "待安排" in content.decode("utf-8-sig")
        assert export("drills", "csv", work.session, Order(Chosen(f"{TOWN}/下河村"), NOON))[1] == 0
        assert export("drills", "xlsx", work.session, Order(Chosen(), NOON))[0][:2] == b"PK"


def test_a_place_plans_a_drill_of_its_own_on_the_page(browser: TestClient, desk: Desk):
    signs_in(browser, desk, "赵镇长", Role.LEADER, TOWN)
    page = browser.get("/drills")
    form = {"csrf": field(page, "csrf"), "nonce": field(page, "nonce"), "act": "own", "region": TOWN}
    form |= {"kind": "special_drill", "said": "地震", "time": "2026-07-20"}
    said = browser.post("/drills", data=form).text
    assert "LZ20260701-02安排好了：7月20日在示例镇办地震演练" in said
    assert browser.post("/drills", data=form).text.count("LZ20260701-03") == 0  # sent twice, one plan
    past = form | {"nonce": "1" * 32, "time": "2026-06-01"}
    assert "已经过去了" in browser.post("/drills", data=past).text
    elsewhere = form | {"nonce": "2" * 32, "region": "云南省/示例州"}
    assert "没看懂" in browser.post("/drills", data=elsewhere).text


def test_who_may_only_look_is_offered_no_plan(browser: TestClient, desk: Desk):
    signs_in(browser, desk, "钱值班", Role.DUTY, TOWN)
    assert "安排一次演练" not in browser.get("/drills").text
