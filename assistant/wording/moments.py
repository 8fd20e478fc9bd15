"""Times as people say them, in China's time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def clock_time(moment: datetime | None, now: datetime) -> str:
    """Return 今天 14:05, 昨天 09:00 or 7月1日 14:05; 时间不详 where it is unknown."""
    if moment is None:
        return "时间不详"
    local, today = moment.astimezone(LOCAL), now.astimezone(LOCAL).date()
    day = {today: "今天", today - timedelta(days=1): "昨天"}.get(local.date(), f"{local.month}月{local.day}日")
    return f"{day} {local:%H:%M}"


def span(duration: timedelta) -> str:
    """Return 40分钟, 2小时10分钟 or 3天; the sign does not matter."""
    minutes = abs(round(duration.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes}分钟"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours}小时{rest}分钟" if rest else f"{hours}小时"
    return f"{hours // 24}天"
