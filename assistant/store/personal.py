"""A person's data (个人信息): all of it as one record, and its erasure; the case stays, with a token that leads to nobody.

Source: Personal Information Protection Law, articles 45 (copy) and 47 (deletion).
"""

import json
import secrets
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, func, select

from assistant.errors import DamagedMedia, MissingMedia, UnknownPerson
from assistant.events import RULE, Event
from assistant.hazards.moments import text as moment_text
from assistant.hazards.moments import utc
from assistant.people import Grant, Identity, Invitation, Person
from assistant.people.logins import LoginCode, LoginSession
from assistant.ports import Outgoing
from assistant.store import rolls
from assistant.store.allowances import AllowanceRow
from assistant.store.blocking import BlockRow
from assistant.store.handovers import HandOverRow
from assistant.store.inbox import InboxRow
from assistant.store.outbox import Delivery, OutboxRow, as_payload
from assistant.store.profiles import AskerRow
from assistant.store.secrets import SecretRow
from assistant.store.spool import SpoolRow
from assistant.store.work import ConversationRow, SealedRow, Work
from assistant.training import Attendance, Paper

LOG = "erasures"
"""Stream of the events that say that something was erased: when and how much, never whose."""
ERASED = "person_erased"


def person_behind(work: Work, channel: str, sender: str) -> Person:
    """Return the person of an account; raises UnknownPerson."""
    query = select(Identity).where(Identity.channel == channel, Identity.sender == sender)
    account = work.session.exec(query).first()
    if account is None:
        raise UnknownPerson(name=f"{channel} {sender}", near="")
    return work.person_by_id(account.person_id)


def exported(work: Work, person: Person) -> dict[str, Any]:
    """Return everything that is kept of a person, as JSON values."""
    accounts = _accounts(work.session, person)
    outbox = work.session.exec(select(OutboxRow).where(OutboxRow.person_id == person.id).order_by(col(OutboxRow.id)))
    return {
        "exported_at": moment_text(work.now),
        "person": _plain(person),
        "accounts": [_plain(account) for account in accounts],
        "roles": [_plain(grant) for grant in _of(work.session, Grant, person)],
        "reports": [_plain(row) for row in _of(work.session, SealedRow, person)],
        "messages": [_plain(row) for row in _messages(work.session, accounts)],
        "told": [_plain(row) for row in outbox],
        "profiles": [_plain(row) for account in accounts for row in _rows(work.session, AskerRow, account)],
        "hand_overs": [_plain(row) for account in accounts for row in _rows(work.session, HandOverRow, account)],
        "blocks": [{"since": moment_text(row.since)} for row in _of(work.session, BlockRow, person)],
        "conversations": [_plain(row) for row in _of(work.session, ConversationRow, person)],
        "trainings": [_plain(row) for row in _of(work.session, Attendance, person)],
        "quiz_papers": [_plain(row) for row in work.session.exec(select(Paper).where(Paper.person == person.id))],
        **rolls.exported(work.session, person),
        "files": [_file(work, digest) for digest in files(work, person)],
    }


def files(work: Work, person: Person) -> list[str]:
    """Return the digests of the pictures and voice messages that a person sent, in their order."""
    rows = _messages(work.session, _accounts(work.session, person))
    return list(dict.fromkeys(one["digest"] for row in rows for one in json.loads(row.attachments)))


def cases(work: Work, person: Person) -> list[str]:
    """Return the numbers of the cases that a person reported or follows."""
    return sorted(row.case for row in _of(work.session, SealedRow, person))


def counts(work: Work, person: Person) -> dict[str, int]:
    """Return how much is kept of a person."""
    accounts = _accounts(work.session, person)
    return {
        "accounts": len(accounts),
        "messages": len(_messages(work.session, accounts)),
        "files": len(files(work, person)),
        "cases": len(cases(work, person)),
        "households": len(rolls.own_households(work.session, person)),
    }


