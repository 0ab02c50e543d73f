"""The outbox: what is to be mailed to whom, written with the alarm, taken by one worker at a time, settled once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import insert_into, rows_changed
from intake.records.ids import new_id
from intake.records.models import Membership, User
from intake.records.watch_models import Notice
from intake.triage import Role

Kind: TypeAlias = Literal["urgent", "waiting", "technical"]
Outcome: TypeAlias = Literal["sent", "withdrawn", "refused", "given_up"]

EVERYWHERE = ""
"""The unit of a notice that is about no unit."""

KEPT = timedelta(days=90)
"""How long it is kept that a notice was sent."""


@dataclass(frozen=True)
class NewNotice:
    """A line to be mailed to a user; the same line again in the same `period` is the same notice."""

    user_id: str
    kind: Kind
    unit: str
    period: str


@dataclass(frozen=True)
class Recipient:
    """Somebody who can be told by mail, in their language."""

    id: str
    email: str
    language: str


@dataclass(frozen=True)
class Taken:
    """A notice that is ours to send now, for the `attempts`-th time."""

    id: str
    kind: Kind
    unit: str
    attempts: int
    created_at: datetime


def coordinators(session: Session) -> dict[str, list[User]]:
    """Who coordinates each unit: every account that is not disabled, with or without an address."""
    statement = (
        select(Membership.unit, User)
        .join(User, User.id == Membership.user_id)
        .where(User.role == Role.COORDINATOR, User.disabled.is_(False))
        .order_by(Membership.unit, User.username)
    )
    found: dict[str, list[User]] = {}
    for unit, user in session.execute(statement):
        found.setdefault(unit, []).append(user)
    return found


def overseers(session: Session) -> Sequence[User]:
    """Who is told about the service itself: coordinators and administrators that are not disabled."""
    roles = (Role.COORDINATOR, Role.ADMIN)
    return session.scalars(select(User).where(User.role.in_(roles), User.disabled.is_(False))).all()


def add(session: Session, new: Iterable[NewNotice]) -> None:
    """Put notices into the outbox, each once for its period."""
    now = clock.now()
    for each in new:
        row = {"id": new_id(), "created_at": now, "due_at": now, "attempts": 0, **vars(each)}
        rows_changed(session, insert_into(session, Notice).values(row).on_conflict_do_nothing())


def due(session: Session, now: datetime) -> list[Recipient]:
    """Everybody at work for whom something waits to be sent now; an address that is gone is an empty one."""
    statement = (
        select(User.id, User.email, User.language)
        .where(
            User.disabled.is_(False),
            User.id.in_(select(Notice.user_id).where(Notice.settled_at.is_(None), Notice.due_at <= now)),
        )
        .order_by(User.username)
    )
    return [Recipient(id_, email or "", language) for id_, email, language in session.execute(statement)]


def take(session: Session, user_id: str, now: datetime, until: datetime) -> list[Taken]:
    """Take all that is due to a user, and let nobody else take it until then; nothing when somebody else was first."""
    statement = (
        update(Notice)
        .where(Notice.user_id == user_id, Notice.settled_at.is_(None), Notice.due_at <= now)
        .values(due_at=until, attempts=Notice.attempts + 1)
        .returning(Notice.id, Notice.kind, Notice.unit, Notice.attempts, Notice.created_at)
    )
    rows = session.execute(statement, execution_options={"synchronize_session": False})
    taken = [Taken(row.id, cast("Kind", row.kind), row.unit, row.attempts, row.created_at) for row in rows]
    return sorted(taken, key=lambda each: (each.kind, each.unit))


def postpone(session: Session, notice_id: str, until: datetime) -> None:
    """Try again then."""
    rows_changed(session, update(Notice).where(Notice.id == notice_id).values(due_at=until))


def settle(session: Session, notice_ids: Collection[str], outcome: Outcome) -> None:
    """That is the end of these notices."""
    statement = update(Notice).where(Notice.id.in_(notice_ids), Notice.settled_at.is_(None))
    rows_changed(session, statement.values(settled_at=clock.now(), outcome=outcome))


def sweep(session: Session, now: datetime) -> None:
    """Remove what was settled long ago, and withdraw what waits for somebody who has left."""
    left = select(User.id).where(User.disabled.is_(True))
    gone = update(Notice).where(Notice.settled_at.is_(None), Notice.user_id.in_(left))
    rows_changed(session, gone.values(settled_at=now, outcome="withdrawn"))
    rows_changed(session, delete(Notice).where(Notice.settled_at < now - KEPT))
