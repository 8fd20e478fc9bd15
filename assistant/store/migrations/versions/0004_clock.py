"""Rosters, obligations, drills, warnings, evacuation and what belongs to them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this step."""
    _create_pulse()
    _create_send_attempt()
    _change_outbox()


def downgrade() -> None:
    """Go back to the step before."""
    _restore_outbox()
    op.drop_table("send_attempt")
    op.drop_table("pulse")


def _create_pulse() -> None:
    op.create_table(
        "pulse",
        sa.Column("name", AutoString(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _create_send_attempt() -> None:
    op.create_table(
        "send_attempt",
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recipient", AutoString(length=128), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "number"),
    )
    for column in ("at",):
        op.create_index(f"ix_send_attempt_{column}", "send_attempt", [column])
    op.create_index("ix_send_attempt_person", "send_attempt", ["channel", "recipient", "at"])


def _change_outbox() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("queued_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("noted_at", UTCDateTime(), nullable=True))
        batch_op.create_index("ix_outbox_expiry", ["state", "expires_at"], unique=False)
        batch_op.create_index("ix_outbox_next", ["state", "lane", "channel", "due_at", "id"], unique=False)


def _restore_outbox() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_next")
        batch_op.drop_index("ix_outbox_expiry")
        batch_op.drop_column("noted_at")
        batch_op.drop_column("queued_at")
