"""The question log (问题记录) in the database: one row per question and county, with how often it was missed."""

import json
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, or_, select

from assistant.answers import Asker, Decision
from assistant.errors import AlreadySettled, UnknownMissed
from assistant.missed import MissedQuestion, Settlement, question_key
from assistant.store.engine import open_session


class MissedRow(SQLModel, table=True):
    """One question; nothing here tells who asked it, or when within the day."""

    __tablename__ = "missed_question"
    __table_args__ = (UniqueConstraint("key", "region"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    """Questions with the same key are equal but for punctuation."""
    region: str
    question: str
    asker: str
    decision: str
    units: str
    """Unit ids that were shown, as JSON."""
    last_on: date
    times: int
    marked: int
    settlement: str = Settlement.OPEN.value
    settled_on: date | None = None


class QuestionLog:
    """What editors read and settle; every method raises DatabaseFailed where the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, session: Session, missed: MissedQuestion | None) -> None:
        """Count a missed question within the transaction of its exchange; an equal one of the county is the same."""
        if missed is None:
            return
        key = question_key(missed.question)
        query = select(MissedRow).where(MissedRow.key == key, MissedRow.region == missed.region).with_for_update()
        row = session.exec(query).first() or _new_row(missed, key)
        row.times = max(row.times + missed.times, 1)
        row.marked += missed.marked
        row.asker, row.decision = missed.asker.value, missed.decision.value
        row.units, row.last_on = json.dumps(missed.units), missed.last_on
        session.add(row)

    def entries(self) -> list[MissedQuestion]:
        """Return all entries, by number."""
        with open_session(self._engine) as session:
            return [_entry(row) for row in session.exec(select(MissedRow).order_by(col(MissedRow.id))).all()]

    def entry(self, number: int) -> MissedQuestion:
        """Return one entry that waits for an editor.

        Raises: UnknownMissed, AlreadySettled.
        """
        with open_session(self._engine) as session:
            return _entry(_open_row(session, number))

    def settle(self, number: int, settlement: Settlement, on: date) -> None:
        """Keep what an editor has decided.

        Raises: UnknownMissed, AlreadySettled.
        """
        with open_session(self._engine) as session:
            row = _open_row(session, number)
            row.settlement, row.settled_on = settlement.value, on
            session.add(row)
            session.commit()

    def purge(self, on: date, kept_for: timedelta) -> int:
        """Remove what is settled and what nobody has asked for so long; return how many entries went."""
        with open_session(self._engine) as session:
            is_old = or_(col(MissedRow.settlement) != Settlement.OPEN.value, col(MissedRow.last_on) < on - kept_for)
            rows = session.exec(select(MissedRow).where(is_old).with_for_update()).all()
            gone = [row for row in rows if row.last_on < on - kept_for or not _entry(row).is_open]
            for row in gone:
                session.delete(row)
            session.commit()
            return len(gone)


def _open_row(session: Session, number: int) -> MissedRow:
    row = session.exec(select(MissedRow).where(MissedRow.id == number).with_for_update()).first()
    if row is None:
        raise UnknownMissed(number=number)
    if not _entry(row).is_open:
        raise AlreadySettled(number=number, day=row.settled_on)
    return row


def _new_row(missed: MissedQuestion, key: str) -> MissedRow:
    return MissedRow(
        key=key,
        region=missed.region,
        question=missed.question,
        asker=missed.asker.value,
        decision=missed.decision.value,
        units="[]",
        last_on=missed.last_on,
        times=0,
        marked=0,
    )


def _entry(row: MissedRow) -> MissedQuestion:
    return MissedQuestion(
        question=row.question,
        region=row.region,
        asker=Asker(row.asker),
        decision=Decision(row.decision),
        units=tuple(json.loads(row.units)),
        last_on=row.last_on,
        times=row.times,
        marked=row.marked,
        number=row.id or 0,
        settlement=Settlement(row.settlement),
        settled_on=row.settled_on,
    )
