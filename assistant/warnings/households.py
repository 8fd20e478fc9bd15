"""What a grid worker says of the households (到户到人), in his own words."""

import re
from dataclasses import dataclass

from assistant.clauses.numerals import to_int
from assistant.script import simplified
from assistant.warnings.naming import APART, BEFORE_NAME, DIGITS, HOUSES, LONGEST, NAME, NAMES, is_person, names_in

# 三家 · 马老三家
NUMBER = rf"(?<![{BEFORE_NAME}])(?<![{BEFORE_NAME}][{DIGITS}])(?:\d{{1,4}}|[{DIGITS}]{{1,6}})"
UNIT = rf"多?{HOUSES}"
VERB = r"(?:喊|叫|通知|走|敲|转移|转|撤离|撤|搬|说|讲|打|联系|问|跑|找|劝|接|告诉|告知)"
REACHED = r"(?:到位|到|完|遍|好|通|着|上|开|动|走|出来|过)"
NOT = r"(?:还|都|也|就)?(?:没有?|未|冇)"
# 十一家喊到十家 11户通知了9户 一共十一户，已经敲开十户 · 十一家没喊到两家 喊到三组
TOLD = re.compile(
    rf"(?P<total>{NUMBER}){UNIT}[^\d{DIGITS}没未]{{0,8}}?(?:{VERB}|到)[^\d{DIGITS}没未]{{0,4}}(?P<done>{NUMBER})(?:{UNIT}|(?=$|[，。,.！!；; ]))"
)
# 喊到了十家 又通知了3户 · 没喊到两家
PART = re.compile(
    rf"(?<![没未])(?<!没有)(?P<more>又|再|刚才?)?(?:已经?|又|再)?{VERB}{REACHED}?(?:了|得|起)?(?P<done>{NUMBER}){UNIT}"
)
# 那十一家 一共11户 · 一家不落
TOTAL = re.compile(rf"(?P<total>{NUMBER}){UNIT}(?!都?[没不][落漏])")
# 马老三、王奶奶两家没人
LISTED = re.compile(rf"(?<=[、和跟与同及])(?P<last>[\u4e00-\u9fff]{{2,4}}?)[两三四五六]{HOUSES}")
# 剩下的三家也喊到了 另外两户 还有一家 那三家也 · 那十一家，
REST_COUNT = re.compile(
    rf"(?:(?:剩下?|其余|另外|余下|最后|还有|还差|差|只有)的?|那(?!{NUMBER}{UNIT}[，, ])){NUMBER}{UNIT}"
)
REST = re.compile(rf"剩|其余|其他|另外|最后|余下|那{NUMBER}{UNIT}")
# 还差一家 剩两家 有三户没喊到 · 一共有三户
SHORT = re.compile(
    rf"(?:差|剩下?|还有|只有|只差|欠)的?(?P<left>{NUMBER}){UNIT}(?!也|都|全|已)|(?P<some>{NUMBER}){UNIT}(?:人)?(?!(?:都|也)?[没不][落漏少拉])(?=(?:还|都|也|就)?(?:没|未|冇)(?!{VERB}完)|不|门|联系不|喊不)"
)
# 其他九户喊到了 · 其他九户没人
OTHERS = re.compile(rf"(?:其他|其余|另外|剩下)的?(?P<done>{NUMBER}){UNIT}(?:也|都|全|已经?)*{VERB}{REACHED}")
# 都喊到了 挨家敲过了 全部通知到位 全转移了 喊完了 都通知晒 · 都没喊到 都通知到了没
ALL = re.compile(
    rf"(?:全部?|都|挨家(?:挨户)?|家家户户|逐户|一[家户]不[落漏])(?:已经?|给)?{VERB}(?:{REACHED}|晒)?(?:了|咯|啦|嘞|喽|的|完|位)"
    rf"|一[个户家](?:都|也)?[没不](?:落|漏|少|拉)|{VERB}(?:完|遍|齐|晒)(?:了|咯|啦|嘞|喽)|(?:全部?|都|挨家(?:挨户)?)(?:已经?)?{VERB}(?:{REACHED}|晒)"
)
# 没有都通知到 等都喊到了再回 争取全部转移完 · 马老三家没人其他都喊到了
NOT_YET = re.compile(
    rf"(?:没有?|未|不是|冇)(?:全|都|挨家|{VERB}(?:完|遍|齐))|(?:等|如果|要是|争取|准备|打算|马上|这就|正在|还要|尽快|保证|一定|尽量|预计|估计)[^，。,！!\s]{{0,8}}?(?:都|全|挨家|{VERB}(?:完|遍|齐))"
    r"|(?:完|到|了)(?:以后|之后|后|再|我再|就(?:告诉|回|报|说|给|跟|向))"
)
NO_REASON = "还没通知到"
ASKED = re.compile(r"(?:没有?|吗|么|不)[？?]?\s*$|[？?]")
WHY = (
    r"(?:大?门|院门|铁门)(?:是|都|还)?(?:锁[着起了到]|关[着起了]|没开)|锁(?:着|起)门"
    r"|(?:家里?|屋里?头?)?(?:没得?人|没有人|冇人|无人)(?![管修看处理清扫敢知要维用])(?:在家|在|应|接|开门)*|人(?:都)?不在(?:家|屋)?|不在(?:家|屋头?|村里?)|出门[了去]"
    r"|(?:电话|手机)(?:都|也|是|一直)?(?:关机|打不通|不通|没人接|没接|无人接听|停机|空号|不接)|关机|打不通|没接(?:电话)?"
    r"|联系不[上到]|喊不[应到动开]|敲门?不[应开]|不开门|找不[到着]|(?:死活|硬是|就是|坚决)?不(?:肯|愿意?|想|同意|得)(?:走|搬|转移|撤|出来|动)"
    rf"|走不动|动不了|瘫(?:痪|在床)?|(?:去|到|在)(?:外地|县[里城]|城里|街上|医院|省外|亲戚家)[了的]?|外出|{NOT}(?:喊|叫|通知|联系|找|敲|见|转移|撤|走)(?:到|上|着|开|应|掉)?(?:人)?"
)
# 马老三家门锁着 马老三和李四家没人 独居的王奶奶不肯走 · 门锁着 还没喊到
NOT_REACHED = re.compile(rf"{NAMES}(?:那)?(?:人)?(?:的)?(?:都|也|还|是|一直|今天|现在)?(?P<why>{WHY})")
# 没喊到马老三家 差马老三家 只剩李四没走
LACKING = re.compile(
    rf"(?:{NOT}(?:喊|叫|通知|联系|找|敲)(?:到|上|着|开)的?(?:是|有|就是)?|还?差|就?只?剩下?|除了|欠)(?:了|的)?"
    rf"(?P<names>[\u4e00-\u9fff]{{2,6}}?(?:{APART}{NAME})*?)(?P<count>[{DIGITS}]?){HOUSES}?(?=$|[，。,.！!；;（( ]|没|未|还没|其[他余]|都|了)"
)
NOW_FOUND = (
    r"(?<![没未不])(?<!没有)(?:(?:找|喊|叫|联系|通知|劝|接|敲|送|背|转移|撤)(?:到|着|上|通|走|动|开|出来|下来|应|离|好)+(?:了|咯|啦|嘞)"
    r"|(?:转移|撤离|撤|搬)(?:了|走了)|开门了|回来了|接电话了|回电话了|愿意走了|肯走了)"
)
# 马老三找到了 老周家也喊到了 王奶奶劝走了 李四回来了 · 没找到了
FOUND = re.compile(rf"{NAMES}(?:那)?(?:人)?(?:也|已经|刚才?|又|都|现在|终于|总算|才)*{NOW_FOUND}")
# 李四家和王五家，都去县城了 · 李四家墙裂了
ALONE = re.compile(
    r"(?:分别|就|还)?[是有]?(?P<names>[^。（(：:]{2,40}?)(?:[，,。 ：:（(]+(?P<why>[^家户、）)]{2,20}))?[）)。！! ]*"
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Households as one message tells of them; None where it does not say."""

    total: int | None = None
    reached: int | None = None
    missing: tuple[tuple[str, str], ...] = ()
    """Name and reason."""
    found: tuple[str, ...] = ()
    is_all: bool = False
    added: int = 0
    """Reached besides those told of before."""
    is_one_found: bool = False
    """Somebody was found who is not named."""
    left: int | None = None
    """Still to be told, without a name."""

    @property
    def is_plain(self) -> bool:
        """Whether it says what was done, or could not be done; a bare number of households may belong to anything."""
        told = self.is_all or self.missing or self.found or self.added or self.is_one_found
        return bool(told) or self.reached is not None or self.left is not None

    @property
    def says_something(self) -> bool:
        """Whether the message is about households at all."""
        return self.is_plain or self.total is not None


def progress(text: str) -> Progress:
    """Return what a message says of the households."""
    said = simplified(text).strip()
    missing = _missing(said)
    if ASKED.search(said):
        return Progress(missing=missing)
    counts = _counts(said)
    is_rest = REST.search(said) is not None
    found = _found(said, dict(missing))
    is_all = (ALL.search(said) is not None and not NOT_YET.search(said)) or (
        is_rest and not missing and found is not None and not found
    )
    one = found is not None and not found and not is_all and not is_rest and counts.reached is None and not counts.added
    return Progress(
        total=counts.total,
        reached=counts.reached,
        missing=missing,
        found=tuple(found or ()),
        is_all=is_all,
        added=counts.added,
        is_one_found=one,
        left=counts.left,
    )


def names_alone(text: str) -> tuple[tuple[str, str], ...]:
    """Return the names of a message that holds nothing else but them and a reason (李四家和王五家，都去县城了)."""
    found = ALONE.fullmatch(LISTED.sub(r"\g<last>家", simplified(text).strip()))
    parts = re.split(r"[、和跟与，, ]+", found["names"]) if found else []
    names = [re.sub(f"{HOUSES}$", "", part) for part in parts]
    if found is None or not all(2 <= len(name) <= LONGEST and is_person(name) for name in names):
        return ()
    return tuple((name, found["why"] or NO_REASON) for name in names)


def _counts(said: str) -> Progress:
    """Return the numbers of households in a message."""
    said = LISTED.sub(r"\g<last>家", said)
    told = TOLD.search(said)
    if told:
        return Progress(total=_number(told["total"]), reached=_number(told["done"]))
    part, short, others = PART.search(said), SHORT.search(said), OTHERS.search(said)
    left = _number(short["left"] or short["some"]) if short else None
    if others and left is not None:
        reached = _number(others["done"])
        return Progress(total=reached + left, reached=reached, left=left)
    totals = TOTAL.finditer(REST_COUNT.sub("", PART.sub("", SHORT.sub("", said))))
    total = next((count for one in totals if (count := _number(one["total"])) > 1), None)
    if part is None:
        return Progress(total=total, left=left)
    done, is_more = _number(part["done"]), bool(part["more"])
    return Progress(total=total, reached=None if is_more else done, added=done if is_more else 0, left=left)


def _number(said: str) -> int:
    return to_int(said.replace("两", "二")) or 0


def _found(said: str, missing: dict[str, str]) -> list[str] | None:
    """Return who was found: no name where somebody is meant who is not named, None where nobody was found."""
    apart = _apart(said)
    names = [name for one in FOUND.finditer(apart) for name in _names(one, apart)]
    named = [name for name in names if name not in missing and not re.search(WHY, name)]
    return named if named or re.search(NOW_FOUND, said) else None


def _missing(said: str) -> tuple[tuple[str, str], ...]:
    """Return who was not reached, with the reason; a reason of its own wins over 还没通知到."""
    apart = _apart(said)
    why = {name: one["why"] for one in NOT_REACHED.finditer(apart) for name in _names(one, apart)}
    for one in LACKING.finditer(apart):
        for name in _names(one, apart):
            if not any(name in known or known in name for known in why):
                why[name] = NO_REASON
    return tuple(why.items())


def _names(found: re.Match[str], said: str) -> list[str]:
    """Return the names that a pattern has found; what is no person's name must be called a household (阿旺家)."""
    names = names_in(found["names"], found["count"])
    return [name for name in names if is_person(name) or re.search(f"{name}{HOUSES}", said)]


def _apart(said: str) -> str:
    """Put a comma behind each number of households, so that no name begins with it."""
    return re.sub(rf"({NUMBER}{UNIT})", r"\1，", LISTED.sub(r"\g<last>家", said))
