"""Headings (表头) as offices write them, in any order and with synonyms, and which cell belongs to which."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LOOKED_AT = 20
"""Rows in which the headings are looked for: above them stand a title and who filled in the table."""


class Field(StrEnum):
    """What a column holds."""

    NAME = "name"
    PHONE = "phone"
    UNIT = "unit"
    ROLE = "role"
    REGION = "region"
    RANK = "rank"
    CATEGORIES = "categories"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"
    ALIAS = "alias"
    LANDMARK = "landmark"
    LAT = "lat"
    LON = "lon"
    OWNER = "owner"
    OWNER_UNIT = "owner_unit"
    BACKSTOP = "backstop"
    BACKSTOP_UNIT = "backstop_unit"
    KNOWN_AS = "known_as"
    MEMBERS = "members"
    VULNERABLE = "vulnerable"
    HELPER = "helper"
    BACKUP = "backup"
    WAY = "route"
    SHELTER = "shelter"
    KEEPER = "keeper"
    ZONE = "zone"
    NOTE = "note"
    DAY = "day"
    SUBJECT = "subject"


PEOPLE: dict[Field, str] = {
    Field.NAME: "姓名 名字 人员姓名 责任人姓名 人员",
    Field.PHONE: "电话 手机 联系电话 手机号 手机号码 电话号码 联系方式 移动电话 办公电话",
    Field.UNIT: "单位 部门 所在单位 工作单位 单位名称 所属单位 科室",
    Field.ROLE: "岗位 职务 角色 身份 岗位职务 人员类别 职责",
    Field.REGION: "地区 辖区 所在地 区域 责任区域 负责区域 网格 所属网格 所在村 村组 村社区 地点",
    Field.RANK: "A/B角 AB角 主副 主备 AB岗 A/B岗",
    Field.CATEGORIES: "负责类别 类别 负责隐患类别 隐患类别 分管类别",
}
LEVELS: dict[Field, str] = {
    Field.PROVINCE: "省 省份 省级",
    Field.CITY: "市 州市 州 市州 市级",
    Field.COUNTY: "县 区县 县区 县市区 县级",
    Field.TOWNSHIP: "乡镇 镇 乡 街道 乡镇街道 乡级",
    Field.VILLAGE: "村 村社区 社区 行政村 村委会 村级 村名",
    Field.GRID: "组 网格 村民小组 小组 自然村 网格名称 组名",
}
PLACES: dict[Field, str] = {
    Field.REGION: "地区 地点 路径 全路径 区域 地名 所在地 名称 地点名称",
    **LEVELS,
    Field.ALIAS: "别名 俗名 又名 其他名称 曾用名",
    Field.LANDMARK: "地标 标志物 标志性地点 地标名称",
    Field.LAT: "纬度 北纬 lat latitude",
    Field.LON: "经度 东经 lon lng longitude",
}
ROUTES: dict[Field, str] = {
    Field.REGION: "地区 辖区 区域 地点 所在地 范围",
    Field.CATEGORIES: "类别 隐患类别 负责类别 种类",
    Field.OWNER: "负责人 责任人 承办人 经办人 主办人",
    Field.OWNER_UNIT: "负责单位 责任单位 承办单位 主办单位 单位 部门",
    Field.BACKSTOP: "兜底人 兜底责任人 兜底负责人",
    Field.BACKSTOP_UNIT: "兜底单位 兜底部门",
}
HOUSEHOLDS: dict[Field, str] = {
    Field.NAME: "户主 户主姓名 姓名 户主名字",
    Field.KNOWN_AS: "俗称 小名 别名 平时叫法 称呼",
    Field.PHONE: "电话 户主电话 手机 联系电话 联系方式 手机号",
    Field.REGION: "地区 所在地 村组 村民小组 组 小组 网格 所在村组 住址 所在网格 地点",
    Field.MEMBERS: "人口 人数 家庭人口 家庭人数 受威胁人数 常住人口 常住人数",
    Field.VULNERABLE: "特殊人群 重点人员 老弱病残 特殊群体 弱势群体 需要照顾的人 重点人群",
    Field.HELPER: "帮转人 帮扶责任人 转移责任人 包保责任人 责任人 联系人 包户干部",
    Field.BACKUP: "备份帮转人 备用责任人 B角 替补责任人 备份责任人",
    Field.WAY: "转移路线 撤离路线 路线 避险路线",
    Field.SHELTER: "安置点 避险点 安置地点 避险场所 转移地点 避灾点",
    Field.KEEPER: "安置点负责人 安置点管理员 安置点责任人 安置点联系人",
    Field.ZONE: "隐患点 受威胁隐患点 隐患点名称 风险区 危险区 片区 威胁来源",
    Field.NOTE: "备注 说明",
}

TRAININGS: dict[Field, str] = {
    Field.NAME: "姓名 名字 人员姓名 参训人员 学员 学员姓名 参加人员",
    Field.DAY: "日期 培训日期 培训时间 时间 参训日期 参训时间",
    Field.SUBJECT: "内容 培训内容 培训名称 课程 主题 培训班",
    Field.REGION: "地区 所在地 单位 村 村社区 所在村 乡镇 地点",
}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand, and what the columns below hold."""

    at: int
    """Index of the row, from 0."""
    columns: dict[Field, tuple[int, ...]]
    """Columns from 0; several where the same is asked twice (电话, 手机)."""
    unused: tuple[str, ...]

    def cells(self, cells: Sequence[str]) -> dict[Field, str]:
        """Return what a row holds under each heading; of several columns the first that is filled in."""
        filled = {
            name: next((cells[at] for at in columns if at < len(cells) and cells[at]), "")
            for name, columns in self.columns.items()
        }
        return {name: cell for name, cell in filled.items() if cell}

    def used(self) -> frozenset[int]:
        """Return the columns from which something is taken."""
        return frozenset(at for columns in self.columns.values() for at in columns)


def find_header(
    rows: Sequence[Sequence[str]], words: Mapping[Field, str], least: Sequence[frozenset[Field]]
) -> Header | None:
    """Return the row among the first that has most of the headings, None where none has enough.

    words: synonyms apart by spaces. least: of each set at least one heading must be there.
    """
    fields = {_plain(word): name for name, synonyms in words.items() for word in synonyms.split()}
    best: Header | None = None
    for at, cells in enumerate(rows[:LOOKED_AT]):
        header = _read(at, cells, fields)
        is_better = best is None or len(header.columns) > len(best.columns)
        if is_better and all(wanted & header.columns.keys() for wanted in least):
            best = header
    return best


def _read(at: int, cells: Sequence[str], fields: Mapping[str, Field]) -> Header:
    columns: dict[Field, tuple[int, ...]] = {}
    unused = []
    for column, cell in enumerate(cells):
        name = fields.get(_plain(cell))
        if name is not None:
            columns[name] = (*columns.get(name, ()), column)
        elif cell:
            unused.append(cell)
    return Header(at, columns, tuple(dict.fromkeys(unused)))


def _plain(heading: str) -> str:
    """Return 联系电话 for * 联系 电话（必填）：."""
    folded = unicodedata.normalize("NFKC", heading).upper()
    return re.sub(r"\([^)]*\)|[\s*:/、_\-]", "", folded)
