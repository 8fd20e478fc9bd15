"""The roster (值班表): what an office writes down for one day, and who is on at a moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.duty.post import Post, PostKind
from assistant.events import utc
from assistant.rules import Rules, covers

LOCAL = ZoneInfo("Asia/Shanghai")
CALLING_ORDER = (PostKind.LEADER, PostKind.STAFF, PostKind.DEPUTY)
"""Whom to tell of something first."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on duty at one place on one day, by name."""

    region: str
    day: date
    unit: str = ""
    leader: str = ""
    deputy: str = ""
    staff: tuple[str, ...] = ()
    phones: Mapping[str, str] = field(default_factory=dict)
    """Telephones by name."""
    room_phone: str = ""

    def names(self) -> list[tuple[PostKind, str]]:
        """Return the names with what they do, leader first."""
        named = [(PostKind.LEADER, self.leader), (PostKind.DEPUTY, self.deputy)]
        named += [(PostKind.STAFF, name) for name in self.staff]
        return [(kind, name) for kind, name in named if name]


def shift(day: date, region: str, rules: Rules) -> tuple[datetime, datetime]:
    """Return begin and end of the shift of a day, UTC: from the hour of `duty.shift.start` to that of the next day."""
    start = rules.find("duty.shift.start", region, day).duration
    begins, ends = (datetime.combine(one, time(), LOCAL) + start for one in (day, day + timedelta(days=1)))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def on_at(posts: Iterable[Post], moment: datetime) -> list[Post]:
    """Return the posts that are held at a moment; the end of a shift belongs to the next one."""
    return [post for post in posts if utc(post.starts_at) <= utc(moment) < utc(post.ends_at)]


def nearest(posts: Iterable[Post], region: str) -> list[Post]:
    """Return the posts of the nearest place above `region` that has any."""
    held = [post for post in posts if covers(post.region, region)]
    depth = max((len(post.region) for post in held), default=0)
    return [post for post in held if len(post.region) == depth]


def in_order(posts: Iterable[Post]) -> list[Post]:
    """Return posts in the order of calling: leader, staff, deputy."""
    return sorted(posts, key=lambda post: (CALLING_ORDER.index(PostKind(post.kind)), post.id or 0))
