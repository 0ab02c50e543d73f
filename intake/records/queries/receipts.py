"""What a receipt code opens: where a request stands, and nothing of what it says."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.records.models import Case, Inbox


@dataclass(frozen=True)
class Standing:
    """The unit a request is with and the state of its case; no state while it waits to be opened."""

    unit: str
    state: str | None


def standing(session: Session, lookup: str) -> Standing | None:
    """Where the request stands whose receipt code gives `lookup`; None when there is none."""
    statement = (
        select(Case.unit, Inbox.unit, Case.state)
        .select_from(Inbox)
        .outerjoin(Case, Case.inbox_id == Inbox.id)
        .where(Inbox.lookup == lookup)
    )
    found = session.execute(statement).one_or_none()
    return None if found is None else Standing(found[0] or found[1], found[2])
