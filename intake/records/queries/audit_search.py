"""Searching the audit log, newest first, at a cost that does not grow with it.

A search follows the index of what is asked for most narrowly (a case, a person, what was not done) or the numbers
themselves, and looks at no more than EXAMINED entries at a time. Where the rest of what is asked for is rare, a page
may have few lines or none, and says how to go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, text, union
from sqlalchemy.orm import Session

from intake.audit.entry import Row
from intake.audit.vocabulary import Action, Result
from intake.records.audit_models import AuditDay, AuditEntry, AuditShown
from intake.records.models import Case, User
from intake.records.queries.audit import columns

EXAMINED = 5000
LATELY = 20_000
"""No more of the newest entries than these are counted for what is worth a look."""
MOST_WORTH_A_LOOK = 10
MOST_GROUNDS = 50


@dataclass(frozen=True)
class Wanted:
    """Which entries: all given values must hold. `before` is the number of an entry; `since` ≤ at < `until`."""

    actor: str = ""
    case_id: str | None = None
    unit: str = ""
    action: str = ""
    result: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True)
class Found:
    """An entry with the name of whoever acted and the reference of the case, where these are known."""

    row: Row
    name: str | None
    reference: str | None


@dataclass(frozen=True)
class Page:
    """Entries, and before which entry the search goes on; None where there is nothing left to look at."""

    found: tuple[Found, ...]
    next: int | None


@dataclass(frozen=True)
class Tally:
    """How often something happened: by whom, until when."""

    actor: str
    name: str | None
    count: int
    at: datetime


def search(session: Session, wanted: Wanted, limit: int = 50) -> Page:
    """One page of entries, newest first."""
    conditions = [*_narrow(wanted), *_period(session, wanted)]
    floor = _floor(session, conditions)
    if floor is not None:
        conditions.append(AuditEntry.seq >= floor)
    statement = found().where(*conditions, *_rest(wanted)).order_by(AuditEntry.seq.desc()).limit(limit + 1)
    rows = [_found(row) for row in session.execute(statement)]
    if len(rows) > limit:
        return Page(tuple(rows[:limit]), rows[limit - 1].row.seq)
    return Page(tuple(rows), floor)


def found() -> Select[Any]:
    """Entries with the names and references that go with them."""
    named: list[Any] = [*columns(), User.name, Case.reference]
    return (
        select(*named)
        .select_from(AuditEntry)
        .outerjoin(User, User.id == AuditEntry.actor)
        .outerjoin(Case, Case.id == AuditEntry.case_id)
    )


def case_of_reference(session: Session, reference: str) -> str | None:
    """The id of the case with this reference; nothing else of it."""
    return session.scalar(select(Case.id).where(Case.reference == reference))


def first_since(session: Session, since: datetime) -> int:
    """The number of an entry before which there is none since then, to begin a search with."""
    days = select(func.min(AuditDay.first_seq)).where(AuditDay.begun_at >= since - timedelta(days=1))
    return session.scalar(days) or _after_the_last(session)


def denied_since(session: Session, since: datetime) -> list[Tally]:
    """Who was denied something since then, the most often first."""
    lately = (
        select(AuditEntry.actor, AuditEntry.at)
        .where(NOT_DONE, AuditEntry.result == Result.DENIED, AuditEntry.seq >= first_since(session, since))
        .order_by(AuditEntry.seq.desc())
        .limit(LATELY)
        .subquery()
    )
    counted: Any = func.count()
    return _tallies(
        session,
        select(lately.c.actor, User.name, counted, func.max(lately.c.at, type_=AuditEntry.at.type))
        .select_from(lately)
        .outerjoin(User, User.id == lately.c.actor)
        .where(lately.c.at >= since)
        .group_by(lately.c.actor, User.name)
        .order_by(counted.desc(), lately.c.actor),
    )


def many_cases_since(session: Session, since: datetime, many: int) -> list[Tally]:
    """Who opened at least so many cases within one day since then, each day by itself, the most first."""
    lately = (
        select(AuditEntry.actor, AuditEntry.at, AuditEntry.day, AuditEntry.case_id)
        .where(AuditEntry.seq >= first_since(session, since), AuditEntry.action == Action.CASE, OPENED)
        .order_by(AuditEntry.seq.desc())
        .limit(LATELY)
        .subquery()
    )
    counted: Any = func.count(lately.c.case_id.distinct())
    return _tallies(
        session,
        select(lately.c.actor, User.name, counted, func.max(lately.c.at, type_=AuditEntry.at.type))
        .select_from(lately)
        .outerjoin(User, User.id == lately.c.actor)
        .where(lately.c.at >= since)
        .group_by(lately.c.actor, lately.c.day, User.name)
        .having(counted >= many)
        .order_by(counted.desc(), lately.c.day.desc()),
    )


def law_grounds_since(session: Session, since: datetime) -> list[Found]:
    """Who let others read without the person's yes since then, as first or as second person; the newest first."""
    statement = (
        found()
        .where(AuditEntry.seq >= first_since(session, since), AuditEntry.at >= since, OPENED)
        .where(AuditEntry.action.in_((Action.KEEP_LAW, Action.APPROVE_GROUND)))
        .order_by(AuditEntry.seq.desc())
        .limit(MOST_GROUNDS)
    )
    return [_found(row) for row in session.execute(statement)]


