"""The cast: who works where, and requests at known times."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from intake.records.box import Box
from intake.records.ids import new_id
from intake.records.models import Case, User
from intake.records.queries import accounts, cases, inbox
from intake.sealing.fields import FieldBox, new_data_key

MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
BOX = Box(FieldBox({1: new_data_key()}))


def employ(session: Session, username: str = "anna", *units: str) -> User:
    """Somebody at reception."""
    new = accounts.NewUser(username, username.title(), "hash", "reception", "sv", units or ("adult",))
    user = accounts.add_user(session, new)
    session.commit()
    return user


def submission(**changes: object) -> inbox.Submission:
    """A submission; `changes` replace columns of it."""
    row: dict[str, Any] = {
        "id": new_id(),
        "draft_id": new_id(),
        "lookup": new_id(),
        "sealed": b"sealed",
        "unit": "adult",
        "principal": "region",
        "priority": 3,
        "language": "sv",
        "door": "self",
        "definition": "digest",
    }
    return inbox.Submission(**(row | changes))


def case(session: Session, hours: float = 0, **changes: object) -> Case:
    """A case received so many hours after Monday at eight, not committed; `changes` replace columns of it."""
    row = submission()
    inbox.insert(session, row)
    received = MONDAY + timedelta(hours=hours)
    made: dict[str, Any] = {
        "id": new_id(),
        "inbox_id": row.id,
        "lookup": row.lookup,
        "unit": row.unit,
        "principal": row.principal,
        "state": "received",
        "priority": row.priority,
        "language": row.language,
        "door": row.door,
        "received_at": received,
        "state_at": received,
        "summary": b"summary",
        "contact": b"contact",
        "answers": b"answers",
    }
    new = Case(**(made | changes))
    cases.add(session, new)
    return new
