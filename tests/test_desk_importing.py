"""Imports: real files of an office's kind, and any table at all."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlmodel import select

from assistant.desk.importing import import_people, import_places, import_routes
from assistant.desk.importing.rows import Importer
from assistant.errors import EmptyFile, EncryptedFile, MissingFile, NoHeading, TooLarge, UnknownTable, YingdaError
from assistant.events import Actor
from assistant.hazards import Route
from assistant.people import Grant, Person, Place, PlaceName
from assistant.people.importing import Change, Outcome, Reason, Report
from assistant.store import Store, open_engine
from assistant.store import people as stored
from assistant.wording.imports import report_lines
from tests.world import NOON

pytestmark = pytest.mark.ledger

TOWN = "云南省/示例州/示例县/示例镇"
CONSOLE = Importer(Actor("console"), TOWN)
IMPORTS = {"people": import_people, "places": import_places, "routes": import_routes}
HEADINGS = ["姓名", "电话", "单位", "岗位", "地区", "A/B角", "负责类别"]


class Office:
    """A database with a township of two villages, and tables to import."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        with store.work(NOON) as work:
            known: set[str] = set()
            for path in ("上河村/三组", "上河村/四组", "松岭村/第一网格"):
                stored.plant(work.session, f"{TOWN}/{path}", known)

    def csv(self, rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
        path, out = self.folder / "roll.csv", io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(rows)
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    def takes(self, path: Path, kind: str = "people", by: Importer = CONSOLE, is_trial: bool = False) -> Report:
        with self.store.work(NOON) as work:
            report = IMPORTS[kind](path, work, by, is_trial=is_trial)
            if is_trial:
                work.session.rollback()
            return report

    def people(self, *rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> Report:
        return self.takes(self.csv([headings, *rows]))

    def all(self, table: type) -> list:
        with self.store.work(NOON) as work:
            found = list(work.session.exec(select(table)).all())
            work.session.expunge_all()
            return found


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    engine = open_engine(database_url)
    yield Office(Store(engine), tmp_path)
    engine.dispose()


def outcomes(report: Report) -> list[str]:
    return [line.outcome.value for line in report.lines]


def reasons(report: Report) -> list[Reason | None]:
    return [line.reason for line in report.lines]


YI = ["示例乙", "138-1234 5678", "上河村村委会", "网格员", "上河村", "B角", "消防、燃气"]


def test_a_row_becomes_a_person_with_a_role(office: Office):
    report = office.people(YI)
    assert outcomes(report) == ["added"]
    (person,), (grant,) = office.all(Person), office.all(Grant)
    assert (person.name, person.phone, person.unit) == ("示例乙", "13812345678", "上河村村委会")
    assert person.region == grant.region == f"{TOWN}/上河村"
    assert (grant.role, grant.rank, grant.categories) == ("grid", "B", "fire,gas")


def test_importing_again_changes_nothing(office: Office):
    rows = [
        YI,
        ["示例丙", "", "", "值班员", "", "", ""],
        ["示例丁", "", "", "", "松岭村", "", ""],
        ["示例乙", "13812345678", "", "信息员", "松岭村", "", ""],
    ]
    first, again = office.people(*rows), office.people(*rows)
    assert outcomes(first) == ["added", "added", "added", "changed"]
    assert outcomes(again) == ["unchanged"] * 4
    assert len(office.all(Person)) == 3
    assert len(office.all(Grant)) == 3


def test_a_changed_cell_changes_that_and_an_empty_one_nothing(office: Office):
    office.people(YI)
    report = office.people(["示例乙", "13987654321", "", "", "上河村", "", ""])
    assert report.lines[0].changes == ((Change.PHONE, "13987654321"),)
    (person,), (grant,) = office.all(Person), office.all(Grant)
    assert (person.phone, person.unit, grant.rank) == ("13987654321", "上河村村委会", "B")
    assert "139＊＊＊＊＊＊21" in "\n".join(report_lines(report))


def test_every_change_of_a_person_is_an_event_without_name_or_number(office: Office):
    office.people(YI)
    office.people(["示例乙", "13812345678", "镇应急办", "网格员", "上河村", "A", ""])
    with office.store.work(NOON) as work:
        events = work.events("person/1")
        work.session.expunge_all()
    assert [(event.sequence, event.kind, event.actor) for event in events] == [
        (1, "created", "console"),
        (2, "granted", "console"),
        (3, "changed", "console"),
        (4, "granted", "console"),
    ]
    assert not any("示例乙" in event.data or "138" in event.data for event in events)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "13812345678", "", "网格员", "上河村"], Reason.NO_NAME),
        (["合计", "12", "", "", ""], Reason.NOT_A_NAME),
        (["填表人：示例甲", "", "", "", ""], Reason.NOT_A_NAME),
        (["=HYPERLINK(1)", "", "", "", "上河村"], Reason.FORMULA),
        (["示例甲", "1381234567", "", "", "上河村"], Reason.NOT_A_PHONE),
        (["示例甲", "1.38E+10", "", "", "上河村"], Reason.NOT_A_PHONE),
        (["示例甲", "13812345678/13987654321", "", "", "上河村"], Reason.NOT_A_PHONE),
        (["示例甲", "119", "", "", "上河村"], Reason.NOT_A_PHONE),
        (["示例甲", "", "", "炊事员", "上河村"], Reason.UNKNOWN_ROLE),
        (["示例甲", "", "", "保密员", "上河村"], Reason.CUSTODIAN),
        (["示例甲", "", "", "网格员", "上河存"], Reason.UNKNOWN_PLACE),
        (["示例甲", "", "", "网格员", "上河村/九组"], Reason.UNKNOWN_PLACE),
        (["示例甲", "", "", "网格员", "上河村", "C"], Reason.UNKNOWN_RANK),
        (["示例甲", "", "", "网格员", "上河村", "A", "外星人"], Reason.UNKNOWN_CATEGORY),
        (["示例甲", "", "单" * 99, "网格员", "上河村"], Reason.TOO_LONG),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_good_one_goes_in(office: Office, row: list[str], reason: Reason):
    report = office.people(row, YI)
    assert reasons(report) == [reason, None]
    assert [person.name for person in office.all(Person)] == ["示例乙"]
    shown = report_lines(report)
    assert "没有导入" in shown[1]
    assert "未知" not in shown[1]
    assert "{" not in shown[1]


