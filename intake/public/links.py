"""Signed links: the way from an address on a poster or in a mail to a door. Nothing is asked of the database here.

The link travels from page to page in the address and in a hidden field, signed, until a draft begins; from then on the
encrypted draft keeps its id alone. A link that is not ours, or is for another door, is as if there were none: nobody
is ever refused for how they came.
"""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from intake.drafts import Draft
from intake.i18n import browsers_language
from intake.links import Link, prefilled, read
from intake.origin import Origin
from intake.web import parts

blueprint = Blueprint("links", __name__)


@blueprint.get("/r/<token>")
def follow(token: str) -> Response:
    """Lead on to the link's door, in its own language or the browser's; to the start page where it is none of ours."""
    link = read(parts().settings.link_secrets, token)
    language = _language(link)
    if link is None or link.door not in parts().library.doors:
        answer = redirect(url_for("front.start", language=language))
    else:
        answer = redirect(url_for(".enter", language=language, door=link.door, token=token))
    answer.vary.add("Accept-Language")
    return answer


@blueprint.get("/<tag:language>/<door>/from/<token>")
def enter(language: str, door: str, token: str) -> str:
    """What to expect behind the door, as for everybody; the page's buttons carry the link along."""
    if door not in parts().library.doors:
        abort(404)
    via, social_services = token if _link_to(door, token) else "", parts().social_services.in_language(language)
    return render_template("public/door.html", door=door, via=via, social_services=social_services)


def with_link(draft: Draft, token: str) -> Draft:
    """The draft as it begins for somebody who came through a link: its id, and what it fills in."""
    link = _link_to(draft.door, token)
    if link is None:
        return draft
    return replace(draft, origin=Origin(link.id), answers=prefilled(link.answers, parts().library.doors[draft.door]))


def _link_to(door: str, token: str) -> Link | None:
    link = read(parts().settings.link_secrets, token)
    return link if link is not None and link.door == door else None


def _language(link: Link | None) -> str:
    if link is not None and link.language in parts().catalogs.languages:
        return link.language
    return browsers_language(parts().catalogs)
