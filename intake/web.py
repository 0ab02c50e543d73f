"""What a request may reach: the parts of the application, its one database session, its one commit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from intake.config import Settings
from intake.i18n import Catalogs
from intake.questionnaires.crisis import CrisisHelp
from intake.questionnaires.model import Library
from intake.questionnaires.referrers import Referrer
from intake.records.database import Database
from intake.routing.model import Directory, Routes
from intake.routing.receivers import Receivers

Arguments = ParamSpec("Arguments")
Answered = TypeVar("Answered")


@dataclass(frozen=True)
class Parts:
    """Everything made at start-up. Immutable, shared by all requests."""

    settings: Settings
    database: Database
    library: Library
    directory: Directory
    routes: Routes
    receivers: Receivers
    crisis: CrisisHelp
    social_services: CrisisHelp
    referrers: Mapping[str, Referrer]
    catalogs: Catalogs


def install(app: Flask, parts: Parts) -> None:
    """Give `app` its parts and see that every request's database session is closed."""
    app.extensions["intake"] = parts

    @app.teardown_appcontext
    def close(_: BaseException | None) -> None:
        session = g.pop("session", None)
        if session is not None:
            session.close()


def parts() -> Parts:
    """The parts of the application that answers this request."""
    return cast("Parts", current_app.extensions["intake"])


def db() -> Session:
    """The request's database session, opened when first asked for: a page that stores nothing never reaches it."""
    if "session" not in g:
        g.session = parts().database.session()
    return cast("Session", g.session)


def before_commit(act: Callable[[Session, Any], None]) -> None:
    """Have `act` done in the request's transaction: last of all, with the view's answer, before that is committed."""
    g.before_commit = (*g.get("before_commit", ()), act)


def transaction(view: Callable[Arguments, Answered]) -> Callable[Arguments, Answered]:
    """Commit once, after the view has decided and before anything is sent; roll back when it raises."""

    @wraps(view)
    def committed(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answered:
        if "session" not in g:
            g.session = parts().database.writing()
        try:
            answer = view(*args, **kwargs)
            for act in g.get("before_commit", ()):
                act(db(), answer)
            db().commit()
        except BaseException:
            if "session" in g:
                g.session.rollback()
            raise
        return answer

    return committed
