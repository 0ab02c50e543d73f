"""Cases in which somebody has waited too long: read in the order of an index, never further than was asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from intake.overdue import Cutoffs, Waiting
from intake.records.models import PRIORITY, Case

PAGE = 100
"""Cases alarmed at once of a unit, a state and a priority; the others follow as these are taken care of."""

COUNT_LIMIT = 1000
"""No kind of waiting is counted further than this."""


@dataclass(frozen=True)
class Overdue:
    """A case that has stood still for too long: nothing of what was said, only where it stands and since when."""

    id: str
    reference: str
    unit: str
    state: str
    priority: int
    state_at: datetime


def oldest(session: Session, cutoffs: Cutoffs, limit: int = PAGE) -> list[Overdue]:
    """At most `limit` of each unit, state and priority, those who have waited longest first."""
    found: list[Overdue] = []
    for _, kinds in groupby(sorted(cutoffs), key=itemgetter(0)):
        branches = [_branch(waiting, number, cutoffs[waiting], limit) for waiting, number in _priorities(kinds)]
        found += [Overdue(*row) for row in session.execute(union_all(*branches))]
    return sorted(found, key=lambda each: (each.unit, each.state_at, each.id))


def counts(session: Session, cutoffs: Cutoffs) -> dict[Waiting, int]:
    """How many have waited too long in each way, without those in which nobody has; none beyond COUNT_LIMIT."""
    if not cutoffs:
        return {}
    order = list(cutoffs)
    counted = []
    for place, waiting in enumerate(order):
        some = select(Case.id).where(is_overdue(waiting, cutoffs[waiting])).limit(COUNT_LIMIT).subquery()
        counted.append(select(literal(place), func.count()).select_from(some))
    return {order[place]: count for place, count in session.execute(union_all(*counted)).all() if count}


def is_overdue(waiting: Waiting, before: datetime) -> ColumnElement[bool]:
    """The condition on a case that it waits in this way, and began before then."""
    priorities = [number for urgency, number in PRIORITY.items() if (urgency == "urgent") == waiting.urgent]
    return and_(
        Case.unit == waiting.unit,
        Case.state == waiting.state,
        Case.priority.in_(priorities),
        Case.state_at < before,
    )


def any_overdue(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """The condition on a case that it waits in one of these ways, for too long."""
    return or_(*(is_overdue(waiting, before) for waiting, before in cutoffs.items()))


def _priorities(kinds: Iterator[Waiting]) -> Iterator[tuple[Waiting, int]]:
    """Each kind of waiting with each of its priorities: one range of the index."""
    for waiting in kinds:
        for urgency, number in PRIORITY.items():
            if (urgency == "urgent") == waiting.urgent:
                yield waiting, number


def _branch(waiting: Waiting, priority: int, before: datetime, limit: int) -> Select[Any]:
    columns = [getattr(Case, field.name) for field in fields(Overdue)]
    rows = select(*columns).where(
        Case.unit == waiting.unit, Case.state == waiting.state, Case.priority == priority, Case.state_at < before
    )
    return select(rows.order_by(Case.state_at, Case.id).limit(limit).subquery())
