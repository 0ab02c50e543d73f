"""Which texts a page may show in a language: its own words, the proper names, and what is marked as another language.

A page that mixes languages is worse than one in a foreign language: whoever reads it does not know what they missed.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from intake.config import content_root

ROOT = content_root()
NOT_SHOWN = ("questionnaire", "cases")
# Nothing is asked of a text that says itself that it is another language, a name or a date, or that a person wrote.
TEXTS = """
    () => {
        const own = document.documentElement.lang;
        const apart = "bdi, time, svg, textarea, .languages li";
        const marked = node => node.closest("[lang]").lang !== own || node.closest(apart);
        const texts = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const parent = walker.currentNode.parentElement;
            if (!parent.closest("script, style") && !marked(parent)) texts.push(walker.currentNode.data);
        }
        for (const name of ["aria-label", "alt", "placeholder", "title"])
            for (const element of document.body.querySelectorAll(`[${name}]`))
                if (!marked(element)) texts.push(element.getAttribute(name));
        return [...document.title.split(/ · |: /), ...texts];
    }
"""
_EDGES = " \n\t·:.,()–-„“”\"'…"
_PLACE = re.compile(r"%\(\w+\)s|%%")


def foreign_texts(page: Page) -> list[str]:
    """The texts of a page that are neither in its language nor marked as another."""
    language = page.locator("html").get_attribute("lang") or ""
    shown: list[str] = page.evaluate(TEXTS)
    return [text for text in map(_plain, shown) if _has_letters(text) and not _is_own(text, language)]


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
    path = ROOT / "translations" / language / "LC_MESSAGES" / "public.po"
    with path.open("rb") as file:
        for message in read_po(file, locale=language.partition("-")[0]):
            yield from (message.string,) if isinstance(message.string, str) else message.string or ()


def _definitions(language: str) -> Iterator[str]:
    for path in (ROOT / "questionnaires").rglob(f"{language}.yaml"):
        for text in _leaves(_read(path)):
            yield from text.replace("**", "").split("\n")


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
