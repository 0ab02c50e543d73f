"""What somebody waits for in each state, and since when that is too long. Pure: units and a time in, instants out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, TypeAlias

from intake.routing.deadlines import cutoff
from intake.routing.limits import Limit
from intake.routing.model import Unit
from intake.routing.urgency import URGENCIES, Urgency
from intake.triage import IN_HAND, State

_IN_HAND = tuple(state for state in State if state in IN_HAND)
STATES: Mapping[Limit, tuple[State, ...]] = {
    Limit.UNREAD: (State.RECEIVED,),
    Limit.UNCLAIMED: (State.READ, State.REOPENED),
    Limit.UNTRIED: _IN_HAND,
    Limit.SILENT: _IN_HAND,
    Limit.UNANSWERED: (State.HANDED_OVER,),
}
"""Every state but the last ones: nobody waits in a case that is closed, or inside another.

Whoever is in somebody's hands waits for a first call, and from then on for the next one, in whatever state that is.
"""


class Waiting(NamedTuple):
    """Cases that share one limit: those of a unit that wait for the same, as urgent as each other."""

    unit: str
    limit: Limit
    urgency: Urgency


Cutoffs: TypeAlias = Mapping[Waiting, datetime]
"""For each kind of waiting the instant: whoever began to wait before it has waited too long."""


def cutoffs(units: Iterable[Unit], now: datetime) -> dict[Waiting, datetime]:
    """The cutoff of everything that somebody waits for in these units."""
    return {
        Waiting(unit.id, limit, urgency): cutoff(unit, limit, now, urgency)
        for unit in units
        for urgency in URGENCIES
        for limit in Limit
    }
