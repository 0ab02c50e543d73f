"""Which texts a page may show in a language: its own words, the proper names, and what is marked as another language.

A page that mixes languages is worse than one in a foreign language: whoever reads it does not know what they missed.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from intake.catalogs import path_of, read_catalog
from intake.config import content_root
from intake.i18n import SOURCE

ROOT = content_root()
NOT_SHOWN = ("questionnaire", "cases")
SAID = ("aria-label", "alt", "placeholder", "title")
# Nothing is asked of a text that says itself that it is another language, a name or a date, or that a person wrote.
APART = ("bdi", "time", "svg", "textarea", "script", "style")
SWITCHER = "languages"
VOID = ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr", "path")
_EDGES = " \n\t·:.,()–-„“”\"'…"
_PLACE = re.compile(r"%\(\w+\)s|%%")


def foreign_texts(html: str) -> list[str]:
    """The texts of a page that are neither in its language nor marked as another."""
    shown = _Shown(html)
    return [text for text in map(_plain, shown.texts) if _has_letters(text) and not _is_own(text, shown.language)]


class _Shown(HTMLParser):
    """What a page shows or says in its own language, as far as it is not marked as something else."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = [("", False)]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.language = self.language or found.get("lang", "")
        inherited = self._open[-1][1] and found.get("lang") != self.language
        in_switcher = any(name == SWITCHER for name, _ in self._open)
        marked = inherited or tag in APART or in_switcher or found.get("lang", self.language) != self.language
        if not marked:
            self.texts += [found[name] for name in SAID if name in found]
        if tag not in VOID:
            self._open.append((SWITCHER if SWITCHER in found.get("class", "").split() else tag, marked))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and len(self._open) > 1:
            name, _ = self._open.pop()
            if name in (tag, SWITCHER):
                return

    def handle_data(self, data: str) -> None:
        name, marked = self._open[-1]
        if not marked:
            self.texts += re.split(" · |: ", data) if name == "title" else [data]


def _is_own(text: str, language: str) -> bool:
    """A text is a language's own when it is one of its texts, a part of one, or one with something filled in."""
    whole, filled = _own(language)
    return text in whole or any(pattern.fullmatch(text) for pattern in filled)


@cache
def _own(language: str) -> tuple[str, tuple[re.Pattern[str], ...]]:
    """All texts of a language in one, and a pattern for each in which something is filled in."""
    texts = [_plain(text) for text in (*_catalog(language), *_definitions(language), *_names())]
    filled = (".+".join(re.escape(part) for part in _PLACE.split(text)) for text in texts if _PLACE.search(text))
    return "\n".join(texts), tuple(re.compile(pattern) for pattern in filled)


def _catalog(language: str) -> Iterator[str]:
    for entry in read_catalog(path_of(ROOT / "translations", language, "public")).entries.values():
        yield from entry.words


def _definitions(language: str) -> Iterator[str]:
    for path in (ROOT / "questionnaires").rglob(f"{language}.yaml"):
        for text in _leaves(_read(path)):
            yield from text.replace("**", "").split("\n")
    if language == SOURCE:  # citations and attributions are Swedish, and stand with the structure
        for path in (ROOT / "questionnaires").rglob("questionnaire.yaml"):
            yield from _leaves(_read(path))


def _names() -> Iterator[str]:
    """The proper names of units, of those who answer for them and of those who refer: the same in every language."""
    services = _read(ROOT / "questionnaires" / "services.yaml")
    referrers = _read(ROOT / "questionnaires" / "referrers.yaml")
    for listed in (services["principals"], services["units"], referrers["units"]):
        yield from (entry["name"] for entry in listed.values())


def _leaves(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        return [text for child in value.values() for text in _leaves(child)]
    if isinstance(value, list):
        return [text for child in value for text in _leaves(child)]
    return [value] if isinstance(value, str) else []


def _read(path: Path) -> Any:  # noqa: ANN401  # whatever the file holds
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(_EDGES)


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
