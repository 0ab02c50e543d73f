"""Errands between units, and the decisions where a case belongs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from intake import clock
from intake.records.cooperation_models import ErrandRow, Routing
from intake.records.database import rows_changed
from intake.records.models import Case, User

MOST_DUE = 100


@dataclass(frozen=True)
class ErrandLine:
    """An errand as the case shows it, with the names of whoever asked and ended it."""

    row: ErrandRow
    made_name: str
    ended_name: str | None


def add(session: Session, errand: ErrandRow) -> None:
    """Store an errand."""
    session.add(errand)
    session.flush()


def errands_of(session: Session, case_id: str) -> list[ErrandLine]:
    """Every errand of a case in the order they were made."""
    made, ended = aliased(User), aliased(User)
    statement = (
        select(ErrandRow, made.name, ended.name)
        .join(made, made.id == ErrandRow.made_by)
        .outerjoin(ended, ended.id == ErrandRow.ended_by)
        .where(ErrandRow.case_id == case_id)
        .order_by(ErrandRow.made_at, ErrandRow.id)
    )
    return [ErrandLine(*row) for row in session.execute(statement)]


def open_errand(session: Session, case_id: str, errand_id: str) -> ErrandRow | None:
    """The errand, if it belongs to the case and is still open."""
    return session.scalar(
        select(ErrandRow).where(ErrandRow.id == errand_id, ErrandRow.case_id == case_id, ErrandRow.answer.is_(None))
    )


def open_of_kind(session: Session, case_id: str, kind: str, unit: str | None = None) -> ErrandRow | None:
    """The open errand of a kind, to any unit or to this one."""
    found = select(ErrandRow).where(ErrandRow.case_id == case_id, ErrandRow.kind == kind, ErrandRow.answer.is_(None))
    return session.scalars(found if unit is None else found.where(ErrandRow.unit == unit)).first()


def open_of_case(session: Session, case_id: str) -> list[ErrandRow]:
    """Every open errand of a case, in the order they were made."""
    still_open = select(ErrandRow).where(ErrandRow.case_id == case_id, ErrandRow.answer.is_(None))
    return list(session.scalars(still_open.order_by(ErrandRow.made_at, ErrandRow.id)))


def open_on_ground(session: Session, ground_id: str) -> list[ErrandRow]:
    """Every open errand that stands on this ground."""
    return list(session.scalars(select(ErrandRow).where(ErrandRow.ground_id == ground_id, ErrandRow.answer.is_(None))))


def end(session: Session, errand: ErrandRow, answer: str, user_id: str | None, words: bytes | None = None) -> bool:
    """End an errand; False when somebody else ended it at this moment."""
    ended = {"answer": answer, "ended_by": user_id, "ended_at": clock.now(), "answered": words}
    still_open = update(ErrandRow).where(ErrandRow.id == errand.id, ErrandRow.answer.is_(None))
    return rows_changed(session, still_open.values(ended)) == 1


def unanswered(session: Session, kind: str, made_before: Mapping[str, datetime]) -> list[tuple[ErrandRow, Case]]:
    """Open errands of a kind that a unit got before its own instant, oldest first, a hundred at most."""
    found: list[tuple[ErrandRow, Case]] = []
    for unit, before in made_before.items():
        statement = (
            select(ErrandRow, Case)
            .join(Case, Case.id == ErrandRow.case_id)
            .where(ErrandRow.kind == kind, ErrandRow.answer.is_(None))
            .where(ErrandRow.unit == unit, ErrandRow.made_at < before)
            .order_by(ErrandRow.made_at)
            .limit(MOST_DUE - len(found))
        )
        found += [(row[0], row[1]) for row in session.execute(statement)]
    return found


def add_routing(session: Session, routing: Routing) -> None:
    """Keep a decision where the case belongs, as the next one of this case."""
    last = session.scalar(select(func.max(Routing.number)).where(Routing.case_id == routing.case_id))
    routing.number = (last or 0) + 1
    session.add(routing)
    session.flush()


def last_routing(session: Session, case_id: str) -> Routing | None:
    """The latest decision where the case belongs."""
    return session.scalars(
        select(Routing).where(Routing.case_id == case_id).order_by(Routing.number.desc()).limit(1)
    ).first()


@dataclass(frozen=True)
class Override:
    """How often a suggestion was not followed: the rule behind it, what was chosen instead, and the reason."""

    rule: str
    suggested: str
    chosen: str
    reason: str
    count: int


def overrides(session: Session, suggested: Collection[str], since: datetime) -> list[Override]:
    """Suggestions of these units that were not followed since then, the most frequent first."""
    told = (Routing.rule, Routing.suggested, Routing.chosen, Routing.reason)
    statement = (
        select(*told, func.count().label("count"))
        .where(Routing.at >= since, Routing.suggested.in_(suggested), Routing.chosen != Routing.suggested)
        .group_by(*told)
        .order_by(func.count().desc(), *told)
    )
    return [Override(*row) for row in session.execute(statement)]
