"""The end of a form: check the answers, send them, keep the receipt, or leave."""

from datetime import date

from flask import Blueprint, current_app, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from intake import drafts
from intake.errors import SettingsError
from intake.i18n import today
from intake.public import forms, summary
from intake.public.questions import onward, posted_values
from intake.public.turning import turning_to
from intake.public.visit import Visit, arrive
from intake.routing.calendar import answered_by
from intake.routing.contacts import pause_words
from intake.submission import Finished, receipt_code, submit, suggestion
from intake.web import db, parts, transaction

ASSIST = "/staff/assist"
"""Where staff begin a draft for somebody, and come back to: the staff side's own address."""

blueprint = Blueprint("sending", __name__, url_prefix="/f/<draft>/<tag:language>")


@blueprint.get("/review")
def review(draft: str, language: str) -> Response:
    """Show everything that would be sent, and to whom."""
    here = arrive(draft, language)
    if here is None:
        return redirect(url_for("front.start", language=language), 303)
    if here.draft.sent or here.journey.next_page:
        return _elsewhere(here)
    return _review(here)


@blueprint.post("/review")
def send(draft: str, language: str) -> Response:
    """Hand the answers over, once, and lead to the receipt; say plainly when that was not possible."""
    here = arrive(draft, language)
    if here is None:
        return make_response(render_template("public/expired.html", assisted="assisted" in posted_values()), 400)
    if here.draft.sent or here.journey.next_page or not here.may_send:
        return _elsewhere(here)
    if not forms.token_holds(FlaskForm(formdata=posted_values())):
        return _review(here, status=400, notice=_("review.notice.token"))
    try:
        unit = _hand_over(here)
    except (SQLAlchemyError, SettingsError) as error:
        # The name alone: a traceback could hold what the person wrote.
        current_app.logger.error("a submission could not be stored: %s", type(error).__name__)  # noqa: TRY400  # see above
        return _review(here, status=503)
    meant_for = suggestion(parts(), here.door, here.journey).route.unit
    drafts.save(here.draft.hand_over(unit, today(), meant_for if meant_for != unit else ""))
    return redirect(here.address(".done"), 303)


@blueprint.get("/done")
def done(draft: str, language: str) -> Response:
    """The receipt: its code and what happens next. It needs nothing but the draft's own cookie."""
    here = arrive(draft, language)
    if here is None:
        return redirect(url_for("front.start", language=language), 303)
    if not here.draft.sent:
        return onward(here, here.journey.next_page)
    units = parts().directory.units
    unit = units.get(here.draft.unit)
    html = render_template(
        "public/done.html",
        code=receipt_code(here.draft.secret),
        unit=unit,
        meant_for=units.get(here.draft.instead_of),
        answered_by=answered_by(unit, date.fromisoformat(here.draft.sent_on)) if unit else None,
        **turning_to(unit),
        leave_url=here.address(".leave"),
    )
    return make_response(html)


@blueprint.post("/leave")
def leave(draft: str, language: str) -> Response:  # noqa: ARG001  # the address says it, the edge has chosen it
    """Forget the draft and go somewhere harmless. Asks for no token: whoever is in a hurry may have an old page."""
    kept = drafts.load(draft)
    drafts.forget()
    if kept is not None and kept.assisted:
        return redirect(ASSIST, 303)
    return farewell()


def farewell() -> Response:
    """Lead somewhere harmless, and let the browser forget what it can."""
    answer = make_response(render_template("public/left.html"))
    answer.headers["Refresh"] = f"0; url={parts().settings.exit_url}"  # our policy forbids a form to redirect elsewhere
    if parts().settings.secure:
        answer.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return answer


@transaction
def _hand_over(here: Visit) -> str:
    draft = here.draft
    finished = Finished(
        draft.id, draft.secret, here.door, here.journey, here.language, origin=draft.origin, tongues=draft.tongues
    )
    return submit(db(), parts(), finished)


def _elsewhere(here: Visit) -> Response:
    """Where somebody belongs who is not at the review: at the receipt, or at what is missing."""
    if here.draft.sent:
        return redirect(here.address(".done"), 303)
    return onward(here, here.journey.next_page)


def _review(here: Visit, status: int = 200, notice: str = "") -> Response:
    last = here.journey.pages[-1]
    directory = parts().directory
    suggested = suggestion(parts(), here.door, here.journey)
    unit = directory.units[suggested.unit]
    html = render_template(
        "public/review.html" if here.may_send else "public/ending.html",
        form=FlaskForm(formdata=None),
        groups=summary.groups(here.journey, here.spoken),
        tongues=parts().catalogs.languages,
        unit=unit,
        principal=directory.principals[unit.principal],
        meant_for=directory.units.get(suggested.paused),
        pause=pause_words(directory.units[suggested.route.unit], here.language, today()),
        here=here,
        back_url=here.address("questions.show", step=last.step),
        leave_url=here.address(".leave"),
        unsent=status == 503,  # noqa: PLR2004  # the one status that says nothing was stored
        notice=notice,
    )
    return make_response(html, status)
