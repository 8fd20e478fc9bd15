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
    _create_cap_message()
    _change_warning()
    _change_warning_call()


def downgrade() -> None:
    """Go back to the step before."""
    _restore_warning()
    _restore_warning_call()
    op.drop_table("cap_message")


def _create_cap_message() -> None:
    op.create_table(
        "cap_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("content", AutoString(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("said", AutoString(), nullable=False),
        sa.Column("sender", AutoString(length=255), nullable=False),
        sa.Column("identifier", AutoString(length=255), nullable=False),
        sa.Column("sent", AutoString(length=32), nullable=False),
        sa.Column("warning", AutoString(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest", name="uq_cap_message_digest"),
        sqlite_autoincrement=True,
    )
    for column in ("identifier", "received_at", "state", "warning"):
        op.create_index(f"ix_cap_message_{column}", "cap_message", [column])


def _change_warning() -> None:
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("areas", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("source", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("sender", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("identifier", AutoString(length=255), nullable=False))
        batch_op.add_column(sa.Column("references", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("level", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("event", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("said", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("effective_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("onset_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("expires_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("state", AutoString(length=16), nullable=False))
        batch_op.add_column(sa.Column("is_exercise", sa.Boolean(), nullable=False))
        batch_op.add_column(sa.Column("plan", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("waves", AutoString(), nullable=False))
        batch_op.create_index(batch_op.f("ix_warning_identifier"), ["identifier"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_state"), ["state"], unique=False)


def _change_warning_call() -> None:
    with op.batch_alter_table("warning_call", schema=None) as batch_op:
        batch_op.add_column(sa.Column("region", AutoString(length=255), nullable=False))
        batch_op.add_column(sa.Column("plan", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("step", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("channel", AutoString(), nullable=False))
        batch_op.add_column(sa.Column("next_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("passed_to", AutoString(length=32), nullable=False))
        batch_op.add_column(sa.Column("unreachable", sa.Boolean(), nullable=False))
        batch_op.add_column(sa.Column("must_act", sa.Boolean(), nullable=False))
        batch_op.add_column(sa.Column("acted_due_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("recalls", sa.Integer(), nullable=False))
        batch_op.create_index(batch_op.f("ix_warning_call_acted_due_at"), ["acted_due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_call_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_call_passed_to"), ["passed_to"], unique=False)


def _restore_warning() -> None:
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_warning_state"))
        batch_op.drop_index(batch_op.f("ix_warning_identifier"))
        batch_op.drop_column("waves")
        batch_op.drop_column("plan")
        batch_op.drop_column("is_exercise")
        batch_op.drop_column("state")
        batch_op.drop_column("expires_at")
        batch_op.drop_column("onset_at")
        batch_op.drop_column("effective_at")
        batch_op.drop_column("said")
        batch_op.drop_column("event")
        batch_op.drop_column("level")
        batch_op.drop_column("references")
        batch_op.drop_column("identifier")
        batch_op.drop_column("sender")
        batch_op.drop_column("source")
        batch_op.drop_column("areas")


def _restore_warning_call() -> None:
    with op.batch_alter_table("warning_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_warning_call_passed_to"))
        batch_op.drop_index(batch_op.f("ix_warning_call_next_at"))
        batch_op.drop_index(batch_op.f("ix_warning_call_acted_due_at"))
        batch_op.drop_column("recalls")
        batch_op.drop_column("acted_due_at")
        batch_op.drop_column("must_act")
        batch_op.drop_column("unreachable")
        batch_op.drop_column("passed_to")
        batch_op.drop_column("next_at")
        batch_op.drop_column("channel")
        batch_op.drop_column("step")
        batch_op.drop_column("plan")
        batch_op.drop_column("region")
