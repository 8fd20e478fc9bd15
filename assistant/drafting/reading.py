"""Reading what a language model answered: questions out of JSON, whatever stands around it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LONGEST_ANSWER = 60_000
MOST_VALUES = 500
"""So many brackets are tried as the beginning of a JSON value: an answer of brackets alone must not take minutes."""
THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
"""What a reasoning model thinks aloud: <think>先写村民……</think> · near miss: the answer after it"""
OPENING = re.compile(r"[\[{]")
NUMBERING = re.compile(r"(?:\d{1,2}\s*[.、．)）]|[（(]\d{1,2}[）)]|[-•*·])\s*")
"""1. 谁来管 · near miss: 119打不通怎么办"""
QUOTED = re.compile(r"[“\"「『](.*)[”\"」』]")
ASKERS = {
    "villager": ("villager", "村民", "群众", "百姓", "居民"),
    "cadre": ("cadre", "干部"),
    "trainer": ("trainer", "教员", "教师", "老师"),
}
QUESTION_KEYS = ("question", "问题", "问法", "text")
ASKER_KEYS = ("asker", "提问人", "role")
REFUSAL = re.compile(r"抱歉|对不起|很遗憾|无法|不能|不便|拒绝|(?i:\b(?:sorry|cannot|can't|unable|refuse)\b)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One question as the model wrote it, not yet checked; `asker` is empty where it named none that we know."""

    question: str
    asker: str


def candidates(answer: str) -> list[Candidate]:
    """Return the questions in an answer, in order: from objects, lists or both, in code fences, after prose, cut off.

    A value that is cut off loses its last question; whatever else the answer says is not looked at.
    """
    text = THOUGHT.sub("", answer)[:LONGEST_ANSWER]
    return [candidate for value in _values(text) for candidate in _questions(value, "")]


def sounds_refused(answer: str) -> bool:
    """Say whether an answer without questions excuses itself."""
    return REFUSAL.search(THOUGHT.sub("", answer)) is not None


def _values(text: str) -> Iterator[Any]:
    """Yield the JSON values that can be read, outermost first; what is inside a broken one is tried by itself."""
    decoder = json.JSONDecoder()
    at = 0
    for _ in range(MOST_VALUES):
        opening = OPENING.search(text, at)
        if opening is None:
            return
        try:
            value, at = decoder.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            at = opening.end()
        else:
            yield value


def _questions(value: Any, asker: str, depth: int = 4) -> Iterator[Candidate]:
    """Yield the questions of a value: {"question"}, {"villager": […]}, lists of them or of plain texts."""
    if depth == 0:
        return
    if isinstance(value, str):
        yield Candidate(_cleaned(value), asker)
    elif isinstance(value, list):
        for item in value:
            yield from _questions(item, asker, depth - 1)
    elif isinstance(value, dict):
        yield from _of_object(value, asker, depth)


def _of_object(value: dict[str, Any], asker: str, depth: int) -> Iterator[Candidate]:
    question = next((value[key] for key in QUESTION_KEYS if isinstance(value.get(key), str)), None)
    if question is not None:
        named = next((value[key] for key in ASKER_KEYS if key in value), "")
        yield Candidate(_cleaned(question), _asker(named) or asker)
        return
    for key, inner in value.items():
        if isinstance(inner, list | dict):
            yield from _questions(inner, _asker(key) or asker, depth - 1)


def _asker(named: object) -> str:
    words = str(named).lower()
    return next((asker for asker, names in ASKERS.items() if any(name in words for name in names)), "")


def _cleaned(question: str) -> str:
    """Return a question on one line, without its number in a list and without quotation marks around all of it."""
    flat = " ".join(question.split())
    numbering = NUMBERING.match(flat)
    flat = flat[numbering.end() :] if numbering else flat
    quoted = QUOTED.fullmatch(flat)
    return quoted.group(1).strip() if quoted else flat
