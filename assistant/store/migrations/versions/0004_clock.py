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
    _create_duty_item()
    _create_obligation()
    _create_roster_order()
    _change_post()


def downgrade() -> None:
    """Go back to the step before."""
    _restore_post()
    op.drop_table("roster_order")
    op.drop_table("obligation")
    op.drop_table("duty_item")


def _create_duty_item() -> None:
    op.create_table(
        "duty_item",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("obligation", AutoString(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("opens_on", AutoString(length=10), nullable=False),
        sa.Column("due_on", AutoString(length=10), nullable=False),
        sa.Column("responsible", sa.Integer(), nullable=True),
        sa.Column("planned_on", AutoString(length=10), nullable=False),
        sa.Column("planned_at", UTCDateTime(), nullable=True),
        sa.Column("done_on", AutoString(length=10), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("told", AutoString(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("checked_at", UTCDateTime(), nullable=True),
        sa.Column("findings", AutoString(), nullable=False),
        sa.Column("remind_at", UTCDateTime(), nullable=True),
        sa.Column("climbs", sa.Integer(), nullable=False),
        sa.Column("climb_at", UTCDateTime(), nullable=True),
        sa.Column("supervisor", sa.Integer(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("climb_at", "due_on", "kind", "obligation", "region", "remind_at", "responsible", "state"):
        op.create_index(f"ix_duty_item_{column}", "duty_item", [column])


def _create_obligation() -> None:
    op.create_table(
        "obligation",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", AutoString(length=64), nullable=False),
        sa.Column("unit", AutoString(length=128), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("label", AutoString(), nullable=False),
        sa.Column("heading", AutoString(), nullable=False),
        sa.Column("quote", AutoString(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("level", AutoString(length=16), nullable=False),
        sa.Column("who", AutoString(), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("count_unit", AutoString(), nullable=False),
        sa.Column("per", AutoString(length=16), nullable=False),
        sa.Column("before", AutoString(length=32), nullable=False),
        sa.Column("within", AutoString(length=32), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("amount_unit", AutoString(length=8), nullable=False),
        sa.Column("holds_from", AutoString(length=10), nullable=False),
        sa.Column("holds_to", AutoString(length=10), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("confirmed_for", AutoString(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("document", "kind", "region", "state"):
        op.create_index(f"ix_obligation_{column}", "obligation", [column])


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
