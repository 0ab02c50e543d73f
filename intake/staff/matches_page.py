"""The same person twice: other requests that may be theirs, side by side, to be made one or taken apart again."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from intake.errors import Conflict, NotAllowedNow, NotFound
from intake.records.box import Box
from intake.records.ids import CROCKFORD
from intake.records.models import Case
from intake.records.queries import joined, matches
from intake.staff import joining, kin, recording
from intake.staff.access import requires
from intake.staff.account import Account, account
from intake.staff.blueprint import blueprint
from intake.staff.forms import JoinForm
from intake.staff.joining import Wish
from intake.staff.keys import box
from intake.triage import Permission
from intake.web import db, transaction

Act = Callable[[Session, Box, Account, tuple[Case, Case], Wish], None]

_LONGEST_REFERENCE = 20
_HALF = 3
_LOOKALIKES = str.maketrans("OIL", "011")


@blueprint.get("/case/<case_id>/person")
@requires(Permission.JOIN_CASES)
def person(case_id: str) -> str:
    """The case beside those that may be the same person's, and beside one whose reference somebody knows."""
    return _page(_find(case_id))


@blueprint.post("/case/<case_id>/join")
@requires(Permission.JOIN_CASES)
@transaction
def join(case_id: str) -> Response | tuple[str, int]:
    """Make this case and another one."""
    return _act(joining.join, case_id)


@blueprint.post("/case/<case_id>/part")
@requires(Permission.JOIN_CASES)
@transaction
def part(case_id: str) -> Response | tuple[str, int]:
    """Undo what made this case and another one."""
    return _act(joining.part, case_id)


def _act(act: Act, case_id: str) -> Response | tuple[str, int]:
    """Do it and show where work goes on, or show both cases as they are now with what was written still there."""
    this, form = _find(case_id), JoinForm()
    other = _find(form.other.data or "")
    try:
        act(db(), box(), account(), (this, other), form.wish())
    except Conflict:
        return _page(this, other, problem="kin.conflict", kept=form.note.data), 409
    except NotAllowedNow:
        return _page(this, other, problem="kin.not_now", kept=form.note.data), 422
    around = joined.link_around(db(), case_id)
    return redirect(url_for("staff.case", case_id=around.main_id if around else case_id), 303)


def _find(case_id: str) -> Case:
    found = kin.visible(case_id)
    if found is None:
        raise NotFound("no such case for this person")
    return found


def _page(this: Case, other: Case | None = None, **problem: str | None) -> str:
    """Everything beside this case; `other` is the one it was about when there was a `problem`."""
    wanted = request.args.get("reference", "")
    known = kin.kin_of(this)
    added = other or _by_reference(wanted)
    suggestions = {each.case.id: each for each in known.suggestions}
    if added is not None and added.id != this.id and not _is_joined(known, added):
        suggestions.setdefault(added.id, kin.Suggestion(added, ()))
    recording.about(this)
    recording.beside(list(dict.fromkeys([*known.shown, *suggestions])))
    return render_template(
        "staff/person.html",
        case=this,
        this=kin.beside(this),
        kin=known,
        compared=[kin.compare(this, each) for each in suggestions.values()],
        wanted=wanted,
        unknown=bool(wanted) and (added is None or added.id == this.id),
        about=other.id if other else "",
        **problem,
    )


def _is_joined(known: kin.Kin, other: Case) -> bool:
    around = {known.around.link.main_id} if known.around else set()
    return other.id in around | {each.case.id for each in known.inside}


def _by_reference(written: str) -> Case | None:
    """The case with this reference as somebody wrote or heard it, if it is one this person may see."""
    letters = "".join(letter for letter in written[:_LONGEST_REFERENCE].upper() if letter.isalnum())
    letters = letters.translate(_LOOKALIKES)
    if len(letters) != 2 * _HALF or not set(letters) <= set(CROCKFORD):
        return None
    found = matches.id_of_reference(db(), f"{letters[:_HALF]}-{letters[_HALF:]}")
    return kin.visible(found) if found else None
