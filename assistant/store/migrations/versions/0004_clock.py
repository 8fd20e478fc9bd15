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
    _create_roster_order()
    _change_post()


def downgrade() -> None:
    """Go back to the step before."""
    _restore_post()
    op.drop_table("roster_order")


def _create_roster_order() -> None:
    op.create_table(
        "roster_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("unit", AutoString(), nullable=False),
        sa.Column("room_phone", AutoString(), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("data", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("made_by", AutoString(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_by", AutoString(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("region",):
        op.create_index(f"ix_roster_order_{column}", "roster_order", [column])


def _change_post() -> None:
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", AutoString(length=16), nullable=False))


def _restore_post() -> None:
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_column("origin")
