"""Lines of a text with their offsets, and what a line looks like by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.clauses.labels import Label, match_label, match_marks

TERMINAL = re.compile(r"[。；：！？…;:!?][”’》）)】」]*$|[”’》）)】|]$|-->$")
SENTENCE_END = re.compile(r"[。；！？…;!?][”’》）)】」]*$")
SHORT_HEADING = 45
"""Characters; the longest heading in the 137 statutes and the opinions at hand has 38."""
SALUTATION = re.compile(r".{4,}[：:]$")
SHORT_SENTENCE = 12
"""Characters; a shorter line before the first number is part of the title matter, not a preamble."""
LONGEST_ENTRY = 200
"""Characters; a line of a contents page with its dots."""
LEADER = re.compile(r"[\s　.．·…—_-]+")
PAGE_NUMBER = re.compile(r"[\s　.．·…—_-]+[（(]?[0-9]{1,3}[）)]?$|[（(][0-9]{1,3}[）)]$")  # 总则……12 · 附件1
DIGIT = r"[〇○零一二三四五六七八九十\d０-９]"
DAY = rf"{DIGIT}{{1,4}} ?年 ?{DIGIT}{{1,3}} ?月 ?{DIGIT}{{1,3}} ?日"
ISSUER = r"政府|委员会|办公室|办公厅|委|厅|局|部|院|处|所|站|中心|联席会议|支队|大队"
IMPRINT = re.compile(
    # 2025年5月20日 · （此件公开发布） · 抄送：… · …2025年5月20日印发 · 示政发〔2025〕3号 · 示例镇人民政府　2025年5月20日
    rf"[（(]?{DAY}[）)]?$|[（(]此件.{{0,12}}[）)]$|(?:抄送|抄报|分送|主送|主题词)[:：]|.{{0,30}}{DAY}\s*印发$"
    rf"|.{{2,20}}[〔\[［(（]\d{{4}}[〕\]］)）]第?\d+号(?:（示例）)?$|.{{2,30}}(?:{ISSUER})(?:（示例）)?[ \t　]+{DAY}$"
)
SIGNATURE = re.compile(rf".{{2,30}}(?:{ISSUER})(?:（示例）)?$")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line; `text[start:end]` includes its line break."""

    start: int
    end: int
    content: str
    """Without Markdown marks and outer blanks."""
    content_start: int
    hashes: int
    """Depth of a Markdown heading, 0 for other lines."""
    label: Label | None
    """Printed number; its `end` is an offset in the text."""

    @property
    def is_blank(self) -> bool:
        """Nothing but blanks and marks."""
        return not self.content

    @property
    def is_row(self) -> bool:
        """A line of a Markdown table."""
        return self.content.startswith("|") and self.content.endswith("|") and len(self.content) > 1

    @property
    def is_rule(self) -> bool:
        """The line below a table's head."""
        return self.is_row and not self.content.strip("|:- \t")

    @property
    def looks_like_heading(self) -> bool:
        """Short, and no sentence ends in it."""
        return len(self.content) <= SHORT_HEADING and not re.search(r"[。；！？]", self.content) and not self.is_row

    @property
    def is_sentence(self) -> bool:
        """A whole sentence or salutation, long enough not to be part of the title matter."""
        is_long = len(self.content) >= SHORT_SENTENCE and not self.hashes
        return is_long and bool(SENTENCE_END.search(self.content) or SALUTATION.match(self.content))

    @property
    def looks_like_imprint(self) -> bool:
        """A date, a document number, a signature, a distribution line."""
        return self.is_dated or bool(SIGNATURE.fullmatch(self.content))

    @property
    def is_dated(self) -> bool:
        """A closing line that is more than a signature."""
        return bool(IMPRINT.match(self.content))

    @property
    def is_pointed(self) -> bool:
        """A full stop or 、 stands between number and text: 3.总则, 3、总则."""
        if self.label is None:
            return False
        return self.content[len(self.label.printed) : len(self.label.printed) + 1] in ("、", ".", "．")

    @property
    def rest(self) -> str:
        """What stands after the number."""
        return self.content if self.label is None else self.content[self.label.end - self.content_start :]


def scan(text: str) -> list[TextLine]:
    """Return every line of `text`; joined in order they are the text."""
    lines, start = [], 0
    for raw in text.split("\n"):
        end = min(start + len(raw) + 1, len(text))
        lines.append(_line(raw, start, end))
        start = end
    return [line for line in lines if line.end > line.start]


def _line(raw: str, start: int, end: int) -> TextLine:
    marks = match_marks(raw)
    hashes = raw[:marks].count("#")
    label = match_label(raw)
    if label is not None:
        label = replace(label, end=start + label.end)
    return TextLine(start, end, raw[marks:].strip(), start + marks, hashes, label)


def following(lines: Sequence[TextLine], i: int) -> TextLine | None:
    """Return the next line after `i` that is not blank."""
    return next((lines[k] for k in range(i + 1, len(lines)) if not lines[k].is_blank), None)


def normal(content: str) -> str:
    """Return a contents entry or heading as compared: no blanks, leaders or page number."""
    if len(content) > LONGEST_ENTRY:
        return content
    return LEADER.sub("", PAGE_NUMBER.sub("", content))
