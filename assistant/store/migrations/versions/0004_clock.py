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
    _create_helper_list()
    _create_household_transfer()
    _create_shelter_count()
    _create_household()


def downgrade() -> None:
    """Go back to the step before."""
    op.drop_table("household")
    op.drop_table("shelter_count")
    op.drop_table("household_transfer")
    op.drop_table("helper_list")


def _create_helper_list() -> None:
    op.create_table(
        "helper_list",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("warning", AutoString(length=32), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=True),
        sa.Column("answer_due_at", UTCDateTime(), nullable=True),
        sa.Column("finish_due_at", UTCDateTime(), nullable=True),
        sa.Column("heard_at", UTCDateTime(), nullable=True),
        sa.Column("passed_to", sa.Integer(), nullable=True),
        sa.Column("is_reminded", sa.Boolean(), nullable=False),
        sa.Column("level", AutoString(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("is_over", "person", "warning"):
        op.create_index(f"ix_helper_list_{column}", "helper_list", [column])


def _create_household_transfer() -> None:
    op.create_table(
        "household_transfer",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("warning", AutoString(length=32), nullable=False),
        sa.Column("household", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("wave", AutoString(length=16), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("helper", sa.Integer(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("witness", AutoString(), nullable=False),
        sa.Column("proof", AutoString(), nullable=False),
        sa.Column("is_said_away", sa.Boolean(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("visit_at", UTCDateTime(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("started_at", UTCDateTime(), nullable=True),
        sa.Column("moved_at", UTCDateTime(), nullable=True),
        sa.Column("shelter", AutoString(), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=True),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("helper", "household", "is_over", "region", "state", "warning"):
        op.create_index(f"ix_household_transfer_{column}", "household_transfer", [column])


def _create_shelter_count() -> None:
    op.create_table(
        "shelter_count",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("warning", AutoString(length=32), nullable=False),
        sa.Column("shelter", AutoString(length=64), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("counted_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("warning",):
        op.create_index(f"ix_shelter_count_{column}", "shelter_count", [column])


def _create_household() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("head", AutoString(length=32), nullable=False),
        sa.Column("known_as", AutoString(), nullable=False),
        sa.Column("phone", AutoString(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("vulnerable", AutoString(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("backup_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("route", AutoString(), nullable=False),
        sa.Column("shelter", AutoString(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("zone", AutoString(), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["backup_id"], ["person.id"], name="fk_household_backup_id"),
        sa.ForeignKeyConstraint(["helper_id"], ["person.id"], name="fk_household_helper_id"),
        sa.ForeignKeyConstraint(["keeper_id"], ["person.id"], name="fk_household_keeper_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_household_person_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("region", "head", name="uq_household_region_head"),
        sqlite_autoincrement=True,
    )
    for column in ("backup_id", "helper_id", "keeper_id", "person_id", "region"):
        op.create_index(f"ix_household_{column}", "household", [column])
