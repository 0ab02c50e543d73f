"""Spot checks: draw a sample of the audit log, look at each part of it, and keep what was found and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from intake import clock
from intake.audit.entry import ID
from intake.audit.sample import Sample, draw
from intake.audit.vocabulary import Action
from intake.errors import NotFound, SealError
from intake.records.box import Encrypted
from intake.records.ids import new_reference
from intake.records.queries import accounts, audit_reviews
from intake.records.queries.audit_reviews import Item, Mark, NewReview, Period
from intake.staff import recording
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.audit_asked import HERE, day_of, midnight
from intake.staff.audit_lines import AuditLine, line_of
from intake.staff.blueprint import blueprint
from intake.staff.forms import VERDICTS, MarkForm
from intake.staff.keys import box
from intake.triage import Permission
from intake.web import db, parts, transaction

SIZES = (10, 20, 50, 100)
POPULATIONS = {"entries": audit_reviews.entries_in, "days": audit_reviews.days_in}
LOOK_BACK = timedelta(days=30)
REFUSED = 422


@dataclass(frozen=True)
class Drawn:
    """Something drawn, as it is shown; `shut` where a note cannot be read."""

    item: Item
    line: AuditLine
    note: str
    shut: bool


@blueprint.get("/audit/reviews", endpoint="audit_reviews")
@requires(Permission.READ_AUDIT, Action.REVIEWS)
def reviews() -> str:
    """The spot checks that were made, and a form for another."""
    return _reviews_page("")


@blueprint.post("/audit/reviews", endpoint="audit_draw")
@requires(Permission.READ_AUDIT, Action.DRAW)
@transaction
def draw_sample() -> Response | tuple[str, int]:
    """Draw a sample with a seed made by chance, and keep what was drawn."""
    kind, size, period = request.form.get("kind", ""), request.form.get("size", ""), _period()
    if kind not in POPULATIONS or size not in map(str, SIZES) or period is None:
        return _reviews_page("audit.no_period"), REFUSED
    recording.asked(f"kind={kind}", f"since={period.first_day}", f"until={period.last_day}", f"size={size}")
    new = NewReview(account().id, kind, new_reference(), period)
    sample = _draw(new, int(size))
    if not sample.drawn:
        return _reviews_page("audit.nothing_to_draw"), REFUSED
    review_id = audit_reviews.add(db(), new, sample)
    recording.asked(f"kind={kind}", f"review={review_id}", f"size={len(sample.drawn)}")
    return redirect(url_for("staff.audit_review", review_id=review_id), 303)


@blueprint.get("/audit/review/<review_id>", endpoint="audit_review")
@requires(Permission.READ_AUDIT, Action.REVIEW)
def review(review_id: str) -> str:
    """What was drawn, to be looked at one by one."""
    return _review_page("staff/audit_review.html", review_id)


@blueprint.get("/audit/review/<review_id>/protocol", endpoint="audit_protocol")
@requires(Permission.READ_AUDIT, Action.PROTOCOL)
def protocol(review_id: str) -> str:
    """The same to be printed and signed."""
    return _review_page("staff/audit_protocol.html", review_id)


@blueprint.post("/audit/review/<review_id>", endpoint="audit_mark")
@requires(Permission.READ_AUDIT, Action.MARK)
@transaction
def mark(review_id: str) -> Response | tuple[str, int]:
    """Keep what was found of one thing drawn, and go on to the next."""
    form = MarkForm()
    number, found = form.place(), Mark(form.verdict.data or "", form.note.data or "", account().id)
    if not form.validate():
        wrong: dict[str, str | int] = {"problem": "audit.mark_missing", "kept": found.note, "kept_with": number}
        return _review_page("staff/audit_review.html", review_id, **wrong), REFUSED
    if not ID.fullmatch(review_id):
        raise NotFound("no such spot check")
    recording.asked(f"review={review_id}", f"number={number}", f"verdict={found.verdict}")
    audit_reviews.mark(db(), box(), (review_id, number), found)
    return redirect(url_for("staff.audit_review", review_id=review_id, _anchor=f"item-{number}"), 303)


def _reviews_page(problem: str) -> str:
    today = clock.now().astimezone(HERE).date()
    return render_template(
        "staff/audit_reviews.html",
        reviews=audit_reviews.reviews(db()),
        sizes=SIZES,
        kinds=tuple(POPULATIONS),
        since=request.form.get("since", str(today - LOOK_BACK)),
        until=request.form.get("until", str(today)),
        problem=problem,
    )


def _period() -> Period | None:
    """The period that was asked for, if it is one."""
    first, last = (day_of(request.form.get(name, "")) for name in ("since", "until"))
    if first is None or last is None or first > last:
        return None
    return Period(str(first), str(last), midnight(first), midnight(last + timedelta(days=1)))


def _draw(new: NewReview, size: int) -> Sample:
    """The sample, drawn before anything is locked: reading a year takes its time."""
    with parts().database.session() as reading:
        return draw(new.seed, POPULATIONS[new.kind](reading, new.period), size)


def _review_page(template: str, review_id: str, **problem: str | int) -> str:
    if not ID.fullmatch(review_id):
        raise NotFound("no such spot check")
    review = audit_reviews.review(db(), review_id)
    names = {user.id: user.name for user in accounts.users(db())}
    drawn = [_drawn(item, names) for item in audit_reviews.items(db(), review_id)]
    recording.searched(None, [f"review={review_id}"], len(drawn))
    return render_template(template, review=review, drawn=drawn, verdicts=VERDICTS, **problem)


def _drawn(item: Item, names: Mapping[str, str]) -> Drawn:
    line = line_of(item.found, names)
    if item.note is None:
        return Drawn(item, line, "", shut=False)
    try:
        return Drawn(item, line, str(box().open(Encrypted.REVIEW_NOTE, item.row, item.note)), shut=False)
    except (SealError, ValueError):
        return Drawn(item, line, "", shut=True)
