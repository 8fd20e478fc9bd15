"""The place tree (地点树): paths as offices write them, the level of each node, and the nodes above it."""

import re
import unicodedata
from collections.abc import Iterable

from assistant.errors import BadPlace
from assistant.people.place import Place, PlaceLevel

LEVELS = tuple(PlaceLevel)
LONGEST = 255
DEEPEST = 8
"""Parts of a path: six levels, and two for grids within grids."""
SEPARATOR = re.compile(r"[/\\|>→＞／、，,;；·\-—\s]+")
# The first family whose ending fits decides, where that level is still free below the parent.
ENDINGS: tuple[tuple[PlaceLevel, re.Pattern[str]], ...] = (
    (PlaceLevel.PROVINCE, re.compile(r".+(?:省|自治区|特别行政区)$")),
    (PlaceLevel.TOWNSHIP, re.compile(r".+(?:街道|镇|乡|苏木|街道办事处)$")),
    (PlaceLevel.VILLAGE, re.compile(r".+(?:村|社区|嘎查|村委会|居委会|村民委员会|居民委员会)$")),
    (PlaceLevel.CITY, re.compile(r".+(?:州|盟|地区)$")),
    (PlaceLevel.COUNTY, re.compile(r".+(?:县|区|旗)$")),
    (PlaceLevel.GRID, re.compile(r".+(?:组|网格|队|小区)$")),
)
MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
# 云南省示例州示例县示例镇上河村三组 · near miss: 市中区 (a name that begins with the sign of a level)
RUN_ON = re.compile(
    r"(?P<province>[^省]{2,7}(?:省|自治区)|北京市|天津市|上海市|重庆市)?"
    r"(?P<city>[^省市州县]{1,10}(?:自治州|州|市|盟|地区))?"
    r"(?P<county>[^市州县镇乡]{1,9}(?:自治县|县|区(?!划)|市|旗))?"
    r"(?P<township>[^县镇乡]{1,9}(?:街道办事处|街道|镇|乡|苏木))?"
    r"(?P<village>[^镇乡村]{1,9}(?:村民委员会|村委会|居委会|村|社区|嘎查))?"
    r"(?P<grid>.+)?"
)


def tidied(text: str) -> str:
    """Return a path as it is stored: 云南省 / 示例州＞示例县 → 云南省/示例州/示例县; names run together are taken apart.

    Raises: BadPlace for what is empty, too long or too deep.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = [part for part in SEPARATOR.split(plain) if part]
    if len(parts) == 1:
        parts = _taken_apart(parts[0])
    path = "/".join(parts)
    if not parts or len(path) > LONGEST or len(parts) > DEEPEST or not all(map(str.isprintable, parts)):
        raise BadPlace(place=text[:40])
    return path


def _taken_apart(name: str) -> list[str]:
    found = RUN_ON.fullmatch(name)
    parts = [part for part in found.groups() if part] if found else []
    # a single name stays whole: 云南省 is one part, and so is a village that nobody has put anywhere
    return parts if parts and parts[0].endswith(("省", "自治区", *MUNICIPALITIES)) else [name]


def ancestors(path: str) -> list[str]:
    """Return the path and all above it, highest first."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def level_of(path: str) -> PlaceLevel:
    """Return the level of a place, by the names of the path and by their order."""
    level = None
    for name in path.split("/"):
        level = _below(level, name)
    return level or PlaceLevel.PROVINCE


def _below(parent: PlaceLevel | None, name: str) -> PlaceLevel:
    if parent is None and name in MUNICIPALITIES:
        return PlaceLevel.PROVINCE
    if parent is None and name.endswith("市"):
        return PlaceLevel.CITY
    free = LEVELS if parent is None else LEVELS[LEVELS.index(parent) + 1 :]
    for level, ending in ENDINGS:
        if level in free and ending.match(name):
            return level
    return free[0] if free else PlaceLevel.GRID


def planted(path: str, known: Iterable[str] = ()) -> list[Place]:
    """Return the places that a path needs and that are not known yet, highest first."""
    there = set(known)
    return [Place(path=above, level=level_of(above).value) for above in ancestors(path) if above not in there]


def common(paths: Iterable[str]) -> str:
    """Return the nearest place that is above all of them or one of them; empty where there is none."""
    split = [path.split("/") for path in paths]
    shared: list[str] = []
    for names in zip(*split, strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    return "/".join(shared)


def up_to(path: str, level: PlaceLevel) -> str:
    """Return the part of a path that does not go below a level."""
    above = [part for part in ancestors(path) if LEVELS.index(level_of(part)) <= LEVELS.index(level)] if path else []
    return above[-1] if above else ""
