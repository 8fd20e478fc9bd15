"""What a message asks of the desk besides an answer: help, region, role, source, whole text, plain words, the clause beside."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.answers import Asker


class Wish(StrEnum):
    """A kind of message that is not a question about the documents."""

    HELP = "help"
    REGION = "region"
    ASKER = "asker"
    DOCUMENTS = "documents"
    SOURCE = "source"
    WHOLE = "whole"
    EXPLAIN = "explain"
    NEXT = "next"
    BEFORE = "before"


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
PLAINLY = re.compile(
    r"(?:请|麻烦)?[你您]?(?:能不能|可不可以|可以|能)?再?(?:[给跟]我)?(?:"
    r"[说讲][点句]?(?:人话|大?白话)"
    r"|[说讲]?[得的]?(?:简单|通俗|明白|直白)(?:一?点儿?|一?些)[说讲]?|通俗解释"
    r"|(?:这一?条|这句话?|上面)?(?:[给跟]我)?解释(?:一下|一哈|解释)?(?:这一?条|这句话?)?"
    r"|(?:这一?条|这句话?|这话|这|那|上面说的|说的)?是?(?:什么|啥子?|哪样)意思"
    r"|我?(?:还是)?(?:[听看搞弄]?不太?(?:懂|明白)|没太?[听看搞弄](?:懂|明白))(?:这一?条|这句话?)?"
    r")(?:[吗嘛啊呀呢吧了噶]|行吗|行不行|可以吗|好吗)*"
)
"""说人话 · 这条什么意思 · near miss: 红色预警什么意思, 听懂了"""
PATTERNS: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    # 帮助 · 怎么帮助受灾群众
    (Wish.HELP, re.compile(r"(?:/?help|/?start|/?帮助|菜单|怎么用|你好|您好|在吗|功能|你会(?:什么|干啥|做什么))")),
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
)
PUNCTUATION = "。？！?!,，. ~～…　\t\n"


def read_command(text: str, regions: list[str]) -> Command | None:
    """Return the command that a whole message is, None for a question.

    regions: the known places; 我在… is a command only where it names one of them.
    """
    asked = text.strip(PUNCTUATION)
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
