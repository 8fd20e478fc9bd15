"""What staff say about cases (办件用语): a wish, the case it names, and what stands beside it."""

import re
from dataclasses import dataclass

from assistant.clauses.numerals import to_int
from assistant.desk.casepatterns import LEAD, PATTERNS, TAIL, Wish
from assistant.dialogue.phrases import CASE_NUMBER
from assistant.script import simplified

__all__ = ["Said", "Wish", "extension_reason", "read", "refusal_reason"]


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the staff, understood."""

    wish: Wish
    rest: str = ""
    """Reason, date or words beside the wish."""
    whom: str = ""
    case: str = ""
    """Number, or its last digits."""
    hint: str = ""
    """Words out of the case's text."""
    by_when: str = ""
    """Words for the day by which a case has to be done (三天内), where it is given to somebody."""
    is_clear: bool = True
    """Nobody but staff says it so; other messages count only where they fit a case."""


# 怎么建 是什么意思 要什么条件 …吗 · 要是问起来怎么说 (that is ACCOUNT, which comes before)
ASKING = re.compile(
    r"(?:怎么(?!样)|咋个?(?!样)|如何|是(?:什么|啥|哪样)|什么(?:意思|条件|手续|材料|流程|规定|标准|要求|时候)|要不要|该不该|由谁|找谁|谁来|为什么|为啥|有没有规定|规定)"
    r"|(?:吗|么|没有?|不)[？?。 ]*$|[？?]\s*$"
)
LISTS = frozenset({Wish.MENU, Wish.TASKS, Wish.WAITING, Wish.LATE, Wish.LEDGER, Wish.ACCOUNT, Wish.LOOK})
"""Wishes that may be put as questions."""
# 01那条 第2条 1号 把03 · 15号之前 2号楼 3天
SHORT_START = re.compile(
    r"^(?P<lead>(?:把|将|看|查|看看|看一下|那|请|麻烦)*)[ ]*(?:(?:第|编号)?(?P<case>\d{1,4})|第(?P<numeral>[一二三四五六七八九十]))(?:号(?!楼|桥|院|线|门|井)|条|那条|这条|号那条|号这条|那个|这个)*(?=[，,： :]|[^\d年月日点天米人户楼栋号.]|$)"
)
SHORT_END = re.compile(
    r"(?<![\d月到至前后])[，, ]*(?:第|编号)?(?P<case>\d{1,4})(?:号|条|那条|这条|那个)?(?:吧|了|哈)?[。！! ]*$"
)
# 燃气那条 粮站后面的那个 · 那条河
HINT = re.compile(
    r"(?P<hint>[\u4e00-\u9fff\dA-Za-z]{2,10}?|[桥路井坝沟渠坡墙塘库河水电气火树矿])的?(?:那|这)(?:一)?(?:条(?!河|路|沟|街|线|船|蛇|缝|鱼)|件|单|起|处|个(?!人|时候|月|星期))(?:事儿?|案子|隐患|单子|报的)?"
)
POINTING = re.compile(
    r"(?:刚才|上面|上边|前面|刚刚|刚)?(?:说的?|报的?)?(?:这|那)(?:一)?(?:条(?!河|路|沟|街|线|船|蛇|缝|鱼)|件|单|起|处|个(?!人|时候|月|星期|延期|申请))(?:事儿?|案子|隐患|单子)?"
)
HINT_LEAD = re.compile(r"^(?:把|将|看看|看一下|看|查|请|麻烦|关于|那|就|还是|签收|销号|督办|重开|退回)+")
# 我们管不了这个 他们说那条 刚才那条 · 燃气那条
NO_HINT = re.compile(r"^(?:刚才|上面|前面|刚刚|最近|今天|昨天|现在|就是)$|我们|你们|他们|人家|不|了$")


# 派给水务站，三天内办完 · 要求15号之前弄好 · near miss: 三天前弄好的
BY_WHEN = re.compile(
    r"[，,。；; ]*(?:限期?|要求|请|让他们?|务必|必须|最迟|最晚|争取)*(?:在|于|到)?(?P<days>(?:[一二两三四五六七八九十几\d]{1,3}(?:天|周|个?星期|个?礼拜|个月)(?:之内|以内|内))"
    r"|(?:今天|明天|后天|大后天|(?:下下|下|本|这)?个?(?:周|星期|礼拜)[一二三四五六日天]|(?:下个?)?月底|(?:[一二三四五六七八九十\d]{1,2}月)?[一二三四五六七八九十\d]{1,3}[号日])(?:下班|下午|晚上)?(?:之前|以前|前)?)"
    r"(?:要|得|给我)?(?:办|整改|处理|修|弄|完成|搞|解决|做)(?:完|好|到位|定|掉|妥|成)?(?:了|吧)?[。！!]*$"
)


def read(text: str) -> Said | None:
    """Return what a message wants of the cases, None where it is nothing that staff say."""
    whole = simplified(text).strip()
    case, hint, core = _case_named(whole)
    by_when = BY_WHEN.search(core)
    for wish, pattern, is_clear in PATTERNS:
        is_dated = wish is Wish.HAND and by_when is not None
        found = pattern.fullmatch(core[: by_when.start()] if is_dated and by_when else core)
        if found is None or (wish not in LISTS and _is_question(core, wish)) or _is_no_deed(whole, wish):
            continue
        rest, whom = (_group(found, name) for name in ("rest", "whom"))
        if not case and wish in SHORT_ENDED:
            case, rest, whom = _case_behind(rest, whom)
        return Said(
            wish,
            rest.strip("，,。：:；; "),
            whom.strip("，,。：: "),
            case,
            hint,
            by_when["days"] if is_dated and by_when else "",
            is_clear or bool(case or hint),
        )
    only_case = bool(case) and not re.sub(r"[\W_]|的|呢", "", core)
    return Said(Wish.LOOK, case=case) if only_case and len(case) > 4 else None


