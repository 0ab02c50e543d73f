"""What Alembic runs: the connection comes from records.migration, which holds the lock."""

from alembic import context

from intake.records import third_party_models  # noqa: F401  # makes its table known
from intake.records.models import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
