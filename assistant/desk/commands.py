"""What a message asks of the desk besides an answer: help, region, role, source, plain words, a person, the clause beside."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.answers import Asker


class Wish(StrEnum):
    """A kind of message that is not a question about the documents."""

    HELP = "help"
    MENU = "menu"  # 菜单
    WELCOME = "welcome"  # 这里可以反映事情吗
    REPORT = "report"  # 报隐患
    STATUS = "status"  # 查进度
    CANCEL = "cancel"  # 取消
    UNKNOWN = "unknown"  # a command that there is not
    REGION = "region"
    ASKER = "asker"
    DOCUMENTS = "documents"
    SOURCE = "source"
    WHOLE = "whole"
    EXPLAIN = "explain"
    NEXT = "next"
    BEFORE = "before"
    THANKS = "thanks"
    UNFIT = "unfit"  # 没答到
    HAND_OVER = "hand_over"  # 转人工


@dataclass(frozen=True, slots=True)
class Command:
    """A wish, with the place or role that it names."""

    wish: Wish
    value: str = ""


ROLES = {
    "村民": Asker.VILLAGER,
    "群众": Asker.VILLAGER,
    "居民": Asker.VILLAGER,
    "干部": Asker.CADRE,
    "工作人员": Asker.CADRE,
    "教员": Asker.TRAINER,
    "培训老师": Asker.TRAINER,
}
ENDING = r"[了啊呀嘛哦吧啦噶嘞么吗的]{0,2}"
PLAINLY = re.compile(
    r"(?![你您](?:根本|都|还是?)?没)(?:请|麻烦)?[你您]?(?:能不能|可不可以|可以|能)?再?(?:[给跟]我)?(?:"
    r"[说讲][点句]?(?:人话|大?白话)"
    r"|[说讲]?[得的]?(?:简单|通俗|明白|直白)(?:一?点儿?|一?些)[说讲]?|通俗解释"
    r"|(?:这一?条|这句话?|上面)?(?:[给跟]我)?解释(?:一下|一哈|解释)?(?:这一?条|这句话?)?"
    r"|(?:这一?条|这句话?|这话|这|那|上面说的|说的)?是?(?:什么|啥子?|哪样)意思"
    r"|我?(?:还是)?(?:[听看搞弄]?不太?(?:懂|明白)|没太?[听看搞弄](?:懂|明白))(?:这一?条|这句话?)?"
    r")(?:[吗嘛啊呀呢吧了噶]|行吗|行不行|可以吗|好吗)*"
)
"""说人话 · 这条什么意思 · near miss: 红色预警什么意思, 听懂了, 你没听懂"""
PATTERNS: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    # 帮助 · 怎么帮助受灾群众
    (Wish.HELP, re.compile(r"(?:/?help|/?帮助|怎么用|你会(?:什么|干啥|做什么))")),
    # 菜单 · 菜单在哪儿改
    (
        Wish.MENU,
        re.compile(
            r"/?(?:主?菜单|menu|start|功能|选项)|(?:你们?好|您好|在吗|在不在|喂+|哈喽|有人吗|嗨|hi|hello)(?:啊|呀)?",
            re.I,
        ),
    ),
    # 请问这里可以反映事情吗 · 可以反映给谁
    (
        Wish.WELCOME,
        re.compile(
            r"(?:请问|我想问)?.{0,4}(?:这里|这儿|这边|你们?这?|这个号)?.{0,2}(?:可以|能不能|能|可不可以|收不收|管不管)(?:在这里)?(?:反映|报|说|举报|上报|投诉)(?:一下|点|个)?(?:事情?|情况|问题|隐患|困难)?(?:吗|么|不|吧|嘛)[？?。，, ]?.{0,24}"
        ),
    ),
    # 报隐患 /report 攀枝花乡… · 报隐患要找谁
    (
        Wish.REPORT,
        re.compile(
            r"/report(?:@\w+)?\s*(?P<value>[\s\S]*)|(?:我?要?|想)?(?:上?报|反映|举报|登记)(?:个|一个|一?下)?(?:隐患|情况|问题|险情)"
        ),
    ),
    (
        Wish.STATUS,
        re.compile(
            r"/status(?:@\w+)?|(?:我?要?)?查(?:询|一?下|看)?(?:我的?)?(?:进度|进展|结果|办到哪(?:里|一步)了?)|我的(?:上报|报告|隐患|记录)"
        ),
    ),
    (Wish.CANCEL, re.compile(r"/?cancel(?:@\w+)?|/?取消|/?退出|/?结束填报")),
    # 地区 云南省 / 我在云南省 · 我在山上看见
    (Wish.REGION, re.compile(r"(?:/?region|地区|切换地区|换地区|我(?:们)?(?:在|是))[:： ]*(?P<value>\S+?)(?:的)?")),
    (Wish.ASKER, re.compile(rf"(?:身份[:： ]*|我是(?:一名|个)?)?(?P<value>{'|'.join(ROLES)})")),
    (Wish.DOCUMENTS, re.compile(r"(?:有哪些文件|文件目录|文件清单|/documents|都有(?:什么|哪些)文件)")),
    (
        Wish.SOURCE,
        re.compile(
            r"(?:原文)?(?:出处|来源)(?:是(?:什么|哪里|哪儿))?|(?:这(?:是)?)?(?:在)?哪个文件(?:里)?(?:写的|说的|规定的)?|哪里写的|哪儿写的"
        ),
    ),
    (Wish.WHOLE, re.compile(r"(?:看|给我)?(?:这一?条)?(?:的)?(?:全文|原文|整条|完整的)(?:给我)?(?:看看|呢)?")),
    (Wish.EXPLAIN, PLAINLY),
    (Wish.NEXT, re.compile(r"(?:看|那)?(?:下一条|后一条|下面一条|下条)(?:呢|是什么|说什么|讲什么)?")),
    (Wish.BEFORE, re.compile(r"(?:看|那)?(?:上一条|前一条|上面一条|上条)(?:呢|是什么|说什么|讲什么)?")),
    # 好的谢谢 知道了 · 谢谢您的话往哪写 懂了没有
    (
        Wish.THANKS,
        re.compile(
            r"(?:(?:好+的?|嗯+|哦+|行了?|可以了?|ok|知道了?|明白了?|晓得了?|懂了|清楚了|没事了|没有了|谢谢|多谢|谢了|感谢|辛苦|麻烦|再见|拜拜)"
            r"(?:你|您|啦|了|啊|哈|哦|噢|呀|嘛|哟|的|[，,。！!~ ])*)+",
            re.I,
        ),
    ),
    # 答非所问 · 不对外开放吗 没用完的款怎么办 不是这个镇的人
    (
        Wish.UNFIT,
        re.compile(
            rf"(?:你|您|这个?|这些|都|还是|完全|根本|回答|答案|答复|答得?|说得?|[，, ]){{0,4}}"
            rf"(?:不对(?:头|题)?|错|答错|搞错|弄错|理解错|不准确|不相关|答非所问|文不对题|答不对题|牛头不对马嘴|驴唇不对马嘴"
            rf"|没有?(?:答|回答)(?:到|上|对|着|我)?(?:点子上|点上|我?的?问题)?|没[得有]?用|没(?:得|有)?帮助"
            rf"|没有?[听搞弄]?[懂明](?:白)?我?(?:的)?(?:话|意思|问题)?|跑题|答偏|答歪|不沾边|不搭边|瞎说|乱说"
            rf"|我?不是(?:我)?(?:要|想)?问(?:的)?(?:是)?(?:这个|这些|这)|(?:我)?(?:要|想)?问的(?:可)?不是(?:这个|这些|这)"
            rf"|不是我(?:要|想)?问){ENDING}"
        ),
    ),
    # 转人工 找值班的 · 值班的人要签字吗 找人帮忙搬东西
    (
        Wish.HAND_OVER,
        re.compile(
            rf"(?:/?人工(?:客服|服务)?|(?:我?(?:要|想)|请|帮我|给我|怎么|可以|能|能不能)?(?:转|找|接|问|联系)(?:一?下|个|给|到)?"
            rf"(?:人工(?:客服|服务)?|真人|活人|(?:镇|乡)?值班(?:室|台|员|人员|干部|同志|的人?)?|客服)"
            rf"|(?:我?(?:要|想)|帮我)?(?:找个?|问)人(?:问问?|问一问|问一下|来答|回答)?){ENDING}"
        ),
    ),
)
PUNCTUATION = "。？！?!,，. ~～…　\t\n"


def read_command(text: str, regions: list[str]) -> Command | None:
    """Return the command that a whole message is, None for a question.

    regions: the known places; 我在… is a command only where it names one of them.
    """
    asked = text.strip(PUNCTUATION)
    if asked.startswith("/") and not any(pattern.fullmatch(asked) for _, pattern in PATTERNS):
        return Command(Wish.UNKNOWN, asked.split()[0])
    for wish, pattern in PATTERNS:
        found = pattern.fullmatch(asked)
        if not found:
            continue
        value = found.groupdict().get("value") or ""
        if wish is Wish.REGION:
            region = find_region(value, regions)
            if region is None and not asked.startswith(("地区", "/", "切换", "region", "换")):
                continue
            return Command(wish, value if region is None else region)
        return Command(wish, ROLES[value].value if wish is Wish.ASKER else value)
    return None


def find_region(name: str, regions: list[str]) -> str | None:
    """Return the known place that a name means (云南, 云南省, 示例镇上河村), the highest one where several fit."""
    folded = name.replace("/", "")
    if not folded:
        return None
    exact = [region for region in regions if region.replace("/", "") == folded]
    ending = [region for region in regions if region.replace("/", "").endswith(folded)]
    starting = [region for region in regions if region.rsplit("/", 1)[-1].startswith(folded) and len(folded) > 1]
    return min([*exact, *ending, *starting], key=lambda region: region.count("/"), default=None)
