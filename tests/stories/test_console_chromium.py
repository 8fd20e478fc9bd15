"""The console in a real Chromium: on a phone without JavaScript, at a desk, with the keyboard alone."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from assistant.desk import Desk, hazardwork, incidentwork
from assistant.dialogue.report import Report
from assistant.people import Grant, Identity, Person, Place, Role
from assistant.people.tree import level_of
from assistant.ports import Incoming, Location
from bots.serve import listen
from bots.web.app import create_app
from tests.pictures import hidden_data, picture
from tests.stories.chromium import CHROMIUM, PATIENCE_MS
from tests.stories.test_web_chromium import (
    COMPUTER,
    FAINT_TEXT,
    PHONE,
    SMALL_TARGETS,
    SMALL_TEXT,
    TOO_WIDE,
    UNNAMED,
)
from tests.world import NOON, TOWN, VILLAGE

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")
NAME = "钱值班"


@pytest.fixture
def numbers(desk: Desk) -> tuple[str, str]:
    """A hazard with a photo, and an incident; one duty officer with a bound chat."""
    with desk.work(NOON) as work:
        for path, lat, lon in ((TOWN, None, None), (VILLAGE, 25.201, 100.301)):
            work.session.add(Place(path=path, level=level_of(path).value, lat=lat, lon=lon))
        duty, caller = (Person(name=name, region=TOWN, created_at=NOON) for name in (NAME, "示例报告人"))
        work.session.add_all([duty, caller])
        work.session.flush()
        work.session.add(Grant(person_id=duty.id or 0, role=Role.DUTY.value, region=TOWN))
        account = Identity(channel="test", sender=NAME, person_id=duty.id or 0, last_seen_at=NOON, is_verified=True)
        work.session.add(account)
        shot = desk.gallery.keep(picture(exif=hidden_data()))
        told = {"region": VILLAGE, "location": Location(25.2057, 100.3068)}
        slope = Report("坡上裂了缝", "geological", "urgent", place="老粮站后面", attachments=(shot,), **told)
        fire = Report("着火了", "fire", "emergency", VILLAGE, place="村头大桥", danger="fire")
        hazard = hazardwork.register(work, caller, slope, desk.rules).number
        return hazard, incidentwork.raise_incident(work, caller, fire, desk.rules).number


@pytest.fixture
def site(desk: Desk, numbers: tuple[str, str]) -> Iterator[str]:
    with listen("127.0.0.1", 0) as listener:
        app = create_app(desk, lambda: NOON + timedelta(minutes=8))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def signs_in(page: Page, desk: Desk, path: str) -> None:
    now = NOON + timedelta(minutes=8)
    said = desk.receive(Incoming("test", f"login-{id(page)}", NAME, "登录码", now), now)[0].text
    page.goto(path)
    page.get_by_label("姓名").fill(NAME)
    page.get_by_label("登录码").fill(re.search(r"\d{6}", said)[0])
    page.get_by_label("登录码").press("Enter")
    page.wait_for_url(f"**{path}")


def opened(chromium: Browser, site: str, **options: object) -> Page:
    page = chromium.new_context(base_url=site, locale="zh-CN", **options).new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def test_on_a_phone_without_javascript_an_incident_is_taken_over_and_reported(
    chromium: Browser, site: str, desk: Desk, numbers: tuple[str, str]
) -> None:
    page = opened(chromium, site, java_script_enabled=False, **PHONE)
    signs_in(page, desk, "/incidents")
    expect(page.get_by_text("电话报县：还剩12分钟")).to_be_visible()
    page.get_by_role("link", name=numbers[1]).click()
    page.get_by_role("button", name="收到，我来处理").click()
    expect(page.get_by_role("status")).to_contain_text("由您接下了")
    page.locator("summary", has_text="已电话上报").click()
    page.get_by_label("报给谁").fill("县应急局")
    page.locator("details[open] input[type=time]").fill("12:05")
    page.get_by_role("button", name="记下：已电话上报").click()
    expect(page.get_by_role("status")).to_contain_text("电话报告县应急局（今天12:05）")
    page.context.close()


def test_with_the_keyboard_alone_a_point_of_the_map_leads_to_its_case(
    chromium: Browser, site: str, desk: Desk, numbers: tuple[str, str]
) -> None:
    page = opened(chromium, site, **COMPUTER)
    signs_in(page, desk, "/ledger")
    page.get_by_role("link", name="地图").press("Enter")
    page.locator("svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/map#spot-1")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", re.compile(r"SJ|#spot-2|YH"))
    page.get_by_role("link", name=numbers[0]).press("Enter")
    expect(page.get_by_text("离报的地点约")).to_be_visible()
    page.context.close()


def test_a_draft_is_copied_by_its_button(chromium: Browser, site: str, desk: Desk, numbers: tuple[str, str]) -> None:
    page = opened(chromium, site, permissions=["clipboard-read", "clipboard-write"], **COMPUTER)
    signs_in(page, desk, f"/incidents/{numbers[1]}")
    page.get_by_role("button", name="复制初报").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert "初报（草稿）" in page.evaluate("navigator.clipboard.readText()")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, COMPUTER])
def test_every_page_of_the_console_is_large_enough_clear_enough_and_fits(
    chromium: Browser, site: str, desk: Desk, numbers: tuple[str, str], screen: dict, scheme: str
) -> None:
    page = opened(chromium, site, color_scheme=scheme, **screen)
    records = (f"/ledger/{numbers[0]}", f"/incidents/{numbers[1]}")
    forms = ("/warnings/relay", "/warnings/relay?exercise=1")
    lists = ("/incidents", "/warnings", "/evacuation", "/map", "/duty", "/shifts", "/obligations", "/drills")
    paths = ("/ledger", *records, *lists, *forms)
    page.goto("/login")
    for path in ("/login", *paths):
        if path == paths[0]:
            signs_in(page, desk, path)
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for check in (SMALL_TEXT, SMALL_TARGETS, FAINT_TEXT, UNNAMED):
            assert page.evaluate(check) == [], (path, check)
        assert page.evaluate(TOO_WIDE) == 0, path
    page.context.close()
