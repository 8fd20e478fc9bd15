"""What a message about counterparts asks for (对应条款的问法): of which clause, and in whose document."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from assistant.answers.model import Request
from assistant.answers.weighing import jurisdiction
from assistant.citations import parse_unit_id, unit_id
from assistant.clauses.references import find_references
from assistant.documents import Document, Level, ladder
from assistant.script import simplified
from assistant.search.exact import local_names, names_of, order_by_ladder, places_of, route
from assistant.search.index import Index


class Side(StrEnum):
    """In whose documents a counterpart is looked for."""

    NAMED = "named"  # 云南、《北京实施意见》
    LEVEL = "level"  # 省里、镇里
    HERE = "here"  # 我们这儿
    BELOW = "below"  # 各地、怎么落实
    ABOVE = "above"  # 上位依据
    ANY = "any"  # 对应的是哪一条


@dataclass(frozen=True, slots=True)
class Target:
    """The clauses that are meant, the first that fits, and the side on which their counterparts are asked for."""

    clauses: tuple[str, ...]
    side: Side
    documents: tuple[str, ...] = ()
    """Ids of the documents that were named."""
    level: Level | None = None
    everywhere: bool = False
    """各地: other places than the asker's are meant too."""


LONGEST = 100
"""Characters; a longer message has a matter of its own."""
CUES = re.compile("落实|贯彻|细化|执行|规定|要求|对应|依据|根据|按|怎么说|怎么写")
"""A message without any of them is not looked at further."""
NAME = "甲"
"""Stands for the name of a place or document while a message is read."""
POLITE = re.compile(
    r"^(?:请问|麻烦|想问一?下?|我?想知道|那么?|再|帮我|看看|看一?下|查查|查一?下|找一?下|找找)+|[呢啊吗呀嘛哦吧]+$"
)
MARKS = re.compile(r"[\s，。？！,?!~…；;：:“”\"'《》]+")
OURS = "(?:我们|咱们?|我|本|全)?"
LEVEL_WORDS = {
    Level.CENTRAL: "(?:党?中央|国家|国务院)(?:层面)?",
    Level.PROVINCE: f"{OURS}省(?:里面?|上|一?级)?",
    Level.CITY: f"{OURS}[市州](?:里面?|上|一?级)?",
    Level.COUNTY: f"{OURS}[县区](?:里面?|上|一?级)?",
    Level.TOWNSHIP: f"{OURS}(?:乡镇|镇|乡|街道)(?:里面?|上|一?级)?",
    Level.VILLAGE: f"{OURS}(?:村|社区)(?:里面?|上|一?级)?",
}
SIDE_WORDS = {
    Side.HERE: "(?:我们|咱们?|我)?(?:这儿|这里|这边|当地|本地)",
    Side.BELOW: "各地|各省|下面|下级|地方上?|基层",
    Side.ABOVE: "上面|上一?级|上头",
}
WHERE = "(?:{})".format(
    "|".join(
        [
            f"(?P<named>{NAME}(?:那边|那里|里)?)",
            *(f"(?P<{level.value}>{words})" for level, words in LEVEL_WORDS.items()),
            *(f"(?P<{side.value}>{words})" for side, words in SIDE_WORDS.items()),
        ]
    )
    + "(?:的?(?:文件|意见|预案))?[里中]?"
)
THIS = "(?:这一?[条款项个](?:规定)?|该条|它)?"
HOW = "(?:是|具体|都)*(?:怎么|怎样|如何|咋个?)"
WHICH = "(?:是?(?:哪一?条|哪几条|哪些条款|什么条款|条款|什么))"
SAYS: tuple[tuple[Side, re.Pattern[str]], ...] = (
    # 云南怎么落实这一条 这条我们这儿咋落实的 怎么落实 · 演练经费怎么落实
    (Side.BELOW, re.compile(f"{THIS}在?(?:{WHERE})?对?{THIS}{HOW}(?:落实|贯彻|细化|执行){THIS}的?")),
    # 北京对应的是哪一条 有没有对应的条款 · 对应急广播的要求
    (Side.ANY, re.compile(f"{THIS}的?在?(?:{WHERE})?的?(?:有没有|有)?[和跟与]?{THIS}相?对应的?{WHICH}?{WHICH}?")),
    # 对应北京哪一条 对应的云南条款是哪条 · 北京哪一条
    (Side.ANY, re.compile(f"{THIS}对应的?{WHERE}的?{WHICH}{WHICH}?")),
    (Side.ANY, re.compile(f"{THIS}[和跟与]{THIS}{WHERE}的?{WHICH}相?对应")),
    # 上位依据是哪条 这条的依据是什么 · 依据不足怎么办
    (Side.ABOVE, re.compile(f"{THIS}的?(?:上位|上级|制定)?(?:的)?依据[是在]?(?:哪里|哪个文件|哪份文件|{WHICH})?")),
    # 这条依据什么定的 根据中央哪一条定的 · 根据什么标准发补助
    (
        Side.ABOVE,
        re.compile(
            f"{THIS}是?(?:依据|根据|按照?)的?(?:{WHERE})?的?(?:{WHICH}|啥|哪个文件|哪份文件)来?(?:制?定|规定|写)?的?"
        ),
    ),
)


