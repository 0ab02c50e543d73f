"""The pages before a form: the start page, the doors, and what people should know. None of them needs a cookie."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from intake import drafts
from intake.drafts import Start
from intake.i18n import browsers_language
from intake.public import links
from intake.web import parts

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
def choose() -> Response:
    """Send a visitor to the start page in the first of their browser's languages that we have."""
    answer = redirect(url_for(".start", language=browsers_language(parts().catalogs)))
    answer.vary.add("Accept-Language")
    return answer


@blueprint.get("/<tag:language>/")
def start(language: str) -> str:  # noqa: ARG001  # the address says the language, the edge has chosen it
    """The start page with its doors."""
    return render_template("public/start.html", doors=list(parts().library.doors))


@blueprint.get("/<tag:language>/<door>")
def enter(language: str, door: str) -> str:
    """What to expect behind a door, before anything is asked."""
    if door not in parts().library.doors:
        abort(404)
    social_services = parts().social_services.in_language(language)
    return render_template("public/door.html", door=door, social_services=social_services)


@blueprint.post("/<tag:language>/<door>")
def begin(language: str, door: str) -> Response:
    """Begin a draft behind a door, with its questions or straight at how to be reached."""
    if door not in parts().library.doors:
        abort(404)
    start: Start = "contact" if request.form.get("start") == "contact" else "questions"
    draft = drafts.begin(links.with_link(drafts.blank(door, start), request.form.get("via", "")))
    return redirect(url_for("questions.show", draft=draft.id, language=language, step=1), 303)


@blueprint.get("/<tag:language>/help")
def crisis(language: str) -> str:  # noqa: ARG001  # as above
    """Numbers to call when it cannot wait."""
    checked = parts().crisis.last_checked
    return render_template("public/help.html", crisis_checked=date.fromisoformat(checked) if checked else None)


@blueprint.get("/<tag:language>/privacy")
def privacy(language: str) -> str:  # noqa: ARG001  # as above
    """What happens to what a person tells us."""
    directory = parts().directory
    principals = [{"name": name} for name in directory.principals.values()]
    return render_template("public/privacy.html", principals=principals)


@blueprint.get("/<tag:language>/accessibility")
def accessibility(language: str) -> str:  # noqa: ARG001  # as above
    """What works for whom, and how to tell us what does not."""
    return render_template("public/accessibility.html")
