"""What is known of each asker (提问人) on each channel: region, kind, and what was talked about."""

import json
from dataclasses import dataclass

from sqlmodel import Field, Session, SQLModel, select


class AskerRow(SQLModel, table=True):
    """What is known of one person on one channel."""

    __tablename__ = "asker"

    channel: str = Field(primary_key=True, max_length=32)
    sender: str = Field(primary_key=True, max_length=128)
    region: str = ""
    asker: str = ""
    context: str = "[]"
    """Units cited last and the question before, as JSON."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Region and kind of an asker, empty where not chosen, and the units cited last."""

    region: str = ""
    asker: str = ""
    context: tuple[str, ...] = ()
    question: str = ""
    """The question answered last, as it was understood; a follow-up goes on from it."""


def asker_row(session: Session, channel: str, sender: str, *, is_locked: bool = False) -> AskerRow:
    """Return the row of a sender; a new one, not yet kept, for somebody who has never written."""
    query = select(AskerRow).where(AskerRow.channel == channel, AskerRow.sender == sender)
    row = session.exec(query.with_for_update() if is_locked else query).first()
    return row or AskerRow(channel=channel, sender=sender)


def profile_in(row: AskerRow) -> Profile:
    """Return what a row says of a sender."""
    kept = json.loads(row.context)
    # rows of the first version hold the list of units alone
    last = kept if isinstance(kept, dict) else {"units": kept, "question": ""}
    return Profile(row.region, row.asker, tuple(last["units"]), last["question"])


def keep_profile(session: Session, row: AskerRow, profile: Profile) -> None:
    """Keep what is known of a sender."""
    row.region, row.asker = profile.region, profile.asker
    row.context = json.dumps({"units": profile.context, "question": profile.question}, ensure_ascii=False)
    session.add(row)
