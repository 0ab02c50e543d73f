"""Making a move: the table decides whether, the database whether it is still so, the timeline remembers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake import handovers
from intake.errors import Conflict, NotAllowedNow
from intake.ingest.index import index_contact
from intake.records.box import Box
from intake.records.cooperation_models import Routing
from intake.records.models import Case
from intake.records.queries import cases, errands, joined, matches
from intake.staff.account import Account
from intake.staff.work import Work
from intake.triage import MOVES, Move, State, check_move, may_give_up

NOBODY_SUGGESTED = ("", "")


class HoldsOthers(NotAllowedNow):
    """Another request of the person is inside this case, and is not part of what was agreed to."""


class TooSoon(NotAllowedNow):
    """Nobody is called not reached before they were tried for on several days."""


@dataclass(frozen=True)
class Destination:
    """Where something is sent: a unit, and the principal that answers for it."""

    unit: str
    principal: str


@dataclass(frozen=True)
class Step:
    """What somebody wants to do to a case as they saw it, `version` and all.

    `to` is where it is to go, and `suggested` the rule and the unit of the suggestion, for moves that name a unit.
    """

    code: str
    version: int
    choice: str = ""
    note: str = ""
    to: Destination | None = None
    suggested: tuple[str, str] = NOBODY_SUGGESTED


def make_move(records: Session, box: Box, actor: Account, case: Case, step: Step) -> None:
    """Make the move and write it on the timeline.

    Raise Conflict, with nothing changed, if the case is no longer as it was seen; NotAllowedNow or Forbidden as the
    table says, NoGround if the receiver may not read it.
    """
    if case.version != step.version:
        raise Conflict("the case was changed by somebody else")
    sides = Work(records, box, actor, case).sides
    move = check_move(step.code, State(case.state), actor.role, step.choice, sides)
    _check_all_is_said(records, actor, case, move, step)
    with records.begin_nested():  # what comes with a move may be refused, and then nothing of it happened
        cases.change_state(records, case, step.version, move.paths[State(case.state)], move.calling)
        if move.code in _WITH_IT:
            _WITH_IT[move.code](records, box, actor, case, step)
        _pass_on(records, actor, case, move)
        cases.add_event(records, box, case.id, cases.Event(move.code, actor.id, _detail(step)))


def codes_of(step: Step) -> tuple[str, ...]:
    """The codes of a step that are codes of the table; whatever else was sent could be anything."""
    move = MOVES.get(step.code)
    return () if move is None else (move.code, step.choice if step.choice in move.choices else "")


def overrules(case: Case, suggested: tuple[str, str]) -> bool:
    """Tell whether a case that stays where it is stays elsewhere than (rule, unit) suggested."""
    return suggested[1] not in ("", case.unit)


def add_note(records: Session, box: Box, actor: Account, case: Case, note: str) -> None:
    """Write a note on the timeline. Notes stand beside each other, so none ever displaces another."""
    cases.add_event(records, box, case.id, cases.Event("note", actor.id, {"note": note}))


def _check_all_is_said(records: Session, actor: Account, case: Case, move: Move, step: Step) -> None:
    if move.needs_note and not step.note:
        raise NotAllowedNow(f"{move.code} needs words")
    if move.if_overruling and bool(step.choice) != overrules(case, step.suggested):
        raise NotAllowedNow(f"{move.code} says why where it is not as suggested, and only there")
    if move.names_unit and (step.to is None or step.to.unit == case.unit):
        raise NotAllowedNow(f"{move.code} needs another unit")
    if step.choice == "not_reached" and not may_give_up(cases.days_of(records, case.id, "try"), actor.role):
        raise TooSoon("tried on too few days")


def _pass_on(records: Session, actor: Account, case: Case, move: Move) -> None:
    if move.holder == "mover":
        cases.claim(records, case, case.version, actor.id)
    elif move.holder == "nobody":
        cases.release(records, case, case.version)


def _keep_routing(records: Session, _box: Box, actor: Account, case: Case, step: Step) -> None:
    """Keep where the case was decided to belong beside what was suggested, so that the rules can be looked over."""
    rule, suggested = step.suggested
    chosen = step.to.unit if step.to else case.unit
    errands.add_routing(
        records,
        Routing(
            case_id=case.id,
            at=case.state_at,
            by=actor.id,
            rule=rule,
            suggested=suggested,
            chosen=chosen,
            reason=step.choice,
        ),
    )


def _hand_over(records: Session, _box: Box, actor: Account, case: Case, step: Step) -> None:
    routing = errands.last_routing(records, case.id)
    if step.to is None or routing is None or routing.chosen != step.to.unit:
        raise NotAllowedNow("nobody has decided where it goes")
    if joined.counts_inside(records, [case.id]):
        raise HoldsOthers("another case is inside this one")
    handovers.begin(records, actor.id, case, (step.to.unit, step.to.principal))


def _end_handover(records: Session, box: Box, actor: Account, case: Case, step: Step) -> None:
    handovers.end(records, box, case, handovers.Ending(step.code, actor.id, step.note))


def _take(records: Session, box: Box, actor: Account, case: Case, step: Step) -> None:
    errand = handovers.end(records, box, case, handovers.Ending(step.code, actor.id, step.note))
    matches.replace_digests(records, case, ())  # made for the principal that lets go
    cases.give_to(records, case, case.version, str(errand.unit), str(errand.principal))
    index_contact(records, box, case)


def _end_shared(records: Session, box: Box, actor: Account, case: Case, _step: Step) -> None:
    """Let nobody who was only asked read on, neither in the case nor in those that are inside it and end with it."""
    handovers.end_shared(records, box, case, actor.id)
    for link in joined.links_inside(records, case.id):
        handovers.end_shared(records, box, records.get_one(Case, link.inner_id), actor.id)


def _detail(step: Step) -> dict[str, object] | None:
    said = {"choice": step.choice, "note": step.note, "unit": step.to.unit if step.to else ""}
    return {name: value for name, value in said.items() if value} or None


_WITH_IT: Mapping[str, Callable[[Session, Box, Account, Case, Step], None]] = {
    "accept": _keep_routing,
    "route": _keep_routing,
    "hand_over": _hand_over,
    "recall": _end_handover,
    "return": _end_handover,
    "decline": _end_handover,
    "acknowledge": _take,
    "close": _end_shared,
}
"""What some moves do besides changing the state."""
