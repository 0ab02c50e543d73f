"""Keeping a view of the queue, and forgetting one."""

from urllib.parse import urlencode

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from intake.records.queries import views
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.keys import box
from intake.staff.queue_page import asked_in
from intake.triage import Permission
from intake.web import db, transaction

LONGEST_NAME = 40


@blueprint.post("/views")
@requires(Permission.READ_QUEUE)
@transaction
def keep_view() -> Response:
    """Keep what the queue shows now under a name, for this person alone; without a name nothing is kept."""
    asked, name = asked_in(request.form), request.form.get("name", "").strip()[:LONGEST_NAME]
    if name:
        views.keep_view(db(), box(), account().id, name, urlencode(asked.chosen))
    return redirect(asked.link(), 303)


@blueprint.post("/views/<view_id>/forget")
@requires(Permission.READ_QUEUE)
@transaction
def forget_view(view_id: str) -> Response:
    """Forget a view."""
    views.forget_view(db(), account().id, view_id)
    return redirect(url_for("staff.queue"), 303)
