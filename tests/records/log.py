"""A log in a database: adding to it, reading it, verifying it with the first key, and changing it behind its back."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.orm import Session

from intake.audit.entry import Entry, Row
from intake.audit.verify import Known, Report, verify
from intake.records.database import Database
from intake.records.queries import audit
from intake.sealing.audit_key import AuditKeyContext
from intake.sealing.unseal import generate_keypair, unseal
from tests.records.people import BOX

AUDITOR, AUDITOR_PRIVATE = generate_keypair()
ENTRY = Entry("case.read", "ab" * 16, role="reception", units=("adult",), case_id="cd" * 16)
GUARDS = {"audit_log": ("update", "delete"), "audit_chain": ("delete",)}


def begin(database: Database, entries: int = 0) -> None:
    """Begin the log and add so many entries."""
    with database.writing() as session, session.begin():
        audit.begin(session, BOX, AUDITOR)
    for _ in range(entries):
        add(database)


def add(database: Database, entry: Entry = ENTRY) -> int:
    """Add an entry in a transaction of its own."""
    with database.writing() as session, session.begin():
        return audit.note(session, BOX, entry)


def kept(database: Database) -> list[Row]:
    """Every row."""
    with database.session() as session:
        return list(audit.rows(session))


def verified(database: Database, anchors: dict[int, str] | None = None) -> Report:
    """What the auditor finds."""
    with database.session() as session:
        _, sealed = audit.sealed_key(session)
        start = audit.base(session)
        first = unseal(AUDITOR_PRIVATE, sealed, AuditKeyContext())
        return verify(audit.rows(session), Known(start, {0: first}, anchors or {}, dropped=start.seq > 0))


@contextmanager
def unguarded(database: Database) -> Iterator[Session]:
    """The database as somebody has it who may do everything in it: the triggers are gone."""
    with database.writing() as session, session.begin():
        place = " ON {table}" if session.get_bind().dialect.name == "postgresql" else ""
        for table, events in GUARDS.items():
            for event in events:
                session.execute(text(f"DROP TRIGGER {table}_no_{event}{place.format(table=table)}"))
        yield session
