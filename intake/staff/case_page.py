"""One case: reading it, moving it, writing on its timeline."""

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from intake.errors import Conflict, NotAllowedNow, NotFound
from intake.records.models import Case
from intake.records.queries import cases
from intake.records.queries.third_party import kept
from intake.staff import case_reading, moves, third_party
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.forms import MoveForm, NoteForm, RemovalForm
from intake.staff.keys import box
from intake.staff.vocabulary import door_title
from intake.triage import Permission, State, can_move, moves_from
from intake.web import db, parts, transaction


@blueprint.get("/case/<case_id>")
@requires(Permission.READ_CASE)
def case(case_id: str) -> str:
    """Everything there is about a case; the first look at it is written on its timeline."""
    if request.method == "GET":
        _note_first_look(case_id)
    return _page(_find(case_id))


@blueprint.post("/case/<case_id>/move")
@requires(Permission.MOVE_CASE)
@transaction
def move(case_id: str) -> Response | tuple[str, int]:
    """Make a move, or show the case as it is now with what was written still there."""
    found, form = _find(case_id), MoveForm()
    try:
        moves.make_move(db(), box(), account(), found, form.step())
    except Conflict:
        return _page(found, problem="case.conflict", kept=form.note.data, asked=form.move.data), 409
    except NotAllowedNow:
        return _page(found, problem="case.not_now", kept=form.note.data, asked=form.move.data), 422
    return redirect(url_for("staff.case", case_id=case_id), 303)


@blueprint.post("/case/<case_id>/note")
@requires(Permission.WRITE_NOTE)
@transaction
def note(case_id: str) -> Response | tuple[str, int]:
    """Write a note."""
    found, form = _find(case_id), NoteForm()
    if not form.validate():
        return _page(found, problem="case.note_missing", kept=form.note.data), 422
    moves.add_note(db(), box(), account(), found, form.note.data)
    return redirect(url_for("staff.case", case_id=case_id), 303)


@blueprint.post("/case/<case_id>/third-party/remove")
@requires(Permission.REMOVE_THIRD_PARTY)
@transaction
def remove_third_party(case_id: str) -> Response | tuple[str, int]:
    """Remove for good what the case tells about somebody else; the reason goes on the timeline."""
    found, form = _find(case_id), RemovalForm()
    if not form.validate():
        return _page(found, problem="third_party.reason_missing"), 422
    try:
        third_party.remove(db(), box(), account(), found, form.reason.data)
    except Conflict:
        return _page(found, problem="third_party.gone"), 409
    return redirect(url_for("staff.case", case_id=case_id), 303)


def _find(case_id: str) -> Case:
    found = _mine(db(), case_id)
    if found is None:
        raise NotFound("no such case for this person")
    return found


def _mine(records: Session, case_id: str) -> Case | None:
    """The case, if it lies in one of this person's units; PostgreSQL would not even take every text as an id."""
    return cases.case_in_units(records, case_id, account().units) if case_id.isalnum() else None


def _note_first_look(case_id: str) -> None:
    """Let the timeline say that somebody has read it; if two look at once, the first is written."""
    with parts().database.session() as look:
        found = _mine(look, case_id)
    if found is None or not can_move("open", State(found.state), account().role):
        return
    with suppress(Conflict), parts().database.writing() as records, records.begin():
        seen = records.get_one(Case, case_id)
        moves.make_move(records, box(), account(), seen, moves.Step("open", found.version))


def _page(found: Case, **problem: str | None) -> str:
    """The case as it is now; `problem` with the note that was `kept` and the move that was `asked` for."""
    made, opened, kept_apart = parts(), box(), kept(db(), found.id)
    return render_template(
        "staff/case.html",
        case=found,
        door=door_title(made.library, found.door, account().language),
        unit=made.directory.units.get(found.unit),
        contact=case_reading.contact_of(made, opened, found),
        told=case_reading.told_by(made, opened, found, third_party.opened_part(opened, found, kept_apart)),
        another=third_party.about_another(made, opened, found, kept_apart),
        removal_reasons=third_party.REASONS if account().may(Permission.REMOVE_THIRD_PARTY) else (),
        timeline=[case_reading.happened(opened, entry) for entry in cases.events_of(db(), found.id)],
        moves=moves_from(State(found.state), account().role),
        **problem,
    )
