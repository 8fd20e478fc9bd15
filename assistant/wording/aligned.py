"""The counterparts of a clause as the text of a message."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Decision
from assistant.answers.aligned import Aligned
from assistant.citations import outline_label, parse_unit_id
from assistant.ports import Link
from assistant.search import Counterpart, Index, Relation
from assistant.wording.answers import answer_text, label
from assistant.wording.sentences import NOTHING_CITED

OPENINGS = {
    Relation.HIGHER: "{subject}，上位依据是：",
    Relation.LOWER: "{subject}，是这样落实的：",
    Relation.BESIDE: "{subject}，同级文件对应的条款是：",
    None: "{subject}，对应的条款是：",
}
NEAREST = "没有找到与{subject}直接对应的条款，最接近的是："
NONE = "在{documents}里，没有找到与{subject}直接对应的条款。"
NO_DOCUMENT = "没有别的文件可以和{subject}对照：您问的地方或级别在资料库里没有这类文件，或者就是这一条所在的文件。"
FURTHER = "还有："
NOTE = "（对应关系是按文字比对出来的，供参考，以文件原文为准。）"
MOST_TITLES = 3


def aligned_text(found: Aligned) -> str:
    """Return the counterparts as a person reads them: each quoted under document and clause number."""
    if found.subject is None:
        return NOTHING_CITED
    subject = f"{label(found.subject)}{found.subject.heading}"
    if not found.documents:
        return NO_DOCUMENT.format(subject=subject)
    if found.answer.decision is Decision.REFUSED:
        return NONE.format(subject=subject, documents=_titles(found.documents))
    is_near = found.answer.decision is Decision.NEAREST
    opening = (NEAREST if is_near else OPENINGS[found.relation]).format(subject=subject)
    quoted = tuple(passage for passage in found.answer.passages if passage.citations)
    named = [f"{label(p)}{p.heading}" for p in found.answer.passages if not p.citations]
    further = [FURTHER + "、".join(named)] if named else []
    quotes = answer_text(replace(found.answer, decision=Decision.ANSWER, passages=quoted))
    return "\n\n".join([opening, quotes, *further, NOTE])


RELATIONS = {Relation.HIGHER: "上位依据", Relation.BESIDE: "同级", Relation.LOWER: "落实"}
MOST_LINKS = 6


def counterpart_links(counterparts: Sequence[Counterpart], index: Index) -> tuple[Link, ...]:
    """Return links to the counterparts of a clause, for the page of its document: its basis first."""
    order = list(RELATIONS)
    shown = sorted(counterparts[:MOST_LINKS], key=lambda counterpart: order.index(counterpart.relation))
    return tuple(_link(counterpart, index) for counterpart in shown)


def _link(counterpart: Counterpart, index: Index) -> Link:
    document_id, address = parse_unit_id(counterpart.unit)
    title, outline = index.catalogue[document_id].short_title, index.outlines[document_id]
    named = f"《{title.removesuffix('（示例）')}》{outline_label(outline, outline[address])}"
    return Link(f"{RELATIONS[counterpart.relation]}：{named}", counterpart.unit)


def _titles(documents: tuple[str, ...]) -> str:
    shown = "".join(f"《{title.removesuffix('（示例）')}》" for title in documents[:MOST_TITLES])
    return shown if len(documents) <= MOST_TITLES else f"{shown}等{len(documents)}份文件"
