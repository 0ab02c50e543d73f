"""What Alembic runs: the connection comes from records.migration, which holds the lock."""

from alembic import context

from intake.records import audit_models
from intake.records.models import Table

MODELS = (audit_models,)
"""Named so that their tables are known; those of `models` come with Table."""

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
