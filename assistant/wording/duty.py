"""What people read about the roster: who is on duty, how to reach the duty room, what is not known."""

from collections.abc import Iterable, Mapping
from datetime import date

from assistant.duty import Post, PostKind
from assistant.people import Person
from assistant.wording.moments import WEEKDAYS, when

KINDS = {PostKind.LEADER: "带班领导", PostKind.STAFF: "值班员", PostKind.DEPUTY: "副班（备班）"}
"""In the order in which they are shown."""
NOBODY = "值班表里没有登记{where}{day}{kind}，我不能乱说。"
NOBODY_OF_KIND = "{where}{day}的值班表里没有登记{kind}，我不能乱说。"
OTHERS = "登记了的有：{listed}。"
ASK_ROOM = "请打值班电话{phone}问一下。"
ASK_OFFICE = "请直接问当地的值班室。"
ROOM = "{where}的值班电话是{phone}。"
NO_ROOM = "{where}的值班电话还没有登记，我不能乱说。"
EMERGENCY = "人有危险请直接打：火警119，急救120，报警110。"
PRIVATE = "个人的电话不对外说，只有值班和带班的同志能查。"
ROOM_INSTEAD = "要找值班的人，请打值班电话{phone}。"
NO_PHONE = "{name}没有登记电话。"
WHOSE = "您问的是谁的电话？先问“今晚谁值班”，我再告诉您。"
ABOVE = "{named}没有单独登记，按上一级{above}的值班表："
OWN_ABOVE = "{own}没有单独的值班表，"
UNKNOWN_PLACE = "值班表里没有“{named}”，我不能乱说。请核对地名，或者"
NO_REGION = "请先告诉我您在哪里，例如发“地区 云南省/示例州/示例县/示例镇”，再问谁值班。"


def day_words(day: date, today: date) -> str:
    """Return a day as people say it, always with its date: 今天（7月1日，周三）."""
    near = {0: "今天", 1: "明天", 2: "后天", -1: "昨天", -2: "前天"}.get((day - today).days, "")
    plain = f"{day.month}月{day.day}日，周{WEEKDAYS[day.weekday()]}"
    return f"{near}（{plain}）" if near else plain.replace("，", "（") + "）"


def place(post: Post) -> str:
    """Return whose roster it is: the office, else the last part of the path."""
    return post.unit or post.region.rpartition("/")[2]


def on_roster(head: str, names: Mapping[PostKind, Iterable[str]], until: str) -> str:
    """Return the roster of a day, kind by kind."""
    return "\n".join([f"{head}值班安排（{until}）：", *(f"{KINDS[kind]}：{'、'.join(names[kind])}" for kind in names)])


def until(posts: Iterable[Post]) -> str:
    """Return from when to when a shift lasts."""
    listed = list(posts)
    return f"{when(min(post.starts_at for post in listed))}到{when(max(post.ends_at for post in listed))}"


def of_kind(where: str, day: str, kind: PostKind, names: Iterable[str]) -> str:
    """Return who leads, or stands by, on a day."""
    return f"{where}{day}的{KINDS[kind]}：{'、'.join(names)}。"


def phone_of(name: str, kind: PostKind | None, phone: str) -> str:
    """Return a person's telephone, or that none is known."""
    title = f"（{KINDS[kind]}）" if kind else ""
    return f"{name}{title}：{phone}" if phone else NO_PHONE.format(name=f"{name}{title}")


SPAN_HEAD = "{where}{first}到{last}的值班安排："
DAY_LINE = "{day}：{names}"
NOT_ON_ROSTER = "没有登记"
MORE_DAYS = "后面还有{count}天，请按天问，例如“10月8日谁值班”。"
PHONE_BY_DAY = "要电话，请说哪一天的哪一位，例如“明天带班领导电话”。"
YOU, FROM_NOW = "您", "今后"
OWN_HEAD = "{who}{when}有{count}个班："
OWN_LINE = "{begins}到{ends}，{kind}"
OWN_NONE = "值班表上，{who}{when}没有班。"
OWN_NEXT = "下一个班：{line}。"
MORE_SHIFTS = "后面还有{count}个班，请按周或者按月问。"
BESIDE = "{day}跟您一班的：{names}。"
ALONE = "{day}的班上只登记了您一个人。"


def short(day: date) -> str:
    """Return 10月1日."""
    return f"{day.month}月{day.day}日"


def by_kind(names: Mapping[PostKind, Iterable[str]]) -> str:
    """Return persons with what they do, on one line."""
    return "；".join(f"{KINDS[kind]}{'、'.join(names[kind])}" for kind in names)


def day_line(day: date, names: Mapping[PostKind, Iterable[str]]) -> str:
    """Return who is on duty on one day, as a line."""
    return DAY_LINE.format(day=f"{short(day)}（周{WEEKDAYS[day.weekday()]}）", names=by_kind(names) or NOT_ON_ROSTER)


def own_line(post: Post) -> str:
    """Return one shift of a person, as a line."""
    return OWN_LINE.format(begins=when(post.starts_at), ends=when(post.ends_at), kind=KINDS[PostKind(post.kind)])


EMPTY_DAY = "{day}的值班表还没有登记。用 yingda duty add 登记。"


def line(post: Post, person: Person) -> str:
    """Return one post as a line on the console."""
    phone = f"，电话{person.phone}" if person.phone else "，没有登记电话"
    where = f"{post.region}（{post.unit}）" if post.unit else post.region
    return f"{where} {post.day} {KINDS[PostKind(post.kind)]}：{person.name}{phone}，{until([post])}"
