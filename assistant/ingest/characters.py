"""Characters (字符) of damaged copies: radicals, widths and blanks folded to what a careful typist would have typed."""

import re
import unicodedata

# Radicals of U+2E80–2EFF that pdf files print for ordinary characters; mere strokes such as ⺀ stay as they are.
RADICALS = str.maketrans(
    "⺒⺟⺠⺩⺬⺮⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻲⻳",
    "巳母民王示竹虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟龟",
)
# Kangxi radicals, compatibility ideographs, small and vertical punctuation, half-width 、。「」.
COMPATIBLE = re.compile(r"[\u2f00-\u2fdf\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe44\ufe47-\ufe6f\uff61-\uff65]+")
FULL_LATIN = str.maketrans(
    {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
ODD_BLANK = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")
BLANK = r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"
CJK = r"\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…—〇"
ANY_CJK = re.compile(rf"[{CJK}]")
FAR = 200
"""Characters between two brackets that are looked at."""
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff〇]")
# https://a.cn/x?y=1 a@b.cn · 时间:10
ADDRESS = re.compile(
    r"https?://[^\s,;()<>\u3000-\uffef]+|www\.[^\s,;()<>\u3000-\uffef]+|[\w.-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.A
)
WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
NARROW_MARK = re.compile(r"[,;:!?]")
BLANKS = re.compile(rf"{BLANK}+")
TOUCHING_CJK = re.compile(rf"(?<=[{CJK}]) | (?=[{CJK}])")
LINE_MARKS = re.compile(
    r"^[ \t]*(?:[-*>+][ \t]+){0,3}#{1,6}(?!#)|^[ \t]*[-*>+][ \t]+(?=\S)|\*\*|__|^[ \t]*```.*$", re.M
)


def fold(text: str) -> str:
    """Return `text` with radicals, compatibility forms and widths folded; blanks and line breaks stay."""
    text = ODD_BLANK.sub(" ", INVISIBLE.sub("", text)).translate(RADICALS)
    text = COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = re.sub(r"(?<=[0-9０-９])．(?=[0-9０-９])", ".", text).translate(FULL_LATIN)
    return "\n".join(_widen(line) for line in text.split("\n"))


def close_blanks(text: str) -> str:
    """Return one line without the blanks that touch Chinese characters; other runs of blanks become one."""
    return TOUCHING_CJK.sub("", BLANKS.sub(" ", text.strip()))


def bare(text: str) -> str:
    """Return what must never be lost: every folded character but blanks and Markdown marks."""
    return re.sub(r"\s+", "", LINE_MARKS.sub("", fold(text)))


def is_han(char: str) -> bool:
    """Say whether `char` is a Chinese character, not punctuation."""
    return bool(HAN.match(char))


def glue(first: str, second: str) -> str:
    """Return two parts of one broken line joined; a blank only between two Latin words."""
    latin = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii() and second[:1].isalpha()
    return f"{first} {second}" if latin else first + second


def _widen(line: str) -> str:
    if not any(mark in line for mark in WIDE):
        return line
    chars = list(line)
    fixed = {i for found in ADDRESS.finditer(line) for i in range(*found.span())}
    for found in NARROW_MARK.finditer(line):
        i = found.start()
        if i not in fixed and _touches(line, i) and not _between_digits(line, i):
            chars[i] = WIDE[chars[i]]
    for i in _wide_brackets(line) - fixed:
        chars[i] = WIDE[chars[i]]
    return "".join(chars)


def _wide_brackets(line: str) -> set[int]:
    """A pair is wide when it holds Chinese, follows Chinese or begins a line of Chinese; a lone one when it touches Chinese."""
    opened: list[int] = []
    wide: set[int] = set()
    for i, char in enumerate(line):
        if char in "(（":
            opened.append(i)
        elif char in ")）" and opened:
            begin = opened.pop()
            if _is_wide_pair(line, begin, i):
                wide.update((begin, i))
        elif char in ")）" and _touches(line, i):
            wide.add(i)
    wide.update(i for i in opened if _touches(line, i))
    return {i for i in wide if line[i] in "()"}


def _is_wide_pair(line: str, begin: int, end: int) -> bool:
    if ANY_CJK.search(line, begin, min(end + 1, begin + FAR)):
        return True
    before, after = _beside(line, begin, -1), _beside(line, end, 1)
    return _is_cjk(before) or (not before.isalnum() and _is_cjk(after))


def _touches(line: str, i: int) -> bool:
    return _is_cjk(_beside(line, i, -1)) or _is_cjk(_beside(line, i, 1))


def _beside(line: str, i: int, step: int) -> str:
    """The nearest character on one side, past one blank."""
    i += step
    if 0 <= i < len(line) and line[i] in " \t\u3000":
        i += step
    return line[i] if 0 <= i < len(line) else ""


def _between_digits(line: str, i: int) -> bool:
    return line[i - 1 : i].isdigit() and line[i + 1 : i + 2].isdigit()


def _is_cjk(char: str) -> bool:
    return bool(char) and bool(ANY_CJK.match(char))
