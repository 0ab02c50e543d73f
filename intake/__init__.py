"""A way in to addiction care: screening, self-referral, a sealed inbox and triage."""

import hashlib
import logging
from functools import partial
from importlib import import_module
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from intake import edge, i18n, web
from intake.config import Settings, content_root
from intake.cookies import EncryptedCookies
from intake.i18n import Catalogs
from intake.questionnaires.crisis import load_crisis, load_social_services
from intake.questionnaires.lint import language_gaps
from intake.questionnaires.loader import load
from intake.questionnaires.referrers import load_referrers
from intake.questionnaires.tongues import limited
from intake.records.database import Database
from intake.routing.loader import load_directory, load_routes
from intake.routing.receivers import load_receivers

# Loaded by name and only where served: a public process does not even hold the code that opens what it sealed.
SIDES = {
    "public": ("intake.public",),
    "staff": ("intake.public.desk", "intake.staff"),
    "all": ("intake.public", "intake.staff"),
}
LARGEST_BODY = 64 * 1024
MOST_FIELDS = 300
TOKEN_SECONDS = 24 * 3600


def create_app(settings: Settings) -> Flask:
    """Make the application `settings` describe: the public form, the staff side, or both.

    Reads every definition and refuses to start, with a DefinitionError naming file and path, when one is wrong.
    """
    app = Flask(__name__, template_folder=str(content_root() / "templates"))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=MOST_FIELDS,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        TRUSTED_HOSTS=list(settings.hosts),
        WTF_CSRF_TIME_LIMIT=TOKEN_SECONDS,
    )
    app.logger.setLevel(logging.ERROR)
    app.session_interface = EncryptedCookies(settings.secret_key, secure=settings.secure)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]  # as Flask says
    parts = _parts(settings)
    i18n.setup(app, parts.catalogs)
    web.install(app, parts)
    edge.install(app, parts.catalogs)
    _tell_what_is_withheld(parts.catalogs)
    _name_static_files_by_content(app)
    for side in SIDES[settings.serve]:
        import_module(side).install(app)
    return app


def _parts(settings: Settings) -> web.Parts:
    questionnaires = settings.content / "questionnaires"
    library = load(questionnaires)
    directory = load_directory(questionnaires)
    catalogs = i18n.read_catalogs(settings.content / "translations", partial(language_gaps, questionnaires, library))
    return web.Parts(
        settings=settings,
        database=Database(settings.database_url),
        library=limited(library, catalogs.languages, official=settings.hide_unofficial),
        directory=directory,
        routes=load_routes(questionnaires, library, directory),
        receivers=load_receivers(questionnaires, library, directory),
        crisis=load_crisis(questionnaires),
        social_services=load_social_services(questionnaires),
        referrers=load_referrers(questionnaires),
        catalogs=catalogs,
    )


def _tell_what_is_withheld(catalogs: Catalogs) -> None:
    """Let the log say which languages are not offered: it is no fault of the service, but somebody is missing it."""
    log = logging.getLogger(f"{__name__}.languages")
    log.setLevel(logging.WARNING)
    for tag, lines in catalogs.withheld.items():
        log.warning("%s is not offered: %s", tag, "; ".join(lines))
    for tag, lines in catalogs.staff_withheld.items():
        log.warning("%s is not offered to staff: %s", tag, "; ".join(lines))


def _name_static_files_by_content(app: Flask) -> None:
    """Let browsers keep static files for good: a changed file has a changed address."""
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        for path in Path(app.static_folder or "").iterdir()
        if path.is_file()
    }

    @app.url_defaults
    def add_digest(endpoint: str, values: dict[str, str]) -> None:
        if endpoint == "static":
            values["v"] = digests.get(values["filename"], "")
