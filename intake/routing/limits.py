"""How long somebody may wait for the next step: open days in general, open hours where it is soon or urgent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake.questionnaires.source import Node
from intake.questionnaires.structure import ends
from intake.routing.urgency import Urgency


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
# A child can be behind what is soon: what came in the morning is seen the same day. All else as in general.
SOON_HOURS: Mapping[Limit, int] = {
    Limit.UNREAD: 4,
    Limit.UNCLAIMED: 8,
    Limit.UNTRIED: 8,
}
# Less than an open day until somebody has tried to get in touch.
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
    """The limits of one unit. `hours` are those of an open day, from and to, in which the clock runs at all.

    What is soon has hours of its own for some limits, and never waits longer than others do.
    """

    hours: tuple[int, int] = OPEN
    days: Mapping[Limit, int] = field(default_factory=lambda: DAYS)
    soon_hours: Mapping[Limit, int] = field(default_factory=lambda: SOON_HOURS)
    urgent_hours: Mapping[Limit, int] = field(default_factory=lambda: URGENT_HOURS)

    def open_hours(self, limit: Limit, urgency: Urgency) -> int:
        """How many hours of open days may pass."""
        opens, closes = self.hours
        usual = self.days[limit] * (closes - opens)
        if urgency == "urgent":
            return self.urgent_hours[limit]
        return min(self.soon_hours.get(limit, usual), usual) if urgency == "soon" else usual


def read_limits(node: Node | None) -> Limits:
    """Read a unit's `limits`; what is not said is as everywhere else. Raises DefinitionError for what cannot be."""
    if node is None:
        return Limits()
    found = node.fields("", "hours days soon_hours urgent_hours")
    limits = Limits(
        hours=_hours(found["hours"]) if "hours" in found else OPEN,
        days={**DAYS, **_numbers(found.get("days"))},
        soon_hours={**SOON_HOURS, **(soon := _numbers(found.get("soon_hours")))},
        urgent_hours={**URGENT_HOURS, **_numbers(found.get("urgent_hours"))},
    )
    for limit in Limit:
        if limits.open_hours(limit, "urgent") > limits.open_hours(limit, "soon"):
            raise node.wrong(f"{limit}: urgent requests may wait longer than others")
        if soon.get(limit, 0) > limits.open_hours(limit, "normal"):
            raise node.wrong(f"{limit}: requests that are soon may wait longer than others")
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
