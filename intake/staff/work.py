"""Somebody at work on one case: what every act on it needs, and from which side it is done."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.errors import NotAllowedNow
from intake.records.box import Box
from intake.records.cooperation_models import ErrandRow
from intake.records.models import Case
from intake.records.queries import cases
from intake.staff.account import Account
from intake.triage import Side

OWNERS = ("owner", "colleague")
OWNER: frozenset[Side] = frozenset({"owner"})
RECEIVER: frozenset[Side] = frozenset({"receiver"})


@dataclass(frozen=True)
class Work:
    """Who works on which case, in which transaction."""

    records: Session
    box: Box
    actor: Account
    case: Case

    @property
    def sides(self) -> frozenset[Side]:
        """From which sides this person makes moves: as the unit that has the case, or the one it was handed over to."""
        parts = cases.parts_at(self.records, self.case.id, self.actor.desk)
        owner: frozenset[Side] = OWNER if parts.intersection(OWNERS) else frozenset()
        return owner | RECEIVER if "handover" in parts else owner

    def sides_of(self, errand: ErrandRow) -> frozenset[Side]:
        """From which sides this person can end an errand: as the unit that made it, or the one that was asked."""
        asked_here = errand.unit in self.actor.units and errand.principal == self.actor.principal
        return self.sides & OWNER | (RECEIVER if asked_here else frozenset())

    def check_owner(self) -> None:
        """Insist that they work in the unit that has the case; raise NotAllowedNow in one that was only asked."""
        if "owner" not in self.sides:
            raise NotAllowedNow("only the unit that has the case does this")

    def remember(self, kind: str, **detail: str) -> None:
        """Write a line on the timeline; what is empty is left out."""
        said = {name: value for name, value in detail.items() if value}
        cases.add_event(self.records, self.box, self.case.id, cases.Event(kind, self.actor.id, said or None))
