"""Whether words say where something is, and how two halves of a place become one."""

import re

from assistant.script import simplified

# words that stand in any village: what remains after them is a name
GENERAL = re.compile(
    r"我们|咱们|俺们|人家|我|咱|俺|他|她|家里|屋头|家|屋|房子?|门口|门前|门边|门|后面|后头|背后|屋后|前面|前头|旁边|边边|隔篱|侧边|喺|嗰度|边上|边|上面|上头|下面|下头|底下|里面|里头|里"
    r"|外面|外头|外|对面|隔壁|附近|周围|这边|那边|这点|那点|这里|那里|这儿|那儿|那个|这个|那|这|水池|池塘|鱼塘|水塘|塘|河|沟|坡|坎子?|坎|山|桥头?|马路|公路|大路|小路|路口|路边|路|村里|村口|村头|村"
    r"|寨子|寨|屯儿?|院子|院坝|院|楼道|楼梯|楼上|楼下|楼|墙|地头|地|田|水井|井|坝子?|坝|头|的|了|在|处|段|条|座|口|眼|块|堵|根|中间|半路|半山|大|小|老|新|上|下|左|右|东|西|南|北|有|个|一|点|儿|嘛|呢|就|是|\s"
)
# 河口村三组 幸福小区 朝阳路12号 · 四楼 胸口
SETTLEMENT = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:镇|乡|村|寨|屯|庄|社区|小区|街道|街|路|巷|组|社|湾|沟|坝|院|厂|矿|学校|小学|中学|医院|水库)"
)
# 那眼机井 那个挡墙 那棵大树 · 那个人 那次
THING = re.compile(
    r"(?:的)?[那这](?:个|眼|座|条|口|堵|棵|根|段|处|栋|户|家|间|排|片|块|盏|杆|截|道)(?!人|娃|老|小|事|时)(?:(?!了)[\u4e00-\u9fff]){1,3}?"
    r"(?=[，,。；;！!？?\s]|$|盖|没|算|裂|歪|倒|断|塌|坏|垮|斜|漏|堵|掉|烂|松|晃|鼓|滑|响|冒|沉|陷|空|缺|不|太|老|很|就|突|越|上|有|的|今|昨|被|让|叫|给|还|都|又|快|要|在|里|底|挨|旁)"
)
# 马家堡后身儿 老粮站斜对面 · 桥下面的人
BESIDE = re.compile(
    r"的?(?:(?:斜对|后|前|侧|背|对|上|下|东|西|南|北|旁|外)(?:面|边|头|身|侧)|背后|对过|隔壁|门[口前后]|路口|村[口头尾]|(?:东|西|南|北)头|边上|跟前|附近|拐角)儿?"
    r"(?!的?人|一直|都|已经)"
)
UNIT = r"(?:(?![我你您他她它们咱俺在的是就到了从去来有和跟那这全整本])[\u4e00-\u9fff]){1,5}?"
# 砂坪镇桐木村四组 · 全村 我们村
NAMED = re.compile(rf"(?:{UNIT}(?:镇|乡|街道|村|社区|屯|寨|小区|组|社|队))+")
ADMINISTRATIVE = re.compile(rf"^(?:{UNIT}(?:镇|乡|街道|村|社区|屯|寨|组|社))+")
# 镇小平安村 · 村口 村委会
HEADLESS = re.compile(r"(?:镇|乡|村)(?![口头里委上子后前边东西南北中])")
WORD = re.compile(r"[今昨前明]天|刚才|现在|昨晚|今晚|看到|[的了着把被给说报去来从往到就还也都又这那]$")
CUT = 4
"""Characters by which a name is mended that was read from its middle (渚|口坦乡)."""
OWN = re.compile(
    r"^(?:我们|咱们|俺们|我|咱|俺)(?:这|那)?(?:个|里|点|边|儿)?(?:村|寨子?|屯儿?|小区|院子?|社区|单位|学校|街道?|镇|乡|队|组|家|屋)?(?:里|头|这点|这里|这边|这儿)?的?"
)
PARTICLES = re.compile(
    r"^(?:反正|大概|好像|可能|就|就是|是|在|喺|我?们?在|位置|地点|地址|那个|喔|哦|嗯|呃|哎|对|[，,。：: ])+|(?:那点|这点|那里|这里|那边|这边|噶|嘛|啊|呀|哈|呢|了|哦|的|[，,。！! ])+$"
)
# 大石包 学校 村委会楼顶 · 快点来 三指宽
SPOT = re.compile(
    r"[\u4e00-\u9fff0-9A-Za-z]*(?:校|会|道|顶|店|站|厂|桥|路|口|岸|湾|坡|岩|包|坝|坪|塘|库|河|沟|井|院|楼|场|园|庙|寺|亭|房|门|村|寨|屯|庄|组|队|街|巷|区|镇|乡|山|岭|坳|冲|洼|边|旁|后面|前面|上面|下面|上头|下头|里头|底下|号|处|家)"
)
# 西江村东头 上河村 王家庄 · 隔壁村 全村 山村
OF_A_NAME = re.compile(rf"(?P<name>{UNIT})(?:镇|乡|村|社区|屯|寨|庄|小区)(?!民|里人|干部|委会)")
NO_NAME = re.compile(
    r"(?:隔壁|邻近?|前|后|旁边|附近|下面|上面|对面|别的?|外|老家?|农|各|几个?|一个?|某个?|哪个?|山|小|大|新|自然|行政|别人|人家|咱|同)"
)
# what stands in any village in front of a bend, a bridge or a slope: 机井 石桥 土坡 · 老鹰沟
MATERIAL = frozenset(
    "石土泥沙木铁水机电车人树草花菜鱼牛羊猪鸡粪煤火雨风雪冰坟砖瓦坑洞缝栏灯杆线管盖池渠堤岸滩片边旁近湾角侧后前高低深烂破旧"
)
SHORTEST_NAME = 3
# 俺村卫生室 我们寨子后头 村西头 · 我家门口
OWN_VILLAGE = re.compile(
    r"^(?:我们|咱们|俺们|我|咱|俺)?(?:这|那)?(?:个)?(?:村(?:子|里|上)?|寨(?:子|里)?|屯(?:子|里)?|社区|小区)的?(?=[\u4e00-\u9fff]{2})"
)
# 在俺村文化站门口 · 在建的桥
AT = re.compile(r"^(?:就|是|在|喺)+(?!建|修)")
BARE_VILLAGE = re.compile(r"(?:我们|咱们|俺们|我|咱|俺)?(?:这|那)?(?:村|寨子?|屯|院子?|镇)(?:里|上|头|子)?")
VILLAGE = re.compile(r"(?![我咱俺])[\u4e00-\u9fff]{1,12}?(?:村|社区|屯|寨|庄)(?![口头里])")
NAME_ENDS = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:镇|乡|村|社区|屯|寨|庄|小区|组|社|队|湾|沟)")
TOLD = "{}有裂缝"
"""What is a place reads as one in front of a matter."""
VILLAGE_DEPTH = 5
"""省/市/县/乡/村: below this the words 村口 and 后面 mean one spot."""
LONGEST = 40
NAME = 16
"""Characters; what is longer holds more than the place."""


