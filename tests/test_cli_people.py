"""The office's commands on people and places: what they print, and with which exit status."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.cli import main
from assistant.people import Identity, Role, locate, resolve
from assistant.store import Store, open_engine
from assistant.store import people as stored
from assistant.store.binding import seat
from assistant.triage import Category
from tests.world import NOON

TOWN = "云南省/示例州/示例县/示例镇"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The database that the commands use."""
    monkeypatch.setenv("YINGDA_DATABASE_URL", database_url)
    return Store(open_engine(database_url))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], store: Store) -> Run:
    def run(*arguments: object) -> tuple[int, str]:
        """Run one command; return its exit status and all that it prints."""
        status = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    return run


def roll(folder: Path, *lines: str) -> Path:
    path = folder / "roll.csv"
    path.write_text("\n".join(("姓名,电话,岗位,地区", *lines)), encoding="gb18030")
    return path


def test_the_demo_fills_an_empty_database_once(run: Run):
    status, shown = run("demo")
    assert status == 0
    assert "yingda chat --as 示例甲    村民，上河村三组" in shown
    assert run("demo") == (2, run("demo")[1])
    assert "已经有内容" in run("demo")[1]


def test_the_demo_has_somebody_in_every_role_and_a_route_for_every_class(run: Run, store: Store):
    run("demo")
    from assistant.hazards.route import Route, nearest

    with store.work(NOON) as work:
        held = {grant.role for grant in stored.grants(work.session)}
        routes = work.session.exec(select(Route)).all()
        assert all(nearest(routes, f"{TOWN}/松岭村", category.value) for category in Category)
        places, names = stored.places(work.session), stored.place_names(work.session)
        assert resolve("三组老粮站背后", f"{TOWN}/上河村", places, names) == f"{TOWN}/上河村/三组"
        assert locate(25.1971, 100.3046, places, names, within_m=1000) == f"{TOWN}/上河村/桥头组"
    assert held == {role.value for role in Role if role is not Role.VILLAGER}


def test_a_name_that_is_known_speaks_in_the_terminal_as_that_person(run: Run, store: Store, tmp_path: Path):
    run("demo")
    run(
        "import",
        "people",
        roll(tmp_path, "示例申,,网格员,松岭村", "示例酉,12300000031,,上河村", "示例酉,12300000032,,上河村"),
    )
    with store.work(NOON) as work:
        for name in ("示例甲", "示例申", "示例酉", "过路人"):
            seat(work, name)
        known = {one.sender: one.person_id for one in work.session.exec(select(Identity)).all()}
        assert known["示例甲"] == stored.person_called(work.session, "示例甲").id
        assert known["示例申"] == stored.person_called(work.session, "示例申").id
    assert "示例酉" not in known  # two of that name
    assert "过路人" not in known


def test_an_import_reports_line_by_line_and_leaves_with_1_where_a_row_was_refused(run: Run, tmp_path: Path):
    run("demo")
    file = roll(tmp_path, "示例申,12300000019,网格员,松岭村", "示例酉,123,网格员,松岭村")
    status, shown = run("import", "people", file, "--dry-run")
    assert status == 1
    assert "第2行  新增  示例申：岗位：网格员" in shown
    assert "第3行  没有导入  示例酉：电话不对（数出3位数字）" in shown
    assert "什么都没有存" in shown
    assert "示例申" not in run("people")[1]
    run("import", "people", file)
    assert "示例申" in run("people")[1]
    assert run("import", "people", roll(tmp_path, "示例申,12300000019,网格员,松岭村"))[0] == 0


def test_an_import_can_be_read_by_a_program(run: Run, tmp_path: Path):
    run("demo")
    status, shown = run("import", "people", roll(tmp_path, "示例申,12300000001,,松岭村"), "--json")
    report = json.loads(shown)
    assert (status, report["counts"]["refused"], report["rows"][0]["reason"]) == (1, 1, "duplicate_phone")


def test_telephone_numbers_are_masked_unless_they_are_asked_for(run: Run):
    run("demo")
    assert "12300000001" not in run("people")[1] + run("people", "--json")[1]
    assert "12300000001" in run("people", "--phones")[1]


def test_the_list_can_be_cut_to_a_role_and_a_place(run: Run):
    run("demo")
    shown = run("people", "--role", "grid", "--region", f"{TOWN}/上河村")[1]
    assert [line.split()[1] for line in shown.splitlines()] == ["示例丙", "示例丁"]


def test_places_are_shown_as_a_tree_with_landmarks(run: Run):
    assert "yingda import places" in run("places")[1]
    run("demo")
    shown = run("places")[1]
    assert "          三组（25.2052，100.3060）  地标：老粮站" in shown
    listed = json.loads(run("places", "--json")[1])
    assert {place["path"]: place["level"] for place in listed}[f"{TOWN}/上河村"] == "village"


def test_a_role_is_given_and_taken_and_each_is_an_event(run: Run, store: Store):
    run("demo")
    assert "示例乙现在是信息员（松岭村，只管消防）" in run("grant", "示例乙", "reporter", "--category", "fire")[1]
    assert "收回了示例乙的“信息员”" in run("revoke", "示例乙", "reporter")[1]
    assert "没有“信息员”这个岗位" in run("revoke", "示例乙", "reporter")[1]
    with store.work(NOON) as work:
        assert [event.kind for event in work.events("person/2")] == ["created", "granted", "revoked"]


def test_only_who_may_gives_roles_where_somebody_is_named(run: Run, store: Store):
    run("demo")
    status, shown = run("grant", "示例乙", "grid", "--by", "示例甲")
    assert (status, "管理员来办" in shown) == (2, True)
    assert run("grant", "示例乙", "grid", "--by", "示例寅")[0] == 0
    with store.work(NOON) as work:
        assert work.events("person/2")[-1].actor == "person/13"


def test_a_code_is_shown_once_and_an_account_can_be_taken_away(run: Run):
    run("demo")
    assert "绑定 " in run("invite", "示例丙")[1]
    assert run("unbind", "示例丙", "--channel", "wechat") == (2, "示例丙没有绑定过微信，不用解除。\n")
    assert "解除了示例丙的 1 个账号" in run("unbind", "示例丙")[1]
    assert "没有绑定" in next(line for line in run("people")[1].splitlines() if "示例丙" in line)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("invite", "示例"), "名字相近的有：示例"),
        (("invite", "谁也不是"), "没有叫“谁也不是”的人。"),
        (("grant", "示例甲", "grid", "--region", "不存在的村"), "地点表里没有“不存在的村”"),
        (("import", "people", "没有这个.xlsx"), "找不到文件"),
    ],
)
def test_wrong_names_get_one_sentence(run: Run, arguments: tuple[str, ...], sentence: str):
    run("demo")
    status, shown = run(*arguments)
    assert status == 2
    assert sentence in shown
