"""What a person on duty says about an incident (值守用语): short phrases, each bound to one incident."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from assistant.events import utc
from assistant.script import simplified

LOCAL = ZoneInfo("Asia/Shanghai")


class Order(StrEnum):
    """A kind of phrase."""

    TAKE = "take"  # 收到 我来处理
    ARRIVED = "arrived"  # 已到场
    CALLED = "called"  # 已报119
    PHONED = "phone"  # 已报县局 14:05 电话
    WROTE = "written"  # 初报已报 14:20
    FOLLOWED_UP = "follow_up"  # 续报已报
    FINISHED = "final"  # 终报已报
    TIME_LEFT = "time_left"  # 还剩多少时间
    FIRST_DRAFT = "first_draft"  # 写初报
    NEXT_DRAFT = "next_draft"  # 写续报
    FINAL_DRAFT = "final_draft"  # 写终报
    FALSE_ALARM = "false_alarm"  # 误报
    HANDLED = "handled"  # 处置结束
    EXEMPT = "exempt"  # 不用上报 原因
    COUNTED = "counted"  # 死亡0 受伤2 失踪1
    MEASURE = "measure"  # 措施 …
    LIST = "list"  # 突发事件


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase as it was understood."""

    order: Order
    number: str
    """Of the incident, empty where none is named."""
    rest: str
    """What stands beside the phrase: to whom, why, what."""
    at: datetime | None
    """The time of day that is named, as the latest moment that has come; None where none is named or it lies ahead."""
    is_ahead: bool = False
    """A time was named that has not come yet."""
    counts: tuple[tuple[str, int], ...] = ()
    """dead, injured, missing, trapped → how many."""


