"""What staff say about cases (办件用语): a wish, the case it names, and what stands beside it.

Patterns are matched against the whole message without the case it names; each has what matches · a near miss.
"""

import itertools
import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.dialogue.phrases import CASE_NUMBER
from assistant.script import simplified


class Wish(StrEnum):
    """What a message of the staff wants."""

    MENU = "menu"
    TASKS = "tasks"
    WAITING = "waiting"
    LATE = "late"
    LEDGER = "ledger"
    ACCOUNT = "account"  # 报的人问起来怎么说
    LOOK = "look"
    HAND = "hand"  # 派给、转给
    SIGN = "sign"
    REFUSE = "refuse"
    RECTIFY = "rectify"
    EXTEND = "extend"
    GRANT = "grant"
    DENY = "deny"
    SUBMIT = "submit"
    FAIL = "fail"
    CLOSE = "close"
    CALL_BACK = "call_back"
    WHISTLE = "whistle"
    REPORT_IN = "report_in"
    SUPERVISE = "supervise"
    REOPEN = "reopen"
    ACCEPT = "accept"
    REJECT = "reject"
    NOTE = "note"


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
    is_clear: bool = True
    """Nobody but staff says it so; other messages count only where they fit a case."""


LEAD = (
    r"(?:好的?|嗯+|那就?|行|请问?|问一下|麻烦|劳烦|劳驾|辛苦|帮我?|帮忙|替我|给我|你们?|您|老师|同志|师傅|我们?|俺们?|咱们?|这边|这里|现在|刚刚?|已经|已"
    r"|先|再|就|都|想|要|可以|能不能|能否|可不可以|把|将|的|一下|[，,。 、：:！!])*"
)
TAIL = r"(?:了|啦|咯|喽|哈|啊|呀|嘛|吧|噶|嘞|哦|的|呢|一下|一哈|谢谢|辛苦|[。！!~～，, ])*"
REST = r"[，,。：:；; ]*(?P<rest>.*)"
MANY = r"(?:几|多少|哪些|哪几|好多|什么|啥)[条件个单起]?"
REPAIR = r"(?:整改|处理|处置|修理?|修补|修复|弄|整|搞|清理?|清运|更换|换|补|封|堵|填|疏通|加固|拆除?|安?装|盖|施工|围|砌|挖|关|搬)"
UNIT = r"[\u4e00-\u9fff]{1,10}(?:委|局|所|站|办|队|室|中心|公司|会|村|社区|物业|学校|医院|部门?|政府|科|处|厂)"


def _fits(pattern: str) -> re.Pattern[str]:
    """Compile what may follow the polite beginning; `rest` and `whom` may stand in several branches."""
    count = itertools.count(1)
    numbered = re.sub(r"\(\?P<(\w+)>", lambda group: f"(?P<{group[1]}{next(count)}>", pattern)
    return re.compile(rf"{LEAD}(?:{numbered})", re.DOTALL)


