"""Auditing (核对): the event log is read apart from the clock; whoever finds something late says so to the duty leader."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.audit import Late, Watch
from assistant.desk.notices import plain
from assistant.events import utc
from assistant.rules import Rules
from assistant.store import Lane, Store, Work, auditlog, on_duty
from assistant.store.directory import LOCAL
from assistant.wording import clock as words

SHOWN = 20
"""Entries of what is late on the health page."""
ANEW = timedelta(hours=1)
"""So often the log is read from the beginning: nothing that was overlooked stays so."""
PAGE = 2000
"""Events read in one transaction."""
BEHIND = 500
"""So many of the last events are read once more: on PostgreSQL an earlier one may be committed later."""
STREAMS = 200
"""Cases read again in one transaction."""


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


class Auditor:
    """Reads on in the log from look to look, and once an hour all of it again; the tables of the cases it never reads."""

    def __init__(self, store: Store, rules: Rules) -> None:
        self._store, self._rules = store, rules
        self._watch, self._last = Watch(), 0
        self._begun_at: datetime | None = None

    def look(self, now: datetime) -> Audit:
        """Look through the log and tell whom it concerns; nothing is thought about inside a transaction."""
        if self._begun_at is None or not timedelta(0) <= now - self._begun_at < ANEW:
            self._begin(now)
        self._read(now)
        found = Audit(now, self._watch.overdue(self._rules, now))
        if found.late:
            self._store.attempt(now, lambda work: _tell(work, found))
        return found

    def _begin(self, now: datetime) -> None:
        self._watch, self._begun_at = Watch(), now
        with self._store.work(now) as work:
            self._last = auditlog.beginning(work.session, now) + BEHIND

    def _read(self, now: datetime) -> None:
        at, again = max(self._last - BEHIND, 0), set[str]()
        while True:
            with self._store.work(now) as work:
                events, last = auditlog.after(work.session, at, PAGE)
            again |= self._watch.take(events)
            if len(events) < PAGE:
                break
            at = last
        self._last = max(self._last, last)
        streams = sorted(again)
        for start in range(0, len(streams), STREAMS):
            with self._store.work(now) as work:
                events = auditlog.of(work.session, streams[start : start + STREAMS])
            self._watch.take(events)


def _tell(work: Work, found: Audit) -> None:
    """Tell the leader on duty of each place, once an hour."""
    by_place: dict[str, list[Late]] = defaultdict(list)
    for one in found.late:
        by_place[one.region].append(one)
    hour = f"{work.now.astimezone(LOCAL):%Y%m%d%H}"
    for place, late in by_place.items():
        for person in on_duty(work, place)[:1]:
            work.tell(person, plain(words.failed(late)), key=f"audit/{hour}", lane=Lane.URGENT)
