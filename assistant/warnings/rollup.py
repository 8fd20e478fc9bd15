"""The roll-up of a warning (叫应汇总): by village who should have answered and what became of each, from the calls alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.warnings.case import Call
from assistant.warnings.climbing import Outcome, outcome


@dataclass(frozen=True, slots=True)
class Sum:
    """What became of the calls of one place; 应叫 = 已应 + 改派 + 无法送达 + 未应 at every moment."""

    region: str
    called: int
    """应叫: those for whom the ladder began; who was called in their place is counted with 改派."""
    answered: int
    passed: int
    unreachable: int
    silent: int
    households: int = 0
    """To be told, as far as it was said."""
    reached: int = 0


def sums(calls: Iterable[Call]) -> list[Sum]:
    """Return the sums place by place, in the order of calling."""
    by_region: dict[str, list[Call]] = {}
    for made in calls:
        by_region.setdefault(made.region, []).append(made)
    return [_sum(region, made) for region, made in by_region.items()]


def total(of: Iterable[Sum]) -> Sum:
    """Return the sum of sums; its place is empty."""
    listed = list(of)
    names = ("called", "answered", "passed", "unreachable", "silent", "households", "reached")
    return Sum("", **{name: sum(getattr(one, name) for one in listed) for name in names})


def _sum(region: str, calls: list[Call]) -> Sum:
    found = [outcome(made) for made in calls if not made.instead_of]
    told = [made for made in calls if made.households is not None]
    return Sum(
        region=region,
        called=len(found),
        answered=found.count(Outcome.ANSWERED),
        passed=found.count(Outcome.PASSED),
        unreachable=found.count(Outcome.UNREACHABLE),
        silent=found.count(Outcome.OPEN) + found.count(Outcome.CLOSED),
        households=sum(made.households or 0 for made in told),
        reached=sum(made.reached for made in told),
    )
