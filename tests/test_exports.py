"""Exported ledgers: an office's columns, nothing that runs, nobody who reported."""

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from assistant.cli.main import main
from assistant.desk import hazardwork, incidentwork
from assistant.dialogue.report import Report
from assistant.errors import NotExportable
from assistant.events import Actor
from assistant.exports import Order, export
from assistant.hazards import By, handling
from assistant.hazards.handling import Assignment, Holder
from assistant.hazards.steps import AUTOMATIC, Action
from assistant.incidents import steps
from assistant.people import Person
from assistant.ports import Location
from assistant.rules import load_rules
from assistant.store import Store, open_engine
from assistant.store.ledger import Chosen
from assistant.warnings import Call, RelayedWarning, calling
from assistant.wording import exports as words
from tests.world import NOON

RULES = load_rules()
VILLAGE = "云南省/示例州/示例县/示例镇/上河村"
OTHER = "云南省/示例州/示例县/别的镇"
PHONE = "13812345678"
STAFF = By(person=99, may=frozenset(action.value for action in Action))
LOCAL_NOON = datetime(2026, 7, 1, 12, 0)  # noqa: DTZ001  (what stands in a cell)


def add_person(work, name: str) -> Person:
    person = Person(name=name, phone=PHONE, created_at=work.now)
    work.session.add(person)
    work.session.flush()
    return person


def file_report(store: Store, text: str, **more: object) -> str:
    said = {"category": "geological", "urgency": "urgent", "region": VILLAGE, "place": "老粮站后面"} | more
    with store.work(NOON) as work:
        person = add_person(work, "示例报告人")
        return hazardwork.register(work, person, Report(text=text, **said), RULES).number


def close(store: Store, number: str, words_said: str) -> None:
    """From the dispatcher's list to the end: two people, two hours apart."""
    with store.work(NOON + timedelta(hours=1)) as work:
        owner = add_person(work, "示例整改人")
        hazard = work.hazard(number)
        by = By(person=owner.id, may=STAFF.may)
        actor = Actor(f"person/{owner.id}", "test")
        work.append(hazard, handling.accept(hazard, AUTOMATIC), Actor("rule"))
        given = Assignment(Holder(owner.id, "示例镇水务站"), Holder(unit="值班室"), "yunnan-2025/7")
        work.append(hazard, handling.assign(hazard, AUTOMATIC, given, work.now, RULES), Actor("rule"))
        work.append(hazard, handling.sign(hazard, by, work.now, RULES), actor)
        work.append(hazard, handling.submit(hazard, by, words_said, 1, work.now, RULES), actor)
    with store.work(NOON + timedelta(hours=3)) as work:
        inspector = add_person(work, "示例复查人")
        hazard = work.hazard(number)
        seen = By(person=inspector.id, may=STAFF.may)
        work.append(hazard, handling.close(hazard, seen, "", work.now), Actor(f"person/{inspector.id}", "test"))


@pytest.fixture
def store(database_url: str) -> Store:
    return Store(open_engine(database_url))


def content(store: Store, kind: str, form: str, *, is_public: bool = False, **chosen: object) -> bytes:
    with store.work(NOON) as work:
        return export(kind, form, work.session, Order(Chosen(**chosen), NOON, is_public))[0]


def sheet(raw: bytes):
    return openpyxl.load_workbook(io.BytesIO(raw)).active


