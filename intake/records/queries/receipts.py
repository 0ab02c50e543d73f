"""What a receipt code opens: where a request stands, and nothing of what it says."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from intake.records.joining_models import CaseLink
from intake.records.models import Case, Inbox


@dataclass(frozen=True)
class Standing:
    """The unit a request is with and the state of its case; no state while it waits to be opened.

    Work on a case that is inside another goes on there, so that its state is the other's.
    """

    unit: str
    state: str | None


def standing(session: Session, lookup: str) -> Standing | None:
    """Where the request stands whose receipt code gives `lookup`; None when there is none."""
    around = aliased(Case)
    statement = (
        select(Case.unit, Inbox.unit, func.coalesce(around.state, Case.state))
        .select_from(Inbox)
        .outerjoin(Case, Case.inbox_id == Inbox.id)
        .outerjoin(CaseLink, (CaseLink.inner_id == Case.id) & CaseLink.undone_at.is_(None))
        .outerjoin(around, around.id == CaseLink.main_id)
        .where(Inbox.lookup == lookup)
    )
    found = session.execute(statement).one_or_none()
    return None if found is None else Standing(found[0] or found[1], found[2])
