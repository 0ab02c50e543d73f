"""Letters with a person who has only their receipt code: writing one, and saying that theirs were read."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from intake.errors import NotAllowedNow
from intake.staff import letters
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.case_page import find, page_of
from intake.staff.forms import LetterForm
from intake.staff.keys import box
from intake.staff.work import Work
from intake.triage import Permission
from intake.web import db, transaction


@blueprint.post("/case/<case_id>/letter")
@requires(Permission.WRITE_NOTE)
@transaction
def letter(case_id: str) -> Response | tuple[str, int]:
    """Write to the person, who reads it with their receipt code."""
    found, form = find(case_id), LetterForm()
    if not form.validate():
        return page_of(found, problem="letters.missing", letter=form.letter.data), 422
    try:
        Work(db(), box(), account(), found).check_owner()
        letters.write(db(), box(), account(), found, form.written())
    except NotAllowedNow:
        return page_of(found, problem="letters.nobody_reads", letter=form.letter.data), 422
    return redirect(url_for("staff.case", case_id=case_id), 303)


@blueprint.post("/case/<case_id>/letters/read")
@requires(Permission.WRITE_NOTE)
@transaction
def letters_read(case_id: str) -> Response:
    """Say that what the person wrote was read, up to the letter that stood last on the page."""
    found = find(case_id)
    letters.read_up_to(db(), box(), account(), found, LetterForm().up_to())
    return redirect(url_for("staff.case", case_id=case_id), 303)
