"""Removing for good what a case tells about somebody who did not write it."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from intake.errors import Conflict, NotAllowedNow
from intake.staff import recording, third_party
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.case_page import find, page_of
from intake.staff.forms import RemovalForm
from intake.staff.keys import box
from intake.staff.work import Work
from intake.triage import Permission
from intake.web import db, transaction


@blueprint.post("/case/<case_id>/third-party/remove")
@requires(Permission.REMOVE_THIRD_PARTY)
@transaction
def remove_third_party(case_id: str) -> Response | tuple[str, int]:
    """Remove it; the reason goes on the timeline and into the audit log."""
    found, form = find(case_id), RemovalForm()
    if not form.validate():
        return page_of(found, problem="third_party.reason_missing"), 422
    recording.asked(form.reason.data)
    try:
        third_party.remove(Work(db(), box(), account(), found), form.reason.data)
    except Conflict:
        return page_of(found, problem="third_party.gone"), 409
    except NotAllowedNow:
        return page_of(found, problem="case.not_now"), 422
    return redirect(url_for("staff.case", case_id=case_id), 303)