NUMBER = re.compile(r"SJ\d{8}-\d{2,}", re.I)
# 14:05 · 14点5分 · 下午2点半 · 14时 · near miss: 119 3:2
CLOCK = re.compile(
    r"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上)?(?P<hour>[01]?\d|2[0-3])(?:[:：](?P<minute>[0-5]\d)|[点时](?P<spoken>[0-5]?\d分?|半|整)?)"
)
AFTERNOON = frozenset({"下午", "傍晚", "晚上"})
TO = r"(?:县|市|区|州|上级|应急局|应急管理局|县局|县委|县政府|指挥部|林草局|水务局|住建局|交通局|卫健局|派出所)"
END = r"(?:了|啦|的|哈|哦|啊|呢|[。！!.~ ])*"
PATTERNS: tuple[tuple[Order, re.Pattern[str]], ...] = (
    # 写初报 帮我起草初报 · 初报写好了
    (
        Order.FIRST_DRAFT,
        re.compile(
            rf"(?:给我|帮我|帮忙|请|麻烦|你|我要)*(?:写|起草|拟|出|生成|给我)(?:一?份|个|一下)?(?:书面)?的?初报{END}"
        ),
    ),
    (
        Order.NEXT_DRAFT,
        re.compile(
            rf"(?:给我|帮我|帮忙|请|麻烦|你|我要)*(?:写|起草|拟|出|生成|给我)(?:一?份|个|一下)?(?:书面)?的?续报{END}"
        ),
    ),
    (
        Order.FINAL_DRAFT,
        re.compile(
            rf"(?:给我|帮我|帮忙|请|麻烦|你|我要)*(?:写|起草|拟|出|生成|给我)(?:一?份|个|一下)?(?:书面)?的?终报{END}"
        ),
    ),
    # 还剩多少时间 还有多久 时限 · 时间
    (
        Order.TIME_LEFT,
        re.compile(
            rf"(?:上报|报告)?(?:还[剩有](?:多少|多长|几个?)(?:时间|分钟|小时)|还[剩有]多久|时限|倒计时|来得及吗)[？?吗]*{END}"
        ),
    ),
    # 终报已报 14:20 · 已报终报 · near miss: 写终报
    (Order.FINISHED, re.compile(r"(?=.*终报)(?=.*(?:已|报了|发了|交了|送了|报出))(?!.*[写拟起]).*")),
    (Order.FOLLOWED_UP, re.compile(r"(?=.*续报)(?=.*(?:已|报了|发了|交了|送了|报出))(?!.*[写拟起]).*")),
    # 初报已报 14:20 · 已书面报县局 14:30
    (Order.WROTE, re.compile(r"(?=.*(?:初报|书面))(?=.*(?:已|报了|发了|交了|送了|报出))(?!.*[写拟起]).*")),
    # 不用上报 一个烟头已经踩灭
    (Order.EXEMPT, re.compile(r"(?:不用|不需要|无需|不必)(?:再)?(?:上报|报告|报县)(?P<rest>.*)")),
    # 误报 · 误报 是烧荒 · near miss: 误报的怎么处理
    (
        Order.FALSE_ALARM,
        re.compile(
            r"(?:是|属|核实是?|确实是?|经核实)*(?:误报|虚报|假警|虚惊一场|假的)(?!的?怎么|如何|[吗？?])(?P<rest>.*)"
        ),
    ),
    # 已报119 119已经出动 打了120 · near miss: 请打119
    (
        Order.CALLED,
        re.compile(
            r"(?:已经?|我|刚)*(?:报|打|通知|联系|叫)(?:警|了|过)*(?P<rest>(?:1(?:19|20|10|22)|12119|95598|消防|医院|派出所|救护车|公安|、|和|,|，)+).*|(?P<rest2>1(?:19|20|10|22)).{0,3}(?:已|在路上|到了|出动|来了).*"
        ),
    ),
    # 已报县局 14:05 电话 · 14:05已电话报县应急局 · near miss: 报119
    (
        Order.PHONED,
        re.compile(
            rf"(?:{CLOCK.pattern})?.{{0,3}}(?:已经?|刚|我)*(?:电话|口头)?(?:报告?|上报|汇报|打)(?:了|给|到)*(?P<rest>.{{0,8}}{TO}.*)|(?:已经?|我)*(?:电话|口头)(?:报告?|上报|汇报)(?:了|过)?(?P<rest2>.*)"
        ),
    ),
    # 已到场 到现场了 · near miss: 什么时候到场
    (Order.ARRIVED, re.compile(rf"(?:我|我们|人|已经?|都|刚)*(?:到(?:达)?(?:了)?(?:现)?场|到现场|赶到)(?:了)?{END}")),
    # 处置结束 结束 处置完毕
    (
        Order.HANDLED,
        re.compile(
            rf"(?:已经?|现场|应急|险情|火|救援)*(?:处置|处理)?(?:结束|完毕|完成|解除|处置完|处理完)(?:了)?{END}"
        ),
    ),
    # 着火的有几起 今天发生了几起事件 现在什么情况 · 着火了有几个人
    (
        Order.LIST,
        re.compile(
            rf"(?:今天|今晚|现在|目前|当前|全镇|镇上|我们镇|都|一共)*(?:着火|起火|火灾|突发事件|事件|事故|险情|灾情)的?(?:一共|总共|都)?(?:有|报了|发生了?|出了)?(?:几|多少)[起件条个]{END}[？?]?"
            rf"|(?:今天|今晚|现在|目前|全镇)?(?:一共|总共)?(?:有|报了|发生了?|出了)(?:几|多少)[起件条个](?:着火|起火|火灾|突发事件|事件|事故|险情|灾情)的?{END}[？?]?"
            rf"|(?:现在|目前|这会儿)?(?:是)?(?:什么|啥|咋个?|哪样)(?:子)?情况{END}[？?]?|(?:事件|现场)?(?:进展|情况)(?:如何|怎么样|怎样|咋样){END}[？?]?"
        ),
    ),
    (
        Order.LIST,
        re.compile(rf"(?:查看?|看)?(?:未办|在办|当前|我的|有哪些)?(?:突发事件|事件)(?:清单|列表|有哪些)?{END}"),
    ),
    # 措施 已疏散12人 · 采取措施：…
    (Order.MEASURE, re.compile(r"(?:已?采取的?)?(?:措施|现场情况|进展|处置情况)[:： ]*(?P<rest>.+)")),
    # 收到 我来处理 好的我马上去 · near miss: 收到预警, 收到钱没有
    (
        Order.TAKE,
        re.compile(
            rf"(?:好的?|嗯|行|是|ok|[，, ])*(?:收到|我来(?:处理|处置|办|管|跟)?|我接|接了|接警|已接(?:警|报)?|我(?:马上|这就|现在)?(?:就|过)?(?:去|到|处理|处置)|马上(?:处理|处置|去|到)|知道了)"
            rf"(?:[，, ]*(?:我|马上|这就|现在|立即)*(?:处理|处置|去|过去|到|出发|核实|来处理))?{END}",
            re.I,
        ),
    ),
)
COUNTS = re.compile(
    r"(?P<what>死亡|遇难|死|受伤|重伤|轻伤|伤|失踪|失联|被困)(?P<n>\d{1,4})(?:人|个)?|(?P<n2>\d{1,4})(?:人|个)(?P<what2>死亡|遇难|受伤|重伤|轻伤|失踪|失联|被困)"
)
COUNTED_AS = {
    "死亡": "dead", "遇难": "dead", "死": "dead", "受伤": "injured", "重伤": "injured", "轻伤": "injured", "伤": "injured",
    "失踪": "missing", "失联": "missing", "被困": "trapped",
}  # fmt: skip


