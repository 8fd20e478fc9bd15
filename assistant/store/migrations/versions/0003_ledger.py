"""People, places, cases, duty, warnings and what belongs to them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this step."""
    _create_counter()
    _create_evidence()
    _create_hazard()
    _create_incident()
    _create_person()
    _create_place()
    _create_route()
    _create_warning()
    _create_warning_call()
    _create_conversation()
    _create_grant()
    _create_identity()
    _create_invitation()
    _create_login_code()
    _create_login_session()
    _create_place_name()
    _create_post()
    _create_sealed_identity()
    _create_secret()


def downgrade() -> None:
    """Go back to the step before."""
    op.drop_table("secret")
    op.drop_table("sealed_identity")
    op.drop_table("post")
    op.drop_table("place_name")
    op.drop_table("login_session")
    op.drop_table("login_code")
    op.drop_table("invitation")
    op.drop_table("identity")
    op.drop_table("grant")
    op.drop_table("conversation")
    op.drop_table("warning_call")
    op.drop_table("warning")
    op.drop_table("route")
    op.drop_table("place")
    op.drop_table("person")
    op.drop_table("incident")
    op.drop_table("hazard")
    op.drop_table("evidence")
    op.drop_table("counter")


def _create_counter() -> None:
    op.create_table(
        "counter",
        sa.Column("name", AutoString(length=32), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case", AutoString(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("media_type", AutoString(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case", "digest", name="uq_evidence_case_digest"),
        sqlite_autoincrement=True,
    )
    for column in ("case", "digest"):
        op.create_index(f"ix_evidence_{column}", "evidence", [column])


