"""The inbox takes the place of the exchanges; the outbox; events that nobody can change."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TO_INBOX = """
INSERT INTO inbox (id, channel, message_id, sender, text, at, replies, attachments, location, state, attempts, error)
SELECT id, channel, message_id, sender, text, at, replies, '[]', 'null', 'done', 0, '' FROM exchange
"""
TO_EXCHANGE = """
INSERT INTO exchange (id, channel, message_id, sender, text, at, replies)
SELECT id, channel, message_id, sender, text, at, replies FROM inbox
"""
COUNT_ON = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING max(id) > 0"
SQLITE_REFUSES = """
CREATE TRIGGER event_{verb} BEFORE {verb} ON event BEGIN SELECT RAISE(ABORT, 'event: rows are only ever added'); END
"""
POSTGRES_REFUSES = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME; END $$
"""


def upgrade() -> None:
    """Go to this step; every exchange becomes a message that has been attended to."""
    _create_inbox()
    op.execute(TO_INBOX)
    _go_on_counting("inbox")
    op.drop_table("exchange")
    _create_outbox()
    _create_event()
    _refuse_changes()


def downgrade() -> None:
    """Go back: messages stay with text and replies; pictures, points, events and what was to be sent are lost."""
    op.drop_table("event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
    op.drop_table("outbox")
    _create_exchange()
    op.execute(TO_EXCHANGE)
    _go_on_counting("exchange")
    op.drop_table("inbox")


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(SQLITE_REFUSES.format(verb=verb))
        return
    op.execute(POSTGRES_REFUSES)
    op.execute(
        "CREATE TRIGGER event_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _go_on_counting(table: str) -> None:
    """PostgreSQL does not count rows that bring their own number."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(COUNT_ON.format(table=table))


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("message_id", AutoString(length=128), nullable=False),
        sa.Column("sender", AutoString(length=128), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("attachments", AutoString(), nullable=False),
        sa.Column("location", AutoString(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=True),
        sa.Column("tried_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", AutoString(), nullable=False),
        sa.Column("replies", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "message_id", name="uq_inbox_channel_message_id"),
        sqlite_autoincrement=True,
    )
    for column in ("channel", "sender", "state"):
        op.create_index(f"ix_inbox_{column}", "inbox", [column])


def _create_exchange() -> None:
    op.create_table(
        "exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("message_id", AutoString(length=128), nullable=False),
        sa.Column("sender", AutoString(length=128), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("replies", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "message_id"),
    )
    for column in ("channel", "sender"):
        op.create_index(f"ix_exchange_{column}", "exchange", [column])


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=128), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("recipient", AutoString(length=128), nullable=False),
        sa.Column("subject", AutoString(length=32), nullable=False),
        sa.Column("payload", AutoString(), nullable=False),
        sa.Column("lane", AutoString(length=16), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", UTCDateTime(), nullable=True),
        sa.Column("handed_over_at", UTCDateTime(), nullable=True),
        sa.Column("vendor_id", AutoString(), nullable=False),
        sa.Column("error", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sqlite_autoincrement=True,
    )
    for column in ("channel", "due_at", "person_id", "recipient", "state", "subject"):
        op.create_index(f"ix_outbox_{column}", "outbox", [column])


def _create_event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", AutoString(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(length=32), nullable=False),
        sa.Column("actor", AutoString(length=64), nullable=False),
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("rule", AutoString(length=64), nullable=False),
        sa.Column("data", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("stream", "sequence", name="uq_event_stream_sequence"),
        sqlite_autoincrement=True,
    )
    for column in ("at", "kind", "stream"):
        op.create_index(f"ix_event_{column}", "event", [column])
