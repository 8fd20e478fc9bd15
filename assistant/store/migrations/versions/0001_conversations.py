"""Conversations, the question log and hand-overs: the tables as they were before there were steps.

A program of that time made them by itself; what it has made is taken over as it is.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this step."""
    _create_asker()
    _create_exchange()
    _create_hand_over()
    _create_missed_question()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column], if_not_exists=True)


INDEXES = {"exchange": ("channel", "sender"), "hand_over": ("channel", "sender", "state")}


def downgrade() -> None:
    """Go back to an empty database."""
    for table in ("missed_question", "hand_over", "exchange", "asker"):
        op.drop_table(table)


def _create_asker() -> None:
    op.create_table(
        "asker",
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("sender", AutoString(length=128), nullable=False),
        sa.Column("region", AutoString(), nullable=False),
        sa.Column("asker", AutoString(), nullable=False),
        sa.Column("context", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "sender"),
        if_not_exists=True,
    )


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
        if_not_exists=True,
    )


def _create_hand_over() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("sender", AutoString(length=128), nullable=False),
        sa.Column("question", AutoString(), nullable=False),
        sa.Column("region", AutoString(), nullable=False),
        sa.Column("asker", AutoString(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("reply", AutoString(), nullable=False),
        sa.Column("by", AutoString(), nullable=False),
        sa.Column("replied_at", UTCDateTime(), nullable=True),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )


def _create_missed_question() -> None:
    op.create_table(
        "missed_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=64), nullable=False),
        sa.Column("region", AutoString(), nullable=False),
        sa.Column("question", AutoString(), nullable=False),
        sa.Column("asker", AutoString(), nullable=False),
        sa.Column("decision", AutoString(), nullable=False),
        sa.Column("units", AutoString(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("marked", sa.Integer(), nullable=False),
        sa.Column("settlement", AutoString(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", "region"),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
