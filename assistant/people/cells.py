"""What stands in the cells of a roll (名册): names, telephone numbers, roles and ranks, read strictly."""

import re
import unicodedata

from assistant.errors import RowRefused
from assistant.people.importing import Reason
from assistant.people.person import Rank, Role

SEPARATORS = re.compile(r"[、,，;；/|\s和及]+")
# 张三 岩温·罕 Li Ming · near miss: 合计 填表人：张三 3
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇a-zA-Z][\u3400-\u9fff\U00020000-\U0003ffff〇·.a-zA-Z ]{0,29}")
NO_NAMES = frozenset("合计 总计 小计 共计 备注 说明 填表人 填报人 审核人 制表人 姓名 无 空缺 待定".split())
# 13812345678 12300000011 087163212345 63212345 · near miss: 119 1381234567
PHONE = re.compile(r"1\d{10}|0\d{9,11}|[2-9]\d{6,7}")
ROLES: dict[Role, str] = {
    Role.VILLAGER: "村民 群众 居民",
    Role.GRID: "网格员 网格长 专职网格员 兼职网格员 片区网格员 网格管理员",
    Role.REPORTER: "信息员 信息报告员 灾害信息员 信息联络员",
    Role.DUTY: "值班员 值班人员 值守员 值班值守员 主班",
    Role.LEADER: "带班领导 带班 带班干部 带班人员",
    Role.DIRECTOR: "应急负责人 督办 督办人 应急办主任 分管领导 主要负责人",
    Role.DISPATCHER: "调度员 调度 指挥调度员 派单员",
    Role.TRAINER: "培训员 教员 培训教员 培训老师",
    Role.ADMIN: "管理员 系统管理员",
    Role.CUSTODIAN: "保密员",
}
BY_WORD = {word: role for role, words in ROLES.items() for word in words.split()}
RANKS = {
    **dict.fromkeys(("A", "A角", "A岗", "主", "主班", "正"), Rank.A),
    **dict.fromkeys(("B", "B角", "B岗", "副", "备", "副班", "备班"), Rank.B),
}
LONGEST_UNIT = 60


def name(cell: str) -> str:
    """Return a person's name; raises RowRefused for what is none."""
    plain = " ".join(unicodedata.normalize("NFKC", cell).replace("•", "·").split())
    if not plain:
        raise RowRefused(reason=Reason.NO_NAME)
    if not re.search(r"[a-zA-Z]", plain):
        plain = plain.replace(" ", "")
    if not NAME.fullmatch(plain) or plain in NO_NAMES:
        raise RowRefused(reason=Reason.NOT_A_NAME, value=plain[:20])
    return plain


def phone(cell: str) -> str:
    """Return the digits of a telephone number, empty for an empty cell; raises RowRefused for what is none."""
    plain = re.sub(r"[\s()\-—–_.·+]", "", unicodedata.normalize("NFKC", cell))
    if not plain:
        return ""
    digits = re.sub(r"^(?:00)?86(?=1\d{10}$)", "", plain)
    if not PHONE.fullmatch(digits) or not digits.isascii():
        raise RowRefused(reason=Reason.NOT_A_PHONE, digits=sum(sign.isdigit() for sign in plain))
    return digits


def unit(cell: str) -> str:
    """Return a department; raises RowRefused for one that is too long."""
    plain = " ".join(cell.split())
    if len(plain) > LONGEST_UNIT:
        raise RowRefused(reason=Reason.TOO_LONG, limit=LONGEST_UNIT)
    return plain


def roles(cell: str) -> tuple[Role, ...]:
    """Return the roles in a cell; none for an empty one or a villager. Raises RowRefused for an unknown one."""
    found = []
    for word in filter(None, SEPARATORS.split(unicodedata.normalize("NFKC", cell).strip())):
        role = BY_WORD.get(word)
        if role is None:
            raise RowRefused(reason=Reason.UNKNOWN_ROLE, value=word[:20])
        if role is Role.CUSTODIAN:
            raise RowRefused(reason=Reason.CUSTODIAN)
        found.append(role)
    return tuple(dict.fromkeys(role for role in found if role is not Role.VILLAGER))


def rank(cell: str) -> Rank | None:
    """Return A or B, None for an empty cell; raises RowRefused for what is neither."""
    plain = unicodedata.normalize("NFKC", cell).strip().upper()
    if plain and plain not in RANKS:
        raise RowRefused(reason=Reason.UNKNOWN_RANK, value=plain[:20])
    return RANKS.get(plain)


def several(cell: str) -> list[str]:
    """Return the entries of a cell that holds several."""
    return [part for part in SEPARATORS.split(cell) if part]
