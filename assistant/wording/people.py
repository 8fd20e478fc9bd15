"""What is said about people, roles, places and invitations."""

from collections.abc import Iterable
from datetime import datetime

from assistant.people import Grant, Person, Rank, Role
from assistant.people.invitations import Standing
from assistant.wording.moments import clock_time
from assistant.wording.terms import CATEGORIES, ROLES

BIND_USAGE = (
    "绑定以后，我就知道您是谁、负责哪里，该您办的事会直接发给您。\n"
    "请把镇上给您的绑定码发来，例如：绑定 K7WMPQ3X。没有绑定码请找镇里的管理员要；报隐患不用绑定。"
)
BIND_REFUSED = {
    Standing.USED: "这个绑定码已经用过了，一个码只能用一次。请找管理员再要一个。",
    Standing.EXPIRED: "这个绑定码过期了。请找管理员再要一个。",
}
BOUND_ALREADY = "您已经绑定好了，您是{name}，不用再绑。"
BOUND_TO_ANOTHER = "您这个账号已经绑定给别人了。要换人，请先找管理员解除绑定。这个绑定码还能用。"
BOUND = "绑定好了，您是{name}{unit}。{roles}您以前在这里报的情况都还在。发“菜单”看能做什么。"
AS_ROLE = "您的身份：{roles}。"
NO_ROLE = "您的身份：村民。"
BIND_WRONG = "没有这个绑定码，请对着原文再看一遍（码里没有数字0、1，也没有字母O、I、L）。还可以试{left}次。"
LATER = "输错的次数太多了，请{until}以后再试。急的话请找管理员。报隐患不受影响，直接发就行。"


def bind_later(until: datetime, now: datetime) -> str:
    """Return the answer to somebody who has tried too often."""
    return LATER.format(until=clock_time(until, now))


def bound(person: Person, grants: Iterable[Grant]) -> str:
    """Return the answer to a right code."""
    held = [grant_words(grant) for grant in grants]
    roles = AS_ROLE.format(roles="；".join(held)) if held else NO_ROLE
    return BOUND.format(name=person.name, unit=f"（{person.unit}）" if person.unit else "", roles=roles)


def grant_words(grant: Grant) -> str:
    """Return a role as people read it: 网格员（B角，上河村，只管消防、燃气）."""
    about = [
        "B角" if grant.rank == Rank.B.value else "",
        grant.region.rpartition("/")[2],
        f"只管{'、'.join(CATEGORIES[one] for one in grant.categories.split(','))}" if grant.categories else "",
    ]
    shown = "，".join(filter(None, about))
    return f"{ROLES[Role(grant.role)]}（{shown}）" if shown else ROLES[Role(grant.role)]
