"""The sealed inbox: one insert from the public side, and what the worker needs to open it."""

from dataclasses import asdict, dataclass, fields

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import insert_into, rows_changed
from intake.records.models import Inbox


@dataclass(frozen=True)
class Submission:
    """What is stored of an accepted submission; `id` is 32 hexadecimal digits by chance, `sealed` all that was said.

    `lookup` is derived from the receipt code, `definition` is the digest of the door's definition, and `priority` is
    one of models.PRIORITY.
    """

    id: str
    draft_id: str
    lookup: str
    sealed: bytes
    unit: str
    principal: str
    priority: int
    language: str
    door: str
    definition: str


@dataclass(frozen=True)
class Waiting:
    """A row that waits to be opened: what is in clear beside what is sealed."""

    id: str
    draft_id: str
    lookup: str
    sealed: bytes
    unit: str
    principal: str
    priority: int
    language: str
    door: str
    definition: str


def insert(session: Session, submission: Submission) -> bool:
    """Store a submission; False when its draft was stored before, and then nothing changes.

    A draft gives the same lookup each time, so two sends at once may meet on either of the two; were one of them named
    in the statement, PostgreSQL would fail on the other. Meeting a row of another draft fails instead of losing this.
    """
    statement = insert_into(session, Inbox).values(**asdict(submission), received_hour=clock.this_hour())
    if rows_changed(session, statement.on_conflict_do_nothing()) == 1:
        return True
    if session.scalar(select(Inbox.id).where(Inbox.draft_id == submission.draft_id)) is None:
        session.execute(statement)
    return False


def unopened(session: Session, limit: int) -> list[Waiting]:
    """At most `limit` rows that wait to be opened, oldest first, without those another worker has in hand."""
    columns = [getattr(Inbox, field.name) for field in fields(Waiting)]
    statement = (
        select(*columns)
        .where(Inbox.opened_at.is_(None), Inbox.failed.is_(None))
        .order_by(Inbox.received_hour, Inbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Waiting(*row) for row in session.execute(statement)]


def mark_opened(session: Session, inbox_id: str) -> bool:
    """Empty the row and say when; False when it was no longer waiting, because another worker was first."""
    return _settle(session, inbox_id, opened_at=clock.now(), sealed=None)


def mark_failed(session: Session, inbox_id: str, reason: str) -> bool:
    """Set the row aside with a reason code, sealed as it is; False when it was no longer waiting."""
    return _settle(session, inbox_id, failed=reason)


def retry(session: Session) -> int:
    """Let every row that failed wait again, after what made it fail was mended; return how many."""
    return rows_changed(session, update(Inbox).where(Inbox.failed.is_not(None)).values(failed=None))


def remove_canary(session: Session, inbox_id: str) -> bool:
    """Remove a row that was opened and holds nobody's request; False when it was no longer waiting."""
    waits = (Inbox.id == inbox_id, Inbox.opened_at.is_(None), Inbox.failed.is_(None))
    return rows_changed(session, delete(Inbox).where(*waits)) == 1


def failures(session: Session) -> dict[str, int]:
    """How many rows could not be opened, by reason code."""
    statement = select(Inbox.failed, func.count()).where(Inbox.failed.is_not(None)).group_by(Inbox.failed)
    return {str(reason): count for reason, count in session.execute(statement)}


def _settle(session: Session, inbox_id: str, **values: object) -> bool:
    statement = (
        update(Inbox).where(Inbox.id == inbox_id, Inbox.opened_at.is_(None), Inbox.failed.is_(None)).values(**values)
    )
    return rows_changed(session, statement) == 1
