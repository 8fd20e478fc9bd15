"""App messages of WeCom: what counts as sent, what comes twice, and how many a member gets (R10, R13, R15, R22, R31)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.desk import Desk
from assistant.errors import RecipientGone, SendingFailed, SendingInDoubt, SendingRefused
from assistant.ports import Outgoing
from assistant.rules import Rules, load_rules
from assistant.search import Index
from assistant.store import Store, open_engine
from assistant.store.limits import limits_of
from assistant.store.media import MediaFolder
from assistant.store.outbox import Delivery, Lane, OutboxRow
from assistant.wording.sentences import AGAIN
from bots.fakes.wecom import FakeWeCom
from bots.wecom import LiveWeCom, open_wecom
from bots.wecom.cards import messages
from tests.bots.wecom_site import Site, opened, settings
from tests.world import NOON

CALL = "【示例预警】收到请回复。"
LONG = "第一行是标题\n" + "请通知到户，逐户喊到，喊到了回复。" * 20
CHOICES = ("收到", "需要支援")


@pytest.fixture
def desk(index: Index, database_url: str, tmp_path: Path) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(index, Store(engine, MediaFolder(tmp_path / "media")), pushed={"wecom"})
    engine.dispose()


@pytest.fixture
def site(desk: Desk) -> Iterator[Site]:
    with opened(desk) as site:
        yield site


@pytest.fixture
def live(site: Site) -> LiveWeCom:
    site.fake.phone("zhangsan")
    return site.live


def to(text: str, *choices: str, prompt: str = "o7") -> Outgoing:
    return Outgoing("wecom", "zhangsan", text, choices=choices, prompt=prompt if choices else "")


def read(site: Site) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.text, one.buttons) for one in site.fake.phone("zhangsan").read()]


@pytest.mark.parametrize(
    ("fault", "value", "error"),
    [
        ("html", 0, SendingInDoubt),  # a page with 200: the platform may have been asked, or not
        ("status", 502, SendingInDoubt),
        ("errcode", -1, SendingFailed),
        ("errcode", 45009, SendingFailed),
        ("errcode", 60020, SendingFailed),
        ("errcode", 48001, SendingRefused),
        ("errcode", 45002, SendingRefused),
        ("errcode", 81013, RecipientGone),
        ("errcode", 40031, RecipientGone),
        ("errcode", 4711, SendingFailed),  # a code that nobody knows is tried again
    ],
)
def test_what_did_not_go_is_never_taken_for_sent(
    site: Site, live: LiveWeCom, fault: str, value: int, error: type[Exception]
) -> None:
    """R13, R14."""
    site.fake.fault(value if fault == "status" else fault, path="message/send", value=value)
    with pytest.raises(error) as raised:
        live.channel.send(to(CALL), "k")
    assert type(raised.value) is error
    assert read(site) == []
    live.channel.send(to(CALL), "k")
    assert read(site) == [(CALL, ())]


def test_who_is_not_in_the_app_is_gone_though_the_call_worked(site: Site, live: LiveWeCom) -> None:
    """R13: errcode 0, and invaliduser in other letters than ours."""
    site.fake.fault("partial", path="message/send")
    with pytest.raises(RecipientGone) as gone:
        live.channel.send(Outgoing("wecom", "ZhangSan", CALL), "k")
    assert "invaliduser" in str(gone.value)


def test_a_token_that_was_revoked_costs_one_call_more(site: Site, live: LiveWeCom) -> None:
    live.channel.send(to("一"), "a")
    site.fake.forget_tokens()
    live.channel.send(to("二"), "b")
    assert len(site.fake.called("gettoken")) == 2
    assert [text for text, _ in read(site)] == ["一", "二"]


def test_a_vendor_that_never_takes_the_token_is_asked_twice(site: Site, live: LiveWeCom) -> None:
    """R11."""
    site.fake.fault("errcode", path="message/send", value=40001, times=-1)
    with pytest.raises(SendingFailed):
        live.channel.send(to(CALL), "k")
    assert len(site.fake.called("message/send")) == 2
    assert len(site.fake.called("gettoken")) <= 2


def test_a_lost_answer_brings_the_text_once_more_and_says_so(site: Site, live: LiveWeCom) -> None:
    """R10."""
    tell(site, CALL)
    site.fake.fault("lost_answer", path="message/send")
    site.sends()
    assert outbox(site).state == Delivery.PENDING.value
    site.after(minutes=1)
    assert read(site) == [(CALL, ()), (AGAIN + CALL, ())]
    assert outbox(site).state == Delivery.HANDED_OVER.value


def test_a_lost_answer_brings_no_card_twice(site: Site, live: LiveWeCom) -> None:
    """R10, R22: its name is used up, so it has been taken."""
    tell(site, CALL, *CHOICES)
    site.fake.fault("lost_answer", path="message/send")
    site.sends()
    site.after(minutes=1)
    assert read(site) == [(CALL, CHOICES)]
    assert outbox(site).state == Delivery.HANDED_OVER.value


def test_a_card_whose_name_somebody_else_has_used_gets_another(site: Site, live: LiveWeCom) -> None:
    """R22, 42014: the same app may have served a database that is no more."""
    (message,) = messages(to(CALL, *CHOICES), "k")
    site.fake._ledger.tasks.add(message["template_card"]["task_id"])
    live.channel.send(to(CALL, *CHOICES), "k")
    assert read(site) == [(CALL, CHOICES)]


def test_a_card_that_is_not_taken_goes_as_words(site: Site, live: LiveWeCom) -> None:
    """R19, R13: whatever the platform has against it, the question arrives, and a number answers it."""
    site.fake.callback, callback = "", site.fake.callback  # without a callback address there are no cards
    live.channel.send(to(CALL, *CHOICES), "YJ1")
    live.channel.send(to(LONG, *CHOICES), "YJ2")
    site.fake.callback = callback
    words = "回复数字：1 收到　2 需要支援"
    assert [text for text, _ in read(site)] == [f"{CALL}\n{words}", LONG, words]


def test_who_has_left_the_app_is_called_elsewhere(site: Site, live: LiveWeCom) -> None:
    phone = site.fake.phone("zhangsan")
    phone.says("在吗")
    phone.event("unsubscribe")
    with site.desk.work(site.now) as work:
        assert not work.has_channel(work.person_by_id(1))
    phone.says("在吗")
    with site.desk.work(site.now) as work:
        assert work.has_channel(work.person_by_id(1))


def test_a_long_call_is_a_text_with_a_card_below(site: Site, live: LiveWeCom) -> None:
    live.channel.send(to(LONG, *CHOICES), "YJ1")
    text, card = read(site)
    assert text == (LONG, ()) and card[1] == CHOICES
    assert card[0].startswith("第一行是标题")


def test_a_long_answer_has_its_choices_in_words(site: Site, live: LiveWeCom) -> None:
    live.channel.send(to(LONG, *CHOICES), "inbox/1/reply/0")
    assert read(site) == [(f"{LONG}\n回复数字：1 收到　2 需要支援", ())]


def test_what_has_gone_of_a_long_message_does_not_go_again(site: Site, live: LiveWeCom) -> None:
    """R10: the card fails, the text has gone."""
    tell(site, LONG, *CHOICES)
    site.live.channel._calls.tokens.get()
    send, seen = site.fake._misshapen_card, []

    def once(card: dict[str, object]) -> dict[str, object] | None:
        seen.append(card)
        return {"errcode": -1, "errmsg": "system busy"} if len(seen) == 1 else send(card)

    site.fake._misshapen_card = once  # type: ignore[method-assign]
    site.sends()
    site.after(minutes=1)
    assert [bool(buttons) for _, buttons in read(site)] == [False, True]


def test_the_same_answer_comes_as_often_as_it_is_asked_for(site: Site, live: LiveWeCom) -> None:
    """The platform's check for duplicates would swallow the second one."""
    live.channel.send(to("您好"), "inbox/1/reply/0")
    live.channel.send(to("您好"), "inbox/2/reply/0")
    assert len(read(site)) == 2


