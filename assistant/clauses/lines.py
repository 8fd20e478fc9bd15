"""Lines of a text with their offsets, and what a line looks like by itself."""

import re
from dataclasses import dataclass

from assistant.clauses.labels import Label, match_label, match_marks

TERMINAL = re.compile(r"[。；：！？…;:!?][”’》）)】」]*$|[”’》）)】|]$|-->$")
SENTENCE_END = re.compile(r"[。；！？…;!?][”’》）)】」]*$")
SHORT_HEADING = 45
"""Characters; the longest heading in the 137 statutes and the opinions at hand has 38."""
DAY = r"[〇○零一二三四五六七八九十\d０-９]{1,4} ?年 ?[〇○零一二三四五六七八九十\d０-９]{1,3} ?月 ?[〇○零一二三四五六七八九十\d０-９]{1,3} ?日"
IMPRINT = re.compile(
    # 2025年5月20日 · （此件公开发布） · 抄送：… · …2025年5月20日印发 · 示政发〔2025〕3号
    rf"[（(]?{DAY}[）)]?$|[（(]此件.{{0,12}}[）)]$|抄送[:：]|主题词[:：]|.{{0,30}}{DAY}\s*印发$|.{{2,20}}[〔\[［(（]\d{{4}}[〕\]］)）]第?\d+号(?:（示例）)?$"
)
SIGNATURE = re.compile(r".{2,30}(?:政府|委员会|办公室|办公厅|委办公厅|厅|局|部|院|党委|指挥部)(?:（示例）)?$")


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
    def looks_like_imprint(self) -> bool:
        """A date, a document number, a signature, a distribution line."""
        return bool(IMPRINT.match(self.content) or SIGNATURE.fullmatch(self.content))


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
        label = Label(label.family, label.numbers, label.printed, start + label.end, label.spaced)
    return TextLine(start, end, raw[marks:].strip(), start + marks, hashes, label)


def normal(content: str) -> str:
    """Return a contents entry or heading as compared: no blanks, leaders or page number."""
    return re.sub(r"[\s　.．·…—\-_]+", "", re.sub(r"[\s　.．·…—\-_]*[0-9]{0,3}$", "", content))
