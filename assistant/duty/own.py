"""What is asked about one person's shifts (我这个月值几天, 明天谁跟我一班): whose, and whether who else is on is wanted."""

import re
from dataclasses import dataclass

from assistant.script import simplified

SPAN = "＃"
"""Stands for the days that a text names, once they have been read."""
LONGEST = 30
WHOSE = r"(?P<who>我|俺|咱|本人|[\u4e00-\u9fff]{2,4}?)"
VERB = r"(?:值班|值|带班|带|排班|排|上班|轮)"
MANY = r"(?:几|多少)(?:天|个|次|回|趟|晚|夜)"
WHEN = r"(?:什么时候|啥时候|哪一?天|哪几天|几号|哪几号|多会儿|何时|几时)"
END = r"(?:的)?(?:班)?(?:了)?[呢吗呀啊嘛吧，,。？?]*"
AGAIN = r"(?:还|一共|总共|共|都|又|下次|下一次|下回|最近|再)*(?:有|要|得|该|轮到)?"
OWN = tuple(
    re.compile(one)
    for one in (
        # 我这个月值几天 孙示例这个月带几天班 · 值班几天休一天 我这个月工资几天发
        rf"{SPAN}?{WHOSE}{SPAN}?{AGAIN}{VERB}(?:了)?{MANY}{END}",
        rf"{SPAN}?{WHOSE}(?:的)?{SPAN}?{AGAIN}{MANY}班[呢吗呀啊嘛吧，,。？?]*",
        # 我什么时候值班 冯示例哪天值班 我下次值班是哪天 国庆我值哪几天
        rf"{SPAN}?{WHOSE}{SPAN}?{AGAIN}{WHEN}{AGAIN}{VERB}{END}",
        rf"{SPAN}?{WHOSE}{SPAN}?{AGAIN}{VERB}(?:的)?(?:班)?(?:是|在)?(?:的是)?{WHEN}{END}",
        # 今天我值班不 我明天要不要值班 我周五有班吗 · 我值班
        rf"{SPAN}?{WHOSE}{SPAN}?(?:是不是|要不要|用不用|该不该|要|得|该)?(?:值不值班|{VERB}(?:不|吗|么|没|没有|嘛)|有没有班|有班(?:吗|么|没)){END}",
        rf"{SPAN}?{WHOSE}{SPAN}?(?:是不是|要不要|用不用|该不该)(?:我)?{VERB}{END}",
    )
)
# 明天谁跟我一班 我明天跟谁一起值 跟我一班的是谁 · 谁跟我换班
BESIDE = tuple(
    re.compile(one)
    for one in (
        rf"{SPAN}?(?:都)?(?:有)?(?:谁|哪个|哪位|哪些人|哪几个)(?:跟|和|与|陪|同){SPAN}?我{SPAN}?(?:在)?(?:一起|一块儿?|同)?(?:一班|一个班|个班|同班|值班|值|搭班|搭档|当班){END}",
        rf"{SPAN}?我{SPAN}?(?:跟|和|与|同)(?:谁|哪个|哪位|哪些人|哪几个)(?:在)?(?:一起|一块儿?|同)?(?:一班|一个班|个班|同班|值班|值|搭班|搭档|当班){END}",
        rf"{SPAN}?(?:跟|和|与)我{SPAN}?(?:一起|一块儿?|同)?(?:一班|一个班|同班|值班|值|搭班|搭档|当班)的?(?:人)?(?:都)?(?:有)?(?:是)?(?:谁|哪个|哪位|哪些人|哪几个)?{END}",
    )
)
SELF = frozenset({"我", "俺", "咱", "本人"})


@dataclass(frozen=True, slots=True)
class OwnAsked:
    """A question about the shifts of one person."""

    name: str = ""
    """Empty for who asks."""
    is_beside: bool = False
    """Who else is on is asked."""


def read_own(text: str, days: str) -> OwnAsked | None:
    """Return whose shifts a message asks for, None where it asks something else; days: its words for days."""
    said = "".join(simplified(text).split())
    said = said.replace(days, SPAN, 1) if days else said
    said = re.sub(r"^(?:请问|麻烦|帮我|查一?下|看一?下|那)[，,]?", "", said)
    if len(said) > LONGEST:
        return None
    if any(one.fullmatch(said) for one in BESIDE):
        return OwnAsked(is_beside=True)
    found = next((match for one in OWN if (match := one.fullmatch(said))), None)
    if found is None:
        return None
    return OwnAsked("" if found["who"] in SELF else found["who"])
