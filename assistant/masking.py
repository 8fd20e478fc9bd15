"""Masking (脱敏): what tells who somebody is becomes ＊＊ before a question is kept for editors.

Too much is masked rather than too little: a masked word costs an editor a guess, an unmasked one a person's trust.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

MASK = "＊＊"

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕裴霍涂苗谷盛翁冉骆蓝游辛靳柴蒙鲍华喻祁蒲房滕屈饶牟艾尤阳穆卓古吉刀普岩玉木沐"
)
COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|令狐"
GIVEN = "(?![的了是们])[\u4e00-\u9fff]"
SECOND = "(?![的了是们在住要想问你我他她说也都就不没个这那请跟有家来去])[\u4e00-\u9fff]"
NAME = rf"(?:[老小阿][{SURNAMES}]|(?:{COMPOUND}|[{SURNAMES}]){GIVEN}(?:{SECOND})?)"
FREE_NAME = "(?![你我他她它谁哪什啥不没人大自别])[\u4e00-\u9fff·]{2,4}"
"""A name by its place alone, between a word that announces it and a stop: names of Yunnan's peoples have no surname."""
STOP = r"(?=[\s,.;:!?、。()]|$)"
RELATIVE = (
    "(?:老公|老婆|媳妇|婆娘|爱人|对象|儿子|女儿|姑娘|娃娃?|孩子|爸爸?|妈妈?|爹|娘|父亲|母亲|爷爷?|奶奶?|外公|外婆"
    "|老人|弟弟?|哥哥?|姐姐?|妹妹?|叔叔?|侄子|孙子|孙女|邻居)"
)
NO_NAME = "(?!安全|高中|高龄|高校|文书|文化|林业|林场|白天|万一|金融|方便|包村|包组|包工|马上|江边|武警|武装|华侨|关心|房东|牛倌)"
NO_HOUSE = "(?![想要来说问看去替帮在从自人大国公农谁哪别老专厂商住本这那])"

