"""For developers: `python -m assistant.store.revise ledger "what changes"` writes the next migration step.

One function for each table; what only alembic can know is in it, what rows need must be added by hand.
"""

import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import render_python_code
from alembic.operations import ops

from assistant.store import migrating
from assistant.store.engine import connect
from assistant.store.revisions import HEAD

HEADER = '''"""{what}"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "{number}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this step."""
{up}


def downgrade() -> None:
    """Go back to the step before."""
{down}
'''


def step(what: str, number: str, before: str) -> str:
    """Return the source of the step that leads from a database at the step `before` to the tables of the program."""
    engine = connect("sqlite://")
    migrating.upgrade(engine, before)
    difference = migrating.difference(engine)
    up, down = _by_table(difference.upgrade_ops), _by_table(difference.downgrade_ops)
    for group in up.values():
        group += [_filled(changes) for changes in group if isinstance(changes, ops.ModifyTableOps)]
    made = [name for name, group in up.items() if isinstance(group[0], ops.CreateTableOp)]
    changed = [name for name in up if name not in made]
    calls = [f"    _create_{name}()" for name in made] + [f"    _change_{name}()" for name in changed]
    back = [f"    _restore_{name}()" for name in changed] + [f'    op.drop_table("{name}")' for name in reversed(made)]
    source = HEADER.format(what=what, number=number, before=before, up="\n".join(calls), down="\n".join(back))
    functions = [f"_create_{name}() -> None:\n{_created(up[name])}" for name in made]
    functions += [f"_change_{name}() -> None:\n{_rendered(up[name])}" for name in changed]
    functions += [f"_restore_{name}() -> None:\n{_rendered(down[name])}" for name in changed]
    return source + "".join(f"\n\ndef {function}" for function in functions)


def _by_table(operations: Any) -> dict[str, list[Any]]:
    """Return the operations for each table; a table that is new comes with its indexes."""
    found: dict[str, list[Any]] = {}
    for operation in operations.ops:
        found.setdefault(operation.table_name, []).append(operation)
    return found


def _filled(changes: ops.ModifyTableOps) -> ops.ModifyTableOps:
    """Let rows that are there get the program's default in a new column that may not be empty.

    Return what takes that default from the column again: SQLite copies the table for each batch, and needs it until then.
    Raises: ValueError where the program has none.
    """
    dropped: list[Any] = []
    for change in changes.ops:
        if not isinstance(change, ops.AddColumnOp) or change.column.nullable or change.column.server_default:
            continue
        name, default = change.column.name, change.column.default
        if not isinstance(default, sa.ColumnDefault) or not default.is_scalar:
            raise ValueError(f"{changes.table_name}.{name} needs a default for the rows that are there")
        value = str(default.arg).lower() if isinstance(default.arg, bool) else f"'{default.arg}'"
        # a column of its own: the program's must not get a default in the database
        change.column = sa.Column(name, change.column.type, nullable=False, server_default=sa.text(value))
        dropped.append(ops.AlterColumnOp(changes.table_name, name, modify_server_default=None))
    return ops.ModifyTableOps(changes.table_name, dropped)


def _created(group: list[Any]) -> str:
    table, *others = group
    indexes: list[Any] = []
    for other in others:
        indexes += other.ops if isinstance(other, ops.ModifyTableOps) else [other]
    own = [(index.index_name, list(index.to_index().columns.keys())) for index in indexes]
    names = [columns[0] for _, columns in own if len(columns) == 1]
    several = [
        f'    op.create_index("{name}", "{table.table_name}", {columns!r})\n' for name, columns in own if columns[1:]
    ]
    loop = f'        op.create_index(f"ix_{table.table_name}_{{column}}", "{table.table_name}", [column])\n'
    return _rendered([table]) + (f"    for column in {tuple(names)!r}:\n{loop}" if names else "") + "".join(several)


def _rendered(group: list[Any]) -> str:
    code = render_python_code(ops.UpgradeOps(ops=group), render_as_batch=True, render_item=migrating.short_type)
    return "".join(f"{line}\n" for line in code.splitlines() if line.strip() and "###" not in line)


if __name__ == "__main__":
    name, what = sys.argv[1:3]
    following = f"{int(HEAD) + 1:04d}"
    target = Path(__file__).parent / "migrations" / "versions" / f"{following}_{name}.py"
    target.write_text(step(what, following, HEAD), encoding="utf-8")
