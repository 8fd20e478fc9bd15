"""Who will be called and has not been yet (待叫应): a ladder that leads to such a person makes the call before its turn."""

from collections.abc import Collection

from assistant.desk import callnotices as notices
from assistant.desk.callnotices import Like
from assistant.store import Work, fanout
from assistant.store import warnings as stored
from assistant.store.fanout import FanOutRow
from assistant.warnings import Call, RelayedWarning, steps_of


def call_to(work: Work, warning: RelayedWarning, person: int, looked_up: Collection[int] = ()) -> Call | None:
    """Return the call of a warning to a person; nobody has two.

    looked_up: persons who are known to have none yet.
    """
    known = None if person in looked_up else stored.call_to(work.session, warning.number, person)
    row = None if known else fanout.to_call(work.session, warning.number, person)
    if row is None:
        return known
    fanout.made(work.session, row)
    return make(work, warning, row)


def make(work: Work, warning: RelayedWarning, row: FanOutRow) -> Call:
    """Make a call that was planned; nothing is sent yet."""
    if not row.plan:
        return notices.add_call(work, warning, row.person, row.call)[0]
    return notices.add_ladder_call(work, warning, row.call, steps_of(row.plan), Like(row.region, row.must_act))
