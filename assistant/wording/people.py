"""What is said about people, roles, places and invitations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.people import Grant, Person, Place, PlaceName, Rank, Role, masked
from assistant.people.invitations import Standing
from assistant.permissions import PeopleAction
from assistant.wording.moments import clock_time, when
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


ACTIONS = {
    PeopleAction.IMPORT: "导入",
    PeopleAction.INVITE: "发绑定码",
    PeopleAction.GRANT: "指定和收回岗位",
    PeopleAction.UNBIND: "解除绑定",
    PeopleAction.SEE_PHONES: "看完整电话",
    PeopleAction.OPEN_SEALED: "查看举报人身份",
    PeopleAction.BLOCK: "屏蔽和恢复",
    PeopleAction.ROSTER: "排值班表",
}
GRANTED = "{name}现在是{role}。"
REVOKED = "收回了{name}的“{role}”。"
NOTHING_TO_REVOKE = "{name}没有“{role}”这个岗位，没有改动。"
UNBOUND = "解除了{name}的 {count} 个账号。再从那里发来的消息，按村民对待。"
ANY_CHANNEL = "任何渠道"
INVITED = (
    "{name}的绑定码：{code}\n"
    "请当面或打电话告诉本人，让他在聊天里发：绑定 {code}\n"
    "只能用一次，{until}前有效；这里只显示这一次，忘了就再发一个。"
)
NOBODY = "还没有登记人员。可以用 yingda import people 导入，或用 yingda demo 放入示例。"
NO_PLACES = "还没有登记地点。可以用 yingda import places 导入，或用 yingda demo 放入示例。"
CHANNELS = {"terminal": "终端", "web": "网页", "wechat": "微信", "wecom": "企业微信", "telegram": "Telegram"}


def channel_name(channel: str | None) -> str:
    """Return what a channel is called; any of them where none is named."""
    return ANY_CHANNEL if channel is None else CHANNELS.get(channel, channel)


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a list, with roles and channels."""

    person: Person
    grants: tuple[Grant, ...]
    channels: tuple[str, ...]


def people_lines(listed: Sequence[Listed], *, is_open: bool) -> list[str]:
    """Return one line per person; telephone numbers in full only where `is_open`."""
    return [_person_line(one, is_open=is_open) for one in listed] or [NOBODY]


def _person_line(one: Listed, *, is_open: bool) -> str:
    person = one.person
    roles = "；".join(map(grant_words, one.grants)) or ROLES[Role.VILLAGER]
    bound = "、".join(CHANNELS.get(channel, channel) for channel in one.channels)
    shown = [f"#{person.id}", person.name, roles, person.unit, _phone(person, is_open=is_open), person.region]
    return "  ".join(filter(None, [*shown, f"已绑定：{bound}" if bound else "没有绑定"]))


def _phone(person: Person, *, is_open: bool) -> str:
    return person.phone if is_open else masked(person.phone)


def person_fields(one: Listed, *, is_open: bool) -> dict[str, object]:
    """Return a person as a program reads it."""
    return {
        "id": one.person.id,
        "name": one.person.name,
        "phone": _phone(one.person, is_open=is_open),
        "unit": one.person.unit,
        "region": one.person.region,
        "roles": [
            {
                "role": g.role,
                "region": g.region,
                "rank": g.rank,
                "categories": [one for one in g.categories.split(",") if one],
            }
            for g in one.grants
        ],
        "channels": one.channels,
    }


def place_lines(places: Sequence[Place], names: Sequence[PlaceName]) -> list[str]:
    """Return the tree, indented by depth, with other names and landmarks."""
    return [_place_line(place, [name for name in names if name.path == place.path]) for place in places] or [NO_PLACES]


def _place_line(place: Place, names: Sequence[PlaceName]) -> str:
    aliases = "、".join(name.name for name in names if not name.is_landmark)
    landmarks = "、".join(f"{name.name}{_point(name)}" for name in names if name.is_landmark)
    about = [f"又叫{aliases}" if aliases else "", f"地标：{landmarks}" if landmarks else ""]
    own = f"{'  ' * place.path.count('/')}{place.path.rpartition('/')[2]}{_point(place)}"
    return "  ".join(filter(None, [own, *about]))


def _point(at: Place | PlaceName) -> str:
    return "" if at.lat is None or at.lon is None else f"（{at.lat:.4f}，{at.lon:.4f}）"


def place_fields(places: Sequence[Place], names: Sequence[PlaceName]) -> list[dict[str, object]]:
    """Return the tree as a program reads it."""
    return [
        {
            "path": place.path,
            "level": place.level,
            "lat": place.lat,
            "lon": place.lon,
            "aliases": [n.name for n in names if n.path == place.path and not n.is_landmark],
            "landmarks": [
                {"name": n.name, "lat": n.lat, "lon": n.lon} for n in names if n.path == place.path and n.is_landmark
            ],
        }
        for place in places
    ]


DEMO = "示例镇已经放好：{count} 个人，地名、人名、电话都是假的，只供试用。想扮谁，就运行哪一行："
DEMO_LINE = "yingda chat --as {name}    {about}"
DEMO_END = (
    "可以先当村民报一条：我家后面坡上裂了条缝，雨一直下。再换成网格员、值班员看看收到了什么。\n"
    "想在网页或手机上扮他们，用 yingda invite 示例丙 要一个绑定码，在聊天里发“绑定 码”。"
)


def demo_lines(residents: Sequence[tuple[Person, Sequence[Grant]]]) -> list[str]:
    """Return who can be played in the sample township, and how."""
    lines = [DEMO_LINE.format(name=person.name, about=_about(person, grants)) for person, grants in residents]
    return [DEMO.format(count=len(lines)), *lines, DEMO_END]


def _about(person: Person, grants: Sequence[Grant]) -> str:
    role = "、".join(map(grant_words, grants)) or (ROLES[Role.VILLAGER] if not person.unit else "经办人")
    return "，".join(filter(None, [role, person.unit or person.region.partition("示例镇/")[2].replace("/", "")]))


def invited(person: Person, code: str, until: datetime) -> str:
    """Return a new code, for whoever passes it on."""
    return INVITED.format(name=person.name, code=code, until=when(until))


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