PATTERNS: tuple[tuple[Wish, re.Pattern[str], bool], ...] = (
    # 菜单 我能做什么 有哪些功能 · 菜单上的鱼
    (
        Wish.MENU,
        _fits(
            rf"/?(?:工作|办事|任务)?菜单|能(?:做|干|办)(?:些)?(?:什么|啥子?|哪样)事?|有(?:哪些|什么|啥)(?:功能|命令|操作){TAIL}"
        ),
        True,
    ),
    # 我的任务 待办 我手上还有几件 今天要办哪些 · 任务是谁定的
    (
        Wish.TASKS,
        _fits(
            rf"(?:看|查|看看|瞧瞧?|列)?(?:我|今天|今日)?的?(?:任务|待办|工单|派单|活路?|单子)(?:事项|清单|列表)?(?:有{MANY})?(?:看看)?{TAIL}"
            rf"|(?:手上|手里|手头|名下|这儿|这里)?(?:今天|今日)?(?:还|都)?(?:有|要办){MANY}(?:没办|没弄|待办|任务|活|单子?|事|要办|没弄完|没办完)?的?(?:任务|活|事)?(?:没办完?|要办|没弄完?)?{TAIL}"
        ),
        False,
    ),
    # 今天还没派出去的有几条 待派 没派的有哪些 · 没派出所
    (
        Wish.WAITING,
        _fits(
            rf"(?:看|查|看看)?(?:今天|今日|目前)?(?:还|都)?(?:有)?(?:{MANY})?(?:还)?(?:没有?|未|待|等着?)(?:派|分派|指派)(?!出所)(?:单|出去|下去|出)?(?:的|单)?(?:隐患|案子|单子|件)?(?:还|都)?(?:有)?(?:{MANY})?{TAIL}"
            rf"|(?:今天|今日)?(?:还)?(?:有)?(?:{MANY})?没人接的?(?:有)?(?:{MANY})?{TAIL}"
        ),
        True,
    ),
    # 超期的有哪些 逾期几条 · 逾期怎么处罚
    (
        Wish.LATE,
        _fits(
            rf"(?:看|查|看看)?(?:今天|目前)?(?:有)?(?:{MANY})?(?:已经)?(?:超期|逾期|过期|超时)(?:没[办弄]完?)?了?的?(?:隐患|案子|单子)?(?:还|都)?(?:有)?(?:{MANY})?{TAIL}"
        ),
        True,
    ),
    # 台账 看一下全镇台账 各村有几条 · 台账怎么建
    (
        Wish.LEDGER,
        _fits(
            rf"(?:看|查|调|统计|汇总|打开|发)?(?:看|一?下|给我)?(?:全?[县镇乡村]|本[县镇乡村月周年]|这个?月|今[天年日])?里?的?(?:隐患)?(?:排查)?(?:整改)?总?台账(?:情况|汇总|统计|数据)?(?:给我)?(?:看看|看一?下)?{TAIL}"
            rf"|各(?:个)?[村镇乡][都里]?(?:有|报了)?{MANY}(?:隐患)?{TAIL}|(?:统计|汇总)(?:一?下)?隐患(?:情况|数量)?{TAIL}|隐患(?:统计|汇总)表?{TAIL}"
        ),
        True,
    ),
    # 报的人问起来怎么说 人家问起我咋个回 怎么跟村民解释 · 村民问医保怎么办
    (
        Wish.ACCOUNT,
        _fits(
            r"(?:要是|如果|万一|等)?(?:报的?人|报案人|上报人|举报人|人家|村民|群众|老乡|老百姓|他|她|反映的?人)(?:家)?(?:要是|如果|再|来)?(?:问起来?|问到|问着|来问|追问|问)(?:的话|了)?"
            r"[，, ]*我?(?:该|要|应该)?(?:怎么|咋个?|昨个|啷个|如何|怎样)(?:说|回|答|讲|回复|回答|答复|解释|交代).*"
            r"|(?:该|要)?(?:怎么|咋个?|啷个|如何)(?:跟|给|和|对|向|同)(?:报的?人|报案人|人家|村民|群众|老乡|老百姓|他们?|她)(?:说|讲|解释|交代|回复?|答复|回话).*"
            r"|给?(?:报的?人|人家|老乡)(?:回|写|编)(?:一?句|个|段)?话?.{0,6}"
        ),
        True,
    ),
    # 不同意延期 延期不批 驳回延期 · 不延期行不行
    (
        Wish.DENY,
        _fits(
            rf"(?:不同意|不批准?|不准|不给|不能|不可以|不行|驳回)(?:他们?|她|给|再|这个?|的|[，, ])*(?:延期|延长|宽限|延)(?:申请|时间)?{TAIL}{REST}"
            rf"|(?:这个?|他们的?)?(?:延期|宽限)(?:的?申请)?[，, ]*(?:我)?(?:不同意|不批准?|不准|不行|驳回|不给){TAIL}{REST}"
        ),
        True,
    ),
    # 同意延期 准他们延期 延期批了 · 同意延期要谁签字
    (
        Wish.GRANT,
        _fits(
            rf"(?:同意|批准|准予|准许|准|批|没意见|允许)(?:了|他们?|她|给|再|这个?|的|[，, ])*(?:延期|延长|宽限|延(?:到.{{0,8}}|[一二两三四五六七八九十\d]+天)?)(?:申请)?{TAIL}{REST}"
            rf"|(?:这个?|他们的?)?(?:延期|宽限)(?:的?申请)?[，, ]*(?:我)?(?:同意|批准|批|准|可以|没意见|通过){TAIL}{REST}"
        ),
        True,
    ),
    # 申请延期到周五 因为材料没到 再给三天 · 延期要什么手续
    (
        Wish.EXTEND,
        _fits(
            r"(?P<rest>.{0,24}?(?:申请|请求|需要|得|恐怕)?(?:延期|延长|宽限|顺延|延到|延至|缓到|推迟到|往后[推延拖]|再给(?:我们?)?(?:宽限)?[一二两三四五六七八九十几\d]+(?:天|周|个?星期)|缓[一二两三四五六七八九十几\d]+天|延[一二两三四五六七八九十几\d]+天).*)"
        ),
        True,
    ),
    # 复查不合格 验收没过 没弄好要返工 · 复查合格
    (
        Wish.FAIL,
        _fits(
            rf"(?:复查|验收|检查|现场看|看)?(?:过|了|的?结果|下来)*[，, ]*(?:不合格|没(?:有)?(?:通过|过关?)(?!来)|不通过|不达标|不过关|过不了){TAIL}{REST}"
            rf"|(?:复查|验收)(?:过|了|下来)*[，, ]*(?P<rest>(?:还|没|不).+)|(?:返工|重新整改|重新弄|继续整改){TAIL}(?P<rest>.*)"
        ),
        True,
    ),
    # 复查合格 可以销号 验收通过 · 销号要什么条件
    (
        Wish.CLOSE,
        _fits(
            rf"(?:复查|验收|检查|现场看|去看)(?:过|了|的?结果|下来)*[，, ]*(?:合格|通过|过关?了|没(?:有)?问题|达标|都?好了|可以){TAIL}(?:销号|结案)?{REST}"
            rf"|(?:合格[，, ]*)?(?:可以|同意|给予?|予以)?(?:销号|销掉|结案|办结|销了)(?!要|的|前|后|率){TAIL}(?P<rest>.*)|合格{TAIL}"
        ),
        True,
    ),
    # 回访了 满意 打电话问过了说好了 · 回访率是多少
    (
        Wish.CALL_BACK,
        _fits(r"(?:电话)?回访(?:过|了|完)+[，, ]*(?P<rest>.*)|(?:打|去)(?:了|过)?电话问(?:过|了)+[，, ]*(?P<rest>.*)"),
        True,
    ),
    # 吹哨 城管委、消防所 · 吹哨报到是什么意思 吹哨人
    (
        Wish.WHISTLE,
        _fits(
            r"(?:发起)?吹(?:个|一?下)?哨(?!人|报到(?:是|怎|如|的|制)|是|子)[，,：: ]*(?:叫|请|喊|给|召集|通知|让)?[，,：: ]*(?P<whom>.*?)(?:都)?(?:来|过来|到)?(?:现场)?(?:报到|会商|处置)?"
            rf"{TAIL}|(?:叫|喊|请|召集|通知|让)(?P<whom>.+?)(?:都|一起|马上)*(?:来|到|过来|去)?(?:现场)?(?:报到|会商){TAIL}"
        ),
        True,
    ),
    # 报到 城管委到现场了，拉了警戒线 · 新生报到
    (
        Wish.REPORT_IN,
        _fits(
            rf"(?:(?P<whom>{UNIT})(?:的?人)?)?(?:也|都|已经|已)*(?:来)?报到{TAIL}{REST}"
            rf"|(?P<whom>{UNIT})(?:的?人)?(?:也|都|已经|已)*到(?:现场|场|位)?了[，, ]*(?P<rest>.*)|(?:人)?(?:已经|已|都)*到(?:现场|场|位)了[，, ]*(?P<rest>.*)"
        ),
        False,
    ),
    # 督办 催一下 盯紧点 · 督办是什么意思
    (
        Wish.SUPERVISE,
        _fits(
            rf"(?:挂牌)?督办(?!是|单|制|的|和|要|由){TAIL}{REST}|督促{TAIL}(?P<rest>.*)|催(?:催|办|促|一下|他们?|一催|下)+{TAIL}(?P<rest>.*)|盯(?:紧|着|一下)点?{TAIL}(?P<rest>.*)"
        ),
        True,
    ),
    # 重开 重新打开 因为又漏了 · 重开一家店
    (
        Wish.REOPEN,
        _fits(
            rf"重开(?!一[家个]|业){TAIL}{REST}|重新(?:打开|开|立案|启动|办理?){TAIL}(?P<rest>.*)|恢复办理{TAIL}(?P<rest>.*)"
        ),
        True,
    ),
    # 他们说不归他们 退回来了 写的理由是“…” 退回 不归我们管 · 退回的流程
    (
        Wish.REFUSE,
        _fits(
            rf"(?P<rest>.{{0,16}}?(?:他们|人家|对方|{UNIT})(?:那边|的人)?(?:说|讲|回话|回复|答复).{{0,6}}(?:不归|不是|不属于?|管不了|不该|不接|没法).*)"
            rf"|(?P<rest>.{{0,20}}?(?:退回来|退了回来|给退了|打回来|被退|不肯接|不愿接|不接单).*)"
            rf"|(?:退回去?|退单|退件|退掉|打回)(?!的|要|率|怎){TAIL}(?P<rest>.*)"
            r"|(?P<rest>(?:这|这个|这条|这事|此事)?(?:根本|也|都)?(?:不归|不属于?|不是|不该)(?:由)?(?:我们?|俺们?|咱们?|本单位|我单位|我们单位|我这|我村|我们村)(?:单位|所|站|村)?的?(?:管|负责|职责|事|活|范围|辖区|地界|管辖).*)"
            r"|(?P<rest>(?:这|这个|这条|这事)?我们?(?:这)?(?:管不了|接不了|办不了|没有?权).*)"
        ),
        True,
    ),
    # 核实不属实 看过了没有这回事 · 不属实怎么处理
    (
        Wish.REJECT,
        _fits(
            rf"(?P<rest>(?:去|现场)?(?:核实|看|查|核查)?(?:过|了|完)*[，, ]*.{{0,6}}?(?:不属实|情况不实|没有?这回事|没得这回事|不存在|误报|查无此事)(?!怎|要|的){TAIL}.*)"
        ),
        True,
    ),
    # 核实属实 立案 · 立案标准
    (
        Wish.ACCEPT,
        _fits(
            rf"(?:去|现场)?(?:核实|看|查|核查)?(?:过|了|完)*[，, ]*(?:确实|情况|确认)?(?:属实|是真的|确有此事)(?!吗)[，, ]*(?:可以)?(?:立案)?{TAIL}|立案(?!标准|的|要|后|侦查){TAIL}|核实(?:通过|过)?{TAIL}"
        ),
        True,
    ),
    # 转给水务站 派给张三 让李四去看看 01派城管委 · 派人来看看 交给谁
    (
        Wish.HAND,
        _fits(
            r"(?:派单|指派|分派|转派|交办|分配|安排|转办|转交|移交|派|转|交|分)(?:给|到|由|去|让|叫|至)(?!我|他人|哪|谁|多少|一个)(?P<whom>.+)"
            r"|派(?!人|个|几|车|谁|哪|出|单|送|下|了|的)(?P<whom>.+)"
            r"|(?:让|叫|请|由|喊)(?P<whom>[^，,。 ]{2,14}?)(?:去|来)?(?:处理|办理|办|看一?看|看看?|负责|跟进|管|接|弄)(?:一下|了|吧)*"
            r"|给(?P<whom>[^，,。 ]{2,12}?)派(?:过去|去|单|了)*"
        ),
        True,
    ),
    # 签收 接单了 我来处理 · 签收要签字吗 收到（那是应答预警）
    (
        Wish.SIGN,
        _fits(
            rf"(?:签收|接单|收单|认领|接手|领单)(?!要|的|率|单){TAIL}(?P<rest>.{{0,30}})|(?:签|接|领)了{TAIL}|我?来(?:接|办|处理|负责|弄|搞){TAIL}|我接{TAIL}"
            rf"|收到(?:任务|派单|单子|工单|交办){TAIL}(?P<rest>.{{0,30}})"
        ),
        False,
    ),
    # 开始整改 已经动工 安排人去修了 · 什么时候开始整改
    (
        Wish.RECTIFY,
        _fits(
            rf"(?:开始|着手|正在|在|动手){REPAIR}{TAIL}{REST}|(?:开工|动工|进场)(?:了|啦)?{TAIL}(?P<rest>.*)|安排(?:了)?(?:人|工人|师傅)(?:去|来|在)?{REPAIR}{TAIL}(?P<rest>.*)"
        ),
        False,
    ),
    # 整改好了 修完了，换了新盖 · 还没弄好 弄好了没
    (
        Wish.SUBMIT,
        _fits(
            rf"(?P<rest>[^，,。没未不]{{0,12}}?{REPAIR}(?:得)?(?:好|完成?|完毕|到位|妥当?|掉|通|结束)(?:了|啦|咯|喽|毕)*(?![没吗么不]).*)"
            r"|(?P<rest>(?:完工|竣工|完成整改|干完|搞定|弄妥|做完)(?:了|啦|咯)*(?![没吗么不]).*)"
        ),
        False,
    ),
    # 备注 业主不在家 · 备注栏写什么
    (
        Wish.NOTE,
        _fits(r"(?:备注|补充(?:一?下|说明|情况)?|记一?[下笔])(?!栏|什么)[：:，, ]+(?P<rest>.+)"),
        True,
    ),
    # 看YH20260701-01 怎么样了 到哪一步了 · 看情况
    (
        Wish.LOOK,
        _fits(
            rf"(?:看|查|打开|瞧|调出?)(?:看|瞧|一?下|一哈|询)*{TAIL}|(?:现在)?(?:是)?(?:怎么样|咋样|啷个样|什么情况|啥情况|到哪(?:一步|里|儿|点)?|办得?(?:怎么|咋)样|什么进度|进度|进展|详情|详细|谁在办|谁负责|办到哪)(?:了|呢|啦|啊|一?步)*{TAIL}"
        ),
        False,
    ),
)
# 怎么建 是什么意思 要什么条件 …吗 · 要是问起来怎么说 (that is ACCOUNT, which comes before)
ASKING = re.compile(
    r"(?:怎么(?!样)|咋个?(?!样)|如何|是(?:什么|啥|哪样)|什么(?:意思|条件|手续|材料|流程|规定|标准|要求|时候)|要不要|该不该|由谁|找谁|谁来|为什么|为啥|有没有规定|规定)"
    r"|(?:吗|么|没有?|不)[？?。 ]*$|[？?]\s*$"
)
LISTS = frozenset({Wish.MENU, Wish.TASKS, Wish.WAITING, Wish.LATE, Wish.LEDGER, Wish.ACCOUNT, Wish.LOOK})
"""Wishes that may be put as questions."""
# 01那条 第2条 1号 把03 · 15号之前 2号楼 3天
SHORT_START = re.compile(
    r"^(?P<lead>(?:把|将|看|查|看看|看一下|那|请|麻烦)*)[ ]*(?:第|编号)?(?P<case>\d{1,4})(?:号(?!楼|桥|院|线|门|井)|条|那条|这条|号那条|号这条|那个|这个)*(?=[，,： :]|[^\d年月日点天米人户楼栋号.]|$)"
)
SHORT_END = re.compile(
    r"(?<![\d月到至前后])[，, ]*(?:第|编号)?(?P<case>\d{1,4})(?:号|条|那条|这条|那个)?(?:吧|了|哈)?[。！! ]*$"
)
# 燃气那条 粮站后面的那个 · 那条河
HINT = re.compile(
    r"(?P<hint>[\u4e00-\u9fff\dA-Za-z]{2,10}?)的?(?:那|这)(?:一)?(?:条(?!河|路|沟|街|线|船|蛇|缝|鱼)|件|单|起|处|个(?!人|时候|月|星期))(?:事儿?|案子|隐患|单子|报的)?"
)
POINTING = re.compile(
    r"(?:刚才|上面|上边|前面|刚刚|刚)?(?:说的?|报的?)?(?:这|那)(?:一)?(?:条(?!河|路|沟|街|线|船|蛇|缝|鱼)|件|单|起|处|个(?!人|时候|月|星期|延期|申请))(?:事儿?|案子|隐患|单子)?"
)
HINT_LEAD = re.compile(r"^(?:把|将|看看|看一下|看|查|请|麻烦|关于|那|就|还是|签收|销号|督办|重开|退回)+")
# 我们管不了这个 他们说那条 刚才那条 · 燃气那条
NO_HINT = re.compile(r"^(?:刚才|上面|前面|刚刚|最近|今天|昨天|现在|就是)$|我们|你们|他们|人家|不|了$")


