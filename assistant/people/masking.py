"""Masking of telephone numbers (电话脱敏): 13812345678 → 138＊＊＊＊＊＊78, wherever a number is not allowed to be read.

Too much is masked rather than too little; what a case needs stays readable: its own number, dates, points, sums,
and the hotlines of five digits and fewer (119, 12345).
"""

import re
import unicodedata
from collections.abc import Iterator

STAR = "＊"
HEAD, TAIL = 3, 2
"""Digits of a mobile number that stay, so that two persons can be told apart."""
GAP = r"[ \t\-—–_.·、/()（）]{0,3}"
HAN_DIGITS = "零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "幺": "1",
    "两": "2",
    **{digit: str(value) for value, digit in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
}
# YH20260701-01 · 2026-07-01 08:30 · 2026年7月1日 · 25.1872 · 3000000元: read, not dialled
KEPT = re.compile(
    r"[A-Za-z]{2}\d{8}-\d{2,4}(?!\d)"
    rf"|(?<![\d{HAN_DIGITS}])(?:19|20)\d\d[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\d|3[01])日?"
    rf"(?:[ T]\d\d?:\d\d(?::\d\d)?)?(?![\d{HAN_DIGITS}])"
    rf"|(?<![\d{HAN_DIGITS}.\-])\d{{1,3}}\.\d{{3,8}}(?![\d{HAN_DIGITS}.\-])"
    rf"|(?<![\d{HAN_DIGITS}.\-])\d{{1,9}}(?:\.\d+)?(?=[万亿]?(?:元|吨|公里|米|千米|立方|平方|亩|人|户))"
)
# 13812345678 138 1234 5678 +86-138-1234-5678 0871-63212345 3212345 幺三八一二三四五六七八 · 119 12345 95598
NUMBER = re.compile(rf"[\d{HAN_DIGITS}](?:{GAP}[\d{HAN_DIGITS}]){{6,}}")
LEAST = 7
"""Digits of a telephone number without its area code."""


def masked(text: str) -> str:
    """Return `text` with the middle of every telephone number as ＊; digits may stand apart or be Chinese ones.

    >>> masked("找张示例 138 1234-5678，编号YH20260701-01")
    '找张示例 138＊＊＊＊＊＊78，编号YH20260701-01'
    """
    plain = "".join(_plain(sign) for sign in text)
    kept, at = [], 0
    for start, end in _numbers(plain):
        kept += [text[at:start], _shown(plain[start:end])]
        at = end
    return "".join([*kept, text[at:]])


def _plain(sign: str) -> str:
    folded = unicodedata.normalize("NFKC", sign)
    if len(folded) == 1 and folded.isdigit():
        return str(unicodedata.digit(folded))
    return folded if len(folded) == 1 else sign


def _numbers(plain: str) -> Iterator[tuple[int, int]]:
    spared = [found.span() for found in KEPT.finditer(plain)]
    at = 0
    for start, end in [*spared, (len(plain), len(plain))]:
        for found in NUMBER.finditer(plain, at, max(start, at)):
            yield found.span()
        at = max(end, at)


def _shown(number: str) -> str:
    digits = "".join(DIGITS.get(sign, sign) for sign in number if sign.isdigit() or sign in DIGITS)
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    head, tail = (HEAD, TAIL) if len(digits) == 11 and digits[0] == "1" else (0, TAIL)
    return digits[:head] + STAR * (len(digits) - head - tail) + digits[len(digits) - tail :]
