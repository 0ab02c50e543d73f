"""Handing a case over (lotsning): the receiver reads it on a ground that names them, and it is theirs once they say so.

Until then it stays with the unit that sent it. It comes back by itself when nobody answers in time, or when the ground
ends meanwhile: whoever reads a case on a ground reads it no more from the moment the ground ends. Nor does anybody who
was only asked go on reading a case that is closed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from intake import clock
from intake.errors import NotAllowedNow
from intake.records.box import Box, Encrypted
from intake.records.cooperation_models import ErrandRow
from intake.records.ids import new_id
from intake.records.models import Case
from intake.records.queries import cases, errands, grounds
from intake.routing import pauses
from intake.routing.calendar import open_day_before
from intake.routing.model import Unit
from intake.triage import ERRANDS, MOVES, State

HANDOVER = "handover"
RECALLED = "recall"
OPEN_DAYS_TO_ANSWER = 3
"""Our own limit: after so many of the receiver's open days a handover nobody answered comes back."""


class NoGround(NotAllowedNow):
    """No consent, and no other ground that holds, names this receiver."""


@dataclass(frozen=True)
class Ending:
    """How a handover ended: the code of the move, by whom (None: by itself), and what was written."""

    answer: str
    by: str | None
    note: str = ""


def begin(records: Session, by: str, case: Case, receiver: tuple[str, str]) -> None:
    """Let a user put the case in front of the receiving (unit, principal); raise NoGround when nothing allows it."""
    unit, principal = receiver
    ground = grounds.holding(records, case.id, unit, principal, ERRANDS[HANDOVER].purposes)
    if ground is None:
        raise NoGround("no ground names this receiver")
    errand = ErrandRow(
        id=new_id(),
        case_id=case.id,
        kind=HANDOVER,
        from_unit=case.unit,
        unit=unit,
        principal=principal,
        ground_id=ground.id,
        made_by=by,
        made_at=clock.now(),
    )
    errands.add(records, errand)
    grounds.give_place(records, case.id, receiver, HANDOVER, ground.id)


def end(records: Session, box: Box, case: Case, ending: Ending) -> ErrandRow:
    """End the open handover of a case and take it from the receiver's queue again; return the handover."""
    errand = errands.open_of_kind(records, case.id, HANDOVER)
    if errand is None:
        raise NotAllowedNow("nothing is handed over")
    words = box.close(Encrypted.ERRAND_ANSWERED, errand.id, ending.note) if ending.note else None
    errands.end(records, errand, ending.answer, ending.by, words)
    grounds.take_place(records, case.id, str(errand.unit), HANDOVER)
    return errand


def come_back(records: Session, box: Box, case: Case, why: str) -> None:
    """Let a handover come back without anybody's doing: `unanswered`, or `consent_withdrawn`."""
    move = MOVES["come_back"]
    end(records, box, case, Ending(move.code, None))
    cases.change_state(records, case, case.version, move.paths[State(case.state)], move.calling)
    cases.add_event(records, box, case.id, cases.Event(move.code, None, {"choice": why}))


def return_unanswered(records: Session, box: Box, units: Mapping[str, Unit]) -> int:
    """Let every handover come back that its receiver has not answered for three of its open days; return how many."""
    today = clock.now().date()
    limits = {
        id_: _limit(units[pauses.receiver(units, id_, today)]) for id_ in units
    }  # what is paused answers elsewhere
    overdue = errands.unanswered(records, HANDOVER, limits)
    for _, case in overdue:
        come_back(records, box, case, "unanswered")
    return len(overdue)


def withdraw(records: Session, box: Box, case: Case, ground_id: str, by: str | None) -> None:
    """End a ground: whoever read the case on it reads it no more, and what was open with them comes back at once.

    `by` is the staff member who was told, None where the person did it. Raise NotAllowedNow if it has ended before.
    """
    if not grounds.end(records, case.id, ground_id, by):
        raise NotAllowedNow("this ground has ended")
    cases.add_event(records, box, case.id, cases.Event("ground_ended", by))
    for row in errands.open_on_ground(records, ground_id):
        if row.kind == HANDOVER and case.state == State.HANDED_OVER:
            come_back(records, box, case, "consent_withdrawn")
        else:
            errands.end(records, row, RECALLED, by)


def end_shared(records: Session, box: Box, case: Case, by: str | None) -> None:
    """Take back everything by which another unit reads the case, and say so on its timeline; for good.

    `by` is who closed the case, None where the person withdrew it. What is shared with nobody stays open: a sample
    that was asked for may still come.
    """
    for row in errands.open_of_case(records, case.id):
        if ERRANDS[row.kind].shares and errands.end(records, row, RECALLED, by):
            grounds.take_place(records, case.id, str(row.unit), row.kind)
            happened = RECALLED if row.kind == HANDOVER else f"end_{row.kind}"
            said = {"unit": str(row.unit)} | ({} if row.kind == HANDOVER else {"choice": RECALLED})
            cases.add_event(records, box, case.id, cases.Event(happened, by, said))


def withdraw_consents(records: Session, box: Box, case: Case, codes: Collection[str] | None) -> None:
    """Let the person take back what they agreed to in the form under these codes; None takes every consent back."""
    for line in grounds.ledger(records, case.id):
        ground = line.ground
        if ground.kind == "consent" and ground.ended_at is None and (codes is None or ground.code in codes):
            withdraw(records, box, case, ground.id, None)


def _limit(unit: Unit) -> datetime:
    """The end of the last day on which a handover to the unit would be overdue now."""
    day = open_day_before(unit, clock.now().date(), OPEN_DAYS_TO_ANSWER)
    return datetime.combine(day, time.min, UTC)
