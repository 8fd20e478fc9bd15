"""The web pages in a real Chromium: on a phone, at a desk, without JavaScript, without a mouse, without a network."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.desk import Desk
from assistant.store import Store, open_engine
from bots.serve import listen
from bots.web.app import create_app
from tests.pictures import hidden_data, picture
from tests.stories.chromium import CHROMIUM, PATIENCE_MS
from tests.world import NOON

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
COMPUTER = {"viewport": {"width": 1280, "height": 800}}
QUESTION = "村里一年要演练几回"
QUOTE = "乡镇（街道）和村（社区）每年至少组织1次综合演练"
YUNNAN = "《云南实施意见》（十七）"
TOWN = "云南省/示例州/示例县/示例镇"

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed")


@pytest.fixture
def site(desk: Desk) -> Iterator[str]:
    """The pages, served as `yingda serve` does; yields their address."""
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(desk, lambda: NOON), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@contextmanager
def visit(chromium: Browser, site: str, **options: object) -> Iterator[Page]:
    """Open the chat; in the end the console must be silent, and nobody else may have been asked for anything."""
    context = chromium.new_context(base_url=site, locale="zh-CN", reduced_motion="reduce", **options)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(site) else troubles.append(request.url))
    page.goto("/")
    yield page
    context.close()
    assert troubles == []


def choose_region(page: Page, region: str) -> None:
    page.locator(".who summary").click()
    page.get_by_label("我在哪里").select_option(region)
    page.get_by_label("干部").check()
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".who summary")).to_contain_text(region.rpartition("/")[2])


def ask(page: Page, text: str) -> None:
    page.get_by_label("您的问题").fill(text)
    page.get_by_role("button", name="发送").click()


def newest(page: Page) -> Page:
    return page.locator(".exchange").last


def read_the_quote(page: Page) -> None:
    """Tap the citation under the newest answer; the clause is in view, with the quote marked."""
    page.locator(".chips a", has_text=YUNNAN).last.click()
    page.wait_for_url("**/d/yunnan-2025?q=*#u-17")
    mark = page.locator("mark", has_text=QUOTE)
    expect(mark).to_be_in_viewport()
    expect(page.locator("#u-17")).to_contain_text("（十七）")


@pytest.mark.parametrize("screen", [PHONE, COMPUTER])
def test_a_cadre_asks_taps_the_citation_and_sees_the_quote_marked(chromium: Browser, site: str, screen: dict) -> None:
    with visit(chromium, site, **screen) as page:
        choose_region(page, "云南省")
        page.evaluate("window.isSamePage = true")
        ask(page, QUESTION)
        expect(newest(page)).to_contain_text(QUOTE)
        expect(newest(page).locator(".basis")).to_contain_text("《中央意见》（十三）")
        assert page.evaluate("window.isSamePage") is True
        expect(page.get_by_label("您的问题")).to_be_focused()
        expect(newest(page).locator(".ask")).to_be_in_viewport(ratio=1)
        read_the_quote(page)
        page.get_by_role("link", name="返回对话").first.click()
        expect(newest(page)).to_contain_text(QUOTE)


def test_without_javascript_the_same_is_possible(chromium: Browser, site: str) -> None:
    with visit(chromium, site, java_script_enabled=False, **PHONE) as page:
        choose_region(page, "云南省")
        ask(page, QUESTION)
        page.wait_for_url("**/#newest")
        expect(newest(page)).to_contain_text(QUOTE)
        expect(newest(page).locator(".ask")).to_be_in_viewport(ratio=1)
        newest(page).get_by_role("button", name="出处").click()
        expect(newest(page)).to_contain_text("中共云南省委办公厅")
        read_the_quote(page)


def tab_to(page: Page, text: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.textContent"):
            break
    focused = page.locator(":focus-visible")
    expect(focused).to_contain_text(text)
    assert focused.evaluate("e => getComputedStyle(e).outlineStyle") != "none"


def test_with_the_keyboard_alone_the_same_is_possible(chromium: Browser, site: str) -> None:
    with visit(chromium, site, **COMPUTER) as page:
        expect(page.get_by_label("您的问题")).to_be_focused()
        page.keyboard.type("我在云南")
        page.keyboard.press("Enter")
        expect(newest(page)).to_contain_text("云南省")
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        expect(newest(page)).to_contain_text(QUOTE)
        page.keyboard.press("Shift+Tab")
        for _ in range(10):
            if YUNNAN in page.evaluate("document.activeElement.textContent"):
                break
            page.keyboard.press("Shift+Tab")
        expect(page.locator(":focus-visible")).to_contain_text(YUNNAN)
        page.keyboard.press("Enter")
        expect(page.locator("mark", has_text=QUOTE)).to_be_in_viewport()
        tab_to(page, "返回对话")
        page.keyboard.press("Enter")
        expect(newest(page)).to_contain_text(QUOTE)


def test_shift_enter_breaks_the_line_and_the_enter_of_an_input_method_sends_nothing(
    chromium: Browser, site: str
) -> None:
    with visit(chromium, site, **COMPUTER) as page:
        box = page.get_by_label("您的问题")
        box.press_sequentially("第一行")
        box.press("Shift+Enter")
        box.press_sequentially("yan")
        composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
        box.evaluate(f"e => e.dispatchEvent({composing})")
        expect(box).to_have_value("第一行\nyan")
        assert page.locator(".exchange").count() == 0


def test_tapping_twice_sends_once(chromium: Browser, site: str, desk: Desk) -> None:
    with visit(chromium, site, **PHONE) as page:
        page.get_by_label("您的问题").fill(QUESTION)
        page.get_by_role("button", name="发送").dblclick()
        expect(newest(page).locator(".chips").first).to_be_visible()
        page.reload()
        assert page.locator(".exchange").count() == 1


def test_without_javascript_sending_the_form_again_changes_nothing(chromium: Browser, site: str) -> None:
    with visit(chromium, site, java_script_enabled=False, **PHONE) as page:
        page.get_by_label("您的问题").fill(QUESTION)
        page.get_by_role("button", name="发送").dblclick()
        expect(page.locator(".exchange")).to_have_count(1)


def test_a_message_lost_on_the_way_is_sent_again_by_a_tap(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, **PHONE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/")
    context.set_offline(True)
    ask(page, QUESTION)
    expect(page.get_by_role("alert")).to_contain_text("网络不通")
    context.set_offline(False)
    page.get_by_role("button", name="再发一次").click()
    expect(newest(page).locator(".chips").first).to_be_visible()
    page.reload()
    expect(page.locator(".exchange")).to_have_count(1)
    context.close()


def test_examples_and_suggestions_are_sent_by_a_tap(chromium: Browser, site: str) -> None:
    with visit(chromium, site, **PHONE) as page:
        page.get_by_role("button", name=QUESTION).click()
        expect(newest(page).locator(".ask")).to_contain_text(QUESTION)
        page.get_by_role("button", name="下一条").click()
        expect(page.locator(".exchange")).to_have_count(2)
        expect(page.locator(".choices:visible")).to_have_count(1)


def test_the_duty_desks_reply_appears_on_the_open_page(chromium: Browser, site: str, database_url: str) -> None:
    with visit(chromium, site, **PHONE) as page:
        page.clock.install()
        ask(page, "明天猪肉多少钱一斤")
        newest(page).get_by_role("button", name="转人工").click()
        expect(newest(page)).to_contain_text("值班台的名单")
        Store(open_engine(database_url)).hand_overs.answer(1, "请问市场监管所。", "示例甲", NOON)
        page.clock.fast_forward(31_000)
        expect(newest(page)).to_contain_text("请问市场监管所")
        page.clock.fast_forward(100_000)
        expect(page.locator(".exchange")).to_have_count(3)
        page.reload()
        expect(page.locator(".exchange")).to_have_count(3)
        expect(newest(page)).to_contain_text("请问市场监管所")


def test_a_text_that_is_far_too_long_is_refused_in_the_conversation(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, **PHONE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/")
    ask(page, "演" * 30_000)
    expect(page.get_by_role("alert")).to_contain_text("内容太长")
    context.close()


PAGES = ["/", "/documents", "/d/sample-town-comprehensive-2025", "/d/yunnan-2025?q=300-420#u-17", "/healthy"]
SMALL_TEXT = """() => [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() &&
  [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize) < 17)
  .map(e => e.outerHTML.slice(0, 80))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, .chips a, .phones a, .quiet, .back, summary, select, .pick, textarea")]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""
