"""No 迟报、谎报、瞒报、漏报: whatever callers and staff do in whatever order, nothing said is lost and no time is edited."""

import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from assistant.incidents import Incident, IncidentState
from assistant.store import open_engine
from assistant.store.outbox import Delivery, OutboxRow
from tests.incident_town import STAFF, Town

WORDS = ["着火了", "又烧过来了", "刚才说错了，在新粮站", "没事了，看错了", "有人受伤", "SJ20260701-01", "误报"]
ORDERS = [
    "收到",
    "已到场",
    "已报119",
    "已报县局 11:30 电话",
    "初报已报",
    "续报已报",
    "终报已报",
    "误报",
    "误报 SJ20260701-01 是烧荒",
    "处置结束",
    "不用上报 已经踩灭",
    "收到 SJ20260701-01",
    "终报已报 SJ20260701-01",
    "还剩多少时间",
    "写初报",
    "死亡1",
]
CALLERS = ("村民甲", "村民乙")
ACTIONS = st.one_of(
    st.tuples(st.just("cry"), st.sampled_from(CALLERS), st.sampled_from(WORDS)),
    st.tuples(st.just("add"), st.sampled_from(CALLERS), st.sampled_from(WORDS)),
    st.tuples(st.just("retract"), st.sampled_from(CALLERS), st.sampled_from(WORDS)),
    st.tuples(st.just("order"), st.sampled_from([*STAFF, *CALLERS]), st.sampled_from(ORDERS)),
    st.tuples(st.just("pass"), st.integers(0, 400), st.just("")),
)


def play(town: Town, steps: list[tuple[str, object, str]]) -> list[tuple[str, str]]:
    """Do the steps; return the callers' words with the incident to which they belong. Events are watched all the way."""
    said: list[tuple[str, str]] = []
    numbers: list[str] = []
    recorded: dict[str, list[tuple[object, ...]]] = {}
    for what, who, text in steps:
        if what == "pass":
            town.passes(minutes=int(str(who)))
        elif what == "order":
            town.says(str(who), text)
        elif what == "cry" or not numbers:
            numbers.append(town.cries(str(who), text))
            said.append((numbers[-1], text))
        else:
            (town.adds if what == "add" else town.retracts)(str(who), numbers[-1], text)
            said.append((numbers[-1], text))
        for number in numbers:
            rows = [(e.sequence, e.kind, e.actor, e.at, e.data) for e in town.events(number)]
            before = recorded.get(number, [])
            assert rows[: len(before)] == before  # no event is ever changed or removed
            recorded[number] = rows
    return said


def check(town: Town, said: list[tuple[str, str]]) -> None:
    with Session(town.engine) as session:
        outbox = session.exec(select(OutboxRow)).all()
    for number in dict(said):
        events = town.events(number)
        messages = [e.fields["message"] for e in events if e.kind in ("known", "updated", "retracted")]
        assert messages == [text for case, text in said if case == number]  # each word stands, in its order
        case, derived = town.case(number), Incident.rederive(events)
        assert (case.state, case.text, case.version) == (derived.state, derived.text, derived.version)
        assert [e.at for e in events] == sorted(e.at for e in events)
        if case.state in (IncidentState.KNOWN, IncidentState.PASSED_ON):
            waiting = [r for r in outbox if r.subject == number and r.state in (Delivery.PENDING, Delivery.HANDED_OVER)]
            assert waiting or any(e.kind == "nobody" for e in events)
        if case.state == IncidentState.FINAL:
            assert {"phoned", "wrote", "followed_up", "exempted"} & {e.kind for e in events}
            assert any(e.kind in ("final", "exempted") for e in events)
        if case.state == IncidentState.WITHDRAWN:
            (ended,) = [e for e in events if e.kind == "withdrawn"]
            assert ended.actor.startswith("person/") and ended.fields["reason"]
        for event in events:
            if "at" in event.fields:
                assert datetime.fromisoformat(event.fields["at"]) <= town.now
    assert len({row.key for row in outbox}) == len(outbox)


@given(steps=st.lists(ACTIONS, min_size=1, max_size=12), has_staff=st.booleans())
@settings(max_examples=25, deadline=None)
def test_no_path_drops_or_edits_what_was_said(steps: list[tuple[str, object, str]], *, has_staff: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'yingda.sqlite3'}")
        town = Town(engine, None if has_staff else {})
        if not has_staff:
            for name in STAFF:
                town.enter(name, None, "云南省")
        check(town, play(town, steps))
        engine.dispose()
