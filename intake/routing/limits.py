"""How long somebody may wait for the next step: open days in general, open hours where it is urgent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake.questionnaires.source import Node
from intake.questionnaires.structure import ends


class Limit(StrEnum):
    """What somebody waits for: to be read, claimed, contacted, contacted again; a handover, to be answered."""

    UNREAD = "unread"
    UNCLAIMED = "unclaimed"
    UNTRIED = "untried"
    SILENT = "silent"
    UNANSWERED = "unanswered"


# Read, claimed and called, one open day each: together the three open days that people are promised on the receipt.
DAYS: Mapping[Limit, int] = {
    Limit.UNREAD: 1,
    Limit.UNCLAIMED: 1,
    Limit.UNTRIED: 1,
    Limit.SILENT: 5,
    Limit.UNANSWERED: 2,
}
# Less than an open day until somebody has tried to get in touch: what came in the morning is seen the same day.
URGENT_HOURS: Mapping[Limit, int] = {
    Limit.UNREAD: 2,
    Limit.UNCLAIMED: 2,
    Limit.UNTRIED: 3,
    Limit.SILENT: 16,
    Limit.UNANSWERED: 4,
}
OPEN = (8, 16)
MIDNIGHT = 24


@dataclass(frozen=True)
class Limits:
    """The limits of one unit. `hours` are those of an open day, from and to, in which the clock runs at all."""

    hours: tuple[int, int] = OPEN
    days: Mapping[Limit, int] = field(default_factory=lambda: DAYS)
    urgent_hours: Mapping[Limit, int] = field(default_factory=lambda: URGENT_HOURS)

    def open_hours(self, limit: Limit, *, urgent: bool) -> int:
        """How many hours of open days may pass."""
        opens, closes = self.hours
        return self.urgent_hours[limit] if urgent else self.days[limit] * (closes - opens)


def read_limits(node: Node | None) -> Limits:
    """Read a unit's `limits`; what is not said is as everywhere else. Raises DefinitionError for what cannot be."""
    if node is None:
        return Limits()
    found = node.fields("", "hours days urgent_hours")
    limits = Limits(
        hours=_hours(found["hours"]) if "hours" in found else OPEN,
        days={**DAYS, **_numbers(found.get("days"))},
        urgent_hours={**URGENT_HOURS, **_numbers(found.get("urgent_hours"))},
    )
    for limit in Limit:
        if limits.open_hours(limit, urgent=True) > limits.open_hours(limit, urgent=False):
            raise node.wrong(f"{limit}: urgent requests may wait longer than others")
    return limits


def _hours(node: Node) -> tuple[int, int]:
    opens, closes = ends(node)
    if not 0 <= opens < closes <= MIDNIGHT:
        raise node.wrong("should be [from, to], whole hours of one day")
    return opens, closes


def _numbers(node: Node | None) -> dict[Limit, int]:
    entries = {} if node is None else node.fields("", " ".join(Limit))
    for entry in entries.values():
        if entry.number() < 1:
            raise entry.wrong("should be 1 or more")
    return {Limit(name): entry.number() for name, entry in entries.items()}
