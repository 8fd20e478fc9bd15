"""What questions are made from (素材): whole sentences of clauses that can be understood alone, and what resembles them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.citations import Citation, Sentence, cite, sentences
from assistant.clauses import Kind, Outline
from assistant.documents import Document
from assistant.training.parties import OPENING

SHORTEST, LONGEST = 14, 100
"""Characters of a sentence; a longer one is no question to read on a telephone."""
CUT = 240
"""Characters of a sentence of which the doer and the part with the blank can be asked, with …… between them."""
LEADING = 32
"""Characters; a longer sentence before a list is a rule of its own rather than words that lead to it."""
LIST_NUMBER = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|\(\d{1,2}\)|\d{1,2}[.．、]|[①-⑳]|[一二三四五六七八九十]是)"
)
# 其中… 同时… 上述… · who or what is meant stands in the sentence before
DANGLING = re.compile(
    r"^(?:其|该|此|上述|前款|前者|后者|同时|并|另|也|还|否则|因此|由此|双方|对此|以上|以下|下列|有下列|但|不得因|未|处于|属于|仍|后|再|之后|随后|必要时|超过|超出|到达|结束|收到后|发现后|接报后|核实后|两者|三者)"
)
# 按总体预案执行 见附件2 · tells nothing by itself; 本预案自…起施行
IDLE = re.compile(r"见附件|附件\d|本(?:规定|预案|卡)(?:由|自)|起施行|示镇政发|如下(?:[:：]|$)|某|“我是")
NUMERAL = re.compile(r"[\d０-９一二三四五六七八九十百两]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, or item of a list with the words that lead to it."""

    lead: str
    """带班领导履行下列职责：; empty for a sentence that stands alone."""
    text: str
    """Without the item's number and the mark at its end."""
    heading: str
    citations: tuple[Citation, ...]
    grams: frozenset[str]

    @property
    def unit(self) -> str:
        """Id of the clause."""
        return self.citations[0].unit

    @property
    def document(self) -> str:
        """Id of the document."""
        return self.citations[0].document


@dataclass(frozen=True, slots=True)
class Titled:
    """A clause that has a title, with all that it says."""

    unit: str
    heading: str
    title: str
    plain: str
    citations: tuple[Citation, ...]
    """Its sentences, one citation each."""


def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, without numbers: what it is about."""
    bare = NUMERAL.sub("", re.sub(r"[，。；：、“”（）《》！？\s　]", "", text))
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the smaller of two bags the other holds."""
    return len(one & other) / max(1, min(len(one), len(other)))


def passages(documents: Iterable[Document], outlines: Mapping[str, Outline]) -> list[Passage]:
    """Return what questions may be made from, in the order of documents and clauses."""
    return [
        passage
        for document in documents
        for unit in outlines[document.id].clauses()
        if unit.kind is Kind.CLAUSE
        for passage in _of_clause(document, outlines[document.id], unit.address)
    ]


def titled(document: Document, outline: Outline) -> list[Titled]:
    """Return the clauses of a document that have a title by which one finds them."""
    found = []
    for unit in outline.clauses():
        if unit.kind is not Kind.CLAUSE or not unit.title or unit.title.endswith(("。", "；")):
            continue
        said = [one for one in sentences(outline, unit.address) if not one.text.startswith("|")]
        quotes = tuple(cite(document, outline, unit.address, [one])[0] for one in said)
        if quotes:
            id_, plain = quotes[0].unit, outline.plain(unit.address)
            found.append(Titled(id_, outline.heading(unit), unit.title, plain, quotes))
    return found


def _of_clause(document: Document, outline: Outline, address: str) -> Iterator[Passage]:
    lead: Sentence | None = None
    heading = _heading(outline, address)
    for sentence in sentences(outline, address):
        if sentence.text.endswith(("：", ":")):
            lead = sentence
            continue
        is_item = LIST_NUMBER.match(sentence.text) is not None
        if not is_item:
            lead = None
        text = LIST_NUMBER.sub("", sentence.text).rstrip("。；;").strip()
        before = lead.text if lead is not None else ""
        if not _is_usable(text, before) or (is_item and not (before or heading)):
            continue
        cited = cite(document, outline, address, [sentence])
        if lead is not None:
            cited = (*cite(document, outline, address, [lead]), *cited)
        yield Passage(before, text, heading, cited, grams(before + text))


def _is_usable(text: str, lead: str) -> bool:
    whole = f"{lead}{text}"
    is_alone = DANGLING.match(text) is None and DANGLING.match(lead) is None
    is_long_enough = SHORTEST <= len(text) and (len(whole) <= LONGEST or is_cut(text))
    is_alone = is_alone and len(lead) <= LEADING
    return is_alone and is_long_enough and not text.startswith("|") and not IDLE.search(whole) and "\n" not in whole


def is_cut(text: str) -> bool:
    """Say whether a long sentence begins with who does it, so that its middle may be left out."""
    return LONGEST < len(text) <= CUT and OPENING.match(text) is not None


def _heading(outline: Outline, address: str) -> str:
    """Return the title of a clause with its number; without one that of what it stands under, and its own number."""
    unit = outline[address]
    if unit.title:
        return outline.heading(unit)
    above = outline.path(address)
    return " ".join(filter(None, (above[-1] if above else "", unit.label)))
