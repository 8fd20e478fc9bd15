"""Obligations in the text of a clause (职责): sentences that say who must do what, how often, by when or how many.

Rules over stretches between commas; whatever is a condition, a permission, a prohibition or a penalty is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.citations import Citation, Sentence, outline_label, sentences, unit_id
from assistant.clauses import Kind, Outline
from assistant.documents import Document
from assistant.obligations.matters import GOES_ON, ObligationKind, is_bare, kind_of, subject_of, who_of
from assistant.obligations.measures import DATE, Measure, measure

PIECE = re.compile(r"[^，；。|\n]+")
ITEM = re.compile(r"(?:\d{1,2}[.．、]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[一二三四五六七八九]是)")
# every one of these sentences lists what something depends on, not what is to be done
CONDITIONS = re.compile(r"下列(?:情形|条件|行为|情况|人员)|情形之一|有下列")
PENALTY = re.compile(r"罚款|吊销|拘留|(?<!被)责令|处分|追究[^，。]{0,8}责任|刑事|赔偿")
# stretches that oblige nobody: 30分钟内未能控制 10分钟内未应答的 可以 不得 鼓励
NO_DUTY = re.compile(
    r"未能|不能|仍未|未(?:应答|按|能|制定|达到)|不得(?!少于|超过|低于)|(?<!可)可以|有权|禁止|鼓励|提倡|倡导|延长|有效期为|为(?:主?汛期|防火期|高火险期)"
)
CONDITION = re.compile(r"(?<!目)的$")
# ends in the time, what is to be done follows after the comma: 每年4月30日前， 提前12小时， 10个工作日内，
OPEN = re.compile(r"(?:[前内起]|小时|每年|每月|每季度)$")
# 5月31日前完成 汛前、主汛期各1次: belongs to the stretch before
TAIL = re.compile(rf"(?:{DATE.pattern}|.*主汛期各.*)(?:完成|报送|报)?[^，]{{0,4}}")
AHEAD_TITLE = re.compile(r"提前[\d一二三四五六七八九十]+(?:小时|日|天)")
RESPONSIBLE = re.compile(r"责任人|责任单位|牵头|负责|谁")
LONGEST_TITLE = 60
LONGEST = 400
"""Characters; a longer stretch is no sentence of a rule but a list without commas, or damage."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An obligation as it stands in a text, for a person to confirm."""

    citation: Citation
    who: str
    """In the words of the text; empty where none is named."""
    kind: ObligationKind
    subject: str
    measure: Measure
    heading: str = ""
    """Title of the clause, where it has one."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces between commas that belong together, with their place in the document."""

    start: int
    end: int
    text: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a sentence, for what it leaves out."""

    lead: str
    """The sentence with the colon above the items."""
    before: str
    """The sentence before."""
    title: str
    who: str
    """Of the row, or named last in this clause."""
    is_row: bool


def find(document: Document, outline: Outline) -> list[Proposal]:
    """Return the obligations of a document, in order, each with its own words as citation."""
    return [found for unit in outline.clauses() for found in find_in(document, outline, unit.address)]


def find_in(document: Document, outline: Outline, address: str) -> Iterator[Proposal]:
    """Yield the obligations of one clause."""
    if outline[address].kind in (Kind.TITLE, Kind.TOC, Kind.IMPRINT):
        return
    title = outline[address].title
    title = title if len(title) <= LONGEST_TITLE else ""
    lead, before, who, column = "", "", "", -1
    for number, sentence in enumerate(sentences(outline, address)):
        is_row = sentence.text.startswith("|")
        is_item = ITEM.match(sentence.text) is not None
        if is_row:
            column = _column(sentence.text) if column < 0 else column
            who = _cell(sentence.text, column)
        elif not is_item and not sentence.text.endswith(("；", ";")) and not _goes_on(lead, before):
            lead = ""
        context = Context(lead, before, title, who, is_row)
        if not _is_condition(sentence.text, lead):
            for stretch in _stretches(sentence, title if number == 0 else ""):
                found = _proposal(document, outline, address, sentence, stretch, context)
                yield found
        named = "" if is_row else _first_who(sentence.text)
        who = named or who
        lead = sentence.text if sentence.text.endswith(("：", ":")) else lead
        before = sentence.text


def _goes_on(lead: str, before: str) -> bool:
    """Say whether the sentence before was an item, so that this one may be its second sentence."""
    return bool(lead) and ITEM.match(before) is not None


def _is_condition(text: str, lead: str) -> bool:
    head = text.partition("：")[0] if "：" in text else ""
    return (
        CONDITIONS.search(f"{lead}\n{head}") is not None or PENALTY.search(text) is not None or len(text) > 10 * LONGEST
    )


def _column(row: str) -> int:
    """Return which column of a table names who does it, by its head; -1 for none."""
    for number, name in enumerate(row.split("|")):
        if RESPONSIBLE.search(name):
            return number
    return len(row)


def _cell(row: str, column: int) -> str:
    cells = row.split("|")
    return cells[column].strip() if column < len(cells) else ""


def _stretches(sentence: Sentence, title: str) -> Iterator[Stretch]:
    """Yield the stretches of a sentence that measure something and oblige."""
    is_row = sentence.text.startswith("|")
    pieces = [
        (sentence.start + piece.start(), sentence.start + piece.end(), piece.group())
        for piece in PIECE.finditer(sentence.text)
    ]
    found: list[Stretch] = []
    at = 0
    while at < len(pieces):
        start, end, text = pieces[at]
        at += 1
        said = measure(text, is_row=is_row)
        if said.is_any and OPEN.search(text.strip()) and at < len(pieces):
            end, text = pieces[at][1], f"{text}，{pieces[at][2]}"
            at += 1
            said = measure(text, is_row=is_row)
        if found and TAIL.fullmatch(text.strip()) and _completes(found[-1], said, start):
            found[-1] = _joined(found[-1], said, end, text)
        elif said.is_any or _of_these(text, said, found) or (AHEAD_TITLE.search(title) and not found):
            found.append(Stretch(start, end, text, _inherited(said, text, found, title)))
        title = ""
    yield from (one for one in found if _obliges(one.text))


def _completes(last: Stretch, said: Measure, start: int) -> bool:
    return bool(last.measure.per and not last.measure.before and said.before) and start - last.end <= 1


def _joined(last: Stretch, said: Measure, end: int, text: str) -> Stretch:
    together = replace(last.measure, before=said.before)
    return Stretch(last.start, end, f"{last.text}，{text}", together)


def _of_these(text: str, said: Measure, found: list[Stretch]) -> bool:
    return bool(found) and text.strip().startswith("其中") and said.count is not None


def _inherited(said: Measure, text: str, found: list[Stretch], title: str) -> Measure:
    if not said.is_any and found:
        return replace(said, per=found[-1].measure.per)
    if not said.is_any:
        return replace(said, within=measure(title).within)
    return said


def _obliges(text: str) -> bool:
    return not NO_DUTY.search(text) and not CONDITION.search(text.strip())


def _proposal(  # noqa: PLR0913  (the place of a stretch, and what stands around it)
    document: Document, outline: Outline, address: str, sentence: Sentence, stretch: Stretch, context: Context
) -> Proposal:
    blanks = len(document.text[stretch.start : stretch.end]) - len(document.text[stretch.start : stretch.end].lstrip())
    start = stretch.start + blanks
    quote = document.text[start : stretch.end].rstrip()
    earlier = sentence.text[: stretch.start - sentence.start]
    citation = Citation(
        unit_id(document.id, address),
        document.id,
        document.short_title,
        outline_label(outline, outline[address]),
        start,
        start + len(quote),
        quote,
    )
    around = (*reversed(PIECE.findall(earlier)), context.lead, context.title, context.before)
    kind = kind_of(quote, around, stretch.measure)
    return Proposal(citation, _who(quote, earlier, context), kind, subject_of(quote), stretch.measure, context.title)


def _who(quote: str, earlier: str, context: Context) -> str:
    own = ITEM.sub("", quote, count=1).strip()
    if context.is_row:
        return context.who
    found = who_of(own) or _first_who(earlier)
    if found or not (GOES_ON.match(own) or is_bare(own) or context.lead):
        return found
    return context.who


def _first_who(text: str) -> str:
    """Return whom the stretches of a text name last."""
    for piece in reversed(PIECE.findall(text)):
        if who := who_of(ITEM.sub("", piece, count=1).strip()):
            return who
    return ""
