"""Signs (前兆): what by the rules of the trade means that people must be moved or stopped now, whatever was learned.

Slopes and dams: two different signs at once (新裂缝, 响声, 水变浑, 掉石, 树歪, 鼓包), as the response card for landslides
teaches. Limited spaces: somebody is about to go down into a pit, cellar, well or tank that nobody has aired.
"""

import re

from assistant.script import simplified

SLOPE: dict[str, re.Pattern[str]] = {
    # 多了好几条新缝 裂到灶房 纵缝 · 裂了条缝 (one sign)
    "cracks": re.compile(
        r"(?:新|多|长|宽|大|错|纵|拉开|张开).{0,6}[裂口]?[缝口子裂]|裂(?:到|开|宽|大|通|成)|(?:裂缝|缝).{0,6}(?:变|又|更|越|宽|大|多|长)|拉开一?道"
    ),
    # 山上轰隆响 坡在响 · 打雷响
    "sounds": re.compile(
        r"(?:山|坡|地底|地下|岩|沟|屋后|后头|崖).{0,8}(?:轰|隆|响|炸|咔|嘎|噼啪)|(?:轰隆|隆隆|嗡嗡).{0,4}响"
    ),
    # 沟水变浑 井水突然断 坝脚冒浑水
    "water": re.compile(
        r"(?:沟|泉|井|河|水|溪|渗|淌|冒).{0,6}(?:浑|泥水|黄[泥水汤]|断流|干了|突然)|(?:浑|泥|黄)[水汤].{0,4}(?:冒|淌|流|渗|出)|管涌|渗漏?.{0,4}(?:大|浑)"
    ),
    # 石头在掉 土块往下滚
    "falling": re.compile(r"(?:石头?|土块?|泥巴?|碎石|岩|渣).{0,6}(?:在?掉|往下|滚下|落下|直落|不停|不断)"),
    # 树歪了三棵 电杆斜了 墙鼓包
    "leaning": re.compile(
        r"(?:树|电杆|杆子|围墙|挡墙|墙|房子|地面|坡子?|路面|堤|坝).{0,12}(?:歪|斜|鼓|拱|隆|下沉|陷|错|滑|变形)"
    ),
}
BELOW = re.compile(
    r"屋后|房后|后坡|后山|寨子|村|户|人家|家里?|住|学校|小学|宿舍|教室|厂|工地|公路|[几一二两三四五六七八九十百]+[户家口]|搬|撤|喊人"
)
"""A slope above nobody is no emergency."""
SPACE = r"(?:窖|池子?|粪坑|沼气池|化粪池|腌菜池|井|罐|料仓|筒仓|管道|下水道|窨井|船舱|地下室|涵洞|发酵)"
# 没通风就下去铲底 非要今天下去掏 正要下井 · 明年清池
GOING_DOWN = re.compile(
    rf"{SPACE}.{{0,24}}(?:下去|钻进|进去|下[到了]?(?:池|井|窖|罐))|(?:下去|钻进去?|进去|下(?:池|井|窖|罐)).{{0,10}}(?:铲|清|掏|捞|挖|修|刷|焊|捡|取|看|救|拉){{1,2}}|下(?:池|井|窖|罐)"
)
AT_ONCE = re.compile(
    r"今天|现在|这会儿|正|马上|等会|等下|一会儿?|这就|非要|硬要|已经|在下|要下去|下午|上午|晚上|昨天|没(?:通风|测|检测|戴|有人)|不(?:通风|测|戴)|晕|倒"
)
LATER = re.compile(
    r"明[天年]|后天|下(?:周|个月|星期)|以后|将来|准备过|去年|前年|要不要|能不能|怎么|规定|制度|培训|演练"
)
SIGNS = 2


def is_pressing(text: str) -> bool:
    """Say whether a message tells of signs before which one does not wait."""
    words = simplified(re.sub(r"\s+", "", text))
    seen = sum(pattern.search(words) is not None for pattern in SLOPE.values())
    if seen >= SIGNS and BELOW.search(words) and SLOPES.search(words):
        return True
    goes_down = re.search(SPACE, words) and GOING_DOWN.search(words) and AT_ONCE.search(words)
    return bool(goes_down) and LATER.search(words) is None


SLOPES = re.compile(r"山|坡|坎|岩|崖|沟|堤|坝|地(?:上|面|里|头)?.{0,6}裂|滑|屋后|水库|山塘")
