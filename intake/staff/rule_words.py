"""Conditions in plain words: the question as it is asked, the answer that was known, and what the rule asks instead."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import g
from flask_babel import gettext as _

from intake import rules
from intake.questionnaires.model import Answer, Answers, Library
from intake.routing.explanation import ALTERNATIVES, Asked, Asking, Explanation, FactName, Several, Term, explain_text
from intake.rules import Facts, Value
from intake.staff.purpose import Reads
from intake.staff.vocabulary import door_title, question, short_option

DOOR = "door"


@dataclass(frozen=True)
class Known:
    """What a suggestion was made from: the answers as they were given, and the facts they made.

    `weighs` tells of a fact whether whoever reads may know what it was.
    """

    answers: Answers
    facts: Facts
    weighs: Reads


@dataclass(frozen=True)
class Reason:
    """Why a rule did not hold: a line for each thing asked, of which `any_of` would have been enough.

    `code` is the condition as it was kept, where today's facts do not explain it; then there are no lines.
    """

    lines: tuple[str, ...]
    any_of: bool = False
    code: str = ""


def reason(library: Library, facts: rules.Known, failed: str, known: Known) -> Reason:
    """Say why a condition, kept as text, did not hold; `facts` are all there are today."""
    explained = explain_text(failed, facts)
    if explained is None:
        return Reason((), code=failed)
    lines = tuple(dict.fromkeys(_line(library, asked, known) for asked in _every(explained)))
    return Reason(lines, any_of=isinstance(explained, Several) and explained.joining == "any" and len(lines) > 1)


def may_be_told(facts: rules.Known, failed: str, known: Known) -> bool:
    """Tell whether whoever reads may know why a condition, kept as text, did not hold."""
    try:
        return all(known.weighs(name) for name in rules.parse(failed, facts).names)
    except rules.RuleError:
        return True


def _every(explained: Explanation) -> Iterator[Asked]:
    if isinstance(explained, Asked):
        yield explained
        return
    for member in explained.members:
        yield from _every(member)


def _line(library: Library, asked: Asked, known: Known) -> str:
    """The question, the answer, and what the rule asks: `Hur gammal är du? 45 – regeln gäller under 18`."""
    subject = " + ".join(_label(library, name) for name in asked.facts)
    return str(
        _(
            "rule.line",
            question=subject if subject.endswith("?") else f"{subject}:",
            answer=_answer(library, asked, known) or _("rule.unanswered"),
            asked=_asked(library, asked),
        )
    )


_ASKS: Mapping[Asking, Callable[[str], str]] = {
    "below": lambda value: str(_("rule.asks.below", value=value)),
    "at_most": lambda value: str(_("rule.asks.at_most", value=value)),
    "above": lambda value: str(_("rule.asks.above", value=value)),
    "at_least": lambda value: str(_("rule.asks.at_least", value=value)),
    "is": lambda value: str(_("rule.asks.is", value=value)),
    "is_not": lambda value: str(_("rule.asks.is_not", value=value)),
    "one_of": lambda value: str(_("rule.asks.one_of", value=value)),
    "none_of": lambda value: str(_("rule.asks.none_of", value=value)),
    "includes": lambda value: str(_("rule.asks.includes", value=value)),
    "leaves_out": lambda value: str(_("rule.asks.leaves_out", value=value)),
}


def _asked(library: Library, asked: Asked) -> str:
    fact = asked.facts[0] if asked.facts else ""
    terms = [_term(library, fact, term) for term in asked.object]
    between = _("rule.or") if asked.asking in ALTERNATIVES else "+"
    return _ASKS[asked.asking](f" {between} ".join(terms))


def _term(library: Library, fact: str, term: Term) -> str:
    if isinstance(term, FactName):
        return _label(library, term.name)
    return _value(library, fact, term)


def _answer(library: Library, asked: Asked, known: Known) -> str:
    """What was known of the facts asked for: one answer, or the sum of several; nothing where one is missing."""
    values = [known.facts.get(name) for name in asked.facts]
    if len(values) == 1 and values[0] is None:
        return _given(library, asked.facts[0], known.answers.get(asked.facts[0], ()))
    numbers = [value for value in values if isinstance(value, int)]
    if len(numbers) == len(values) > 1:
        return str(sum(numbers))
    return _value(library, asked.facts[0], values[0]) if len(values) == 1 and values[0] is not None else ""


def _given(library: Library, fact: str, answer: Answer) -> str:
    """An answer that makes no fact, such as that somebody would rather not say."""
    codes = (answer,) if isinstance(answer, str) else answer
    return ", ".join(_value(library, fact, code) for code in codes)


def _value(library: Library, fact: str, value: Value) -> str:
    """A number as it is; a code by its words, in quotation marks."""
    if isinstance(value, frozenset):
        return ", ".join(_value(library, fact, code) for code in sorted(value))
    if isinstance(value, int):
        return str(value)
    return str(_("rule.quoted", words=_coded(library, fact, value)))


def _coded(library: Library, fact: str, code: str) -> str:
    if fact == DOOR:
        return door_title(library, code, g.language)
    instrument, _dot, scheme = fact.partition(".")
    found = library.instruments.get(instrument)
    bands = found.words[g.language].bands.get(scheme, {}) if found and g.language in found.words else {}
    return bands[code].label if code in bands else short_option(library, fact, code, g.language)


def _label(library: Library, fact: str) -> str:
    """The question that makes a fact; for a score, the name of its instrument and of the part."""
    if fact == DOOR:
        return str(_("rule.door"))
    if words := question(library, fact, g.language):
        return words
    instrument, _dot, part = fact.partition(".")
    found = library.instruments.get(instrument)
    if found is None or g.language not in found.words:
        return fact
    words_of = found.words[g.language]
    return str(_("rule.sum", title=words_of.title, part=words_of.scores.get(part, ""))).rstrip(" ,")