def test_near_misses_of_a_place_are_shown(office: Office):
    report = office.people(["示例甲", "", "", "网格员", "上合村"])
    assert "名字相近的有：上河村" in report_lines(report)[1]


def test_one_number_belongs_to_one_person(office: Office):
    report = office.people(YI, ["示例丙", "13812345678", "", "", "上河村"])
    assert reasons(report) == [None, Reason.DUPLICATE_PHONE]
    assert "已经是示例乙的（第2行）" in report_lines(report)[2]
    later = office.people(["示例丙", "13812345678", "", "", "上河村"])
    assert "已经登记过" in report_lines(later)[1]


def test_the_same_row_twice_is_said_and_a_second_role_is_none(office: Office):
    report = office.people(YI, YI, [*YI[:3], "信息员", *YI[4:]])
    assert outcomes(report) == ["added", "refused", "changed"]
    assert reasons(report)[1] is Reason.TWICE
    assert {grant.role for grant in office.all(Grant)} == {"grid", "reporter"}


def test_two_of_one_name_in_one_village_stay_two(office: Office):
    rows = [["示例甲", "13812345671", "", "", "上河村"], ["示例甲", "13812345672", "", "", "上河村"]]
    assert outcomes(office.people(*rows)) == ["added", "added"]
    assert outcomes(office.people(*rows)) == ["unchanged", "unchanged"]
    # without a number nobody knows which
    assert reasons(office.people(["示例甲", "", "", "网格员", "上河村"])) == [Reason.SEVERAL_ALIKE]


def test_several_places_and_roles_in_one_cell(office: Office):
    office.people(["示例甲", "", "", "网格员、信息员", "上河村三组、上河村四组"])
    assert {(g.role, g.region.rpartition("/")[2]) for g in office.all(Grant)} == {
        (role, group) for role in ("grid", "reporter") for group in ("三组", "四组")
    }


def test_headings_stand_in_any_order_with_synonyms_below_a_title(office: Office):
    rows = [
        ["示例镇应急责任人名单（示例）"],
        ["填报单位：镇应急办", "", "2026年7月"],
        ["序号", "责任区域", "* 联系 电话（必填）", "姓 名", "职务", "备注"],
        ["1", "松岭村", "0871-63212345", "示 例 甲", "网格长", "新来的"],
        [],
        ["2", "", "＋86 138 1234 5678", "岩温·罕", "带班干部", ""],
    ]
    report = office.takes(office.csv(rows))
    assert (report.header, report.unused) == (3, ("序号", "备注"))
    assert [(line.row, line.outcome) for line in report.lines] == [(4, Outcome.ADDED), (6, Outcome.ADDED)]
    assert [(p.name, p.phone, p.region) for p in office.all(Person)] == [
        ("示例甲", "087163212345", f"{TOWN}/松岭村"),
        ("岩温·罕", "13812345678", TOWN),
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("gbk", ";")]
)
def test_a_csv_comes_in_any_usual_encoding(office: Office, encoding: str, delimiter: str):
    report = office.takes(office.csv([HEADINGS, YI], encoding, delimiter))
    assert outcomes(report) == ["added"]


