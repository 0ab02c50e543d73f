"""What Alembic runs: the connection comes from records.migration, which holds the lock."""

from alembic import context

from intake.records import watch_models
from intake.records.models import Table

MODELS = (watch_models,)
"""Tables that live beside records.models: importing them here is what puts them into the metadata."""

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
