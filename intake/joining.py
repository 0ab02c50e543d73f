"""May two requests be treated as one person's, and which goes on: decided here, before anything is written.

One of the two goes on; the other is put inside it and leaves the queue. Nothing else is nested: what is inside another
has nothing inside, so no chain and no circle can arise. The same telephone number proves nothing, families share one:
staff decide, always.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.errors import NotAllowedNow
from intake.triage import OPEN_STATES, State

JOINABLE = OPEN_STATES - {State.HANDED_OVER}
"""What is on its way to another unit is left alone until that unit has answered."""


class Kind(StrEnum):
    """Why two cases are one: sent twice, or by somebody whose earlier case was closed."""

    MERGED = "merged"
    RETURNED = "returned"


@dataclass(frozen=True)
class Side:
    """A case as far as it matters here; `holds` says that others are inside it."""

    id: str
    principal: str
    state: State
    holds: bool


@dataclass(frozen=True)
class Way:
    """One way to make two cases one, seen from the case that somebody looks at: `this` or the `other` goes on."""

    code: str
    kind: Kind
    this_goes_on: bool


WAYS: Mapping[str, Way] = {
    way.code: way
    for way in (
        Way("into_other", Kind.MERGED, this_goes_on=False),
        Way("into_this", Kind.MERGED, this_goes_on=True),
        Way("other_again", Kind.RETURNED, this_goes_on=False),
        Way("this_again", Kind.RETURNED, this_goes_on=True),
    )
}


def ways(this: Side, other: Side) -> tuple[Way, ...]:
    """The ways there are for these two, in the order of the table; none across principals."""
    return tuple(way for way in WAYS.values() if _is_open(way, this, other))


def check_way(code: str, this: Side, other: Side) -> Way:
    """The way with this code; raise NotAllowedNow when it is not one of those there are for these two."""
    for way in ways(this, other):
        if way.code == code:
            return way
    raise NotAllowedNow("these two cannot be made one like that")


def _is_open(way: Way, this: Side, other: Side) -> bool:
    main, inner = (this, other) if way.this_goes_on else (other, this)
    if this.id == other.id or this.principal != other.principal or inner.holds:
        return False
    goes_on = main.state in JOINABLE if way.kind is Kind.MERGED else main.state is State.CLOSED
    return goes_on and inner.state in JOINABLE
