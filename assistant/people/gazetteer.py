"""The gazetteer (地名录): by which words a place is called, and where these stand in a message."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.people.place import Place, PlaceLevel, PlaceName
from assistant.people.spelling import HAN, NUMBERED, merged, sound, spelled
from assistant.people.tree import LEVELS
from assistant.rules import covers

SIGN = re.compile(r"(?:村民委员会|居民委员会|村委会|居委会|社区|村|嘎查|小组|组|屯|寨子?)$")
# 桥头组 alone is 桥头, which every bridge has
GENERAL = re.compile(
    r"[村桥河沟坝路山坡寨镇街场]?[头口边上下里脚尾]|大?[村桥河沟坝路]|[东西南北中][头边面]?|新村|老村|老寨|新寨|小学|学校"
)
# 下河口村 is not 河口村, 新老粮站 not 老粮站 · near miss: 路上河口村段, 桥下河口村
TELLING_APART = re.compile(r"(?<![路山街坡桥屋家门房场地])[上下大小新老东西南北前后中]$|[0-9]$")
ELSEWHERE = re.compile(r"(?:州|县|市|区|镇|乡|街道)")
"""After a shortened name: 河口镇 is not 河口村."""
TOWARDS = re.compile(r"(?:往|朝|通往|通向|开往|驶往)$")
DIRECTION = re.compile(rf"(?:往|朝|通往|通向|开往|驶往)[{HAN}0-9]{{1,8}}?方向")
UPPER = frozenset(LEVELS[:4])
FUZZY_LEAST, OMITTED_LEAST = 3, 4
"""Characters of a name that is recognised by its sound, or with one character left out."""


# 梨花村三组 names a village, 村民 村庄 村道 none
VILLAGE = re.compile(r"村(?![民庄组道路口头尾里子级落屯居])|社区")
BORDER = re.compile(r"[^\u4e00-\u9fff]|[起在到的将至对向我各全等乡镇县市区是日时内外给预有可]")
"""What parts the name of a village from the words before it."""
AND = "和与及跟"
ANY_VILLAGE = frozenset({"农", "山", "行政", "自然", "沿河", "两", "三", "几", "本", "该", "每", "邻", "多"})


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a place."""

    text: str
    path: str
    level: PlaceLevel
    is_landmark: bool = False
    is_short: bool = False
    is_general: bool = False
    """Shortened to what may mean any spot (河口): a name only before the number of a group."""

    @property
    def is_numbered(self) -> bool:
        """Whether the name says nothing without its village: 3组."""
        return bool(NUMBERED.fullmatch(self.text))

    @property
    def is_settlement(self) -> bool:
        """Whether a village is named, or what is above it."""
        return not self.is_landmark and self.level is not PlaceLevel.GRID


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the words, and the forms that it may be."""

    start: int
    end: int
    forms: tuple[Form, ...]

    def inside(self, other: "Hit") -> bool:
        """Say whether the stretch is a smaller part of another one."""
        return other.start <= self.start and self.end <= other.end and self.end - self.start < other.end - other.start

    def meets(self, other: "Hit") -> bool:
        """Say whether two stretches share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """All ways to call the known places. Two are equal only if they are one."""

    forms: tuple[Form, ...]

    def exact(self, text: str) -> list[Hit]:
        """Return where places are named in spelled words."""
        found: dict[tuple[int, int], list[Form]] = {}
        for form in self.forms:
            for start in _starts(text, form.text):
                if _is_named(text, start, form):
                    found.setdefault((start, start + len(form.text)), []).append(form)
        return outermost(Hit(*span, tuple(forms)) for span, forms in found.items())

    def alike(self, text: str, exact: Iterable[Hit], scope: str) -> list[Hit]:
        """Return stretches that sound like one name within a place, or lack one character of one landmark."""
        taken, found, slips = list(exact), [], _slips(self)
        for start, stretch in _stretches(text):
            hit = Hit(start, start + len(stretch), tuple(f for f in slips.like(stretch) if covers(scope, f.path)))
            is_free = all(other.inside(hit) or not other.meets(hit) for other in taken)
            if is_free and len({form.text for form in hit.forms}) == 1:
                found.append(hit)
        return outermost(found)


