"""The ledger's pages: for staff whose account is bound, by role and place; the reporter stays sealed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.desk import Desk, hazardwork
from assistant.dialogue.report import Report
from assistant.events import Actor
from assistant.hazards import By, handling
from assistant.hazards.steps import Action
from assistant.people import Grant, Person, Role
from assistant.ports import Location
from assistant.rules import load_rules
from assistant.search import Index
from assistant.store import Store, binding, open_engine
from assistant.store.media import MediaFolder
from bots.web.app import create_app
from tests.pictures import hidden_data, picture
from tests.world import NOON

TOWN = "云南省/示例州/示例县/示例镇"
ELSEWHERE = "云南省/示例州/示例县/别的镇"
PHONE = "13812345678"
RULES = load_rules()
STAFF = By(person=99, may=frozenset(action.value for action in Action))


@pytest.fixture
def media(tmp_path: Path) -> MediaFolder:
    return MediaFolder(tmp_path / "media")


@pytest.fixture
def desk(index: Index, database_url: str, media: MediaFolder) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(index, Store(engine, media))
    engine.dispose()


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk, lambda: NOON), raise_server_exceptions=False) as client:
        yield client


def invite(desk: Desk, name: str, role: Role | None, region: str = TOWN) -> str:
    with desk.work(NOON) as work:
        person = Person(name=name, region=region, created_at=NOON)
        work.session.add(person)
        work.session.flush()
        if role is not None:
            work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region))
        return binding.invite(work.session, person, NOON + timedelta(days=1), Actor("test"), NOON)


def token(page) -> str:
    return re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)[1]


def enters(browser: TestClient, code: str, **more: str):
    return browser.post("/login", data={"code": code, "csrf": token(browser.get("/ledger")), **more})


def signs_in(browser: TestClient, desk: Desk, role: Role | None = Role.DUTY, region: str = TOWN):
    return enters(browser, invite(desk, "示例值班员", role, region))


def signs_out(browser: TestClient):
    return browser.post("/logout", data={"csrf": token(browser.get("/ledger"))})


def file_report(desk: Desk, text: str, **more: object) -> str:
    said = {"category": "geological", "urgency": "urgent", "region": TOWN, "place": "老粮站后面"} | more
    with desk.work(NOON - timedelta(days=30)) as work:
        person = Person(name="示例报告人", phone=PHONE, created_at=NOON)
        work.session.add(person)
        work.session.flush()
        return hazardwork.register(work, person, Report(text=text, **said), RULES).number


def test_a_stranger_sees_how_to_sign_in_and_no_case(browser: TestClient, desk: Desk):
    number = file_report(desk, "坡上裂了缝")
    for path in ("/ledger", f"/ledger/{number}"):
        page = browser.get(path)
        assert page.status_code == 403
        assert 'name="code"' in page.text and "坡上裂了缝" not in page.text


@pytest.mark.parametrize("code", ["", "XXXX-XXXX", "=1+1", "绑定"])
def test_a_wrong_code_opens_nothing(browser: TestClient, desk: Desk, code: str):
    file_report(desk, "坡上裂了缝")
    page = enters(browser, code)
    assert page.status_code == 403 and "坡上裂了缝" not in page.text


def test_a_code_opens_the_ledger_once_and_signing_out_closes_it(browser: TestClient, desk: Desk):
    number = file_report(desk, "坡上裂了缝")
    code = invite(desk, "示例值班员", Role.DUTY)
    page = enters(browser, code)
    assert page.status_code == 200 and number in page.text and "示例值班员" in page.text
    assert browser.post("/logout").status_code == 403 and browser.get("/ledger").status_code == 200  # no form of ours
    assert signs_out(browser).status_code == 403
    assert browser.get("/ledger").status_code == 403
    assert enters(browser, code).status_code == 403


@pytest.mark.parametrize("role", [None, Role.VILLAGER, Role.REPORTER, Role.TRAINER])
def test_who_has_no_such_role_is_told_so(browser: TestClient, desk: Desk, role: Role | None):
    number = file_report(desk, "坡上裂了缝")
    signs_in(browser, desk, role)
    for path in ("/ledger", f"/ledger/{number}"):
        page = browser.get(path)
        assert page.status_code == 403
        assert "看台账" in page.text and "坡上裂了缝" not in page.text


def test_cases_of_another_place_are_not_shown(browser: TestClient, desk: Desk):
    here, there = file_report(desk, "坡上裂了缝"), file_report(desk, "井盖没了", region=ELSEWHERE)
    signs_in(browser, desk)
    page = browser.get("/ledger").text
    assert here in page and there not in page and "别的镇" not in page
    assert browser.get(f"/ledger/{there}").status_code == 403
    assert browser.get("/ledger/YH0").status_code == 404


def test_neither_reporter_nor_telephone_is_on_any_page(browser: TestClient, desk: Desk):
    number = file_report(desk, f"我是示例报告人，坡上裂了缝，电话{PHONE}", wishes="别打我电话")
    with desk.work(NOON) as work:
        hazard = work.hazard(number)
        (reporter,) = work.reporters(number)
        hazardwork.supplement(work, hazard, reporter, f"又裂了，打{PHONE}找示例报告人")
    signs_in(browser, desk)
    for path in ("/ledger", f"/ledger/{number}"):
        page = browser.get(path).text
        assert "裂了" in page
        assert PHONE not in page and "示例报告人" not in page


def test_words_of_an_anonymous_reporter_are_not_in_the_history(browser: TestClient, desk: Desk):
    point = Location(25.123456, 100.654321)
    number = file_report(desk, "有人私自采石", is_anonymous=True, location=point)
    with desk.work(NOON) as work:
        (reporter,) = work.reporters(number)
        hazardwork.supplement(work, work.hazard(number), reporter, "我是他家侄子")
    signs_in(browser, desk)
    page = browser.get(f"/ledger/{number}").text
    assert "25.123" in page and "25.1234" not in page and "侄子" not in page


def test_a_case_shows_its_history_in_words_and_links_its_clause(browser: TestClient, desk: Desk):
    number = file_report(desk, "坡上裂了缝<script>alert(1)</script>")
    with desk.work(NOON) as work:
        hazard = work.hazard(number)
        work.append(hazard, handling.reject(hazard, STAFF, "去看过，没有裂缝"), Actor("clock"))
    signs_in(browser, desk)
    page = browser.get(f"/ledger/{number}").text
    assert "登记" in page and "报的人" in page and "判为不属实" in page and "到点自动" in page
    assert "&lt;script&gt;" in page and "<script>" not in page


def test_filters_and_counts_have_denominators(browser: TestClient, desk: Desk):
    file_report(desk, "坡上裂了缝")
    closed = file_report(desk, "井盖没了", category="public_facility")
    with desk.work(NOON) as work:
        hazard = work.hazard(closed)
        work.append(hazard, handling.reject(hazard, STAFF, "没有"), Actor("clock"))
    signs_in(browser, desk)
    page = browser.get("/ledger").text
    assert "共2件" in page and "1/2（50%）" in page
    for asked, count in (
        ({"category": "public_facility"}, 1),
        ({"state": "rejected"}, 1),
        ({"late": "1"}, 1),
        ({"region": ELSEWHERE}, 0),
        ({"state": "dragons"}, 0),
    ):
        assert f"共{count}件" in browser.get("/ledger", params=asked).text


def presses(browser: TestClient, number: str, act: str, **more: str):
    page = browser.get(f"/ledger/{number}").text
    found = re.search(r'name="nonce" value="([0-9a-f]+)"', page)
    form = {
        "csrf": re.search(r'name="csrf" value="([0-9a-f]+)"', page)[1],
        "nonce": found[1] if found else "",
        "act": act,
    }
    return browser.post(f"/ledger/{number}", data=form | more)


def test_what_the_role_may_do_is_done_by_buttons_and_the_event_says_where(browser: TestClient, desk: Desk):
    number = file_report(desk, "坡上裂了缝")
    signs_in(browser, desk)
    page = browser.get(f"/ledger/{number}").text
    assert "立案" in page and "核实不属实" in page and "复查合格" not in page
    assert "立案" in presses(browser, number, "accepted").text
    page = presses(browser, number, "rejected").text
    assert "要写一句话说明" in page
    with desk.work(NOON) as work:
        event = work.events(number)[-1]
        assert (event.kind, event.channel) == ("accepted", "console")
    page = presses(browser, number, "rejected", said="去看过，是旧缝").text
    assert "不属实" in page
    with desk.work(NOON) as work:
        assert work.hazard(number).state == "rejected"
    assert "没有这一项" in presses(browser, number, "dragons").text


def test_a_picture_is_shown_without_its_hidden_data_to_those_of_the_place(
    browser: TestClient, desk: Desk, media: MediaFolder
):
    raw = picture(exif=hidden_data())
    kept = media.keep(raw)
    number = file_report(desk, "坡上裂了缝", attachments=(kept,))
    file_report(desk, "另一处", region=ELSEWHERE)
    assert browser.get(f"/media/{kept.digest}").status_code == 404
    signs_in(browser, desk)
    assert f'src="/media/{kept.digest}"' in browser.get(f"/ledger/{number}").text
    shown = browser.get(f"/media/{kept.digest}")
    assert shown.headers["content-type"] == "image/jpeg" and b"Exif" in raw and b"Exif" not in shown.content


def test_another_sites_form_cannot_sign_anybody_in_or_out(browser: TestClient, desk: Desk):
    code = invite(desk, "示例值班员", Role.DUTY)
    for path in ("/login", "/logout"):
        answer = browser.post(path, data={"code": code}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
    assert signs_in(browser, desk).status_code == 200
    assert browser.post("/login", data={"code": invite(desk, "另一位", Role.DUTY)}).status_code == 403  # no token
