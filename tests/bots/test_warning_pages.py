"""The pages about warnings: relay after a look, sums by village, entries by hand, the sheet to print."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.desk import Desk
from assistant.evacuation import Household
from assistant.people import Place, Role
from bots.web.app import create_app
from tests.bots.test_incident_pages import Clock, enter, field, signs_in
from tests.incident_town import TOWN, VILLAGE

ORDER = "暴雨红色 上河村 县气象台 11:30 预计20:00"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(desk: Desk, clock: Clock) -> Iterator[TestClient]:
    with TestClient(create_app(desk, clock), base_url="https://testserver") as browser:
        yield browser


@pytest.fixture
def signed_in(browser: TestClient, desk: Desk, clock: Clock) -> TestClient:
    with desk.work(clock()) as work:
        for path, level in ((TOWN, "township"), (VILLAGE, "village")):
            work.session.add(Place(path=path, level=level))
    enter(desk, "钱值班", Role.DUTY)
    enter(desk, "李网格", Role.GRID, VILLAGE)
    enter(desk, "村民甲", Role.VILLAGER, VILLAGE)
    signs_in(browser, desk, clock, "钱值班")
    return browser


def sends(browser: TestClient, path: str, **fields: str):
    page = browser.get(path)
    return browser.post(path, data={"csrf": field(page, "csrf"), "nonce": field(page, "nonce"), **fields})


def test_a_warning_is_looked_at_relayed_and_followed(signed_in: TestClient, desk: Desk, clock: Clock):
    page = sends(signed_in, "/warnings", act="relay", said=ORDER).text
    assert "逐人叫应2人" in page
    assert "还没有转发过预警" in page
    page = sends(signed_in, "/warnings", act="确认转发").text
    number = page.partition('href="/warnings/')[2].partition('"')[0]
    assert "应叫2" in page
    page = signed_in.get(f"/warnings/{number}").text
    assert "上河村" in page
    assert "李网格" in page
    page = sends(signed_in, f"/warnings/{number}", act="enter", said="李网格 12:00 电话 收到").text
    assert "已补录：李网格12:00电话应答" in page
    assert "（钱值班补录）" in page
    page = sends(signed_in, f"/warnings/{number}", act="cancel", said="县气象台撤了").text
    assert "已取消" in page


def test_the_sheet_has_everybody_and_the_knock_list_those_who_have_not_answered(signed_in: TestClient):
    sends(signed_in, "/warnings", act="relay", said=ORDER)
    sends(signed_in, "/warnings", act="确认转发")
    sends(signed_in, "/warnings/YJ20260701-01", act="enter", said="李网格 12:00 电话 收到")
    page = signed_in.get("/warnings/YJ20260701-01/print").text
    sheet, _, knock = page.partition("敲门单（")
    assert "叫应单（2人）" in sheet
    assert "李网格" in sheet
    assert knock.startswith("1人")
    assert "李网格" not in knock


def test_the_knock_list_of_households_has_the_warned_ones_the_vulnerable_first(
    signed_in: TestClient, desk: Desk, clock: Clock
):
    with desk.work(clock()) as work:
        told = {"phone": "12300000077", "route": "走村后小路", "shelter": "村小学"}
        work.session.add(Household(region=VILLAGE, head="赵一", members=4, **told))
        work.session.add(Household(region=VILLAGE, head="钱二", members=2, vulnerable="elder_alone", **told))
        work.session.add(Household(region=f"{TOWN}/别的村", head="孙三", **told))
    sends(signed_in, "/warnings", act="relay", said=ORDER)
    sends(signed_in, "/warnings", act="确认转发")
    page = signed_in.get("/warnings/YJ20260701-01/print").text.partition("到户敲门单（")[2]
    assert page.startswith("2户")
    assert page.index("钱二家") < page.index("赵一家")
    assert "12300000077" in page  # duty sees telephones
    assert "孙三" not in page


def test_no_door_is_knocked_at_in_a_rehearsal(signed_in: TestClient, desk: Desk, clock: Clock):
    with desk.work(clock()) as work:
        work.session.add(Household(region=VILLAGE, head="赵一"))
    signed_in.post("/warnings/relay", data=hidden(fills(signed_in, exercise="1", places=[VILLAGE]).text))
    page = signed_in.get("/warnings/YJ20260701-01/print").text
    assert "【演练】" in page
    assert "赵一" not in page


def test_an_act_that_does_not_exist_is_refused(signed_in: TestClient):
    sends(signed_in, "/warnings", act="relay", said=ORDER)
    sends(signed_in, "/warnings", act="确认转发")
    assert "没有这一项" in sends(signed_in, "/warnings/YJ20260701-01", act="delete", said="x").text


def test_who_is_not_in_charge_sees_no_warnings(browser: TestClient, signed_in: TestClient, desk: Desk, clock: Clock):
    signed_in.cookies.clear()
    assert signed_in.get("/warnings").status_code == 403
    assert signed_in.get("/warnings/YJ20260701-01").status_code == 403


def hidden(page: str) -> dict[str, list[str]]:
    """Return the hidden fields of the last form of a page."""
    form = page.rpartition("<form")[2]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form):
        found.setdefault(name, []).append(value)
    return found


def fills(browser: TestClient, query: str = "", **fields: object):
    page = browser.get(f"/warnings/relay{query}")
    return browser.post("/warnings/relay", data={"csrf": field(page, "csrf"), **fields})


def test_the_form_shows_whom_it_calls_by_channel_and_only_a_yes_relays(signed_in: TestClient):
    page = fills(signed_in, event="暴雨", level="red", places=[VILLAGE], sender="县气象台").text
    assert "逐人叫应2人，10分钟内应答" in page
    assert "李网格" in page
    assert "没有绑定，发不到" not in page
    assert "还没有转发过预警" in signed_in.get("/warnings").text
    given = hidden(page)
    said = signed_in.post("/warnings/relay", data=given).text
    assert "已经转发，逐人叫应2人" in said
    signed_in.post("/warnings/relay", data=given)
    assert signed_in.get("/warnings/YJ20260701-02").status_code != 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"event": "暴雨"}, "请勾选要通知的地方"),
        ({"places": VILLAGE}, "请写上是什么预警"),
        ({"event": "暴雨", "places": "云南省/别处"}, "请勾选要通知的地方"),  # not in charge there
        ({"event": "暴雨", "level": "red", "places": VILLAGE, "onset": "2020-01-01T08:00"}, "预计发生的时间已经过去"),
        ({"event": "暴雨", "level": "red", "places": VILLAGE, "issued": "2030-01-01T08:00"}, "发布时间比现在还晚"),
        ({"event": "暴雨", "places": VILLAGE, "issued": "昨天"}, "时间没有看懂"),
        ({"event": "暴雨", "places": VILLAGE, "level": "紫"}, "请选颜色"),
    ],
)
def test_a_form_that_cannot_be_meant_is_asked_about(signed_in: TestClient, fields: dict, said: str):
    assert said in fills(signed_in, **fields).text


def test_a_rehearsal_is_begun_ended_and_shown_with_its_figures(signed_in: TestClient):
    page = fills(signed_in, "?exercise=1", exercise="1", places=[VILLAGE]).text
    assert "不叫上一级" in page
    assert "开始了，逐人叫应2人" in signed_in.post("/warnings/relay", data=hidden(page)).text
    number = "YJ20260701-01"
    assert "还没有结束" in fills(signed_in, "?exercise=1", exercise="1", places=[VILLAGE]).text
    sends(signed_in, f"/warnings/{number}", act="enter", said="李网格 12:00 电话 收到")
    page = sends(signed_in, f"/warnings/{number}", act="end").text
    assert "【演练结果】" in page
    assert "<h2>演练结果</h2>" in page
    assert "100%（1/1）" in page
    assert "没有编号为" in sends(signed_in, f"/warnings/{number}", act="record", said="LZ20260701-01").text


def hands_in(browser: TestClient, content: bytes):
    csrf = field(browser.get("/warnings"), "csrf")
    return browser.post("/warnings/cap", data={"csrf": csrf}, files={"file": ("alert.xml", content, "text/xml")})


def cap_of(**more: str) -> bytes:
    given = {"area": "上河村", "status": "Actual"} | more
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>示例-1</identifier><sender>demo@example.invalid</sender>
<sent>2026-07-01T11:30:00+08:00</sent><status>{given["status"]}</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>zh-CN</language><category>Met</category><event>暴雨</event><urgency>Expected</urgency><severity>Extreme</severity>
<certainty>Likely</certainty><headline>示例暴雨红色预警</headline><area><areaDesc>{given["area"]}</areaDesc></area></info></alert>""".encode()


