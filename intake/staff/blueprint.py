"""The staff side's pages are registered here; the guard stands before every one of them."""

from flask import Blueprint, make_response, render_template, request
from flask import Response as FlaskResponse

from intake.staff import frame, words
from intake.staff.access import BLUEPRINT, guard
from intake.staff.attempts import Wait
from intake.staff.passwords import TooBusy

BUSY_SECONDS = 2

blueprint = Blueprint(BLUEPRINT, __name__, url_prefix="/staff")
blueprint.before_request(guard)
blueprint.context_processor(frame.context)
for word in (words.waited, words.moment, words.day, words.iso_day, words.language_name):
    blueprint.add_app_template_global(word)


@blueprint.errorhandler(Wait)
def too_early(error: Wait) -> FlaskResponse:
    """Say when to try again; the same for everybody, known or not."""
    return _come_back_in(error.seconds)


@blueprint.errorhandler(TooBusy)
def too_busy(_: TooBusy) -> FlaskResponse:
    """Say when to try again: others are signing in at this very moment."""
    return _come_back_in(BUSY_SECONDS)


def _come_back_in(seconds: int) -> FlaskResponse:
    answer = make_response(render_template("staff/wait.html", seconds=seconds, back=request.path), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
