"""What the staff say of drills and rounds (演练、巡查), by rule: an order, or nothing."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.clauses.numerals import to_int
from assistant.script import simplified

NUMBER = r"LZ\d{8}-\d{2,5}"
NUMBERED = re.compile(rf"^(?:看看?|查|第)?[ ]?(?P<number>{NUMBER})[ ：:，,]*|[ ，,]*(?P<last>{NUMBER})[ 。]*$")
DIGITS = r"[\d一二两三四五六七八九十百零]{1,6}"
# 来了43个人 43人参加 一共三十二个村民 · near miss: 三组的人 5月12日
PEOPLE = re.compile(rf"(?P<count>{DIGITS})来?多?(?:个|名|位)?(?:人|群众|村民|老乡|同志|学生)(?!员|组|次)")
ACT = r"(?:搞|做|办|弄|开展|组织|进行|举行|练|完成|结束)"
PLAN = re.compile(
    r"^(?:(?:我们?|村里)?(?:要|准备|打算|计划))?安排(?:一次|一下|一场|了)?(?P<before>[^，。？?\s]{0,12}?)(?P<word>演练|培训|轮训|巡查|检查)[ ，,：:]*(?P<rest>.*)$"
)
PLAN_ITEM = re.compile(r"^(?:改期|改到|安排)[在到于 ]*(?P<rest>.+)$")
# 演练搞完了 山洪演练已经结束了 搞完演练了 演练完了
DONE = re.compile(
    rf"(?:演练|培训|轮训)(?:都|也|已经?|刚刚?|今天|昨天|顺利)*{ACT}?(?:完|好|过|成|结束)?毕?了(?!吗|没|么|解)|{ACT}(?:完|好|过)了?[^，。？?]{{0,8}}(?:演练|培训|轮训)"
)
DONE_ITEM = re.compile(rf"^(?:都|已经?)?{ACT}?(?:完|好|过|成|结束)毕?了")
# 巡查了，没问题 今天巡查过了 巡查完了没发现啥
ROUND = re.compile(r"(?:巡查|巡护|巡河|巡堤|排查|检查)(?:隐患点|河道|了一圈|了一遍)?(?:完|过|好)?了")
NOTHING_FOUND = re.compile(
    r"没(?:有|得)?(?:发现|看到|看见)?(?:什么|啥|任何|么子)?(?:问题|异常|隐患|情况|事)|没(?:有)?发现|一切正常|(?:都|全部?|均)(?:正常|好的|没事)|无异常|正常$"
)
FOUND = re.compile(
    r"(?:演练|巡查|巡护|巡河|排查|检查)[^，。？?]{0,6}?(?:中|时|过程中|了)?[，, ]*(?:发现|看到)了?(?P<what>[^？?]{3,200})$"
)
NAMED_DRILL = re.compile(
    rf"[^，,。；！!\s]{{0,12}}(?:演练|培训|轮训){ACT}?(?:完|好|过|成|结束)?毕?了?|{ACT}(?:完|好|过)了?[^，,。；！!]{{0,12}}(?:演练|培训|轮训)"
)
ARRIVED = re.compile(r"(?:一共|总共|共|全部|都)?(?:来|到|参加|参演|到场)(?:了)?")
CHECK = re.compile(
    r"^(?:演练)?(?:检查)?(?P<bad>不)?合格(?:了)?(?:[，, ：:]+(?:因为|原因)?[：: ]*(?P<reason>.{1,200}))?$"
)
WAIVE = re.compile(r"^(?:免办|免做|不用办|不用做)(?:了)?(?:[，, ：:]+(?:因为|原因)?[：: ]*(?P<reason>.{1,200}))?$")
COVERAGE = re.compile(
    r"^(?:看看?|查一?下?)?(?:今年|去年|前年|20\d\d年|全[镇乡县区村]|我们?[村镇]|各村)*的?(?:演练|履职|巡查)(?:情况|统计|进度|完成情况)(?:怎么?样|咋样|如何)?[？?]?$"
)
WITHOUT = re.compile(
    r"^(?:今年|去年|前年|20\d\d年|现在)?(?:还有)?(?:哪些|哪几个|哪个|几个|多少个?)(?:村|社区)(?:今年)?(?:还)?(?:没有?|未)(?:搞|做|办|开展|组织)?(?:过)?演练(?:过)?[？?]?$"
)
LIST = re.compile(
    r"^(?:看看?|查一?下?)?(?:还没办的?|待办的?|要办的|没办的?)?(?:演练|履职)(?:清单|安排|日程|计划)[？?]?$"
)
ASKING = re.compile(r"[？?]|吗[。！]*$|(?:没有?|不)$|怎么|多久|几次|为什么|是不是|要不要|应该|哪")


def year_in(text: str, this_year: int) -> int:
    """Return the year that words name, else this one: 去年演练情况."""
    named = re.search(r"(20\d\d)年", text)
    back = next((years for word, years in (("去年", 1), ("前年", 2)) if word in text), 0)
    return int(named[1]) if named else this_year - back


class Wish(StrEnum):
    """What is wanted."""

    PLAN = "plan"
    DONE = "done"
    ROUND = "round"
    FOUND = "found"
    CHECK = "check"
    WAIVE = "waive"
    SHOW = "show"
    COVERAGE = "coverage"
    WITHOUT = "without"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Order:
    """One wish, with what it says."""

    wish: Wish
    said: str
    """The whole message; for PLAN and FOUND what is planned or was found."""
    number: str = ""
    """Of the item, where it was named."""
    people: int | None = None
    is_good: bool = True
    reason: str = ""


def read_order(text: str) -> Order | None:
    """Return what somebody wants; None where it is none of this."""
    said = simplified(text).strip().rstrip("。！!")
    found = NUMBERED.search(said)
    number = (found["number"] or found["last"]) if found else ""
    rest = NUMBERED.sub("", said, count=1).strip() if found else said
    order = _of_item(rest) if number else _asked(rest) or _told(rest)
    return None if order is None else replace(order, number=number)


def beside(text: str) -> str:
    """Return what a message says beside the drill itself: 山洪演练搞完了，来了43人 tells of no flood."""
    said = simplified(text)
    for pattern in (NAMED_DRILL, PEOPLE, DONE_ITEM, ARRIVED):
        said = pattern.sub(" ", said)
    return said.strip(" ，,。")


def people_in(text: str) -> int | None:
    """Return how many people a message counts, None for none."""
    found = PEOPLE.search(simplified(text))
    return to_int(found["count"]) if found else None


def _of_item(rest: str) -> Order | None:
    """Return what is wanted of an item that was named; its number alone wants to see it."""
    if not rest:
        return Order(Wish.SHOW, rest)
    if found := PLAN_ITEM.match(rest):
        return Order(Wish.PLAN, found["rest"])
    if DONE_ITEM.match(rest) and not ASKING.search(rest):
        return Order(Wish.DONE, rest, people=people_in(rest))
    return _decided(rest) or _told(rest)


def _asked(rest: str) -> Order | None:
    for wish, pattern in ((Wish.COVERAGE, COVERAGE), (Wish.WITHOUT, WITHOUT), (Wish.LIST, LIST)):
        if pattern.match(rest):
            return Order(wish, rest)
    return None


def _told(rest: str) -> Order | None:
    if found := PLAN.match(rest):
        return Order(Wish.PLAN, f"{found['before']}{found['word']} {found['rest']}")
    if ASKING.search(rest):
        return None
    if (found := FOUND.search(rest)) and not NOTHING_FOUND.search(rest):
        return Order(Wish.FOUND, found["what"], reason=rest)
    if ROUND.search(rest) and NOTHING_FOUND.search(rest):
        return Order(Wish.ROUND, rest)
    if DONE.search(rest):
        return Order(Wish.DONE, rest, people=people_in(rest))
    return _decided(rest) if rest.startswith("演练") else None


def _decided(rest: str) -> Order | None:
    if found := CHECK.match(rest):
        return Order(Wish.CHECK, rest, is_good=not found["bad"], reason=found["reason"] or "")
    if found := WAIVE.match(rest):
        return Order(Wish.WAIVE, rest, reason=found["reason"] or "")
    return None


def bare_check(text: str) -> Order | None:
    """Read 合格 or 不合格 没有签到表 without any name: meant for a drill only where one waits and nothing else does."""
    found = CHECK.match(simplified(text).strip().rstrip("。！!"))
    return Order(Wish.CHECK, text, is_good=not found["bad"], reason=found["reason"] or "") if found else None
