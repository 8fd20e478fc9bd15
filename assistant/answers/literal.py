"""Does a word stand in the documents (有没有这个说法): looked for letter by letter, never searched for."""

import re
from collections.abc import Sequence

from assistant.answers.model import Answer, Decision, Passage, Reason, Request
from assistant.answers.passages import passage, quoting
from assistant.answers.weighing import jurisdiction
from assistant.citations import unit_id
from assistant.documents import Document
from assistant.search.exact import documents_named, order_by_ladder
from assistant.search.index import Index

QUOTES = re.compile(r"[“\"「『‘'](?P<word>[^“”\"「」『』‘’']{2,20})[”\"」』’']")
# 有没有“应急响应人”的说法 提没提到“叫应” · “叫应”怎么做 “双报到”是什么意思
SPEAKS = re.compile(
    r"(?:有没有|有无|是否有|有|没有|出现过?|提没提到?|提到过?|提过|用过?|写没写到?|写过|讲过|说过)[^，。？]{0,8}◇[^，。？]{0,6}(?:说法|提法|字样|表述|这个?词|字眼|概念|叫法|名词|术语|几个字)"
    r"|(?:有没有|是否|有无)(?:出现|提到?|写到?|用)过?[^，。？]{0,4}◇|提没提到?过?[^，。？]{0,4}◇|◇[^，。？]{0,6}(?:说法|提法|字样|表述|这个?词|字眼|概念|叫法|名词|术语)[^，。？]{0,8}(?:出自|在哪|有没有|有吗)"
)
MARK = "◇"
"""Stands for the quoted word."""
SHOWN = 3
"""Clauses that are quoted; who asks whether a word is used needs no more."""


def spoken_of(request: Request, index: Index) -> Answer | None:
    """Answer whether a quoted word stands in the documents that are named, or in the asker's own; None for any other
    question.
    """
    found = QUOTES.search(request.question)
    if found is None or not SPEAKS.search(QUOTES.sub(MARK, request.question, count=1)):
        return None
    asked, word = QUOTES.sub(MARK, request.question, count=1), found["word"]
    named = [d for d in documents_named(asked, index.catalogue, request.region) if d.in_force(request.on)]
    within = named or order_by_ladder(jurisdiction(request, index), request.region)
    passages = _holding(word, within, request, index)
    ranked = tuple(part.unit for part in passages)
    if passages:
        return Answer(request.question, Decision.ANSWER, passages, ranked, topic=request.question)
    titles = tuple(document.short_title for document in named)
    elsewhere = "、".join(f"《{d.short_title}》" for d in index.catalogue.values() if _holds(word, d, index))
    return Answer(
        request.question,
        Decision.REFUSED,
        (),
        (),
        Reason.NO_SUCH_WORD,
        missing=((word, elsewhere),),
        topic=request.question,
        within=titles,
    )


def _holding(word: str, documents: Sequence[Document], request: Request, index: Index) -> tuple[Passage, ...]:
    """Return the first clauses that hold a word, with the sentences that do."""
    found: list[Passage] = []
    for document in documents:
        outline = index.outlines[document.id]
        for unit in outline.clauses():
            start, end = outline.full_span(unit.address)
            if len(found) < SHOWN and outline.text.find(word, start, end) >= 0:
                shown = passage(index, unit_id(document.id, unit.address), request)
                found.append(quoting(index, shown, (word,)))
    return tuple(found)


def _holds(word: str, document: Document, index: Index) -> bool:
    return word in index.outlines[document.id].text
