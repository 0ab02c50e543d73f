"""The paper twin of a door or an instrument: a form to print, from the same definitions and words."""

from collections.abc import Mapping

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from intake.public.turning import youth_units
from intake.questionnaires.model import Door, Instrument, Item, Page
from intake.questionnaires.printed import Cue, numbers, printed
from intake.questionnaires.tongues import Spoken, fallback, speak
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
    spoken = _spoken(form, language)
    papers = printed(spoken.pages, ON_PAPER)
    places, items = numbers(papers), {item.fact: (page, item) for page in form.pages for item in page.items}
    return render_template(
        "public/paper.html",
        form=form,
        words=form.words[spoken.tongue(name)],
        tongue_of=lambda source: parts().catalogs.languages[spoken.tongue(source)],
        is_door=name in library.doors,
        papers=papers,
        places=places,
        told=lambda cues: _told(cues, spoken, places, items),
        attributions={id_: instrument.attribution for id_, instrument in library.instruments.items()},
        social_services=parts().social_services.in_language(language),
        youth_units=youth_units(language),
        address=parts().settings.base_url.partition("://")[2],
    )


def _spoken(form: Door | Instrument, language: str) -> Spoken:
    """The form with every question on it: what the language has no words for is printed in another, to go through."""
    if isinstance(form, Door):
        return speak(form, language, form.items)
    borrowed = {} if language in form.spoken else {form.id: fallback(form, language)}
    return Spoken(language, form.pages, borrowed)


def _told(
    cues: tuple[Cue, ...], spoken: Spoken, places: Mapping[str, int], items: Mapping[str, tuple[Page, Item]]
) -> str:
    """Answers that decide, in words: any one of `cues`, each of them whole."""
    ways = [[_answer(code, spoken, places[fact], *items[fact]) for fact, code in cue] for cue in cues]
    either, together = _("paper.or"), _("paper.and")
    return f", {either} ".join(f" {together} ".join(way) for way in ways)


def _answer(code: str, spoken: Spoken, place: int, page: Page, item: Item) -> str:
    words = page.words[spoken.tongue(page.source)]
    return str(_("paper.answer", answer=words.option(item, code), number=place))