def test_what_keeps_excel_from_making_a_number_is_taken_off(office: Office):
    office.people(["示例甲", '="13812345678"', "", "", "上河村"], ["示例乙", "'13987654321", "", "", "上河村"])
    assert [person.phone for person in office.all(Person)] == ["13812345678", "13987654321"]


def workbook(office: Office, *rows: Sequence[object], merge: str = "") -> Path:
    book = Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("名单")
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    path = office.folder / "roll.xlsx"
    book.save(path)
    return path


def test_a_workbook_with_merged_cells_formulas_and_numbers_for_phones(office: Office):
    path = workbook(
        office,
        ["名单（示例）"],
        [],
        ["村", "所在村", "姓名", "电话", "岗位"],
        ["=ROW()", "上河村", "示例甲", 13812345678, "网格员"],
        ["=ROW()", None, "示例乙", 13987654321.0, "信息员"],
        ["=ROW()", "松岭村", "示例丙", "=D4+1", "网格员"],
        [None, None, None, None, None],
        merge="B4:B5",
    )
    report = office.takes(path)
    assert [(line.row, line.outcome.value, line.reason) for line in report.lines] == [
        (4, "added", None),
        (5, "added", None),
        (6, "refused", Reason.FORMULA),
    ]
    assert [(p.name, p.phone, p.region) for p in office.all(Person)] == [
        ("示例甲", "13812345678", f"{TOWN}/上河村"),
        ("示例乙", "13987654321", f"{TOWN}/上河村"),
    ]
    assert "第4列是公式" in report_lines(report)[3]


def test_a_trial_keeps_nothing(office: Office):
    report = office.takes(office.csv([HEADINGS, YI]), is_trial=True)
    assert outcomes(report) == ["added"]
    assert "什么都没有存" in report_lines(report)[-1]
    assert office.all(Person) == []


