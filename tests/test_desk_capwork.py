"""CAP messages at the desk: relayed, replaced, cancelled, asked about; whatever comes is kept."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from assistant.desk import capwork
from assistant.events import Actor, utc
from assistant.people import Place
from assistant.store import cap, open_engine
from assistant.store import warnings as stored
from assistant.warnings.cap import read_cap
from tests.relay_town import LOWER, NOON, PINE, RULES, UPPER, RelayTown
from tests.test_warnings_cap import WHOLE

pytestmark = pytest.mark.ledger
REFERENCE = "<references>sample-met@example,53-20260701-001,2026-07-01T11:30:00+08:00</references>"
PLAIN = WHOLE.replace(
    "<polygon>25.0,100.0 25.0,100.5 25.5,100.5 25.0,100.0</polygon>\n<circle>25.1,100.2 3.5</circle>", ""
)


@pytest.fixture
def town(database_url: str) -> Iterator[RelayTown]:
    engine = open_engine(database_url)
    town = RelayTown(engine)
    yield town
    town.rederives()
    engine.dispose()


def takes(town: RelayTown, text: str, *places: str) -> tuple[str, str, str]:
    with town.work() as work:
        row = capwork.take(work, text.encode(), RULES, Actor("person/1", "cli"), places)
        found = row.state, row.said, row.warning
    town.deliver()
    return found


def kept(town: RelayTown) -> int:
    with town.work() as work:
        return len(work.session.exec(select(cap.CapRow)).all())


def again(kind: str, number: str) -> str:
    """Return a later message about the first one."""
    text = PLAIN.replace("<msgType>Alert", f"<msgType>{kind}").replace("53-20260701-001", f"53-20260701-{number}", 1)
    return text.replace("<note>示例</note>", f"<note>示例</note>{REFERENCE}")


def test_an_alert_is_relayed_to_the_places_that_it_names(town: RelayTown):
    state, said, number = takes(town, PLAIN)
    assert (state, number) == ("taken", "YJ20260701-01")
    assert "逐人叫应5人" in said
    with town.work() as work:
        warning = stored.warning(work, number)
        assert warning.places == [UPPER, LOWER]
        assert (warning.level, warning.sender, warning.source) == ("red", "示例县气象台", "cap")
        assert utc(warning.onset_at) == NOON + timedelta(hours=8)
        assert utc(warning.expires_at) == NOON + timedelta(hours=20)
    assert "三小时内将有大暴雨" in town.heard()["李网格"][0]


def test_the_same_message_calls_nobody_a_second_time(town: RelayTown):
    takes(town, PLAIN)
    town.heard()
    assert "以前收过" in takes(town, PLAIN)[1]
    assert "以前收过" in takes(town, PLAIN.replace("\n", " "))[1]
    assert town.heard() == {}


def test_an_update_takes_the_place_of_the_first_and_a_cancel_ends_it(town: RelayTown):
    _, _, first = takes(town, PLAIN)
    town.heard()
    _, _, second = takes(town, again("Update", "002"))
    with town.work() as work:
        assert stored.warning(work, first).state == "updated"
        assert stored.warning(work, second).references == first
    town.heard()
    text = again("Cancel", "003").replace("sample-met@example,53-20260701-001", "sample-met@example,53-20260701-002")
    state, said, number = takes(town, text)
    assert (state, number) == ("taken", second)
    assert "预警取消" in town.heard()["李网格"][0]


def test_a_cancel_of_something_unknown_is_asked_about(town: RelayTown):
    state, said, _ = takes(town, again("Cancel", "009"))
    assert state == "asked"
    assert "没有动任何叫应" in said


def test_an_exercise_is_called_as_one_and_a_test_calls_nobody(town: RelayTown):
    takes(town, PLAIN.replace("<status>Actual", "<status>Exercise"))
    heard = town.heard()
    assert all("【演练】" in text for texts in heard.values() for text in texts)
    assert "李网格" in heard
    state, said, _ = takes(town, PLAIN.replace("<status>Actual", "<status>Test").replace("-001", "-007"))
    assert state == "kept"
    assert "测试消息" in said
    assert town.heard() == {}


def test_areas_that_nobody_knows_are_asked_and_named_by_hand(town: RelayTown):
    text = PLAIN.replace("上河村、下河村", "上河村、梨花村")
    state, said, _ = takes(town, text)
    assert state == "asked"
    assert "“上河村、梨花村”" in said
    assert town.heard() == {}
    assert takes(town, text, UPPER)[0] == "taken"
    assert "李网格" in town.heard()


def test_polygons_and_circles_find_the_villages_that_lie_in_them(town: RelayTown):
    with town.work() as work:
        for path, lat, lon in ((UPPER, 25.1, 100.4), (LOWER, 25.9, 100.9), (PINE, 25.101, 100.201)):
            place = work.session.get_one(Place, path)
            place.lat, place.lon = lat, lon
            work.session.add(place)
    _, _, number = takes(town, WHOLE)
    with town.work() as work:
        assert stored.warning(work, number).places == [UPPER, PINE]


def test_a_colour_that_is_not_named_follows_from_the_severity_and_that_is_said(town: RelayTown):
    said = takes(town, PLAIN.replace("暴雨红色预警", "暴雨预警").replace("Extreme", "Severe"))[1]
    assert "按严重程度 Severe" in said
    assert "橙色" in said


@pytest.mark.parametrize("text", ["<alert", PLAIN.replace("<status>Actual", "<status>Real")])
def test_what_is_wrong_is_kept_and_said(town: RelayTown, text: str):
    state, said, _ = takes(town, text)
    assert state == "refused"
    assert "没有叫人" in said
    assert kept(town) == 1
    with town.work() as work:
        assert [row.content for row in cap.unsettled(work.session)] == [text]


def test_what_has_expired_before_it_comes_calls_nobody(town: RelayTown):
    assert takes(town, PLAIN.replace("2026-07-02T08", "2026-07-01T11"))[0] == "kept"
    assert town.heard() == {}


def test_an_acknowledgement_and_our_own_warning_are_right_messages(town: RelayTown):
    _, _, number = takes(town, PLAIN)
    own = town.warns(UPPER)
    with town.work() as work:
        ack = read_cap(capwork.acknowledge(work, cap.of_warning(work.session, number), "yingda@example"))
        assert ack.one("msgType") == "Ack"
        assert ack.one("references") == "sample-met@example,53-20260701-001,2026-07-01T11:30:00+08:00"
        assert capwork.written(work, stored.warning(work, number), "yingda@example") == PLAIN.encode()
        out = read_cap(capwork.written(work, stored.warning(work, own), "yingda@example"))
        assert (out.infos[0].one("senderName"), out.infos[0].one("severity")) == ("县气象台", "Extreme")
        assert capwork._places(work, out.infos[0]) == ([UPPER], [])
    town.orders("钱值班", f"取消预警 {own}")
    with town.work() as work:
        out = read_cap(capwork.written(work, stored.warning(work, own), "yingda@example"))
        assert (out.one("msgType"), out.one("references").split(",")[1]) == ("Cancel", own)
