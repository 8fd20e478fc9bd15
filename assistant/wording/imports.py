"""What an import tells whoever handed in the table, row by row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.people import Role
from assistant.people.headings import Field
from assistant.people.importing import Change, Line, Outcome, Reason, Report
from assistant.people.masking import masked
from assistant.wording.evacuation import WEAK
from assistant.wording.terms import CATEGORIES, ROLES

OUTCOMES = {
    Outcome.ADDED: "新增",
    Outcome.CHANGED: "有改动",
    Outcome.UNCHANGED: "没有变化",
    Outcome.REFUSED: "没有导入",
}
REASONS = {
    Reason.FORMULA: "第{column}列是公式，请复制后“粘贴为数值”",
    Reason.NO_NAME: "没有写姓名",
    Reason.NOT_A_NAME: "“{value}”不像姓名",
    Reason.NOT_A_PHONE: "电话不对（数出{digits}位数字）：手机号要11位，座机带不带区号都行，一格只写一个号码",
    Reason.DUPLICATE_PHONE: "这个电话已经是{other}的{where}，一个号码只能登记给一个人",
    Reason.TWICE: "和第{row}行重复",
    Reason.SEVERAL_ALIKE: "同一个地方有几个同名的人，分不清是哪一个，请补上电话或单位",
    Reason.UNKNOWN_ROLE: "没有“{value}”这个岗位，可以写：{roles}",
    Reason.CUSTODIAN: "保密员能看到举报人是谁，不能成批导入，请用 yingda grant 单独指定",
    Reason.UNKNOWN_RANK: "A/B角要写 A 或 B，现在写的是“{value}”",
    Reason.UNKNOWN_CATEGORY: "没有“{value}”这个类别，可以写：{categories}",
    Reason.NO_PLACE: "没有写地区，也没有用 --region 说明是哪里的",
    Reason.UNKNOWN_PLACE: "地点表里没有“{value}”{near}",
    Reason.NOT_A_PLACE: "“{value}”不像一个地点",
    Reason.NOT_A_POINT: "经纬度不对，要写成小数，例如纬度 25.1872、经度 100.3211",
    Reason.POINT_SWAPPED: "经度和纬度写反了",
    Reason.TOO_LONG: "有一格太长了（上限{limit}个字）",
    Reason.NO_OWNER: "没有写负责人，也没有写负责单位",
    Reason.UNKNOWN_PERSON: "人员表里没有“{value}”{near}",
    Reason.SEVERAL_PERSONS: "叫“{value}”的不止一个：{listed}；请改写电话",
    Reason.NOT_YOURS: "{region}不在您管理的范围里",
    Reason.NOT_A_COUNT: "人口“{value}”不是1到99的数",
    Reason.UNKNOWN_WEAKNESS: "特殊人群里没有“{value}”，可以写：{weaknesses}",
    Reason.NOT_A_DAY: "培训日期“{value}”看不懂，或者还没有到，请写成2026-05-10这样",
}
CHANGES = {
    Change.PHONE: "电话改为{value}",
    Change.UNIT: "单位改为{value}",
    Change.REGION: "所在地改为{value}",
    Change.ROLE: "岗位：{value}",
    Change.RANK: "改为{value}角",
    Change.CATEGORIES: "负责类别改为{value}",
    Change.POINT: "经纬度",
    Change.ALIAS: "别名{value}",
    Change.LANDMARK: "地标{value}",
    Change.PARENTS: "连同上级{value}",
    Change.OWNER: "负责人",
    Change.BACKSTOP: "兜底",
    Change.DETAIL: "{value}",
}
HEADINGS = {
    Field.NAME: "姓名",
    Field.PHONE: "电话",
    Field.UNIT: "单位",
    Field.ROLE: "岗位",
    Field.REGION: "地区",
    Field.TOWNSHIP: "乡镇",
    Field.VILLAGE: "村",
    Field.GRID: "组",
    Field.CATEGORIES: "类别",
    Field.OWNER: "负责人",
    Field.OWNER_UNIT: "负责单位",
    Field.KNOWN_AS: "俗称",
    Field.MEMBERS: "人口",
    Field.VULNERABLE: "特殊人群",
    Field.HELPER: "帮转人",
    Field.BACKUP: "备份帮转人",
    Field.WAY: "转移路线",
    Field.SHELTER: "安置点",
    Field.KEEPER: "安置点负责人",
    Field.ZONE: "隐患点",
    Field.NOTE: "备注",
    Field.DAY: "培训日期",
    Field.SUBJECT: "培训内容",
}
LINE = "第{row}行  {outcome}{what}{why}"
TRIAL = "这次只是试一遍，什么都没有存。去掉 --dry-run 再运行才会导入。"
TOTAL = "共{total}行：新增{added}行，有改动{changed}行，没有变化{unchanged}行，没有导入{refused}行。"
HEADER = "表头在第{row}行。{unused}"
UNUSED = "这几列没有用到：{unused}。"
MEND = "没有导入的，改好以后整张表再导入一次就行，已经导入的不会重复。"


def heading_words(words: Mapping[Field, str], least: Sequence[frozenset[Field]]) -> str:
    """Return the headings that a table must have: 姓名，以及“电话”或“岗位”."""
    return "；".join("或".join(f"“{HEADINGS[name]}”" for name in words if name in wanted) for wanted in least)


def report_lines(report: Report) -> list[str]:
    """Return an import as whoever handed in the table reads it."""
    counts = report.counts()
    unused = UNUSED.format(unused="、".join(report.unused)) if report.unused else ""
    total = TOTAL.format(total=len(report.lines), **{one.value: counts[one] for one in Outcome})
    lines = [HEADER.format(row=report.header, unused=unused), *map(line_words, report.lines), total]
    if report.is_trial:
        return [*lines, TRIAL]
    return [*lines, MEND] if counts[Outcome.REFUSED] else lines


def line_words(line: Line) -> str:
    """Return what became of one row; no telephone number is shown in full."""
    why = reason_words(line) if line.reason else "、".join(dict.fromkeys(map(_change, line.changes)))
    what = f"  {masked(line.what)}" if line.what else ""
    return LINE.format(row=line.row, outcome=OUTCOMES[line.outcome], what=what, why=f"：{why}" if why else "")


def reason_words(line: Line) -> str:
    """Return why a row was refused."""
    about: dict[str, Any] = dict(line.about)
    row = about.get("row")
    about["where"] = f"（第{row}行）" if row else "（已经登记过）"
    about["weaknesses"] = "、".join(WEAK.values())
    about["near"] = f"，名字相近的有：{about['near']}" if about.get("near") else ""
    about["roles"] = "、".join(words for role, words in ROLES.items() if role is not Role.CUSTODIAN)
    about["categories"] = "、".join(words for code, words in CATEGORIES.items() if code)
    return masked(REASONS[line.reason].format_map(about)) if line.reason else ""


def _change(change: tuple[Change, str]) -> str:
    kind, value = change
    return CHANGES[kind].format(value=VALUES.get(kind, str)(value))


VALUES: dict[Change, Callable[[str], str]] = {
    Change.DETAIL: lambda value: HEADINGS[Field(value)],
    Change.PHONE: masked,
    Change.ROLE: lambda value: ROLES[Role(value)],
    Change.CATEGORIES: lambda value: "、".join(CATEGORIES[one] for one in value.split(",")) if value else "全部",
}
