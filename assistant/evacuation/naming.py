"""Which household of the roll a message means (到户): by its name, as the village calls it, by kin, by ear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evacuation.household import Household, Vulnerable
from assistant.people.spelling import HAN, merged, sound
from assistant.warnings.naming import SURNAMES, is_person

ELDER = r"(?:奶奶?|老奶|爷爷?|大爷|婆婆?|公公?|老太太?|老倌|大爹|大妈|大娘|老伯|阿婆|阿公)"
OTHER = r"(?:家|婶子?|叔|伯|嫂子?|[大二三]?哥|[大二三]?姐|孃|嬢|娘|妈|爸|舅|姑|姨|师傅|某)"
PLACE = "村寨湾坝山营庄沟冲坪坡岭河桥屯堡庙凹箐"
# 老周 老周家 王奶奶 周家 李大爷 · 老师 国家 杨家寨
CALLED = re.compile(
    rf"(?:(?P<fond>[老小阿])(?P<fond_surname>[{SURNAMES}])(?!师)|(?P<surname>[{SURNAMES}])(?:(?P<elder>{ELDER})|{OTHER}))家?(?![{PLACE}])"
)
# 杨家寨都撤了 下河村那边都走了 · 上河村都走了
ELSEWHERE = re.compile(rf"[{SURNAMES}]家[{PLACE}]|[{PLACE}]那[边头里面]")
# 赵六家 · 亲戚家 我家 十一家
STRANGER = re.compile(rf"(?<![{HAN}])(?:还有|还差|又|和|跟|、)*(?P<name>[{SURNAMES}][{HAN}]{{0,2}}?)家")
LATIN = re.compile(r"[a-z]{4,}")
LENGTHS = (4, 3, 2)
AGED = frozenset({Vulnerable.ELDER_ALONE, Vulnerable.ELDER})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a message where a household is named."""

    start: int
    end: int
    said: str
    households: tuple[int, ...]
    """Ids of those that fit: one where it is clear, none where nobody of the roll is called so."""


def mentions(text: str, roll: Sequence[Household]) -> list[Mention]:
    """Return which households a piece of a message names, in its order; whole names first, then what only sounds alike."""
    found: list[Mention] = []
    for way in (_by_name, _by_given_name, _by_calling, _by_ear, _by_letters, _strangers):
        found += [one for one in way(text, roll) if not any(_overlap(one, known) for known in found)]
    return sorted((_near(one, text, roll) for one in found), key=lambda one: one.start)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _near(one: Mention, text: str, roll: Sequence[Household]) -> Mention:
    """Let the group that is named decide between several (三组的老周)."""
    if len(one.households) < 2:
        return one
    near = tuple(home.id or 0 for home in roll if home.id in one.households and home.region.rpartition("/")[2] in text)
    return Mention(one.start, one.end, one.said, near) if near else one


def _by_name(text: str, roll: Sequence[Household]) -> list[Mention]:
    names = sorted({name for home in roll for name in home.names if len(name) > 1}, key=len, reverse=True)
    found: list[Mention] = []
    for name in names:
        for at in re.finditer(rf"{re.escape(name)}家?", text):
            one = Mention(at.start(), at.end(), name, _ids(roll, lambda home, name=name: name in home.names))
            found += [] if any(_overlap(one, known) for known in found) else [one]
    return found


def _by_given_name(text: str, roll: Sequence[Household]) -> list[Mention]:
    names = {name[1:] for home in roll for name in home.names if len(name) == 3 and name[0] in SURNAMES}
    names -= {"奶奶", "爷爷", "大爷", "大妈"}
    return [
        Mention(at.start(), at.end(), at[0], _ids(roll, lambda home, given=given: _is_given(home, given)))
        for given in names
        for at in re.finditer(rf"{re.escape(given)}家?", text)
    ]


def _is_given(home: Household, given: str) -> bool:
    return any(len(name) == 3 and name[1:] == given for name in home.names)


def _by_calling(text: str, roll: Sequence[Household]) -> list[Mention]:
    found = []
    for at in CALLED.finditer(text):
        surname = at["fond_surname"] or at["surname"]
        homes = [home for home in roll if any(name.lstrip("老小阿").startswith(surname) for name in home.names)]
        aged = [home for home in homes if AGED & set(home.weak)] if at["elder"] else []
        chosen = aged or homes
        if chosen:
            found.append(Mention(at.start(), at.end(), at[0], tuple(home.id or 0 for home in chosen)))
    return found


def _by_ear(text: str, roll: Sequence[Household]) -> list[Mention]:
    """Find names that were typed as they sound (马老散 for 马老三); the piece must begin like a name."""
    by_sound: dict[tuple[str, ...], list[int]] = {}
    for home in roll:
        for name in home.names:
            by_sound.setdefault(merged(name), []).append(home.id or 0)
    found = []
    for length in LENGTHS:
        for start in range(len(text) - length + 1):
            piece = text[start : start + length]
            if re.fullmatch(f"[{HAN}]+", piece) and is_person(piece) and (ids := by_sound.get(merged(piece))):
                end = start + length + text.startswith("家", start + length)
                found.append(Mention(start, end, piece, tuple(dict.fromkeys(ids))))
    return found


def _by_letters(text: str, roll: Sequence[Household]) -> list[Mention]:
    """Find names in letters (malaosan)."""
    spelt = {"".join(sound(name)): name for home in roll for name in home.names}
    return [
        Mention(at.start(), at.end(), at[0], _ids(roll, lambda home, name=spelt[at[0]]: name in home.names))
        for at in LATIN.finditer(text.lower())
        if at[0] in spelt
    ]


def _strangers(text: str, roll: Sequence[Household]) -> list[Mention]:  # noqa: ARG001  (one of several ways)
    return [
        Mention(at.start("name"), at.end(), at["name"], ()) for at in STRANGER.finditer(text) if len(at["name"]) > 1
    ]


def _ids(roll: Sequence[Household], fits: object) -> tuple[int, ...]:
    return tuple(home.id or 0 for home in roll if callable(fits) and fits(home))
