"""Which texts a page may show in a language: its own, whole, with nothing filled in but numbers, days and marked names.

A page that mixes languages is worse than one in a foreign language: whoever reads it does not know what they missed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date, format_time

from intake.catalogs import path_of, read_catalog
from intake.config import content_root
from intake.i18n import SOURCE, read_catalogs
from tests.languages.shown import MARK, Shown

ROOT = content_root()
QUESTIONNAIRES = ROOT / "questionnaires"
LANGUAGES = read_catalogs(ROOT / "translations").languages
# What a file of words says of itself, and nobody reads on a page.
PROVENANCE = ("language", "status", "source", "wording_checked")
# Answers and names that begin with a name in another language, with what it means in brackets behind it.
BY_NAME = (("options", "interpreter"), ("crisis",), ("social_services",))
A_YEAR = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
NUMBER = r"[\u2066\u2069]*\+?\d[\d .\-]*[\u2066\u2069]*"
_EDGES = " \n\t·:.,()–-„“”\"'…"
_PLACE = re.compile(r"%\((\w+)\)s")
_ADDRESS = re.compile(r"https://\S+")


def foreign_texts(html: str) -> list[str]:
    """The texts of a page that are neither in its language nor marked as something else."""
    shown = Shown(html)
    return [text for text in map(_plain, shown.texts) if _has_letters(text) and not _is_own(text, shown.language)]


def _is_own(text: str, language: str) -> bool:
    """A text is a language's own when it is one of its texts, whole; a marked name may stand before or behind it."""
    whole, filled = _own(language)
    alone = _plain(text.strip(MARK + _EDGES))
    return any(
        each in whole or filled.fullmatch(each) for each in (text, alone, _plain(_without_prefix(alone, language)))
    )


def _without_prefix(text: str, language: str) -> str:
    """The title of a page without the word that says that something on it is wrong."""
    return text.removeprefix(_words(language)["errors.prefix"])


@cache
def _own(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """All texts of a language, and a pattern for those in which something is filled in, and for days."""
    spoken = LANGUAGES[language]
    texts = {*_catalog(language), *_definitions(language), spoken.name, spoken.short}
    whole = frozenset(_plain(text) for text in texts if not _PLACE.search(text))
    filled = (_filled(_plain(text), language) for text in texts if _PLACE.search(text))
    return whole, re.compile("|".join((_day(language), *filled)))


def _filled(text: str, language: str) -> str:
    """A pattern for a text in which something is filled in."""
    parts = _PLACE.split(text)
    return "".join(_filler(part, language) if place % 2 else re.escape(part) for place, part in enumerate(parts))


def _filler(name: str, language: str) -> str:
    """What may be filled in under a name: answers where they are told, else a number, a day or what is marked."""
    if name == "answer":
        return "(?:" + "|".join(re.escape(text) for text in _options(language)) + ")"
    if name == "answers":
        words = _words(language)
        answer, joined = _filled(words["paper.answer"], language), (words["paper.or"], words["paper.and"])
        return f"{answer}(?:,? (?:{'|'.join(map(re.escape, joined))}) {answer})*"
    return f"(?:{MARK}|{NUMBER}|{_day(language)})"


@cache
def _day(language: str) -> str:
    """A pattern for a day with or without a time, in the words CLDR has for it."""
    locale = LANGUAGES[language].locale
    days = [format_date(day, size, locale) for day in A_YEAR for size in ("full", "long")]
    hours = [format_time(time(hour), "short", locale=locale) for hour in range(24)]
    found = {word for word in re.findall(r"[^\s\d:,،.]+", " ".join((*days, *hours))) if _has_letters(word)}
    word = rf"(?:\d[\d:]*|{'|'.join(map(re.escape, sorted(found, key=len, reverse=True)))})"
    return rf"(?=\D*\d){word}(?:[\s,،.]+{word})*"


@cache
def _words(language: str) -> dict[str, str]:
    entries = read_catalog(path_of(ROOT / "translations", language, "public")).entries
    return {key: entry.words[0] for key, entry in entries.items()}


def _catalog(language: str) -> Iterator[str]:
    for entry in read_catalog(path_of(ROOT / "translations", language, "public")).entries.values():
        yield from (words.replace("%%", "%") for words in entry.words)


@cache
def _definitions(language: str) -> tuple[str, ...]:
    """The texts of the questionnaires and the directory, as templates divide them."""
    texts = [text for content in _files(language) for text in _leaves(content)]
    if language == SOURCE:
        texts += [*_sources(), *_names()]
    return tuple(part for text in texts for paragraph in text.split("\n\n") for part in _ADDRESS.split(paragraph))


@cache
def _options(language: str) -> tuple[str, ...]:
    """The words of every answer, the longest first."""
    found = {text for content in _files(language) for text in _leaves(content.get("options", {}))}
    return tuple(sorted(found, key=len, reverse=True))


@cache
def _files(language: str) -> tuple[Any, ...]:
    return tuple(_read(path) for path in sorted(QUESTIONNAIRES.rglob(f"{language}.yaml")))


def _leaves(value: object, path: tuple[str, ...] = ()) -> Iterable[str]:
    if isinstance(value, dict):
        kept = {key: child for key, child in value.items() if path or key not in PROVENANCE}
        return [text for key, child in kept.items() for text in _leaves(child, (*path, str(key)))]
    if isinstance(value, list):
        return [text for child in value for text in _leaves(child, path)]
    if not isinstance(value, str):
        return []
    name, bracket, meaning = value.partition(" (")
    is_named = bracket and path[-1] != "when" and any(path[: len(start)] == start for start in BY_NAME)
    return [MARK + bracket + meaning] if name and is_named else [value]


def _sources() -> Iterator[str]:
    """Citations and attributions: they are Swedish, and stand with the structure."""
    for path in QUESTIONNAIRES.rglob("questionnaire.yaml"):
        structure = _read(path)
        yield structure.get("attribution", "")
        yield from (scheme["citation"] for scheme in structure.get("bands", {}).values())


def _names() -> Iterator[str]:
    """The Swedish names of units, of those who answer for them and of those who refer, and where the units are."""
    services = _read(QUESTIONNAIRES / "services.yaml")
    referrers = _read(QUESTIONNAIRES / "referrers.yaml")
    for listed in (services["principals"], services["units"], referrers["units"]):
        for entry in listed.values():
            yield from (entry["name"], entry.get("address", ""))


def _read(path: Path) -> Any:  # noqa: ANN401  # whatever the file holds
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(_EDGES)


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
