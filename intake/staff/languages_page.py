"""How far the words can be relied on: each language, who has read it, and where its tests have their wording from."""

from dataclasses import dataclass

from flask import g, render_template

from intake.languages import Language
from intake.questionnaires.model import Instrument
from intake.staff.access import requires
from intake.staff.blueprint import blueprint
from intake.staff.words import language_name
from intake.triage import Permission
from intake.web import parts


@dataclass(frozen=True)
class Wording:
    """A test in one language: the status of its wording, empty where it has none, and whether it was compared."""

    title: str
    status: str
    checked: bool


@dataclass(frozen=True)
class Spoken:
    """A language that is offered, what it is called here, and the wordings of the tests in it."""

    language: Language
    name: str
    wordings: tuple[Wording, ...]


@blueprint.get("/languages")
@requires(Permission.READ_LANGUAGES)
def languages() -> str:
    """Every language that is offered with its wordings, and those that are kept back."""
    catalogs = parts().catalogs
    spoken = [Spoken(language, language_name(tag), _wordings(tag)) for tag, language in catalogs.languages.items()]
    kept_back = {language_name(tag): len(lines) for tag, lines in catalogs.withheld.items()}
    return render_template("staff/languages.html", spoken=spoken, kept_back=kept_back)


def _wordings(tag: str) -> tuple[Wording, ...]:
    return tuple(_wording(each, tag) for each in parts().library.instruments.values())


def _wording(instrument: Instrument, tag: str) -> Wording:
    title = instrument.words[g.language].title
    words = instrument.words.get(tag)
    return Wording(title, words.status, words.wording_checked) if words else Wording(title, "", checked=True)
