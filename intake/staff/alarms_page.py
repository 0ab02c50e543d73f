"""What must not go on: who has waited too long, and what is broken. Only moving a case takes it off this page."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from intake import clock
from intake.errors import Conflict, SealError
from intake.heartbeat import health
from intake.records.box import Encrypted
from intake.records.queries import alarms as queries
from intake.records.queries.alarms import OpenAlarm
from intake.staff import recording
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.forms import NoteForm
from intake.staff.keys import box
from intake.staff.too_long import waiting_too_long
from intake.triage import Permission
from intake.web import db, parts, transaction

SHOWN = 50
COUNTED = 1000


@blueprint.get("/alarms")
@requires(Permission.READ_ALARMS)
def alarms() -> str:
    """Everything that waits too long in this person's units, and everything that is broken."""
    return _page()


@blueprint.post("/alarms/<alarm_id>/handled")
@requires(Permission.HANDLE_ALARM)
@transaction
def handle_alarm(alarm_id: str) -> Response | tuple[str, int]:
    """Note what was done about something broken; it stays on the page, quietly, until it works again."""
    form = NoteForm()
    if not form.validate():
        return _page(problem="alarms.note_missing", kept=form.note.data, asked=alarm_id), 422
    if not alarm_id.isalnum() or not queries.handle(db(), box(), alarm_id, account().id, form.note.data):
        raise Conflict("nothing such is waiting to be handled")
    return redirect(url_for("staff.alarms"), 303)


def _note(alarm: OpenAlarm) -> str:
    """What was done about it; empty where that cannot be read any more."""
    try:
        return str(box().open(Encrypted.ALARM_NOTE, alarm.id, alarm.note or b""))
    except (SealError, ValueError):
        return ""


def _page(**problem: str | None) -> str:
    """The page as it is now; `problem` with the note that was `kept` and the alarm it was `asked` for."""
    shown, units = queries.technical(db(), SHOWN), waiting_too_long()
    recording.listed([line.id for each in units for line in each.lines])
    return render_template(
        "staff/alarms.html",
        units=units,
        health=health(db(), clock.now()),
        technical=[each for each in shown if each.handled_at is None],
        handled=[(each, _note(each)) for each in shown if each.handled_at],
        more=queries.count_technical(db(), COUNTED) - len(shown),
        names={unit.id: unit.name for unit in parts().directory.units.values()},
        **problem,
    )
