"""Rehearsals of warnings: called like the real thing, marked in every word, and over at once when it is real."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from assistant.desk import drilldue
from assistant.drills import life
from assistant.events import utc
from assistant.obligations import ObligationKind
from assistant.people import Rank, Role
from assistant.store import drills as items
from assistant.store import open_engine
from assistant.store import warnings as stored
from assistant.store.outbox import Lane, OutboxRow
from assistant.triage import Reader
from assistant.warnings import WarningState
from assistant.warnings.climbing import Outcome, outcome
from tests.relay_town import COUNTY, LOWER, NOON, RULES, TOWN, UPPER, RelayTown

pytestmark = pytest.mark.ledger
ORDER = "演练叫应 上河村、下河村 暴雨红色"
FAR = f"{COUNTY}/远示例镇/远示例村"
NUMBER = "YJ20260701-01"


@pytest.fixture
def town(database_url: str, reader: Reader) -> Iterator[RelayTown]:
    engine = open_engine(database_url)
    town = RelayTown(engine, reader)
    yield town
    assert town.heard() == {}
    town.rederives()
    engine.dispose()


def begun(town: RelayTown, order: str = ORDER) -> str:
    """Begin a rehearsal and let everybody read the call."""
    town.orders("钱值班", order)
    said = town.orders("钱值班", "确认演练")
    town.heard()
    return str(said)


def state(town: RelayTown, number: str = NUMBER) -> str:
    with town.work() as work:
        return stored.warning(work, number).state


def texts(town: RelayTown) -> list[str]:
    return [text.partition("：")[2] for some in town.heard().values() for text in some]


def test_a_rehearsal_is_shown_first_and_a_yes_begins_it(town: RelayTown):
    said = town.orders("钱值班", ORDER)
    assert "逐人叫应5人" in said
    assert "不叫上一级" in said
    assert town.heard() == {}
    assert "最迟7月1日（周三）14:00自动结束" in town.orders("钱值班", "确认")
    heard = town.heard()
    assert len(heard) == 5
    assert all(text.partition("：")[2].startswith("【演练】【预警】") for some in heard.values() for text in some)
    assert "群众家里不用去喊" in heard["李网格"][0]


@pytest.mark.parametrize("who", ["李网格", "村民甲"])
def test_who_may_not_relay_may_not_rehearse(town: RelayTown, who: str):
    assert "值班员" in town.orders(who, ORDER)


@pytest.mark.parametrize("said", ["确认", "确认演练", "结束演练", "演练什么时候结束", "演练情况", "今年演练了几次"])
def test_other_words_begin_nothing(town: RelayTown, said: str):
    assert town.orders("钱值班", said) is None


def test_a_question_about_rehearsals_is_answered_by_how_to_order_one(town: RelayTown):
    assert "例如：演练叫应" in town.orders("钱值班", "演练叫应怎么搞")


def test_the_whole_town_and_no_kind_of_weather_is_enough(town: RelayTown):
    said = town.orders("钱值班", "演练叫应 全镇")
    assert "“叫应演练”，范围：示例镇。" in said


def test_deputies_are_called_and_nobody_above_unless_asked(town: RelayTown):
    begun(town, "演练叫应 上河村 暴雨红色")
    town.passes(45)
    assert outcome(town.call("李网格")) is Outcome.PASSED
    heard = town.heard()
    assert "李副手" in heard
    assert "县值班" not in heard
    town.orders("钱值班", "结束演练")
    town.heard()
    begun(town, "演练叫应 上河村 暴雨红色 叫到上级")
    town.passes(45)
    assert "县值班" in town.heard()
    town.orders("钱值班", "结束演练")
    town.heard()


def test_every_message_of_a_rehearsal_is_marked(town: RelayTown):
    """Answers, deputies, late ones, recalls, knock list, roll-up, entered answers, the end: not one word without the mark."""
    town.dead.add(("周网格", "telegram"))
    begun(town, "演练叫应 上河村、下河村、松岭村 暴雨红色 叫到上级")
    replies = [town.says("郑村长", "收到"), town.says("冯带班", "不在岗，请转副手")]
    town.passes(12)
    replies += [town.says("李网格", "收到"), town.says("周网格", "需要支援")]
    replies += [town.says("钱值班", "谁还没应"), town.orders("钱值班", "补录 吴网格 12:05 电话 收到")]
    town.passes(60)
    replies += [town.orders("钱值班", "结束演练"), town.orders("钱值班", "演练结果")]
    assert None not in replies
    assert all(reply.startswith("【演练】") for reply in replies)
    with Session(town.engine) as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.subject.startswith("YJ"))).all()
    assert len(rows) > 15
    assert all('"text": "【演练】' in row.payload for row in rows)
    assert {row.lane for row in rows} == {Lane.ROUTINE.value}
    assert all(text.startswith("【演练】") for text in texts(town))


def test_a_real_warning_ends_the_rehearsal_at_once_and_stands_before_it(town: RelayTown):
    begun(town)
    town.log.clear()
    number = town.warns(UPPER)
    assert state(town) == WarningState.CANCELLED.value
    assert state(town, number) == WarningState.LIVE.value
    heard = town.heard()
    first, second = heard["李网格"]
    assert "【演练】" not in first
    assert "来了真的预警" in second
    assert "来了真的预警" in heard["周网格"][0]
    assert any("【演练结果】" in text for text in heard["钱值班"])
    town.passes(11)
    assert not any("【演练】" in text for text in texts(town))


def test_calls_of_a_rehearsal_that_nobody_has_sent_yet_are_never_sent_after_a_real_warning(town: RelayTown):
    town.orders("钱值班", ORDER)
    deliver, town.deliver = town.deliver, lambda: None
    town.orders("钱值班", "确认演练")
    town.deliver = deliver
    town.warns(UPPER, LOWER)
    heard = town.heard()
    assert [text for text in heard["李网格"] if "【演练】" in text] == []
    assert len(heard["李网格"]) == 1


def test_a_real_warning_elsewhere_with_other_people_lets_a_rehearsal_go_on(town: RelayTown):
    with town.work() as work:
        town._enter(work, 20, "远网格", Role.GRID, FAR, Rank.A, "wechat")
    begun(town)
    town.warns(FAR)
    assert set(town.heard()) == {"远网格", "县值班"}
    assert state(town) == WarningState.LIVE.value
    town.orders("钱值班", "结束演练")
    town.heard()


def test_nothing_is_rehearsed_where_it_is_real(town: RelayTown):
    number = town.warns(UPPER)
    town.heard()
    assert number in town.orders("钱值班", "演练叫应 全镇")
    assert town.orders("钱值班", "确认演练") is None


def test_one_rehearsal_at_a_time(town: RelayTown):
    begun(town)
    assert "还没有结束" in town.orders("钱值班", "演练叫应 全镇")


def test_who_needs_support_is_asked_whether_it_is_real_and_a_yes_reaches_duty_in_plain_words(town: RelayTown):
    begun(town)
    asked = town.says("李网格", "需要支援")
    assert "是真的需要支援吗" in asked
    assert all("【演练】" in text for text in texts(town))
    said = town.says("李网格", "是真的")
    assert not said.startswith("【演练】")
    assert "马上告诉钱值班、冯带班" in said
    heard = town.heard()
    assert set(heard) == {"钱值班", "冯带班"}
    assert all(text.startswith("wechat：【真的需要支援】李网格") for some in heard.values() for text in some)
    assert "in_earnest" in town.kinds(f"{NUMBER}/1")


def test_the_word_that_it_is_real_outlives_the_rehearsal(town: RelayTown):
    begun(town)
    town.says("李网格", "需要支援")
    town.orders("钱值班", "结束演练")
    town.heard()
    assert "马上告诉" in town.says("李网格", "真的需要支援")
    assert all("【真的需要支援】" in text for text in texts(town))


@pytest.mark.parametrize("said", ["演练", "只是演练", "不是真的"])
def test_who_only_plays_along_rouses_nobody(town: RelayTown, said: str):
    begun(town)
    town.says("李网格", "需要支援")
    town.heard()
    assert "只是演练" in town.says("李网格", said)
    assert town.heard() == {}


@pytest.mark.parametrize("said", ["这是不是演练", "真的要演练吗"])
def test_a_question_whether_it_is_an_exercise_is_no_cry_for_help(town: RelayTown, said: str):
    begun(town)
    town.says("李网格", said)
    assert town.heard() == {}


def test_the_same_words_in_a_real_warning_are_support_asked_for(town: RelayTown):
    town.warns(UPPER)
    town.heard()
    assert "真的预警" not in town.says("李网格", "真的需要支援")
    assert all("【需要支援】" in text for text in texts(town))


def test_at_its_end_whoever_began_it_reads_how_fast_people_were(town: RelayTown):
    begun(town)
    town.now += timedelta(minutes=2)
    town.says("李网格", "收到")
    town.now += timedelta(minutes=2)
    town.says("周网格", "收到")
    town.says("郑村长", "收到")
    town.passes(20)
    town.says("钱值班", "收到")
    town.heard()
    said = town.orders("冯带班", "结束演练")
    assert "应叫5人，应答4人；10分钟内应答：60%（3/5）。一半的人4分钟以内应，九成24分钟以内。" in said
    assert "上河村：按时100%（2/2）" in said
    assert "一直没应答1人：冯带班" in said
    heard = town.heard()
    assert any("【演练结果】" in text for text in heard["钱值班"])
    assert "演练结束" in heard["李网格"][0]


def test_a_rehearsal_is_over_by_itself_and_compared_with_the_one_before(town: RelayTown):
    begun(town)
    town.passes(121)
    assert state(town) == WarningState.EXPIRED.value
    heard = town.heard()
    assert any("【演练结果】" in text for text in heard["钱值班"])
    town.now += timedelta(days=20)
    town.orders("钱值班", ORDER)
    town.orders("钱值班", "确认演练")
    town.heard()
    for name in ("李网格", "周网格", "郑村长", "钱值班", "冯带班"):
        town.says(name, "收到")
    said = town.orders("钱值班", "结束演练")
    assert f"和上一次（{NUMBER}）比：按时应答从0%" in said
    assert "到100%（5/5）" in said
    town.heard()


def test_a_rehearsal_counts_nowhere_as_a_warning(town: RelayTown):
    begun(town)
    assert town.says("钱值班", "谁还没应").startswith("【演练】")
    assert "没有生效的预警" in town.orders("钱值班", "解除预警")
    town.orders("钱值班", "结束演练")
    town.heard()
    assert "没有正在叫应的预警" in town.says("钱值班", "谁还没应")


def test_a_rehearsal_that_is_over_is_evidence_for_a_due_drill(town: RelayTown):
    with town.work() as work:
        day = NOON.date()
        fact = life.own(TOWN, ObligationKind.DRILL.value, "综合演练", (day, day), 1)
        item = drilldue.open_item(work, fact, RULES).number
    begun(town)
    town.says("李网格", "收到")
    town.heard()
    assert "还没有结束" in town.orders("钱值班", f"{NUMBER} 记入 {item}")
    town.orders("钱值班", "结束演练")
    town.heard()
    said = town.orders("冯带班", f"演练记入{item}")
    assert f"已记入{item}" in said
    with town.work() as work:
        done = items.item(work, item)
        assert (done.state, done.people) == ("done", 1)
        assert "100%（1/1）" in done.told
    town.deliver()
    town.heard()


def test_its_moments_are_the_calls_own(town: RelayTown):
    begun(town)
    assert utc(town.call("李网格").due_at) == NOON + timedelta(minutes=10)


WHO = ("李网格", "李副手", "周网格", "郑村长", "钱值班", "冯带班")
WORDS = (
    "收到",
    "已上岗",
    "三户都喊到了",
    "需要支援",
    "是真的",
    "演练",
    "不在岗，请转副手",
    "谁还没应",
    "马老三家门锁着",
)
STEPS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(WHO), st.sampled_from(WORDS)),
    st.tuples(st.just("pass"), st.integers(1, 40), st.none()),
    st.tuples(
        st.just("order"),
        st.sampled_from(WHO),
        st.sampled_from(["补录 李网格 12:05 电话 收到", "改派 李网格 给 县值班"]),
    ),
)


@given(steps=st.lists(STEPS, max_size=12))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.slow
def test_whatever_happens_only_what_is_in_earnest_lacks_the_mark(
    steps: list, migrated_sqlite: Path, tmp_path: Path, reader: Reader
):
    database = tmp_path / "rehearsal.sqlite"
    shutil.copy(migrated_sqlite, database)
    engine = open_engine(f"sqlite:///{database}")
    town = RelayTown(engine, reader)
    begun(town)
    for what, who, said in steps:
        if what == "pass":
            town.passes(int(str(who)))
        else:
            (town.says if what == "say" else town.orders)(str(who), str(said))
    town.passes(130)
    with Session(engine) as session:
        rows = session.exec(select(OutboxRow)).all()
    for row in rows:
        assert ('"text": "【演练】' in row.payload) != row.key.startswith("earnest/"), row.payload
    assert state(town) == WarningState.EXPIRED.value
    town.rederives()
    engine.dispose()
