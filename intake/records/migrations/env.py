"""What Alembic runs: the connection comes from records.migration, which holds the lock."""

from alembic import context

from intake.records.models import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
