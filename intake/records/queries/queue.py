"""The queue, a page at a time, at a cost that does not grow with the number of cases.

The queue of a desk is its places. Each unit and state is read by itself, in the order of an index and no further than
one page needs, and these short lists are merged. A page begins where another ended (keyset); nothing is ever counted
past.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.errors import NotFound
from intake.overdue import Cutoffs
from intake.records.cooperation_models import Place
from intake.records.models import PRIORITY, Case, User
from intake.records.queries.cases import Desk
from intake.records.queries.cursor import Cursor, read_cursor
from intake.records.queries.overdue import is_overdue

COUNT_LIMIT = 1000
"""No state is counted further than this; the queue then says "1000 or more"."""

_PLACE = (Place.case_id, Place.unit, Place.part)
_TAIL = (Place.received_at, *_PLACE)
ORDERS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = {
    "urgency": (Place.priority, *_TAIL),
    "received": _TAIL,
    "waiting": (Place.state_at, *_PLACE),
    "reference": (Place.reference, *_PLACE),
    "language": (Place.language, Place.priority, *_TAIL),
    "door": (Place.door, Place.priority, *_TAIL),
    "state": _TAIL,
}
"""What the queue can be ordered by, each with its keys; a leading minus (`-received`) turns the order round."""


@dataclass(frozen=True)
class QueueFilter:
    """Which cases of a desk, in which order, from where on. All given values must hold.

    `states` come in the order that sorting by state gives; `cursor` is a text that a QueuePage gave. Where `overdue` is
    given, only those who have waited too long by it.
    """

    desk: Desk
    states: tuple[str, ...]
    door: str | None = None
    language: str | None = None
    urgent: bool = False
    claimed_by: str | None = None
    overdue: Cutoffs | None = None
    order: str = "urgency"
    cursor: str | None = None


@dataclass(frozen=True)
class QueueRow:
    """A case as the queue shows it; `summary` is ciphertext: `box.open(Encrypted.SUMMARY, row.id, row.summary)`.

    `unit` is where it lies in this queue and `part` what it is there: see cooperation_models.Place.
    """

    id: str
    unit: str
    part: str
    reference: str
    principal: str
    state: str
    priority: int
    language: str
    door: str
    received_at: datetime
    state_at: datetime
    claimed_by: str | None
    summary: bytes
    demonstration: bool
    version: int
    claimed_name: str | None


@dataclass(frozen=True)
class QueuePage:
    """Rows, and the cursors of the pages after and before, None where there is none."""

    rows: tuple[QueueRow, ...]
    next: str | None
    previous: str | None


def queue_page(session: Session, wanted: QueueFilter, limit: int = 50) -> QueuePage:
    """One page of the queue; NotFound for an order or a cursor we did not give.

    Where the page before would begin the queue, or nothing is left where the cursor points, it is the first page.
    """
    walk = _walk(wanted)
    rows = _rows(session, wanted, walk, limit + 1)
    if walk.cursor and (not rows or (walk.cursor.backward and len(rows) <= limit)):
        walk = replace(walk, cursor=None)
        rows = _rows(session, wanted, walk, limit + 1)
    backward = walk.cursor is not None and walk.cursor.backward
    more = len(rows) > limit
    shown = rows[:limit][::-1] if backward else rows[:limit]
    return QueuePage(
        rows=tuple(shown),
        next=_cursor(wanted, walk, shown[-1], backward=False) if shown and (more or backward) else None,
        previous=_cursor(wanted, walk, shown[0], backward=True) if shown and walk.cursor else None,
    )


def counts_by_state(session: Session, desk: Desk, states: Iterable[str]) -> dict[str, int]:
    """How many places of a desk are in each of `states` (at least one), counting no state beyond COUNT_LIMIT."""
    here = select(Place.case_id).where(Place.unit.in_(desk.units), Place.principal == desk.principal)
    counted = []
    for state in states:
        some = here.where(Place.state == state).limit(COUNT_LIMIT).subquery()
        counted.append(select(literal(state), func.count()).select_from(some))
    return {row[0]: row[1] for row in session.execute(union_all(*counted)).all()}


@dataclass(frozen=True)
class _Walk:
    """How the index is walked: by which keys, which way, from where."""

    keys: tuple[InstrumentedAttribute[Any], ...]
    falling: bool
    by_state: bool
    cursor: Cursor | None

    @property
    def down(self) -> bool:
        """Tell whether the rows are read from the largest key to the smallest."""
        return self.falling != (self.cursor is not None and self.cursor.backward)


def _walk(wanted: QueueFilter) -> _Walk:
    name = wanted.order.removeprefix("-")
    if name not in ORDERS:
        raise NotFound("no such order")
    keys = ORDERS[name]
    cursor = read_cursor(wanted.cursor, wanted.order, [key.type.python_type for key in keys]) if wanted.cursor else None
    return _Walk(keys, falling=wanted.order != name, by_state=name == "state", cursor=cursor)


def _rows(session: Session, wanted: QueueFilter, walk: _Walk, limit: int) -> list[QueueRow]:
    branches = [
        select(_branch(wanted, walk, unit, state).limit(limit).subquery())
        for unit in wanted.desk.units
        for state in _states(wanted, walk)
    ]
    if not branches:
        return []
    merged = union_all(*branches).subquery()
    order = [merged.c.rank, *[merged.c[key.key] for key in walk.keys]]
    places = select(*[merged.c[key.key] for key in _PLACE]).order_by(*_directed(order, walk)).limit(limit)
    return _shown(session, [(row[0], row[1], row[2]) for row in session.execute(places)])


def _shown(session: Session, places: Sequence[tuple[str, str, str]]) -> list[QueueRow]:
    """The rows of these places. A query of its own: joined, PostgreSQL may read all cases to show a few."""
    columns = [getattr(Case, name) for name in _OF_THE_CASE]
    statement = select(Case.id, *columns, User.name).outerjoin(User, User.id == Case.claimed_by)
    wanted = statement.where(Case.id.in_({case_id for case_id, _, _ in places}))
    found = {row[0]: row[1:] for row in session.execute(wanted)} if places else {}
    return [QueueRow(case_id, unit, part, *found[case_id]) for case_id, unit, part in places]


def _states(wanted: QueueFilter, walk: _Walk) -> tuple[str, ...]:
    """The states that still have something to show: sorted by state, those before the cursor's are done with."""
    if not walk.by_state or walk.cursor is None:
        return wanted.states
    rank = walk.cursor.rank
    return wanted.states[: rank + 1] if walk.down else wanted.states[rank:]


