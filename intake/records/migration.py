"""Bring a database to the tables of this version, from the migrations inside the package."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from intake.records.database import Database, make_private

LOCK = 0x696E7461
"""The number of the lock PostgreSQL keeps for us while one process migrates and the others wait."""


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest version; many may ask at once, one does it and the others wait.

    All of it is one transaction on either database: a migration that is killed leaves nothing behind.
    """
    database = Database(url)
    make_private(database.url)
    with database.writing() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(_config(connection), "head")
        session.commit()
    database.close()


def is_current(connection: Connection) -> bool:
    """Tell whether the database has the tables of this version."""
    heads = ScriptDirectory(str(_folder())).get_heads()
    return MigrationContext.configure(connection).get_current_heads() == tuple(heads)


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    return config


def _folder() -> Path:
    return Path(__file__).parent / "migrations"
