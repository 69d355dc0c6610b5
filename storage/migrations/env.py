"""What alembic runs to migrate: on the connection it is given, in the transaction under way."""

from alembic import context

from storage.tables_time import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
    transaction_per_migration=False,
)
context.run_migrations()
