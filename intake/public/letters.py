"""What a receipt code opens: how far it has come, letters both ways, and the papers that can be sent with it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import to_user_timezone
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from intake import clock
from intake.errors import SettingsError
from intake.public import mailbox_visit, papers, posting
from intake.public.bearer import ANSWERS_FOR, find
from intake.public.mailbox_visit import Visit
from intake.public.papers import Paper
from intake.public.questions import posted_values
from intake.public.receipts import STATUS, enter, refuse
from intake.public.sending import farewell
from intake.public.turning import turning_to
from intake.questionnaires.model import Door
from intake.records.queries.mailbox import Posted
from intake.records.queries.receipts import Standing
from intake.routing.calendar import answered_by
from intake.routing.model import Unit
from intake.web import db, parts, transaction

blueprint = Blueprint("letters", __name__, url_prefix="/code/<visit>/<tag:language>")

STAGES: Mapping[str | None, str] = {
    None: "received",
    "received": "received",
    "tried": "tried",
    "in_contact": "in_contact",
    "closed": "closed",
}
"""What is said of a state; every other state means that somebody has it."""
CALM = "in_hand"
ABOUT_ANOTHER = ("received", "closed")
"""What whoever wrote about somebody else may know besides that it was read: how the contact goes is not theirs."""
PROMISED = ("received", CALM)
"""The stages in which the person still waits to hear from us for the first time."""

STATUSES: Mapping[str, int] = {**STATUS, "token": 400, "faults": 422, "full": 429}


@blueprint.get("/", defaults={"kind": "message"})
@blueprint.get("/<any(contact, consent, withdrawal):kind>")
def show(visit: str, language: str, kind: str) -> Response:
    """How far it has come and the letters both ways, or a paper to fill in; with what was written and not sent."""
    here = mailbox_visit.load(visit, language)
    if here is None:
        return redirect(url_for("receipts.ask", language=language), 303)
    door, written = _door(here.door), mailbox_visit.kept(kind)
    paper = papers.posted(kind, door, language, written) if written else papers.blank(kind, door, language)
    return _mailbox(here, paper) if kind == "message" else _paper(here, paper, "")


@blueprint.post("/", defaults={"kind": "message"})
@blueprint.post("/<any(contact, consent, withdrawal):kind>")
def send(visit: str, language: str, kind: str) -> Response:
    """Send a paper, or show it again with everything that was written on it."""
    values = posted_values()
    here, problem = _enter(visit, language, values)
    paper = papers.posted(kind, _door(here.door if here else values.get("door", "")), language, values)
    if here is None:
        return _paper(None, paper, problem)
    fits = mailbox_visit.keep(kind, values)
    if not paper.token_holds():
        return _paper(here, paper, "token")
    if "switch" in values:
        return redirect(here.address(".show", kind=kind), 303) if fits else _paper(here, paper, "")
    says = paper.read()
    if says is None:
        return _paper(here, paper, "faults")
    return _hand_over(here, paper, says)


@blueprint.get("/withdrawn")
def withdrawn(visit: str, language: str) -> str:  # noqa: ARG001  # the same for everybody
    """Say that a request is withdrawn; it asks for nothing, since the code opens nothing any more."""
    return render_template("public/withdrawn.html")


@blueprint.post("/leave")
def leave(visit: str, language: str) -> Response:  # noqa: ARG001  # the address says both
    """Forget the visit and go somewhere harmless, with any token or none."""
    mailbox_visit.forget()
    return farewell()


def _enter(visit: str, language: str, values: MultiDict[str, str]) -> tuple[Visit | None, str]:
    """The visit of this address, or a new one if it is over and the code was written along; else what is missing."""
    here = mailbox_visit.load(visit, language)
    if here is not None or not values.get("code"):
        return here, "" if here else "locked"
    entry = enter(values, language)
    if entry.visit is not None and request.view_args is not None:
        request.view_args["visit"] = entry.visit.id  # so that the other languages of the page are this visit's
    return entry.visit, entry.problem


def _hand_over(here: Visit, paper: Paper, says: Mapping[str, Any]) -> Response:
    """Store it, and lead on; or say why that was not possible."""
    try:
        posted = _post(here, posting.Item(paper.kind, says, paper.nonce, here.language))
    except (SQLAlchemyError, SettingsError) as error:
        # The name alone: a traceback could hold what the person wrote.
        current_app.logger.error("a letter could not be stored: %s", type(error).__name__)  # noqa: TRY400  # see above
        return _paper(here, paper, "away")
    if posted is Posted.FULL:
        return _paper(here, paper, "full")
    if paper.kind == "withdrawal" or posted is Posted.WITHDRAWN:
        mailbox_visit.forget()
        return redirect(here.address(".withdrawn"), 303) if paper.kind == "withdrawal" else refuse("unknown")
    mailbox_visit.tell(paper.kind)
    return redirect(here.address(".show"), 303)


@transaction
def _post(here: Visit, item: posting.Item) -> Posted:
    return posting.post(db(), parts().settings, here.bearer, item)


def _mailbox(here: Visit, paper: Paper) -> Response:
    found = find(db(), here.bearer)
    if found is None:
        mailbox_visit.forget()
        return refuse("unknown")
    stage, unit = _stage(here, found), parts().directory.units.get(found.unit)
    html = render_template(
        "public/mailbox.html",
        **_frame(here, paper, ""),
        stage=stage,
        unit=unit,
        **turning_to(unit),
        promised=_promised(unit, found) if unit and stage in PROMISED else None,
        today=_local_day(clock.now()),
        letters=posting.letters(db(), here.bearer, found.inbox_id),
        told=mailbox_visit.told(),
        answers_for=ANSWERS_FOR.days,
        offers={kind: papers.offers(_door(here.door), kind) for kind in ("contact", "consent")},
    )
    return make_response(html)


def _stage(here: Visit, found: Standing) -> str:
    """How far it has come, as far as whoever has the code may know."""
    stage, door = STAGES.get(found.state, CALM), _door(here.door)
    own = door is None or door.answers == "for_oneself"
    return stage if own or stage in ABOUT_ANOTHER else CALM


def _paper(here: Visit | None, paper: Paper, problem: str) -> Response:
    """A paper by itself: it needs no database, so that it can say that there is none."""
    html = render_template("public/sheet.html", **_frame(here, paper, problem))
    return make_response(html, STATUSES[problem])


def _frame(here: Visit | None, paper: Paper, problem: str) -> dict[str, Any]:
    """What every page around a paper needs; `here` is missing where the code has to be written again."""
    return {
        "here": here,
        "paper": paper,
        "problem": problem,
        "action": here.address(".send", kind=paper.kind) if here else request.path,
        "door": here.door if here else request.form.get("door", ""),
        "leave_url": here.address(".leave") if here else None,
        "faults": paper.faults() if problem == "faults" else [],
        "longest": papers.LONGEST_MESSAGE,
    }


def _door(name: str) -> Door | None:
    return parts().library.doors.get(name)


def _promised(unit: Unit, found: Standing) -> date | None:
    """The day by which the unit said that somebody gets in touch, if it could say one."""
    return answered_by(unit, _local_day(found.received_hour))


def _local_day(instant: datetime) -> date:
    day: date = to_user_timezone(instant).date()
    return day
