"""The audit log of the tests' clinic: what stands in it, and what happens when it cannot be written."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from intake.audit.entry import Row
from intake.audit.vocabulary import WORKER
from intake.records.queries import audit
from tests.staff.people import Clinic


def entries(clinic: Clinic) -> list[Row]:
    """Everything people did, oldest first; what the service did by itself is left out."""
    with clinic.parts.database.session() as records:
        return [row for row in audit.rows(records) if row.actor != WORKER]


def last(clinic: Clinic) -> Row:
    """What was noted last."""
    return entries(clinic)[-1]


def told(row: Row) -> tuple[str, str]:
    """What was done and how it ended."""
    return row.action, row.result


@contextmanager
def unwritable(clinic: Clinic) -> Iterator[None]:
    """The log's table is away for a while."""
    _rename(clinic, "audit_log", "elsewhere")
    yield
    _rename(clinic, "elsewhere", "audit_log")


def _rename(clinic: Clinic, old: str, new: str) -> None:
    with clinic.records() as records, records.begin():
        records.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
