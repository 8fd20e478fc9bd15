"""What alembic runs: all steps that are wanted on the connection that it is handed, in the transaction that is open there."""

from alembic import context

from assistant.store.tables import all_tables


def run() -> None:
    """Run the steps."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=all_tables(),
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