# Each is followed by what it masks · a near miss. A group `who` is masked alone.
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 13812345678 138 1234 5678 +86-138-1234-5678 · 119 120 110
        r"(?<!\d)(?:\+?(?:00)?86[ \-]{0,2})?1[ \-.]{0,2}[3-9](?:[ \-.·—]{0,2}\d){9}(?!\d)",
        # 3212345 532501199001011234 53250119900101123X · 12345 2025年
        r"\d{7,}x?",
        # 0873-321 2345 (0871)63212345 · 08:30
        r"(?<!\d)\(?0\d{2,3}\)?[ \-—]{0,2}\d{3,4}[ \-]?\d{3,4}(?!\d)",
        # 电话321-2345 · 电话119 120都打不通
        r"(?:电话|手机|座机|号码|联系方式|短号)[号码是为: ]{0,4}(?P<who>(?!1[12]\d(?!\d))\d[\d \-]{4,}\d)",
        # 532501 19900101 123X · 2025-2027
        r"(?<!\d)\d{6}(?:[ \-]{0,2}\d){11}[ \-]{0,2}[\dx](?!\d)",
        # 身份证53250119…X 银行卡号6222 0000 · 身份证丢了
        r"(?:身份证|护照|证件|(?:社保|医保|银行)?卡号|驾驶?证号|[账帐]号|[账帐]户|户号|工号|学号)(?:号码?)?[是为: ]{0,3}"
        r"(?P<who>[a-z]{0,3}\d[\dx*…·.\- ]{3,})",
        # 幺三八一二三四五六七八 · 二〇二五年
        r"[零〇○一二三四五六七八九幺](?:[ ,]?[零〇○一二三四五六七八九幺]){6,}",
        # 云A·12345 粤B D12345 · 云APP打不开
        r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云渝藏陕甘青宁新][a-z][ ·•・.\-—]{0,2}(?=[a-z]{0,3}\d)[a-z\d]{4,6}"
        r"(?![a-z\d])[港澳学警挂]?",
        # 微信号abc_123 vx:zhang88 · 微信通知
        r"(?:微信|威信|薇信|weixin|wechat|(?<![a-z])[vw]x|(?<![a-z])v信|加v|加微)(?:号码?|账号|帐号|名|id|是|为|叫|[: ])*"
        r"(?P<who>[a-z\d_][a-z\d_\-]{4,19})",
        # QQ 1234567 扣扣号12345 · QQ群
        r"(?:qq|扣扣|企鹅)(?:号码?|群号?|是|为|[: ])*(?P<who>\d{5,11})",
        # zhang@example.cn · @所有人
        r"[a-z\d._%+\-]+@[a-z\d\-]+(?:\.[a-z\d\-]+)+",
        # 我叫张三想问下 我妈叫王桂花 · 我叫他们走
        rf"(?:[我俺咱他她]|本人)(?:家|们)?(?:的)?{RELATIVE}?(?:的)?(?:名字|大名|小名)?(?:就)?(?:叫[做作]?|喊[做作])(?P<who>{NAME}|{FREE_NAME}{STOP})",
        # 我是李四，… 我是张三的儿子 · 我是高中生 我是安全员
        rf"(?:[我俺咱]|本人)(?:们)?(?:就)?是{NO_NAME}(?P<who>{NAME})(?:{STOP}|(?=[家啊哦呀嘛]|的?{RELATIVE}))",
        # 我是村头张三家的 我是老李家媳妇 · 我是人家的租客
        rf"(?:[我俺咱]|本人)(?:们)?(?:就)?是(?P<who>{NO_HOUSE}[\u4e00-\u9fff]{{1,5}}?)家(?:的|{RELATIVE})",
        # 我是上河村三组的王小二，… · 我是上河村的安全员
        rf"(?:[我俺]|本人)是[\u4e00-\u9fff\d]{{1,12}}?(?:村|组|队|寨|社区|镇)[里上]?的?{NO_NAME}(?P<who>{NAME})(?:{STOP}|(?=的?{RELATIVE}))",
        # 叫我小王 叫我张三就行 · 叫我安排人
        rf"叫我(?P<who>[老小阿][{SURNAMES}]|{NAME}(?=[吧就好]|{STOP}))",
        # 本人张三，… · 本人常年在外
        rf"本人(?P<who>{NAME}){STOP}",
        # 姓名：张三 名字是岩温， · 名字写错了
        rf"(?:姓名|名字)(?:是|为|叫|[: ])+(?P<who>{NAME}|{FREE_NAME}{STOP})",
        # 联系人张三 户主：李四 · 联系人是谁
        rf"(?:联系人|户主|当事人|报告人)(?:是|为|叫|[: ])*(?P<who>{NAME})",
        # 我姓张 免贵姓李 · 姓什么
        r"(?:[我俺]|免贵)姓(?P<who>[\u4e00-\u9fff])",
    )
)


def mask(text: str) -> str:
    """Return `text` with phone, paper and plate numbers, 微信 and QQ, and the names that people give of themselves as ＊＊.

    >>> mask("我叫张三，电话138 1234 5678，喇叭喊我们走是不是非走不可")
    '我叫＊＊，电话＊＊，喇叭喊我们走是不是非走不可'
    """
    plain = "".join(_plain(sign) for sign in text)
    kept, at = [], 0
    for start, end in _merged(_found(plain)):
        kept += [text[at:start], MASK]
        at = end
    return "".join([*kept, text[at:]])


def _plain(sign: str) -> str:
    """Return １ as 1 and ： as :, and what would not stay one character as it is."""
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


def _found(plain: str) -> Iterator[tuple[int, int]]:
    for pattern in PATTERNS:
        group: str | int = "who" if "who" in pattern.groupindex else 0
        for found in pattern.finditer(plain):
            start, end = found.span(group)
            yield start, start + len(plain[start:end].rstrip())


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
