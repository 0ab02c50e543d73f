"""The form of one page, made from its definition, and the answers that a posted one holds."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, Field, RadioField, SelectMultipleField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice

from intake.public import checks
from intake.questionnaires.journey import fact_of, is_required
from intake.questionnaires.model import Answer, Answers, Item, ItemKind, Page
from intake.questionnaires.words import Words
from intake.rules import Facts

MakeField: TypeAlias = Callable[[Item, Words], Field]


def filled(page: Page, language: str, answers: Answers) -> FlaskForm:
    """The page's form with the answers given so far; nothing else is chosen beforehand."""
    return _form_class(page, language)(formdata=None, data=answers)


def posted(page: Page, language: str, values: MultiDict[str, str]) -> FlaskForm:
    """The page's form with what was posted; a field that was not posted is empty, and unknown ones are ignored."""
    return _form_class(page, language)(formdata=values)


def token_holds(form: FlaskForm) -> bool:
    """Tell whether the form was posted from a page we made for this draft."""
    return bool(form["csrf_token"].validate(form))


def read(form: FlaskForm, page: Page, known: Facts) -> Answers | None:
    """The answers of a posted form; None when something is wrong, and then its fields say what.

    `known` are the facts of the walk so far; what the page itself says counts above what it said before.
    """
    form.validate()
    fields = {item.fact: form[item.fact] for item in page.items}
    answers = {fact: answer for fact, field in fields.items() if not field.errors and (answer := _answer(field))}
    facts = {name: value for name, value in known.items() if name not in fields}
    for item in page.items:
        facts |= fact_of(item, answers[item.fact]) if item.fact in answers else {}
    for item in page.items:
        if item.fact not in answers and not fields[item.fact].errors and (message := _missing(item, page, facts)):
            fields[item.fact].errors = (message,)
    return None if form.errors else answers


def faults(form: FlaskForm) -> list[tuple[str, str]]:
    """What is wrong, in the order of the page: where the first input of each field is, and what to say."""
    return [(first_input(field), str(field.errors[0])) for field in form if field.errors]


def first_input(field: Field) -> str:
    """The id of the input to go to."""
    return f"{field.id}-0" if isinstance(field, RadioField | SelectMultipleField) else str(field.id)


def complain(form: FlaskForm, message: str) -> None:
    """Say `message` at the field with the most text."""
    longest = max((field for field in form if field.name != "csrf_token"), key=lambda field: len(str(field.data)))
    longest.errors = (message,)


def _form_class(page: Page, language: str) -> type[FlaskForm]:
    words = page.words[language]
    return type("PageForm", (FlaskForm,), {item.fact: _FIELDS[item.kind](item, words) for item in page.items})


def _choice(item: Item, words: Words) -> Field:
    return RadioField(
        choices=_options(item, words), validate_choice=False, validators=[checks.once, checks.one_of(item)]
    )


def _choices(item: Item, words: Words) -> Field:
    return SelectMultipleField(choices=_options(item, words), validate_choice=False, validators=[checks.some_of(item)])


def _number(item: Item, _words: Words) -> Field:
    return StringField(filters=_CLEAN, validators=[checks.once, checks.readable(""), checks.whole_number(item)])


def _text(item: Item, _words: Words) -> Field:
    return StringField(filters=_CLEAN, validators=_text_checks(item, ""))


def _lines(item: Item, _words: Words) -> Field:
    return TextAreaField(filters=_CLEAN, validators=_text_checks(item, "\n\t"))


def _phone(item: Item, _words: Words) -> Field:
    return TelField(filters=_CLEAN, validators=[*_text_checks(item, ""), checks.phone])


def _email(item: Item, _words: Words) -> Field:
    return EmailField(filters=_CLEAN, validators=[*_text_checks(item, ""), checks.email])


_CLEAN = (checks.clean_text,)
_FIELDS: Mapping[ItemKind, MakeField] = {
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "text": _text,
    "lines": _lines,
    "phone": _phone,
    "email": _email,
}


def _options(item: Item, words: Words) -> list[SelectChoice]:
    return [SelectChoice(value=code, label=words.option(item, code)) for code in item.codes]


def _text_checks(item: Item, allowed: str) -> list[checks.Check]:
    return [checks.once, checks.readable(allowed), checks.at_most(item.max_length)]


def _answer(field: Field) -> Answer:
    return tuple(field.data) if isinstance(field.data, list) else field.data or ""


def _missing(item: Item, page: Page, facts: Facts) -> str:
    """What to say when an item has no answer: nothing where that is an answer too."""
    if is_required(item, facts):
        return str(_REQUIRED[item.kind])
    asked_alone = len(page.items) == 1 and not item.none_is_an_answer
    return str(_OR_SKIP.get(item.kind, "")) if asked_alone else ""


_REQUIRED: Mapping[ItemKind, object] = {
    "choice": _("field.missing.choice"),
    "choices": _("field.missing.choices"),
    "number": _("field.missing.number"),
    "text": _("field.missing.text"),
    "lines": _("field.missing.text"),
    "phone": _("field.missing.phone"),
    "email": _("field.missing.email"),
}
_OR_SKIP: Mapping[ItemKind, object] = {
    "choice": _("field.missing.choice_or_skip"),
    "choices": _("field.missing.choices_or_skip"),
    "number": _("field.missing.number_or_skip"),
}
