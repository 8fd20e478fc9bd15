"""Times as people say them: 7月1日14:00, 还有约2小时."""

from datetime import datetime, timedelta

from assistant.hazards.moments import LOCAL, utc

WEEKDAYS = "一二三四五六日"


def when(moment: datetime | None) -> str:
    """Return a moment in China: 7月3日（周五）17:30; 时间未定 where there is none."""
    if moment is None:
        return "时间未定"
    local = utc(moment).astimezone(LOCAL)
    return f"{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def span(length: timedelta) -> str:
    """Return a length of time, rounded down as a person would say it: 40分钟, 3小时, 2天."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes < 60:
        return f"{max(minutes, 1)}分钟"
    hours = minutes // 60
    return f"{hours}小时" if hours < 48 else f"{hours // 24}天"


def clock_time(moment: datetime | None, now: datetime) -> str:
    """Return 今天14:05, 昨天09:00 or 7月1日14:05; 时间不详 where it is unknown."""
    if moment is None:
        return "时间不详"
    local, today = utc(moment).astimezone(LOCAL), now.astimezone(LOCAL).date()
    day = {today: "今天", today - timedelta(days=1): "昨天"}.get(local.date(), f"{local.month}月{local.day}日")
    return f"{day}{local:%H:%M}"
