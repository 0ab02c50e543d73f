"""One case: reading it, moving it, writing on its timeline."""

from contextlib import suppress
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from intake.audit.vocabulary import Action
from intake.errors import Conflict, NotAllowedNow, NotFound
from intake.handovers import NoGround
from intake.records.models import Case
from intake.records.queries import cases, errands
from intake.records.queries.third_party import kept
from intake.staff import case_reading, kin, letters, moves, recording, third_party
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.case_panels import destination, panels
from intake.staff.forms import MoveForm, NoteForm
from intake.staff.keys import box, open_arrivals
from intake.staff.vocabulary import door_title
from intake.staff.work import Work
from intake.triage import ERRANDS, MOVES, Move, Permission, State, can_move, moves_from
from intake.web import db, parts, transaction

NO_MOVE = Move("", {})
_PROBLEMS = {
    Conflict: ("case.conflict", 409),
    NoGround: ("case.no_ground", 422),
    moves.TooSoon: ("case.too_soon", 422),
    moves.HoldsOthers: ("case.holds_others", 422),
}


@blueprint.get("/case/<case_id>")
@requires(Permission.READ_CASE, Action.CASE)
def case(case_id: str) -> str:
    """Everything there is about a case; the first look at it is written on its timeline."""
    if request.method == "GET":
        open_arrivals()
        _note_first_look(case_id)
    return page_of(find(case_id))


@blueprint.post("/case/<case_id>/move")
@requires(Permission.MOVE_CASE, Action.MOVE)
@transaction
def move(case_id: str) -> Response | tuple[str, int]:
    """Make a move, or show the case as it is now with what was written still there."""
    found, form = find(case_id), MoveForm()
    recording.asked(*moves.codes_of(form.step()))
    try:
        moves.make_move(db(), box(), account(), found, _step(found, form))
    except (Conflict, NotAllowedNow) as refusal:
        problem, status = _PROBLEMS.get(type(refusal), ("case.not_now", 422))
        return page_of(found, problem=problem, kept=form.note.data, asked=form.move.data), status
    return redirect(url_for("staff.case", case_id=case_id), 303)


@blueprint.post("/case/<case_id>/note")
@requires(Permission.WRITE_NOTE, Action.NOTE)
@transaction
def note(case_id: str) -> Response | tuple[str, int]:
    """Write a note."""
    found, form = find(case_id), NoteForm()
    if not form.validate():
        return page_of(found, problem="case.note_missing", kept=form.note.data), 422
    moves.add_note(db(), box(), account(), found, form.note.data)
    return redirect(url_for("staff.case", case_id=case_id), 303)


def find(case_id: str) -> Case:
    """The case, if it has a place at this person's desk; raise NotFound otherwise."""
    found = _mine(db(), case_id)
    if found is None:
        raise NotFound("no such case for this person")
    return found


def _mine(records: Session, case_id: str) -> Case | None:
    """The case, if this person may see it; PostgreSQL would not even take every text as an id."""
    found = cases.case_at(records, case_id, account().desk) if case_id.isalnum() else None
    if found:
        recording.about(found)
    return found


def _note_first_look(case_id: str) -> None:
    """Let the timeline say that somebody has read it; if two look at once, the first is written."""
    with parts().database.session() as look:
        found = _mine(look, case_id)
    if found is None or not can_move("open", State(found.state), account().role):
        return
    recording.beside(kin.kin_of(found).shown)
    db().rollback()  # what was read until now is older than what is written next
    with suppress(Conflict, NotAllowedNow), recording.writing() as records:
        seen = records.get_one(Case, case_id)
        moves.make_move(records, box(), account(), seen, moves.Step("open", found.version))


def _step(found: Case, form: MoveForm) -> moves.Step:
    """What was asked for: with the unit that was named or decided before, and with what had been suggested."""
    step = form.step()
    routed = errands.last_routing(db(), found.id) if step.code == "hand_over" else None
    unit = routed.chosen if routed else form.unit.data or ""
    return replace(
        step,
        to=destination(parts().directory, unit, "handover")
        if MOVES.get(step.code, NO_MOVE).names_unit or routed
        else None,
        suggested=case_reading.suggestion_of(box(), found) if step.code in ("route", "accept") else step.suggested,
    )


def page_of(found: Case, **problem: str | None) -> str:
    """The case as it is now; `problem` with the note that was `kept` and the move that was `asked` for."""
    made, opened = parts(), box()
    work, apart = Work(db(), opened, account(), found), kept(db(), found.id)
    timeline = [case_reading.happened(made, opened, entry) for entry in cases.events_of(db(), found.id)]
    known = kin.kin_of(found)
    recording.beside(known.shown)
    return render_template(
        "staff/case.html",
        case=found,
        door=door_title(made.library, found.door, account().language),
        unit=made.directory.units.get(found.unit),
        unit_names={id_: unit.name for id_, unit in made.directory.units.items()},
        errand_kinds=ERRANDS,
        contact=case_reading.contact_of(made, opened, found),
        told=case_reading.told_by(made, opened, found, third_party.opened_part(opened, found, apart)),
        another=third_party.about_another(made, opened, found, apart),
        removal_reasons=third_party.REASONS if account().may(Permission.REMOVE_THIRD_PARTY) else (),
        timeline=timeline,
        kin=known,
        references=kin.references(timeline),
        overruling=moves.overrules(found, case_reading.suggestion_of(opened, found)),
        moves=moves_from(State(found.state), account().role, work.sides),
        mailbox=letters.mailbox_of(db(), opened, found),
        routed=errands.last_routing(db(), found.id),
        **vars(panels(work, made.directory)),
        **problem,
    )