def read(text: str) -> Said | None:
    """Return what a message wants of the cases, None where it is nothing that staff say."""
    whole = simplified(text).strip()
    case, hint, core = _case_named(whole)
    for wish, pattern, is_clear in PATTERNS:
        found = pattern.fullmatch(core)
        if found is None or (wish not in LISTS and _is_question(core, wish)):
            continue
        rest, whom = (_group(found, name) for name in ("rest", "whom"))
        if not case and wish in SHORT_ENDED:
            case, rest, whom = _case_behind(rest, whom)
        return Said(
            wish, rest.strip("，,。：:；; "), whom.strip("，,。：: "), case, hint, is_clear or bool(case or hint)
        )
    only_case = bool(case) and not re.sub(r"[\W_]|的|呢", "", core)
    return Said(Wish.LOOK, case=case) if only_case and len(case) > 4 else None


SHORT_ENDED = frozenset(
    {Wish.SIGN, Wish.CLOSE, Wish.SUPERVISE, Wish.REOPEN, Wish.HAND, Wish.ACCEPT, Wish.GRANT, Wish.DENY, Wish.RECTIFY}
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
        return number, "", f"{text[: full.start()]} {text[full.end() :]}".strip()
    short = SHORT_START.search(text)
    if short:
        return short["case"], "", f"{short['lead']}{text[short.end() :]}".strip()
    hinted = HINT.search(text)
    hint = HINT_LEAD.sub("", hinted["hint"]) if hinted else ""
    if hinted and len(hint) > 1 and not NO_HINT.search(hint):
        lead = hinted["hint"][: len(hinted["hint"]) - len(hint)]
        return "", hint, f"{text[: hinted.start()]}{lead}{text[hinted.end() :]}".strip()
    looked = re.fullmatch(rf"{LEAD}(?:看|查)(?:看|一?下)?[ ]*(?P<case>\d{{1,4}})(?:号|条)?{TAIL}", text)
    if looked:
        return looked["case"], "", "看"
    return "", "", POINTING.sub("", text, count=1).strip()


def _group(found: re.Match[str], name: str) -> str:
    held = [value for key, value in found.groupdict().items() if key.rstrip("0123456789") == name and value]
    return held[0] if held else ""


def _is_question(core: str, wish: Wish) -> bool:
    """A reason may hold any words, so only the first clause is looked at; a request for time may be put as one."""
    head = re.split(r"[，,。；;：: “\"]", core, maxsplit=1)[0]
    if wish in (Wish.EXTEND, Wish.GRANT):
        return bool(re.search(r"什么|谁|几次|怎么|规定", head))
    return bool(ASKING.search(head))
