"""Cases in which somebody has waited too long: read in the order of an index, never further than was asked for."""

from collections.abc import Callable, Iterable, Mapping
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
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.overdue import STATES, Cutoffs, Waiting
from intake.records.cooperation_models import Place
from intake.records.models import PRIORITY
from intake.routing.limits import Limit
from intake.triage import State

PAGE = 100
"""Cases alarmed at once of a unit, a state and an urgency; the others follow as these are taken care of."""

COUNT_LIMIT = 1000
"""No kind of waiting is counted further than this."""

STATEMENTS = 256
"""So many are kept, ready to be used again: more than there are units."""


BEGAN: Mapping[Limit, InstrumentedAttribute[Any]] = {
    Limit.UNREAD: Place.state_at,
    Limit.UNCLAIMED: Place.state_at,
    Limit.UNTRIED: Place.untried_since,
    Limit.SILENT: Place.tried_at,
    Limit.UNANSWERED: Place.state_at,
}
"""When each wait began. Whatever else is done with a case, only a try or a contact stops the clock of a call."""

Whose: TypeAlias = Callable[[Waiting], ColumnElement[bool]]
"""Which of the places of a case are meant."""


@dataclass(frozen=True)
class Overdue:
    """A case in which somebody has waited too long: nothing of what was said, only for what and since when."""

    id: str
    reference: str
    unit: str
    state: str
    priority: int
    limit: str
    since: datetime


def oldest(session: Session, cutoffs: Cutoffs, limit: int = PAGE) -> list[Overdue]:
    """At most `limit` of each unit, state, urgency and thing waited for, those who have waited longest first.

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


def is_overdue(
    waiting: Waiting, before: datetime | BindParameter[datetime], states: Iterable[State] | None = None
) -> ColumnElement[bool]:
    """The condition on a place that a case waits there in this way, and began before then; in these states or any."""
    nobody_called = [Place.tried_at.is_(None)] if waiting.limit is Limit.UNTRIED else []
    return and_(
        Place.unit == waiting.unit,
        Place.state.in_(states or STATES[waiting.limit]),
        Place.priority == PRIORITY[waiting.urgency],
        *nobody_called,
        BEGAN[waiting.limit] < before,
    )


def still_waits(
    cutoffs: Cutoffs, limit: InstrumentedAttribute[str], since: InstrumentedAttribute[datetime]
) -> ColumnElement[bool]:
    """The condition on a place that whoever has to act there lets somebody wait too long, for this and since then."""
    return or_(
        *(
            and_(is_overdue(each, before), _answering(each), limit == each.limit, since == BEGAN[each.limit])
            for each, before in cutoffs.items()
        )
    )


def _answering(waiting: Waiting) -> ColumnElement[bool]:
    """The condition on a place that it is the one whose turn it is."""
    return Place.part == ("handover" if waiting.limit is Limit.UNANSWERED else "owner")


def _of_the_principal(_waiting: Waiting) -> ColumnElement[bool]:
    """The condition on a place that it belongs to the principal that is given.

    An expression and no column, for SQLite would rather look for the principal in an index than for the time, and then
    read everything the principal has.
    """
    return Place.principal + "" == bindparam("principal")


def _oldest(session: Session, cutoffs: Cutoffs, whose: Whose, given: Mapping[str, object]) -> list[Overdue]:
    found: list[Overdue] = []
    for _, kinds in groupby(sorted(cutoffs), key=itemgetter(0)):
        order = tuple(kinds)
        rows = session.execute(_reading(order, whose), {**given, **_instants(order, cutoffs)})
        found += [Overdue(*row) for row in rows]
    return sorted(found, key=lambda each: (each.unit, each.since, each.id))


# Both statements are long, and only their instants change: putting them together takes longer than their execution.


@lru_cache(STATEMENTS)
def _reading(order: tuple[Waiting, ...], whose: Whose) -> CompoundSelect[Any]:
    """A branch for each kind of waiting in each state: one range of an index."""
    return union_all(
        *(
            _branch(number, waiting, state, whose(waiting))
            for number, waiting in enumerate(order)
            for state in STATES[waiting.limit]
        )
    )


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


def _branch(number: int, waiting: Waiting, state: State, whose: ColumnElement[bool]) -> Select[Any]:
    began = BEGAN[waiting.limit]
    columns = (Place.case_id, Place.reference, Place.unit, Place.state, Place.priority)
    rows = select(*columns, literal(str(waiting.limit)), began).where(
        is_overdue(waiting, _instant(number), (state,)), whose
    )
    # In the order of the index, in which the first is empty wherever nobody has called.
    order = (began,) if began is Place.state_at else (Place.tried_at, Place.untried_since)
    first = rows.order_by(*order, Place.case_id).limit(bindparam("limit", type_=Integer))
    return select(first.subquery())
