"""Ten more layouts of rosters as offices keep them: each is read right, or says row by row what could not be read."""

from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from assistant.duty import PostKind, Turn
from assistant.duty.entries import Fate, Fault, Reading
from assistant.duty.tables import read_roster
from assistant.ingest.sheets import SheetRow, read_sheets

TODAY = date(2026, 9, 15)
L, D, S = PostKind.LEADER, PostKind.DEPUTY, PostKind.STAFF
MORNING, AFTERNOON = Turn(time(8), time(12)), Turn(time(12), time(20))
NIGHT = Turn(time(20), time(8))
Who = set[tuple[int, PostKind, str]]


class Sheet:
    """A sheet to be filled and read back."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, openpyxl.Workbook()
        self.page: Worksheet = self.book.active

    def rows(self, *rows: list[object]) -> None:
        for row in rows:
            self.page.append(row)

    def saved(self) -> list[SheetRow]:
        self.book.save(self.path)
        return read_sheets(self.path)[0]

    def read(self) -> Reading:
        rows = self.saved()
        reading = read_roster([(row.number, row.cells) for row in rows], TODAY, self.path.stem)
        assert reading is not None
        assert [line.row for line in reading.lines] == [row.number for row in rows]
        return reading


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path / "值班表.xlsx")


def who(reading: Reading) -> Who:
    """Return who is on, by day of the month."""
    return {
        (day.day, named.kind or entry.kind, named.name)
        for entry in reading.entries
        for named in entry.people
        for day in entry.days
    }


def turns(reading: Reading) -> dict[str, Turn | None]:
    return {named.name: entry.turn for entry in reading.entries for named in entry.people}


def test_morning_afternoon_and_night_below_one_merged_date(sheet: Sheet):
    sheet.rows(
        ["示例镇2026年9月值班安排表"],
        ["日期", "时段", "带班领导", "值班人员"],
        ["9月25日", "上午", "赵示例", "钱示例"],
        [None, "下午", "赵示例", "孙示例"],
        [None, "夜间", "赵示例", "李示例"],
        ["9月26日", "上午", "周示例", "吴示例"],
    )
    sheet.page.merge_cells("A3:A5")
    reading = sheet.read()
    assert {(25, S, "钱示例"), (25, S, "孙示例"), (25, S, "李示例"), (26, S, "吴示例")} <= who(reading)
    found = turns(reading)
    assert (found["钱示例"], found["孙示例"], found["李示例"]) == (MORNING, AFTERNOON, NIGHT)


def test_two_tables_on_one_sheet_each_with_its_headings(sheet: Sheet):
    sheet.rows(
        ["示例镇机关值班表（2026年9月）"],
        ["日期", "带班领导", "值班员"],
        ["9月25日", "赵示例", "钱示例"],
        ["9月26日", "孙示例", "李示例"],
        [],
        ["上河村值班表（2026年9月）"],
        ["日期", "值班员", "带班领导"],  # the other way round
        ["9月25日", "周示例", "吴示例"],
        ["9月26日", "郑示例", "王示例"],
    )
    reading = sheet.read()
    expected = {(25, L, "赵示例"), (25, S, "钱示例"), (26, L, "孙示例"), (26, S, "李示例")}
    expected |= {(25, S, "周示例"), (25, L, "吴示例"), (26, S, "郑示例"), (26, L, "王示例")}
    assert who(reading) == expected
    assert {entry.unit for entry in reading.entries if entry.row > 5} == {"上河村"}  # no second leader of the town
    assert [line.fate for line in reading.lines[4:6]] == [Fate.TITLE, Fate.HEADING]


def test_names_of_holidays_and_of_the_old_calendar_beside_the_dates(sheet: Sheet):
    sheet.rows(
        ["2026年国庆、中秋值班表"],
        ["日期", "星期", "带班领导", "值班员"],
        ["中秋假期（9月25日—27日）"],
        ["9月25日（中秋节）", "五", "赵示例", "钱示例"],
        ["9月26日 农历八月十六", "六", "孙示例", "李示例"],
        ["国庆假期"],
        ["10月1日国庆节", "四", "周示例", "吴示例"],
    )
    sheet.page.merge_cells("A3:D3")
    sheet.page.merge_cells("A6:D6")
    reading = sheet.read()
    expected = {(25, L, "赵示例"), (25, S, "钱示例"), (26, L, "孙示例"), (26, S, "李示例")}
    assert who(reading) == expected | {(1, L, "周示例"), (1, S, "吴示例")}


def test_a_telephone_in_the_cell_of_the_name(sheet: Sheet):
    sheet.rows(
        ["日期", "带班领导（电话）", "值班员（电话）"],
        ["2026.9.25", "赵示例12300000001", "钱示例12300000002\n孙示例 12300000003"],
        ["2026.9.26", "李示例（12300000004）", "周示例:12300000005；吴示例:12300000006"],
    )
    reading = sheet.read()
    expected = {(25, L, "赵示例"), (25, S, "钱示例"), (25, S, "孙示例"), (26, L, "李示例"), (26, S, "周示例")}
    assert who(reading) == expected | {(26, S, "吴示例")}
    phones = {named.name: named.phone for entry in reading.entries for named in entry.people}
    assert [phones[name][-1] for name in ("赵示例", "钱示例", "孙示例", "李示例", "周示例", "吴示例")] == list("123456")


def test_names_apart_by_blanks_and_marks_and_blanks_within_a_name(sheet: Sheet):
    sheet.rows(
        ["值班日期", "带班", "值班"],
        [date(2026, 9, 25), "赵 示", "钱示例 孙示例、李示例"],
        [date(2026, 9, 26), "周  示", "吴示例/郑示例\u3000王示例"],
    )
    expected = {(25, L, "赵示"), (25, S, "钱示例"), (25, S, "孙示例"), (25, S, "李示例"), (26, L, "周示")}
    assert who(sheet.read()) == expected | {(26, S, "吴示例"), (26, S, "郑示例"), (26, S, "王示例")}


def test_dates_across_with_days_of_the_week_below_and_posts_down(sheet: Sheet):
    sheet.rows(
        ["示例镇2026年9月第四周值班表"],
        ["日期", "9.21", "9.22", "9.23", "9.24", "9.25"],
        ["星期", "一", "二", "三", "四", "五"],
        ["带班领导", "赵示例", "钱示例", "孙示例", "李示例", "周示例"],
        ["副班", "吴示例", "吴示例", "吴示例", "吴示例", "吴示例"],
        ["值班员（白）", "郑示例", "王示例", "郑示例", "王示例", "郑示例"],
        ["值班员（夜）", "冯示例", "陈示例", "冯示例", "陈示例", "冯示例"],
    )
    reading = sheet.read()
    assert {(21, L, "赵示例"), (24, L, "李示例"), (22, D, "吴示例"), (23, S, "郑示例"), (25, S, "冯示例")} <= who(
        reading
    )
    assert len(who(reading)) == 20
    assert turns(reading)["冯示例"] == NIGHT


def test_a_month_as_a_matrix_of_day_night_and_rest(sheet: Sheet):
    sheet.rows(
        ["示例镇2026年9月值班表"],
        ["序号", "姓名", *range(1, 31), "合计"],
        [1, "赵示例", *(["白", "夜", "休"] * 10), 20],
        [2, "钱示例", *(["夜", "休", "白"] * 10), 20],
        [3, "孙示例", *(["休", "白", "夜"] * 10), 20],
    )
    reading = sheet.read()
    assert len(who(reading)) == 60
    assert {(1, S, "赵示例"), (1, S, "钱示例"), (30, S, "孙示例")} <= who(reading)
    assert (3, S, "赵示例") not in who(reading)


def test_days_of_the_week_as_columns_with_the_dates_in_the_title(sheet: Sheet):
    sheet.rows(
        ["示例镇值班表（2026年9月21日至9月27日）"],
        ["", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
        ["带班领导", "赵示例", "钱示例", "孙示例", "李示例", "周示例", "吴示例", "郑示例"],
        ["值班员", "王示例", "冯示例", "陈示例", "王示例", "冯示例", "陈示例", "王示例"],
    )
    reading = sheet.read()
    assert {(21, L, "赵示例"), (27, L, "郑示例"), (27, S, "王示例"), (23, S, "陈示例")} <= who(reading)
    assert len(who(reading)) == 14


def test_a_hidden_row_is_told(sheet: Sheet):
    sheet.rows(
        ["日期", "带班领导", "值班员"],
        ["2026年9月25日", "赵示例", "钱示例"],
        ["2026年9月25日", "孙示例", "李示例"],  # the draft before, hidden
        ["2026年9月26日", "周示例", "吴示例"],
    )
    sheet.page.row_dimensions[3].hidden = True
    assert [row.number for row in sheet.saved() if row.is_hidden] == [3]


def test_a_date_that_is_a_formula_is_refused_by_row_and_the_others_are_read(sheet: Sheet):
    sheet.rows(
        ["日期", "带班领导", "值班员"],
        [date(2026, 9, 25), "赵示例", "钱示例"],
        ["=A2+1", "孙示例", "李示例"],
        ["=A3+1", "周示例", "吴示例"],
        [date(2026, 9, 28), "郑示例", "王示例"],
    )
    reading = sheet.read()
    assert who(reading) == {(25, L, "赵示例"), (25, S, "钱示例"), (28, L, "郑示例"), (28, S, "王示例")}
    assert [line.fate for line in reading.lines[2:4]] == [Fate.REFUSED, Fate.REFUSED]
    assert reading.lines[2].fault in (Fault.NO_DAY, Fault.FORMULA)
