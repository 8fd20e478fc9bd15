"""What a button says, and what channels count."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this step."""
    _create_allowance()
    _create_spool()
    _change_identity()
    _change_inbox()


def downgrade() -> None:
    """Go back to the step before."""
    _restore_identity()
    _restore_inbox()
    op.drop_table("spool")
    op.drop_table("allowance")


def _create_allowance() -> None:
    op.create_table(
        "allowance",
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("recipient", AutoString(length=128), nullable=False),
        sa.Column("kind", AutoString(length=96), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "recipient", "kind"),
    )


def _create_spool() -> None:
    op.create_table(
        "spool",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("name", AutoString(length=64), nullable=False),
        sa.Column("chat", AutoString(length=64), nullable=False),
        sa.Column("body", AutoString(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "name", name="uq_spool_channel_name"),
        sqlite_autoincrement=True,
    )


def _change_identity() -> None:
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lost_at", UTCDateTime(), nullable=True))


def _change_inbox() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pressed", AutoString(), server_default=sa.text("''"), nullable=False))
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.alter_column("pressed", server_default=None)


def _restore_identity() -> None:
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_column("lost_at")


def _restore_inbox() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("pressed")