@dataclass(frozen=True, slots=True)
class Slips:
    """What names become when they are misheard, mistyped or cut short."""

    sounds: dict[tuple[str, ...], list[Form]]
    omissions: dict[str, list[Form]]

    def like(self, stretch: str) -> Iterator[Form]:
        """Return the forms that a stretch may be meant for."""
        for form in self.sounds.get(merged(stretch), ()):
            shared = sum(a == b for a, b in zip(form.text, stretch, strict=True))
            if shared >= len(stretch) - (2 if sound(form.text) == sound(stretch) else 1):
                yield form
        yield from self.omissions.get(stretch, ())


@lru_cache(maxsize=4)
def _slips(known: Gazetteer) -> Slips:
    slips = Slips({}, {})
    for form in known.forms:
        name = form.text
        if len(name) >= FUZZY_LEAST and not form.is_short:
            slips.sounds.setdefault(merged(name), []).append(form)
        if len(name) >= OMITTED_LEAST and form.is_landmark:
            # the first and the last character say what it is: 村头大 is no 村头大桥
            for lacking in {name[:at] + name[at + 1 :] for at in range(1, len(name) - 1)}:
                slips.omissions.setdefault(lacking, []).append(form)
    return slips


def gazetteer(places: Iterable[Place], names: Iterable[PlaceName]) -> Gazetteer:
    """Gather names, short names, aliases and landmarks; the same places are gathered once."""
    return _gathered(
        tuple((place.path, place.level) for place in places),
        tuple((name.path, name.name, name.is_landmark) for name in names),
    )


@lru_cache(maxsize=4)
def _gathered(places: tuple[tuple[str, str], ...], names: tuple[tuple[str, str, bool], ...]) -> Gazetteer:
    levels = {path: PlaceLevel(level) for path, level in places}
    forms = [form for path, level in levels.items() for form in _own(path, level)]
    forms += [
        Form(spelled(name), path, levels[path], is_landmark=is_landmark)
        for path, name, is_landmark in names
        if path in levels
    ]
    return Gazetteer(tuple(dict.fromkeys(form for form in forms if len(form.text) > 1)))


def _own(path: str, level: PlaceLevel) -> Iterator[Form]:
    name = spelled(path.rpartition("/")[2])
    yield Form(name, path, level)
    short = SIGN.sub("", name)
    if level in UPPER or short == name or NUMBERED.fullmatch(name):
        return
    if level is PlaceLevel.VILLAGE and not name.endswith(("村", "社区", "嘎查")):
        yield Form(f"{short}村", path, level)
    is_general = bool(GENERAL.fullmatch(short))
    if len(short) > 1 and not (is_general and level is PlaceLevel.GRID):
        yield Form(short, path, level, is_short=True, is_general=is_general)


def _starts(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _is_named(text: str, start: int, form: Form) -> bool:
    before, after = text[:start], text[start + len(form.text) :]
    if TELLING_APART.search(before) or TOWARDS.search(before) or (form.is_general and not after[:1].isdigit()):
        return False
    return not (form.is_short and ELSEWHERE.match(after))


def outermost(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that are no part of a longer one, in order."""
    found = sorted(hits, key=lambda hit: (hit.start, hit.end))
    return [hit for hit in found if not any(hit.inside(other) for other in found)]


def unknown_villages(text: str, known: Gazetteer) -> list[str]:
    """Return what is called a village in somebody's words and is none that is known, in order."""
    plain = spelled(text)
    hits = known.exact(plain)
    found = []
    for sign in VILLAGE.finditer(plain):
        if any(hit.start < sign.end() <= hit.end for hit in hits):
            continue
        since = max((hit.end for hit in hits if hit.end <= sign.start()), default=0)
        name = BORDER.split(plain[since : sign.start()].lstrip(AND if since else ""))[-1]
        if name and name not in ANY_VILLAGE:
            found.append(f"{name}{sign[0]}")
    return list(dict.fromkeys(found))


def without_directions(text: str) -> str:
    """Return spelled words without what only says which way: 往河口村方向."""
    return DIRECTION.sub(" ", text)


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    for run in re.finditer(rf"[{HAN}0-9]{{2,}}", text):
        for start in range(*run.span()):
            if TELLING_APART.search(text[max(0, start - 2) : start]):
                continue
            for end in range(start + FUZZY_LEAST, min(run.end(), start + 8) + 1):
                yield start, text[start:end]
