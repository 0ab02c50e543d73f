"""The pages of working with others on a case: asking them, and keeping the ledger of who may read it."""

from collections.abc import Callable

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake.audit.vocabulary import Action
from intake.errors import NotAllowedNow
from intake.handovers import NoGround
from intake.records.queries import grounds
from intake.routing.receivers import digest_of
from intake.staff import cooperation, recording
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.case_page import find, page_of
from intake.staff.case_panels import destination
from intake.staff.forms import ConsentForm, ErrandForm, LawForm
from intake.staff.keys import box
from intake.staff.moves import Destination
from intake.staff.work import Work
from intake.triage import Permission
from intake.triage.errands import PURPOSES
from intake.web import db, parts, transaction

CHANNELS = ("phone", "meeting", "letter")
WORDS = {
    "care": "grounds.words.care",
    "support": "grounds.words.support",
    "consult": "grounds.words.consult",
}
LEGAL_REASONS = ("child_at_risk", "life_in_danger", "law_demands")


@blueprint.post("/case/<case_id>/errand")
@requires(Permission.ASK_OTHERS)
@transaction
def ask(case_id: str) -> Response | tuple[str, int]:
    """Ask another unit something, or tell the person where to turn."""
    form = ErrandForm()
    wanted = cooperation.Request(
        form.kind.data or "",
        destination(parts().directory, form.unit.data or "", form.kind.data or ""),
        form.note.data or "",
    )
    return _done(case_id, lambda work: cooperation.ask(work, wanted), kept=wanted.note, asked=wanted.kind)


@blueprint.post("/case/<case_id>/errand/<errand_id>")
@requires(Permission.ASK_OTHERS)
@transaction
def answer(case_id: str, errand_id: str) -> Response | tuple[str, int]:
    """End an errand: answer it, leave it, take it back, say how it went."""
    form = ErrandForm()
    code, note = form.answer.data or "", form.note.data or ""
    return _done(case_id, lambda work: cooperation.answer(work, errand_id, code, note), kept=note, asked=errand_id)


@blueprint.get("/case/<case_id>/consent")
@requires(Permission.KEEP_CONSENT)
def consent(case_id: str) -> str:
    """The exact words to read to the person, for one receiver and purpose; or another ground where there is none."""
    return _consent_page(case_id)


@blueprint.post("/case/<case_id>/consent")
@requires(Permission.KEEP_CONSENT)
@transaction
def keep_consent(case_id: str) -> Response | tuple[str, int]:
    """Write down that the person said yes to just these words."""
    form, to = ConsentForm(), _receiver()
    purpose, channel = form.purpose.data or "", form.channel.data or ""
    if to is None or purpose not in PURPOSES or channel not in CHANNELS or not form.said_yes.data:
        return _consent_page(case_id, problem="grounds.incomplete"), 422
    words = _words(to, purpose)
    given = grounds.Consent(to.principal, to.unit, purpose, channel, g.language, digest_of(words), words, account().id)
    return _done(case_id, lambda work: cooperation.record_consent(work, given))


@blueprint.post("/case/<case_id>/law")
@requires(Permission.KEEP_CONSENT, Action.KEEP_LAW)
@transaction
def keep_law(case_id: str) -> Response | tuple[str, int]:
    """Write down a ground that the law gives; it waits for a second person."""
    form, to = LawForm(), _receiver()
    purpose, reason, note = form.purpose.data or "", form.reason.data or "", form.note.data or ""
    if to is None or purpose not in PURPOSES or reason not in LEGAL_REASONS or not note:
        return _consent_page(case_id, problem="grounds.law_incomplete", kept=note), 422
    _record_law(reason, to.unit, to.principal)
    ground = grounds.LegalGround(to.principal, to.unit, purpose, g.language, reason, note, account().id)
    return _done(case_id, lambda work: cooperation.record_law(work, ground))


@blueprint.post("/case/<case_id>/ground/<ground_id>/approve")
@requires(Permission.KEEP_CONSENT, Action.APPROVE_GROUND)
@transaction
def approve_ground(case_id: str, ground_id: str) -> Response | tuple[str, int]:
    """Approve another ground than consent, as the second person."""

    def act(work: Work) -> None:
        ground = cooperation.approve(work, ground_id)
        _record_law(ground.reason or "", ground.unit or "", ground.principal)

    return _done(case_id, act)


@blueprint.post("/case/<case_id>/ground/<ground_id>/end")
@requires(Permission.KEEP_CONSENT)
@transaction
def end_ground(case_id: str, ground_id: str) -> Response | tuple[str, int]:
    """End a ground: the person took their yes back, or the law gives none any more."""
    return _done(case_id, lambda work: cooperation.end_ground(work, ground_id))


def _record_law(reason: str, unit: str, principal: str) -> None:
    """Say in the log who is to read without the person's yes, and why; whoever audits is shown each of these."""
    said = {"reason": reason, "unit": unit, "principal": principal}
    recording.asked(*(f"{name}={value}" for name, value in said.items() if value))


def _done(case_id: str, act: Callable[[Work], None], kept: str = "", asked: str = "") -> Response | tuple[str, int]:
    """Do it and lead back to the case, or show the case with why not and with what was written still there."""
    found = find(case_id)
    try:
        with db().begin_nested():
            act(Work(db(), box(), account(), found))
    except NoGround:
        return page_of(found, problem="case.no_ground", kept=kept, asked=asked), 422
    except NotAllowedNow:
        return page_of(found, problem="case.not_now", kept=kept, asked=asked), 422
    return redirect(url_for("staff.case", case_id=case_id), 303)


def _consent_page(case_id: str, **problem: str) -> str:
    found, to = find(case_id), _receiver()
    purpose = request.values.get("purpose", "")
    directory = parts().directory
    return render_template(
        "staff/consent.html",
        case=found,
        receivers=_offered(found.unit),
        to=to,
        unit=directory.units.get(to.unit) if to else None,
        purpose=purpose if purpose in PURPOSES else "",
        purposes=PURPOSES,
        channels=CHANNELS,
        reasons=LEGAL_REASONS,
        words=_words(to, purpose) if to and purpose in PURPOSES else "",
        **problem,
    )


def _receiver() -> Destination | None:
    """The receiver that was chosen, `unit` or `unit|principal` for staff of another principal there."""
    unit, _bar, principal = request.values.get("receiver", "").partition("|")
    found = parts().directory.units.get(unit)
    if found is None or not found.has_staff or principal not in ("", *found.principals):
        return None
    return Destination(unit, principal or found.principal)


def _offered(own: str) -> dict[str, str]:
    """Everybody who can be named: other units, and here the staff of the principals that share this one."""
    directory = parts().directory
    others = {id_: unit.name for id_, unit in directory.units.items() if id_ != own and unit.has_staff}
    here = directory.units.get(own)
    shared = here.shared_with if here else ()
    name = here.name if here else own
    return {**{f"{own}|{each}": f"{name} ({directory.principals[each]})" for each in shared}, **others}


def _words(to: Destination, purpose: str) -> str:
    """What is read to the person, whole: to whom, for what, and that they can say no."""
    directory = parts().directory
    unit, principal = directory.units[to.unit].name, directory.principals[to.principal]
    asked, free = _(WORDS[purpose], unit=unit, principal=principal), _("grounds.words.free")
    return f"{asked}\n{free}"
