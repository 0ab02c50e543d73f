"""Signing in, one step at a time, and signing out."""

from flask import Response as FlaskResponse
from flask import make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from intake import clock
from intake.audit.vocabulary import Action
from intake.records.queries import accounts
from intake.staff import account, attempts, frame, identity, recording, second_factor, throttle
from intake.staff.access import requires
from intake.staff.blueprint import blueprint
from intake.staff.forms import CodeForm, SignInForm
from intake.staff.keys import box
from intake.triage import Permission
from intake.web import db, parts, transaction

REFUSED = 422


@blueprint.get("/sign-in")
@requires(Permission.SIGN_IN, Action.SIGN_IN)
def sign_in() -> str:
    """The first step: name and password."""
    return render_template("staff/sign_in.html", problem="")


@blueprint.post("/sign-in")
@requires(Permission.SIGN_IN, Action.PASSWORD)
@transaction
def check_password() -> Response | tuple[str, int]:
    """Take the first step, or say that name and password do not belong together, and no more than that."""
    form = SignInForm()
    username, password = form.username.data or "", form.password.data or ""
    counts = throttle.password_counts(parts().settings.secret_key, username, request.remote_addr or "", clock.now())
    attempts.admit(parts().database, counts)
    user = identity.user_with_password(parts().database, username, password)
    recording.attempt(db(), username)
    if not form.validate() or user is None:
        return render_template("staff/sign_in.html", problem="sign_in.wrong"), REFUSED
    attempts.forgive(db(), counts)
    identity.refresh_hash(db(), user, password)
    account.begin(db(), user.id, "password")
    return redirect(url_for("staff.second_factor" if user.totp_secret else "staff.enrol"), 303)


@blueprint.get("/second-factor", endpoint="second_factor")
@requires(Permission.PROVE_SECOND_FACTOR, Action.CODE_PAGE)
def ask_for_code() -> str:
    """The second step: a code."""
    return render_template("staff/second_factor.html", problem="")


@blueprint.post("/second-factor")
@requires(Permission.PROVE_SECOND_FACTOR, Action.CODE)
@transaction
def check_code() -> Response | tuple[str, int]:
    """Take the second step with a code that was not used before."""
    form, user_id = CodeForm(), account.account().id
    counts = throttle.code_counts(parts().settings.secret_key, user_id, clock.now())
    attempts.admit(parts().database, counts)
    if not form.validate() or not identity.use_code(db(), box(), user_id, form.code.data):
        return render_template("staff/second_factor.html", problem="second_factor.wrong"), REFUSED
    attempts.forgive(db(), counts)
    account.begin(db(), user_id, "full")
    return redirect(frame.home_of(account.account().role), 303)


@blueprint.get("/enrol")
@requires(Permission.ENROL, Action.ENROL)
def enrol() -> str:
    """The first sign-in of all: set up the second factor."""
    return render_template("staff/enrol.html", secret=_offered_secret(), problem="")


@blueprint.get("/enrol/picture")
@requires(Permission.ENROL, Action.ENROL_PICTURE)
def enrol_picture() -> FlaskResponse:
    """The same secret as a QR code."""
    picture = second_factor.picture(_offered_secret(), account.account().username)
    return FlaskResponse(picture, mimetype="image/svg+xml")


@blueprint.post("/enrol")
@requires(Permission.ENROL, Action.ENROL_CONFIRM)
@transaction
def confirm_enrolment() -> str | tuple[str, int]:
    """Keep the second factor once a code shows that it works; only this answer ever holds the recovery codes."""
    form, secret, user_id = CodeForm(), _offered_secret(), account.account().id
    step = second_factor.matching_step(secret, form.code.data or "", clock.now())
    if step is None:
        return render_template("staff/enrol.html", secret=secret, problem="enrol.wrong"), REFUSED
    codes = identity.enrol(db(), box(), user_id, secret)
    accounts.use_totp_step(db(), user_id, step)
    account.begin(db(), user_id, "full")
    return render_template("staff/recovery.html", codes=codes)


@blueprint.post("/sign-out")
@requires(Permission.SIGN_IN, Action.SIGN_OUT)
@transaction
def sign_out() -> Response:
    """End the sign-in and let the browser forget what it has seen."""
    account.end(db())
    answer = make_response(redirect(url_for("staff.sign_in"), 303))
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


def _offered_secret() -> str:
    """The secret this sign-in may take as its second factor; it stays in the encrypted cookie until it is confirmed."""
    return str(session.setdefault("offered_secret", second_factor.new_secret()))
