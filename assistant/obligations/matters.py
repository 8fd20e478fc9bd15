"""What an obligation is about (事项): its kind by the words nearest to the measure, and who must do it."""

import re
from collections.abc import Iterable
from enum import StrEnum


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
# In this order: 演练后 5个工作日内写出小结 is a report, 培训值班员 a training, 值班情况抽查 an inspection.
WORDS: tuple[tuple[ObligationKind, re.Pattern[str]], ...] = (
    (K.REPORT, re.compile(r"小结|总结|备案|报备")),
    (K.PLAN_REVISION, re.compile(r"修订|更新(?!附件)|预案[^，。]{0,8}复核|复核\d?[一1]次|核对\d*次|核对[一1]次|(?:预案|灾害)[^，。]{0,10}计划")),
    (K.DRILL, re.compile(r"综合演练|全[镇村乡][^，。]{0,2}演练|演练1次$")),
    (K.SPECIAL_DRILL, re.compile(r"演练(?!后|等)")),
    (K.FUNDING, re.compile(r"经费|预算|资金(?!物资)|投入")),
    (K.TRAINING, re.compile(r"培训|轮训|训练(?!场)")),
    (K.DUTY, re.compile(r"编制[^，。]*值班表|值班表报|换班|接班")),
    (K.INSPECTION, re.compile(r"抽查|巡查|巡护|检查(?!维护)|排查|试播|试机|试通话|辨识|看\d+次|查询|维护保养|健康检查|复核")),
    (K.SUPPLIES, re.compile(r"盘点|补齐|检修|检查维护|物资|装备(?!后)|各?配(?:备)?[^，。]{0,12}[台部面套]|储备")),
    (K.RESPONSE, re.compile(r"应答|叫应|到岗(?!\d)|到岗到位|出动|集结|集合|到值班室|开机|到场|运转|展开|转移(?!进度|人数)|撤离|核实联系|联系所在|作出决定|派[^，。]{0,6}人|派\d|现场负责人|先走|清点")),
    (K.DUTY, re.compile(r"值班|值守|备勤|带班|不断岗|有人守|电话畅通|看守|调度|在岗|接诊|交接|办手续|补办")),
    (K.REPORT, re.compile(r"报告|报县|报镇|报送|上报|[续终初再]报|通报|汇报|汇总报|报[1一]次|联系[1一]次|整点联系|收集\d*次")),
    (K.PUBLICITY, re.compile(r"宣传|科普|宣教|明白卡")),
    (K.TEAM, re.compile(r"救援队|小分队|队伍|责任人|报告员|网格员")),
)
SUBJECTS = re.compile(
    r"综合演练|[\u4e00-\u9fff]{0,8}演练|[\u4e00-\u9fff]{0,6}(?:轮训|培训|训练)|巡查|巡护|抽查|检查|盘点|修订|复核|更新|续报|终报|报告|值班|值守|备勤|应答|到岗|出动|集结"
)
# 村委会 镇应急办 值班员 转移责任人 乡镇（街道） · 期间 情况
ENDS = (
    r"党委|政府|党委和政府|部门|单位|机关|机构|应急办|财政所|[派所]出?所|卫生院|指挥部|指挥系统|工作组|小组|小分队|救援队|队伍|队员|学校|医院|企业|村委会|居委会|"
    r"主任|书记|镇长|组长|队长|指挥长|负责人|责任人|负责同志|领导|干部|人员|值班员|副班|网格员|护林员|报告员|员工|监护人|持有人|申请人|用火人|决定人|被叫应人|开办者|提供者|经营者|"
    r"两级|各区|各村|各镇|各县|全村|村里|村|镇|乡|（街道）|（社区）|街道|社区|示例|户主|站|局|厅|委员会|中心|机关"
)
# the subject in front of what is said of it: 镇应急办|每半年, 乡镇（街道）和村（社区）|每年
LEADING = re.compile(
    rf"^(?:其中|但|同时|并|橙色、红色预警期间，?|[^，。；：]{{0,12}}[时后]，)?(?P<who>(?:[^，。；：“”《》|]{{0,40}}?)(?:{ENDS}))"
    r"(?=每|应|要|须|必须|负责|在|对|于|按|将|定期|至少|不少于|组织|安排|派|设|各|实行|立即|全部|逐|配合|建立|制定|会同|接|得知|获悉|村|2|1|3|4|5|汛期|综合演练|为|还|依)"
)
BY = re.compile(rf"由(?P<who>[^，。；：由]{{1,30}}?(?:{ENDS}))(?=组织|进行|写|负责|会同|逐|在|每|牵头|检查|复核|汇总|派|落实|户|$|[，；])")
BEFORE_VERB = re.compile(rf"[前后]，?(?P<who>[^，。；：前后]{{1,24}}?(?:{ENDS}))(?=应|须|必须|对|逐|组织|完成|负责|报|到)")
NOT_WHO = re.compile(r"期间|预警|灾害|降雨|情况|发生|事件|\d次|启动|行政区域内|[的时]$|隐患点|组织|每")


def kind_of(near: Iterable[str]) -> ObligationKind:
    """Return the kind by the first of some texts, nearest first, that tells it."""
    for text in near:
        for kind, words in WORDS:
            if words.search(text):
                return kind
    return ObligationKind.OTHER


def subject_of(text: str) -> str:
    """Return in a word what is to be done, empty where no such word is there."""
    found = SUBJECTS.search(text)
    return found.group() if found else ""


def who_of(text: str) -> str:
    """Return who must do it, in the words of the text; empty where the text names nobody."""
    for pattern in (BY, LEADING, BEFORE_VERB):
        found = pattern.search(text)
        if found and not NOT_WHO.search(found["who"]):
            return found["who"]
    return ""
