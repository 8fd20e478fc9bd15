"""Measures (频次、时限、数量): how often, by when, within what time and how many a stretch of a clause says."""

import re
from dataclasses import dataclass

from assistant.clauses import to_int

N = r"(?:\d{1,4}|[０-９]{1,4}|[一二三四五六七八九十百两]{1,4})"
SPANS = {
    "分钟": "minutes",
    "小时": "hours",
    "个小时": "hours",
    "个工作日": "workdays",
    "工作日": "workdays",
    "日": "days",
    "天": "days",
    "个月": "months",
    "周": "weeks",
    "年": "years",
}
SPAN = "|".join(sorted(SPANS, key=len, reverse=True))
# 每年 每半年 每季度 每学期 每班 · 每人 每处 每年定期 (that is yearly)
EVERY = re.compile(
    r"每(?:一|个)?(?P<what>半年|年度?|季度?|月(?!利)|周|星期|日(?!利)|天|晚|学期|班(?!次|有|带班)|小时|逢?整点)|按(?P<by>月|季度?|年度?)(?!规)"
)
EVERY_N = re.compile(rf"每隔?(?P<n>{N})(?P<span>年|个月|个季度|周|天|日|个?小时|分钟)")
ON_THE_HOUR = re.compile(r"逢?整点(?=联系|报|通报)")
PERIODS = {
    "半年": "half-year",
    "年": "year",
    "季": "quarter",
    "月": "month",
    "周": "week",
    "星": "week",
    "日": "day",
    "天": "day",
    "晚": "day",
    "学": "term",
    "班": "shift",
    "小": "hour",
    "整": "hour",
    "逢": "hour",
}
# 列入年度预算 编制年度监督检查计划 · 年度水量分配方案
IN_YEARLY_PLAN = re.compile(
    r"(?:编制|制定|制订|拟定|列入|纳入|开展|组织|提交)[^，。；]{0,24}年度[^，。；]{0,16}(?:计划|预算|方案|检查|报告|评估|培训|考核)"
)
# 定期开展 · 未定期组织 经定期检定合格的仪器 不定期
REGULARLY = re.compile(r"(?<![未不经])定期(?!限|间|存)")
# 24小时值班 昼夜值守 24小时有人守 · 24小时内 24小时值班电话 24小时尚未扑灭
ALWAYS = re.compile(
    r"(?:(?:全年)?(?:二十四|24|２４)小时|昼夜)(?:专人|不间断|轮流|都)*(?:值班(?!电话|室)|值守|有人|接诊|在岗|保持|开机|轮|看守|应急值)"
)
# 至少1次 各检查维护1次 组织2次 一次 · 第一次 一次性 拨打2次仍
TIMES = re.compile(
    rf"(?P<least>至少|不少于|不得少于|不低于)?[^，。；次]{{0,40}}?(?<!第)(?P<n>{N})(?:次|回|遍)(?!性|仍|以上|或)"
)
TWICE = re.compile(rf"(?P<parts>[上下早晚]午?、[上下早晚]午?)各[^，。；]{{0,8}}?(?P<n>{N})次")
# 5月31日前 12月1日之前 2027年6月30日前 6月底前 年底前 每月25日前 次月5日前
DATE = re.compile(rf"(?:(?P<year>20\d\d)年)?(?P<month>{N})月(?:(?P<day>{N})日|(?P<end>底|末))(?:之|以)?前")
YEAR_END = re.compile(r"(?:(?P<year>20\d\d)年)?年?(?:底|末|终)(?:之|以)?前")
DAY_OF_MONTH = re.compile(rf"(?:每月|次月|当月|下月)(?P<day>{N})日(?:之|以)?前")
# 汛前 汛期前 入汛前 防火期前 汛前、主汛期各1次
SEASONS = (
    ("flood", re.compile(r"(?<!主)汛期?(?:来临|到来|开始)?(?:之|以)?前|入汛前")),
    ("fire", re.compile(r"防火期(?:来临|到来|开始)?(?:之|以)?前")),
    ("main_flood", re.compile(r"(?<=[前、和])主汛期各")),
)
# 10分钟内 15个工作日内 最迟不超过10分钟 · 3年内不得
WITHIN = re.compile(
    rf"(?P<n>{N})(?P<span>{SPAN})(?:之|以)?内|(?:最迟)?不得?超过(?:[^，。；\d]{{0,6}}后)?(?P<m>{N})(?P<unit>{SPAN})(?!的)"
)
# 提前10分钟到岗 用火前1日 届满30日前 · 提前2小时的步骤 5月30日前
AHEAD = re.compile(
    rf"提前(?P<n>{N})(?P<span>{SPAN})(?!的)|(?<=[\u4e00-\u9fff])(?<!提)前(?P<m>{N})(?P<unit>个?工作日|日|天)(?![内前的])"
    rf"|(?<![月\d\d一二三四五六七八九十])(?P<k>{N})(?P<last>个工作日|日|天|个月)(?:之|以)?前"
)
COUNTED = "名|人|支|台|部|面|套|辆|具"
# 不少于15人 至少1人 看守不少于24小时 保存不少于3年
AT_LEAST = re.compile(rf"(?:不得?少于|至少|不低于)(?P<n>{N})(?P<unit>{COUNTED}|年|个月|小时|天|日)")
# 各1名 组建22人的 安排2名 派2人 配备卫星电话1部 · 全镇设雨量站7处 有独居老人61人
GIVEN = re.compile(
    rf"(?:明确|确定|设立?|(?<!分)配备?|安排|派|组建|由(?!另)|各)[^，。；|）\d]{{0,30}}?(?P<n>{N})(?:[至到—~-]{N})?(?P<unit>{COUNTED})(?![次户])"
)
# 给予50元至500元奖励 · 处500元以上罚款
REWARD = re.compile(r"(?P<n>\d{1,6})元至\d{1,6}元(?:的标准)?(?:的?奖励)")