FAINT_TEXT = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (c) => [.2126, .7152, .0722].reduce((sum, weight, i) => {
    const v = c[i] / 255; return sum + weight * (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); }, 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = numbers(getComputedStyle(e).backgroundColor);
    if (c[3] !== 0) return c; } return [255, 255, 255]; };
  const ratio = (a, b) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  return [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() &&
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) &&
    ratio(light(numbers(getComputedStyle(e).color)), light(ground(e))) < 4.5).map(e => e.outerHTML.slice(0, 80)); }"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNNAMED = """() => [...document.querySelectorAll("a, button, select, textarea, input:not([type=hidden])")]
  .filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, COMPUTER])
def test_every_page_is_large_enough_clear_enough_and_fits(
    chromium: Browser, site: str, screen: dict, scheme: str
) -> None:
    context = chromium.new_context(base_url=site, color_scheme=scheme, **screen)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/")
    choose_region(page, TOWN)
    ask(page, QUESTION)
    expect(newest(page).locator(".chips").first).to_be_visible()
    for path in PAGES:
        page.goto(path)
        if path == "/":
            page.locator(".who summary").click()
        for check in (SMALL_TEXT, SMALL_TARGETS, FAINT_TEXT, UNNAMED):
            assert page.evaluate(check) == [], (path, check)
        assert page.evaluate(TOO_WIDE) == 0, path
    context.close()


