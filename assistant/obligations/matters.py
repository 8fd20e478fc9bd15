"""What an obligation is about (事项): its kind by the words nearest to the measure, and who must do it."""

import re
from collections.abc import Iterable
from enum import StrEnum

from assistant.obligations.measures import Measure


class ObligationKind(StrEnum):
    """What must be done."""

    DRILL = "drill"  # 综合演练
    SPECIAL_DRILL = "special_drill"  # 专项演练
    INSPECTION = "inspection"  # 检查、巡查
    TRAINING = "training"  # 培训、轮训
    DUTY = "duty"  # 值班值守
    REPORT = "report"  # 报告
    PLAN_REVISION = "plan_revision"  # 预案修订、名册更新
    FUNDING = "funding"  # 经费
    TEAM = "team"  # 队伍和人员
    SUPPLIES = "supplies"  # 物资装备
    PUBLICITY = "publicity"  # 宣传
    RESPONSE = "response"  # 应答、到岗、出动的时限
    OTHER = "other"  # 其他


K = ObligationKind
# In this order: 安排经费开展演练 is funding, 演练后写小结 a report, 每日调度巡护情况 duty, 叫应结果汇总报 a report.
WORDS: tuple[tuple[ObligationKind, re.Pattern[str]], ...] = (
    (K.OTHER, re.compile(r"奖励|发放|答复|研究|会议|保存|归还|核实(?!联系)")),
    (K.FUNDING, re.compile(r"经费|年度[^，。]{0,4}预算")),
    (
        K.REPORT,
        re.compile(
            r"小结|总结|备案|报备|汇总报|通报|(?:电话|书面|立即|如实|同时)?报(?:告)?[县镇村]|报告(?:带班|1次|一次|[转疫])|[续终初]报|报[1一两2]次|再报"
            r"|联系[1一]次|整点联系|收集[1一]次|报送|上报"
        ),
    ),
    (K.DUTY, re.compile(r"调度|编制[^，。]*值班表|值班表报|换班|接班|补办")),
    (K.TRAINING, re.compile(r"轮训|(?<!应急)培训(?!合格)|训练(?!场)")),
    (K.DRILL, re.compile(r"综合演练|全[镇村乡][^，。]{0,2}演练")),
    (K.SPECIAL_DRILL, re.compile(r"演练(?!后|等|、)")),
    (
        K.PLAN_REVISION,
        re.compile(r"修订|更新|预案[^，。]{0,8}复核|复核[1一]次|核对[1一]次|(?:预案|预防和处理|处置)[^，。]{0,6}计划"),
    ),
    (K.SUPPLIES, re.compile(r"盘点|补齐|检修|检查维护|物资|各?配备?[^，。]{0,12}\d[台部面套]|储备")),
    (
        K.INSPECTION,
        re.compile(r"抽查|巡查|巡护|检查|排查|试播|试机|试通话|辨识|看[1一]次|查询|复核|检验|检测"),
    ),
    (
        K.RESPONSE,
        re.compile(
            r"应答|叫应|到岗|出动|集结|集合|到值班室|开机|到场|运转|展开|转移|撤离|联系所在|作出决定|派[^，。]{0,6}人|派\d|现场负责人|先走|清点"
        ),
    ),
    (
        K.DUTY,
        re.compile(
            r"值班(?!电话|室|员|手机)|值守|备勤|带班(?!领导)|不断岗|有人守|电话畅通|看守|在岗|接诊|交接|在值班室"
        ),
    ),
    (K.REPORT, re.compile(r"报告(?!员|人)|汇报")),
    (K.PUBLICITY, re.compile(r"宣传|科普|宣教|明白卡")),
    (K.TEAM, re.compile(r"救援队|小分队|队伍|责任人|报告员|网格员")),
)
BARE = re.compile(
    r"[\d\s（）：:.]+|[一二三四五六七八九十两]+(?=[次日天小年月])|次|小时|分钟|个?工作日|每[年月日天周]?|季度|不超过|获悉后|最迟|不少于|至少|各|[非主]?汛期|高?火险期|森林|防火期"
    r"|降雨|下雨|期间|橙色|红色|黄色|蓝色|预警|、|上午|下午|内|日$|天$|前"
)
BARE_REST = 2
ENDS_IN_MEASURE = re.compile(r"(?:每[日天周月年]|\d小时|不少于|至少)[1-9一两二]次$|^每[日天周月年]1次，由")
STAFFED = re.compile(r"(?:明确|确定|设立?|组建)[^，。；]{0,30}(?:名|人的)")
SUBJECTS = re.compile(
    r"(?:山洪|地质灾害|森林|火灾|地震|防汛|转移|避险|逃生|自救|疏散|专项|消防|综合|和)*演练|(?:值班员|集中|业务|技能|专业|急救)?(?:轮训|培训|训练)(?!，)"
    r"|巡查|巡护|抽查|检查|盘点|修订|复核|更新|续报|终报|值班|值守|备勤|应答|到岗|出动|集结"
)
# 村委会 镇应急办 值班员 转移责任人 乡镇（街道） · 期间 情况
ENDS = (
    r"党委|政府|党委和政府|部门|单位|机关|机构|应急办|财政所|[派所]出?所|卫生院|指挥部|指挥系统|工作组|小组|小分队|救援队|队伍|队员|学校|医院|企业|村委会|居委会|"
    r"主任|书记|镇长|组长|队长|指挥长|负责人|责任人|负责同志|领导|干部|人员|值班员|副班|网格员|护林员|报告员|员工|监护人|持有人|申请人|用火人|决定人|被叫应人|开办者|提供者|经营者|"
    r"两级|各区|各村|各镇|各县|全村|村里|村|镇|乡|（街道）|（社区）|街道|社区|示例|户主|站|局|厅|委员会|中心|机关"
)
# what stands in front of the subject: 防火期内 提前2小时节点 每年4月30日前， 通知
SETTING = re.compile(
    r"^(?:其中|但|同时|并|通知|另有)|^[^，；：]{0,16}?(?:期间|期内|防火期|汛期|节点|\d(?:小时|分钟|日|天)(?:内|前)?|个工作日(?:内|前)?|月底?前|日前|[^，；：]{2}[时后])(?!，?各)，?"
)
# the subject in front of what is said of it: 镇应急办|每半年, 乡镇（街道）和村（社区）|每年
LEADING = re.compile(
    rf"^(?P<who>(?:[^，。；：“”《》|由]{{0,40}}?)(?:{ENDS}))"
    r"(?=每[年半季月周日天班\d]|应(?!急)|要|须|必须|负责|在|对|于|按|将|定期|至少|不少于|组织|安排|派[\d至]|设|各|实行|立即|全部|逐|配合|建立|制定|会同|接[到报令]"
    r"|得知|获悉|知道|提前|防火期前|牵头|轮流|[1-9\d]|汛期|综合演练|演练|为|是|作为|统筹|还|依|叫|到岗|做|履行|携带|统一|宣布|\d|（\d)"
)
BY = re.compile(
    rf"由(?P<who>[^，。；：由]{{0,30}}?(?:{ENDS}))(?=组织|进行|写|负责|会同|逐|在|每|牵头|检查|复核|汇总|派|落实|户|$|[，；])"
)
BEFORE_VERB = re.compile(
    rf"[前后内]，(?P<who>[^，。；：前后]{{0,24}}?(?:{ENDS}))(?=应(?!急)|须|必须|对|逐|组织|完成|负责|报|到|叫)"
)
NOT_WHO = re.compile(
    r"期间|预警|灾害|降雨|情况|发生|事件|\d次|启动|行政区域内|[的时]$|隐患点|组织|^每处|每[年月日周\d]|^\d|为单位|设在|有|（[^）]*$"
)
# goes on with the subject of the sentence before: 每班至少检查2次 接到通知后 派2人 · 应急广播每月试播1次 每处 每人
GOES_ON = re.compile(
    r"^(?:每[年半季月周日天班\d]|至少|接[到令报]|在|应(?!急)|须|必须|最迟|派|定期|不少于|\d|[^，]{0,2}提前)"
)


