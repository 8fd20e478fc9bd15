"""What a button says."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this step."""
    _change_inbox()


def downgrade() -> None:
    """Go back to the step before."""
    _restore_inbox()


def _change_inbox() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pressed", AutoString(), server_default="", nullable=False))


def _restore_inbox() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("pressed")
