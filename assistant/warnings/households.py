"""What a grid worker says of the households (到户到人), in his own words."""

import re
from dataclasses import dataclass

from assistant.clauses.numerals import to_int

NUMBER = r"(?P<{name}>\d{{1,4}}|[一二两三四五六七八九十百]{{1,6}})"
UNIT = r"(?:多)?[家户]"
# 十一家喊到十家 11户通知了9户 一共十一户 都喊到了 · 老李家 三组
TOLD = re.compile(
    rf"{NUMBER.format(name='total')}{UNIT}[^\d一二两三四五六七八九十]{{0,8}}?(?:喊|叫|通知|走|敲|转|撤|搬|说|打|联系|到)[^\d一二两三四五六七八九十]{{0,4}}{NUMBER.format(name='done')}{UNIT}"
)
TOTAL = re.compile(rf"(?:那|一共|总共|全部|共|有|这)?{NUMBER.format(name='total')}{UNIT}")
ALL = re.compile(r"(?:全部?|都|挨家)(?:已经?)?(?:喊|叫|通知|走|敲|转|撤|搬|说|打|联系)(?:到|完|遍|好|了|过)")
# 马老三家门锁着 老周家电话关机 · 门锁着
NOT_REACHED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,4}?)家?(?P<why>(?:大?门|院门)(?:是)?锁[着起了]|没得?人|人不在|不在家|电话(?:关机|打不通|没人接|没接)|联系不[上到]|喊不[应到]|敲门?不[应开]|关机|打不通|不肯走|不愿意?走)"
)
# 马老三找到了 老周家喊到了
FOUND = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,4}?)家?(?:也|已经|刚才|又|都)?(?:找|喊|叫|联系|通知|劝|接)(?:到|着|上|通|走|动)(?:了|咯|啦)"
)
PRONOUNS = re.compile(r"^(?:还有|就是|只有|就|那个|那|有|的)+")
NOBODY = frozenset("都 全 全部 电话 手机 大门 院门 家 户 组 他 她 人 也 喊 叫".split())
REST = re.compile(r"剩|其余|其他|另外|最后|那[一二两三四五六七八九十\d]+[家户]")
"""剩下的三家也喊到了: a part, not the whole."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Households as one message tells of them; None where it does not say."""

    total: int | None = None
    reached: int | None = None
    missing: tuple[tuple[str, str], ...] = ()
    """Name and reason."""
    found: tuple[str, ...] = ()
    is_all: bool = False

    @property
    def says_something(self) -> bool:
        """Whether the message is about households at all."""
        return self.is_all or bool(self.total or self.missing or self.found)


def progress(text: str) -> Progress:
    """Return what a message says of the households."""
    told = TOLD.search(text)
    is_rest = REST.search(text) is not None
    total = told or (None if is_rest else TOTAL.search(text))
    return Progress(
        total=to_int(total["total"].replace("两", "二")) if total else None,
        reached=to_int(told["done"].replace("两", "二")) if told else None,
        missing=tuple((name, why) for name, why in _named(NOT_REACHED, text, "why") if name not in NOBODY),
        found=tuple(name for name, _ in _named(FOUND, text, "name") if name not in NOBODY and not REST.search(name)),
        is_all=bool(ALL.search(text)) or (is_rest and bool(FOUND.search(text))),
    )


def _named(pattern: re.Pattern[str], text: str, group: str) -> list[tuple[str, str]]:
    return [(PRONOUNS.sub("", found["name"]), found[group]) for found in pattern.finditer(text)]