def test_an_importer_reaches_no_further_than_their_own_place(office: Office):
    admin = Importer(Actor("person/1"), TOWN, (Grant(person_id=1, role="admin", region=f"{TOWN}/上河村"),))
    report = office.takes(office.csv([HEADINGS, YI, ["示例丙", "", "", "网格员", "松岭村"]]), by=admin)
    assert reasons(report) == [None, Reason.NOT_YOURS]


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("roll.csv", b"", EmptyFile),
        ("roll.csv", "备注,颜色\n1,2\n".encode(), NoHeading),
        ("roll.csv", "姓名\n示例甲\n".encode(), NoHeading),  # a list of names alone says nothing
        ("roll.csv", b"\x00\x01" * 50, YingdaError),
        ("roll.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), UnknownTable),
        ("roll.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
        ("roll.pdf", b"%PDF-1.4", UnknownTable),
        ("roll.xlsx", b"PK\x03\x04 and then nothing", UnknownTable),
        ("roll.csv", b"a" * (5 * 1024 * 1024 + 1), TooLarge),
        ("roll.csv", "姓名,电话\n".encode() + "示例甲,\n".encode() * 10_001, TooLarge),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(office: Office, name: str, data: bytes, error: type):
    path = office.folder / name
    path.write_bytes(data)
    with pytest.raises(error):
        office.takes(path)
    assert office.all(Person) == []


def test_a_file_that_is_not_there(office: Office):
    with pytest.raises(MissingFile):
        office.takes(office.folder / "nowhere.csv")


def test_places_come_with_all_above_them_aliases_landmarks_and_points(office: Office):
    rows = [
        ["乡镇", "村", "组", "别名", "地标", "纬度", "经度"],
        ["示例镇", "茶坪村", "", "茶坪、老茶坪", "", "25.25", "100.35"],
        ["示例镇", "茶坪村", "一组", "", "老粮站", "25.2511", "100.3522"],
        ["", "上河村", "三组", "", "村头大桥、水碾房", "", ""],
        ["", "上河村", "三组", "", "", "100.3", "25.2"],
        ["", "上河村", "三组", "", "", "东经", "25"],
        ["", "", "", "只有别名", "", "", ""],
    ]
    first, again = (office.takes(office.csv(rows), "places") for _ in range(2))
    assert outcomes(first) == ["added", "added", "changed", "refused", "refused", "refused"]
    assert outcomes(again) == ["unchanged", "unchanged", "unchanged", "refused", "refused", "refused"]
    assert reasons(first)[3:] == [Reason.POINT_SWAPPED, Reason.NOT_A_POINT, Reason.NO_PLACE]
    places = {place.path: place for place in office.all(Place)}
    assert (places[f"{TOWN}/茶坪村"].lat, places[f"{TOWN}/茶坪村"].level) == (25.25, "village")
    assert places[f"{TOWN}/茶坪村/一组"].lat is None
    names = {name.name: name for name in office.all(PlaceName)}
    assert names["老粮站"].lat == 25.2511
    assert [names[name].is_landmark for name in ("老茶坪", "老粮站", "村头大桥")] == [False, True, True]


def test_places_in_one_column_from_the_province_or_from_the_village_on(office: Office):
    rows = [["地区"], ["云南省示例州示例县大庙镇石板村"], ["茶坪村/一组"], ["示例镇/松岭村/第二网格"]]
    report = office.takes(office.csv(rows), "places")
    assert [line.what for line in report.lines] == [
        "云南省/示例州/示例县/大庙镇/石板村",
        f"{TOWN}/茶坪村/一组",
        f"{TOWN}/松岭村/第二网格",
    ]
    assert "连同上级大庙镇" in report_lines(report)[1]


def test_routes_lead_from_place_and_class_to_a_person_or_a_department(office: Office):
    office.people(["示例乙", "13812345678", "镇水务站", "", ""], ["示例丙", "", "", "", "松岭村"])
    rows = [
        ["辖区", "隐患类别", "责任人", "责任单位", "兜底人"],
        ["", "洪涝、涉水安全", "示例乙", "", "示例丙"],
        ["上河村", "", "", "上河村村委会", ""],
        ["", "洪涝", "示例丙", "", ""],
        ["", "消防", "示例丁", "", ""],
        ["", "消防", "", "", ""],
    ]
    first, again = (office.takes(office.csv(rows), "routes") for _ in range(2))
    assert outcomes(first) == ["added", "added", "refused", "refused", "refused"]
    assert outcomes(again) == ["unchanged", "unchanged", "refused", "refused", "refused"]
    assert reasons(first)[2:] == [Reason.TWICE, Reason.UNKNOWN_PERSON, Reason.NO_OWNER]
    routes = {(route.region, route.category): route for route in office.all(Route)}
    assert set(routes) == {(TOWN, "flood"), (TOWN, "water_safety"), (f"{TOWN}/上河村", "")}
    assert (routes[TOWN, "flood"].owner, routes[TOWN, "flood"].unit, routes[TOWN, "flood"].backstop) == (
        1,
        "镇水务站",
        2,
    )
    assert (routes[f"{TOWN}/上河村", ""].owner, routes[f"{TOWN}/上河村", ""].unit) == (None, "上河村村委会")


CELL = st.one_of(
    st.sampled_from(
        [
            *HEADINGS,
            "村",
            "纬度",
            "地标",
            "负责人",
            "类别",
            "示例甲",
            "示例乙",
            "13812345678",
            "网格员",
            "上河村",
            "三组",
            "A",
            "消防",
            "25.2",
            "=1",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0;\t|，"), max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(CELL, max_size=8), max_size=8),
    st.sampled_from(["people", "places", "routes"]),
    st.booleans(),
)
def test_any_table_at_all_is_read_without_a_crash_and_every_row_is_accounted_for(
    office: Office, rows: list[list[str]], kind: str, has_headings: bool
):
    headings = {
        "people": HEADINGS,
        "places": ["地区", "别名", "地标", "纬度", "经度"],
        "routes": ["地区", "类别", "负责人", "负责单位"],
    }
    path = office.csv([headings[kind], *rows] if has_headings else rows)
    before = len(office.all(Person))
    try:
        report = office.takes(path, kind)
    except YingdaError:
        assert len(office.all(Person)) == before
        return
    table = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
    filled = [number for number, row in enumerate(table, 1) if any(cell.strip() for cell in row)]
    assert [line.row for line in report.lines] == [number for number in filled if number > report.header]
    assert sum(report.counts().values()) == len(report.lines)
    assert all(line.reason is not None for line in report.lines if line.outcome is Outcome.REFUSED)
    assert len(report_lines(report)) >= len(report.lines) + 2
    again = office.takes(path, kind)
    assert {line.outcome for line in again.lines} <= {Outcome.UNCHANGED, Outcome.REFUSED}
