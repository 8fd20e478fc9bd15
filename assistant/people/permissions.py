"""Who may do what about people and places (权限): a table of roles, each within its place and all below it."""

from collections.abc import Iterable
from enum import StrEnum

from assistant.people.person import Grant, Role
from assistant.rules import covers


class PeopleAction(StrEnum):
    """What is done about persons, places and identities."""

    IMPORT = "import"  # 导入
    INVITE = "invite"  # 发绑定码
    GRANT = "grant"  # 授权、收回
    UNBIND = "unbind"  # 解除绑定
    SEE_PHONES = "see_phones"  # 看完整电话
    OPEN_SEALED = "open_sealed"  # 查看举报人身份


# Sealed identities open to the custodian alone: no rank does it, and the admin, who appoints custodians, is none.
ALLOWED: dict[PeopleAction, frozenset[Role]] = {
    PeopleAction.IMPORT: frozenset({Role.ADMIN}),
    PeopleAction.INVITE: frozenset({Role.ADMIN, Role.DIRECTOR}),
    PeopleAction.GRANT: frozenset({Role.ADMIN}),
    PeopleAction.UNBIND: frozenset({Role.ADMIN}),
    PeopleAction.SEE_PHONES: frozenset({Role.ADMIN, Role.DUTY, Role.LEADER, Role.DIRECTOR, Role.DISPATCHER}),
    PeopleAction.OPEN_SEALED: frozenset({Role.CUSTODIAN}),
}


def may(grants: Iterable[Grant], action: PeopleAction, region: str) -> bool:
    """Say whether one of the grants, which hold today, allows an action on somebody or something at a place."""
    return any(grant.role in ALLOWED[action] and covers(grant.region, region) for grant in grants)


def deputies(held: Iterable[Grant], absent: int, region: str) -> list[int]:
    """Return the person ids of those who stand in (B 角) for somebody absent in a role, in the order of calling.

    held: the grants of that role which hold today. B of the nearest place first, then whoever else has the role there,
    then the same in the places above.
    """
    others = [grant for grant in held if grant.person_id != absent and covers(grant.region, region)]
    others.sort(key=lambda grant: (-len(grant.region), grant.rank != "B", grant.id or 0))
    return list(dict.fromkeys(grant.person_id for grant in others))


def deputy(held: Iterable[Grant], absent: int, region: str) -> int | None:
    """Return who is called first in the place of somebody absent; None where nobody stands in."""
    return next(iter(deputies(held, absent, region)), None)
