"""Rosters as offices keep them: many layouts, each with its trap; every row and every word is accounted for."""

from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from assistant.duty import PostKind, Turn
from assistant.duty.dates import Around, days_in
from assistant.duty.entries import Fate, Fault, Reading
from assistant.duty.names import people_in, turn_in
from assistant.duty.tables import read_roster
from assistant.ingest.sheets import read_sheets

TODAY = date(2026, 4, 20)
L, D, S = PostKind.LEADER, PostKind.DEPUTY, PostKind.STAFF


def read(path: Path) -> Reading:
    """Read the first sheet as the import does."""
    (rows, *_) = read_sheets(path)
    reading = read_roster([(row.number, row.cells) for row in rows], TODAY)
    assert reading is not None
    # nothing lost: each row that is not empty has its line, in order
    assert [line.row for line in reading.lines] == [row.number for row in rows]
    return reading


@pytest.fixture
def sheet(tmp_path: Path):
    def sheet(rows: list[list[object]], *merged: str) -> Reading:
        book = openpyxl.Workbook()
        page = book.active
        for row in rows:
            page.append(row)
        for span in merged:
            page.merge_cells(span)
        book.save(tmp_path / "值班表.xlsx")
        return read(tmp_path / "值班表.xlsx")

    return sheet


def who(reading: Reading, day: date) -> set[tuple[PostKind, str]]:
    """Return who is on on a day."""
    return {
        (named.kind or entry.kind, named.name)
        for entry in reading.entries
        for named in entry.people
        if day in entry.days
    }


def days_of(reading: Reading) -> list[int]:
    return sorted({day.day for entry in reading.entries for day in entry.days})


def test_a_list_with_a_title_day_of_week_and_telephone(sheet):
    reading = sheet(
        [
            ["示例镇2026年5月值班表"],
            ["日期", "星期", "带班领导", "值班员", "副班", "电话"],
            ["5月1日", "五", "张示例", "李示例、王示例", "赵示例", "12300000001"],
            ["5月2日", "六", "钱示例", "孙示例", "周示例", "12300000002"],
            ["备注：值班电话 0876-1234567，请假须经书记同意。"],
        ],
        "A1:F1",
    )
    assert who(reading, date(2026, 5, 1)) == {(L, "张示例"), (S, "李示例"), (S, "王示例"), (D, "赵示例")}
    assert [line.fate for line in reading.lines] == [Fate.TITLE, Fate.HEADING, Fate.TAKEN, Fate.TAKEN, Fate.TITLE]
    assert reading.room_phone == "08761234567"
    assert [one.phone for entry in reading.entries for one in entry.people if one.name == "赵示例"] == ["12300000001"]


def test_a_telephone_beside_each_name_and_headings_in_two_rows(sheet):
    reading = sheet(
        [
            ["五一假期值班安排表（2026年）"],
            ["日期", "带班领导", None, "值班人员", None],
            [None, "姓名", "手机", "姓名", "手机"],
            ["5月1日—3日", "张 三", "12300000001", "李四\n王五", "12300000002\n12300000003"],
            ["5月4、5日", "赵六", "12300000004", "孙 七", "12300000005"],
        ],
        "A2:A3",
        "B2:C2",
        "D2:E2",
    )
    assert days_of(reading) == [1, 2, 3, 4, 5]
    phones = {one.name: one.phone for entry in reading.entries for one in entry.people}
    assert phones == {"张三": "12300000001", "李四": "12300000002", "王五": "12300000003", "赵六": "12300000004", "孙七": "12300000005"}  # fmt: skip
    assert who(reading, date(2026, 5, 5)) == {(L, "赵六"), (S, "孙七")}


def test_one_person_a_row_with_the_date_merged_over_them(sheet):
    reading = sheet(
        [
            ["日期", "岗位", "姓名", "联系电话"],
            [date(2026, 5, 1), "带班领导", "张示例", 12300000001],
            [None, "值班员", "李示例", 12300000002],
            [None, "副班", "王示例", 12300000003],
            [date(2026, 5, 2), "带班领导", "赵示例", 12300000004],
        ],
        "A2:A4",
    )
    assert who(reading, date(2026, 5, 1)) == {(L, "张示例"), (S, "李示例"), (D, "王示例")}
    assert who(reading, date(2026, 5, 2)) == {(L, "赵示例")}


def test_a_date_that_is_left_empty_is_that_of_the_row_above(sheet):
    reading = sheet([["日期", "职务", "姓名"], ["5月1日", "镇长", "张示例"], ["", "办事员", "李示例"]])
    assert who(reading, date(2026, 5, 1)) == {(S, "张示例"), (S, "李示例")}
    assert [line.unused for line in reading.lines[1:]] == [("镇长",), ("办事员",)]


def test_day_and_night_as_columns(sheet):
    reading = sheet(
        [
            ["值班表 2026年5月"],
            ["日期", "白班（8:30—17:30）", "夜班（17:30—次日8:30）", "带班领导"],
            ["1日", "张示例", "李示例", "赵示例"],
        ]
    )
    assert [(entry.kind, entry.turn) for entry in reading.entries] == [
        (S, Turn(time(8, 30), time(17, 30))),
        (S, Turn(time(17, 30), time(8, 30))),
        (L, None),
    ]


