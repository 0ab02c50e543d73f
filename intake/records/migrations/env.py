"""What Alembic runs: the connection comes from records.migration, which holds the lock."""

from alembic import context

from intake.records import mailbox_models  # noqa: F401  # its tables belong to the same metadata
from intake.records.models import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
