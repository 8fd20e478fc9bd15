"""Whether two ways to say where (村部对面, 张三娃新房) can mean one spot, and whether they cannot (三组, 七组)."""

import re
from functools import lru_cache
from itertools import takewhile
from os.path import commonprefix

from assistant.clauses.numerals import to_int
from assistant.script import simplified

NUMERAL = "[零〇一二两三四五六七八九十百\\d]+"
COUNTED = re.compile(rf"(?P<number>{NUMERAL})(?P<unit>号楼|号|栋|幢|组|社|队|单元|楼|层|道弯|弯|井|采区|班|路)")
# 3栋 二单元 七组 · 三点钟 五块
SAME_UNIT = {"号楼": "栋", "幢": "栋", "社": "组", "队": "组", "层": "楼", "道弯": "弯"}
COMPASS = "东西南北左右上下前后内外阴阳大小头尾新旧老高低村位口边一二三四五六七八九十\\d"
OPPOSITE = re.compile(f"[{COMPASS}]+号?")
LOCAL = re.compile(r"示例|样例|例子|范例|[镇乡村]")
DONE = r"(?<!没)(?<!没有)(?<!不)(?:填|修|补|换|弄|砌|处理|清|解决)(?:好|完|掉|过|了)"
FURTHER = re.compile(
    r"(?:又|另|再)(?:塌|裂|垮|掉|坏|出|冒|开|多|断)?了?(?:一|另)?[个处条道块段座根](?!星期|月|礼拜|人)|另(?:一|外)"
    rf"|(?:上回|上次|原来|之前|前[次回]|昨天|早就?|夏天|去年|前头|那[个处条]).{{0,8}}{DONE}|(?:补|修|填|换)过的|已经(?:修|砌|补|填|换)"
    r"|这[次回]是|新挖"
)
STILL = re.compile(r"还(?:是|在|没|断|裂|漏|堵|那样|老样)|没人管|报过|一直")
"""上回那个早填好了 旁边又塌了一个 · 又在掉: the first one is known and this is another."""


@lru_cache(maxsize=4096)
def numbers(text: str) -> dict[str, frozenset[int]]:
    """Return the numbers of houses, groups, floors … that a text names, by unit.

    >>> numbers("3栋二单元")
    {'栋': frozenset({3}), '单元': frozenset({2})}
    """
    found: dict[str, set[int]] = {}
    for match in COUNTED.finditer(simplified(text)):
        value = to_int(match["number"])
        if value is not None:
            found.setdefault(SAME_UNIT.get(match["unit"], match["unit"]), set()).add(value)
    return {unit: frozenset(values) for unit, values in found.items()}


def counted_apart(one: str, other: str) -> bool:
    """Say whether two texts count the same unit differently: 三组 and 七组."""
    first, second = numbers(one), numbers(other)
    return any(not first[unit] & second[unit] for unit in first.keys() & second.keys())


def counted_alike(one: str, other: str) -> bool:
    """Say whether two texts name the same number of the same unit."""
    first, second = numbers(one), numbers(other)
    return any(first[unit] & second[unit] for unit in first.keys() & second.keys())


def are_twins(one: str, other: str) -> bool:
    """Say whether two names are alike but for what tells one place from its neighbour: 左岸 and 右岸, 黑林沟 and 白林沟.

    >>> are_twins("黑林沟", "白林沟"), are_twins("湖滨夜市", "夜市")
    (True, False)
    """
    if not one or not other or one == other:
        return False
    start = len(commonprefix((one, other)))
    rest_one, rest_other = one[start:], other[start:]
    pairs = zip(reversed(rest_one), reversed(rest_other), strict=False)
    end = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    middle_one, middle_other = rest_one[: len(rest_one) - end], rest_other[: len(rest_other) - end]
    if not middle_one or not middle_other or set(middle_one) & set(middle_other):
        return False
    opposites = [bool(OPPOSITE.fullmatch(middle)) for middle in (middle_one, middle_other)]
    if any(opposites):
        # 大榕树 and 村口榕树: one of the two names nothing
        return all(opposites) and len(middle_one) == len(middle_other) and start + end > 0
    return start == 0 and end > 0 and abs(len(middle_one) - len(middle_other)) <= 1


def says_another(text: str) -> bool:
    """Say whether a text speaks of an earlier one that is settled, and so of another."""
    plain = simplified(text)
    return bool(FURTHER.search(plain)) and not STILL.search(plain)
