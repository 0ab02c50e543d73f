"""What Alembic runs: the connection comes from records.migration, which holds the lock."""

from alembic import context

from intake.records import (
    audit_models,
    cooperation_models,
    joining_models,
    link_models,
    mailbox_models,
    third_party_models,
    view_models,
    watch_models,
)
from intake.records.models import Table

TABLES = (
    audit_models,
    cooperation_models,
    joining_models,
    link_models,
    mailbox_models,
    third_party_models,
    view_models,
    watch_models,
)
"""Importing a module of tables makes them known; naming it here says that this is what it is imported for."""

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
