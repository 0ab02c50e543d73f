"""Languages: which are offered, in which words, in which direction.

A catalog is a `.po` file read at start-up; there is nothing to compile and nothing to forget to compile. The keys in
code and templates are names (`start.heading`), so no sentence a person reads stands outside translations/. A language
is offered only when it has every key that Swedish has, and lacks nothing elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from babel.dates import get_timezone
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain

from intake import clock
from intake.catalogs import PoFile, compiled, missing, path_of, read_catalog, unfillable
from intake.errors import DefinitionError
from intake.languages import Language, best, read_languages
from intake.markup import as_text

SOURCE = "sv"
PUBLIC = "public"
STAFF = "staff"
TIMEZONE = "Europe/Stockholm"
"""The clinic's own clock: instants are kept in UTC and shown in this."""
ZONE = get_timezone(TIMEZONE)
NAMED = 5
"""Missing keys that a finding names; it counts the others."""

Gaps: TypeAlias = Callable[[Iterable[str]], Mapping[str, tuple[str, ...]]]
"""Told the languages that have a catalog, says what these and any others lack elsewhere, in lines."""


@dataclass(frozen=True)
class Catalogs:
    """Every language that is offered, with its words; `withheld` says line by line what each other lacks.

    `staff_withheld` says the same of languages that the public has and staff do not, though somebody began them.
    """

    languages: Mapping[str, Language]
    staff_languages: tuple[str, ...]
    translations: Mapping[str, Translations]
    withheld: Mapping[str, tuple[str, ...]]
    staff_withheld: Mapping[str, tuple[str, ...]]


def read_catalogs(folder: Path, gaps: Gaps = lambda _tags: {}) -> Catalogs:
    """Read translations/<language>/LC_MESSAGES/{public,staff}.po; raise DefinitionError when Swedish is not whole.

    `gaps` tells what else languages lack, those named and any others.
    """
    found = [path.parent.parent.name for path in sorted(folder.glob(f"*/LC_MESSAGES/{PUBLIC}.po"))]
    elsewhere = gaps(found)
    languages, unknown = read_languages(folder, {SOURCE, *found, *elsewhere})
    read = {tag: _read(folder, tag, PUBLIC) for tag in languages}
    lacking = _lacking(PUBLIC, read) | {tag: (reason,) for tag, reason in unknown.items()}
    withheld = {tag: lines for tag in lacking if (lines := (*elsewhere.get(tag, ()), *lacking[tag]))}
    public = {tag: each for tag, each in read.items() if isinstance(each, PoFile) and tag not in withheld}
    begun = [tag for tag in public if tag == SOURCE or path_of(folder, tag, STAFF).is_file()]
    read_staff = {tag: _read(folder, tag, STAFF) for tag in begun}
    staff_withheld = {tag: lines for tag, lines in _lacking(STAFF, read_staff).items() if lines}
    staff = {tag: each for tag, each in read_staff.items() if isinstance(each, PoFile) and tag not in staff_withheld}
    return Catalogs(
        languages={tag: replace(languages[tag], reviewed=each.reviewed) for tag, each in public.items()},
        staff_languages=tuple(staff),
        translations={tag: compiled(each, *filter(None, [staff.get(tag)])) for tag, each in public.items()},
        withheld=withheld,
        staff_withheld=staff_withheld,
    )


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


def _read(folder: Path, tag: str, domain: str) -> PoFile | DefinitionError:
    """A catalog, or what is wrong with it."""
    try:
        return read_catalog(path_of(folder, tag, domain))
    except DefinitionError as error:
        return error


def _lacking(domain: str, read: Mapping[str, PoFile | DefinitionError]) -> dict[str, tuple[str, ...]]:
    """What each catalog lacks of the Swedish one, in lines; raise DefinitionError when that is not whole itself."""
    source = read[SOURCE]
    if isinstance(source, DefinitionError):
        raise source
    if faults := list(_faults(source, source)):
        raise DefinitionError(_place(SOURCE, domain), faults[0])
    return {
        tag: (str(each),)
        if isinstance(each, DefinitionError)
        else tuple(f"{_place(tag, domain)}: {fault}" for fault in _faults(source, each))
        for tag, each in read.items()
    }


def _faults(source: PoFile, catalog: PoFile) -> Iterator[str]:
    """What a catalog lacks of the Swedish one, and what a page that shows its words would fail at."""
    if keys := missing(source, catalog):
        yield f"{len(keys)} keys have no words: {', '.join(keys[:NAMED])}{' …' if len(keys) > NAMED else ''}"
    yield from unfillable(source, catalog)


def _place(tag: str, domain: str) -> str:
    return f"translations/{tag}/LC_MESSAGES/{domain}.po"
