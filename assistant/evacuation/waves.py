"""The waves (转移批次): who is moved how long before, and why at night nobody is left for the morning.

Source: Yunnan flood headquarters, 2025-08-20 (6 h before: the vulnerable; 2 h before: all; at night, where it cannot
be judged, always).
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.evacuation.household import Household
from assistant.evacuation.transfer import Wave
from assistant.events import utc
from assistant.rules import Rules

LOCAL = ZoneInfo("Asia/Shanghai")


def wave_at(onset: datetime, now: datetime, region: str, rules: Rules) -> Wave | None:
    """Return who has to be moved now, None while it is too early; onset: when the danger is expected."""
    before = utc(onset) - utc(now)
    on = utc(now).date()
    if before <= rules.find("evacuation.wave.all", region, on).duration:
        return Wave.ALL
    if before <= rules.find("evacuation.wave.vulnerable", region, on).duration:
        return widened(Wave.VULNERABLE, onset, region, rules)
    return None


def widened(wave: Wave, onset: datetime, region: str, rules: Rules) -> Wave:
    """Return the wave, or everybody where the danger comes at night: whoever sleeps is not moved in time."""
    return Wave.ALL if is_night(onset, region, rules) else wave


def is_night(moment: datetime, region: str, rules: Rules) -> bool:
    """Say whether a moment lies in the night of the rules, by the clock in China."""
    local = utc(moment).astimezone(LOCAL)
    begins = rules.find("evacuation.night.begins", region, local.date()).value
    ends = rules.find("evacuation.night.ends", region, local.date()).value
    hour = local.hour + local.minute / 60
    return hour >= begins or hour < ends


def chosen(households: Iterable[Household], wave: Wave) -> list[Household]:
    """Return whom a wave moves, those who cannot go alone first."""
    found = [one for one in households if wave is Wave.ALL or one.weak]
    return sorted(found, key=lambda one: not one.weak)