def test_a_notice_that_is_repeated_on_purpose_says_how_often(site: Site, live: LiveWeCom) -> None:
    for key in ("c/1", "c/2", "c/2"):  # the last one is the same attempt delivered again
        live.channel.send(to("请到岗"), key)
    assert [text for text, _ in read(site)] == ["请到岗", "请到岗（第2次）"]
    assert len(site.fake.dropped) == 1


def test_a_member_never_gets_more_than_the_platform_shows(site: Site, live: LiveWeCom) -> None:
    """R15: what goes beyond thirty a minute would be dropped without a word; long ones count as many as they become."""
    for number in range(24):
        tell(site, f"{number}：{LONG}", *CHOICES, key=f"YJ{number}")
    for _ in range(30):
        site.after(seconds=10)
    assert site.fake.dropped == []
    assert len(read(site)) == 48
    assert fullest(site, 60) <= 30


def test_a_day_has_its_own_limit_where_the_operator_sets_one() -> None:
    """R15: two hundred for each account of the company, which nobody but the company knows."""
    rules = load_rules()
    day = replace(rules.all()[0], id="send.wecom.all.day", value=20000)
    limits = limits_of("wecom", Rules([*rules.all(), day]))
    assert (20000, 86400) in [(one.most, round(one.window.total_seconds())) for one in limits.overall]


