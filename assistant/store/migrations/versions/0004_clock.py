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
    _create_duty_item()
    _create_fan_out()
    _create_helper_list()
    _create_household_transfer()
    _create_obligation()
    _create_pulse()
    _create_quiz()
    _create_quiz_paper()
    _create_roster_order()
    _create_send_attempt()
    _create_shelter_count()
    _create_shift()
    _create_spot_check()
    _create_swap()
    _create_training_round()
    _create_household()
    _create_training_attendance()
    _change_hazard()
    _change_outbox()
    _change_post()
    _change_warning()
    _change_warning_call()


def downgrade() -> None:
    """Go back to the step before."""
    _restore_hazard()
    _restore_outbox()
    _restore_post()
    _restore_warning()
    _restore_warning_call()
    op.drop_table("training_attendance")
    op.drop_table("household")
    op.drop_table("training_round")
    op.drop_table("swap")
    op.drop_table("spot_check")
    op.drop_table("shift")
    op.drop_table("shelter_count")
    op.drop_table("send_attempt")
    op.drop_table("roster_order")
    op.drop_table("quiz_paper")
    op.drop_table("quiz")
    op.drop_table("pulse")
    op.drop_table("obligation")
    op.drop_table("household_transfer")
    op.drop_table("helper_list")
    op.drop_table("fan_out")
    op.drop_table("duty_item")
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


