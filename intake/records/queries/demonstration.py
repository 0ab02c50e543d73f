"""What only demonstration cases may have done to them: to be told as if they had happened earlier."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.errors import NotAllowedNow
from intake.records.models import Case, CaseEvent, Inbox
from intake.records.queries import cases
from intake.triage import MOVES, Calls


def case_of_draft(session: Session, draft_id: str) -> Case:
    """The case that a draft became; raise NoResultFound while it is still in the inbox."""
    statement = select(Case).join(Inbox, Inbox.id == Case.inbox_id).where(Inbox.draft_id == draft_id)
    return session.scalars(statement).one()


def backdate(session: Session, case: Case, times: Sequence[datetime], moved_at: datetime) -> None:
    """Let the lines of a timeline have happened at `times`, the first being when it came in, the last move `moved_at`.

    The one place where a time is changed afterwards; raise NotAllowedNow for anything but a demonstration case.
    """
    if not case.demonstration:
        raise NotAllowedNow("only what is a demonstration can be told as if it had happened at another time")
    received = times[0]
    hour = received.replace(minute=0, second=0, microsecond=0)
    session.execute(update(Inbox).where(Inbox.id == case.inbox_id).values(received_hour=hour, opened_at=received))
    calls = Calls(received)
    for event, at in zip(cases.events_of(session, case.id), times, strict=True):
        calls = calls.after(MOVES[event.kind].calling, at) if event.kind in MOVES else calls
    moved = {"received_at": received, "state_at": moved_at, **asdict(calls)}
    session.execute(update(Case).where(Case.id == case.id).values(moved))
    lines = [{"case_id": case.id, "number": number, "at": at} for number, at in enumerate(times, start=1)]
    session.execute(update(CaseEvent), lines)