def test_a_cap_file_is_looked_at_and_only_a_yes_takes_it(signed_in: TestClient):
    page = hands_in(signed_in, cap_of()).text
    assert "逐人叫应2人" in page
    assert "还没有收下" in page
    assert "还没有转发过预警" in signed_in.get("/warnings").text
    said = signed_in.post("/warnings/cap/taken", data=hidden(page)).text
    assert "已经转发" in said
    assert "以前收过" in hands_in(signed_in, cap_of()).text


def test_a_cap_file_for_places_unknown_here_asks_which_are_meant(signed_in: TestClient):
    page = hands_in(signed_in, cap_of(area="示例流域")).text
    assert "这条预警是给哪些地方的" in page
    given = {name: values for name, values in hidden(page).items() if name != "nonce"}
    page = signed_in.post("/warnings/cap/taken", data={**given, "places": VILLAGE}).text
    assert "逐人叫应2人" in page
    assert "已经转发" in signed_in.post("/warnings/cap/taken", data=hidden(page)).text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello", "不是 CAP 1.2"),
        (b"PK\x03\x04urn:oasis:names:tc:emergency:cap:1.2", "不是 CAP 1.2"),
        (cap_of().decode().encode("gb18030"), "不是 UTF-8"),
        (b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><x', "CAP"),
        (cap_of() + b" " * (1 << 20), "超过 1 MB"),
    ],
)
def test_a_file_that_is_no_cap_message_is_refused(signed_in: TestClient, content: bytes, said: str):
    page = hands_in(signed_in, content)
    assert said in page.text
    assert "确认</button>" not in page.text


def test_a_cap_file_of_another_county_is_not_for_this_desk(signed_in: TestClient, desk: Desk, clock: Clock):
    with desk.work(clock()) as work:
        work.session.add(Place(path="云南省/别处县/别处镇/别处村", level="village"))
    assert hands_in(signed_in, cap_of(area="别处村")).status_code == 403


def test_who_may_not_relay_sees_no_form(browser: TestClient, signed_in: TestClient, desk: Desk, clock: Clock):
    signed_in.cookies.clear()
    signs_in(browser, desk, clock, "李网格")
    assert browser.get("/warnings/relay").status_code == 403
    assert browser.post("/warnings/relay", data={"csrf": "x"}).status_code == 403