# one of each in a township · 小学
INSTITUTION = re.compile(
    r"敬老院|养老院|福利院|幸福院|镇政府|乡政府|村委会|村部|卫生院|派出所|中心校|中心小学|供销社|粮站|粮管所|文化站|汽车站|农贸市场|信用社|邮局|水厂|法庭|司法所|火车站|收费站|老年驿站"
)


def extended(place: str, text: str) -> str:
    """Return a place with the thing that is pointed at behind it (西头那眼机井, 老街下面那个挡墙): whoever goes there looks for it."""
    if not place:
        return place
    beside = BESIDE.match(text.partition(place)[2])
    place += beside.group() if beside else ""
    found = THING.match(text.partition(place)[2])
    return place + found.group() if found else place


def is_enough(place: str, region: str) -> bool:
    """Say whether somebody who knows the region could go there: a name, or any words within a village."""
    if not place:
        return False
    is_known_village = region.count("/") + 1 >= VILLAGE_DEPTH
    words = simplified(place)
    if OWN.match(words) and SETTLEMENT.search(OWN.sub("", words)) is None:
        return is_known_village  # 我们社区活动中心: of which community?
    if _has_name(words):
        return True
    if INSTITUTION.search(words) and region.count("/") + 1 >= VILLAGE_DEPTH - 1:
        return True
    left = GENERAL.sub("", words)
    is_name = len(left) > 1 or (len(words) >= SHORTEST_NAME and left != "" and left not in MATERIAL)
    return is_name or (is_known_village and len(place) > 1)


