"""R23: a call is acknowledged by a signed link; opening it does nothing, the button works once."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from assistant.desk import Desk, callwork
from assistant.people import Identity, Person
from assistant.store import Work
from assistant.store import warnings as stored
from assistant.store.outbox import OutboxRow
from tests.bots.console import Clock
from tests.world import TOWN

TITLE = "暴雨橙色预警"


@pytest.fixture
def person(desk: Desk, clock: Clock) -> int:
    with desk.work(clock()) as work:
        person = Person(name="李网格", region=TOWN, created_at=work.now)
        work.session.add(person)
        work.session.flush()
        work.session.add(Identity(channel="wechat", sender="o1", person_id=person.id or 0, last_seen_at=work.now))
        return person.id or 0


@pytest.fixture
def link(desk: Desk, clock: Clock, person: int) -> str:
    """The path of the link in the call to that person."""
    with desk.work(clock()) as work:
        called = [work.person_by_id(person)]
        callwork.issue_warning(work, TITLE, "沿河各组", TOWN, work.now, timedelta(minutes=30), called)
    return desk.link_for(called_by(desk, clock), clock())


def called_by(desk: Desk, clock: Clock) -> str:
    with desk.work(clock()) as work:
        return f"o{work.session.exec(select(OutboxRow.id).where(OutboxRow.recipient == 'o1')).one()}"


def events(desk: Desk, clock: Clock) -> list[tuple[str, str]]:
    with desk.work(clock()) as work:
        (made,) = stored.calls_of(work.session, "YJ20260701-01")
        return [(one.kind, one.channel) for one in work.events(made.number)]


def is_answered(desk: Desk, clock: Clock) -> bool:
    with desk.work(clock()) as work:
        return stored.calls_of(work.session, "YJ20260701-01")[0].answered_at is not None


def test_r23_opening_the_link_shows_the_call_and_has_no_effect(
    browser: TestClient, desk: Desk, clock: Clock, link: str
):
    before = events(desk, clock)
    for _ in range(3):  # WeChat and mail scanners open every link themselves
        shown = browser.get(link)
        assert shown.status_code == 200 and TITLE in shown.text and "按了才算应答" in shown.text
    assert browser.head(link).status_code == 200
    assert events(desk, clock) == before and not is_answered(desk, clock)


def test_r23_the_button_acknowledges_once_in_the_name_of_the_person(
    browser: TestClient, desk: Desk, clock: Clock, link: str
):
    assert browser.post(link).status_code == 200
    assert is_answered(desk, clock)
    after = events(desk, clock)
    assert after[-1][1] == "link"
    for again in (browser.post(link), browser.get(link)):
        assert again.status_code == 410 and "已经用过" in again.text
    assert events(desk, clock) == after


def test_r23_two_presses_at_once_are_one(browser: TestClient, desk: Desk, clock: Clock, link: str):
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(lambda _: browser.post(link).status_code, range(8)))
    assert statuses == [200] + [410] * 7
    assert len([one for one in events(desk, clock) if one[1] == "link"]) == 1


def test_r23_after_its_time_the_link_does_nothing(browser: TestClient, desk: Desk, clock: Clock, link: str):
    clock.now += timedelta(hours=12)
    for response in (browser.get(link), browser.post(link)):
        assert response.status_code == 410
    assert not is_answered(desk, clock)


def flipped(path: str) -> str:
    said, _, mac = path.removeprefix("/a/").partition(".")
    return f"/a/{said}.{'B' if mac[0] == 'A' else 'A'}{mac[1:]}"


def said_otherwise(old: str, new: str) -> Callable[[str], str]:
    def change(path: str) -> str:
        said, _, mac = path.removeprefix("/a/").partition(".")
        text = urlsafe_b64decode(said + "=" * (-len(said) % 4)).decode()
        assert old in text
        return f"/a/{urlsafe_b64encode(text.replace(old, new, 1).encode()).decode().rstrip('=')}.{mac}"

    return change


@pytest.mark.parametrize(
    "tampered",
    [
        flipped,
        said_otherwise("|1", "|2"),  # another person
        said_otherwise("YJ20260701-01", "YJ20260701-02"),
        lambda path: path[:-1],
        lambda path: path + "A",
        lambda path: path.replace(".", "=."),  # the same bytes spelt otherwise would be a second link
        lambda path: path.partition(".")[0],
        lambda path: "/a/" + "A" * 5000,
        lambda path: "/a/x",
        lambda path: "/a/%00.%0a",
    ],
)
def test_r23_a_link_that_was_changed_is_refused(
    browser: TestClient, desk: Desk, clock: Clock, link: str, tampered: Callable[[str], str]
):
    for response in (browser.get(tampered(link)), browser.post(tampered(link))):
        assert response.status_code == 403 and "链接不对" in response.text
    assert not is_answered(desk, clock)


def test_r23_a_link_of_another_key_is_refused(browser: TestClient, desk: Desk, clock: Clock, link: str):
    from assistant.store.acklinks import LinkKeyRow

    with desk.work(clock()) as work:
        key = work.session.exec(select(LinkKeyRow)).one()
        key.value = "00" * 32
        work.session.add(key)
    assert browser.post(link).status_code == 403


@pytest.mark.parametrize("change", ["left", "lifted"])
def test_r23_who_has_left_and_what_is_over_acknowledge_nothing(
    browser: TestClient, desk: Desk, clock: Clock, link: str, person: int, change: str
):
    with desk.work(clock()) as work:
        _changed(work, person, change)
    assert browser.post(link).status_code == {"left": 403, "lifted": 410}[change]
    assert not is_answered(desk, clock)


def _changed(work: Work, person: int, change: str) -> None:
    if change == "left":
        row = work.person_by_id(person)
        row.is_active = False
        work.session.add(row)
    else:
        from assistant.events import CLOCK
        from assistant.warnings import WarningState, climbing

        work.append(stored.warning(work, "YJ20260701-01"), climbing.ended(WarningState.LIFTED, ""), CLOCK)


def test_r23_whoever_has_answered_in_the_chat_may_press_all_the_same(
    browser: TestClient, desk: Desk, clock: Clock, link: str
):
    with desk.work(clock()) as work:
        from assistant.desk import answering
        from assistant.warnings.hearing import Heard

        (made,) = stored.calls_of(work.session, "YJ20260701-01")
        answering.take(work, made, work.person_by_id(made.person), Heard.received(), "收到")
    before = events(desk, clock)
    assert "已经应答过了" in browser.get(link).text
    assert browser.post(link).status_code == 200
    assert events(desk, clock) == before


def test_r23_only_a_message_that_calls_somebody_has_a_link(desk: Desk, clock: Clock, link: str):
    assert [desk.link_for(prompt, clock()) for prompt in ("", "o99", "i1.0", "x")] == [""] * 4


def test_r23_guessing_is_slowed_down(browser: TestClient, link: str):
    statuses = [browser.get("/a/x").status_code for _ in range(61)]
    assert statuses == [403] * 60 + [429]


def test_r18_no_token_of_a_link_stands_in_the_database(desk: Desk, clock: Clock, link: str):
    mac = link.partition(".")[2]
    with desk.work(clock()) as work:
        connection = work.session.connection().connection.dbapi_connection
        assert mac not in "\n".join(connection.iterdump())
