"""Auditing (核对): the event log is read apart from the clock; whoever finds something late says so to the duty leader."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from assistant.audit import Late, overdue
from assistant.desk.notices import plain
from assistant.events import utc
from assistant.rules import Rules
from assistant.store import Lane, Store, Work, auditlog, on_duty
from assistant.store.directory import LOCAL
from assistant.wording import clock as words

SHOWN = 20
"""Entries of what is late on the health page."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What one look at the log has found."""

    at: datetime
    late: tuple[Late, ...]

    @property
    def is_good(self) -> bool:
        """Whether all that should have happened has."""
        return not self.late

    def shown(self) -> dict[str, object]:
        """Return it as the health page shows it."""
        late = [
            {"case": one.case, "what": one.what.value, "due_at": utc(one.due_at).isoformat()}
            for one in self.late[:SHOWN]
        ]
        return {"at": utc(self.at).isoformat(), "late": len(self.late), "cases": late}


def audit(store: Store, rules: Rules, now: datetime) -> Audit:
    """Look through the log and tell whom it concerns; the log is read in one transaction and thought about outside it."""
    with store.work(now) as work:
        events = auditlog.recorded(work.session, now)
    found = Audit(now, overdue(events, rules, now))
    if found.late:
        store.attempt(now, lambda work: _tell(work, found))
    return found


def _tell(work: Work, found: Audit) -> None:
    """Tell the leader on duty of each place, once an hour."""
    by_place: dict[str, list[Late]] = defaultdict(list)
    for one in found.late:
        by_place[one.region].append(one)
    hour = f"{work.now.astimezone(LOCAL):%Y%m%d%H}"
    for place, late in by_place.items():
        for person in on_duty(work, place)[:1]:
            work.tell(person, plain(words.failed(late)), key=f"audit/{hour}", lane=Lane.URGENT)
