"""Languages: which are offered, in which words, in which direction.

A catalog is a `.po` file read at start-up; there is nothing to compile and nothing to forget to compile. The keys in
code and templates are names (`start.heading`), so no sentence a person reads stands outside translations/. A language
is offered only when it has every key that Swedish has.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel import Locale
from babel.dates import get_timezone
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, g, has_request_context
from flask_babel import Babel, Domain

from intake import clock
from intake.errors import DefinitionError

SOURCE = "sv"
PUBLIC = "public"
STAFF = "staff"
TIMEZONE = "Europe/Stockholm"
"""The clinic's own clock: instants are kept in UTC and shown in this."""
ZONE = get_timezone(TIMEZONE)


@dataclass(frozen=True)
class Language:
    """A language people can choose: its tag in addresses, its own name, its writing direction and its locale."""

    tag: str
    name: str
    direction: str
    locale: Locale


@dataclass(frozen=True)
class Catalogs:
    """Every language with its words; `incomplete` says which were left out and how many keys they lack."""

    languages: Mapping[str, Language]
    staff_languages: tuple[str, ...]
    translations: Mapping[str, Translations]
    incomplete: Mapping[str, int]


def read_catalogs(folder: Path) -> Catalogs:
    """Read translations/<language>/LC_MESSAGES/{public,staff}.po; raise DefinitionError when Swedish is not whole."""
    found = {path.parent.parent.name: path.parent for path in sorted(folder.glob(f"*/LC_MESSAGES/{PUBLIC}.po"))}
    if SOURCE not in found:
        raise DefinitionError(f"translations/{SOURCE}/LC_MESSAGES/{PUBLIC}.po", "the source language is missing")
    catalogs = {tag: _catalog(path / f"{PUBLIC}.po", tag) for tag, path in found.items()}
    missing = {tag: len(missing_keys(catalogs[SOURCE], catalog)) for tag, catalog in catalogs.items()}
    if missing[SOURCE]:
        raise DefinitionError(f"translations/{SOURCE}/LC_MESSAGES/{PUBLIC}.po", f"{missing[SOURCE]} keys have no words")
    offered = sorted((tag for tag in found if not missing[tag]), key=lambda tag: (tag != SOURCE, tag != "en", tag))
    staff = {tag: _catalog(path, tag) for tag in offered if (path := found[tag] / f"{STAFF}.po").is_file()}
    whole = tuple(tag for tag in staff if not missing_keys(staff[SOURCE], staff[tag]))
    return Catalogs(
        languages={tag: _language(tag) for tag in offered},
        staff_languages=whole,
        translations={tag: _translations([catalogs[tag], *([staff[tag]] if tag in whole else [])]) for tag in offered},
        incomplete={tag: count for tag, count in missing.items() if count},
    )


def missing_keys(source: Catalog, catalog: Catalog) -> list[str]:
    """The keys of `source` that have no words, or only guessed ones, in `catalog`."""
    return [key for message in source if (key := _key(message.id)) and not _worded(catalog, key)]


def setup(app: Flask, catalogs: Catalogs) -> None:
    """Let templates and code speak the language of the request, `g.language`."""
    babel = Babel(
        app,
        default_locale=SOURCE,
        default_timezone=TIMEZONE,
        locale_selector=lambda: current_language(catalogs).locale,
    )
    babel.domain_instance = _MemoryDomain(catalogs.translations)
    babel.domain_instance = _MemoryDomain(catalogs.translations)
    app.context_processor(
        lambda: {"language": current_language(catalogs), "languages": tuple(catalogs.languages.values())}
    )


def current_language(catalogs: Catalogs) -> Language:
    """The language of this request: what the address or the staff member chose, else Swedish."""
    tag = getattr(g, "language", SOURCE) if has_request_context() else SOURCE
    return catalogs.languages.get(tag, catalogs.languages[SOURCE])


def today() -> date:
    """The day it is on the clinic's own clock."""
    return clock.now().astimezone(ZONE).date()


def best_language(catalogs: Catalogs, accepted: Iterable[str]) -> str:
    """The first of the browser's languages that is offered, by its main tag; Swedish when none is."""
    for tag in accepted:
        for offered in (tag, tag.partition("-")[0].lower()):
            if offered in catalogs.languages:
                return offered
    return SOURCE


class _MemoryDomain(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """Flask-Babel's domain, answering from the catalogs read at start-up instead of compiled files."""

    def __init__(self, translations: Mapping[str, Translations]) -> None:
        super().__init__()
        self._by_tag = translations

    def get_translations(self) -> Translations:
        tag = getattr(g, "language", SOURCE) if has_request_context() else SOURCE
        return self._by_tag.get(tag, self._by_tag[SOURCE])


def _catalog(path: Path, tag: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=tag.replace("-", "_"), abort_invalid=True)


def _key(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _worded(catalog: Catalog, key: str) -> bool:
    message = catalog.get(key)
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _translations(catalogs: list[Catalog]) -> Translations:
    merged = Translations()
    for catalog in catalogs:
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged


def _language(tag: str) -> Language:
    locale = Locale.parse(tag, sep="-")
    name = locale.get_display_name(locale) or tag
    return Language(tag, name[0].upper() + name[1:], locale.text_direction, locale)
