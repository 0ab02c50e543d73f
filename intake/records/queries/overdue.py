"""Cases in which somebody has waited too long: read in the order of an index, never further than was asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from intake.overdue import Cutoffs, Waiting
from intake.records.cooperation_models import Place
from intake.records.models import PRIORITY
from intake.triage import State

PAGE = 100
"""Cases alarmed at once of a unit, a state and a priority; the others follow as these are taken care of."""

COUNT_LIMIT = 1000
"""No kind of waiting is counted further than this."""

STATEMENTS = 256
"""So many are kept, ready to be used again: more than there are units."""


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
    return _oldest(session, cutoffs, _answering, {"limit": limit})


def oldest_at(session: Session, cutoffs: Cutoffs, principal: str, limit: int = PAGE) -> list[Overdue]:
    """The same of what those see who work in these units for this principal."""
    return _oldest(session, cutoffs, _of_the_principal, {"limit": limit, "principal": principal})


def counts_at(session: Session, cutoffs: Cutoffs, principal: str) -> dict[Waiting, int]:
    """How many have waited too long, as those see who work in these units for this principal.

    By way of waiting, without those in which nobody has; none beyond COUNT_LIMIT.
    """
    if not cutoffs:
        return {}
    order = tuple(cutoffs)
    rows = session.execute(_counting(order), {"principal": principal, **_instants(order, cutoffs)})
    return {order[number]: count for number, count in rows if count}


def is_overdue(waiting: Waiting, before: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The condition on a place that a case waits there in this way, and began before then."""
    return and_(
        Place.unit == waiting.unit,
        Place.state == waiting.state,
        Place.priority == PRIORITY[waiting.urgency],
        Place.state_at < before,
    )


def any_overdue(cutoffs: Cutoffs) -> ColumnElement[bool]:
    """The condition on a place that whoever has to act there has waited in one of these ways, for too long."""
    return or_(*(and_(is_overdue(waiting, before), _answering(waiting)) for waiting, before in cutoffs.items()))


def _answering(waiting: Waiting) -> ColumnElement[bool]:
    """The condition on a place that it is the one whose turn it is."""
    return Place.part == ("handover" if waiting.state is State.HANDED_OVER else "owner")


def _of_the_principal(_waiting: Waiting) -> ColumnElement[bool]:
    """The condition on a place that it belongs to the principal that is given."""
    return Place.principal == bindparam("principal")


def _oldest(session: Session, cutoffs: Cutoffs, whose: Whose, given: Mapping[str, object]) -> list[Overdue]:
    found: list[Overdue] = []
    for _, kinds in groupby(sorted(cutoffs), key=itemgetter(0)):
        order = tuple(kinds)
        found += [
            Overdue(*row) for row in session.execute(_reading(order, whose), {**given, **_instants(order, cutoffs)})
        ]
    return sorted(found, key=lambda each: (each.unit, each.state_at, each.id))


# Both statements are long, and only their instants change: putting them together takes longer than their execution.


@lru_cache(STATEMENTS)
def _reading(order: tuple[Waiting, ...], whose: Whose) -> CompoundSelect[Any]:
    """A branch for each kind of waiting: one range of the index."""
    return union_all(*(_branch(waiting, _instant(number), whose(waiting)) for number, waiting in enumerate(order)))


@lru_cache(STATEMENTS)
def _counting(order: tuple[Waiting, ...]) -> CompoundSelect[Any]:
    """A branch for each kind of waiting: its number in the order, and how many there are."""
    counted = []
    for number, waiting in enumerate(order):
        late = select(Place.case_id).where(_of_the_principal(waiting), is_overdue(waiting, _instant(number)))
        counted.append(select(literal(number), func.count()).select_from(late.limit(COUNT_LIMIT).subquery()))
    return union_all(*counted)


def _instant(number: int) -> BindParameter[datetime]:
    return bindparam(f"before_{number}")


def _instants(order: tuple[Waiting, ...], cutoffs: Cutoffs) -> dict[str, datetime]:
    return {f"before_{number}": cutoffs[waiting] for number, waiting in enumerate(order)}


def _branch(waiting: Waiting, before: BindParameter[datetime], whose: ColumnElement[bool]) -> Select[Any]:
    columns = (Place.case_id, Place.reference, Place.unit, Place.state, Place.priority, Place.state_at)
    rows = select(*columns).where(is_overdue(waiting, before), whose)
    first = rows.order_by(Place.state_at, Place.case_id).limit(bindparam("limit", type_=Integer))
    return select(first.subquery())
