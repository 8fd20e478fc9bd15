"""Report clocks as a duty officer reads them: until when, how long there is left, under which rule."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from assistant.incidents import Incident
from assistant.incidents.clocks import Clock, Whose
from assistant.wording.moments import clock_time

STEPS = {
    "phone": "电话报县",
    "written": "书面报县",
    "township": "灾情报县",
    "follow_up": "下一次续报",
    "zero": "每日零报告（没有变化也要报）",
    "final": "终报",
    "head": "如果是生产安全事故，出事单位负责人报县应急部门",
    "level": "如果是生产安全事故，县以上逐级上报，每一级",
    "county": "自然灾害，县报市",
    "changes": "如果是生产安全事故，伤亡人数有变化要补报，一直到",
}
CHECK = "（当地规定请核对；这里暂按{source}）"
BASIS = "（依据：{source}）"
LEFT = "{step}：{due}前，还剩{left}{basis}"
OVER = "{step}：应在{due}前，已经超过{left}，请马上报，照实记时间{basis}"
DONE = "{step}：{done}已报，按时（应在{due}前）"
DONE_LATE = "{step}：{done}已报，晚了{left}（应在{due}前）{basis}"
WINDOW = "{step}{due}{basis}"
ABOVE = "{step}：{due}前{basis}"
HEAD = "{number}（{place}）的上报时限，从{start}接报算起："
NO_RULE = "这个地方还没有录入上报时限，请按县里的规定报。"
NEAR = "【提醒】{number}\n{line}\n报了请回复，例如“已报县局 14:05 电话”“初报已报 14:20”。要草稿回复“写初报”。"
LATE = "【超时】{number}\n{line}\n报了请回复时间，照实写，不要改。"


def clock_lines(incident: Incident, found: Sequence[Clock], place: str, now: datetime) -> str:
    """Return all clocks of an incident, one a line."""
    start = clock_time(incident.registered_at, now)
    lines = [clock_line(clock, now) for clock in found] or [NO_RULE]
    return "\n".join([HEAD.format(number=incident.number, place=place, start=start), *lines])


def next_lines(found: Sequence[Clock], now: datetime) -> str:
    """Return what the duty desk itself still has to report, one a line."""
    return "\n".join(clock_line(one, now) for one in found if one.whose is Whose.OURS and one.done_at is None)


def clock_line(clock: Clock, now: datetime) -> str:
    """Return one clock; a rule that nobody has compared with its source is never asserted as law."""
    basis = (BASIS if clock.rule.is_verified else CHECK).format(source=clock.rule.source)
    said = {
        "step": STEPS[clock.step],
        "due": clock_time(clock.due_at, now),
        "left": minutes(clock.left(now)),
        "basis": basis,
        "done": clock_time(clock.done_at, now) if clock.done_at else "",
    }
    return _template(clock, now).format(**said)


def _template(clock: Clock, now: datetime) -> str:
    if clock.whose is Whose.WINDOW:
        return WINDOW
    if clock.done_at is not None:
        return DONE_LATE if clock.is_late(now) else DONE
    if clock.whose is Whose.ABOVE:
        return ABOVE
    return OVER if clock.is_late(now) else LEFT


def minutes(span: timedelta) -> str:
    """Return 12分钟, 1小时5分钟 or 29天; the sign does not matter, a begun minute counts as none."""
    whole = int(abs(span.total_seconds()) // 60)
    if whole < 60:
        return f"{whole}分钟"
    hours, rest = divmod(whole, 60)
    if hours >= 48:
        return f"{hours // 24}天"
    return f"{hours}小时{rest}分钟" if rest else f"{hours}小时"


def near(incident: Incident, clock: Clock, now: datetime) -> str:
    """Return the reminder that a report is due soon."""
    return NEAR.format(number=incident.number, line=clock_line(clock, now))


def late(incident: Incident, clock: Clock, now: datetime) -> str:
    """Return what duty and leader are told once a report is late."""
    return LATE.format(number=incident.number, line=clock_line(clock, now))
