"""Amounts (数量): a question for 多少, 几 or 多久 is answered by a number with that unit, or not at all."""

import re
from dataclasses import dataclass

NUMBER = r"(?:[0-9０-９]+(?:[.．][0-9０-９]+)?|[一二三四五六七八九十百千万两]+|[半每数])"

COUNTED = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class Amount:
    """A kind of amount: how it is asked for, and how a text gives it."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


def _amount(name: str, asked: str, given: str) -> Amount:
    return Amount(name, re.compile(asked), re.compile(given))


MANY = r"(?:多少|几)"
ABOUT = r"(?:左右|以上|以下|以内|余|多|来)?"
# Each kind: what asks for it · near miss // what gives it. The first kind that a question asks for counts.
AMOUNTS = (
    # 队伍要几个人 · 那几个人来查, 人数不一样 // 不少于15人
    _amount(
        "people",
        rf"(?:[要有得配需凑派编招组建留守]|安排|至少|最少|最低|不少于|最多)[^，。？?！!]{{0,5}}(?<![这那哪十好]){MANY}(?:个队员|个?人员|个?人(?!家|民|一)|名|号人|位)"
        rf"|(?<![这那哪十好]){MANY}个?人(?:$|[？?。呀啊呢嘛]|够|合格|起步|才|值班|守|组成)|(?<![这那])几名|多少个?[人名]|人数(?:要求|最|是多少|有多少|不少)",
        rf"{NUMBER}{ABOUT}个?(?:名|人(?!民|员密)|位)",
    ),
    # 一年演练几回 · 这几次预警 // 至少组织1次
    _amount(
        "times",
        r"(?:多少|(?<![这那前后哪好十])几)(?:次|回|遍|轮|趟)(?!会|没动静)|频次|次数",
        rf"{NUMBER}{ABOUT}(?:次|回|遍|轮)",
    ),
    # 补好多钱 · 谁出钱 // 3万元
    _amount(
        "money",
        r"(?:多少|好多|几)(?:块|元|万)?钱|[罚赔补奖给发交]好多(?:[嘛哦呢呀啊？?]|$)|[罚赔补奖给发交]多少(?!次|人|天)|几万|几千|几百块",
        rf"{NUMBER}(?:余|多)?[元块]|{NUMBER}(?:万|亿)元?",
    ),
    # 多久检查一次 · 多久没下雨了 // 每3年, 24小时, 当日
    _amount(
        "time",
        r"多久|多长时间|(?<![这那前后十好])几(?:分钟|个?(?:小时|钟头|月|星期|礼拜)|[天年日周]|个工作日)(?!没|就坏|热闹)|多少[个]?(?:天|年|月|小时|分钟|日)|时限|期限",
        rf"{NUMBER}{ABOUT}个?(?:工作日|年|月|天|日|周|小时|分钟|季度|星期)|[当次]日|当天|立即|及时|随时|定期|常年|昼夜|汛期|终身|长期|不间断|期间|同时|尽快|第一时间|即时|马上|适时|前",
    ),
    # 降雨多少毫米 // 50毫米
    _amount(
        "length",
        r"多少(?:米|公里|里路|毫米|厘米)|[几]米|几公里|多[远高深宽](?![^，。？]{0,2}[度])",
        rf"{NUMBER}{ABOUT}(?:米|公里|千米|毫米|厘米|里)",
    ),
    # 百分之几 // 80%
    _amount("share", r"百分之几|百分之多少|比例|占多少", rf"{NUMBER}[%％]|百分之{NUMBER}|{NUMBER}分之{NUMBER}"),
    # 值班电话是多少 // 12345
    _amount(
        "telephone",
        r"(?:(?<!卫星)电话|号码|热线).{0,4}(?:多少|几号|是啥|是什么)|打(?:哪个|什么|多少)(?:电话|号)",
        r"[0-9]{3,}",
    ),
)
LEVELS = (
    ("village", re.compile(r"村(?!民|庄)|社区|屯|寨")),
    ("township", re.compile(r"乡镇?(?!村)|镇(?![静定])|街道")),
    ("county", re.compile(r"县|市区|区里|城区|（市、区）")),
    ("city", re.compile(r"州|地级市|市里|市级|设区的市")),
    ("province", re.compile(r"省|市委、市政府")),
)
"""Whose number it is, lowest level first."""


def amount_asked(question: str) -> Amount | None:
    """Return the kind of amount that a question asks for."""
    return next((amount for amount in AMOUNTS if amount.asked.search(question)), None)


def amounts_in(text: str, amount: Amount) -> frozenset[str]:
    """Return the amounts of a kind that a text gives."""
    return frozenset(found.group() for found in amount.given.finditer(text))


def numbers_in(text: str, amount: Amount) -> frozenset[str]:
    """Return the amounts that are numbers: 3年, 每年, not 及时."""
    return frozenset(given for given in amounts_in(text, amount) if COUNTED.match(given))


def levels_in(text: str) -> frozenset[str]:
    """Return the levels of government that a text speaks of."""
    return frozenset(name for name, pattern in LEVELS if pattern.search(text))