def _create_hazard() -> None:
    op.create_table(
        "hazard",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("category", AutoString(length=16), nullable=False),
        sa.Column("urgency", AutoString(length=16), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("place", AutoString(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("casualties", sa.Boolean(), nullable=True),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("wishes", AutoString(), nullable=False),
        sa.Column("reporter", AutoString(length=40), nullable=False),
        sa.Column("registered_at", UTCDateTime(), nullable=True),
        sa.Column("unit", AutoString(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.Column("rectifier", sa.Integer(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("due_rule", AutoString(), nullable=False),
        sa.Column("remind_at", UTCDateTime(), nullable=True),
        sa.Column("backstop", sa.Integer(), nullable=True),
        sa.Column("backstop_unit", AutoString(), nullable=False),
        sa.Column("extension_until", UTCDateTime(), nullable=True),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("climbs", sa.Integer(), nullable=False),
        sa.Column("climb_at", UTCDateTime(), nullable=True),
        sa.Column("supervisor", sa.Integer(), nullable=True),
        sa.Column("called", AutoString(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("main", AutoString(), nullable=False),
        sa.Column("incident", AutoString(), nullable=False),
        sa.Column("clause", AutoString(), nullable=False),
        sa.Column("reward", AutoString(length=16), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("due_at", "owner", "reporter", "unit"):
        op.create_index(f"ix_hazard_{column}", "hazard", [column])
    op.create_index("ix_hazard_closed", "hazard", ["state", "closed_at"])
    op.create_index("ix_hazard_place", "hazard", ["state", "region"])


def _create_incident() -> None:
    op.create_table(
        "incident",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("category", AutoString(length=16), nullable=False),
        sa.Column("urgency", AutoString(length=16), nullable=False),
        sa.Column("danger", AutoString(length=16), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("place", AutoString(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("casualties", sa.Boolean(), nullable=True),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("wishes", AutoString(), nullable=False),
        sa.Column("reporter", AutoString(length=40), nullable=False),
        sa.Column("registered_at", UTCDateTime(), nullable=True),
        sa.Column("hazard", AutoString(), nullable=False),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("category", "region", "reporter", "state"):
        op.create_index(f"ix_incident_{column}", "incident", [column])


def _create_person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("phone", AutoString(), nullable=False),
        sa.Column("unit", AutoString(), nullable=False),
        sa.Column("region", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )


def _create_place() -> None:
    op.create_table(
        "place",
        sa.Column("path", AutoString(length=255), nullable=False),
        sa.Column("level", AutoString(length=16), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("path"),
    )


def _create_route() -> None:
    op.create_table(
        "route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("category", AutoString(length=16), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=True),
        sa.Column("unit", AutoString(), nullable=False),
        sa.Column("backstop", sa.Integer(), nullable=True),
        sa.Column("backstop_unit", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("region",):
        op.create_index(f"ix_route_{column}", "route", [column])


def _create_warning() -> None:
    op.create_table(
        "warning",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("area", AutoString(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=True),
        sa.Column("ack_within_minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("region",):
        op.create_index(f"ix_warning_{column}", "warning", [column])


def _create_warning_call() -> None:
    op.create_table(
        "warning_call",
        sa.Column("number", AutoString(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("warning", AutoString(length=32), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(length=16), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("instead_of", AutoString(length=32), nullable=False),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("missing", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for column in ("due_at", "person", "state", "warning"):
        op.create_index(f"ix_warning_call_{column}", "warning_call", [column])


def _create_conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_conversation_person_id"),
        sa.PrimaryKeyConstraint("person_id"),
    )


def _create_grant() -> None:
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", AutoString(length=16), nullable=False),
        sa.Column("region", AutoString(), nullable=False),
        sa.Column("categories", AutoString(), nullable=False),
        sa.Column("rank", AutoString(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_grant_person_id"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("person_id", "role"):
        op.create_index(f"ix_grant_{column}", "grant", [column])


def _create_identity() -> None:
    op.create_table(
        "identity",
        sa.Column("channel", AutoString(length=32), nullable=False),
        sa.Column("sender", AutoString(length=128), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("last_seen_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_identity_person_id"),
        sa.PrimaryKeyConstraint("channel", "sender"),
    )
    for column in ("person_id",):
        op.create_index(f"ix_identity_{column}", "identity", [column])


def _create_invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invitation_person_id"),
        sa.PrimaryKeyConstraint("digest"),
    )
    for column in ("person_id",):
        op.create_index(f"ix_invitation_{column}", "invitation", [column])


def _create_login_code() -> None:
    op.create_table(
        "login_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("salt", AutoString(length=32), nullable=False),
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_login_code_person_id"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("expires_at", "person_id"):
        op.create_index(f"ix_login_code_{column}", "login_code", [column])


def _create_login_session() -> None:
    op.create_table(
        "login_session",
        sa.Column("digest", AutoString(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_login_session_person_id"),
        sa.PrimaryKeyConstraint("digest"),
    )
    for column in ("ends_at", "person_id"):
        op.create_index(f"ix_login_session_{column}", "login_session", [column])


def _create_place_name() -> None:
    op.create_table(
        "place_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", AutoString(length=255), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("is_landmark", sa.Boolean(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["path"], ["place.path"], name="fk_place_name_path"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("path",):
        op.create_index(f"ix_place_name_{column}", "place_name", [column])


def _create_post() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(length=255), nullable=False),
        sa.Column("unit", AutoString(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("room_phone", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_post_person_id"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for column in ("day", "ends_at", "person_id", "region"):
        op.create_index(f"ix_post_{column}", "post", [column])


def _create_sealed_identity() -> None:
    op.create_table(
        "sealed_identity",
        sa.Column("token", AutoString(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case", AutoString(length=32), nullable=False),
        sa.Column("is_follower", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sealed_identity_person_id"),
        sa.PrimaryKeyConstraint("token"),
        sa.UniqueConstraint("case", "person_id", name="uq_sealed_identity_case_person_id"),
    )
    for column in ("case", "person_id"):
        op.create_index(f"ix_sealed_identity_{column}", "sealed_identity", [column])


def _create_secret() -> None:
    op.create_table(
        "secret",
        sa.Column("token", AutoString(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_secret_person_id"),
        sa.PrimaryKeyConstraint("token"),
    )
    for column in ("person_id", "until"):
        op.create_index(f"ix_secret_{column}", "secret", [column])