def test_the_emergency_numbers_stay_in_view(chromium: Browser, site: str) -> None:
    with visit(chromium, site, **PHONE) as page:
        for _ in range(3):
            ask(page, QUESTION)
            expect(newest(page).locator(".chips").first).to_be_visible()
        page.mouse.wheel(0, 5000)
        for number in ("119", "110", "120"):
            link = page.locator(f'a[href="tel:{number}"]')
            expect(link).to_be_in_viewport(ratio=1)
        page.locator(".who summary").click()
        assert page.evaluate(
            """() => [...document.querySelectorAll(".phones a")].every(e => { const r = e.getBoundingClientRect();
            return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); })"""
        )


def test_the_answer_is_announced_to_a_screen_reader(chromium: Browser, site: str) -> None:
    with visit(chromium, site, **PHONE) as page:
        ask(page, QUESTION)
        expect(page.get_by_role("log").locator(".chips").first).to_be_visible()
        assert page.get_by_role("log").get_attribute("aria-live") == "polite"


def test_the_contents_lead_to_their_clauses(chromium: Browser, site: str) -> None:
    with visit(chromium, site, **PHONE) as page:
        page.goto("/d/sample-town-comprehensive-2025")
        page.locator("#toc summary").click()
        page.get_by_role("link", name="附件1", exact=False).first.click()
        expect(page.locator("#u-a1")).to_be_in_viewport()


def new_visitor(context: BrowserContext) -> str:
    return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "yingda")


def test_the_conversation_is_still_there_tomorrow_and_only_for_its_owner(chromium: Browser, site: str) -> None:
    with visit(chromium, site, **PHONE) as page:
        ask(page, QUESTION)
        expect(newest(page).locator(".chips").first).to_be_visible()
        later = page.context.new_page()
        later.goto("/")
        expect(later.locator(".exchange")).to_have_count(1)
        with visit(chromium, site, **PHONE) as stranger:
            assert stranger.locator(".exchange").count() == 0
            assert new_visitor(stranger.context) != new_visitor(page.context)


@pytest.mark.parametrize("screen", [PHONE, COMPUTER])
def test_a_comparison_is_a_table_that_fits_the_screen(chromium: Browser, site: str, screen: dict) -> None:
    with visit(chromium, site, **screen) as page:
        choose_region(page, "云南省")
        ask(page, "云南和北京的演练次数谁要求得多")
        levels = newest(page).locator("table.levels")
        expect(levels.locator("> tbody > tr > th")).to_have_text(["云南省", "北京市"])
        numbers = newest(page).locator(".table table")
        expect(numbers.locator("tbody th")).to_have_text(["云南省", "北京市"])
        expect(numbers).to_contain_text("每年至少组织1次综合演练")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE, COMPUTER])
