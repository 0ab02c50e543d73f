"""What a case waits for in each state, and since when that is too long. Pure: units and a time in, instants out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, TypeAlias

from intake.routing.deadlines import cutoff
from intake.routing.limits import Limit
from intake.routing.model import Unit
from intake.routing.urgency import URGENCIES, Urgency
from intake.triage import State

LIMIT_OF: Mapping[State, Limit] = {
    State.RECEIVED: Limit.UNREAD,
    State.READ: Limit.UNCLAIMED,
    State.REOPENED: Limit.UNCLAIMED,
    State.CLAIMED: Limit.UNTRIED,
    State.TRIED: Limit.SILENT,
    State.IN_CONTACT: Limit.SILENT,
    State.ASSESSED: Limit.SILENT,
    State.ROUTED: Limit.SILENT,
    State.HANDED_OVER: Limit.UNANSWERED,
    State.ACCEPTED: Limit.SILENT,
    State.RETURNED: Limit.UNTRIED,
    State.DECLINED: Limit.UNTRIED,
}
"""Every state but the last ones: nobody waits in a case that is closed, or inside another."""


class Waiting(NamedTuple):
    """Cases that share one limit: those of a unit, in a state, as urgent as each other."""

    unit: str
    state: State
    urgency: Urgency


Cutoffs: TypeAlias = Mapping[Waiting, datetime]
"""For each kind of waiting the instant: whoever came to that state before it has waited too long."""


def cutoffs(units: Iterable[Unit], now: datetime) -> dict[Waiting, datetime]:
    """The cutoff of every state in which somebody waits in these units."""
    found: dict[Waiting, datetime] = {}
    for unit in units:
        for urgency in URGENCIES:
            at = {limit: cutoff(unit, limit, now, urgency) for limit in Limit}
            found |= {Waiting(unit.id, state, urgency): at[limit] for state, limit in LIMIT_OF.items()}
    return found
