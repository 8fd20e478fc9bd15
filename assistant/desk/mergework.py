"""Merging and splitting by chat: YH…-02 并到 YH…-01, 撤销合并 YH…-02, and the reporter's 不是同一处."""

import re

from assistant.desk.duplicatework import merge, split
from assistant.desk.notices import plain
from assistant.desk.orders import NUMBER, tidy
from assistant.errors import BadInput
from assistant.hazards import HazardState
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.wording import duplicates as wording
from assistant.wording import explain

# YH20260701-02并到YH20260701-01 · 把两件合并一下行不行
MERGE = re.compile(
    rf"(?:把|将)?(?P<other>{NUMBER})(?:合?并(?:到|入|进|给)?|合到|和|跟|与)(?P<main>{NUMBER})(?:合并|并案|并了|并起来|是同一处)?(?:里|吧|了)*"
    rf"|(?:合并|并案)(?P<other2>{NUMBER})(?:合?并?到|入|进|和|跟)?(?P<main2>{NUMBER})"
)
# 撤销合并YH20260701-02 · 撤销YH20260701-02 (the report itself)
SPLIT = re.compile(
    rf"(?:(?:撤销|取消)(?:合并|并案|并件)|拆开|分开|拆分)(?P<other>{NUMBER})|(?P<other2>{NUMBER})(?:(?:撤销|取消)(?:合并|并案|并件)|拆开|分开)"
)
UNDO = re.compile(r"(?:撤销|取消|恢复)(?:合并|并案|并件)|(?:合并|并)错了")
"""Anywhere in a longer message (不对，…不是一块石头，撤销合并)."""
# 不是同一处 YH20260701-02不是同一处 · 是不是同一处
NOT_SAME = re.compile(
    rf"(?:这|那)?(?P<other>{NUMBER})?(?:不是(?:说的)?(?:同)?一(?:处|个地方|回事|件事|个))(?:的|啊|呀|哦)?"
)


def attend(text: str, _incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Attend to an order about duplicates; None where a message is none."""
    order = tidy(text)
    try:
        if found := MERGE.fullmatch(order):
            return [plain(_merged(found, person, work, rules))]
        if found := SPLIT.fullmatch(order):
            return [plain(_split((found["other"] or found["other2"]), person, work))]
        if UNDO.search(order) and (numbers := re.findall(NUMBER, order)):
            return [plain(_split(_duplicate_of(numbers, work), person, work))]
        return _denied(order, person, work)
    except BadInput as error:
        return [plain(explain(error))]


def _merged(found: re.Match[str], person: Person, work: Work, rules: Rules) -> str:
    hazard = work.hazard(found["other"] or found["other2"])
    main = merge(work, hazard, work.hazard(found["main"] or found["main2"]), person, rules)
    return wording.merged_reply(hazard, main)


def _split(number: str, person: Person, work: Work) -> str:
    hazard = work.hazard(number)
    return wording.split_reply(hazard, split(work, hazard, person))


def _duplicate_of(numbers: list[str], work: Work) -> str:
    """Return which of the cases that were named is the duplicate, the first one where none is."""
    merged = [number for number in numbers if work.hazard(number).state == HazardState.DUPLICATE]
    return (merged or numbers)[0]


def _denied(order: str, person: Person, work: Work) -> list[Outgoing] | None:
    """The reporter says that what was merged is not the same: the newest one, where no number stands."""
    found = NOT_SAME.fullmatch(order)
    if found is None:
        return None
    mine = [one for one in stored.reported_by(work.session, person) if one.state == HazardState.DUPLICATE]
    meant = [one for one in mine if found["other"] in (None, one.number)]
    if not meant:
        return None
    split(work, meant[0], person)
    return [plain(wording.split(meant[0]))]
