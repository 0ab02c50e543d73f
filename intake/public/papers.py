"""What can be sent with a receipt code: a message, new contact details, a consent taken back, a withdrawal.

Contact and consent are the very pages of the door that the request came through, with their checks.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, TextAreaField
from wtforms.validators import StopValidation

from intake.public import checks, forms
from intake.questionnaires.model import Answers, Door, Page
from intake.records.ids import new_id

LONGEST_MESSAGE = 2000
MOST_UNREAD: Mapping[str, int] = {"message": 20, "contact": 25, "consent": 30}
"""How much may wait for one code: what protects somebody still gets in where no message does."""

SOURCES: Mapping[str, tuple[str, ...]] = {
    "message": (),
    "contact": ("contact", "safety", "referrer"),
    "consent": ("consent",),
}

_NONCE = re.compile("[0-9a-f]{32}")


def _written(_form: Form, field: Field) -> None:
    if not field.data:
        raise StopValidation(_("mailbox.missing"))


class MessageForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A text in one's own words."""

    text = TextAreaField(
        filters=[checks.clean_text],
        validators=[checks.once, checks.readable("\n\t"), checks.at_most(LONGEST_MESSAGE), _written],
    )


_OWN: Mapping[str, type[FlaskForm]] = {"message": MessageForm, "withdrawal": FlaskForm}


@dataclass(frozen=True)
class Part:
    """A page of a door and its form; a message and a withdrawal have no page."""

    page: Page | None
    form: FlaskForm


@dataclass(frozen=True)
class Paper:
    """A form about to be sent. Sent twice with one `nonce`, the same words count once."""

    kind: str
    parts: tuple[Part, ...]
    nonce: str

    @property
    def token(self) -> str:
        """The token a page of ours carries."""
        return str(self.parts[0].form.csrf_token.current_token)

    @property
    def text(self) -> str:
        """What was written, of a message."""
        return str(self.parts[0].form.text.data or "") if self.kind == "message" else ""

    def token_holds(self) -> bool:
        """Tell whether it was sent from a page we made in this visit."""
        return forms.token_holds(self.parts[0].form)

    def read(self) -> Mapping[str, Any] | None:
        """What is sealed; None when something is wrong, and then the fields say what."""
        if self.kind == "withdrawal":
            return {}
        if self.kind == "message":
            return {"text": self.text} if _is_right(self.parts[0].form) else None
        read = [forms.read(part.form, part.page, {}) for part in self.parts if part.page is not None]
        if self.kind == "consent":
            return self._receivers(read[0])
        answers = [each for each in read if each is not None]
        if len(answers) < len(read):
            return None
        return {"answers": {fact: answer for each in answers for fact, answer in each.items()}}

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong, in the order of the page."""
        return [fault for part in self.parts for fault in forms.faults(part.form)]

    def _receivers(self, answers: Answers | None) -> Mapping[str, Any] | None:
        if not answers and not self.parts[0].form.errors:
            forms.complain(self.parts[0].form, _("field.missing.choices"))
        return {"receivers": [code for answer in answers.values() for code in answer]} if answers else None


def offers(door: Door | None, kind: str) -> bool:
    """Tell whether the door asks what this kind of paper changes."""
    return bool(door and _pages(door, kind))


def blank(kind: str, door: Door | None, language: str) -> Paper:
    """A paper with nothing on it; raise 404 where the door asks nothing that it could change."""
    return Paper(kind, _parts(kind, door, lambda page: forms.filled(page, language, {}), None), new_id())


def posted(kind: str, door: Door | None, language: str, values: MultiDict[str, str]) -> Paper:
    """A paper with what was posted, or kept since it was; raise 404 as above."""
    nonce = values.get("nonce", "")
    parts = _parts(kind, door, lambda page: forms.posted(page, language, values), values)
    return Paper(kind, parts, nonce if _NONCE.fullmatch(nonce) else new_id())


def _parts(
    kind: str, door: Door | None, form_of: Callable[[Page], FlaskForm], values: MultiDict[str, str] | None
) -> tuple[Part, ...]:
    if kind in _OWN:
        return (Part(None, _OWN[kind](formdata=values)),)
    return tuple(Part(page, form_of(page)) for page in _asked(door, kind))


def _asked(door: Door | None, kind: str) -> tuple[Page, ...]:
    pages = _pages(door, kind) if door else ()
    return pages or abort(404)


def _pages(door: Door, kind: str) -> tuple[Page, ...]:
    return tuple(page for page in door.pages if page.source in SOURCES[kind] and page.items)


def _is_right(form: FlaskForm) -> bool:
    form.validate()
    return not form.errors