def _create_fan_out() -> None:
    op.create_table(
        "fan_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("warning", AutoString(length=32), nullable=False),
        sa.Column("what", AutoString(length=8), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("call", AutoString(length=32), nullable=False),
        sa.Column("is_made", sa.Boolean(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("must_act", sa.Boolean(), nullable=False),
        sa.Column("plan", AutoString(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("warning",):
        op.create_index(f"ix_fan_out_{column}", "fan_out", [column])
    op.create_index("ix_fan_out_person", "fan_out", ["warning", "person"])


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


def _create_pulse() -> None:
    op.create_table(
        "pulse",
        sa.Column("name", AutoString(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _create_quiz() -> None:
    op.create_table(
        "quiz",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("topic", AutoString(), nullable=False),
        sa.Column("wanted", AutoString(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("questions", AutoString(), nullable=False),
        sa.Column("put_aside", AutoString(), nullable=False),
        sa.Column("audience", AutoString(), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("due_at", "made_by", "region", "state"):
        op.create_index(f"ix_quiz_{column}", "quiz", [column])


def _create_quiz_paper() -> None:
    op.create_table(
        "quiz_paper",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quiz", AutoString(length=32), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("invited_at", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("remind_at", UTCDateTime(), nullable=True),
        sa.Column("answers", AutoString(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("wrong", AutoString(), nullable=False),
        sa.Column("again_at", UTCDateTime(), nullable=True),
        sa.Column("again", AutoString(), nullable=False),
        sa.Column("again_right", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("again_at", "person", "quiz", "remind_at", "state"):
        op.create_index(f"ix_quiz_paper_{column}", "quiz_paper", [column])


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


def _create_shift() -> None:
    op.create_table(
        "shift",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("unit", AutoString(length=128), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("present", AutoString(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", UTCDateTime(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("climbs", sa.Integer(), nullable=False),
        sa.Column("climb_at", UTCDateTime(), nullable=True),
        sa.Column("weather", AutoString(), nullable=False),
        sa.Column("equipment", AutoString(), nullable=False),
        sa.Column("equipment_at", UTCDateTime(), nullable=True),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("drafted_at", UTCDateTime(), nullable=True),
        sa.Column("handed_over_by", sa.Integer(), nullable=True),
        sa.Column("handed_over_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("gaps", AutoString(), nullable=False),
        sa.Column("check_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("region", "unit", "starts_at", name="uq_shift_region_unit_starts_at"),
    )
    for column in ("check_at", "ends_at", "region", "starts_at", "state"):
        op.create_index(f"ix_shift_{column}", "shift", [column])


def _create_spot_check() -> None:
    op.create_table(
        "spot_check",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("shift", AutoString(length=32), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("code", AutoString(length=8), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("due_at", "person", "region", "shift", "state"):
        op.create_index(f"ix_spot_check_{column}", "spot_check", [column])


def _create_swap() -> None:
    op.create_table(
        "swap",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("unit", AutoString(), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=True),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("other", sa.Integer(), nullable=True),
        sa.Column("return_starts_at", UTCDateTime(), nullable=True),
        sa.Column("closes_at", UTCDateTime(), nullable=True),
        sa.Column("words", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("asked_by", "closes_at", "other", "region", "state"):
        op.create_index(f"ix_swap_{column}", "swap", [column])


def _create_training_round() -> None:
    op.create_table(
        "training_round",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("reminded", AutoString(), nullable=False),
        sa.Column("overdue", AutoString(), nullable=False),
        sa.Column("climbs", sa.Integer(), nullable=False),
        sa.Column("climb_at", UTCDateTime(), nullable=True),
        sa.Column("supervisor", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("climb_at", "region"):
        op.create_index(f"ix_training_round_{column}", "training_round", [column])


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


def _create_training_attendance() -> None:
    op.create_table(
        "training_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("on", AutoString(length=10), nullable=False),
        sa.Column("subject", AutoString(length=200), nullable=False),
        sa.Column("item", AutoString(length=32), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_training_attendance_person_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "on", "subject", name="uq_training_attendance_person_id_on_subject"),
        sqlite_autoincrement=True,
    )
    for column in ("item", "on", "person_id"):
        op.create_index(f"ix_training_attendance_{column}", "training_attendance", [column])


def _change_hazard() -> None:
    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wanted_until", UTCDateTime(), nullable=True))


def _change_outbox() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("queued_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("noted_at", UTCDateTime(), nullable=True))
        batch_op.create_index("ix_outbox_expiry", ["state", "expires_at"], unique=False)
        batch_op.create_index("ix_outbox_next", ["state", "lane", "channel", "due_at", "id"], unique=False)


def _change_post() -> None:
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("origin", AutoString(length=16), server_default=sa.text("'table'"), nullable=False)
        )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.alter_column("origin", server_default=None)


def _change_warning() -> None:
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("areas", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("source", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("sender", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(
            sa.Column("identifier", AutoString(length=255), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(sa.Column("references", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("level", AutoString(), server_default=sa.text("'none'"), nullable=False))
        batch_op.add_column(sa.Column("event", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("said", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("effective_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("onset_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("expires_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("state", AutoString(length=16), server_default=sa.text("'live'"), nullable=False))
        batch_op.add_column(sa.Column("is_exercise", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch_op.add_column(sa.Column("plan", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("planned", sa.Integer(), server_default=sa.text("'0'"), nullable=False))
        batch_op.add_column(sa.Column("waves", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.create_index(batch_op.f("ix_warning_identifier"), ["identifier"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_state"), ["state"], unique=False)
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.alter_column("areas", server_default=None)
        batch_op.alter_column("source", server_default=None)
        batch_op.alter_column("sender", server_default=None)
        batch_op.alter_column("identifier", server_default=None)
        batch_op.alter_column("references", server_default=None)
        batch_op.alter_column("level", server_default=None)
        batch_op.alter_column("event", server_default=None)
        batch_op.alter_column("said", server_default=None)
        batch_op.alter_column("state", server_default=None)
        batch_op.alter_column("is_exercise", server_default=None)
        batch_op.alter_column("plan", server_default=None)
        batch_op.alter_column("planned", server_default=None)
        batch_op.alter_column("waves", server_default=None)


def _change_warning_call() -> None:
    with op.batch_alter_table("warning_call", schema=None) as batch_op:
        batch_op.add_column(sa.Column("region", AutoString(length=255), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("plan", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("step", sa.Integer(), server_default=sa.text("'0'"), nullable=False))
        batch_op.add_column(sa.Column("channel", AutoString(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("next_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("passed_to", AutoString(length=32), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("unreachable", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch_op.add_column(sa.Column("must_act", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch_op.add_column(sa.Column("acted_due_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("recalls", sa.Integer(), server_default=sa.text("'0'"), nullable=False))
        batch_op.create_index(batch_op.f("ix_warning_call_acted_due_at"), ["acted_due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_call_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_call_passed_to"), ["passed_to"], unique=False)
    with op.batch_alter_table("warning_call", schema=None) as batch_op:
        batch_op.alter_column("region", server_default=None)
        batch_op.alter_column("plan", server_default=None)
        batch_op.alter_column("step", server_default=None)
        batch_op.alter_column("channel", server_default=None)
        batch_op.alter_column("passed_to", server_default=None)
        batch_op.alter_column("unreachable", server_default=None)
        batch_op.alter_column("must_act", server_default=None)
        batch_op.alter_column("recalls", server_default=None)


def _restore_hazard() -> None:
    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.drop_column("wanted_until")


def _restore_outbox() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_next")
        batch_op.drop_index("ix_outbox_expiry")
        batch_op.drop_column("noted_at")
        batch_op.drop_column("queued_at")


def _restore_post() -> None:
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_column("origin")


def _restore_warning() -> None:
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_warning_state"))
        batch_op.drop_index(batch_op.f("ix_warning_identifier"))
        batch_op.drop_column("waves")
        batch_op.drop_column("planned")
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
