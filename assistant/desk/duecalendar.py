"""What a place has to do in a year by its confirmed obligations (今年要做哪些事): each window with how far it has come."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.desk import drillview
from assistant.desk.drillwords import year_in
from assistant.desk.knowledge import plain
from assistant.drills import DutyItem
from assistant.drills.items import doers
from assistant.hazards.moments import day
from assistant.obligations import Obligation, ObligationState, windows
from assistant.obligations.periods import Window
from assistant.people import Person
from assistant.permissions import DrillAction
from assistant.ports import Outgoing
from assistant.rules import covers
from assistant.script import simplified
from assistant.store import Work
from assistant.store import drills as items
from assistant.store import obligations as stored
from assistant.wording import duecalendar as words

MOST = 15
"""Obligations in one reply."""
PLACE = r"(?:我们|咱们?|俺们?|本)?(?:[\u4e00-\u9fff]{1,6}?)?(?:村|镇|乡|社区|街道|村里|镇里|乡里|这里|这儿)?"
YEAR = r"(?:今年|本年度?|去年|明年|20\d\d年|全年)"
# 我们村今年要做哪些事 今年要办的事 全年履职日程 · 今年要做哪些事才能评先进
ASKED = re.compile(
    rf"{PLACE}(?:在)?{YEAR}(?:还)?(?:要|该|得|应该|必须)(?:做|办|搞|完成|干)(?:的)?(?:哪些|什么|啥|些什么|几件)?(?:事情?|工作|任务|事项)?(?:有哪些|有什么|是什么)?"
    rf"|{PLACE}{YEAR}的?(?:履职|职责|应急)?(?:日程|任务|清单|日程表|任务表|要办的事)"
    rf"|{PLACE}(?:履职|职责)(?:日程|任务)表?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One obligation of a place with its windows of the year."""

    known: Obligation
    windows: tuple[Window, ...]
    items: tuple[DutyItem, ...]
    """Those that have been opened, the first due first."""


def attend(text: str, person: Person, work: Work) -> list[Outgoing] | None:
    """Answer what has to be done in a year; None where something else is asked, or the person sees no such thing."""
    said = re.sub(r"[\s，。！？,.!?呢呀啊吗]", "", simplified(text))
    if not ASKED.fullmatch(said):
        return None
    regions = drillview.regions(work, person, DrillAction.SEE)
    if not regions:
        return None
    today = day(work.now)
    region, year = _place(said, regions, work), year_in(said, today.year) + ("明年" in said)
    entries = calendar(work, region, year, today)
    waiting = len(stored.applying(work.session, region, state=ObligationState.PROPOSED.value))
    return [
        plain(
            words.calendar(region, year, [(one.known, one.windows, one.items) for one in entries], waiting, MOST, today)
        )
    ]


def calendar(work: Work, region: str, year: int, today: date) -> list[Entry]:
    """Return what has been confirmed for a place, or above it, and is its own to do; the first due first, undated last."""
    villages, held = items.villages(work.session), items.within(work.session, [region])
    entries = []
    for known in stored.confirmed(work.session, region, today):
        places = [one for one in known.places if covers(one, region)]
        # what holds for a county's townships is each township's own, and none of a village's
        asked = places if region in villages else [region]
        if not places or region not in doers(known, asked, villages):
            continue
        own = tuple(one for one in held if one.obligation == known.number and one.region == region)
        found = tuple(windows(known, year, place=region))
        entries.append(Entry(known, found, tuple(one for one in own if one.due_on[:4] == str(year))))
    return sorted(entries, key=lambda one: (not one.windows, one.windows[-1:], one.known.number))


def _place(said: str, regions: list[str], work: Work) -> str:
    """Return the village that is named, else the own place: the smallest one."""
    villages = [one for region in regions for one in items.villages(work.session, region)]
    named = [one for one in villages if one.rpartition("/")[2] in said]
    return named[0] if named else regions[-1]