# 镇里怎么规定的 镇里有没有规定 · 怎么规定的
OF_A_RULE = re.compile(f"{THIS}在?{WHERE}对?{THIS}(?:{HOW}(?:规定|要求|说|写)的?|(?:有没有|有)(?:相关|具体)?的?规定)")
"""After a question with a matter of its own this goes on with that matter, and is no question about a clause."""


def read_target(request: Request, index: Index) -> Target | None:
    """Return what a message asks for; None where it is no question about counterparts of a clause.

    The clause is named in the message, or it is one of those cited last. A message with a matter of its own
    (演练经费怎么落实) is an ordinary question.
    """
    asked = MARKS.sub("", simplified(request.question))
    if len(asked) > LONGEST or not CUES.search(asked):
        return None
    references = find_references(asked)
    if len(references) > 1:
        return None
    clauses = tuple(unit for unit in request.context if _knows(index, unit))
    if references:
        head, _, tail = asked.partition(references[0].printed)
        named, head = _named_at_the_end(head, request, index)
        documents = named or _meant(clauses, request, index)
        clauses = route(references, documents, index.outlines, named=True).units[:1]
        asked, request = head + tail, replace(request, last="")
        if not clauses:
            return None
    return _read(asked, tuple(_clause(index, unit) for unit in clauses), request, index)


def _read(asked: str, clauses: tuple[str, ...], request: Request, index: Index) -> Target | None:
    named, masked = _masked(asked, request, index)
    spoken = POLITE.sub("", masked)
    for side, pattern in SAYS if _has_matter(request, index) else (*SAYS, (Side.BELOW, OF_A_RULE)):
        found = pattern.fullmatch(spoken)
        if found is None:
            continue
        said = {name for name, words in found.groupdict().items() if words}
        level = next((level for level in Level if level.value in said), None)
        if "named" in said:
            return Target(clauses, Side.NAMED, documents=named)
        if level is not None:
            return Target(clauses, Side.LEVEL, level=level)
        side = next((words for words in SIDE_WORDS if words.value in said), side)
        return Target(clauses, side, everywhere=Side.BELOW.value in said)
    return None


def _has_matter(request: Request, index: Index) -> bool:
    """Say whether something was asked before; a clause that was looked up by its number is known by its heading."""
    cited = [parse_unit_id(unit) for unit in request.context[:1] if _knows(index, unit)]
    headings = [(index.outlines[d][address].title, index.catalogue[d].short_title) for d, address in cited]
    return bool(request.last) and all(request.last not in heading for heading in headings)


def _masked(asked: str, request: Request, index: Index) -> tuple[tuple[str, ...], str]:
    """Return the documents whose name or place is in the message, and the message with NAME in its stead."""
    called = [(name, d.id) for d in index.catalogue.values() for name in _names(d, request) if name in asked]
    longest = max((name for name, _ in called), key=len, default="")
    documents = tuple(dict.fromkeys(document for name, document in called if name == longest))
    return documents, asked.replace(longest, NAME, 1) if longest else asked


def _named_at_the_end(head: str, request: Request, index: Index) -> tuple[list[Document], str]:
    """Return the document whose name stands just before a clause number, and what is left of the text before."""
    head = head.removesuffix("的")
    called = [(name, d) for d in index.catalogue.values() for name in _names(d, request) if head.endswith(name)]
    longest = max((name for name, _ in called), key=len, default="")
    return [d for name, d in called if name == longest], head.removesuffix(longest)


def _names(document: Document, request: Request) -> tuple[str, ...]:
    """Return how a message may call a document: by its names, or by its place."""
    own = local_names(document) if document.region in ladder(request.region) else ()
    return _bare_names(document) + own


@lru_cache(maxsize=1 << 13)
def _bare_names(document: Document) -> tuple[str, ...]:
    names = tuple(MARKS.sub("", name) for name in names_of(document))
    places = places_of(document.region) if document.region else ()
    is_the_centres = document.level is Level.CENTRAL and document.kind == "opinion"
    return (*names, *places, *(("中央",) if is_the_centres else ()))


def _meant(cited: tuple[str, ...], request: Request, index: Index) -> list[Document]:
    """Return the document cited last, else those of the asker's places."""
    if cited:
        return [index.catalogue[parse_unit_id(cited[0])[0]]]
    return order_by_ladder(jurisdiction(request, index), request.region)


def _knows(index: Index, unit: str) -> bool:
    document_id, address = parse_unit_id(unit)
    return document_id in index.catalogue and address in index.outlines[document_id]


def _clause(index: Index, unit: str) -> str:
    document_id, address = parse_unit_id(unit)
    return unit_id(document_id, index.outlines[document_id].clause_of(address).address)