SHORT_ENDED = frozenset(
    {
        Wish.SIGN,
        Wish.CLOSE,
        Wish.SUPERVISE,
        Wish.REOPEN,
        Wish.HAND,
        Wish.WHISTLE,
        Wish.ACCEPT,
        Wish.GRANT,
        Wish.DENY,
        Wish.RECTIFY,
    }
)
"""Wishes behind which a bare number is a case, not part of a date or reason."""


def _case_behind(rest: str, whom: str) -> tuple[str, str, str]:
    for words in (rest, whom):
        found = SHORT_END.search(words)
        if found and (found.start() == 0 or words is whom):
            cut = words[: found.start()].strip()
            return found["case"], cut if words is rest else rest, cut if words is whom else whom
    return "", rest, whom


def _case_named(text: str) -> tuple[str, str, str]:
    """Return number, hint and the rest of a message."""
    full = CASE_NUMBER.search(text)
    if full:
        number = f"{full['kind'].upper()}{full['day']}-{full['count']}"
        rest = f"{text[: full.start()]} {text[full.end() :]}".strip()
        hinted = HINT.match(rest)  # 燃气那条 beside its number says nothing more
        return number, "", rest[hinted.end() :].strip() if hinted and full.start() == 0 else rest
    short = SHORT_START.search(text)
    if short:
        return short["case"] or str(to_int(short["numeral"])), "", f"{short['lead']}{text[short.end() :]}".strip()
    hinted = HINT.search(text)
    hint = HINT_LEAD.sub("", hinted["hint"]) if hinted else ""
    if hinted and hint and not NO_HINT.search(hint):
        lead = hinted["hint"][: len(hinted["hint"]) - len(hint)]
        return "", hint, f"{text[: hinted.start()]}{lead}{text[hinted.end() :]}".strip()
    looked = re.fullmatch(rf"{LEAD}(?:看|查)(?:看|一?下)?[ ]*(?P<case>\d{{1,4}})(?:号|条)?{TAIL}", text)
    if looked:
        return looked["case"], "", "看"
    return "", "", POINTING.sub("", text, count=1).strip()


# 明天能修好 快弄好了 路修好了但是护栏没装 请安排人来修 · 整改好了 没有问题了
NO_DEED = re.compile(
    r"但|可是|不过|还没|没(?!问题|有问题|事)|还差|就差|一半|快(?:要|修|弄|整|好)|差不多|明天|后天|准备|争取|预计|计划|才能|能不能|可不可以"
    r"|[能会要][^，,。]{0,4}(?:好|完)|^(?:请|麻烦|劳烦|劳驾)(?!.{0,4}(?:复查|验收|查收))|希望|盼|赶紧|尽快"
)
DEEDS = frozenset({Wish.SUBMIT, Wish.RECTIFY})
"""Wishes that state a deed: plans, hopes and half-done work are none."""


def _is_no_deed(text: str, wish: Wish) -> bool:
    return wish in DEEDS and bool(NO_DEED.search(text))


# 理由是“管线产权不清” 原因：不归我们 说是县道 · 退回 不归我们管 (all of it is the reason)
REASON = re.compile(r"(?:理由|原因)(?:写的|写着|写|说的|说)?(?:是|为|[：:])?[ ]*[“\"『「]?(?P<reason>[^”\"』」]+)")
# 申请延期到周五 再给三天 能不能延到15号 · 因为材料没到
ASKED = re.compile(
    r"申请|请求|需要|恐怕得?|能不能|可不可以|麻烦|延期|延长|宽限|顺延|推迟|延到|延至|缓到|往后[推延拖]|再给(?:我们?)?|(?:下下|下|本|这)?个?(?:周|星期|礼拜)[一二三四五六日天]"
    r"|(?:下个?)?月底|(?:[一二三四五六七八九十\d]+月|下个?月)?[一二三四五六七八九十\d]+[号日](?:之?前)?|[一二两三四五六七八九十几\d]+(?:个)?(?:天|周|星期|礼拜|月)|[大]?[今明后]天|因为|由于|缓|到|至|[，,。：:； ]|^(?:要|想|得|再)"
)


def refusal_reason(words: str) -> str:
    """Return why a case was sent back: what is given as the reason, else all that was said."""
    given = REASON.search(words)
    return (given["reason"] if given else words).strip(' ，,。“”"')


def extension_reason(words: str) -> str:
    """Return why more time is asked for: after 因为, else what is left beside the request and the day; may be empty."""
    given = re.search(r"(?:因为|由于)(?P<reason>.+)", words)
    left = given["reason"] if given else ASKED.sub("", words)
    return left.strip(" ，,。") if len(left.strip(" ，,。吧了的")) > 1 else ""


def _group(found: re.Match[str], name: str) -> str:
    held = [value for key, value in found.groupdict().items() if key.rstrip("0123456789") == name and value]
    return held[0] if held else ""


def _is_question(core: str, wish: Wish) -> bool:
    """A reason may hold any words, so only the first clause is looked at; a request for time may be put as one."""
    head = re.split(r"[，,。；;：: “\"]", core, maxsplit=1)[0]
    if wish in (Wish.EXTEND, Wish.GRANT):
        return bool(re.search(r"什么|谁|几次|怎么|规定", head))
    return bool(ASKING.search(head))