def test_an_explanation_stands_apart_from_the_quotes_in_a_box_of_its_own(
    chromium: Browser, site: str, screen: dict, scheme: str
) -> None:
    with visit(chromium, site, color_scheme=scheme, **screen) as page:
        ask(page, QUESTION)
        box = newest(page).locator(".part.explanation")
        expect(box).to_contain_text("不是文件原文")
        expect(box).not_to_contain_text(QUOTE)
        assert box.evaluate("e => getComputedStyle(e).borderTopStyle") == "dashed"
        assert box.bounding_box()["y"] > newest(page).locator(".chips").last.bounding_box()["y"]
        for check in (SMALL_TEXT, FAINT_TEXT):
            assert page.evaluate(check) == []
        assert page.evaluate(TOO_WIDE) == 0


POINT = {"latitude": 25.187222, "longitude": 100.321}
BROKEN = "这张照片没有传完整"


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    path = tmp_path / "shot.jpg"
    path.write_bytes(picture(side=(320, 240), exif=hidden_data()))
    return path


def choose(page: Page, shot: Path) -> None:
    page.locator(".more summary").click()
    page.get_by_label("选照片").set_input_files(shot)


def sees_the_photo(page: Page) -> None:
    shown = newest(page).get_by_role("img", name="您发的照片")
    expect(shown).to_be_visible()
    assert shown.evaluate("async e => { await e.decode(); return e.naturalWidth }") == 320


def test_a_villager_sends_a_photo_and_where_he_stands(chromium: Browser, site: str, shot: Path) -> None:
    with visit(chromium, site, geolocation=POINT, permissions=["geolocation"], **PHONE) as page:
        page.locator(".more summary").click()
        for check in (SMALL_TEXT, SMALL_TARGETS, FAINT_TEXT, UNNAMED):
            assert page.evaluate(check) == [], check
        assert page.evaluate("[...document.querySelectorAll('.more label')].every(e => e.offsetHeight >= 44)")
        page.get_by_role("button", name="发我的位置").click()
        expect(page.get_by_role("status")).to_have_text("这次一起发：位置。")
        choose(page, shot)
        expect(page.get_by_role("status")).to_have_text("这次一起发：照片1张、位置。")
        ask(page, "路上井盖不见了")
        sees_the_photo(page)
        expect(newest(page).locator(".ask")).to_contain_text("北纬25.1872°，东经100.3210°")
        expect(page.locator("#ready")).to_be_hidden()
        page.reload()
        sees_the_photo(page)


def test_a_photo_alone_is_sent_with_the_button(chromium: Browser, site: str, shot: Path) -> None:
    with visit(chromium, site, **PHONE) as page:
        choose(page, shot)
        page.get_by_role("button", name="发送").click()
        sees_the_photo(page)


def test_who_does_not_give_the_place_is_asked_for_words(chromium: Browser, site: str) -> None:
    with visit(chromium, site, **PHONE) as page:  # the permission is not granted
        page.locator(".more summary").click()
        page.get_by_role("button", name="发我的位置").click()
        expect(page.get_by_role("status")).to_contain_text("用文字写一下在哪里")


def test_without_javascript_a_photo_can_be_sent_and_a_broken_one_does_not_stop_the_words(
    chromium: Browser, site: str, shot: Path, tmp_path: Path
) -> None:
    with visit(chromium, site, java_script_enabled=False, **PHONE) as page:
        choose(page, shot)
        ask(page, "路上井盖不见了")
        page.wait_for_url("**/#newest")
        expect(newest(page).get_by_role("img", name="您发的照片")).to_be_visible()
        half = tmp_path / "half.jpg"
        half.write_bytes(shot.read_bytes()[:300])
        choose(page, half)
        ask(page, "井盖边上还有个坑")
        expect(newest(page)).to_contain_text(BROKEN)
        expect(newest(page)).to_contain_text("井盖边上还有个坑")
