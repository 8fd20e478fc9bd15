"""Features of the characters of a message, for finding the place: characters around, words of a kind, word borders."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LONGEST_WORD = 4
KINDS = ("", "ns", "nr", "n", "v", "a", "p", "f", "d", "m", "r", "t", "nz", "nt", "other")
"""Parts of speech, as jieba's dictionary names them."""
WORDS: dict[str, re.Pattern[str]] = {
    # what a place is called by: 三组 石板桥 小学 · what is broken there: 裂缝 井盖
    "settled": re.compile(
        r"[村组队寨屯庄湾坪坝沟箐坡岭岗冲坳垭坎塘河江湖溪桥井洞崖岩山场镇乡街巷路弄里院店厂矿站所馆校园区城楼栋幢号庙寺祠塔亭门口库渠堤坑窑营堡铺集墟市县旗苏木嘎查林田地头尾边面旁侧段处]"
    ),
    "beside": re.compile(
        r"后[面头边山坡院]?|前[面头边]?|门口|旁边?|边上|对面|路口|拐[弯角]处?|转[弯角]处?|下游|上游|左岸|右岸|东[头边侧面]|西[头边侧面]|南[头边侧面]|北[头边侧面]|隔壁|楼[上下]|背后|屋后|屋背|半坡|脚下|底下|附近|中间|交叉口|交界|尽头|入口|出口|岸边|坡上|坡脚|山脚|沟口|口子|门前|跟前|头上|二楼|三楼|[一二三四五六七八九十\d]+[楼层号组队栋]"
    ),
    "building": re.compile(
        r"小学|中学|学校|幼儿园|卫生[院室]|医院|超市|市场|菜场|广场|车站|码头|渡口|水库|电站|大桥|大坝|工地|厂房|仓库|加油站|网吧|宾馆|旅馆|饭[店馆]|餐馆|火锅店|小区|家园|花园|公寓|宿舍|村委会?|居委会?|活动室|文化站|敬老院|养老院|祠堂|晒[场谷]|戏台|养殖场|猪场|鸡场|鱼塘|烤房|供销社|粮站|派出所|政府|公园|祖屋|[加砖石采沙煤酒纸化][油瓦料石厂矿]"
    ),
    "broken": re.compile(
        r"裂[缝口痕了]|井盖|护栏|栏杆|路灯|电线|电杆|线杆|变压器|围墙|挡墙|堡坎|石头|树枝|大树|灯杆|滑梯|电梯|扶梯|灯|有人|有个|那[棵根个条块堵座]|着火|起火|失火|冒烟|垮|塌|裂|堵|漏|断|倒|歪|坏|烂|掉|滑|淹|进水|涨|燃|烧|味|响"
    ),
    "pointing": re.compile(
        r"这[里边点儿头]?|那[里边点儿头]?|上[头面]?|里[头面]?|下[头面]?|我们?|俺们?|咱们?|你们|他们"
    ),
    "measure": re.compile(
        r"[A-Za-z]?\d+(?:\+\d+)?(?:公里|千米|米|号|栋|幢|单元|室|楼|层|组|队|路)?|[一二三四五六七八九十]+(?:号|栋|幢|单元|楼|层|组|队|社|路|街)|K\d+"
    ),
    "surname": re.compile(
        r"[老小]?[王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝][家屋氏][^，。\s]?|大[爷妈伯娘叔婶]家?|[婆爷奶叔伯嫂姐哥爹娘妈][家屋]|家屋?后|我家|我们|俺家"
    ),
}
"""Words at which the model looks beside single characters; a match need not decide anything."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the language with their part of speech, so that a place does not end inside a word."""

    codes: npt.NDArray[np.uint32]
    """uint32[W]: CRC-32 of each word, ascending."""
    kinds: npt.NDArray[np.uint8]
    """uint8[W]: places in KINDS."""

    def look_up(self, words: list[str]) -> npt.NDArray[np.uint8]:
        """Return the kind of each word: 0 for what is none."""
        if not len(self.codes):
            return np.zeros(len(words), np.uint8)
        wanted = np.array([word_code(word) for word in words], np.uint32)
        at = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        found: npt.NDArray[np.uint8] = np.where(self.codes[at] == wanted, self.kinds[at], 0).astype(np.uint8)
        return found


def word_code(word: str) -> int:
    """Return the code of a word."""
    return zlib.crc32(word.encode("utf-8", "replace"))


def _word_marks(plain: str, vocabulary: Vocabulary) -> Iterator[list[str]]:
    """Return for each character the longest words that begin, end and stand next to it, and those across its borders."""
    size = len(plain)
    spans = [(start, start + length) for length in range(1, LONGEST_WORD + 1) for start in range(size - length + 1)]
    kinds = vocabulary.look_up([plain[start:end] for start, end in spans])
    begun, ended, across = ["?"] * (size + 1), ["?"] * (size + 1), [0] * (size + 1)
    for (start, end), kind in zip(spans, kinds.tolist(), strict=True):
        if kind:
            begun[start] = ended[end - 1] = f"{KINDS[kind]}{end - start}"
            for border in range(start + 1, end):
                across[border] = end - start
    for place in range(size):
        after = begun[place + 1] if place + 1 < size else "-"
        before = ended[place - 1] if place else "-"
        yield [
            f"wb{begun[place]}",
            f"we{ended[place]}",
            f"wn{after}",
            f"wp{before}",
            f"wl{across[place]}",
            f"wr{across[place + 1]}",
            f"wen{ended[place]}{after}",
            f"wbp{begun[place]}{before}",
        ]


def character_features(plain: str, vocabulary: Vocabulary) -> Iterator[list[int]]:
    """Return for each character the codes of what stands at it and around it."""
    padded = f"<<<{plain}>>>"
    marks = _marks(plain)
    for place, names in enumerate(_word_marks(plain, vocabulary)):
        marks[place] += names
    for place in range(len(plain)):
        at = place + 3
        around = padded[at - 3 : at + 4]
        names = [f"{offset}{around[3 + offset]}" for offset in range(-3, 4)]
        names += [f"b{offset}{around[3 + offset : 5 + offset]}" for offset in range(-3, 3)]
        names += [f"t{offset}{around[3 + offset : 6 + offset]}" for offset in range(-3, 2)]
        names += marks[place]
        names.append(f"at{min(place, 6)}")
        yield [zlib.crc32(name.encode("utf-8", "replace")) for name in names]


def _marks(plain: str) -> list[list[str]]:
    """Return for each character the words of a kind that begin, go on or end at it, or stand beside it."""
    found: list[list[str]] = [["bias"] for _ in plain]
    for kind, pattern in WORDS.items():
        for match in pattern.finditer(plain):
            first, last = match.start(), match.end() - 1
            found[first].append(f"{kind}:first")
            found[last].append(f"{kind}:last")
            for place in range(first + 1, last):
                found[place].append(f"{kind}:in")
            if first > 0:
                found[first - 1].append(f"{kind}:next")
            if last + 1 < len(plain):
                found[last + 1].append(f"{kind}:before")
    return found
