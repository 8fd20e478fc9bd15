"""Signing in to the console: name and code from a bound chat, few tries, once, soon; fail closed."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from assistant.desk import Desk
from assistant.people import Grant, Identity, Person, Role
from assistant.people.logins import LoginCode, LoginSession
from assistant.ports import Incoming
from assistant.search import Index
from assistant.store import Store, binding, open_engine
from assistant.store.inbox import InboxRow
from assistant.store.secrets import SecretRow
from tests.bots.console import Clock
from tests.world import NOON, TOWN

NAME = "示例值班员"


@pytest.fixture
def desk(index: Index, database_url: str) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(index, Store(engine))
    engine.dispose()


def enter(
    desk: Desk, name: str = NAME, role: Role | None = Role.DUTY, *, is_bound: bool = True, sender: str = ""
) -> None:
    with desk.work(NOON) as work:
        person = Person(name=name, region=TOWN, created_at=NOON)
        work.session.add(person)
        work.session.flush()
        if role is not None:
            work.session.add(Grant(person_id=person.id or 0, role=role.value, region=TOWN))
        account = Identity(channel="test", sender=sender or name, person_id=person.id or 0, last_seen_at=NOON)
        account.is_verified = is_bound
        work.session.add(account)


def says(desk: Desk, clock: Clock, text: str = "登录码", sender: str = NAME, again: str = "") -> str:
    says.count = getattr(says, "count", 0) + 1
    incoming = Incoming("test", again or f"m-{says.count}", sender, text, clock.now)
    return desk.receive(incoming, clock.now)[0].text


def code_of(text: str) -> str:
    return re.search(r"登录码：(\d{6})", text)[1]


def token(page) -> str:
    return re.search(r'name="csrf" value="([0-9a-f]+)"', page.text)[1]


def enters(browser: TestClient, code: str, name: str = NAME, **more: str):
    form = {"name": name, "code": code, "csrf": token(browser.get("/ledger")), "back": "/map"} | more
    return browser.post("/login", data=form, follow_redirects=False)


@pytest.mark.parametrize("text", ["登录", "登录码", "登陆码", "我要登录台账", "给我一个登录码", "/login"])
def test_a_code_from_the_chat_opens_the_console(desk: Desk, clock: Clock, browser: TestClient, text: str):
    enter(desk)
    answer = enters(browser, code_of(says(desk, clock, text)))
    assert answer.status_code == 303 and answer.headers["location"] == "/map"
    cookie = answer.headers["set-cookie"]
    assert "yingda_console=" in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
    page = browser.get("/ledger")
    assert page.status_code == 200 and NAME in page.text


@pytest.mark.parametrize("text", ["登录不上怎么办", "怎么登录医保", "登录码是什么"])
def test_who_asks_about_something_else_gets_no_code(desk: Desk, clock: Clock, text: str):
    enter(desk)
    assert "登录码：" not in says(desk, clock, text)


def test_who_is_not_bound_or_has_no_role_gets_no_code(desk: Desk, clock: Clock):
    enter(desk, "没绑定", is_bound=False)
    enter(desk, "村民", role=None)
    enter(desk, "信息员", role=Role.REPORTER)
    assert "绑定" in says(desk, clock, sender="没绑定") and "绑定" in says(desk, clock, sender="陌生人")
    for name in ("村民", "信息员"):
        assert "看不了" in says(desk, clock, sender=name)
    with desk.work(NOON) as work:
        assert work.session.exec(select(LoginCode)).all() == []


def test_a_code_is_used_once_and_a_new_one_ends_the_one_before(desk: Desk, clock: Clock, browser: TestClient):
    enter(desk)
    first, second = code_of(says(desk, clock)), code_of(says(desk, clock))
    assert first == second or enters(browser, first).status_code == 403
    assert enters(browser, second).status_code == 303
    browser.cookies.clear()
    assert enters(browser, second).status_code == 403


def test_a_code_is_dead_after_its_time(desk: Desk, clock: Clock, browser: TestClient):
    enter(desk)
    code = code_of(says(desk, clock))
    clock.now += timedelta(minutes=5)
    assert enters(browser, code).status_code == 403


def test_a_code_dies_of_wrong_tries_and_only_that_of_the_name(desk: Desk, clock: Clock, browser: TestClient):
    enter(desk)
    enter(desk, "另一位")
    code, other = code_of(says(desk, clock)), code_of(says(desk, clock, sender="另一位"))
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert enters(browser, wrong).status_code == 403
    assert enters(browser, code).status_code == 403
    assert enters(browser, other, "另一位").status_code == 303


@pytest.mark.parametrize(
    "more",
    [{"name": "别人"}, {"name": "' or 1=1 --"}, {"code": ""}, {"code": "12345"}, {"csrf": ""}, {"csrf": "0" * 64}],
    ids=str,
)
def test_what_does_not_fit_opens_nothing(desk: Desk, clock: Clock, browser: TestClient, more: dict):
    enter(desk)
    code = code_of(says(desk, clock))
    assert enters(browser, **({"code": code} | more)).status_code == 403
    assert browser.get("/ledger").status_code == 403


def test_too_many_tries_from_one_place_wait(desk: Desk, clock: Clock, browser: TestClient):
    enter(desk)
    for _ in range(10):
        enters(browser, "000000", "谁也不是")
    code = code_of(says(desk, clock))
    assert "过一分钟" in enters(browser, code).text
    clock.now += timedelta(minutes=1)
    assert enters(browser, code).status_code == 303


def test_a_session_ends_after_its_hours_and_where_the_account_is_taken_away(
    desk: Desk, clock: Clock, browser: TestClient
):
    enter(desk)
    enters(browser, code_of(says(desk, clock)))
    clock.now += timedelta(hours=7, minutes=59)
    assert browser.get("/ledger").status_code == 200
    clock.now += timedelta(minutes=1)
    assert browser.get("/ledger").status_code == 403
    enters(browser, code_of(says(desk, clock)))
    assert browser.get("/ledger").status_code == 200
    with desk.work(clock.now) as work:
        person = work.person("test", NAME)
        binding.unbind(work.session, person, "test", binding_actor(person), clock.now)
    assert browser.get("/ledger").status_code == 403


def binding_actor(person: Person):
    from assistant.events import Actor

    return Actor(f"person/{person.id}", "console")


def test_a_form_of_another_session_does_nothing(desk: Desk, clock: Clock, browser: TestClient):
    enter(desk)
    enters(browser, code_of(says(desk, clock)))
    stolen = token(browser.get("/ledger"))
    browser.cookies.delete("yingda_console")
    enters(browser, code_of(says(desk, clock)))
    assert browser.post("/logout", data={"csrf": stolen}).status_code == 403
    assert browser.get("/ledger").status_code == 200
    assert browser.post("/logout", data={"csrf": token(browser.get("/ledger"))}).status_code == 403
    assert browser.get("/ledger").status_code == 403


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/ledger/../../", "/logout", ""])
def test_after_signing_in_one_is_led_nowhere_else(desk: Desk, clock: Clock, browser: TestClient, back: str):
    enter(desk)
    assert enters(browser, code_of(says(desk, clock)), back=back).headers["location"] == "/ledger"


def test_neither_code_nor_token_stands_in_the_database(desk: Desk, clock: Clock, browser: TestClient):
    enter(desk)
    code = code_of(says(desk, clock, again="m-x"))
    assert code_of(says(desk, clock, again="m-x")) == code  # delivered once more: the same code
    with desk.work(NOON) as work:
        kept = "".join(row.replies for row in work.session.exec(select(InboxRow)).all())
        assert code not in kept and "⟦" in kept
        assert work.session.exec(select(LoginCode)).one().digest != code
    enters(browser, code)
    with desk.work(NOON) as work:
        assert browser.cookies["yingda_console"] != work.session.exec(select(LoginSession)).one().digest
    clock.now += timedelta(minutes=5)
    assert "＊＊" in says(desk, clock, again="m-x")
    desk.tick(clock.now)
    with desk.work(clock.now) as work:
        assert work.session.exec(select(SecretRow)).all() == work.session.exec(select(LoginCode)).all() == []