@dataclass(frozen=True, slots=True)
class Measure:
    """How often, by when, within what time, how many; whatever is empty is not said."""

    count: int | None = None
    """Times in a period."""
    per: str = ""
    """year, half-year, quarter, month, week, day, hour, shift, term, `3 years`, `2 hours`, always, regularly, once."""
    before: str = ""
    """`05-31`, `2027-06-30`, `25` (of each month), or flood, fire, main_flood, several with a comma."""
    within: str = ""
    """`10 minutes`, `5 workdays` after what brings it about; `-12 hours` ahead of it."""
    amount: int | None = None
    amount_unit: str = ""
    """As printed: 人, 名, 台, 年."""

    @property
    def is_any(self) -> bool:
        """Whether anything is measured at all; a bare number of times is no obligation yet."""
        return bool(self.per or self.before or self.within or self.amount)


def measure(text: str, *, is_row: bool = False) -> Measure:
    """Return what a stretch of a sentence measures; a row of a table lists stocks, whose amounts oblige nobody."""
    per, count = _per(text), _count(text)
    amount, unit = (None, "") if is_row else _amount(text)
    before = _before(text)
    if before.startswith("20") and not per:
        per = "once"
    return Measure(count, per, before, _within(text), amount, unit)


def number(text: str) -> int:
    """Return the value of a numeral in any style; the pattern that found it lets nothing else through."""
    return to_int(text) or 0


def _per(text: str) -> str:
    if found := EVERY_N.search(text):
        return _every(number(found["n"]), found["span"])
    if found := EVERY.search(text):
        what = found["what"] or found["by"]
        return PERIODS[what if what == "半年" else what[0]]
    if ON_THE_HOUR.search(text):
        return "hour"
    if ALWAYS.search(text):
        return "always"
    if IN_YEARLY_PLAN.search(text):
        return "year"
    return "regularly" if REGULARLY.search(text) else ""


def _every(count: int, span: str) -> str:
    unit = {"个季度": "quarters"}.get(span) or SPANS[span]
    if count == 1:
        return "day" if unit == "days" else unit.removesuffix("s")
    return "half-year" if (count, unit) == (6, "months") else f"{count} {unit}"


def _count(text: str) -> int | None:
    if found := TWICE.search(text):
        return number(found["n"]) * 2
    found = TIMES.search(text)
    return number(found["n"]) if found else None


def _before(text: str) -> str:
    if (found := DATE.search(text)) and 1 <= (month := number(found["month"])) <= 12:
        last = _last_day(month)
        day = min(number(found["day"]), last) if found["day"] else last  # 6月31日前 has been seen
        year = f"{found['year']}-" if found["year"] else ""
        return f"{year}{month:02d}-{day:02d}"
    if found := DAY_OF_MONTH.search(text):
        return f"{number(found['day']):02d}"
    if found := YEAR_END.search(text):
        return f"{found['year']}-12-31" if found["year"] else "12-31"
    return ",".join(name for name, pattern in SEASONS if pattern.search(text))


def _last_day(month: int) -> int:
    return 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _within(text: str) -> str:
    if found := AHEAD.search(text):
        count = found["n"] or found["m"] or found["k"]
        return f"-{number(count)} {SPANS[found['span'] or found['unit'] or found['last']]}"
    if found := WITHIN.search(text):
        return f"{number(found['n'] or found['m'])} {SPANS[found['span'] or found['unit']]}"
    return ""


def _amount(text: str) -> tuple[int | None, str]:
    if found := REWARD.search(text):
        return number(found["n"]), "元"
    found = AT_LEAST.search(text) or GIVEN.search(text)
    return (number(found["n"]), found["unit"]) if found else (None, "")
