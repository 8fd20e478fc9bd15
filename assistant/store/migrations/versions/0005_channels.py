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
    _create_link_key()
    _create_spool()
    _create_used_link()
    _create_block()
    _change_identity()
    _change_inbox()


def downgrade() -> None:
    """Go back to the step before."""
    _restore_identity()
    _restore_inbox()
    op.drop_table("block")
    op.drop_table("used_link")
    op.drop_table("spool")
    op.drop_table("link_key")
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


def _create_link_key() -> None:
    op.create_table(
        "link_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
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


def _create_used_link() -> None:
    op.create_table(
        "used_link",
        sa.Column("nonce", AutoString(length=12), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("nonce"),
    )
    for column in ("until",):
        op.create_index(f"ix_used_link_{column}", "used_link", [column])


def _create_block() -> None:
    op.create_table(
        "block",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("by", AutoString(length=64), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_block_person_id"),
        sa.PrimaryKeyConstraint("person_id"),
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
