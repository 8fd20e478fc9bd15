"""Automatic numbers of docx paragraphs (自动编号): Word prints them, but the text does not hold them.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.clauses.numerals import to_chinese

LEGAL = dict(zip("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True))
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

# Matches %1 and %9; not %0 or 100 %.
PLACE = re.compile(r"%([1-9])")
CLOSED = tuple("、）．。：」】》")
"""A number that ends so needs no blank before the text."""


def formatted(number: int, number_format: str) -> str:
    """Return a number as the format prints it: 12 in chineseCounting is 十二; unknown formats print digits."""
    write = FORMATS.get(number_format, str)
    return write(number) if 0 < number < 10_000 else str(number)


def _letters(number: int) -> str:
    # Word goes on with aa, bb after z
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _digit_by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    return to_chinese(number) if number < 100 else _digit_by_digit(number).replace("〇", "○")


def _legal(number: int) -> str:
    text = "".join(LEGAL[sign] for sign in to_chinese(number))
    return "壹" + text if text.startswith("拾") else text


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _from(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "chineseCounting": _counting,
    "chineseCountingThousand": to_chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": to_chinese,
    "japaneseCounting": to_chinese,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": _legal,
    "ideographTraditional": _one_of(STEMS),
    "ideographZodiac": _one_of(BRANCHES),
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "bullet": lambda number: "",
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `pattern` such as 第%1条 or %1.%2, whose places are numbers of this and higher levels."""

    start: int = 1
    number_format: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    """0: never; n: after a paragraph of level n (from 1) or above; None: after any level above."""
    all_decimal: bool = False
    suffix: str = "tab"
    """What follows the number: tab, space or nothing."""
    style: str = ""
    """Paragraphs of this style have this level."""


@dataclass(frozen=True, slots=True)
class List:
    """A list (w:num): lists of the same `family` (w:abstractNum) go on counting where the other stopped."""

    family: str
    levels: Mapping[int, Level]
    restarts: frozenset[int] = frozenset()
    """Levels that begin anew when this list is first met."""

    def level_of(self, style: str) -> int:
        """Return the level that belongs to a paragraph style, else 0."""
        return next((depth for depth, level in self.levels.items() if style and level.style == style), 0)


@dataclass(slots=True)
class Counter:
    """The numbers so far; `print_next` must see the paragraphs in the document's order."""

    lists: Mapping[str, List]
    numbers: dict[str, dict[int, int]] = field(default_factory=dict)
    """Family to the last number of each level."""
    met: set[str] = field(default_factory=set)

    def print_next(self, list_id: str, depth: int) -> str:
        """Count a paragraph and return its number as printed, with the blank that follows; "" where none is."""
        numbered = self.lists.get(list_id)
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None:
            return ""
        self._count(list_id, numbered, depth)
        if level.number_format == "bullet":
            return ""
        numbers = self.numbers[numbered.family]
        label = PLACE.sub(lambda place: _place(numbered, numbers, int(place[1]) - 1, level), level.pattern)
        return label if not label or level.suffix == "nothing" or label.endswith(CLOSED) else label + " "

    def _count(self, list_id: str, numbered: List, depth: int) -> None:
        numbers = self.numbers.setdefault(numbered.family, {})
        if list_id not in self.met:
            self.met.add(list_id)
            for restarted in numbered.restarts:
                numbers.pop(restarted, None)
        for higher in range(depth):
            numbers.setdefault(higher, _level(numbered, higher).start)
        numbers[depth] = numbers.get(depth, _level(numbered, depth).start - 1) + 1
        for lower in [known for known in numbers if known > depth]:
            restart = _level(numbered, lower).restart
            if restart is None or depth < restart:
                del numbers[lower]


def _level(numbered: List, depth: int) -> Level:
    return numbered.levels.get(depth, Level())


def _place(numbered: List, numbers: Mapping[int, int], depth: int, printed_in: Level) -> str:
    number_format = "decimal" if printed_in.all_decimal else _level(numbered, depth).number_format
    return formatted(numbers.get(depth, _level(numbered, depth).start), number_format)
