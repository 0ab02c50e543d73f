"""The receipt code: asked for, looked up, and the way into what it opens. It is only ever posted, and kept nowhere.

What it opens lies at an address of its own for each visit, so that a reload or Back never sends the code again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app, make_response, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from intake.public import mailbox_visit
from intake.public.bearer import bearer, find
from intake.public.mailbox_visit import Visit
from intake.public.pace import BURST, SECONDS, Pace
from intake.public.questions import posted_values
from intake.public.shared_pace import admitted
from intake.web import parts

blueprint = Blueprint("receipts", __name__)

STATUS: Mapping[str, int] = {"": 200, "locked": 400, "unknown": 422, "pace": 429, "away": 503}
"""What stands in the way of a visit: no code, one that opens nothing, too many tries, no database."""


@dataclass(frozen=True)
class Entry:
    """A visit, or the problem that stands in its way."""

    visit: Visit | None
    problem: str = ""


@blueprint.record_once
def _set_pace(state: BlueprintSetupState) -> None:
    """Give each application a pace of its own."""
    state.app.extensions["intake.pace"] = Pace(BURST, SECONDS)


@blueprint.get("/<tag:language>/code")
def ask(language: str) -> str:  # noqa: ARG001  # the address says the language, the edge has chosen it
    """Ask for a receipt code."""
    return render_template("public/code.html")


@blueprint.post("/<tag:language>/code")
def tell(language: str) -> Response:
    """Lead to what a code opens; the answer is the same for every code that opens nothing."""
    entry = enter(posted_values(), language)
    if entry.visit is None:
        return refuse(entry.problem)
    return redirect(entry.visit.address("letters.show"), 303)


def enter(values: MultiDict[str, str], language: str) -> Entry:
    """Begin a visit with the code that was posted. Whoever has it need not prove that they saw a page of ours."""
    if not admitted():
        return Entry(None, "pace")
    who = bearer(values.get("code", ""), parts().settings.receipt_pepper)
    try:
        with parts().database.session() as records:
            found = find(records, who)
    except SQLAlchemyError as error:
        current_app.logger.error("a code could not be looked up: %s", type(error).__name__)  # noqa: TRY400  # no values
        return Entry(None, "away")
    if found is None:
        return Entry(None, "unknown")
    visit = mailbox_visit.begin(who, found.door, language)
    values["csrf_token"] = generate_csrf()
    return Entry(visit)


def refuse(problem: str) -> Response:
    """Ask for the code once more, and say why; what was written stays when it was not for want of a right code."""
    written = request.form.get("code", "")[:64] if problem == "away" else ""
    return make_response(render_template("public/code.html", problem=problem, written=written), STATUS[problem])
