"""The pages of an evacuation: sums by village, who is not safe, one household; telephones only for helper and duty."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from assistant.desk import evacuationcards
from assistant.errors import NotAllowed
from assistant.people import Identity, Role
from assistant.ports import Incoming
from assistant.store.duty import person_named
from bots.web.app import create_app
from tests.evacuation_town import DOWN, Evacuation
from tests.world import CHANNEL, VILLAGE, World


@pytest.fixture
def night(world: World) -> Evacuation:
    made = Evacuation(world)
    made.starts()
    made.helper.says("王奶奶背出来了 到学校了")
    made.helper.says("李四死活不走 他儿子在场")
    world.phone("方网格", Role.GRID, VILLAGE)
    with world.store.work(world.now) as work:
        for name in world.phones:
            account = work.session.get(Identity, (CHANNEL, name))
            account.is_verified = True
            work.session.add(account)
    made.reads()
    return made


@pytest.fixture
def browser(night: Evacuation) -> Iterator[TestClient]:
    app = create_app(night.world.desk, lambda: night.world.now)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def signs_in(browser: TestClient, night: Evacuation, name: str) -> None:
    world = night.world
    message = Incoming(CHANNEL, f"login-{name}-{world.now}", name, "登录码", world.now)
    code = re.search(r"\d{6}", world.desk.receive(message, world.now)[0].text)[0]
    browser.cookies.clear()
    form = {"name": name, "code": code, "csrf": field(browser.get("/evacuation"), "csrf")}
    assert browser.post("/login", data=form).status_code == 200


def field(page, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]


def acts(browser: TestClient, path: str, **fields: str):
    page = browser.get(path)
    form = {"csrf": field(page, "csrf"), "nonce": field(page, "nonce"), **fields}
    return browser.post(path, data=form)


def test_duty_sees_the_sums_of_all_villages_and_who_is_not_safe(browser: TestClient, night: Evacuation):
    signs_in(browser, night, "钱值班")
    page = browser.get("/evacuation")
    assert "应转7户22人：已转1户1人，拒转1户3人，外出0户0人，未完5户18人" in page.text
    assert "还没安全的6户" in page.text
    assert "上河村" in page.text and "下河村" in page.text


def test_a_grid_worker_sees_the_own_village_alone(browser: TestClient, night: Evacuation):
    signs_in(browser, night, "李网格")
    page = browser.get("/evacuation")
    assert "应转5户14人" in page.text
    assert "杨六" not in page.text
    assert browser.get(f"/evacuation/{night.state('杨六').number}").status_code == 403


def test_a_household_shows_its_card_and_whole_numbers_only_to_helper_and_duty(browser: TestClient, night: Evacuation):
    path = f"/evacuation/{night.state('李四').number}"
    for name, shown in (("钱值班", True), ("李网格", True), ("方网格", False)):
        signs_in(browser, night, name)
        page = browser.get(path)
        assert ("12300000088" in page.text) is shown, name
        assert "避险明白卡" in page.text
        assert "死活不走" in page.text


def test_a_button_takes_a_household_on_once_and_a_refusal_wants_its_witness(browser: TestClient, night: Evacuation):
    signs_in(browser, night, "钱值班")
    path = f"/evacuation/{night.state('马国强').number}"
    assert "请把原因一起写上" in acts(browser, path, act="refused").text
    assert "马国强家已到安置点" in acts(browser, path, act="arrived").text
    assert night.sum().moved.households == 2
    assert "没有这一项" in acts(browser, path, act="explode").text


def test_only_a_leader_lets_a_village_go_back_and_not_before_the_time(browser: TestClient, night: Evacuation):
    signs_in(browser, night, "钱值班")
    assert "要带班领导或者应急负责人" in acts(browser, "/evacuation", said="上河村").text
    signs_in(browser, night, "孙镇长")
    assert "现在还不能同意返回" in acts(browser, "/evacuation", said="上河村").text
    night.world.now += timedelta(hours=25)
    signs_in(browser, night, "孙镇长")
    assert "已经同意返回：1户1人" in acts(browser, "/evacuation", said="上河村").text
    night.world.look()
    assert "【可以返回】" in night.reads()["李网格"][-1]


def test_whoever_is_not_signed_in_reads_how_to(browser: TestClient):
    assert browser.get("/evacuation").status_code == 403


def test_the_cards_are_printed_a_village_at_a_time_with_the_helpers_telephone(browser: TestClient, night: Evacuation):
    with night.world.store.work(night.world.now) as work:
        helper = person_named(work.session, "李网格")
        helper.phone = "12300000077"
        work.session.add(helper)
    signs_in(browser, night, "钱值班")
    page = browser.get("/evacuation/cards")
    assert page.text.count('class="household"') == 7
    assert "12300000077" in page.text
    assert "12300000088" not in page.text, "a household knows its own telephone"
    page = browser.get("/evacuation/cards", params={"place": DOWN})
    assert page.text.count('class="household"') == 2
    signs_in(browser, night, "方网格")
    page = browser.get("/evacuation/cards")
    assert page.text.count('class="household"') == 5
    assert "12300000077" not in page.text
    assert "杨六" not in page.text


def test_villagers_print_no_cards(browser: TestClient, night: Evacuation):
    assert "马国强" not in browser.get("/evacuation/cards").text
    with night.world.store.work(night.world.now) as work, pytest.raises(NotAllowed):
        evacuationcards.cards(work, person_named(work.session, "周国平"))
