"""What Alembic runs: the connection comes from records.migration, which holds the lock."""

from alembic import context

import intake.records.joining_models  # noqa: F401  # its tables join those of models.Table
from intake.records.models import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
