"""Fills a database with cases: one that came in through the form, and copies of it, each encrypted for its own row."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import DeclarativeBase

from intake.records.box import Box, Encrypted
from intake.records.ids import new_id, new_reference
from intake.records.models import Case, Inbox
from tests.staff.people import Clinic

FIELDS = {"summary": Encrypted.SUMMARY, "contact": Encrypted.CONTACT, "answers": Encrypted.ANSWERS}


def stock(clinic: Clinic, cases: int) -> None:
    """Bring a clinic up to `cases` cases."""
    first, box = clinic.receive(), clinic.box
    with clinic.records() as records:
        case = records.get_one(Case, first)
        inbox = _columns(records.get_one(Inbox, case.inbox_id))
        lacking = cases - len(records.scalars(select(Case.id)).all())
        copies = list(_copies(box, _columns(case), lacking))
        if copies:
            rows = [inbox | {"id": each["inbox_id"], "draft_id": new_id(), "lookup": new_id()} for each in copies]
            records.execute(insert(Inbox), rows)
            records.execute(insert(Case), copies)
        records.commit()


def _columns(row: DeclarativeBase) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _copies(box: Box, case: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
    said = {name: box.open(column, case["id"], case[name]) for name, column in FIELDS.items()}
    references = {new_reference() for _ in range(count + count // 100)}
    for number, reference in zip(range(count), references, strict=False):
        row = new_id()
        yield case | {
            "id": row,
            "reference": reference,
            "inbox_id": new_id(),
            "lookup": new_id(),
            "priority": number % 3 + 1,
            "received_at": case["received_at"] - timedelta(minutes=number),
            **{name: box.close(column, row, said[name]) for name, column in FIELDS.items()},
        }
