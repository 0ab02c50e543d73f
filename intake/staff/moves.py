"""Making a move: the table decides whether, the database whether it is still so, the timeline remembers."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.errors import Conflict
from intake.records.box import Box
from intake.records.models import Case
from intake.records.queries import cases
from intake.staff.account import Account
from intake.triage import MOVES, State, check_move


@dataclass(frozen=True)
class Step:
    """What somebody wants to do to a case as they saw it, `version` and all."""

    code: str
    version: int
    choice: str = ""
    note: str = ""


def make_move(records: Session, box: Box, actor: Account, case: Case, step: Step) -> None:
    """Make the move and write it on the timeline.

    Raise Conflict, with nothing changed, if the case is no longer as it was seen; NotAllowedNow or Forbidden as the
    table says.
    """
    if case.version != step.version:
        raise Conflict("the case was changed by somebody else")
    move = check_move(step.code, State(case.state), actor.role, step.choice)
    cases.change_state(records, case, step.version, move.paths[State(case.state)])
    if move.holder == "mover":
        cases.claim(records, case, case.version, actor.id)
    elif move.holder == "nobody":
        cases.release(records, case, case.version)
    cases.add_event(records, box, case.id, cases.Event(move.code, actor.id, _detail(step)))


def codes_of(step: Step) -> tuple[str, ...]:
    """The codes of a step that are codes of the table; whatever else was sent could be anything."""
    move = MOVES.get(step.code)
    return () if move is None else (move.code, step.choice if step.choice in move.choices else "")


def add_note(records: Session, box: Box, actor: Account, case: Case, note: str) -> None:
    """Write a note on the timeline. Notes stand beside each other, so none ever displaces another."""
    cases.add_event(records, box, case.id, cases.Event("note", actor.id, {"note": note}))


def _detail(step: Step) -> dict[str, object] | None:
    said = {"choice": step.choice, "note": step.note}
    return {name: value for name, value in said.items() if value} or None
