"""One page of questions: shown from the draft, saved into it."""

from urllib.parse import parse_qsl

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from intake import drafts
from intake.errors import DraftTooLarge
from intake.origin import CHANNELS
from intake.public import forms, summary
from intake.public.outcome import Outcome, outcome
from intake.public.turning import youth_units
from intake.public.visit import Visit, arrive, visit
from intake.questionnaires.model import Answers, Page
from intake.questionnaires.tongues import NOTICE
from intake.submission import results
from intake.web import parts

blueprint = Blueprint("questions", __name__, url_prefix="/f/<draft>/<tag:language>")

MOST_FIELDS = 300


@blueprint.get("/<int(max=999):step>")
def show(draft: str, language: str, step: int) -> Response:
    """Show a page, or lead to the one that comes first."""
    here = arrive(draft, language)
    if here is None:
        return redirect(url_for("front.start", language=language), 303)
    if here.draft.sent:
        return redirect(here.address("sending.done"), 303)
    page = _page(here, step)
    reachable = here.reachable(page)
    if reachable is not page:
        return onward(here, reachable)
    return _render(here, page, forms.filled(page, here.spoken.tongue(page.source), here.draft.answers))


@blueprint.post("/<int(max=999):step>")
def save(draft: str, language: str, step: int) -> Response:
    """Save a page into the draft and go on, or show it again: with what is wrong, or in another language."""
    values = posted_values()
    here = arrive(draft, language, written(values))
    if here is None:
        return _start_over(values, language, step)
    if here.draft.sent:
        return redirect(here.address("sending.done"), 303)
    page = _page(here, step)
    form = forms.posted(page, here.spoken.tongue(page.source), values)
    if not forms.token_holds(form):
        return _render(here, page, form, status=400, notice=_("page.notice.token"))
    if "switch" in values:
        return _render(here, page, form)
    answers = {} if "skip" in values and page.skippable else forms.read(form, page, here.journey.facts)
    if answers is None:
        return _render(here, page, form, status=422)
    return _keep(here, page, form, answers)


def onward(here: Visit, page: Page | None) -> Response:
    """Lead to a page of the draft, or to the review when there is none left."""
    return redirect(here.address("questions.show", step=page.step) if page else here.address("sending.review"), 303)


def posted_values() -> MultiDict[str, str]:
    """What was posted, with a mark in place of what is not text: left to itself, Werkzeug would keep or drop it."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return request.form
    body = request.get_data().decode("utf-8", "replace")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError:
        abort(413)
    return MultiDict(pairs)


def written(values: MultiDict[str, str]) -> list[str]:
    """The fields that were posted with something in them."""
    return [name for name, value in values.items() if value]


def _page(here: Visit, step: int) -> Page:
    return here.page_at(step) or abort(404)


def _keep(here: Visit, page: Page, form: FlaskForm, answers: Answers) -> Response:
    draft = here.draft.settle(page.name, (item.fact for item in page.items), answers)
    if answers and page.source in parts().library.instruments:
        draft = draft.heard(page.source, here.spoken.tongue(page.source))
    try:
        drafts.save(draft)
    except DraftTooLarge:
        forms.complain(form, _("field.draft_full"))
        return _render(here, page, form, status=422)
    there = visit(draft, here.language)
    return onward(there, there.after(page))


def _start_over(values: MultiDict[str, str], language: str, step: int) -> Response:
    """Begin a new draft where the old one is gone, and show the page with what was just posted still on it."""
    door = parts().library.doors.get(values.get("door", ""))
    if door is None:
        return redirect(url_for("front.start", language=language), 303)
    fresh = drafts.blank(door.id, "contact" if values.get("start") == "contact" else "questions")
    if "assisted" in values:  # only a colleague who is signed in begins one of those
        return _show_what_was_posted(visit(fresh, language, written(values)), values, step)
    here = visit(drafts.begin(fresh), language, written(values))
    page = _page(here, step)
    if page.presents:  # what it presented came from the answers that are gone
        page = here.spoken.pages[0]
        return _render(here, page, forms.filled(page, language, {}), status=400, notice=_("expired.text"))
    form = forms.posted(page, here.spoken.tongue(page.source), values)
    return _render(here, page, form, status=400, notice=_("page.notice.expired"))


def _show_what_was_posted(nowhere: Visit, values: MultiDict[str, str], step: int) -> Response:
    """Show a page whose draft is gone, for staff to copy what they had written on it."""
    g.assisted = next((channel for channel in CHANNELS if channel == values["assisted"]), CHANNELS[0])
    page = _page(nowhere, step)
    return _render(
        nowhere, page, forms.posted(page, nowhere.spoken.tongue(page.source), values), 400, _("assisted.expired")
    )


def _render(here: Visit, page: Page, form: FlaskForm, status: int = 200, notice: str = "") -> Response:
    shown = page in here.journey.pages
    before = here.journey.before(page) if shown else None
    tongue = here.spoken.tongue(page.source)
    html = render_template(
        "public/untranslated.html" if page.presents == NOTICE else "public/page.html",
        here=here,
        page=page,
        form=form,
        words=page.words[tongue],
        own=page.own_words(tongue),
        tongue=parts().catalogs.languages[tongue] if tongue != here.language else None,
        tongues=parts().catalogs.languages,
        spoken=parts().library.instruments[page.source].spoken if page.presents == NOTICE else (),
        position=here.journey.position(page) if shown else None,
        first=before is None or before.source != page.source,
        action=here.address("questions.save", step=page.step),
        back_url=here.address("questions.show", step=before.step) if before else None,
        leave_url=here.address("sending.leave"),
        faults=forms.faults(form) if status == 422 else [],  # noqa: PLR2004  # the one answer that is about fields
        notice=notice,
        outcomes=_outcomes(here, page),
        unasked=summary.unasked(here.journey, here.spoken) if page.presents == "results" else (),
        social_services=parts().social_services.in_language(here.language),
        youth_units=youth_units(here.language),
    )
    return make_response(html, status)


def _outcomes(here: Visit, page: Page) -> list[Outcome]:
    if page.presents != "results":
        return []
    scored = results(here.door, here.journey)
    return [outcome(result, here.spoken, here.journey.facts) for result in scored]
