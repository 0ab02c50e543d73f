"""The database behind a URL: SQLite with its safety on, or PostgreSQL. Nothing here prints what people wrote."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, CursorResult, UpdateBase, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from intake.errors import SettingsError
from intake.records.models import Table

PRAGMAS = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
)

# As long as SQLite waits for a lock: nobody who presses Send waits longer before they are told that it did not work.
POSTGRES_PATIENCE = {"connect_timeout": 5, "options": "-c lock_timeout=5s"}


class Database:
    """One pool of connections to `url` (sqlite:///…, postgresql://… or postgres://…); made once at start-up."""

    def __init__(self, url: str) -> None:
        self.url = read_url(url)
        patience = POSTGRES_PATIENCE if self.url.get_backend_name() == "postgresql" else {}
        self.engine = create_engine(self.url, hide_parameters=True, pool_pre_ping=True, connect_args=patience)
        event.listen(self.engine, "handle_error", _keep_values_out)
        if self.url.get_backend_name() == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")

    def session(self) -> Session:
        """A session for reading, or for writing before anything is read."""
        return Session(self.engine)

    def writing(self) -> Session:
        """A session that reads and then writes.

        SQLite lets a transaction that began with a read fail at its first write if somebody else wrote in between;
        this one asks for the right to write first, and waits its turn. On PostgreSQL it is like any other.
        """
        return Session(self._writing)

    def close(self) -> None:
        """Close all connections; a later session opens new ones."""
        self.engine.dispose()


def read_url(text: str) -> URL:
    """The address of a database we support; raise SettingsError, without its password, for any other."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise SettingsError("DATABASE_URL is not the address of a database") from error
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise SettingsError(f"DATABASE_URL begins with {url.drivername!r}: use sqlite:/// or postgresql://")
    return url


def insert_into(session: Session, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
    """An insert of this database's own kind, which can say what happens when the row is there already."""
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)


def rows_changed(session: Session, statement: UpdateBase) -> int:
    """Execute an insert, update or delete, and say how many rows it really touched."""
    options = {"synchronize_session": False, "preserve_rowcount": True}
    return cast("CursorResult[Any]", session.execute(statement, execution_options=options)).rowcount


def make_private(url: URL) -> None:
    """Make the SQLite file before anything is written to it, for its owner's eyes only; others are left alone."""
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver's own idea of when to begin is off: _begin_sqlite decides
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _keep_values_out(context: ExceptionContext) -> None:
    """PostgreSQL adds a DETAIL line with the values of the row to its errors: keep the first line alone."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])
