"""The door of the staff side: every page says which permission it asks for; without one, nothing is answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.wrappers import Response
from wtforms import ValidationError

from intake.audit.entry import CODE
from intake.errors import Forbidden
from intake.staff import account, frame, recording
from intake.staff.keys import keyring
from intake.triage import Permission
from intake.web import before_commit, parts

BLUEPRINT = "staff"

Arguments = ParamSpec("Arguments")
Answered = TypeVar("Answered")
View = Callable[Arguments, Answered]
Refusal = Response | str | tuple[str, int]

_MARK = "asks_for"
_ACTION = "records"


def requires(
    permission: Permission, records: str = ""
) -> Callable[[View[Arguments, Answered]], View[Arguments, Answered]]:
    """Declare what a view asks for and what is recorded of it, its endpoint's name unless `records` is given.

    Whatever comes of it is recorded before it is answered. `check_declared` refuses to start with a view that declares
    nothing.
    """

    def declare(view: View[Arguments, Answered]) -> View[Arguments, Answered]:
        recorded = _recorded(view)
        setattr(recorded, _MARK, permission)
        setattr(recorded, _ACTION, records)
        return recorded

    return declare


def _recorded(view: View[Arguments, Answered]) -> View[Arguments, Answered]:
    @wraps(view)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answered:
        before_commit(recording.within)
        try:
            answered = view(*args, **kwargs)
        except Exception as error:
            recording.failed(error)
            raise
        recording.after(cast("Any", answered))
        return answered

    return answer


def declared(app: Flask, endpoint: str) -> Permission | None:
    """The permission the endpoint asks for, None where it declares none."""
    return getattr(app.view_functions.get(endpoint), _MARK, None)


def action(app: Flask, endpoint: str) -> str | None:
    """Under which code the endpoint is recorded, None where it is not recorded."""
    said: str | None = getattr(app.view_functions.get(endpoint), _ACTION, None)
    return endpoint.removeprefix(f"{BLUEPRINT}.") if said == "" else said


def check_declared(app: Flask) -> None:
    """Stop the start-up when a page of the staff side does not say who it is for, or would not be recorded."""
    ours = sorted(endpoint for endpoint in app.view_functions if endpoint.startswith(f"{BLUEPRINT}."))
    undeclared = [endpoint for endpoint in ours if declared(app, endpoint) is None]
    if undeclared:
        raise RuntimeError(f"declare a permission with @requires: {', '.join(undeclared)}")
    unrecorded = [endpoint for endpoint in ours if not CODE.fullmatch(action(app, endpoint) or "")]
    if unrecorded:
        raise RuntimeError(f"say with @requires under which code these are recorded: {', '.join(unrecorded)}")


def guard() -> Refusal | None:
    """Before every staff page: who is asking, in which language, whether they may, and whether they meant to."""
    g.account = None
    keyring()  # before any transaction of the page's own, since the first look at the keys may write
    g.account = account.recognise(parts().database)
    g.language = frame.language()
    g.demonstration = frame.is_demonstration()
    permission = declared(current_app, request.endpoint or "")
    recorded_as = action(current_app, request.endpoint or "")
    if permission is None or recorded_as is None:
        abort(404)
    recording.begin(recorded_as, g.account)
    if not account.asks_for(permission):
        recording.refused()
        return _turn_away(permission)
    return _check_token()


def _turn_away(permission: Permission) -> Refusal:
    """Show the way on: to sign in, to the second factor, home, or nowhere."""
    if g.account is None:
        return _ask_to_sign_in()
    if g.account.stage == "password":
        return redirect(url_for("staff.second_factor" if g.account.enrolled else "staff.enrol"), 303)
    if permission in (Permission.ENROL, Permission.PROVE_SECOND_FACTOR):
        return redirect(frame.home_url(), 303)
    raise Forbidden(f"{g.account.role} may not {permission}")


def _ask_to_sign_in() -> Refusal:
    """Lead to the sign-in, without losing what somebody wrote or who they are.

    A link from another site brings no cookie along (SameSite=Strict), so nothing is known about who is asking. A page
    that only leads on, from within our own site, keeps a living sign-in from being replaced by an empty one.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return render_template("staff/arrive.html")
    if written := request.form.get("note") or request.form.get("letter"):
        return render_template("staff/signed_out.html", note=written), 401
    return redirect(url_for("staff.sign_in"), 303)


def _check_token() -> Refusal | None:
    """See that a form was sent from a page of ours, in this very sign-in."""
    if request.method != "POST":
        return None
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError as error:
        recording.failed(error)
        if g.account is None:
            return render_template("staff/sign_in.html", problem="sign_in.old_page"), 400
        raise CSRFError(str(error)) from None
    return None
