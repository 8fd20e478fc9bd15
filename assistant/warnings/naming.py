"""How households are named in a message (马老三家, 独居的王奶奶), and where a name begins."""

import re

DIGITS = "一二两三四五六七八九十百"
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦马苗方俞任袁柳鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛禹狄米贝明臧计伏成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季"
    "麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊於惠"
    "甄曲封芮储靳汲邴糜松段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂"
    "索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易"
    "慎戈廖庾终暨居衡步耿满弘匡国文寇广禄阙东欧利蔚越隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓"
).translate({ord(sign): None for sign in "云通终明成计山从能后那全国关应解经东空红边别管路相盖向容易利单满文广步"})
"""Without those that are words of their own in such messages (那, 全, 应)."""
BEFORE_NAME = f"{SURNAMES}老小阿"
HOUSES = r"(?:户人家|户人|家人|家子|户|家)"
APART = "[、和跟与同及]"
NAME = r"[\u4e00-\u9fff]{1,8}?"
NAMES = rf"(?P<names>{NAME}(?:{APART}{NAME})*?)(?P<count>[{DIGITS}]?){HOUSES}?"
LEADING = re.compile(
    rf"^(?:还有|就是|就差|就|那个|那家|那户|那|有|的|是|只有|只|剩下?|差|家|户|到|了|现在|刚才?|但是?|可是?|不过|另外|其中|除了|还|而且|然后|后来|这会儿|今天|我|喊|敲|收到|知道|[{DIGITS}]+{HOUSES}|[一两几]个)+"
)
TRAILING = re.compile(r"(?:[家户]|那|人|都|也|又|已经|今天|现在)+$")
NOBODY = frozenset(
    "都 全 全部 电话 手机 大门 院门 家 户 组 他 她 人 也 喊 叫 他们 她们 大家 已经 家里 屋里 这家 那家 没 还没 其他 其余 剩下 别的 再 又 老人 我们"
    " 里面 哪家 有的 几家 敲门 村里 组里 人家 家家 后来 挨家 挨家挨户 全村 全组 村民 群众 住户 没有 老百姓 一直 昨天 刚刚 马上 我 你 我去 正在 门 房子"
    " 通知 转移 该喊的 能喊的 应该 可能 估计 屋头 打电话 打了电话 发了 反正".split()
)
KIN = re.compile(r"(?:奶奶?|大?爷爷?|婶|叔|伯|婆|公|嫂|哥|姐|孃|娘|妈|爸|舅|姑|姨|大爹|嬢|老倌)$")
LONGEST = 4


def names_in(names: str, count: str) -> list[str]:
    """Return the names of a list; a number behind it counts them (李四、王五两家) or ends the last one (李四家)."""
    listed = [part for part in re.split(APART, names) if part]
    if count and not (len(listed) > 1 and DIGITS.replace("两", "").find(count.replace("两", "二")) == len(listed) - 1):
        listed[-1] += count
    listed = [name for name in listed if LEADING.sub("", name) not in NOBODY]
    plain = [_plain(name) for name in listed]
    return [name for name in plain if name not in NOBODY and 2 <= len(name) <= LONGEST]


def is_person(name: str) -> bool:
    """Say whether a name looks like a person's: it begins with a surname or ends as kin are called."""
    return name[0] in BEFORE_NAME or KIN.search(name) is not None


def _plain(name: str) -> str:
    """Return a name without the words around it: 只有独居的王奶奶 is 王奶奶, 村尾老杨 is 老杨."""
    bare = TRAILING.sub("", LEADING.sub("", name.rpartition("的")[2]))
    begins = (i for i, sign in enumerate(bare) if sign in BEFORE_NAME and 2 <= len(bare) - i <= LONGEST)
    return bare[next(begins, 0) :] if len(bare) > 2 else bare
