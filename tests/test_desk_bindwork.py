import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from assistant.desk.bindwork import attend
from assistant.events import Actor
from assistant.people import Grant, Identity, Invitation, Person
from assistant.ports import Incoming, Outgoing
from assistant.rules import load_rules
from assistant.store import Store, open_engine
from assistant.store.binding import invite, unbind
from assistant.store.outbox import OutboxRow
from assistant.store.work import ConversationRow, SealedRow
from tests.world import NOON

pytestmark = pytest.mark.ledger

VILLAGE = "云南省/示例州/示例县/示例镇/上河村"
CONSOLE = Actor("console")
RULES = load_rules()


class Office:
    """A database with one grid worker, and phones that write to the part that binds."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON
        with store.work(NOON) as work:
            person = Person(name="示例乙", phone="12300000011", unit="上河村村委会", region=VILLAGE, created_at=NOON)
            work.session.add(person)
            work.session.flush()
            work.session.add(Grant(person_id=person.id, role="grid", region=VILLAGE, rank="B"))
            self.person = person.id or 0

    def code(self, valid: timedelta = timedelta(days=7)) -> str:
        with self.store.work(self.now) as work:
            return invite(work.session, work.person_by_id(self.person), self.now + valid, CONSOLE, self.now)

    def says(self, text: str, sender: str = "phone-1", channel: str = "test") -> str | None:
        with self.store.work(self.now) as work:
            person = work.person(channel, sender, VILLAGE)
            incoming = Incoming(channel, f"m-{self.now}-{text}", sender, text, self.now)
            replies = attend(text, incoming, person, work, RULES)
        return None if replies is None else "\n".join(reply.text for reply in replies)

    def whose(self, sender: str = "phone-1", channel: str = "test") -> int:
        with self.store.work(self.now) as work:
            return work.person(channel, sender).id or 0


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    engine = open_engine(database_url)
    yield Office(Store(engine))
    engine.dispose()


@pytest.mark.parametrize(
    "dress",
    ["绑定 {}", "绑定{}", "/bind {}", "绑定码：{}", "我的绑定码是 {}", "绑定 {}。", "{}"],
)
def test_a_code_binds_in_any_dress(office: Office, dress: str):
    code = office.code()
    assert "您是示例乙（上河村村委会）" in (office.says(dress.format(code.lower())) or "")
    assert office.whose() == office.person


def test_a_code_may_be_typed_in_pieces_and_in_wide_letters(office: Office):
    code = office.code()
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    assert "网格员（B角，上河村）" in (office.says(f"绑定　{wide[:4]}－{wide[4:]}") or "")


@pytest.mark.parametrize("text", ["上河村三组塌了", "绑定微信要什么手续", "ABCDEFGH", "12345678", "云A12345", "1", ""])
def test_what_is_no_code_is_left_to_others(office: Office, text: str):
    assert office.says(text) is None


@pytest.mark.parametrize("text", ["绑定", "怎么绑定？", "/bind"])
def test_who_asks_how_is_told(office: Office, text: str):
    assert "绑定 K7WMPQ3X" in (office.says(text) or "")


def test_what_was_reported_before_goes_along(office: Office):
    with office.store.work(NOON) as work:
        shell = work.person("test", "phone-1", VILLAGE)
        token = work.seal(shell, "YH20260701-01")
        work.session.add(ConversationRow(person_id=shell.id, state='{"draft": {}}', updated_at=NOON))
        work.tell(shell, Outgoing("", "", "收到"), key="YH20260701-01/1/receipt")
        before = shell.id
    office.says(f"绑定 {office.code()}")
    with office.store.work(NOON) as work:
        person = work.person_by_id(office.person)
        assert [reporter.id for reporter in work.reporters("YH20260701-01")] == [office.person]
        assert work.seal(person, "YH20260701-01") == token
        assert work.conversation(person).state == '{"draft": {}}'
        assert [row.person_id for row in work.session.exec(select(OutboxRow)).all()] == [office.person]
        assert not work.person_by_id(before or 0).is_active
        kinds = [event.kind for event in work.events(f"person/{office.person}")]
    assert kinds == ["invited", "bound"]


@pytest.mark.parametrize("order", [("phone-1", "phone-2"), ("phone-2", "phone-1")])
def test_who_reported_from_two_accounts_is_told_once_and_stays_the_reporter(office: Office, order: tuple[str, str]):
    with office.store.work(NOON) as work:
        tokens = [work.seal(work.person("test", "phone-1"), "YH20260701-01")]
        tokens.append(work.seal(work.person("test", "phone-2"), "YH20260701-01", is_follower=True))
    for sender in order:
        office.says(f"绑定 {office.code()}", sender)
    with office.store.work(NOON) as work:
        assert [reporter.id for reporter in work.reporters("YH20260701-01")] == [office.person]
        assert work.seal(work.person_by_id(office.person), "YH20260701-01") == tokens[0]
        assert {row.token for row in work.session.exec(select(SealedRow)).all()} == set(tokens)


def test_a_second_channel_may_be_bound_too(office: Office):
    office.says(f"绑定 {office.code()}")
    assert "绑定好了" in (office.says(f"绑定 {office.code()}", "weixin-9", "wechat") or "")
    assert office.whose() == office.whose("weixin-9", "wechat") == office.person


def test_a_code_opens_once(office: Office):
    code = office.code()
    office.says(f"绑定 {code}")
    assert "已经绑定好了" in (office.says(f"绑定 {code}") or "")
    assert "用过了" in (office.says(f"绑定 {code}", "phone-2") or "")
    assert office.whose("phone-2") != office.person


def test_an_old_code_opens_nothing(office: Office):
    code = office.code(timedelta(days=7))
    office.now = NOON + timedelta(days=7)
    assert "过期了" in (office.says(f"绑定 {code}") or "")
    assert office.whose() != office.person


def test_five_wrong_codes_mean_an_hour_of_waiting(office: Office):
    code = office.code()
    left = [office.says(f"绑定 WRXNG22{n}") for n in range(2, 7)]
    assert ["还可以试4次" in (left[0] or ""), "还可以试1次" in (left[3] or "")] == [True, True]
    assert "今天13:00以后再试" in (left[4] or "")
    assert "今天13:00以后再试" in (office.says(f"绑定 {code}") or "")  # even the right one
    assert office.says(code) is None
    assert "绑定好了" in (office.says(f"绑定 {code}", "phone-2") or "")  # another account is not held up
    office.now = NOON + timedelta(hours=1)
    assert "用过了" in (office.says(f"绑定 {code}") or "")


def test_bare_guesses_count_too(office: Office):
    for n in range(2, 7):
        assert office.says(f"WRKNG22{n}") is None
    assert "以后再试" in (office.says(f"绑定 {office.code()}") or "")


def test_an_account_of_somebody_else_is_not_taken_over(office: Office):
    office.says(f"绑定 {office.code()}")
    with office.store.work(NOON) as work:
        other = Person(name="示例丙", region=VILLAGE, created_at=NOON)
        work.session.add(other)
        work.session.flush()
        code = invite(work.session, other, NOON + timedelta(days=1), CONSOLE, NOON)
    assert "先找管理员解除绑定" in (office.says(f"绑定 {code}") or "")
    assert office.whose() == office.person


def test_after_unbinding_the_account_is_a_villagers_and_gets_nothing_more(office: Office):
    office.says(f"绑定 {office.code()}")
    with office.store.work(NOON) as work:
        person = work.person_by_id(office.person)
        work.tell(person, Outgoing("", "", "派给您一件事"), key="YH20260701-01/2/assigned")
        assert unbind(work.session, person, "test", CONSOLE, NOON) == 1
        assert unbind(work.session, person, None, CONSOLE, NOON) == 0
    assert office.whose() != office.person
    with office.store.work(NOON) as work:
        assert [row.state for row in work.session.exec(select(OutboxRow)).all()] == ["undeliverable"]


def test_the_database_holds_no_code_and_the_events_no_name(office: Office, database_url: str):
    code = office.code()
    office.says(f"绑定 {code}")
    with office.store.work(NOON) as work:
        kept = [row.digest for row in work.session.exec(select(Invitation)).all()]
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in kept)
        told = "".join(event.data for event in work.events(f"person/{office.person}"))
        assert "示例乙" not in told
        assert "12300000011" not in told
        assert [account.is_verified for account in work.session.exec(select(Identity)).all()] == [True]


def test_codes_have_no_signs_that_look_alike(office: Office):
    codes = [office.code() for _ in range(100)]
    assert len(set(codes)) == 100
    assert not set("".join(codes)) & set("0O1IL")
    # with a digit and a letter it is known for a code even when it is sent alone
    assert not [code for code in codes if code.isalpha() or code.isdigit()]


def test_the_rules_are_there():
    assert RULES.find("invitation.valid", VILLAGE, NOON.date()).duration == timedelta(days=7)