def kind_of(quote: str, around: Iterable[str], measure: Measure) -> ObligationKind:
    """Return the kind by the words of a stretch; where it is a bare measure, by the nearest text around that tells it."""
    if measure.per in ("always", "shift"):
        return K.DUTY
    if measure.amount and STAFFED.search(quote):
        return K.TEAM
    own = _told_by(quote)
    if own is None and (is_bare(quote) or measure.per == "30 minutes"):
        own = next((kind for text in around if (kind := _told_by(text)) is not None), None)
    ahead = K.RESPONSE if measure.within.startswith("-") else K.OTHER
    return own or ahead


def _told_by(text: str) -> ObligationKind | None:
    return next((kind for kind, words in WORDS if words.search(text)), None)


def is_bare(text: str) -> bool:
    """Say whether a stretch holds a measure and nothing that is done (汛期每日1次)."""
    return ENDS_IN_MEASURE.search(text) is not None or len(BARE.sub("", text)) < BARE_REST


def subject_of(text: str) -> str:
    """Return in a word what is to be done, empty where no such word is there."""
    found = SUBJECTS.search(text)
    return found.group() if found else ""


def who_of(text: str) -> str:
    """Return who must do it, in the words of the text; empty where the text names nobody."""
    rest = SETTING.sub("", text, count=1)
    for pattern, part in ((BY, text), (LEADING, text), (BEFORE_VERB, text), (LEADING, rest)):
        found = pattern.search(part)
        if found and not NOT_WHO.search(found["who"]):
            return found["who"]
    return ""