def test_reminders_keep_away_from_the_minutes_that_everybody_uses(site: Site, live: LiveWeCom) -> None:
    """R16: the platform asks for it; a call waits for nothing."""
    with site.desk.work(site.now) as work:
        work.is_clock = True
        for number in range(60):
            work.tell(work.person("wecom", f"p{number}"), Outgoing("", "", "请填台账"), key="tick")
        work.tell(work.person("wecom", "zhangsan"), Outgoing("", "", CALL), key="YJ", lane=Lane.URGENT)
    rows = rows_of(site)
    assert [row.due_at.minute for row in rows if row.key.startswith("YJ")] == [0]
    assert {row.due_at.minute for row in rows if row.key.startswith("tick")}.isdisjoint({0, 30})


def test_a_platform_that_is_not_there_is_said_and_stops_nothing(desk: Desk) -> None:
    """R31."""
    with FakeWeCom() as fake:
        dead = settings(fake, wecom_api_url="http://127.0.0.1:9")
    live = open_wecom(dead, desk, lambda: NOON)
    assert live is not None
    live.start()
    wait = [live.health() for _ in range(100) if live.health().ok and not live._stopped.wait(0.05)]
    assert not live.health().ok and live.health().since == NOON, wait
    assert dead.wecom_secret.get_secret_value() not in live.health().what
    live.stop()


def test_an_address_that_is_not_allowed_is_named_to_the_operator(site: Site, live: LiveWeCom) -> None:
    site.fake.fault("errcode", path="message/send", value=60020)
    with pytest.raises(SendingFailed):
        live.channel.send(to(CALL), "k")
    assert "可信IP" in live.health().what and "127.0.0.1" in live.health().what
    live.channel.send(to(CALL), "k")
    assert live.health().ok


def tell(site: Site, text: str, *choices: str, key: str = "YJ1") -> None:
    with site.desk.work(site.now) as work:
        message = Outgoing("", "", text, choices=choices)
        work.tell(work.person("wecom", "zhangsan"), message, key=key, lane=Lane.URGENT)


def rows_of(site: Site) -> list[OutboxRow]:
    with site.desk.work(site.now) as work:
        rows = list(work.session.exec(select(OutboxRow)).all())
        work.session.expunge_all()
        return rows


def outbox(site: Site) -> OutboxRow:
    with site.desk.work(site.now) as work:
        row = work.session.get(OutboxRow, 1)
        assert row is not None
        work.session.expunge(row)
        return row


def fullest(site: Site, seconds: int) -> int:
    """Return how many messages one member got at most within any time of this length."""
    times = site.fake._ledger.sent["zhangsan"]
    window = timedelta(seconds=seconds).total_seconds()
    return max(sum(0 <= at - first < window for at in times) for first in times)
