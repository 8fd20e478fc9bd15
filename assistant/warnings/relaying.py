"""What a duty officer writes to relay a warning (转发预警 暴雨红色 上河村、松岭村 县气象台 15:30), or pastes; pure."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.script import simplified
from assistant.warnings.case import Level
from assistant.warnings.moments import moments

ASKING = r"(?:请|麻烦|帮忙|帮我|帮|给我|我要|现在|马上|再)*"
# 转发预警：… · 请转发县气象台暴雨红色预警到上河村
ORDER = re.compile(
    rf"^\s*{ASKING}转发(?:一下)?(?:预警(?:信息|消息|信号)?[:：,，\s]*|(?=.*预警))(?P<rest>.*)$", re.DOTALL
)
# 帮我把暴雨红色预警转发给上河村
PUT = re.compile(rf"^\s*{ASKING}[把将](?P<what>.*预警.*?)转发(?:一下)?(?:给|到)(?P<to>.*)$", re.DOTALL)
# 演练叫应 上河村 暴雨红色 · 叫应演练 全镇 · near miss: 演练叫应结果
REHEARSAL = re.compile(r"^\s*(?:演练叫应|叫应演练)(?!的?(?:结果|情况|成绩))[:：,，\s]*(?P<rest>.*)$", re.DOTALL)
WITH_ABOVE = re.compile(r"(?:叫到|也叫|连|含|包括)上一?级")
COLOURS = {"红": Level.RED, "橙": Level.ORANGE, "黄": Level.YELLOW, "蓝": Level.BLUE}
GRADES = {**dict(zip("一二三四", COLOURS.values(), strict=True)), **dict(zip("ⅠⅡⅢⅣ", COLOURS.values(), strict=True))}
EVENTS = "强对流|强降水|强降雨|大暴雨|暴雨|山洪灾害|山洪|地质灾害|泥石流|滑坡|江河洪水|洪水|雷暴大风|雷雨大风|雷电|大风|台风|冰雹|暴雪|道路结冰|低温冰冻|低温雨雪|寒潮|低温|霜冻|高温|干旱|大雾|霾|沙尘暴|森林草原火险|森林火险"
EVENT = re.compile(rf"(?P<event>(?:{EVENTS})(?:灾害)?(?:气象)?(?:风险)?)(?:等级)?")
# 红色 · Ⅰ级; 红色教育 is no level, but no order to relay is about that
LEVEL = re.compile(r"(?P<colour>[红橙黄蓝])色|(?P<grade>[ⅠⅡⅢⅣ一二三四])级")
SENDER = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:气象台|气象局|水利局|水务局|水文局|水文站|自然资源局|规划局|林草局|林业局|应急局|应急管理局|防汛办|防办|防汛抗旱指挥部|防指|森防指|指挥部|地震局)"
)
JOINED = re.compile(r"^.*(?:由|据|接|[与和，,：:])(?=.)")
EXCEPT = re.compile(r"除(?:了)?(?P<places>[^，,。；;]{2,30}?)(?:之外|以外|外)")


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
    but: str = ""
    """The words of the places that are left out (除…外)."""
    calls_above: bool = False
    """A rehearsal is to reach those further up, too (叫到上级)."""

    @property
    def title(self) -> str:
        """How the warning is called."""
        colour = next((sign for sign, level in COLOURS.items() if level is self.level), "")
        return f"{self.event}{colour}色预警" if colour else self.event


SHORT = 40
"""Characters up to which an order is key words and no pasted text."""


def read_relay(text: str, now: datetime) -> Told | None:
    """Return what an order to relay a warning says, None where the words are none."""
    plain = simplified(text)
    put = PUT.match(plain)
    found = ORDER.match(plain)
    if put is None and found is None:
        return None
    whole = f"{put['what']} {put['to']}" if put else found["rest"] if found else ""
    return _told(whole.strip(), now)


def read_rehearsal(text: str, now: datetime) -> Told | None:
    """Return what an order to rehearse a warning says, None where the words are none."""
    found = REHEARSAL.match(simplified(text))
    if found is None:
        return None
    # taken out first: 上一级 is no grade of a warning
    told = _told(WITH_ABOVE.sub(" ", found["rest"]).strip(), now)
    return replace(told, calls_above=WITH_ABOVE.search(found["rest"]) is not None)


def _told(whole: str, now: datetime) -> Told:
    event, level, named = EVENT.search(whole), LEVEL.search(whole), moments(whole, now)
    issued = [one.at for one in named if not one.is_expected]
    onset = [one.at for one in named if one.is_expected]
    rest = _without(whole, [(one.start, one.end) for one in named], event, level)
    sender, but = SENDER.search(rest), EXCEPT.search(rest)
    rest = EXCEPT.sub(" ", rest)
    return Told(
        event=event["event"] if event else "",
        level=_level(level),
        sender=JOINED.sub("", sender[0]) if sender else "",
        issued_at=issued[0] if issued else None,
        onset_at=onset[0] if onset else None,
        rest=SENDER.sub(" ", rest),
        said=whole if len(whole) > SHORT else "",
        but=but["places"] if but else "",
    )


def _level(found: re.Match[str] | None) -> Level:
    if found is None:
        return Level.NONE
    return COLOURS[found["colour"]] if found["colour"] else GRADES[found["grade"]]


def _without(text: str, spans: list[tuple[int, int]], *found: re.Match[str] | None) -> str:
    """Return the words without some stretches, each of which parts what stands beside it."""
    gaps = [*spans, *(one.span() for one in found if one is not None)]
    return "".join(" " if any(start <= at < end for start, end in gaps) else sign for at, sign in enumerate(text))
