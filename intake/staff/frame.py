"""What the frame around every staff page shows, and in which language."""

import re
from typing import Any

from flask import g, request, session, url_for
from flask_wtf.csrf import generate_csrf

from intake import i18n, web
from intake.records.queries import installation
from intake.triage import Permission, Role, permissions

_OURS = re.compile(r"/staff/[!-\[\]-~]*")
"""An address of the staff side as browsers send it: no backslash, which some read as a slash, and no line end."""


def context() -> dict[str, Any]:
    """What base.html needs. `account` is only there for somebody who has signed in all the way."""
    who = g.get("account")
    catalogs = web.parts().catalogs
    return {
        "account": who if who and who.stage == "full" else None,
        "home_url": home_url(),
        "alarms_url": url_for("staff.alarms") if who and who.may(Permission.READ_ALARMS) else None,
        "account_url": url_for("staff.own_account"),
        "sign_out_url": url_for("staff.sign_out"),
        "language_url": url_for("staff.choose_language"),
        "staff_languages": [catalogs.languages[tag] for tag in catalogs.staff_languages],
        "here": request.full_path.rstrip("?") if request.method == "GET" else url_for("staff.queue"),
        "csrf_token": generate_csrf,
        "demonstration": g.get("demonstration", web.parts().settings.demonstration),
    }


def is_demonstration() -> bool:
    """Tell whether this installation was set up as a demonstration, or the demonstration was loaded into it.

    The guard asks this once, before the page: a page that says the database is away must not need it.
    """
    if web.parts().settings.demonstration:
        return True
    with web.parts().database.session() as records:
        return installation.is_demonstration(records)


def language() -> str:
    """The language this person chose, else the first the browser asks for that staff pages speak."""
    offered = web.parts().catalogs.staff_languages
    who = g.get("account")
    chosen = who.language if who else session.get("language")
    if chosen in offered:
        return str(chosen)
    return request.accept_languages.best_match(offered) or i18n.SOURCE


def home_url() -> str:
    """Where this person's work begins."""
    who = g.get("account")
    return home_of(who.role) if who and who.stage == "full" else url_for("staff.queue")


def home_of(role: Role) -> str:
    """Where the work of somebody in this role begins, once they have signed in."""
    if Permission.READ_QUEUE in permissions(role):
        return url_for("staff.queue")
    return url_for("staff.audit" if Permission.READ_AUDIT in permissions(role) else "staff.own_account")


def inside(address: str) -> str:
    """The address, if it is one of the staff side's own; otherwise home."""
    return address if _OURS.fullmatch(address) else home_url()
