"""Bringing catalogs in line with the Swedish: its keys, its order, its sections. No word is ever made up."""

from collections.abc import Iterable
from dataclasses import replace

from intake.catalogs import Entry, PoFile
from intake.translating.keys import Use, domain_of


def source_in_use(source: PoFile, domain: str, use: Use, known: Iterable[str]) -> PoFile:
    """The Swedish catalog of a domain without what nothing uses, and with an empty entry for each key in no catalog."""
    kept = {key: entry for key, entry in source.entries.items() if use.uses(key)}
    others = set(known)
    new = {
        key: Entry(key, ("",) * (source.forms if wanted.plural else 1), wanted.plural)
        for key, wanted in sorted(use.wanted.items())
        if key not in others and domain_of(wanted.place) == domain
    }
    return replace(source, entries={**kept, **new})


def in_line(source: PoFile, other: PoFile) -> PoFile:
    """Another language's catalog with the keys, order and sections of the Swedish; what it lacks gets no words."""
    return replace(other, entries={key: _like(entry, other) for key, entry in source.entries.items()})


def _like(entry: Entry, other: PoFile) -> Entry:
    """An entry of the Swedish with the words the other language has; a form that came to be or went is not guessed."""
    forms = other.forms if entry.plural else 1
    known = other.entries.get(entry.key)
    if known is None or len(known.words) != forms or bool(known.plural) != bool(entry.plural):
        return Entry(
            entry.key, ("",) * forms, entry.plural, section=entry.section, remarks=known.remarks if known else ()
        )
    return replace(known, plural=entry.plural, section=entry.section)
