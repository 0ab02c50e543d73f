"""Answers that are names: each says in which language it is called so, among answers in the language of the page."""

from typing import Final

from markupsafe import Markup, escape

from intake.markup import by_name, marked
from intake.questionnaires.model import Item
from intake.web import parts

LANGUAGES: Final = "interpreter"
"""The answers that are languages, by their ISO 639 codes: each is called by its own name."""
SIGNED: Final = {"swl": "sv"}
"""Languages that are not written, and in which their names are."""


def option(text: str, item: Item, code: str) -> Markup:
    """The words of an answer; a unit that refers is called what it is called in Swedish."""
    if code in parts().referrers:
        return marked(text, "sv")
    return by_name(text, SIGNED.get(code, code)) if item.options == LANGUAGES else escape(text)
