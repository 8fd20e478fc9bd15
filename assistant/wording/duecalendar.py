"""What is said of a place's year (今年要做哪些事): what, how often, by when, how far, and where it stands."""

from collections.abc import Sequence
from datetime import date

from assistant.drills import DutyItem, ItemState
from assistant.obligations import Obligation
from assistant.obligations.periods import Window
from assistant.wording.obligations import kind, requirement, source

Entry = tuple[Obligation, Sequence[Window], Sequence[DutyItem]]
HEAD = "{place}{year}年要办的事，按文件确认过的有{count}项："
LINE = "{number}. {what}：{measure}。{when}{state}出处：{source}。"
BY = "截止{days}。"
UNDATED = "没有固定日子。"
DONE = "已办{done}/{total}次"
OVERDUE = "，逾期{count}次"
STATE = "{done}。"
MORE = "还有{count}项没有列出，请到“职责”页面看。"
WAITING = "另有{count}条职责从文件里找出来了，还没有人确认；请应急负责人发“职责清单”逐条确认。"
NOTHING = "{place}还没有确认过的职责，排不出{year}年要办的事。"
MOST_DAYS = 4
FINISHED = (ItemState.DONE.value, ItemState.CHECKED.value)


def calendar(  # noqa: PLR0913  (the place, the year and what is known of both)
    region: str, year: int, entries: Sequence[Entry], waiting: int, most: int, today: date
) -> str:
    """Return a year of a place; waiting: obligations that nobody has decided on."""
    place = region.rpartition("/")[2]
    rest = [WAITING.format(count=waiting)] if waiting else []
    if not entries:
        return "\n".join([NOTHING.format(place=place, year=year), *rest])
    lines = [_line(number, one, today) for number, one in enumerate(entries[:most], 1)]
    more = [MORE.format(count=len(entries) - most)] if len(entries) > most else []
    return "\n".join([HEAD.format(place=place, year=year, count=len(entries)), *lines, *more, *rest])


def _line(number: int, entry: Entry, today: date) -> str:
    known, found, items = entry
    return LINE.format(
        number=number,
        what=kind(known),
        measure=requirement(known.measure),
        when=_by(found) if found else UNDATED,
        state=_state(found, items, today),
        source=source(known),
    )


def _by(found: Sequence[Window]) -> str:
    """Return the last days, of many only the first ones."""
    days = list(dict.fromkeys(f"{last.month}月{last.day}日" for _, last in found))
    return BY.format(days="、".join(days[:MOST_DAYS]) + ("等" if len(days) > MOST_DAYS else ""))


def _state(found: Sequence[Window], items: Sequence[DutyItem], today: date) -> str:
    """Return how many of how many are done; empty where the calendar follows none of it."""
    if not items:
        return ""
    counted = [one for one in items if one.state != ItemState.WAIVED.value]
    late = sum(one.is_overdue(today) for one in counted)
    done = DONE.format(done=sum(one.state in FINISHED for one in counted), total=max(len(found), len(counted)))
    return STATE.format(done=done + (OVERDUE.format(count=late) if late else ""))
