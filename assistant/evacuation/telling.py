"""A message about households, in the helper's own words (到户到人): what it says of which row of the roll."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.clauses.numerals import to_int
from assistant.evacuation.household import Household
from assistant.evacuation.naming import ELSEWHERE, Mention, mentions
from assistant.evacuation.phrases import (
    CALLED_SO,
    COMING,
    COUNTED,
    EXCEPT,
    FEWER,
    MISSED,
    MISTAKEN,
    OF_THEM,
    PROOF,
    REST,
    WHOLE,
    WITNESS,
    Kind,
    kind_of,
    levelled,
)
from assistant.warnings.answers import asks
from assistant.warnings.households import Progress, progress

# 都转完了就差王二 · 差不多 还差两户
BREAK = re.compile(r"[，。,;；！!：:（）()\s]+|(?<=.)(?=(?:就|只|还)(?:差|剩)(?!不多|[\d一二两三四五六七八九十几]))")
OWN = re.compile(r"^(?:我们?家?|俺们?|咱们?)(?!组|村|们组)")
LEADING = re.compile(r"^(?:家|那|人|的|都|也|还|就|已经|现在|两家|三家|、|和|跟|与)+")
NOT_ON_ROLL = re.compile(r"(?:名单|册子?|表)(?:上|里)?(?:都|也)?没(?:有|得)(?:他|她|这)?(?:家|户)?")
TOGETHER = re.compile(r"(?:和|跟|同|与|带着?)$")
# 三组还有 二组的 · 十二组
GROUP = re.compile(r"(?P<number>[\d一二三四五六七八九十]+)(?P<kind>组|社|队)$")
ENDING = re.compile(r"[了呢啊呀嘛哦]+$")
SHORT = frozenset({Kind.NOT_REACHED, Kind.NOT_MOVED, Kind.NOT_ARRIVED, Kind.REFUSED})
"""What a number of households may lack, whose names then stand alone."""
BESIDE = (("witness", WITNESS), ("proof", PROOF))
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of one household; `kind` is empty where only a witness or a proof was added."""

    household: int
    kind: Kind | None
    words: str = ""
    witness: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that fits several households, with what is said of it."""

    said: str
    households: tuple[int, ...]
    claim: Claim
    """Its household is 0."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that one message says of households."""

    claims: tuple[Claim, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    strangers: tuple[str, ...] = ()
    """Names of which something is said and that are not on the roll."""
    whole: Kind | None = None
    """Said of all, or of all others."""
    groups: tuple[tuple[Kind, frozenset[int]], ...] = ()
    """The same said of the households of one group (二组的都走了)."""
    numbers: Progress = field(default_factory=Progress)
    level: Kind | None = None
    """What the numbers count."""
    fewer: int = 0
    """So many households are missing all at once, without a name."""
    is_mistake: bool = False

    @property
    def has_numbers(self) -> bool:
        """Whether it gives numbers without names."""
        told = self.numbers
        return self.level is not None and (told.reached is not None or bool(told.added) or told.left is not None)

    @property
    def says_something(self) -> bool:
        """Whether it is about households at all."""
        return bool(self.claims or self.unclear or self.strangers or self.wholes or self.fewer or self.has_numbers)

    @property
    def wholes(self) -> list[tuple[Kind, frozenset[int] | None]]:
        """What is said of all, or of all others, each with the households of the group that is meant; None for all."""
        of_all: list[tuple[Kind, frozenset[int] | None]] = [] if self.whole is None else [(self.whole, None)]
        return [*self.groups, *of_all]


@dataclass(slots=True)
class _Reading:
    """Where the reading of a message stands."""

    subjects: list[Mention] = field(default_factory=list)
    is_open: bool = False
    """Nothing has been said of the subjects yet, so that further names join them."""
    said: list[tuple[Mention, Kind | None, str, str]] = field(default_factory=list)
    """Whom, what, in which words; the last is witness, proof or empty."""
    whole: Kind | None = None
    groups: list[tuple[Kind, frozenset[int]]] = field(default_factory=list)
    scope: frozenset[int] = frozenset()
    """Households of the group that is spoken of."""
    level: Kind | None = None
    lacking: tuple[Kind, str] | None = None
    """What was said of a number of households; names that stand alone behind it are theirs."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """Witness or proof that was told before anybody was named, in its words."""

    def says_of_all(self, kind: Kind) -> None:
        """Keep what is said of all, or of all of the group that is spoken of."""
        if self.scope:
            self.groups.append((kind, self.scope))
        else:
            self.whole = kind


def may_concern(text: str) -> bool:
    """Say whether a message could be about households on the move at all: cheaper than to look whether anybody is."""
    said = levelled(text)
    patterns = (PROOF, WITNESS, FEWER, MISSED, COUNTED)
    return any(pattern.search(said) for pattern in patterns) or any(
        kind_of(clause) is not None or progress(clause).says_something for clause in BREAK.split(said) if clause
    )


def read(text: str, roll: Sequence[Household], own: Household | None = None) -> Told:
    """Return what a message says of the households of a roll.

    own: the household of whoever writes, of which is spoken where no other is named.
    """
    said = levelled(text)
    if not roll or (asks(NOT_ON_ROLL.sub("", said)) and kind_of(said) is not Kind.WANTS_BACK):
        return Told()
    reading = _Reading()
    if own is not None:
        reading.subjects = [Mention(0, 0, "", (own.id or 0,))]
    for clause in filter(None, BREAK.split(said)):
        reading.scope = _group(clause, roll) or reading.scope
        _clause(clause, roll, reading)
    if reading.lacking is not None and reading.is_open:
        reading.said += [(one, reading.lacking[0], "", reading.lacking[1]) for one in reading.subjects]
    fewer = FEWER.search(said)
    numbers = progress(said)
    return Told(
        claims=_claims(reading),
        unclear=_unclear(reading),
        strangers=tuple(
            dict.fromkeys(one.said for one, kind, *_ in reading.said if not one.households and kind is not None)
        ),
        whole=reading.whole,
        groups=tuple(reading.groups),
        numbers=numbers,
        level=reading.level,
        fewer=_count(fewer["count"]) if fewer else 0,
        is_mistake=MISTAKEN.search(said) is not None,
    )


def _group(clause: str, roll: Sequence[Household]) -> frozenset[int]:
    """Return the households of the group that a piece names, empty where it names none, or all live in one."""
    groups = {home.region.rpartition("/")[2] for home in roll}
    named = {group for group in groups if _is_group(group, clause)} if len(groups) > 1 else set()
    return frozenset(home.id or 0 for home in roll if home.region.rpartition("/")[2] in named)


def _is_group(group: str, clause: str) -> bool:
    """Say whether a piece names a group; 2组 names 二组, 十二组 does not."""
    numbered = GROUP.fullmatch(group)
    if numbered is None:
        return group in clause
    ways = {numbered["number"], str(to_int(numbered["number"]))}
    return any(re.search(rf"(?<![\d一二三四五六七八九十]){way}{numbered['kind']}", clause) for way in ways)


def _clause(clause: str, roll: Sequence[Household], reading: _Reading) -> None:
    found = mentions(clause, roll)
    if not found:
        _unnamed(clause, reading)
        return
    before = clause[: found[0].start]
    if EXCEPT.search(before):
        _except(clause, found, reading)
        return
    for place, one in enumerate(found):
        end = found[place + 1].start if place + 1 < len(found) else len(clause)
        body = ENDING.sub("", LEADING.sub("", clause[one.end : end])) and LEADING.sub("", clause[one.end : end])
        joins = reading.is_open or (place == 0 and TOGETHER.search(before) is not None)
        reading.subjects = [*reading.subjects, one] if joins else [one]
        reading.is_open = True
        _say(body or before, reading)


def _except(clause: str, found: Sequence[Mention], reading: _Reading) -> None:
    """Take 除了马老三家都走了: those named are not among the others."""
    reading.subjects, reading.is_open = list(found), False
    reading.said += [(one, Kind.NOT_REACHED, "", clause[: found[-1].end]) for one in found]
    kind = kind_of(clause[found[-1].end :])
    if kind is not None:
        reading.says_of_all(kind)


def _unnamed(clause: str, reading: _Reading) -> None:
    """Take a piece that names nobody: it goes on about whoever was named, or speaks of all, or of a number."""
    kind, told = kind_of(clause), progress(clause)
    is_counted = told.reached is not None or told.added or (told.left is not None and kind is not None)
    if is_counted:
        reading.level = _level(kind)
        reading.lacking = (kind, clause) if kind in SHORT and told.left is not None else None
        return
    is_theirs = len(reading.subjects) > 1 or (bool(reading.subjects) and OF_THEM.search(clause) is not None)
    is_theirs |= ELSEWHERE.search(clause) is not None and not reading.scope
    is_of_all = kind is not None and WHOLE.search(clause) is not None and not is_theirs
    if kind is not None and (REST.search(clause) or is_of_all and not _is_own(reading)):
        reading.says_of_all(kind)
        return
    if reading.subjects:
        _say(clause, reading)
    else:
        reading.beside += [(what, clause) for what, sign in BESIDE if sign.search(clause)]


def _is_own(reading: _Reading) -> bool:
    return bool(reading.subjects) and not reading.subjects[0].said


def _level(kind: Kind | None) -> Kind:
    return kind if kind in (Kind.LEFT, Kind.ARRIVED) else Kind.KNOCKED


def _say(body: str, reading: _Reading) -> None:
    """Attach to those named what a piece says of them; a witness and a proof stand beside the rest."""
    if WITNESS.search(body):
        reading.said += [(one, None, "witness", body) for one in reading.subjects]
        reading.is_open = False
        return
    kind = kind_of(body)
    if PROOF.search(body):
        reading.said += [(one, None, "proof", body) for one in reading.subjects]
        reading.is_open = False
    if kind is not None and not (kind is Kind.KNOCKED and PROOF.search(body)):
        reading.said += [(one, kind, "", body) for one in reading.subjects]
        reading.is_open = False


def _claims(reading: _Reading) -> tuple[Claim, ...]:
    """Return one claim for each household that is clear: the last thing said of it, unless that only says why."""
    claims: dict[int, Claim] = {}
    early = [(one, None, what, body) for one, kind, *_ in reading.said[:1] if kind for what, body in reading.beside]
    for one, kind, beside, body in [*reading.said, *early]:
        if len(one.households) == 1:
            (household,) = one.households
            claims[household] = _merged(claims.get(household, Claim(household, None)), kind, beside, body)
    return tuple(claims.values())


def _unclear(reading: _Reading) -> tuple[Unclear, ...]:
    found: dict[tuple[int, ...], Unclear] = {}
    for one, kind, beside, body in reading.said:
        if len(one.households) > 1:
            known = found.get(one.households, Unclear(one.said, one.households, Claim(0, None)))
            found[one.households] = replace(known, claim=_merged(known.claim, kind, beside, body))
    return tuple(found.values())


def _merged(claim: Claim, kind: Kind | None, beside: str, body: str) -> Claim:
    words = body[:LONGEST]
    if beside == "witness":
        return replace(claim, witness=words)
    if beside == "proof":
        return replace(claim, proof=words)
    if claim.kind is Kind.AWAY and kind is Kind.NOT_REACHED:
        return claim
    return replace(claim, kind=kind, words=words)


def _count(said: str) -> int:
    return (to_int(said.replace("两", "二")) or 1) if said else 1


@dataclass(frozen=True, slots=True)
class Sheltered:
    """What was counted at a shelter."""

    shelter: str
    households: int | None
    persons: int | None


def sheltered(text: str, shelters: Sequence[str], *, is_keeper: bool = False) -> Sheltered | None:
    """Return the count of a shelter that a message gives (学校到了9户32人), None where it gives none.

    shelters: those of the roll. Who keeps one need not name it.
    """
    said = levelled(text)
    found = COUNTED.search(said)
    if found is None or asks(said):
        return None
    named = [name for name in shelters if _is_named(name, said)]
    chosen = named or (list(shelters) if is_keeper else [])
    is_plain = COMING.search(said) is not None or (is_keeper and found["households"])
    if len(chosen) != 1 or not is_plain:
        return None
    return Sheltered(chosen[0], _number(found["households"]), _number(found["persons"] or found["alone"]))


def _is_named(shelter: str, said: str) -> bool:
    """Say whether a message names a shelter; 学校 names 上河小学."""
    return shelter in said or any(word in said and any(kind in shelter for kind in kinds) for word, kinds in CALLED_SO)


def _number(said: str | None) -> int | None:
    return to_int(said.replace("两", "二")) if said else None
