"""Signed links and posters of one's units: make one, see what comes in through it, print it, withdraw it."""

import io
from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import segno
from flask import Response as FlaskResponse
from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intake import clock
from intake.errors import NotFound
from intake.i18n import TIMEZONE
from intake.links import Link, sign
from intake.records.link_models import POSTER, IssuedLink
from intake.records.queries import links as records
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.link_forms import LinkForm, WithdrawForm
from intake.staff.vocabulary import door_title
from intake.triage import Permission
from intake.web import db, parts, transaction

LATELY = timedelta(days=30)
SIZES = ("a4", "a5")


@blueprint.get("/links")
@requires(Permission.MANAGE_LINKS)
def links() -> str:
    """Every link of one's units with what came in through it, and a way to make one."""
    return _list(LinkForm(formdata=None), [])


@blueprint.post("/links")
@requires(Permission.MANAGE_LINKS)
@transaction
def make_link() -> Response | tuple[str, int]:
    """Make a link and show it."""
    form = LinkForm()
    faults = form.faults(_offered())
    if faults:
        return _list(form, faults), 422
    new = form.link(account(), parts().library.doors[form.door.data], parts().referrers)
    return redirect(url_for("staff.link", link_id=records.issue(db(), new).id), 303)


@blueprint.get("/links/<link_id>")
@requires(Permission.MANAGE_LINKS)
def link(link_id: str) -> str:
    """One link: its address, its code, its posters, and what came in through it lately."""
    return _show(_find(link_id), [])


@blueprint.get("/links/<link_id>/code")
@requires(Permission.MANAGE_LINKS)
def link_code(link_id: str) -> FlaskResponse:
    """The address as a QR code: black on white in every theme, since readers need that."""
    drawn = io.BytesIO()
    code = segno.make(address_of(_find(link_id)), error="m", micro=False)
    code.save(drawn, kind="svg", omitsize=True, xmldecl=False, dark="#000", light="#fff")
    return FlaskResponse(drawn.getvalue(), mimetype="image/svg+xml")


@blueprint.get("/links/<link_id>/poster/<size>")
@requires(Permission.MANAGE_LINKS)
def poster(link_id: str, size: str) -> str:
    """A poster to print, in its own language."""
    found = _find(link_id)
    unit = parts().directory.units.get(found.unit)
    if found.kind != POSTER or found.withdrawn_at or size not in SIZES or unit is None:
        raise NotFound("no such poster")
    hint = _("poster.hint.a4") if size == "a4" else _("poster.hint.a5")
    g.staff_language, g.language = g.language, found.language
    site = parts().settings.base_url.partition("://")[2]
    return render_template("staff/poster.html", link=found, size=size, unit=unit, hint=hint, site=site)


@blueprint.post("/links/<link_id>/withdraw")
@requires(Permission.MANAGE_LINKS)
@transaction
def withdraw_link(link_id: str) -> Response | tuple[str, int]:
    """Withdraw a link, for somebody who has said that they mean it."""
    found = _find(link_id)
    if WithdrawForm().sure.data != "yes":
        return _show(found, [("sure", str(_("links.not_sure")))]), 422
    records.withdraw(db(), found.id, account().id)
    return redirect(url_for("staff.link", link_id=found.id), 303)


def address_of(found: IssuedLink) -> str:
    """The whole address of a link, on the public side and never on the host of this request."""
    settings = parts().settings
    link = Link(found.id, found.door, found.language, records.answers_of(found))
    return f"{settings.base_url}/r/{sign(settings.link_secrets, link)}"


def _find(link_id: str) -> IssuedLink:
    found = records.link_in_units(db(), link_id, account().units) if link_id.isalnum() else None
    if found is None:
        raise NotFound("no such link for this person")
    return found


def _list(form: LinkForm, faults: list[tuple[str, str]]) -> str:
    listed = records.links_of(db(), account().units, _since())
    return render_template("staff/links.html", form=form, faults=faults, listed=listed, offered=_offered())


def _show(found: IssuedLink, faults: list[tuple[str, str]]) -> str:
    return render_template(
        "staff/link.html",
        link=found,
        faults=faults,
        address=address_of(found),
        days=records.days_of(db(), found.id, _since()),
        sizes=SIZES,
        offered=_offered(),
    )


def _offered() -> dict[str, Mapping[str, str]]:
    """What a link can be made of: each code with its words, and the languages by their own names."""
    made, units = parts(), parts().directory.units
    return {
        "unit": {id_: units[id_].name for id_ in account().units if id_ in units},
        "door": {id_: door_title(made.library, id_, account().language) for id_ in made.library.doors},
        "language": {tag: language.name for tag, language in made.catalogs.languages.items()},
        "referrer": {id_: each.name for id_, each in made.referrers.items()},
    }


def _since() -> date:
    return (clock.now().astimezone(ZoneInfo(TIMEZONE)) - LATELY).date()