def erase(work: Work, person: Person) -> dict[str, int]:
    """Erase what leads to a person; return how much it was. Raises: CannotWrite.

    The files come first: they cannot be given back, and what fails after them can be done once more.
    """
    found = counts(work, person)
    for digest in files(work, person):
        work.media.anonymise(digest)
    session = work.session
    session.flush()
    accounts = _accounts(session, person)
    for account in accounts:
        _empty_messages(session, account)
        _forget_platform(session, account)
    _empty_outbox(work, person)
    rolls.unbind(session, person)
    for row in (
        *(row for account in accounts for row in _rows(session, AskerRow, account)),
        *(
            row
            for table in (
                SealedRow,
                ConversationRow,
                Grant,
                Invitation,
                LoginCode,
                LoginSession,
                SecretRow,
                Attendance,
                BlockRow,
            )
            for row in _of(session, table, person)
        ),
        *accounts,
    ):
        session.delete(row)
    person.name = person.phone = person.unit = person.region = ""
    person.is_active = False
    session.add(person)
    session.add(_log(work, found))
    session.flush()
    return found


def _empty_messages(session: Session, account: Identity) -> None:
    """A message stays as an empty row: the same one delivered again must not come to life."""
    nobody = f"erased-{secrets.token_hex(8)}"
    for row in _messages(session, [account]):
        row.sender, row.text, row.attachments, row.location, row.replies = nobody, "", "[]", "null", "[]"
        session.add(row)
    for asked in _rows(session, HandOverRow, account):
        asked.sender, asked.question, asked.reply = nobody, "", ""
        session.add(asked)


def _forget_platform(session: Session, account: Identity) -> None:
    """What a platform pushed of an account and was not attended to, and how often it was written to."""
    of_account = (col(SpoolRow.channel) == account.channel, col(SpoolRow.chat) == account.sender)
    session.exec(delete(SpoolRow).where(*of_account))
    written = (col(AllowanceRow.channel) == account.channel, col(AllowanceRow.recipient) == account.sender)
    session.exec(delete(AllowanceRow).where(*written))


def _empty_outbox(work: Work, person: Person) -> None:
    """What was said to a person is emptied; only what is being said now, that all is erased, still goes out."""
    session = work.session
    for row in session.exec(select(OutboxRow).where(OutboxRow.person_id == person.id)).all():
        if row.state == Delivery.PENDING.value and utc(row.due_at) == utc(work.now):
            continue
        if row.state == Delivery.PENDING.value:
            row.state = Delivery.SUPERSEDED.value
        row.recipient, row.payload, row.vendor_id = "", as_payload(Outgoing("", "", "")), ""
        session.add(row)


def _log(work: Work, found: dict[str, int]) -> Event:
    last = work.session.exec(select(func.max(Event.sequence)).where(Event.stream == LOG)).one()
    return Event(
        stream=LOG,
        sequence=(last or 0) + 1,
        kind=ERASED,
        actor=RULE.name,
        channel="",
        at=work.now,
        data=json.dumps({"set": {}, **found}),
    )


def _accounts(session: Session, person: Person) -> list[Identity]:
    return list(session.exec(select(Identity).where(Identity.person_id == person.id)).all())


def _messages(session: Session, accounts: Sequence[Identity]) -> list[InboxRow]:
    return [row for account in accounts for row in _rows(session, InboxRow, account)]


def _rows(session: Session, table: Any, account: Identity) -> list[Any]:
    query = select(table).where(table.channel == account.channel, table.sender == account.sender)
    return list(session.exec(query).all())


def _of(session: Session, table: Any, person: Person) -> list[Any]:
    return list(session.exec(select(table).where(table.person_id == person.id)).all())


def _file(work: Work, digest: str) -> dict[str, Any]:
    try:
        noted = work.media.noted(digest)
    except (MissingMedia, DamagedMedia):
        return {"digest": digest}  # the folder was not restored together with the database
    point = noted.location
    return {
        "digest": digest,
        "taken_at": noted.taken_at and moment_text(noted.taken_at),
        "lat": point and point.lat,
        "lon": point and point.lon,
    }


def _plain(row: SQLModel) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(row.model_dump_json())
    return values
