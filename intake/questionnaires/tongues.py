"""In which language a questionnaire is put to somebody, and what a language lacks before it can be offered at all.

Some instruments exist only in the words their authors approved. A door is offered in a language all the same: a notice
stands there in place of such an instrument. Whoever has answered it already, in another language, keeps their answers
and sees the questions in a language that has them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from intake.questionnaires.model import Door, Instrument, Library, Page
from intake.questionnaires.words import SOURCE_LANGUAGE, Worded

NOTICE = "untranslated"
"""What a page presents that stands in place of an instrument without words in the language of the page."""

ELSE = ("en", "sv")
"""The languages an instrument is shown in, where it has to be in another than the page's, the likelier one first."""


@dataclass(frozen=True)
class Spoken:
    """A door in a language: its pages there, and the questionnaires `borrowed` from another language, by id."""

    language: str
    pages: tuple[Page, ...]
    borrowed: Mapping[str, str]

    def tongue(self, source: str) -> str:
        """The language in which a questionnaire is shown."""
        return self.borrowed.get(source, self.language)


def speak(door: Door, language: str, answered: Collection[str]) -> Spoken:
    """The door in a language, for somebody who has answered the facts `answered`."""
    missing = [instrument for instrument in door.instruments if language not in instrument.spoken]
    silent = {each.id for each in missing if not any(item.fact in answered for item in each.items)}
    return Spoken(language, tuple(_pages(door.pages, silent)), {each.id: fallback(each, language) for each in missing})


def fallback(instrument: Instrument, language: str) -> str:
    """The language in which an instrument is shown where it may not be asked in `language`."""
    wanted = (*truncations(language), *ELSE, *instrument.spoken)
    return next((tag for tag in wanted if tag in instrument.spoken), SOURCE_LANGUAGE)


def notices(pages: Iterable[Page]) -> tuple[str, ...]:
    """The instruments in whose place a notice stands among `pages`."""
    return tuple(page.source for page in pages if page.presents == NOTICE)


def answered_in(
    instruments: Iterable[Instrument], pages: Iterable[Page], language: str, kept: Mapping[str, str]
) -> Mapping[str, str]:
    """The language in which each instrument met on `pages` was answered: the one `kept`, else that it is shown in."""
    met = {page.source for page in pages if page.items}
    return {each.id: _answered_in(each, language, kept.get(each.id, "")) for each in instruments if each.id in met}


def limited(library: Library, languages: Collection[str], *, official: bool) -> Library:
    """The library with no instrument asked but in `languages`, and where `official` in no unofficial wording."""
    heard = {
        id_: replace(each, spoken=tuple(_allowed(each, languages, official=official)))
        for id_, each in library.instruments.items()
    }
    doors = {
        id_: replace(door, instruments=tuple(heard[each.id] for each in door.instruments))
        for id_, door in library.doors.items()
    }
    return replace(library, instruments=heard, doors=doors)


def gaps(
    instruments: Collection[Instrument], doors: Collection[Door], tags: Iterable[str] = ()
) -> Mapping[str, tuple[str, ...]]:
    """What each language lacks, a line for each file, nothing where it is whole: those with any words, and `tags`."""
    needed = {f"doors/{door.id}": (door.worded, True) for door in doors}
    needed |= {page.source: (page.worded, True) for door in doors for page in door.pages if page.source != door.id}
    needed |= {each.id: (each.worded, not each.official_only) for each in instruments}
    known = {tag for worded, _must in needed.values() for tag in (*worded.words, *worded.refused)}
    return {
        tag: tuple(line for folder, (worded, must) in needed.items() for line in _gap(folder, worded, tag, must=must))
        for tag in sorted({*known, *tags})
    }


def withheld(tag: str, line: str) -> str:
    """A line about what a language lacks, and what comes of it."""
    return f"{line}, so {tag} is not offered"


def truncations(tag: str) -> Iterator[str]:
    """A language tag, then ever wider ones, none that ends in what only introduces more: `sv-x-lattlast`, `sv`."""
    parts = tag.split("-")
    while parts:
        if len(parts[-1]) > 1:
            yield "-".join(parts)
        parts.pop()


def _pages(pages: Iterable[Page], silent: Collection[str]) -> Iterator[Page]:
    """The pages with a notice in place of the first page of each silent instrument, and without its others."""
    noticed: set[str] = set()
    for page in pages:
        if page.source not in silent:
            yield page
        elif page.source not in noticed:
            noticed.add(page.source)
            yield replace(page, id=NOTICE, items=(), skip_if=None, presents=NOTICE)


def _answered_in(instrument: Instrument, language: str, kept: str) -> str:
    if kept in instrument.words:
        return kept
    return language if language in instrument.spoken else fallback(instrument, language)


def _allowed(instrument: Instrument, languages: Collection[str], *, official: bool) -> Iterator[str]:
    for tag in instrument.spoken:
        if tag in languages and not (official and instrument.words[tag].status == "unofficial"):
            yield tag


def _gap(folder: str, worded: Worded, tag: str, *, must: bool) -> Iterator[str]:
    if tag in worded.refused:
        yield worded.refused[tag]
    elif must and tag not in worded.words:
        yield f"{folder}/{tag}.yaml: the file is missing"
