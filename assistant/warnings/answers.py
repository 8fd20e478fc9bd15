"""What the answer to a call says (应答): received, at the post, told the households, needs support, not there."""

import re

from assistant.script import simplified
from assistant.warnings.case import AnswerKind

# 需要支援 人手不够 派几个人来 忙不过来 · 不需要支援 人手够
SUPPORT = re.compile(
    r"(?:需要?|请求?|要|申请)(?:马上|立即|尽快)?(?:支援|增援|帮忙|帮手|人手|人帮|人来帮)|(?:人手|车|船|人|力量)(?:都|太|真)?(?:不够|不足|太少|紧)|(?:缺|差)(?:人手|车|船|人)"
    r"|派(?:点|些|几个|两个|几|个)*(?:人|车|船)|(?:来|喊|叫)(?:点|些|几个|两个|几|个)+人(?:来|过来|帮|搭)|忙不(?:过来|赢|开)|顶不住|搞不(?:赢|过来)|弄不过来|搭把手|要人(?:背|抬|扶|接|帮)|帮不过来|(?:一个|两个)人(?:喊|跑|搞|弄)不(?:过来|赢|完)"
)
NO_SUPPORT = re.compile(
    r"(?:不|没有?|暂不|无)(?:再|太)?(?:需要?|要|用|缺|差)?(?:请求|支援|增援|帮忙|帮手|人手|派人|人来|车)+"
)
# 我不在岗 我在县里开会 请转副手 赶不回来 · 马老三去县城了 他不在家
ABSENT = re.compile(
    r"不在岗|转(?:给)?(?:副手|B角|b角|老?.{1,3}副手)|(?:请|让|叫|喊|找|由)(?:我们?的?)?(?:副手|B角|b角|副网格员)|回不[来去]|赶不(?:回|到|过去)"
    r"|(?:^|[，。,. ！!]|我|本人|俺|人)(?:人)?(?:现在|今天|这两天|这会儿|还|正)?(?:不在(?:村|家|本地|镇上|辖区|单位)|没在(?:村|家|岗|镇)|(?:在|去了?)(?:外地|外面|外省|县[里城]|城里|州[里上]|市里|省[里城]|医院|昆明|老家)|请了?假|休假|出差|住院|生病)"
)
# 已上岗 到岗了 在村口守着 · 不在岗 通知到位 马上到岗
AT_POST = re.compile(
    r"(?<!不)(?<!没)(?<!没有)(?:已经?|都|全部?|全员)?(?:上岗|到岗|就位|到点位)(?:了|咯|啦|完毕)?|(?<!不)(?<!没)在岗|(?:人)?(?:已经?)?(?:到|在)(?:了)?(?:现场|点位?上?|卡点|村口|河边|路口|坝上|堤上|桥头|监测点|值班室|村委会?|岗上)(?:了|咯|守|蹲|盯|看|$|[，。,. ])"
    r"|守(?:着|起|到)(?:在|了)?|蹲守|正?在?(?:巡|盯着)(?:河|堤|查|逻|山|坝|着)?(?:了|呢|$|[，。,. ])"
)
SOON = re.compile(r"马上|这就|正在?(?:赶|往|去)|在路上|正往|立马|等下|一会儿?|稍后")
# 已通知到户 大喇叭喊过了 群里发了 · 通知到几户 没通知到户
TOLD = re.compile(
    r"(?<!没)(?<!没有)(?<!未)(?:通知|传达|告知|喊|叫)(?:到)?(?:了)?(?:到户|到人|到家|各户|每户|户主|入户)(?:了|咯)?|(?:喇叭|广播|微信群|群里?|锣)(?:里|也|都|已经?)*(?:喊|通知|发|播|敲|说)(?:过|了|咯)+|入户(?:通知|告知)(?:了|完)"
)
# 收到 晓得了 要得 这就去喊 在敲门了 往那边赶 · 没收到 知道哪里有 马上下雨 好大的雨
RECEIVED = re.compile(
    r"^(?:[嗯哦好啊呀，, ])*(?:已经?|均|都|全部?|本人|我|俺|我们?(?:组|村)?|[\u4e00-\u9fff]{1,4}(?:村|组|社区))?(?:已经?|都)?(?:"
    r"收到|收倒|收悉|(?:知道|知晓|晓得|明白|清楚|懂|了解|看[到见]|听[到见])(?:了|咯|啦|嘞|$|[，。,. ])|要得|得令|得嘞|没问题|冇问题|遵命|照办|保证|在呢|在的"
    r"|好[的嘞咧滴哒]?[，。,. ]|(?:马上|立[即马刻]|这就|即刻|正在?|在)(?:就|去)?(?:去|到|办|通知|落实|组织|安排|喊|赶|出发|回|行动|敲|转|挨|撤)|去喊|去通知|安排(?:了|下去|上)|记下了)",
    re.I,
)
# 地质灾害那个收到了 · 我报的你们收到了
AT_LAST = re.compile(r"^(?!.*(?:你|您|报的|没)).{2,15}(?:收到|收悉|晓得|知道)(?:了|咯|啦|嘞)?[。！! ]*$")
# 往那边赶 在路上了 · 路上有石头
ON_THE_WAY = re.compile(r"(?:在|正|往).{0,4}赶(?:了|过去|路|来|[，。,. ]|$)|在(?:去的|回去的)?路上(?:了|$|[，。,. ])")
BARE = re.compile(
    r"(?:[嗯哦好啊呀]*[，, ]*)?(?:已?(?:收到|收倒|收悉)|知道|知晓|晓得|明白|清楚|懂|了解|看到|看见|听到|要得|好[的嘞咧滴哒]?|得令|得嘞|妥|中|行|可以|没问题|冇问题|遵命|照办|是|嗯+|ok|okay|roger)"
    r"(?:预警|通知|消息|信息|短信|的|了|咯|啦|嘞|哈|啊|呀|喽|嘛|吧|谢谢|感谢|辛苦|领导|[，,。.！!~～ ])*",
    re.I,
)
SIGN = re.compile(r"[👌👍✅🆗🫡🙏💪\U0001F3FB-\U0001F3FF\uFE0F\s]+")
NOT_RECEIVED = re.compile(
    r"(?:没有?|未|冇|不)(?:收到|知道|晓得|听到|看到|清楚|明白)|(?:收到|知道|看到)(?:了)?(?:没有?|吗|么|不)[？?]?$"
)
ALL_OF_THEM = re.compile(
    r"(?:两|三|几|全)?(?:个|条)?(?:预警)?(?:都|全部?|均|一起|一并)(?:是|收到|知道|晓得|看到|明白|算)"
)
# 没有人员被困 无人员伤亡 没人受伤 · 有人被困
NOBODY_HURT = re.compile(
    r"(?:没有?|无|冇|未发现)(?:得)?(?:人员?|群众|村民|一个人)?(?:被?困|受伤|伤亡|失踪|被埋|遇险)(?:人员|情况|的)*"
)
ASKING = re.compile(
    r"[？?]|(?:吗|么|没有|不是|怎么办|咋办|啷个办|怎么弄|为啥|什么|啥|哪|几点|多少|几个|谁)[啊呀嘛噶哦噢哟喔呢 ]*$"
)


