"""What a duty officer writes to relay a warning (转发预警 暴雨红色 上河村、松岭村 县气象台 15:30), or pastes; pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.events import utc
from assistant.script import simplified
from assistant.warnings.case import Level

LOCAL = ZoneInfo("Asia/Shanghai")
ORDER = re.compile(r"^\s*转发预警(?:信息|消息|信号)?[:：,，\s]*(?P<rest>.*)$", re.DOTALL)
# 演练叫应 上河村 暴雨红色 · 叫应演练 全镇 · near miss: 演练叫应结果
REHEARSAL = re.compile(r"^\s*(?:演练叫应|叫应演练)(?!的?(?:结果|情况|成绩))[:：,，\s]*(?P<rest>.*)$", re.DOTALL)
WITH_ABOVE = re.compile(r"(?:叫到|也叫|连|含|包括)上[一]?级")
COLOURS = {"红": Level.RED, "橙": Level.ORANGE, "黄": Level.YELLOW, "蓝": Level.BLUE}
EVENTS = "强对流|强降水|强降雨|大暴雨|暴雨|山洪灾害|山洪|地质灾害|泥石流|滑坡|洪水|江河洪水|雷暴大风|雷雨大风|雷电|大风|台风|冰雹|暴雪|道路结冰|寒潮|低温|霜冻|高温|干旱|大雾|霾|沙尘暴|森林火险|森林草原火险"
# 暴雨红色预警 山洪灾害气象风险橙色 · 红色教育
NAMED = re.compile(
    rf"(?P<event>(?:{EVENTS})(?:灾害)?(?:气象)?(?:风险|等级)?)(?:预警)?(?:信号)?[Ⅰ-Ⅳ级（）()一二三四]*(?P<colour>[红橙黄蓝])色"
)
SENDER = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:气象台|气象局|水利局|水务局|水文局|自然资源局|规划局|林草局|林业局|应急局|应急管理局|防汛办|防办|防汛抗旱指挥部|防指|森防指|指挥部|地震局)"
)
TIME = r"(?P<hour>[01]?\d|2[0-4])(?:[:：](?P<minute>[0-5]\d)|[时点](?:(?P<minutes>[0-5]?\d)分)?)"
AT = re.compile(TIME)
# 预计今晚20时起 预计明天6:00 · 预计3小时内
ONSET = re.compile(
    rf"预计(?:将?于|在)?(?P<day>今[天日晚夜]|明[天日早晨晚]|后天)?(?:凌晨|早上|上午|中午|下午|傍晚|晚上|夜间)?{TIME}"
)
DAYS = {"今": 0, "明": 1, "后": 2}
UNKNOWN = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,6}(?:村|社区)(?![\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Told:
    """What an order says; empty and None where it does not."""

    event: str
    level: Level
    sender: str
    issued_at: datetime | None
    onset_at: datetime | None
    rest: str
    """The words in which places stand."""
    said: str
    """All of it, where it is longer than an order in key words."""

    @property
    def title(self) -> str:
        """How the warning is called."""
        colour = next((sign for sign, level in COLOURS.items() if level is self.level), "")
        return f"{self.event}{colour}色预警" if colour else self.event


SHORT = 40
"""Characters up to which an order is key words and no pasted text."""


def read_relay(text: str, now: datetime) -> Told | None:
    """Return what an order to relay a warning says, None where the words are none."""
    found = ORDER.match(simplified(text))
    return None if found is None else _told(found["rest"].strip(), now)


def read_rehearsal(text: str, now: datetime) -> Told | None:
    """Return what an order to rehearse a warning says, None where the words are none."""
    found = REHEARSAL.match(simplified(text))
    return None if found is None else _told(found["rest"].strip(), now)


def calls_above(told: Told) -> bool:
    """Say whether a rehearsal is to reach those further up, too (叫到上一级)."""
    return WITH_ABOVE.search(told.rest) is not None


def _told(rest: str, now: datetime) -> Told:
    named, onset = NAMED.search(rest), ONSET.search(rest)
    without = ONSET.sub(" ", NAMED.sub(" ", rest))
    sender = SENDER.search(without)
    issued = AT.search(without)
    return Told(
        event=named["event"] if named else "",
        level=COLOURS[named["colour"]] if named else Level.NONE,
        sender=sender[0] if sender else "",
        issued_at=_before(issued, now) if issued else None,
        onset_at=_after(onset, now) if onset else None,
        rest=without.replace(sender[0], " ") if sender else without,
        said=rest if len(rest) > SHORT else "",
    )


def _clock(found: re.Match[str]) -> timedelta:
    return timedelta(hours=int(found["hour"]), minutes=int(found["minute"] or found["minutes"] or 0))


def _midnight(now: datetime) -> datetime:
    return utc(now).astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)


def _before(found: re.Match[str], now: datetime) -> datetime:
    """Return the last time that the clock showed this."""
    moment = _midnight(now) + _clock(found)
    return moment if moment <= now else moment - timedelta(days=1)


def _after(found: re.Match[str], now: datetime) -> datetime:
    """Return the next time that the clock shows this, on the day that is named; 今晚8点 is eight in the evening."""
    span = _clock(found)
    if re.search(r"今[晚夜]|明晚|下午|傍晚|晚上|夜间", found[0]) and span < timedelta(hours=12):
        span += timedelta(hours=12)
    day = DAYS.get((found["day"] or " ")[0])
    moment = _midnight(now) + span + timedelta(days=day or 0)
    return moment + timedelta(days=1) if day is None and moment < now else moment


def moment_said(text: str, now: datetime) -> datetime | None:
    """Return the last time that the clock showed what is written as 15:40 or 15点40分; None for no time of day."""
    found = AT.fullmatch(text)
    return _before(found, now) if found else None
