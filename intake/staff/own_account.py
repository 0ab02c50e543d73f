"""What somebody sees of their own account."""

from flask import g, redirect, render_template, request, session
from werkzeug.wrappers import Response

from intake.audit.vocabulary import Action
from intake.records.queries import accounts
from intake.staff import frame
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.triage import Permission
from intake.web import db, parts, transaction


@blueprint.get("/account", endpoint="own_account")
@requires(Permission.OWN_ACCOUNT, Action.ACCOUNT)
def show() -> str:
    """Who I am here, and how many recovery codes are left."""
    units = [parts().directory.units[unit].name for unit in account().units if unit in parts().directory.units]
    left = accounts.recovery_codes_left(db(), account().id)
    return render_template("staff/account.html", units=units, codes_left=left)


@blueprint.post("/language")
@requires(Permission.SIGN_IN, Action.LANGUAGE)
@transaction
def choose_language() -> Response:
    """Speak another language from now on, and go back to the page where it was chosen."""
    chosen = request.form.get("language", "")
    if chosen in parts().catalogs.staff_languages:
        session["language"] = chosen
        if g.account:
            accounts.set_language(db(), g.account.id, chosen)
    return redirect(frame.inside(request.form.get("here", "")), 303)