OPENED = AuditEntry.result == Result.DONE
NOT_DONE = text("result <> 'done'")
"""Written out, since SQLite only recognises a partial index by the very words of its condition."""


def _narrow(wanted: Wanted) -> list[Any]:
    """What an index leads to."""
    conditions: list[Any] = []
    if wanted.case_id:
        named = select(AuditEntry.seq).where(AuditEntry.case_id == wanted.case_id)
        listed = select(AuditShown.seq).where(AuditShown.case_id == wanted.case_id)
        conditions.append(AuditEntry.seq.in_(union(named, listed)))
    if wanted.actor:
        conditions.append(AuditEntry.actor == wanted.actor)
    if wanted.result and wanted.result != Result.DONE:
        conditions.append(NOT_DONE)
    return conditions


def _rest(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What is looked for among the entries an index led to."""
    conditions = []
    if wanted.unit:
        units = literal(" ") + AuditEntry.units + literal(" ")
        conditions.append(units.contains(f" {wanted.unit} ", autoescape=True))
    if wanted.action:
        conditions.append(AuditEntry.action == wanted.action)
    if wanted.result:
        conditions.append(AuditEntry.result == wanted.result)
    if wanted.since:
        conditions.append(AuditEntry.at >= wanted.since)
    if wanted.until:
        conditions.append(AuditEntry.at < wanted.until)
    return conditions


def _period(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The numbers between which the period's entries lie."""
    conditions = [] if wanted.before is None else [AuditEntry.seq < wanted.before]
    if wanted.since:
        conditions.append(AuditEntry.seq >= first_since(session, wanted.since))
    if wanted.until:
        conditions.append(AuditEntry.seq < end_of(session, wanted.until))
    return conditions


def end_of(session: Session, until: datetime) -> int:
    """The number of an entry from which on there is none before then: where the day after the last such day begins."""
    last = select(func.max(AuditDay.day)).where(AuditDay.begun_at < until).scalar_subquery()
    after = session.scalar(select(func.min(AuditDay.first_seq)).where(AuditDay.day > func.coalesce(last, -1)))
    return after or _after_the_last(session)


def _after_the_last(session: Session) -> int:
    return (session.scalar(select(func.max(AuditEntry.seq))) or 0) + 1


def _floor(session: Session, conditions: list[Any]) -> int | None:
    """The last of the entries that are examined; None where all of them are."""
    examined = select(AuditEntry.seq).where(*conditions).order_by(AuditEntry.seq.desc())
    return session.scalar(examined.offset(EXAMINED - 1).limit(1))


def _found(row: Sequence[Any]) -> Found:
    return Found(Row(*row[:-2]), row[-2], row[-1])


def _tallies(session: Session, statement: Select[Any]) -> list[Tally]:
    return [Tally(*row) for row in session.execute(statement.limit(MOST_WORTH_A_LOOK))]
