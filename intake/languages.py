"""What a language is called, which way it is written, whose dates it has, and who it is for.

A tag may be any of BCP 47, a private one such as `sv-x-lattlast` included. What CLDR does not know of a language stands
in translations/languages.yaml, and so does the order in which people see them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError

from intake.errors import DefinitionError
from intake.questionnaires.source import Node, read
from intake.questionnaires.tongues import truncations

FILE = "languages.yaml"


@dataclass(frozen=True)
class Language:
    """A language people can choose: its tag in addresses, its own name, its writing direction and its locale.

    `also` are other tags by which browsers ask for it. `reviewed` is who has read all of its words, "no" where nobody
    whose own language it is has; empty for the source. `short` is its name where there is little room, empty where
    the name fits.
    """

    tag: str
    name: str
    direction: str
    locale: Locale
    also: tuple[str, ...] = ()
    reviewed: str = ""
    short: str = ""


def read_languages(folder: Path, tags: Collection[str]) -> tuple[Mapping[str, Language], Mapping[str, str]]:
    """The languages with these tags, in the order of languages.yaml under `folder`, and why any are none."""
    listed = read(folder, folder / FILE).entries() if (folder / FILE).is_file() else {}
    places = {tag: place for place, tag in enumerate(listed)}
    found: dict[str, Language] = {}
    unknown: dict[str, str] = {}
    for tag in sorted(tags, key=lambda tag: (places.get(tag, len(places)), tag)):
        try:
            found[tag] = _language(tag, listed.get(tag))
        except UnknownLocaleError:
            unknown[tag] = f"translations/{FILE}: {tag}: there is no such language, so its locale has to be said here"
    return found, unknown


def best(languages: Mapping[str, Language], accepted: Iterable[str]) -> str | None:
    """The first language asked for that there is, by its own tag, one it is also for, or a wider one of either."""
    known = {other.lower(): tag for tag, language in languages.items() for other in language.also}
    known |= {tag.lower(): tag for tag in languages}
    asked = (wider for tag in accepted for wider in truncations(tag.lower()))
    return next((known[tag] for tag in asked if tag in known), None)


def _language(tag: str, listed: Node | None) -> Language:
    found = listed.fields("", "name short locale also") if listed else {}
    locale = _locale(found["locale"]) if "locale" in found else next(_locales(tag), None)
    if locale is None:
        raise UnknownLocaleError(tag)
    name = found["name"].text() if "name" in found else locale.get_display_name(locale) or tag
    short = found["short"].text() if "short" in found else ""
    also = found["also"].texts() if "also" in found else ()
    return Language(tag, name[0].upper() + name[1:], locale.text_direction, locale, also, short=short)


def _locale(node: Node) -> Locale:
    locale = next(_locales(node.text()), None)
    if locale is None:
        raise DefinitionError(f"translations/{node.place}", f"there is no locale {node.value!r}")
    return locale


def _locales(tag: str) -> Iterator[Locale]:
    """The locales of a tag and of ever wider ones, as far as CLDR has them."""
    for wider in truncations(tag):
        try:
            yield Locale.parse(wider, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
