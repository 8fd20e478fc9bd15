"""Who may do what in the loop (权限): a role's actions, within its place and its classes of hazard."""

from collections.abc import Iterable

from assistant.hazards.steps import Action as A
from assistant.people import Grant, Role
from assistant.rules import covers

VERIFY = frozenset(
    {A.ACCEPT, A.REJECT, A.SUPPLEMENT, A.CORRECT, A.ADD_EVIDENCE, A.NOTE, A.MARK_DUPLICATE, A.UNDO_DUPLICATE}
)
INSPECT = frozenset({A.FAIL, A.CLOSE, A.CALL_BACK, A.REOPEN})
FOR_OTHERS = frozenset({A.SIGN, A.REFUSE, A.TRANSFER, A.RECTIFY, A.ASK_EXTENSION, A.SUBMIT, A.REPORT_IN})
"""Recorded for a department that answers by telephone; the event names who recorded it."""
DISPATCH = frozenset({A.ASSIGN, A.WHISTLE, A.LEDGER, A.BECOME_INCIDENT})
COMMAND = frozenset({A.GRANT_EXTENSION, A.DENY_EXTENSION, A.SUPERVISE})
GRANTED: dict[Role, frozenset[A]] = {
    Role.VILLAGER: frozenset(),
    Role.REPORTER: frozenset(),
    Role.GRID: VERIFY | INSPECT | {A.LEDGER},
    Role.DUTY: VERIFY | INSPECT | FOR_OTHERS | DISPATCH,
    Role.LEADER: VERIFY | INSPECT | FOR_OTHERS | DISPATCH | COMMAND,
    Role.DIRECTOR: VERIFY | INSPECT | FOR_OTHERS | DISPATCH | COMMAND,
    Role.DISPATCHER: VERIFY | INSPECT | FOR_OTHERS | DISPATCH | COMMAND,
    Role.TRAINER: frozenset(),
    Role.ADMIN: frozenset({A.LEDGER}),
    Role.CUSTODIAN: frozenset(),
}


def granted(grants: Iterable[Grant], region: str, category: str = "") -> frozenset[str]:
    """Return the actions that grants, which hold today, allow at a place for a class of hazard."""
    held = [grant for grant in grants if covers(grant.region, region) and _fits(grant, category)]
    return frozenset(action.value for grant in held for action in GRANTED[Role(grant.role)])


def _fits(grant: Grant, category: str) -> bool:
    return not grant.categories or not category or category in grant.categories.split(",")
