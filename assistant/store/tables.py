"""All tables of the database in one place: what the migrations must lead to.

A module that declares tables is named here, else neither the migrations nor their test know of it.
"""

from sqlalchemy import Constraint, ForeignKeyConstraint, MetaData, Table, UniqueConstraint
from sqlmodel import SQLModel

import assistant.drills
import assistant.duty
import assistant.evacuation
import assistant.events
import assistant.hazards
import assistant.incidents
import assistant.obligations
import assistant.people.logins
import assistant.store.acklinks
import assistant.store.allowances
import assistant.store.blocking
import assistant.store.cap
import assistant.store.fanout
import assistant.store.handovers
import assistant.store.inbox
import assistant.store.limits
import assistant.store.missed
import assistant.store.outbox
import assistant.store.profiles
import assistant.store.pulse
import assistant.store.secrets
import assistant.store.spool
import assistant.store.work
import assistant.training
import assistant.warnings  # noqa: F401 - importing declares the tables

OLDER = {"missed_question"}
"""Made without names by the first step."""


def all_tables() -> MetaData:
    """Return the metadata of all tables; SQLite can drop a constraint only by its name, so each newer one has one."""
    newer = (table for name, table in SQLModel.metadata.tables.items() if name not in OLDER)
    for table in newer:
        for constraint in table.constraints:
            if constraint.name is None:
                constraint.name = constraint_name(table, constraint)
    return SQLModel.metadata


def constraint_name(table: Table, constraint: Constraint) -> str | None:
    """Return the name of a unique or foreign key; primary keys keep the database's own.

    It is the same on SQLite and PostgreSQL, so that one migration fits both.
    """
    if isinstance(constraint, UniqueConstraint):
        return "_".join(("uq", table.name, *constraint.columns.keys()))
    if isinstance(constraint, ForeignKeyConstraint):
        return "_".join(("fk", table.name, *constraint.column_keys))
    return None