def _has_name(words: str) -> bool:
    """Say whether words name a settlement, known or not (西江村东头)."""
    return any(not NO_NAME.fullmatch(found["name"]) for found in OF_A_NAME.finditer(words))


def in_village(place: str, known: str) -> str:
    """Return 俺村卫生室门口 within the village that the same person has named just before (三教洞村卫生室门口)."""
    place = PARTICLES.sub("", place)
    own, village = OWN_VILLAGE.match(simplified(place)), VILLAGE.match(simplified(known))
    if own is None or village is None or len(village.group()) + len(place) > LONGEST:
        return place
    return f"{village.group()}{place[own.end() :]}"


def is_only(place: str, text: str) -> bool:
    """Say whether a text names a place and says nothing of it."""
    rest = simplified(text.replace(place, "", 1))
    return re.search(r"[\u4e00-\u9fff]", place) is not None and not GENERAL.sub("", PARTICLES.sub("", rest))


def named(text: str) -> str:
    """Return the fullest run of village and township names of a text (砂坪镇桐木村四组), empty where it has none of two names."""
    runs = (found.group() for found in NAMED.finditer(simplified(text)))
    return max((run for run in runs if len(re.findall(r"[镇乡道村区屯寨组社队]", run)) > 1), key=len, default="")


def mended(place: str, text: str) -> str:
    """Return a place with the beginning of its name, where it was read from the middle of one (渚口坦乡 as 口坦乡)."""
    before = re.split(r"[^\u4e00-\u9fff]", text.partition(place)[0])[-1] if place and place in text else ""
    head = PARTICLES.sub("", before)
    if not head or OWN.match(simplified(head)) or WORD.search(simplified(head)):
        return place
    is_cut = len(head) == 1 and ADMINISTRATIVE.match(simplified(place)) is not None
    is_headless = len(head) <= CUT and HEADLESS.match(simplified(place)) is not None
    return f"{head}{place}" if is_cut or is_headless else place


def corrected(before: str, wrong: str, right: str) -> str:
    """Return the right place within the villages that were named before, where it names none and they were not what was wrong."""
    is_name = NAME_ENDS.fullmatch(wrong) is not None and NAME_ENDS.match(simplified(right)) is not None
    if is_name and wrong in before and wrong != before:
        return _replaced(before, wrong, right)
    kept = ADMINISTRATIVE.match(simplified(before))
    if kept is None or ADMINISTRATIVE.match(simplified(right)) or (wrong and wrong in kept.group()):
        return right
    whole = f"{before[: kept.end()]}{right}"
    return whole if kept.group() not in right and len(whole) <= LONGEST else right


def _replaced(before: str, wrong: str, right: str) -> str:
    """Return a place with one name put right (中和村篮球场旁边 → 中联村篮球场旁边); what names the spot anew takes its place."""
    head, _, tail = before.partition(wrong)
    is_spot = tail and any(right[i : i + 2] in tail for i in range(len(right) - 1))
    head = "" if head and head in right else head
    whole = f"{head}{right}{'' if is_spot else tail}"
    return whole if len(whole) <= LONGEST else right


def joined(before: str, after: str) -> str:
    """Return one place from what was said first (我们屯西头那眼机井) and what came when asked (小四平屯)."""
    if not before or before in after:
        return after
    if not after or after in before:
        return before
    if len(before) == 1:
        return f"{before}{after}"  # written a character at a time
    if BARE_VILLAGE.fullmatch(simplified(before)):
        return after
    shared = next((n for n in range(min(len(before), len(after)), 1, -1) if before.endswith(after[:n])), 0)
    if shared:
        return f"{before}{after[shared:]}"
    own = OWN.match(simplified(before))
    rest = before[own.end() :] if own else before
    if own and not GENERAL.sub("", simplified(rest)):
        return after  # 我家门口 adds nothing to a spot that has a name
    return f"{after}{rest}" if len(after) + len(rest) <= LONGEST else after


def beside(place: str, words: str) -> str:
    """Return a place with the neighbour that was named later (挨着一个卖烤冷面的)."""
    return words if not place else f"{place}，{words}"


def answered(text: str) -> str:
    """Return the place that a short answer to 在哪里 is, without its particles; empty where nothing is left."""
    return PARTICLES.sub("", PARTICLES.sub("", text.strip()))[:LONGEST]