def test_shifts_as_rows(sheet):
    reading = sheet(
        [
            ["日期", "班次", "值班人员"],
            ["2026/5/1", "白班", "张示例"],
            ["", "夜班", "李示例"],
            ["", "机动班", "王示例"],
        ]
    )
    assert [entry.turn for entry in reading.entries] == [Turn(time(8), time(20)), Turn(time(20), time(8)), None]
    assert reading.lines[-1].unused == ("机动班",)


def test_two_halves_of_a_month_side_by_side(sheet):
    reading = sheet(
        [
            ["二〇二六年五月值班表"],
            ["日期", "带班", "值班", "日期", "带班", "值班"],
            ["1", "张示例", "李示例", "16", "王示例", "赵示例"],
            ["2", "钱示例", "孙示例", "17", "周示例", "吴示例"],
        ]
    )
    assert days_of(reading) == [1, 2, 16, 17]
    assert who(reading, date(2026, 5, 17)) == {(L, "周示例"), (S, "吴示例")}


def test_a_whole_shift_in_one_cell(sheet):
    reading = sheet(
        [
            ["时间", "值班安排"],
            ["5月1日（周五）", "带班领导：张示例（副镇长）；值班员：李示例、王示例；驾驶员：赵示例"],
        ]
    )
    assert {(L, "张示例"), (S, "李示例"), (S, "王示例")} <= who(reading, date(2026, 5, 1))
    assert "副镇长" in reading.lines[1].unused and "驾驶员" in reading.lines[1].unused


def test_villages_in_a_column(sheet):
    reading = sheet(
        [
            ["日期", "村（社区）", "带班领导", "值班员"],
            ["5月1日", "上河村", "张示例", "李示例"],
            ["5月1日", "松岭村", "王示例", "赵示例"],
        ]
    )
    assert [(entry.unit, entry.kind) for entry in reading.entries] == [("上河村", L), ("上河村", S), ("松岭村", L), ("松岭村", S)]  # fmt: skip


def test_a_week_by_its_days_with_the_dates_in_the_title(sheet):
    reading = sheet(
        [
            ["示例镇值班表（2026年4月27日—5月3日）"],
            ["星期", "带班领导", "值班员"],
            ["周一", "张示例", "李示例"],
            ["星期日", "王示例", "赵示例"],
        ]
    )
    assert who(reading, date(2026, 4, 27)) == {(L, "张示例"), (S, "李示例")}
    assert who(reading, date(2026, 5, 3)) == {(L, "王示例"), (S, "赵示例")}


def test_dates_across_and_posts_down(sheet):
    reading = sheet(
        [
            ["2026年五一值班表"],
            ["日期", "5月1日", "5月2日", "5月3日"],
            ["星期", "五", "六", "日"],
            ["带班领导", "张示例", "李示例", "王示例"],
            ["值班员", "赵示例、钱示例", "孙示例", "周示例"],
            ["夜班", "吴示例", "郑示例", ""],
        ]
    )
    assert who(reading, date(2026, 5, 1)) == {(L, "张示例"), (S, "赵示例"), (S, "钱示例"), (S, "吴示例")}
    assert {entry.turn for entry in reading.entries if entry.people[0].name == "吴示例"} == {Turn(time(20), time(8))}


def test_names_down_and_marks_across(sheet):
    reading = sheet(
        [
            ["2026年5月排班表"],
            ["姓名", *range(1, 32)],
            ["张示例", "带", *[""] * 29, "√"],
            ["李示例", "白", "夜", "休", *[""] * 27, "出差"],
        ]
    )
    assert who(reading, date(2026, 5, 1)) == {(L, "张示例"), (S, "李示例")}
    assert [(entry.days[0].day, entry.turn) for entry in reading.entries if entry.people[0].name == "李示例"] == [
        (1, Turn(time(8), time(20))),
        (2, Turn(time(20), time(8))),
    ]
    assert reading.lines[-1].unused == ("出差",)


def test_a_calendar_page_with_names_in_the_cell_of_the_day(sheet):
    reading = sheet(
        [
            ["2026年5月值班表"],
            ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
            ["", "", "", "", "1\n带班：张示例\n值班：李示例", "2\n王示例", "3\n赵示例"],
            ["4\n钱示例", "5\n孙示例", "6", "7\n周示例", "8\n吴示例", "9\n郑示例", "10\n冯示例"],
        ]
    )
    assert who(reading, date(2026, 5, 1)) == {(L, "张示例"), (S, "李示例")}
    assert days_of(reading) == [1, 2, 3, 4, 5, 7, 8, 9, 10]


def test_a_calendar_page_with_names_in_the_rows_below(sheet):
    reading = sheet(
        [
            ["2026年5月"],
            ["", "一", "二", "三", "四", "五", "六", "日"],
            ["日期", "", "", "", "", "1", "2", "3"],
            ["带班", "", "", "", "", "张示例", "李示例", "王示例"],
            ["值班", "", "", "", "", "赵示例", "钱示例", "孙示例"],
            ["日期", "4", "5", "6", "7", "8", "9", "10"],
            ["带班", "周示例", "吴示例", "郑示例", "冯示例", "陈示例", "褚示例", "卫示例"],
        ]
    )
    assert who(reading, date(2026, 5, 1)) == {(L, "张示例"), (S, "赵示例")}
    assert who(reading, date(2026, 5, 10)) == {(L, "卫示例")}


