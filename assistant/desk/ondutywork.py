"""What people on duty say about shifts, swaps and spot checks (在班办事): which part it belongs to."""

from assistant.desk import handoverwork, spotcheckwork, swapwork
from assistant.duty.shiftorders import Ordered, ShiftOrder, read_order
from assistant.people import Person
from assistant.ports import Outgoing
from assistant.rules import Rules
from assistant.store import Work

CODES = frozenset({ShiftOrder.CODE})
"""A bare number: for the one who was asked for it, and before any numbered question."""
AT_LAST = frozenset({ShiftOrder.READ, ShiftOrder.ARRIVED})
"""Words that answer a warning or an incident first."""
CERTAIN = frozenset(ShiftOrder) - CODES - AT_LAST
OF_SWAPS = frozenset({ShiftOrder.SWAP, ShiftOrder.AGREE, ShiftOrder.DECLINE, ShiftOrder.WITHDRAW, ShiftOrder.SWAPS})
OF_CHECKS = frozenset({ShiftOrder.CHECK, ShiftOrder.CHECKS, ShiftOrder.CODE})


def attend(text: str, wanted: frozenset[ShiftOrder], person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what a message orders, where it is one of the wanted orders; None where it is for somebody else."""
    ordered = read_order(text)
    return None if ordered is None or ordered.order not in wanted else done(ordered, person, work, rules)


def done(ordered: Ordered, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what is ordered; None where it is nothing of this person's."""
    if ordered.order in OF_SWAPS:
        return swapwork.act(ordered, person, work, rules)
    if ordered.order in OF_CHECKS:
        return spotcheckwork.act(ordered, person, work, rules)
    return handoverwork.act(ordered, person, work, rules)
