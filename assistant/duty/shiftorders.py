"""What people on duty say about their shift (接班、交班、换班、查岗): whole messages only; a question is none of it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.script import simplified


class ShiftOrder(StrEnum):
    """What is asked for."""

    TAKE = "take"  # 接班
    ARRIVED = "arrived"  # 到岗
    CONFIRM = "confirm"  # 确认接班
    DRAFT = "draft"  # 交班
    SIGN = "sign"  # 确认交班
    NOTE = "note"  # 记一下
    STRIKE = "strike"  # 删记
    WEATHER = "weather"  # 天气
    EQUIPMENT = "equipment"  # 装备
    READ = "read"  # 收到
    SWAP = "swap"  # 换班
    AGREE = "agree"  # 同意换班
    DECLINE = "decline"  # 不同意换班
    WITHDRAW = "withdraw"  # 撤回换班
    SWAPS = "swaps"  # 换班情况
    CHECK = "check"  # 查岗
    CHECKS = "checks"  # 查岗情况
    CODE = "code"  # 4831


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order with what was said to it."""

    order: ShiftOrder
    rest: str = ""
    """What is noted, the name of whom one swaps with, the number of a swap or remark, the code."""
    days: str = ""
    """Words in which the days of a swap stand."""


END = r"[了啦吧哈呀啊。！!，, ]*"
NUMBER = r"[：:，, ]*(?P<rest>HB\d{8}-?\d{2,4})?"
DAY = r"[\d一二三四五六七八九十月大今明后下周星期礼拜号日天末上晚个的\-、和跟]"
PATTERNS: tuple[tuple[ShiftOrder, re.Pattern[str]], ...] = (
    # 接班 我来接班了 · 谁来接班 什么时候接班 接班要注意什么
    (ShiftOrder.TAKE, re.compile(rf"(?:我(?:已经?|来|现在)?)?(?:已经?)?接班(?:报到|打卡)?{END}")),
    # 到岗 我已经到岗了 · 不在岗 到岗率
    (ShiftOrder.ARRIVED, re.compile(rf"(?:我(?:人)?)?(?:已经?)?(?:到岗|上岗|到值班室|在岗){END}")),
    (ShiftOrder.CONFIRM, re.compile(rf"(?:我)?(?:已)?(?:确认接班|接班确认|确认交接){END}")),
    # 交班 我要交班了 · 几点交班 交班制度
    (
        ShiftOrder.DRAFT,
        re.compile(rf"(?:我)?(?:要|准备|来|可以)?(?:交班|写交接单|看交接单|交接单|交接班?){END}"),
    ),
    (ShiftOrder.SIGN, re.compile(rf"(?:我)?(?:已)?(?:确认交班|交班确认|签交接单){END}")),
    # 记一下 发电机试机正常 · 记一下 YH20260701-01 已封路 (a note on a case)
    (
        ShiftOrder.NOTE,
        re.compile(r"(?:记一[下笔]|值班记录|记值班|交接补充)[：:，, ]+(?P<rest>(?!.*(?:YH|SJ)\d{8})[\s\S]+)", re.I),
    ),
    (ShiftOrder.STRIKE, re.compile(rf"(?:删记|删掉?第?)(?P<rest>\d{{1,2}})(?:条)?{END}")),
    # 天气：夜里有中雨 · 天气怎么样
    (ShiftOrder.WEATHER, re.compile(r"(?:值班)?天气[：:](?P<rest>[\s\S]+)")),
    # 装备：发电机1台，对讲机6部，都能用 · 装备怎么领
    (ShiftOrder.EQUIPMENT, re.compile(r"(?:值班)?(?:装备物资|物资装备|装备|物资)[：:](?P<rest>[\s\S]+)")),
    (ShiftOrder.READ, re.compile(rf"(?:收到|知道|晓得|好的|明白){END}(?:谢谢)?{END}")),
    # 同意换班 我来替 HB20260701-01 · 换班要谁同意
    (
        ShiftOrder.AGREE,
        re.compile(rf"(?:我)?(?:同意(?:换班|换|替班)|我?(?:可以|愿意|来)(?:替班|替|顶班|换班)){NUMBER}{END}"),
    ),
    (ShiftOrder.DECLINE, re.compile(rf"(?:我)?(?:不同意|不能|没法|不愿意)(?:换班|换|替班|替){NUMBER}{END}")),
    (ShiftOrder.WITHDRAW, re.compile(rf"(?:撤回换班|取消换班|(?:我)?不换班?了|换班不换了){NUMBER}{END}")),
    (ShiftOrder.SWAPS, re.compile(r"换班(?:情况|记录|进度)[？?。]*")),
    # 我想跟张三换5号的班 我5号的班跟张三8号的班换
    (
        ShiftOrder.SWAP,
        re.compile(
            rf"(?:我)?(?:想|要|能不能|可以|申请)?(?:跟|和|与|找)(?P<rest>[\u4e00-\u9fff]{{2,4}}?)(?:换|调)(?:一下|个)?(?P<days>{DAY}{{1,20}}?)的?(?:值)?班{END}"
        ),
    ),
    (
        ShiftOrder.SWAP,
        re.compile(
            rf"(?:我)?(?:想|要|申请)?(?:用|拿|把)?我?(?P<days>{DAY}{{1,12}}?的?班(?:跟|和|与|换)(?P<rest>[\u4e00-\u9fff]{{2,4}}?)(?:的)?{DAY}{{1,12}}?的?班)(?:换|对换|调)?(?:一?下)?{END}"
        ),
    ),
    # 周五的班谁能替我 · 今晚的班谁值
    (
        ShiftOrder.SWAP,
        re.compile(
            rf"(?:我)?(?P<days>{DAY}{{1,12}}?)的?(?:值)?班(?:有没有|有)?(?:谁|哪个|哪位|人)(?:能|可以|来)?(?:替|顶|帮)(?:我|一下|下)?{END}[？?吗]*"
        ),
    ),
    (ShiftOrder.CHECKS, re.compile(r"(?:查岗|抽查)(?:情况|记录|结果|报告)[？?。]*")),
    (ShiftOrder.CHECK, re.compile(rf"(?:现在|马上)?(?:查岗|查一?下岗|抽查(?:值班|在岗)){END}")),
    (ShiftOrder.CODE, re.compile(r"(?P<rest>\d{4})[。. ]*")),
)


def read_order(text: str) -> Ordered | None:
    """Return what a whole message orders about a shift, None where it is something else."""
    said = simplified(text).strip()
    for order, pattern in PATTERNS:
        found = pattern.fullmatch(said)
        if found is not None:
            groups = found.groupdict()
            return Ordered(order, (groups.get("rest") or "").strip(), (groups.get("days") or "").strip())
    return None