def cells(raw: bytes) -> list[dict[str, object]]:
    head, *rows = sheet(raw).iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def lines(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_the_columns_of_the_hazard_ledger_stand_in_an_offices_order(store: Store):
    file_report(store, "坡上裂了缝")
    row = sheet(content(store, "hazards", "xlsx"))[1]
    assert "、".join(cell.value for cell in row) == (
        "序号、编号、上报时间、地区、地点、类别、行业、主管部门、隐患描述、紧急程度、来源、责任单位、责任人、派单时间、整改时限、整改措施、"
        "完成时间、复查人、销号时间、状态、是否逾期、依据条款"
    )


def test_a_closed_case_comes_back_from_the_workbook_cell_by_cell(store: Store):
    number = file_report(store, "坡上裂了缝")
    close(store, number, "裂缝已回填")
    (row,) = cells(content(store, "hazards", "xlsx"))
    assert row["编号"] == number and row["上报时间"] == LOCAL_NOON
    assert (row["类别"], row["紧急程度"], row["地区"]) == ("地质灾害", "紧急", VILLAGE)
    assert (row["责任单位"], row["责任人"], row["复查人"]) == ("示例镇水务站", "示例整改人", "示例复查人")
    assert row["派单时间"] == row["完成时间"] == LOCAL_NOON + timedelta(hours=1)
    assert row["销号时间"] == LOCAL_NOON + timedelta(hours=3)
    assert (
        row["整改时限"]
        == LOCAL_NOON + timedelta(hours=1) + RULES.find("hazard.rectify.urgent", VILLAGE, NOON.date()).duration
    )
    assert (row["整改措施"], row["状态"], row["是否逾期"]) == ("裂缝已回填", "已销号", "否")


def test_csv_has_the_same_cells_and_opens_in_excel(store: Store):
    number = file_report(store, "坡上裂了缝")
    close(store, number, "裂缝已回填，插了牌\n还撒了石灰")
    raw = content(store, "hazards", "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    (line,) = lines(raw)
    assert line["上报时间"] == "2026-07-01 12:00" and line["整改措施"] == "裂缝已回填，插了牌\n还撒了石灰"
    (row,) = cells(content(store, "hazards", "xlsx"))
    for name, value in row.items():
        shown = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else "" if value is None else str(value)
        assert line[name] == shown


INJECTIONS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1", "http://example.invalid/", "0012"]


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_a_link_or_a_number(store: Store, text: str):
    file_report(store, text, place=text)
    page = sheet(content(store, "hazards", "xlsx"))
    told = page.cell(2, words.HAZARD_COLUMNS.index("隐患描述") + 1)
    assert (told.data_type, told.hyperlink) == ("s", None)
    (line,) = lines(content(store, "hazards", "csv"))
    assert not line["隐患描述"].startswith(("=", "+", "-", "@", "\t", "＝"))


def test_the_sheet_is_ready_to_work_with(store: Store):
    file_report(store, "坡上裂了缝")
    page = sheet(content(store, "hazards", "xlsx"))
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("隐患台账", "A2", "A1:V2")
    (offered,) = page.data_validations.dataValidation
    assert "T2" in offered.sqref and "整改中" in offered.formula1
    assert len(offered.formula1) <= 255 + 2  # Excel's own limit for a list of words


def test_neither_reporter_nor_telephone_is_in_any_file(store: Store):
    number = file_report(
        store, f"我是示例报告人，坡上裂了缝，打我电话{PHONE}", location=Location(25.123456, 100.654321)
    )
    close(store, number, f"已按示例报告人说的回填，问我{PHONE}")
    for form in ("xlsx", "csv", "geojson", "json"):
        for kind in ("hazards", "rewards") if form != "geojson" else ("hazards",):
            raw = content(store, kind, form)
            shown = str(cells(raw)) if form == "xlsx" else raw.decode("utf-8-sig")
            assert PHONE not in shown and "reporter" not in shown and "示例报告人" not in shown


def test_the_public_is_not_told_who_works_on_a_case(store: Store):
    number = file_report(store, "坡上裂了缝")
    close(store, number, "裂缝已回填")
    for form in ("csv", "json"):
        shown = content(store, "hazards", form, is_public=True).decode("utf-8-sig")
        assert "坡上裂了缝" in shown and "示例镇水务站" in shown
        assert not [word for word in ("示例整改人", "示例复查人", "裂缝已回填") if word in shown]


def test_points_of_anonymous_reports_are_rounded_and_untrue_ones_left_out(store: Store):
    point = Location(25.123456, 100.654321)
    named = file_report(store, "坡上裂了缝", location=point)
    hidden = file_report(store, "有人私自采石", location=point, is_anonymous=True)
    file_report(store, "没有位置的一条")
    gone = file_report(store, "不属实的一条", location=point)
    with store.work(NOON) as work:
        hazard = work.hazard(gone)
        work.append(hazard, handling.reject(hazard, STAFF, "去看过，没有"), Actor("person/99"))
    collection = json.loads(content(store, "hazards", "geojson"))
    found = {feature["id"]: feature for feature in collection["features"]}
    assert collection["type"] == "FeatureCollection" and set(found) == {named, hidden}
    assert found[named]["geometry"] == {"type": "Point", "coordinates": [100.654321, 25.123456]}
    assert found[hidden]["geometry"]["coordinates"] == [100.654, 25.123]
    assert found[hidden]["properties"]["is_approximate"] is True


def test_cases_are_chosen_by_place_state_and_day(store: Store):
    here, there = file_report(store, "坡上裂了缝"), file_report(store, "井盖没了", region=OTHER)
    close(store, here, "填了")

    def numbers(**chosen: object) -> list[str]:
        return [line["编号"] for line in lines(content(store, "hazards", "csv", **chosen))]

    assert numbers() == [here, there]
    assert numbers(region="云南省/示例州/示例县/示例镇") == [here]
    # 别 is no part of the path 别的镇
    assert numbers(region="云南省/示例州/示例县/别") == []
    assert numbers(states=frozenset({"closed"})) == [here]
    assert numbers(since=NOON + timedelta(seconds=1)) == []
    assert numbers(categories=frozenset({"geological"}), until=NOON + timedelta(days=1)) == [here, there]


def test_an_overdue_case_says_so_and_once_late_is_not_forgotten(store: Store):
    number = file_report(store, "坡上裂了缝")
    with store.work(NOON) as work:
        order = Order(Chosen(), NOON + timedelta(days=400))
        content = export("hazards", "csv", work.session, order)[0]
    (line,) = lines(content)
    assert (line["编号"], line["是否逾期"]) == (number, "是")
    assert words.overdue(now=False, earlier=True) == "曾逾期"


def test_warnings_are_exported_call_by_call(store: Store):
    with store.work(NOON) as work:
        person = add_person(work, "示例网格员")
        warning = RelayedWarning(number="YJ1")
        fact = calling.issue("暴雨橙色预警", "示例县", VILLAGE, NOON, timedelta(minutes=30))
        work.append(warning, fact, Actor("rule"))
        work.append(Call(number="JY1"), calling.call(warning, person.id or 0, NOON), Actor("rule"))
    (row,) = cells(content(store, "warnings", "xlsx"))
    assert (row["叫应对象"], row["状态"], row["是否超时"]) == ("示例网格员", "待应答", "否")
    assert row["应答时限"] == LOCAL_NOON + timedelta(minutes=30)
    assert "示例网格员" not in content(store, "warnings", "json", is_public=True).decode()


def test_the_workbook_counts_by_place_class_trade_and_unit_with_what_each_is_a_part_of(store: Store):
    file_report(store, "坡上裂了缝")
    file_report(store, "井盖没了", category="public_facility")
    book = openpyxl.load_workbook(io.BytesIO(content(store, "hazards", "xlsx")))
    head, *rows = book["统计"].iter_rows(values_only=True)
    assert head == ("统计口径", "名称", "共几件", "没办完", "没办完占全部", "已逾期", "已逾期占没办完")
    assert ("按行业", "市政公用", 1, 1, "1/1（100%）", 0, "0/1（0%）") in rows
    assert {row[0] for row in rows} == {"按地区", "按类别", "按行业", "按责任单位"}
    for by in ("按地区", "按类别", "按行业"):
        assert sum(row[2] for row in rows if row[0] == by) == 2


def test_the_sheet_prints_lying_one_page_wide_with_heads_on_every_page(store: Store):
    file_report(store, "坡上裂了缝")
    page = openpyxl.load_workbook(io.BytesIO(content(store, "hazards", "xlsx")))["隐患台账"]
    assert (page.page_setup.orientation, page.page_setup.fitToHeight, page.print_title_rows) == (
        "landscape",
        0,
        "$1:$1",
    )


def test_a_map_for_the_public_shows_no_exact_home(store: Store):
    place = Location(25.123456, 100.654321)
    file_report(store, "我家后面坡上裂了缝", location=place)
    file_report(store, "桥栏杆断了", location=place)
    home, bridge = json.loads(content(store, "hazards", "geojson", is_public=True))["features"]
    assert home["geometry"]["coordinates"] == [100.654, 25.123] and home["properties"]["is_approximate"]
    assert bridge["geometry"]["coordinates"] == [100.654321, 25.123456]
    for one in json.loads(content(store, "hazards", "geojson"))["features"]:
        assert one["geometry"]["coordinates"] == [100.654321, 25.123456]  # the office has to find it


def test_the_incident_ledger_has_the_true_times_of_its_reports(store: Store):
    with store.work(NOON) as work:
        report = Report(text="着火了", category="fire", urgency="emergency", region=VILLAGE)
        incident = incidentwork.raise_incident(work, add_person(work, "示例报警人"), report, RULES)
        duty = Actor(f"person/{add_person(work, '示例值班员').id}")
        work.append(incident, steps.acknowledged(incident, 2, NOON, "收到"), duty)
        for how, minutes in (("phone", -5), ("phone", 20), ("written", 30)):
            at = NOON + timedelta(minutes=minutes)
            work.append(incident, steps.reported(incident, how, "县应急局", at, ""), duty)
    (row,) = cells(content(store, "incidents", "xlsx"))
    assert (row["接手人"], row["电话上报时间"]) == ("示例值班员", LOCAL_NOON - timedelta(minutes=5))
    assert row["书面初报时间"] == LOCAL_NOON + timedelta(minutes=30)
    assert (row["终报时间"], row["续报次数"], row["是否迟报"]) == (None, 0, "否")
    assert "示例值班员" not in content(store, "incidents", "json", is_public=True).decode()


@pytest.mark.parametrize(
    ("kind", "form"), [("drills", "geojson"), ("duty", "geojson"), ("warnings", "geojson"), ("hazards", "ics")]
)
def test_what_cannot_be_exported_says_so(store: Store, kind: str, form: str):
    with pytest.raises(NotExportable):
        content(store, kind, form)


def test_the_command_writes_the_file_and_refuses_what_is_not_built(
    tmp_path: Path, store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("YINGDA_DATABASE_URL", database_url)
    out = tmp_path / "hazards.csv"
    number = file_report(store, "坡上裂了缝")
    main(["export", "hazards", "--format", "csv", "--out", str(out), "--since", "2026-07-01", "--state", "已登记"])
    assert [line["编号"] for line in lines(out.read_bytes())] == [number]
    assert "隐患台账：1条" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        main(["export", "drills", "--format", "geojson", "--out", str(tmp_path / "drills.geojson")])
    assert left.value.code == 2 and "演练台账" in capsys.readouterr().err
    assert not (tmp_path / "drills.geojson").exists()


@pytest.mark.slow
def test_ten_thousand_cases_are_written_in_seconds(store: Store):
    with store.work(NOON) as work:
        person = add_person(work, "示例报告人")
        for number in range(10_000):
            report = Report(text=f"第{number}处裂缝", category="geological", urgency="routine", region=VILLAGE)
            hazardwork.register(work, person, report, RULES)
    assert len(cells(content(store, "hazards", "xlsx"))) == 10_000
