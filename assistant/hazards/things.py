"""What a report is about, in words: the thing that is broken, and what is wrong with it; people call both by many names."""

import re
from functools import lru_cache

from assistant.script import simplified

THINGS: dict[str, str] = {
    "lid": r"井盖|窨井|铁盖|盖板|检查井|(?:下水)?井口",
    "lamp": r"路灯|灯杆|灯柱|灯头|灯壳|(?:第.|那|头)盏灯",
    "rail": r"护栏|栏杆|扶手|护墩|防撞",
    "pier": r"桥墩|桥台|桥脚|基础",
    "deck": r"桥面|桥板|木板|板子|跳板|栈道",
    "sign": r"警示牌|标志|限[高重宽速]|牌子|红绿灯|反光镜|弯道镜|镜子|减速带",
    "pit": r"(?:大|深|个|路面|塌|陷)坑|坑洼|塌陷|塌了个|空洞|地陷|圆洞",
    "slope": r"滑坡|边坡|山体|坡[上子面]|后山|山上|泥石流|垮土|垮塌下|坍塌",
    "rock": r"落石|滚石|悬石|危岩|吊脚石|石头|石渣|飞石|大石",
    "retaining": r"挡墙|挡土墙|护坡|堡坎|护脚",
    "wall": r"山墙|围墙|院墙|后墙|砖墙|土墙|堵墙|那[堵面]墙|墙[体角根]|东墙|西墙|南墙|北墙|前墙",
    "roof": r"房顶|屋顶|顶棚|棚顶|雨棚|瓦片|房梁|檐|铁皮|顶上(?:的)?雪",
    "balcony": r"阳台|外墙|瓷砖|水泥块|墙皮|空调外机|窗户",
    "scaffold": r"脚手架|架子|外架|护网|塔吊|吊钢筋|吊篮",
    "trench": r"基坑|沟槽|放坡",
    "stairs": r"楼梯|台阶|踏步",
    "lift": r"电梯|扶梯|货梯",
    "swing": r"秋千",
    "slide": r"滑梯",
    "trainer": r"健身器|跷跷板|单杠|双杠|蹦床",
    "ride": r"飞椅|转椅|旋转木马|摩天轮",
    "tree": r"大树|枯树|树枝|杨树|树要倒|棵(?:.{0,4})树|老树|树倒|榕树|树[歪斜]",
    "wire": r"电线|线路|电缆|高压线|断线|飞线|拉线|私拉|乱拉|线搭|插[座板排]",
    "pole": r"电杆|电线杆|线杆|杆子",
    "transformer": r"变压器|变台|变电",
    "meter": r"电表|表箱|配电|电箱|开关箱|配电线|电闸",
    "fence": r"电网|铁丝|围网|围栏",
    "leakage": r"漏电|触电|带电|通电|电死|手麻|麻了|麻到",
    "charging": r"充电|电瓶车|电动车|电池",
    "exit": r"(?:安全|疏散|消防)?出口|消防门|后门|疏散|门锁|锁死|大门砌|一[个条]楼梯",
    "lane": r"消防(?:车)?通道|黄线|堵(?:住|死|了)?(?:.{0,4})通道",
    "hydrant": r"消火栓|灭火器|消防栓",
    "straw": r"秸秆|柴草|草垛|柴堆|杂物|纸箱|废纸|纸板",
    "grease": r"油烟|烟道油|烟管|烟道",
    "stove": r"煤炉|炭[炉火盆]|烧煤|蜂窝煤|炕|取暖|煤球",
    "bottle": r"气罐|气瓶|钢瓶|煤气罐|液化气罐|罐子|坛子",
    "pipe": r"燃气管|气管|天然气管|煤气管|软管",
    "heater": r"热水器",
    "gas smell": r"[煤燃]气味|液化气.{0,4}味|汽油味|闻到.{0,6}气",
    "burning": r"烧(?:荒|秸|田|炭|纸|枝|草|窑|山)|炼山|生火|上坟|纸灰|冒烟|冒青烟|明火|自燃|烟头|香烛",
    "firebreak": r"隔离带|防火线|防火带|防火门",
    "dam": r"大坝|坝体|坝脚|坝顶|坝后|溢洪道|塘埂|塘坝|拦沙坝|谷坊",
    "dike": r"堤[脚坝身埂岸]|江堤|河堤|海堤|大堤|护岸|獾|管涌",
    "gate": r"闸门|水闸|[一二三四五六七八九\d]号闸|[\u4e00-\u9fff]闸",
    "pump": r"泵房|水泵|抽水|电排|排涝",
    "culvert": r"涵洞|涵管|排水沟|水沟|沟渠|渠(?:道|决)?|下水道|盖板沟",
    "siren": r"警报|报警器|喇叭|广播",
    "basement": r"地库|地下车库|地下室|负一",
    "swim": r"游泳|洗澡|下水|玩水|戏水|跳水|野泳|抓蝌蚪|划.{0,3}(?:胎|板)",
    "ice": r"冰面|冰上|冰都|凿眼|滑冰|上冰",
    "boat": r"渡船|竹排|小船|救生衣|船上|超载|渡口|溜索|钢丝?绳",
    "pond": r"鱼塘|水池|蓄水池|水坑|水塘|池塘|水窖|水柜|深潭|暗坑",
    "well": r"枯井|旱井|水井|井眼|机井|大井",
    "pit gas": r"沼气|沼液|化粪池|粪池|粪坑|窖|酒糟|酒池|污水池|储罐|蜜罐|进罐|粮仓|粮堆",
    "vehicle": r"拖拉机|校车|面包车|三轮车|货车|轮胎|载人|超员|农用车|大车",
    "tanker": r"油罐车|槽车|危化品车|危化品",
    "fuel": r"汽油|柴油|油漆|稀料|香蕉水|酒精|农药|化学|药品|盐酸|氯|硫酸|油罐|胶水|漂白粉|氧气|乙炔|消毒",
    "firework": r"烟花|鞭炮|礼花|炮仗",
    "mine": r"采石|石场|矿洞|挖煤|偷挖|盗采|井口|巷道",
    "tailings": r"尾矿|矸石|渣堆|渣山|排土场|矿渣|炭渣",
    "dog": r"狗|犬",
    "insect": r"马蜂|胡蜂|蜂窝|蛇|猴|野猪",
    "food": r"食堂|肉|拉肚|食物|变质|饭菜|吃坏|肚子痛",
    "crowd": r"人挤人|拥挤|挤着|推.{0,3}挤|灯会|庙会",
    "water smell": r"水.{0,4}(?:味|油花|浑|变色)|饮用水|自来水",
    "billboard": r"广告牌|招牌|灯箱|牌匾|大字|大牌|楼顶.{0,4}(?:架|牌)",
    "snow": r"积?雪(?:太|快|厚|压|一)|结冰|凝冻|冰溜|路滑|冻裂|像玻璃",
    "lightning": r"打雷|雷击|雷",
    "greenhouse": r"大棚|棚膜",
    "solar": r"太阳能|水箱",
}
WRONGS: dict[str, str] = {
    "crack": r"裂|开了条|口子|豁口",
    "fallen": r"塌|垮|崩|陷",
    "leaning": r"歪|斜|外倾|要倒|倾|鼓|凸|翘|变形",
    "falling": r"掉|落|砸|往下",
    "hollow": r"掏空|冲空|淘空|空了|下面空|冲毁",
    "leaking": r"漏水|渗水|渗|冒水|浑水|喷水|湿了",
    "oil": r"漏油|滴油",
    "gas": r"漏气|气味|味道|一股.{0,8}味|冒.{0,3}味|呛|头[晕痛疼昏]",
    "shock": r"漏电|带电|触电|电[死人]|麻",
    "spark": r"火花|火星|冒火|打火|噼啪|烧焦",
    "smoke": r"冒.{0,2}烟|烟(?:大|子)|自燃|着火|起火",
    "blocked": r"堵|淤|塞|占(?:了|用|道)|堆满|停满|全是车",
    "flooded": r"淹|漫|进水|灌|积水|倒灌",
    "missing": r"不见|没(?:有|得|了)?(?:盖|护栏|牌|镜|阀|证|扶手|救生)|缺|丢|被偷|被剪|没围|没盖|敞|没护|没人",
    "broken": r"断|烂|坏|碎|朽|锈|破|散|磨平|没花纹",
    "locked": r"锁|封|砌死|拧死|拴",
    "dark": r"不亮|不响|失灵|抽不上|不出水|没反应|没电",
    "shaking": r"晃|响|抖|松",
    "bitten": r"咬|追人|抓人|蜇",
    "ill": r"拉肚|吐|吃坏|臭|变质|有味",
}
RELATED: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "geological building",
        "geological flood",
        "geological traffic",
        "geological mine",
        "building weather",
        "building public_facility",
        "building fire",
        "traffic public_facility",
        "traffic flood",
        "traffic weather",
        "water_safety traffic",
        "water_safety flood",
        "water_safety mine",
        "water_safety limited_space",
        "water_safety public_facility",
        "limited_space public_facility",
        "limited_space other",
        "limited_space gas",
        "electricity public_facility",
        "electricity fire",
        "electricity forest_fire",
        "electricity weather",
        "electricity water_safety",
        "gas fire",
        "gas chemical",
        "gas other",
        "fire forest_fire",
        "fire chemical",
        "chemical traffic",
        "chemical other",
        "weather public_facility",
        "public_facility other",
    )
)
"""Classes that people give one and the same thing; the two sides of the border cases of the definition of classes."""

REMEMBERED = 4096
"""A report is compared with every open case of its township; their words were read before."""
_THINGS = {name: re.compile(pattern) for name, pattern in THINGS.items()}
_WRONGS = {name: re.compile(pattern) for name, pattern in WRONGS.items()}


@lru_cache(maxsize=REMEMBERED)
def things(text: str) -> frozenset[str]:
    """Return the things that a text names."""
    return _found(text, _THINGS)


@lru_cache(maxsize=REMEMBERED)
def wrongs(text: str) -> frozenset[str]:
    """Return what a text says is wrong."""
    return _found(text, _WRONGS)


def are_related(one: str, other: str) -> bool:
    """Say whether two classes are given to one and the same thing by different people."""
    return one == other or frozenset((one, other)) in RELATED


def related(category: str) -> frozenset[str]:
    """Return a class and those that are given to one and the same thing by different people."""
    return frozenset({category}).union(*(pair for pair in RELATED if category in pair))


def _found(text: str, patterns: dict[str, re.Pattern[str]]) -> frozenset[str]:
    plain = simplified(text)
    return frozenset(name for name, pattern in patterns.items() if pattern.search(plain))