def read_order(text: str, now: datetime) -> Said | None:
    """Return the phrase that a whole message is, None where it is something else: a new emergency, a question."""
    words = simplified(text).strip()
    named = NUMBER.search(words)
    number = named.group().upper() if named else ""
    bare = NUMBER.sub("", words).strip(" ，,。：:\n")
    counts = _counts(bare)
    if counts and re.fullmatch(r"(?:伤亡|人员|目前|现在|[：:，,、 ])*", COUNTS.sub("", bare)):
        return Said(Order.COUNTED, number, bare, None, counts=counts)
    at, is_ahead = read_time(bare, now)
    for order, pattern in PATTERNS:
        found = pattern.fullmatch(bare)
        if found:
            rest = next((found[name] for name in ("rest", "rest2") if name in found.groupdict() and found[name]), "")
            return Said(order, number, _tidy(order, rest), at, is_ahead, counts)
    return Said(Order.MEASURE, number, bare, at, is_ahead, counts) if number and len(bare) > 1 else None


def _tidy(order: Order, rest: str) -> str:
    """Return to whom or why, without the time and manner, which are recorded by themselves."""
    if order is Order.PHONED:
        rest = re.sub(r"电话|口头|了$", "", CLOCK.sub("", rest))
    return rest.strip(" ，,。：:")


def _counts(text: str) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for one in COUNTS.finditer(text):
        name = COUNTED_AS[one["what"] or one["what2"]]
        found[name] = found.get(name, 0) + int(one["n"] or one["n2"])
    return tuple(found.items())


def read_time(text: str, now: datetime) -> tuple[datetime | None, bool]:
    """Return the moment that a time of day means: today, or yesterday where it is late in the day and now is early.

    The second value says that the time lies ahead: such a time is never recorded.
    """
    found = CLOCK.search(text)
    if not found:
        return None, False
    hour, minute = int(found["hour"]), _minute(found)
    if found["part"] in AFTERNOON and hour < 12:
        hour += 12
    local = utc(now).astimezone(LOCAL)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if moment <= local:
        return utc(moment), False
    is_last_night = local.hour < 6 and hour >= 18
    return (utc(moment - timedelta(days=1)), False) if is_last_night else (None, True)


def _minute(found: re.Match[str]) -> int:
    spoken: str = found["minute"] or found["spoken"] or "0"
    return {"半": 30, "整": 0}[spoken] if spoken in "半整" else int(spoken.rstrip("分"))
