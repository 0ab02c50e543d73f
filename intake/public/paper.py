"""The paper twin of a door or an instrument: a form to print, from the same definitions and words."""

from collections.abc import Mapping

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from intake.questionnaires.model import Door, Instrument, Item, Page
from intake.questionnaires.printed import Cue, numbers, printed
from intake.web import parts

blueprint = Blueprint("paper", __name__)

ON_PAPER = {"start": "questions"}
"""Who fills in a paper answers its questions: whoever only wants to be called can call."""


@blueprint.get("/<tag:language>/paper/<name>")
def blank(language: str, name: str) -> str:
    """A blank form to print: a door's or, by itself, an instrument's."""
    library = parts().library
    form: Door | Instrument | None = library.doors.get(name) or library.instruments.get(name)
    if form is None:
        abort(404)
    papers = printed(form.pages, ON_PAPER)
    places, items = numbers(papers), {item.fact: (page, item) for page in form.pages for item in page.items}
    return render_template(
        "public/paper.html",
        form=form,
        words=form.words[language],
        is_door=name in library.doors,
        papers=papers,
        places=places,
        told=lambda cues: _told(cues, language, places, items),
        attributions={id_: instrument.attribution for id_, instrument in library.instruments.items()},
        social_services=parts().social_services.in_language(language),
        youth_units=[unit for unit in parts().directory.units.values() if unit.kind == "youth"],
        address=parts().settings.base_url.partition("://")[2],
    )


def _told(
    cues: tuple[Cue, ...], language: str, places: Mapping[str, int], items: Mapping[str, tuple[Page, Item]]
) -> str:
    """Answers that decide, in words: any one of `cues`, each of them whole."""
    ways = [[_answer(code, language, places[fact], *items[fact]) for fact, code in cue] for cue in cues]
    either, together = _("paper.or"), _("paper.and")
    return f", {either} ".join(f" {together} ".join(way) for way in ways)


def _answer(code: str, language: str, place: int, page: Page, item: Item) -> str:
    return str(_("paper.answer", answer=page.words[language].option(item, code), number=place))
