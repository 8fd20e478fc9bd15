"""What stands in the cells of a household roll (住户名册): persons, and who of them cannot go alone; read strictly."""

import re
import unicodedata

from assistant.errors import RowRefused
from assistant.evacuation.household import Vulnerable
from assistant.people.cells import several
from assistant.people.importing import Reason

WORDS: dict[Vulnerable, str] = {
    Vulnerable.ELDER_ALONE: "独居老人 独居 空巢老人 孤寡老人 五保户 五保老人",
    Vulnerable.ELDER: "老人 高龄老人 老年人 高龄",
    Vulnerable.DISABLED: "失能人员 失能 失能老人 半失能 残疾人 残疾 卧床 行动不便",
    Vulnerable.CHILD: "儿童 小孩 留守儿童 婴幼儿 婴儿 幼儿 孩子",
    Vulnerable.PREGNANT: "孕产妇 孕妇 产妇",
    Vulnerable.SICK: "病人 重病 大病 慢性病 慢病 重病患者 精神病人 精神障碍",
}
BY_WORD = {word: one for one, words in WORDS.items() for word in words.split()}
NOBODY = frozenset({"无", "没有", "否", "0", "-", "—"})
# 独居老人1人 病人（2） · 三口之家
COUNTED = re.compile(r"[(（]?\d+(?:人|名|个)?[)）]?$")
COUNT = re.compile(r"(\d{1,2})(?:人|口|个)?")


def weaknesses(cell: str) -> tuple[Vulnerable, ...]:
    """Return who has to be moved early; raises RowRefused for a word that is none of them."""
    found = []
    for word in several(cell):
        plain = COUNTED.sub("", word)
        if plain in NOBODY or not plain:
            continue
        if plain not in BY_WORD:
            raise RowRefused(reason=Reason.UNKNOWN_WEAKNESS, value=plain[:20])
        found.append(BY_WORD[plain])
    return tuple(dict.fromkeys(found))


def members(cell: str) -> int | None:
    """Return how many persons a household has, None for an empty cell; raises RowRefused for what is no number."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    found = COUNT.fullmatch(plain)
    if not plain:
        return None
    if found is None or not int(found[1]):
        raise RowRefused(reason=Reason.NOT_A_COUNT, value=plain[:10])
    return int(found[1])


def names(cell: str) -> str:
    """Return the other names of a household, apart by commas."""
    return ",".join(dict.fromkeys(several(cell)))
