"""Cases in which somebody has waited too long: read in the order of an index, never further than was asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from intake.overdue import Cutoffs, Waiting
from intake.records.cooperation_models import Place
from intake.records.models import PRIORITY
from intake.triage import State

PAGE = 100
"""Cases alarmed at once of a unit, a state and a priority; the others follow as these are taken care of."""

COUNT_LIMIT = 1000
"""No kind of waiting is counted further than this."""


Whose: TypeAlias = Callable[[Waiting], ColumnElement[bool]]
"""Which of the places of a case are meant."""


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
    """At most `limit` of each unit, state and priority, those who have waited longest first.

    Each case once: at the unit that has it, or at the one that has not answered a handover.
    """
    return _oldest(session, cutoffs, _answering, limit)


def oldest_at(session: Session, cutoffs: Cutoffs, principal: str, limit: int = PAGE) -> list[Overdue]:
    """The same of what those see who work in these units for this principal."""
    return _oldest(session, cutoffs, lambda _: Place.principal == principal, limit)


def counts_at(session: Session, cutoffs: Cutoffs, principal: str) -> dict[Waiting, int]:
    """How many have waited too long, as those see who work in these units for this principal.

    By way of waiting, without those in which nobody has; none beyond COUNT_LIMIT.
    """
    if not cutoffs:
        return {}
    order = list(cutoffs)
    counted = []
    for number, waiting in enumerate(order):
        late = select(Place.case_id).where(Place.principal == principal, is_overdue(waiting, cutoffs[waiting]))
        counted.append(select(literal(number), func.count()).select_from(late.limit(COUNT_LIMIT).subquery()))
    return {order[number]: count for number, count in session.execute(union_all(*counted)).all() if count}


def is_overdue(waiting: Waiting, before: datetime) -> ColumnElement[bool]:
    """The condition on a place that a case waits there in this way, and began before then."""
    priorities = [number for urgency, number in PRIORITY.items() if (urgency == "urgent") == waiting.urgent]
    return and_(
        Place.unit == waiting.unit,
        Place.state == waiting.state,
        Place.priority.in_(priorities),
        Place.state_at < before,
    )


def any_overdue(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """The condition on a place that whoever has to act there has waited in one of these ways, for too long."""
    return or_(*(and_(is_overdue(waiting, before), _answering(waiting)) for waiting, before in cutoffs.items()))


def _answering(waiting: Waiting) -> ColumnElement[bool]:
    """The condition on a place that it is the one whose turn it is."""
    return Place.part == ("handover" if waiting.state is State.HANDED_OVER else "owner")


def _oldest(session: Session, cutoffs: Cutoffs, whose: Whose, limit: int) -> list[Overdue]:
    found: list[Overdue] = []
    for _, kinds in groupby(sorted(cutoffs), key=itemgetter(0)):
        branches = [
            _branch(waiting, number, cutoffs[waiting], whose(waiting), limit) for waiting, number in _priorities(kinds)
        ]
        found += [Overdue(*row) for row in session.execute(union_all(*branches))]
    return sorted(found, key=lambda each: (each.unit, each.state_at, each.id))


def _priorities(kinds: Iterator[Waiting]) -> Iterator[tuple[Waiting, int]]:
    """Each kind of waiting with each of its priorities: one range of the index."""
    for waiting in kinds:
        for urgency, number in PRIORITY.items():
            if (urgency == "urgent") == waiting.urgent:
                yield waiting, number


def _branch(waiting: Waiting, priority: int, before: datetime, whose: ColumnElement[bool], limit: int) -> Select[Any]:
    columns = (Place.case_id, Place.reference, Place.unit, Place.state, Place.priority, Place.state_at)
    rows = select(*columns).where(
        Place.unit == waiting.unit, Place.state == waiting.state, Place.priority == priority, Place.state_at < before
    )
    return select(rows.where(whose).order_by(Place.state_at, Place.case_id).limit(limit).subquery())
