"""What a receipt code opens: where a request stands, and nothing of what it says."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from intake.records.joining_models import CaseLink
from intake.records.mailbox_models import Mailbox
from intake.records.models import Case, Inbox
from intake.triage import State


@dataclass(frozen=True)
class Standing:
    """A request: its row in the inbox, the unit it is with, the state of its case; none while it waits to be opened.

    Work on a case that is inside another goes on there, so that its state is the other's.
    """

    inbox_id: str
    unit: str
    state: str | None
    door: str
    received_hour: datetime


def standing(session: Session, lookup: str, closed_before: datetime) -> Standing | None:
    """Where the request stands whose receipt code gives `lookup`.

    None when there is none, when the person withdrew it, and when its case was closed before `closed_before`: one
    statement for all, so that nothing tells them apart.
    """
    around = aliased(Case)
    state, state_at = func.coalesce(around.state, Case.state), func.coalesce(around.state_at, Case.state_at)
    statement = (
        select(Inbox.id, Case.unit, Inbox.unit, state, Inbox.door, Inbox.received_hour)
        .select_from(Inbox)
        .outerjoin(Case, Case.inbox_id == Inbox.id)
        .outerjoin(CaseLink, (CaseLink.inner_id == Case.id) & CaseLink.undone_at.is_(None))
        .outerjoin(around, around.id == CaseLink.main_id)
        .outerjoin(Mailbox, Mailbox.inbox_id == Inbox.id)
        .where(Inbox.lookup == lookup, Mailbox.withdrawn_at.is_(None))
        .where(or_(Case.id.is_(None), state != State.CLOSED, state_at >= closed_before))
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        return None
    inbox_id, here, first, standing_now, door, received_hour = found
    return Standing(inbox_id, here or first, standing_now, door, received_hour)
