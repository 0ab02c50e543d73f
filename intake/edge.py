"""The outermost layer: what every answer carries, and the one table from errors to responses."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb
from typing import Any

from flask import Flask, Response, abort, current_app, g, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import BuildError

from intake import clock
from intake.errors import (
    Conflict,
    DraftTooLarge,
    Forbidden,
    IntakeError,
    NotAllowedNow,
    NotFound,
    NotRecorded,
    SealError,
)
from intake.heartbeat import health
from intake.i18n import Catalogs, browsers_language, current_language, today
from intake.routing.contacts import listed
from intake.web import db, parts

STATUS_OF: Mapping[type[Exception], int] = {
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    NotAllowedNow: 409,
    DraftTooLarge: 413,
    CSRFError: 400,
    SealError: 503,
    NotRecorded: 503,
    OperationalError: 503,
    InterfaceError: 503,
    InternalError: 503,  # PostgreSQL that only reads, while a standby takes over
    PoolTimeout: 503,
}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    # `no-referrer` would make browsers hide the origin from our own CSRF check.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
YEAR = 365 * 24 * 3600
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def install(app: Flask, catalogs: Catalogs) -> None:
    """Give `app` its headers, its errors, its language and its health checks."""
    # A refusal is said in words too, so the language comes first.
    app.before_request(lambda: _choose_language(catalogs))
    app.before_request(_refuse_foreign_posts)
    app.after_request(_add_headers)
    app.after_request(_compress)
    app.context_processor(lambda: _frame(catalogs))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IntakeError, _domain_error)
    app.register_error_handler(Exception, _unforeseen)
    for kind in STATUS_OF:
        app.register_error_handler(kind, _domain_error)
    app.add_url_rule("/healthz", "healthz", _healthy)
    app.add_url_rule("/readyz", "readyz", _ready)


def _refuse_foreign_posts() -> None:
    """Refuse what another site's page sends, and bodies whose length is only known once they are read or unpacked."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
    if request.headers.get("Content-Encoding", "identity") != "identity":
        abort(415)
    if "Transfer-Encoding" in request.headers:
        abort(411)


def _choose_language(catalogs: Catalogs) -> None:
    """The language of the address; without one, the browser's."""
    arguments = request.view_args or {}
    named = arguments.get("language") or _language_in(request.path, catalogs)
    if named is not None and named not in catalogs.languages:
        g.language = browsers_language(catalogs)
        raise NotFound(request.path)
    g.language = named or browsers_language(catalogs)


def _language_in(path: str, catalogs: Catalogs) -> str | None:
    """The language an address names even when no page answers there, so that its refusal is understood."""
    return next((part for part in path.split("/")[1:4] if part in catalogs.languages), None)


def _frame(catalogs: Catalogs) -> dict[str, Any]:
    """What the frame of every page needs: language links, crisis lines, the clinics' numbers, a way out."""
    made, tag = parts(), current_language(catalogs).tag
    return {
        "language_links": [
            {
                "tag": each.tag,
                "name": each.name,
                "short": each.short,
                "direction": each.direction,
                "url": _in_language(each.tag),
            }
            for each in catalogs.languages.values()
        ],
        "crisis": made.crisis.in_language(tag),
        "units": listed(made.directory.units.values(), tag, today()),
        "exit_url": made.settings.exit_url,
        "settings": {"demonstration": made.settings.demonstration},
    }


def _in_language(tag: str) -> str:
    """The address of this page in another language; the start page where this page has none."""
    arguments = dict(request.view_args or {})
    if request.endpoint is None or "language" not in arguments:
        return f"/{tag}/"
    try:
        return url_for(request.endpoint, **{**arguments, "language": tag})
    except BuildError:
        return f"/{tag}/"


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if parts().settings.secure:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def _compress(response: Response) -> Response:
    """Compress all but the staff pages.

    There a stranger's text stands beside a secret token, and the size of such a page, compressed, can tell the token.
    In a draft nobody but its owner chooses the text.
    """
    private = request.path.startswith("/staff")
    compressible = (response.mimetype or "").startswith(("text/", "image/svg"))
    wanted = bool(request.accept_encodings["gzip"]) and compressible
    if private or not wanted or response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    response.set_data(gzip.compress(response.get_data(), mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _http_error(error: HTTPException) -> Response | tuple[str, int]:
    """Redirects pass; everything else is said in plain words, except to whoever asks for a host that is not ours."""
    if isinstance(error, SecurityError):
        return Response("", status=400)
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # werkzeug's response is Flask's here
    return _refusal(error.code)


def _domain_error(error: Exception) -> tuple[str, int]:
    status = next((status for kind, status in STATUS_OF.items() if isinstance(error, kind)), 500)
    return _refusal(status)


def _unforeseen(error: Exception) -> tuple[str, int]:
    """A fault of ours: log what and where, never the message, which may hold what a person wrote."""
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)]
    current_app.logger.error("%s at %s via %s", type(error).__name__, request.endpoint, " > ".join(places[-6:]))
    return _refusal(500)


def _refusal(status: int) -> tuple[str, int]:
    retry = request.path if request.method == "GET" and status == 503 else None
    template = "staff/error.html" if "account" in g else "public/error.html"  # the staff side's guard was passed
    return render_template(template, status=status, retry_url=retry), status


def _healthy() -> str:
    """The process answers."""
    return "ok\n"


def _ready() -> Response:
    """The process answers and so does the database; otherwise 503. The body says how the other parts are.

    A staff process is unready too when its worker is silent or a canary is overdue. The form stays open all the same:
    taking it down because nobody reads would lose people.
    """
    state = health(db(), clock.now())
    lines = "".join(f"{name}: {value}\n" for name, value in [("database", "ok"), *state.lines()])
    broken = parts().settings.serve != "public" and (state.worker_silent or state.canary_overdue)
    return Response(lines, 503 if broken else 200, mimetype="text/plain")
