"""Who has waited too long in the units of whoever is asking: counted and listed as it is now, worker or no worker."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake import clock
from intake.overdue import Cutoffs, Waiting, cutoffs
from intake.records.models import PRIORITY
from intake.records.queries import overdue
from intake.records.queries.overdue import Overdue
from intake.routing.limits import Limit
from intake.routing.model import Unit
from intake.staff.account import account
from intake.triage import Permission
from intake.web import db, parts

SHOWN = 20
"""Cases shown of one unit; the others are in the queue."""


@dataclass(frozen=True)
class TooLong:
    """A unit in which somebody has waited too long: how many for each thing, and the most urgent and oldest of them."""

    unit: Unit
    counts: dict[Limit, int]
    lines: Sequence[Overdue]

    @property
    def more(self) -> int:
        """How many there are beyond those shown."""
        return sum(self.counts.values()) - len(self.lines)


def overdue_here() -> int:
    """How many have waited too long in these units, no kind of waiting counted beyond overdue.COUNT_LIMIT."""
    return sum(overdue.counts_at(db(), cutoffs_here(), account().principal).values())


def waiting_too_long() -> list[TooLong]:
    """Every unit of this person in which somebody has waited too long, in the order of services.yaml."""
    found: list[TooLong] = []
    for unit in _units():
        limits = cutoffs([unit], clock.now())
        counts = _by_limit(overdue.counts_at(db(), limits, account().principal))
        if counts:
            found.append(TooLong(unit, counts, _first(overdue.oldest_at(db(), limits, account().principal, SHOWN))))
    return found


def _units() -> list[Unit]:
    """The units whose cases this person may see; none for whoever only keeps the service running."""
    if not account().may(Permission.READ_QUEUE):
        return []
    return [unit for unit in parts().directory.units.values() if unit.id in account().units]


def cutoffs_here() -> Cutoffs:
    """Since when it is too long, for each way of waiting in these units."""
    return cutoffs(_units(), clock.now())


def _by_limit(counts: dict[Waiting, int]) -> dict[Limit, int]:
    found = dict.fromkeys(Limit, 0)
    for waiting, count in counts.items():
        found[waiting.limit] += count
    return {limit: count for limit, count in found.items() if count}


def _first(cases: Sequence[Overdue]) -> list[Overdue]:
    """The urgent ones first, then whoever has waited longest."""
    ordered = sorted(cases, key=lambda case: (case.priority != PRIORITY["urgent"], case.since, case.id))
    return ordered[:SHOWN]
