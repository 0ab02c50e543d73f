"""Where a request stands, for whoever brings its receipt code. The code is only ever posted: it is in no address."""

from flask import Blueprint, abort, current_app, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from intake.public.pace import Pace
from intake.public.turning import turning_to
from intake.records.queries.receipts import Standing, standing
from intake.submission import lookup_id, read_code
from intake.triage import State
from intake.web import db, parts

blueprint = Blueprint("receipts", __name__)

BURST, SECONDS = 30, 2.0


@blueprint.record_once
def _set_pace(state: BlueprintSetupState) -> None:
    """Give each application a pace of its own."""
    state.app.extensions["intake.pace"] = Pace(BURST, SECONDS)


@blueprint.get("/<tag:language>/code")
def ask(language: str) -> str:  # noqa: ARG001  # the address says the language, the edge has chosen it
    """Ask for a receipt code."""
    return render_template("public/code.html")


@blueprint.post("/<tag:language>/code")
def tell(language: str) -> Response:  # noqa: ARG001  # as above
    """Tell where the request of a code stands; the answer is the same for every code that opens nothing."""
    if not current_app.extensions["intake.pace"].allows(request.remote_addr or ""):
        abort(429)
    found = _find(request.form.get("code", ""))
    if found is None:
        return make_response(render_template("public/code.html", unknown=True), 422)
    unit = parts().directory.units.get(found.unit)
    return make_response(render_template("public/standing.html", stage=_stage(found), unit=unit, **turning_to(unit)))


def _find(written: str) -> Standing | None:
    code = read_code(written)
    return standing(db(), lookup_id(code, parts().settings.receipt_pepper)) if code else None


def _stage(found: Standing) -> str:
    """What is said of a state: whether it has arrived, is in somebody's hands, was tried, or is over."""
    match found.state:
        case None | State.RECEIVED:
            return "received"
        case State.TRIED:
            return "tried"
        case State.CLOSED:
            return "closed"
        case _:
            return "in_hand"
