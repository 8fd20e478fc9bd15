"""What an official account may send (R15): each window, template and subscription has a count of its own."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.ports import Incoming
from assistant.rules import load_rules
from assistant.store import Store, allowances, open_engine
from assistant.store.allowances import Kind

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
ANN, BEN = ("wechat", "o-ann"), ("wechat", "o-ben")


@pytest.fixture
def store(database_url: str):
    engine = open_engine(database_url)
    yield Store(engine)
    engine.dispose()


def said(store: Store, name: str, at: datetime, account: tuple[str, str] = ANN) -> None:
    store.keep([Incoming(*account[:1], name, account[1], "好", at)], at)


def spent(store: Store, at: datetime, account: tuple[str, str] = ANN) -> Kind | None:
    with store.work(at) as work:
        return allowances.spend_window(work.session, account, load_rules(), at)


def test_without_a_message_nothing_may_be_sent(store: Store):
    assert spent(store, NOW) is None


def test_five_after_a_message_and_five_more_after_the_next(store: Store):
    said(store, "m/1", NOW)
    assert [spent(store, NOW) for _ in range(6)] == [Kind.MESSAGE] * 5 + [None]
    said(store, "m/2", NOW + timedelta(hours=1))
    assert spent(store, NOW + timedelta(hours=2)) is Kind.MESSAGE
    assert spent(store, NOW + timedelta(hours=49, seconds=1)) is None


def test_a_touch_opens_a_minute_and_is_spent_first(store: Store):
    said(store, "m/1", NOW)
    said(store, "c/1", NOW)
    assert [spent(store, NOW) for _ in range(4)] == [Kind.TOUCH] * 3 + [Kind.MESSAGE]
    said(store, "c/2", NOW + timedelta(seconds=1))
    assert spent(store, NOW + timedelta(seconds=61)) is Kind.MESSAGE


def test_everybody_has_windows_of_their_own(store: Store):
    said(store, "m/1", NOW)
    said(store, "m/2", NOW, BEN)
    assert [spent(store, NOW) for _ in range(5)] == [Kind.MESSAGE] * 5
    assert spent(store, NOW, BEN) is Kind.MESSAGE


def test_what_has_not_left_is_given_back_and_what_the_platform_refuses_is_used_up(store: Store):
    said(store, "m/1", NOW)
    for _ in range(5):
        spent(store, NOW)
    with store.work(NOW) as work:
        allowances.give_back(work.session, ANN, Kind.MESSAGE)
    assert [spent(store, NOW), spent(store, NOW)] == [Kind.MESSAGE, None]
    said(store, "m/2", NOW + timedelta(seconds=1))
    assert spent(store, NOW + timedelta(seconds=2)) is Kind.MESSAGE
    with store.work(NOW) as work:
        allowances.use_up(work.session, ANN, Kind.MESSAGE, load_rules(), NOW)
    assert spent(store, NOW + timedelta(seconds=2)) is None


def test_a_subscription_is_spent_as_often_as_it_was_allowed(store: Store):
    def sent() -> bool:
        with store.work(NOW) as work:
            return allowances.spend_subscription(work.session, ANN, "T1")

    def allow(*, is_allowed: bool) -> None:
        with store.work(NOW) as work:
            allowances.grant(work.session, ANN, "T1", NOW, is_allowed=is_allowed)

    assert not sent()
    allow(is_allowed=True)
    allow(is_allowed=True)
    assert [sent(), sent(), sent()] == [True, True, False]
    allow(is_allowed=True)
    allow(is_allowed=False)
    assert not sent()


def test_templates_are_counted_by_the_day_in_china(store: Store):
    rules, evening = load_rules(), datetime(2026, 7, 1, 15, 59, tzinfo=UTC)
    with store.work(evening) as work:
        assert allowances.spend_template(work.session, "wechat", rules, evening)
        allowances.use_up(work.session, ("wechat", ""), Kind.TEMPLATE, rules, evening)
        assert not allowances.spend_template(work.session, "wechat", rules, evening)
        assert allowances.spend_template(work.session, "wechat", rules, evening + timedelta(minutes=2))