def answer_kind(text: str) -> AnswerKind | None:
    """Return what an answer says by its words, None where they do not make it one."""
    said = simplified(text).strip()
    if NOT_RECEIVED.search(said):
        return None
    if SUPPORT.search(NO_SUPPORT.sub("", said)):
        return AnswerKind.SUPPORT
    if ABSENT.search(said):
        return AnswerKind.ABSENT
    if AT_POST.search(said) and not SOON.search(said):
        return AnswerKind.AT_POST
    if TOLD.search(said):
        return AnswerKind.TOLD
    is_received = RECEIVED.match(said) or AT_LAST.match(said) or ON_THE_WAY.search(said) or is_bare(said)
    return AnswerKind.RECEIVED if is_received else None


def is_bare(text: str) -> bool:
    """Say whether a message is a nod and nothing else (收到, 好的, 👌)."""
    said = simplified(text).strip()
    return BARE.fullmatch(said) is not None or SIGN.fullmatch(said) is not None


def is_for_all(text: str) -> bool:
    """Say whether an answer is meant for every call that is open (两个都收到)."""
    return ALL_OF_THEM.search(simplified(text)) is not None


def asks(text: str) -> bool:
    """Say whether the words are a question."""
    return ASKING.search(simplified(text).strip()) is not None


def without_denials(text: str) -> str:
    """Return a message without 没有人员被困 and the like, which speak of no danger."""
    return NOBODY_HURT.sub("", simplified(text))
