"""When the server had the first words of a report (收到时间): by its own clock, whatever the phone says."""

from datetime import datetime

from sqlmodel import col, select

from assistant.hazards import Hazard
from assistant.hazards.moments import utc
from assistant.people import Identity
from assistant.rewards import Receipt
from assistant.store.duplicates import merged_into, sealed
from assistant.store.inbox import InboxRow
from assistant.store.work import SealedRow, Work


def receipts(work: Work, main: Hazard) -> list[Receipt]:
    """Return the receipts of a case and of all that were merged into it, the first one first."""
    cases = [main, *merged_into(work.session, main.number)]
    return sorted((_receipt(work, case) for case in cases), key=lambda one: (one.at, one.case))


def reporter_of(work: Work, number: str) -> SealedRow | None:
    """Return the sealed row of who reported a case; None where that person has had everything erased."""
    own = [row for row in sealed(work.session, number) if not row.is_follower]
    return own[0] if own else None


def _receipt(work: Work, case: Hazard) -> Receipt:
    registered = utc(case.registered_at or work.now)
    row = reporter_of(work, case.number)
    first = _first_words(work, row.person_id, case.text, registered) if row else None
    return Receipt(case.number, first or registered)


def _first_words(work: Work, person: int, text: str, before: datetime) -> datetime | None:
    """Return when the message came with which a report begins: a dialogue may end much later than it began."""
    query = (
        select(InboxRow.text, InboxRow.received_at)
        .join(Identity, (col(Identity.channel) == InboxRow.channel) & (col(Identity.sender) == InboxRow.sender))
        .where(Identity.person_id == person, col(InboxRow.received_at).is_not(None))
        .order_by(col(InboxRow.id).desc())
        .limit(50)
    )
    for said, received_at in work.session.exec(query).all():
        if received_at is not None and said.strip() and text.startswith(said.strip()) and utc(received_at) <= before:
            return utc(received_at)
    return None
