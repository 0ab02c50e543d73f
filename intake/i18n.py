"""Languages: which are offered, in which words, in which direction.

A catalog is a `.po` file read at start-up; there is nothing to compile and nothing to forget to compile. The keys in
code and templates are names (`start.heading`), so no sentence a person reads stands outside translations/. A language
is offered only when it has every key that Swedish has, and lacks nothing elsewhere.
"""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from babel.dates import get_timezone
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain

from intake import clock
from intake.errors import DefinitionError
from intake.languages import Language, best, read_languages
from intake.markup import as_text

SOURCE = "sv"
PUBLIC = "public"
STAFF = "staff"
TIMEZONE = "Europe/Stockholm"
"""The clinic's own clock: instants are kept in UTC and shown in this."""
ZONE = get_timezone(TIMEZONE)
_REVIEWED = re.compile(r'^"X-Reviewed: (?P<who>.+)\\n"$', re.MULTILINE)
NAMED = 5
"""Missing keys that a finding names; it counts the others."""

_SAYS_LANGUAGE = re.compile(rb'"Language: [^"\\]*\\n"')

Gaps: TypeAlias = Callable[[Iterable[str]], Mapping[str, tuple[str, ...]]]
"""Told the languages that have a catalog, says what these and any others lack elsewhere, in lines."""


@dataclass(frozen=True)
class Catalogs:
    """Every language that is offered, with its words; `withheld` says line by line what each other lacks."""

    languages: Mapping[str, Language]
    staff_languages: tuple[str, ...]
    translations: Mapping[str, Translations]
    withheld: Mapping[str, tuple[str, ...]]


def read_catalogs(folder: Path, gaps: Gaps = lambda _tags: {}) -> Catalogs:
    """Read translations/<language>/LC_MESSAGES/{public,staff}.po; raise DefinitionError when Swedish is not whole.

    `gaps` tells what else languages lack, those named and any others.
    """
    found = {path.parent.parent.name: path.parent for path in sorted(folder.glob(f"*/LC_MESSAGES/{PUBLIC}.po"))}
    elsewhere = gaps(found)
    languages, unknown = read_languages(folder, {SOURCE, *found, *elsewhere})
    read = {tag: _read(found[tag], PUBLIC, language) for tag, language in languages.items() if tag in found}
    catalogs = {tag: catalog for tag, catalog in read.items() if isinstance(catalog, Catalog)}
    lacking = {tag: _lacking(tag, read.get(tag), catalogs.get(SOURCE)) for tag in languages}
    if lacking[SOURCE]:
        raise DefinitionError(*lacking[SOURCE][0].split(": ", 1))
    lacking |= {tag: (reason,) for tag, reason in unknown.items()}
    withheld = {tag: lines for tag in lacking if (lines := (*elsewhere.get(tag, ()), *lacking[tag]))}
    whole = {tag: language for tag, language in languages.items() if tag not in withheld}
    offered = {tag: replace(language, reviewed=_reviewed(found[tag])) for tag, language in whole.items()}
    staff = _staff(found, offered)
    return Catalogs(
        languages=offered,
        staff_languages=tuple(staff),
        translations={tag: _translations([catalogs[tag], *filter(None, [staff.get(tag)])]) for tag in offered},
        withheld=withheld,
    )


def read_catalog(path: Path, language: Language) -> Catalog:
    """Read a catalog; a private tag in its header is no locale to Babel, so the language's own stands in."""
    return _parsed(path.read_bytes(), str(language.locale))


@lru_cache(maxsize=64)
def _parsed(content: bytes, locale: str) -> Catalog:
    told = _SAYS_LANGUAGE.sub(f'"Language: {locale}\\\\n"'.encode(), content, count=1)
    return read_po(io.BytesIO(told), locale=locale, abort_invalid=True)


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
    domain = babel.domain_instance = _MemoryDomain(catalogs.translations)
    # Jinja takes the words of a catalog for HTML, so that something filled in can be; they themselves are text.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Jinja's own extension brings it
        lambda key: as_text(domain.get_translations().ugettext(key)),
        lambda one, many, n: as_text(domain.get_translations().ungettext(one, many, n)),
        newstyle=True,
    )
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


def browsers_language(catalogs: Catalogs) -> str:
    """The best language for the browser of this request."""
    return best_language(catalogs, [tag for tag, quality in request.accept_languages if quality > 0])


def best_language(catalogs: Catalogs, accepted: Iterable[str]) -> str:
    """The first of the browser's languages that is offered; Swedish when none is."""
    return best(catalogs.languages, accepted) or SOURCE


class _MemoryDomain(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """Flask-Babel's domain, answering from the catalogs read at start-up instead of compiled files."""

    def __init__(self, translations: Mapping[str, Translations]) -> None:
        super().__init__()
        self._by_tag = translations

    def get_translations(self) -> Translations:
        tag = getattr(g, "language", SOURCE) if has_request_context() else SOURCE
        return self._by_tag.get(tag, self._by_tag[SOURCE])


def _read(folder: Path, domain: str, language: Language) -> Catalog | str:
    """A catalog, or what is wrong with it."""
    try:
        return read_catalog(folder / f"{domain}.po", language)
    except (PoFileError, ValueError) as error:
        return str(error)


def _reviewed(folder: Path) -> str:
    """Who has read the words, by the head of the public catalog."""
    said = _REVIEWED.search((folder / f"{PUBLIC}.po").read_text(encoding="utf-8"))
    return said["who"] if said else ""


def _lacking(tag: str, catalog: Catalog | str | None, source: Catalog | None) -> tuple[str, ...]:
    """What the public catalog of a language lacks of the Swedish one, in a line; nothing when it is whole."""
    place = f"translations/{tag}/LC_MESSAGES/{PUBLIC}.po"
    if catalog is None:
        return (f"{place}: the file is missing",)
    if isinstance(catalog, str):
        return (f"{place}: {catalog}",)
    missing = missing_keys(source, catalog) if source else []
    named = ", ".join(missing[:NAMED]) + (" …" if len(missing) > NAMED else "")
    return (f"{place}: {len(missing)} keys have no words: {named}",) if missing else ()


def _staff(found: Mapping[str, Path], offered: Mapping[str, Language]) -> Mapping[str, Catalog]:
    """The staff catalogs of the offered languages that are whole."""
    there = {tag: language for tag, language in offered.items() if (found[tag] / f"{STAFF}.po").is_file()}
    read = {tag: _read(found[tag], STAFF, language) for tag, language in there.items()}
    catalogs = {tag: catalog for tag, catalog in read.items() if isinstance(catalog, Catalog)}
    return {tag: each for tag, each in catalogs.items() if not missing_keys(catalogs[SOURCE], each)}


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
