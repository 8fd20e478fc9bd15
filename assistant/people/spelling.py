"""How names of places are written and typed: one spelling for 三组, 3组 and 第三村民小组, and what sounds the same."""

import re
import unicodedata
from functools import cache

from assistant.clauses.numerals import to_int
from assistant.script import simplified

HAN = "\u4e00-\u9fff"
NUMERAL = re.compile(r"第?([0-9零〇一二三四五六七八九十百两]+)号?")
# 三组 3组 第三村民小组 三社 3队 → 3组 · near miss: 三社区 合作社
GROUP = re.compile(r"(?<=\d)(?:村民小组|村民组|生产小?队|小组|组|队|社(?!区))")
# 3、4组 → 3组 4组: two groups, and no thirty-fourth
SEVERAL = re.compile(r"(?<!\d)(\d{1,2})(?=(?: |和|与|跟|及|到|至){1,2}\d{1,2}(?:组|网格))")
NUMBERED = re.compile(r"\d{1,3}(?:组|网格)")
# How people of the south and west hear and type: zh/z, ch/c, sh/s, l/n, hu/f, and -ng/-n alike.
MERGED = ((r"^([zcs])h", r"\1"), (r"^l", "n"), (r"^hu(?=[aeio])", "f"), (r"(?<=[aei])ng$", "n"))


def spelled(text: str) -> str:
    """Return words of a place in one spelling; what is neither letter nor digit becomes a space."""
    plain = simplified(unicodedata.normalize("NFKC", text)).lower()
    plain = re.sub(rf"[^0-9a-z{HAN}〇]+", " ", plain).strip()
    counted = NUMERAL.sub(_number, plain)
    return SEVERAL.sub(r"\1组", GROUP.sub("组", counted))


def _number(found: re.Match[str]) -> str:
    value = to_int(found[1])
    if value is None:
        return found[0]
    kept = "号" if found[0].endswith("号") and not found[0].startswith("第") else ""
    is_grid = found.string.startswith(("网格", "组", "村民"), found.end())
    return f"{value}{'' if is_grid else kept}"


def sound(text: str) -> tuple[str, ...]:
    """Return how each character sounds, without tones."""
    return tuple(_syllable(character) for character in text)


def merged(text: str) -> tuple[str, ...]:
    """Return how each character sounds to those who do not tell zh from z, n from l, -ng from -n."""
    return tuple(_merged(_syllable(character)) for character in text)


@cache
def _syllable(character: str) -> str:
    # 0.2 s that no message without a misspelt place has to wait for
    from pypinyin import Style, pinyin  # noqa: PLC0415

    return str(pinyin(character, style=Style.NORMAL)[0][0])


@cache
def _merged(syllable: str) -> str:
    for pattern, plain in MERGED:
        syllable = re.sub(pattern, plain, syllable)
    return syllable