def test_csv_with_ditto_and_a_title(tmp_path: Path):
    path = tmp_path / "值班表.csv"
    path.write_text(
        "示例村5月值班\n日期,值班领导,值班人员\n2026.5.1,张示例,李示例\n2026.5.2,同上,王示例\n", encoding="gbk"
    )
    assert who(read(path), date(2026, 5, 2)) == {(L, "张示例"), (S, "王示例")}


def test_last_months_table_filled_in_again_is_refused_where_the_weekday_is_wrong(sheet):
    reading = sheet(
        [
            ["2026年5月值班表"],
            ["日期", "星期", "值班员"],
            ["1日", "三", "张示例"],  # 1 April was a Wednesday
            ["2日", "六", "李示例"],
        ]
    )
    assert [(line.fate, line.fault) for line in reading.lines[2:]] == [
        (Fate.REFUSED, Fault.WEEKDAY),
        (Fate.TAKEN, None),
    ]


def test_a_row_whose_date_or_name_cannot_be_read_is_refused_by_itself(sheet):
    reading = sheet(
        [
            ["日期", "值班员", "备注"],
            ["2026-05-01", "张示例", "请提前到岗"],
            ["2026-05-32", "李示例", ""],
            ["3", "王示例", ""],
            ["2026-05-04", "全体干部", ""],
            ["填表人：赵示例", "", ""],
        ]
    )
    assert [(line.fate, line.fault) for line in reading.lines[1:]] == [
        (Fate.TAKEN, None),
        (Fate.REFUSED, Fault.NO_DAY),
        (Fate.REFUSED, Fault.NO_MONTH),
        (Fate.REFUSED, Fault.NOBODY),
        (Fate.TITLE, None),
    ]
    assert reading.lines[1].unused == ("备注：请提前到岗",)
    assert reading.lines[4].unused == ("全体干部",)


def test_one_number_under_duty_telephone_is_the_rooms_and_several_are_the_persons(sheet):
    head = ["日期", "值班员", "值班电话"]
    room = sheet([head, ["2026-05-01", "张示例", "12300000000"], ["2026-05-02", "李示例", "12300000000"]])
    own = sheet([head, ["2026-05-01", "张示例", "12300000001"], ["2026-05-02", "李示例", "12300000002"]])
    assert [(one.room_phone, one.people[0].phone) for one in room.entries] == [("12300000000", "")] * 2
    assert [(one.room_phone, one.people[0].phone) for one in own.entries] == [("", "12300000001"), ("", "12300000002")]


def test_a_roll_of_persons_is_no_roster():
    rows = [(1, ("姓名", "电话", "岗位")), (2, ("张示例", "12300000001", "值班员"))]
    assert read_roster(rows, TODAY) is None


MAY = Around(TODAY, 2026, 5)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("5月1日（星期五）", [1]),
        ("五月二十一日", [21]),
        ("46143", [1]),  # how Excel shows a date without its format
        ("20260501", [1]),
        ("5.1-5.3", [1, 2, 3]),
        ("1日至3日", [1, 2, 3]),
        ("5月1、2日", [1, 2]),
        ("5月1日8:00—2日8:00", [1]),  # one shift, not two days
        ("1-3", [1, 2, 3]),
        ("5-7", []),  # the 7th of May, or three days
        ("4月30日-5月1日", [30, 1]),
        ("张示例", []),
        ("2026-02-30", []),
    ],
)
def test_a_cell_names_its_days(cell: str, days: list[int]):
    assert [day.day for day in days_in(cell, MAY).days] == days


def test_a_table_of_december_goes_on_into_january():
    assert days_in("1月2日", Around(TODAY, 2026, 12)).days == (date(2027, 1, 2),)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张 三、李 四", ["张三", "李四"]),
        ("张示例镇长 李示例副书记", ["张示例", "李示例"]),
        ("张示例(带班) 李示例(副班)", ["张示例", "李示例"]),
        ("岩温·示例", ["岩温·示例"]),
        ("张示例 12300000001", ["张示例"]),
        ("王建和李平", ["王建", "李平"]),
        ("欧阳和平", ["欧阳和平"]),  # 和 inside a name
        ("待定", []),
        ("副镇长", []),
    ],
)
def test_a_cell_names_its_people(cell: str, names: list[str]):
    assert [one.name for one in people_in(cell).people] == names


@pytest.mark.parametrize(
    ("said", "turn"),
    [
        ("8:30-次日8:30", Turn(time(8, 30), time(8, 30))),
        ("17时30分—8时", Turn(time(17, 30), time(8))),
        ("24小时", None),
        ("夜班", Turn(time(20), time(8))),
    ],
)
def test_words_name_the_hours_of_a_shift(said: str, turn: Turn | None):
    assert turn_in(said) == turn
