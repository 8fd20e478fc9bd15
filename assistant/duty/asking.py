"""What is asked about the roster (值班问询): who, when, where, which telephone; a question of rules is none."""

import re
from dataclasses import dataclass
from datetime import datetime

from assistant.duty.days import DATE, NAMED, NOW, WEEK, When, when_in
from assistant.duty.post import PostKind
from assistant.script import simplified

WHO = r"(?:谁|哪个|哪位|哪一位|哪些人?|哪几个|什么人|啥人|啥子人|边个|边位|哪里个|都有谁|有谁|哪家)"
DUTY = r"(?:值的班|带的班|值了班|值班|值守|值夜班|值夜|带班|当班|当值|备班|副班|轮值|坐班|顶班|守夜|上夜班|轮班|在班)"
OF = {
    PostKind.DEPUTY: r"(?:副班|备班|副值班?|副带班|备勤|副(?=的|职|手|$)|备(?=的|$)|副手|B角|b角|替班)",
    PostKind.LEADER: r"(?:带班领导|带班的?领导|值班领导|领导带班|带班|领导|带队)",
    PostKind.STAFF: r"(?:值班员|值守人员|值守的|一般值班|普通值班|坐班的|守电话的|接电话的|办事员)",
}
"""A deputy leads too, so it is looked for first."""
PHONE = r"(?:电话号码|手机号码|电话|手机号?|号码|座机|联系方式|联系电话|怎么联系|咋个?联系|怎样联系|咋找|怎么找|打哪个)"
ROOM = re.compile(
    rf"(?:值班室|值守室|值班台|应急办|应急值班|值班|值守|24小时值班|二十四小时值班)(?:的|室的)?(?:固定|办公)?{PHONE}|{PHONE}.{{0,4}}值班室|值班室.{{0,4}}{PHONE}|打(?:给)?值班室"
    r"|^(?:现在|今晚|晚上|半夜|夜里|平时)?有(?:急)?(?:事|情况)(?:该|要|应该|可以)?打(?:哪个|什么|啥|哪里的?|多少)(?:电话|号码)?[？?呢呀啊]*$"
)
# 他电话多少 刚才那个人的号码 · 我电话多少
HIS = re.compile(
    rf"(?:他们?(?:几个|几位|两个)?|她们?|这个?人|那个?人|人家|这位|那位|刚[才刚](?:那|这|说的)?(?:个|位)?的?(?:人|那个)?|前面那个?人?|上面那个?人?|对方)(?:的)?(?:{PHONE})"
    rf"|(?:{PHONE})(?:是)?(?:他|她|刚才那个人)的?|联系(?:他|她|这个人|那个人)"
)
# 电话呢 号码多少 · 电话怎么打不通
BARE_PHONE = re.compile(
    rf"(?:那|哦|嗯|好|请问|麻烦|把|你有)*(?:{PHONE})(?:号码)?(?:呢|多少|是多少|是啥|是什么|几多|给我|发我|发来|发一下|给一下|说一下|报一下|有没有|有吗|有没|[吗么呀啊哦嘛吧，,。？?])*"
)
TABLE = re.compile(r"(?:值班|排班|带班)(?:安排)?(?:表|名单|表格)|值班安排$")
# 要求 由谁安排 要几个人 · 今晚安排的谁
RULES = re.compile(
    r"要求|规定|职责|责任|制度|补助|补贴|津贴|标准|工资|报酬|加班费|(?:几|多少|几多)(?:个|名)?人|如何|怎么(?!联系|打|找)|咋个?(?!联系|找)|为什么|为啥|条件|资格|检查|举报|投诉|脱岗|离岗|查岗|抽查|培训"
    r"|做(?:什么|啥|些)|干(?:什么|啥|嘛)|(?:管|负责)(?:什么|啥|哪些)|可不?可以|能不能|要不要|需不需要|用不用|必须|是否|预案|多久|多长|几点|时间|轮流|睡觉|喝酒|交接|记录|(?:由|让)?(?:谁|哪个|哪里|哪个部门)(?:来|去|负责)?(?:安排|定|排|管|组织|监督|批|说了算|同意|审)"
    r"|安排(?:吗|么|不)|不(?:值班|在岗|在怎)|替我|换班|请假|顶替|算不算|是什么意思|什么叫|叫什么班|的区别|有什么用|没人接|打不通|漏电|着火|坏了"
)
# 应当由谁带班 节假日谁带班 谁来值班 · 今晚应该是谁值班
SOFT = re.compile(
    r"应该|应当|由谁|由哪|谁负责|谁来|谁去|要谁|得谁|负责(?:值班|带班)|节假日|法定|假期|国庆|春节|五一|元旦|中秋|清明|端午|除夕|大年|那天|汛期|期间|时候|预警|响应|级别|启动|一般|通常|平时|每天|每晚|每周|必"
)
AFTER = (
    r"(?:呢|谁|是谁|哪个|是哪个|哪位|是哪位|哪些|有哪些|哪些人|叫什么|叫啥|什么名字|[的是有吗么呀啊哦嘛吧呗，,。？? ])*"
)
DAY = rf"(?:{NAMED.pattern}|{WEEK.pattern}|{DATE.pattern}|{NOW.pattern})".replace("(?P<which>", "(?:").replace(
    "(?P<week>", "(?:"
)
DAY = DAY.replace("(?P<day>", "(?:").replace("(?P<month>", "(?:")
BEFORE = r"(?:那么|那|还有|哦|嗯|好的?|再问一?下|请问|麻烦问一?下|我想问一?下|想问下|帮我看看|看下|查下|查一下|[，, ])*"
# 那明天呢 后天的呢 这周五是哪个 · 明天有雨呢
DAY_ALONE = re.compile(rf"{BEFORE}{DAY}(?:晚上|夜里|白天|那天)?(?:谁值班?|谁带班?|{AFTER})")
# 副的呢 备班是谁 带班领导是哪个 · 领导说了算
KIND_ALONE = re.compile(
    rf"{BEFORE}(?:{DAY})?(?:的|那|个)*(?:{'|'.join(OF.values())})(?:的)?(?:{AFTER}|(?:的)?{PHONE}(?:多少|是多少|呢|给我|发我|[？?])*)"
)
OTHERS = re.compile(
    rf"{BEFORE}(?:(?:还有|都有|另外)(?:谁|哪些人|别人|其他人)|(?:别的|其他|其余|剩下)的?人?(?:呢|是谁|有谁|都有谁))[呢吗么呀啊嘛？? ]*"
)
PLACE_ALONE = re.compile(rf"{BEFORE}(?P<place>[\u4e00-\u9fff]{{1,8}}?)(?:的|这边|那边)?呢[？?]?")
# 今晚谁值班 值班的是哪个 轮到谁 28号谁的班 现在值班室里是谁 · 谁值班表做得好 谁的班主任
DIRECT = re.compile(
    rf"{WHO}的班(?!主任|长|车|上)|值班室(?:里头?|里面)?(?:现在)?(?:是|有|坐的是?)*{WHO}|{DUTY}的?(?:在不在|在吗|在没在)[，,]*是?{WHO}|"
    rf"{WHO}[^，。！？,!?]{{0,8}}?{DUTY}|{DUTY}(?:的|人员|人|员|领导|干部|班子)*(?:是|为|有|安排的?是?|轮到|定的是?|到底是|换成了?|换的是?|换了?)*{WHO}|轮到{WHO}"
)
# 今晚值班领导 明天的带班领导 · 值班领导讲话
NOUN = re.compile(
    rf"{BEFORE}(?:{DAY})(?:的)?(?:[\u4e00-\u9fff]{{0,6}}?)(?:{'|'.join(OF.values())}|值班人员)(?:姓名|名单|名字)?{AFTER}"
)
# 今晚有事找谁 · 出事找谁赔
WHOM = re.compile(
    rf"(?:{DAY}|晚上|夜里|半夜)(?:有事|有急事|有情况|有啥事|出了?事)?(?:该|要|可以|应该)?(?:找|联系|打给|问)(?:谁|哪个|哪位|边个){AFTER}"
)
PLACE = re.compile(
    r"(?P<place>(?:我们|你们|咱们?|俺们?|本)?(?:省|州|市|县|区|镇|乡|街道|村|社区)(?:里头|里|上|委会|政府|应急局|应急办|公所)?)(?=谁|哪|今|明|后|昨|现|的|值|带|呢|周|这|下|是|有|$)"
    r"|(?P<name>[\u4e00-\u9fff]{1,8}?(?:省|自治州|州|市|县|区|镇|乡|街道|村|社区|小组|组|网格))(?!委|民|支|主|的领导|长|员|织)"
)
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the roster."""

    when: When | None = None
    """None where no day is named: now, or the day that was talked about."""
    kind: PostKind | None = None
    wants_phone: bool = False
    is_room: bool = False
    """The telephone of the duty room, not of a person."""
    is_his: bool = False
    """Of the person named last."""
    needs_context: bool = False
    """Makes sense only after another question."""
    goes_on: bool = False
    """Speaks of the day and the place that were talked about, where something was."""
    person: int | None = None
    """Of somebody on the roster who is called by name."""
    place: str = ""
    """A place by name (上河村) or by level (县里)."""


def read_question(text: str, now: datetime) -> Asked | None:
    """Return what a message asks about the roster, None where it asks something else.

    now: local time.
    """
    said = re.sub(r"\s+", "", simplified(text))
    if not said or len(said) > LONGEST:
        return None
    when = when_in(said, now)
    if RULES.search(said) or (SOFT.search(said) and when is None):
        return None
    return _direct(said, when) or _following(said, when)


def _direct(said: str, when: When | None) -> Asked | None:
    place, kind = _place(said), _kind(said)
    if ROOM.search(said) and not HIS.search(said) and kind is None:
        return Asked(when, wants_phone=True, is_room=True, goes_on=not place, place=place)
    is_duty = re.search(DUTY, said) is not None
    if is_duty and re.search(PHONE, said) and (kind is not None or DIRECT.search(said)):
        return Asked(when, kind, wants_phone=True, goes_on=not place, place=place)
    if (
        DIRECT.search(said)
        or DIRECT.search(re.sub(DAY, "", said))
        or TABLE.search(said)
        or WHOM.fullmatch(said)
        or (is_duty and NOUN.fullmatch(said))
    ):
        goes_on = not place and KIND_ALONE.fullmatch(said) is not None
        return Asked(when, None if _is_general(said) else kind, goes_on=goes_on, place=place)
    return None


def _following(said: str, when: When | None) -> Asked | None:
    """Return what only makes sense after another question."""
    if HIS.search(said):
        return Asked(when, wants_phone=True, is_his=True, needs_context=True, goes_on=True)
    if BARE_PHONE.fullmatch(said):
        return Asked(when, wants_phone=True, needs_context=True, goes_on=True)
    if KIND_ALONE.fullmatch(said):
        kind, is_named = _kind(said), re.search(DUTY, said) is not None
        wants_phone = re.search(PHONE, said) is not None
        return Asked(when, kind, wants_phone=wants_phone, needs_context=not is_named, goes_on=True, place=_place(said))
    if when is not None and DAY_ALONE.fullmatch(said):
        return Asked(when, needs_context=True, goes_on=True)
    if OTHERS.fullmatch(said):
        return Asked(needs_context=True, goes_on=True)
    place = PLACE_ALONE.fullmatch(said)
    if place and PLACE.search(place["place"] + "呢"):
        return Asked(place=_place(said), needs_context=True, goes_on=True)
    return None


def _kind(said: str) -> PostKind | None:
    return next((kind for kind, pattern in OF.items() if re.search(pattern, said)), None)


def _is_general(said: str) -> bool:
    """今晚哪些人值班和带班, 值班领导和值班员是谁: more than one kind is asked for."""
    kinds = [kind for kind, pattern in OF.items() if re.search(pattern, said)]
    return len(kinds) > 1 and re.search(r"和|跟|与|、|还有", said) is not None


def _place(said: str) -> str:
    bare = re.sub(DAY, "", said)
    found = PLACE.search(re.sub(rf"^{BEFORE}", "", bare))
    return (found["place"] or found["name"] or "") if found else ""
