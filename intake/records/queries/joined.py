"""Cases that were made one: which is inside which, since when, and what was true before."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import rows_changed
from intake.records.joining_models import CaseLink
from intake.records.models import Case
from intake.records.queries import cases


def lock(session: Session, ids: Collection[str]) -> Mapping[str, Case]:
    """These cases as they are now, with nobody else changing them until the end of the transaction.

    Always taken in the same order, so that two who join the same two cases never wait for each other.
    """
    statement = select(Case).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
    found = session.scalars(statement, execution_options={"populate_existing": True})
    return {case.id: case for case in found}


def put_inside(session: Session, link: CaseLink, inner: Case, state: str) -> None:
    """Store the link, and let the inner case wait in `state`."""
    session.add(link)
    session.flush()
    cases.change(session, inner, inner.version, {"state": state, "state_at": clock.now()})


def take_out(session: Session, link: CaseLink, inner: Case, actor: str) -> None:
    """Undo the link, and let the inner case stand where it stood before."""
    undone = update(CaseLink).where(CaseLink.id == link.id, CaseLink.undone_at.is_(None))
    rows_changed(session, undone.values(undone_by=actor, undone_at=clock.now()))
    cases.change(session, inner, inner.version, {"state": link.inner_state, "state_at": link.inner_state_at})


def close_again(session: Session, link: CaseLink, main: Case) -> None:
    """Let the main case stand where it stood before the link, in the hands of whoever held it."""
    values = {"state": link.main_state, "state_at": link.main_state_at, "claimed_by": link.main_holder}
    cases.change(session, main, main.version, values)


def set_priority(session: Session, case: Case, priority: int) -> None:
    """Let the case stand in the queue at `priority`; a new version even where that is none, for what is inside it."""
    cases.change(session, case, case.version, {"priority": priority})


def link(session: Session, link_id: str) -> CaseLink | None:
    """The link with this id, if it has not been undone."""
    return session.scalar(select(CaseLink).where(CaseLink.id == link_id, CaseLink.undone_at.is_(None)))


def link_around(session: Session, inner_id: str) -> CaseLink | None:
    """The link that puts this case inside another, if it is inside one."""
    return session.scalar(select(CaseLink).where(CaseLink.inner_id == inner_id, CaseLink.undone_at.is_(None)))


def links_inside(session: Session, main_id: str) -> Sequence[CaseLink]:
    """The links of what is inside this case, in the order it was put there."""
    statement = select(CaseLink).where(CaseLink.main_id == main_id, CaseLink.undone_at.is_(None))
    return session.scalars(statement.order_by(CaseLink.made_at, CaseLink.id)).all()


def most_urgent_inside(session: Session, main_id: str) -> int | None:
    """The priority of the most urgent of all that is inside this case; None where nothing is."""
    inside = select(func.min(Case.priority)).join(CaseLink, CaseLink.inner_id == Case.id)
    return session.scalar(inside.where(CaseLink.main_id == main_id, CaseLink.undone_at.is_(None)))


def counts_inside(session: Session, ids: Collection[str]) -> Mapping[str, int]:
    """How many cases are inside each of these; those that hold none are not named."""
    statement = (
        select(CaseLink.main_id, func.count())
        .where(CaseLink.main_id.in_(ids), CaseLink.undone_at.is_(None))
        .group_by(CaseLink.main_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
