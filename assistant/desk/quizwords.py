"""What is said about quizzes (出题、答题), by rule: an order, or nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.clauses.numerals import to_int
from assistant.script import simplified

NUMBER = r"[Cc][Yy]\s?\d{8}\s?[-—－]\s?\d{2,5}"
NUMBERED = re.compile(rf"^(?P<number>{NUMBER})[ ：:，,]*(?P<rest>.*)$", re.S)
N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
COUNT = re.compile(rf"(?P<n>{N})[道个]题?")
# 出题 · 出题 演练 5道 · 出题5道 · near miss: 出题太难了
MAKE = re.compile(r"^(?:请|帮我|给我)?出题(?=$|[ ，,：:]|[\d一二两三四五六七八九十])(?P<rest>.{0,40})$")
# 出5道题 · 从云南实施意见出5道题 · 出三道关于演练的题
MAKE_SOME = re.compile(
    rf"^(?:请|帮我|给我)?(?:从(?P<document>.{{2,30}}?)(?:里面?|中)?)?出(?P<n>{N})[道个](?:关于|有关|讲)?(?P<topic>[^，。？?]{{0,12}}?)的?题目?$"
)
RELEASE = re.compile(rf"^发布[ ，,]*(?P<number>{NUMBER})[ ，,]*(?P<rest>.*)$")
RELEASE_NUMBERED = re.compile(r"^发布[ ，,]*(?P<rest>.*)$")
DROP = re.compile(rf"^(?:删除?|去掉|不要)[ ]?第?(?P<at>{N})[道个]?题?$")
SWAP = re.compile(rf"^(?:换掉?|更换)[ ]?第?(?P<at>{N})[道个]?题?$")
RESULTS = re.compile(r"^(?:的)?(?:成绩|结果|进度|答题情况)$")
LATEST_RESULTS = re.compile(r"^(?:看看?|查)?(?:测验|答题|考试)(?:成绩|结果|情况)$")
LIST = re.compile(r"^(?:看看?|查)?(?:测验|出题)(?:清单|列表|记录)$")
OWN = re.compile(r"^(?:看看?|查)?我的(?:答题|测验)?成绩$")
GO = re.compile(r"^(?:我要|我)?(?:开始|继续|接着|来)?答题(?:吧|了)?$")
STOP = re.compile(r"^(?:暂停答题|先不答了?|(?:等会儿?|待会儿?|等下|过会儿?)(?:再|来)答|不答了|停一下|暂停)$")
LETTER = re.compile(r"^(?:选)?(?P<letter>[A-Da-d])$")
AUDIENCE = re.compile(r"^(?:给|发给|让)?[ ]*(?P<whom>.*?)[ ，,]*(?:答)?$")


class Wish(StrEnum):
    """What is wanted."""

    MAKE = "make"
    RELEASE = "release"
    DROP = "drop"
    SWAP = "swap"
    RESULTS = "results"
    SHOW = "show"
    LIST = "list"
    OWN = "own"
    GO = "go"
    STOP = "stop"


OF_ANYBODY = (Wish.OWN, Wish.GO, Wish.STOP)
"""Everybody may be asked to answer; all else is for those who make quizzes."""


@dataclass(frozen=True, slots=True)
class Order:
    """One wish, with what it says."""

    wish: Wish
    number: str = ""
    """Of the quiz, where it was named."""
    count: int | None = None
    topic: str = ""
    document: str = ""
    rest: str = ""
    """To whom and until when."""
    at: int = 0
    """Number of a question, from 1."""


def read_order(text: str) -> Order | None:
    """Return what somebody wants; None where it is none of this."""
    said = simplified(text).strip().rstrip("。！!")
    if found := RELEASE.match(said):
        return Order(Wish.RELEASE, printed(found["number"]), rest=found["rest"])
    if found := NUMBERED.match(said):
        return _of_quiz(printed(found["number"]), found["rest"].strip())
    for wish, pattern in ((Wish.GO, GO), (Wish.STOP, STOP), (Wish.OWN, OWN), (Wish.LIST, LIST)):
        if pattern.match(said):
            return Order(wish)
    if LATEST_RESULTS.match(said):
        return Order(Wish.RESULTS)
    return _made(said)


def printed(number: str) -> str:
    """Return a number as it is printed: CY20260701-01."""
    digits = re.sub(r"[^\d]", "", number)
    return f"CY{digits[:8]}-{digits[8:]}"


def _of_quiz(number: str, rest: str) -> Order | None:
    if not rest:
        return Order(Wish.SHOW, number)
    if found := RELEASE_NUMBERED.match(rest):
        return Order(Wish.RELEASE, number, rest=found["rest"])
    for wish, pattern in ((Wish.DROP, DROP), (Wish.SWAP, SWAP)):
        if found := pattern.match(rest):
            return Order(wish, number, at=to_int(found["at"]) or 0)
    return Order(Wish.RESULTS, number) if RESULTS.match(rest) else None


def _made(said: str) -> Order | None:
    if found := MAKE_SOME.match(said):
        return Order(Wish.MAKE, count=to_int(found["n"]), topic=found["topic"], document=found["document"] or "")
    found = MAKE.match(said)
    if found is None:
        return None
    counted = COUNT.search(found["rest"])
    rest = COUNT.sub(" ", found["rest"], count=1)
    topic = re.sub(r"^(?:关于|有关)|的$|[ ，,：:]", "", rest.strip(" ，,：:"))
    return Order(Wish.MAKE, count=to_int(counted["n"]) if counted else None, topic=topic)
