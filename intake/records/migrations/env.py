"""What Alembic runs: the connection comes from records.migration, which holds the lock."""

from alembic import context

from intake.records import cooperation_models, view_models  # noqa: F401  # their tables belong to the metadata
from intake.records.models import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
