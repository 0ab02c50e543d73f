"""Filling in a form for somebody who calls, comes by or has written on paper: the same doors, pages and Send.

Only here does such a draft begin. It says so in the encrypted cookie of the draft, with a proof that needs the private
key, and whoever opens the inbox looks at that proof: neither a visitor nor the public process can make one.
"""

from dataclasses import replace
from typing import Any

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import StringField

from intake import drafts
from intake.origin import CHANNELS, Assisted, Origin
from intake.sealing.vouching import vouch
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.forms import StaffForm
from intake.staff.keys import keyring
from intake.staff.vocabulary import door_title
from intake.triage import Permission
from intake.web import parts

STARTS = ("questions", "contact")


class AssistForm(StaffForm):
    """A form to fill in for somebody: which, through what, in which language, and where it begins."""

    door = StringField()
    channel = StringField()
    language = StringField()
    start = StringField()

    def faults(self, offered: dict[str, Any]) -> list[tuple[str, str]]:
        """What was not chosen: the id of a field and what to say."""
        return [(name, str(_("links.choose"))) for name in offered if self[name].data not in offered[name]]


@blueprint.get("/assist")
@requires(Permission.ASSIST)
def assist() -> str:
    """Choose a door, how the person speaks to us, and the language to read out."""
    return _page(AssistForm(formdata=None, data={"language": g.language, "start": "questions"}), [])


@blueprint.post("/assist")
@requires(Permission.ASSIST)
def begin_assisted() -> Response | tuple[str, int]:
    """Begin a draft for somebody and lead to its first page."""
    form = AssistForm()
    faults = form.faults(_offered())
    if faults:
        return _page(form, faults), 422
    draft = drafts.blank(form.door.data, "contact" if form.start.data == "contact" else "questions")
    channel, by = form.channel.data, account().id
    assisted = Assisted(channel, by, vouch(keyring().private_key, draft.id, channel, by))
    drafts.begin(replace(draft, origin=Origin(assisted=assisted)))
    return redirect(url_for("questions.show", draft=draft.id, language=form.language.data, step=1), 303)


def _page(form: AssistForm, faults: list[tuple[str, str]]) -> str:
    made = parts()
    instruments = {id_: each.words[g.language].title for id_, each in made.library.instruments.items()}
    return render_template("staff/assist.html", form=form, faults=faults, instruments=instruments, offered=_offered())


def _offered() -> dict[str, Any]:
    """What can be chosen, by the name of its field."""
    made = parts()
    return {
        "door": {id_: door_title(made.library, id_, g.language) for id_ in made.library.doors},
        "channel": CHANNELS,
        "language": {tag: language.name for tag, language in made.catalogs.languages.items()},
        "start": STARTS,
    }
