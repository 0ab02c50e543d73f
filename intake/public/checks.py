"""What a person may write in a field, and how it is written alike: each check takes a field of a posted form.

A check raises with words for the person, or leaves the field's data as it will be kept. Choices are never read as
numbers: a code is one of the item's own, letter for letter.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

import phonenumbers
from flask_babel import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat
from wtforms import Field, Form
from wtforms.validators import StopValidation

from intake.questionnaires.model import Item

Check: TypeAlias = Callable[[Form, Field], None]

_BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNREADABLE = "\ufffd\ufffe\uffff"  # what broken encodings leave behind, and what XML cannot hold
_PHONE = re.compile(r"\+?[0-9 ()./\-]+")
_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)+")
_LONGEST_NUMBER = 6
_LONGEST_COMPOSED = 4000
_HOME = "SE"
EXAMPLE = "\u2066070-174 06 05\u2069"
"""A fictional number, isolated so that it reads left to right in every language."""


def clean_text(text: str | None) -> str:
    """The text in one form: composed letters, one kind of line end, no direction overrides, no space around it.

    Text longer than any field takes stays uncomposed: sorting thousands of accents on one letter takes seconds.
    """
    given = text or ""
    composed = unicodedata.normalize("NFC", given) if len(given) <= _LONGEST_COMPOSED else given
    return composed.replace("\r\n", "\n").replace("\r", "\n").translate(_BIDI_CONTROLS).strip()


def plain_digits(text: str) -> str:
    """The text with every digit of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def once(_form: Form, field: Field) -> None:
    """Refuse two values for one field: browsers send one, and choosing among them would be guessing."""
    if len(field.raw_data or ()) > 1:
        field.data = None
        raise StopValidation(_("field.one_answer"))


def readable(allowed: str) -> Check:
    """Refuse control characters other than `allowed`, and text that was damaged on the way."""

    def check(_form: Form, field: Field) -> None:
        if any(_is_control(letter) and letter not in allowed for letter in field.data):
            field.data = "".join(letter for letter in field.data if not _is_control(letter) or letter in allowed)
            raise StopValidation(_("field.unreadable"))

    return check


def at_most(longest: int) -> Check:
    """Refuse more than `longest` characters, and say how many there are."""

    def check(_form: Form, field: Field) -> None:
        if len(field.data) > longest:
            raise StopValidation(_("field.too_long", most=longest, written=len(field.data)))

    return check


def one_of(item: Item) -> Check:
    """Accept a code of the item, exactly as it is written in the definition."""

    def check(_form: Form, field: Field) -> None:
        if field.data and field.data not in item.codes:
            raise StopValidation(_("field.not_offered"))

    return check


def some_of(item: Item) -> Check:
    """Accept codes of the item; one that cannot stand beside another stands alone."""

    def check(_form: Form, field: Field) -> None:
        chosen = set(field.data or ())
        if not chosen <= set(item.codes):
            raise StopValidation(_("field.not_offered"))
        field.data = [code for code in item.codes if code in chosen]
        if len(chosen) > 1 and chosen & item.exclusive:
            raise StopValidation(_("field.stands_alone"))

    return check


def whole_number(item: Item) -> Check:
    """Accept a whole number in the item's range, in the digits of any script."""

    def check(_form: Form, field: Field) -> None:
        digits = plain_digits(field.data)
        if not digits:
            return
        fits = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
        if not fits or not item.minimum <= int(digits) <= item.maximum:
            raise StopValidation(_("field.number", lowest=item.minimum, highest=item.maximum))
        field.data = str(int(digits))

    return check


def phone(_form: Form, field: Field) -> None:
    """Accept a number that can be called from Sweden and write it with its country code. Nothing here calls it."""
    digits = plain_digits(field.data)
    if not digits:
        return
    try:
        number = phonenumbers.parse(digits if _PHONE.fullmatch(digits) else "", _HOME)
    except NumberParseException:
        raise StopValidation(_("field.phone", example=EXAMPLE)) from None
    if not phonenumbers.is_possible_number(number):
        raise StopValidation(_("field.phone", example=EXAMPLE))
    field.data = phonenumbers.format_number(number, PhoneNumberFormat.E164)


def email(_form: Form, field: Field) -> None:
    """Accept what looks like one e-mail address; only a letter to it could tell more."""
    if field.data and not _EMAIL.fullmatch(field.data):
        raise StopValidation(_("field.email"))


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") or letter in _UNREADABLE
