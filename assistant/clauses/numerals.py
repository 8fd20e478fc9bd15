"""Chinese, full-width, circled and Roman numerals (数字) to integers and back."""

import re
import unicodedata

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
ROMAN = {"I": 1, "V": 5, "X": 10}
ROMAN_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")  # Ⅳ XII · IIII, and letters such as C
LONGEST = 16
"""Characters; a longer run of digits is a telephone list or damage, not a number."""


def to_int(text: str) -> int | None:
    """Return the value of a numeral such as 二十一, 一千零一, ２１, ③ or Ⅳ; None where it is no numeral."""
    folded = unicodedata.normalize("NFKC", text.strip()[: LONGEST + 1])
    if not 0 < len(folded) <= LONGEST:
        return None
    if folded.isascii() and folded.isdigit():
        return int(folded)
    if ROMAN_NUMERAL.fullmatch(folded):
        return _roman(folded)
    if all(c in DIGITS for c in folded):
        return int("".join(str(DIGITS[c]) for c in folded))
    return _with_units(folded)


def _roman(text: str) -> int:
    values = [ROMAN[c] for c in text]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def _with_units(text: str) -> int | None:
    if any(c not in DIGITS and c not in UNITS for c in text):
        return None
    total, group, digit = 0, 0, 0
    for position, char in enumerate(text):
        if char in DIGITS:
            digit = DIGITS[char]
        elif char == "万":
            total, group, digit = (group + digit) * UNITS[char], 0, 0
        else:
            # 十二 has no digit before its first unit, 一百十五 none before 十
            group += (digit or (1 if position == 0 or char == "十" else 0)) * UNITS[char]
            digit = 0
    return total + group + digit


def to_chinese(number: int) -> str:
    """Return 1 ≤ number < 10,000 as printed in clause numbers: 21 → 二十一, 1001 → 一千零一."""
    digits = "零一二三四五六七八九"
    text, pending_zero = "", False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            text += ("零" if pending_zero and text else "") + digits[digit] + unit
            pending_zero = False
        else:
            pending_zero = True
    return text.removeprefix("一") if text.startswith("一十") else text
