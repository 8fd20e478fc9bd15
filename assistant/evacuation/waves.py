"""The waves (转移批次): who of a roll is moved, and why at night nobody is left for the morning.

When a wave begins is the ladder's matter (assistant.warnings.ladder); source of both: Yunnan flood headquarters,
2025-08-20 (6 h before: the vulnerable; 2 h before: all; at night, where it cannot be judged, always).
"""

from collections.abc import Iterable
from datetime import datetime

from assistant.evacuation.household import Household
from assistant.evacuation.transfer import Wave
from assistant.events import utc
from assistant.rules import Rules
from assistant.warnings.ladder import LOCAL, nightfall


def widened(wave: Wave, now: datetime, region: str, rules: Rules) -> Wave:
    """Return whom an order moves: everybody where the time of its list ends at night, for nobody is moved in time then.

    For orders of a person; a ladder has brought its waves before nightfall itself.
    """
    until = utc(now) + rules.find(f"evacuation.finish.{wave.value}", region, utc(now).astimezone(LOCAL).date()).duration
    return Wave.ALL if nightfall(until, region, rules) is not None else wave


def chosen(households: Iterable[Household], wave: Wave) -> list[Household]:
    """Return whom a wave moves, those who cannot go alone first."""
    found = [one for one in households if wave is Wave.ALL or one.weak]
    return sorted(found, key=lambda one: not one.weak)