def _branch(wanted: QueueFilter, walk: _Walk, unit: str, state: str) -> Select[Any]:
    """The places in one unit in one state, in the order of the walk, from the cursor on."""
    rank = wanted.states.index(state) if walk.by_state else 0
    columns = dict.fromkeys([*_PLACE, *walk.keys])
    statement = select(*columns, literal(rank).label("rank")).where(
        Place.unit == unit, Place.principal == wanted.desk.principal, Place.state == state, *_conditions(wanted)
    )
    if walk.cursor is not None and walk.cursor.rank == rank:
        here = tuple_(*walk.keys)
        cursor = tuple_(*[literal(value, key.type) for value, key in zip(walk.cursor.keys, walk.keys, strict=True)])
        statement = statement.where(here < cursor if walk.down else here > cursor)
    return statement.order_by(*_directed(walk.keys, walk))


def _conditions(wanted: QueueFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.door is not None:
        yield Place.door == wanted.door
    if wanted.language is not None:
        yield Place.language == wanted.language
    if wanted.urgent:
        yield Place.priority == PRIORITY["urgent"]
    if wanted.claimed_by is not None:
        yield Place.claimed_by == wanted.claimed_by
    if wanted.overdue is not None:
        yield or_(false(), *(is_overdue(waiting, before) for waiting, before in wanted.overdue.items()))


def _directed(keys: Iterable[Any], walk: _Walk) -> list[ColumnElement[Any]]:
    return [key.desc() if walk.down else key.asc() for key in keys]


def _cursor(wanted: QueueFilter, walk: _Walk, row: QueueRow, *, backward: bool) -> str:
    rank = wanted.states.index(row.state) if walk.by_state else 0
    keys = (row.id if key is Place.case_id else getattr(row, key.key) for key in walk.keys)
    return Cursor(wanted.order, backward, rank, tuple(keys)).text()


_NOT_OF_THE_CASE = ("id", "unit", "part", "claimed_name")
_OF_THE_CASE = tuple(field.name for field in fields(QueueRow) if field.name not in _NOT_OF_THE_CASE)
