"""The words of the definitions for a code: short where there is little room, the code itself where there are none."""

from collections.abc import Iterator

from babel import Locale

from intake.questionnaires.model import Door, Item, Library, Page


def option(library: Library, fact: str, code: str, language: str) -> str:
    """The words of one answer to `fact`, from the first door that asks it."""
    for page, item in _asking(library, fact):
        words = page.words.get(language)
        if words and code in words.options.get(item.options, {}):
            return words.options[item.options][code]
    return code


def short_option(library: Library, fact: str, code: str, language: str) -> str:
    """The same up to its first comma: examples and explanations help who answers, not who reads a table."""
    return option(library, fact, code, language).partition(",")[0]


def question(library: Library, fact: str, language: str) -> str:
    """The words in which `fact` is asked for, from the first door that asks it; nothing where none does."""
    for page, item in _asking(library, fact):
        if language in page.words:
            return page.words[language].items[item.name].text
    return ""


def interpreter(library: Library, code: str, language: str) -> str:
    """The language somebody wants an interpreter for, by its name alone: the form says it in that language too."""
    return Locale.parse(language, sep="-").languages.get(code) or option(library, "needs.interpreter", code, language)


def door_title(library: Library, door: str, language: str) -> str:
    """What a door is called."""
    known = library.doors.get(door)
    return known.words[language].title if known and language in known.words else door


def instrument_title(library: Library, instrument: str, language: str) -> str:
    """What an instrument is called."""
    known = library.instruments.get(instrument)
    return known.words[language].title if known and language in known.words else instrument


def _asking(library: Library, fact: str) -> Iterator[tuple[Page, Item]]:
    doors: Iterator[Door] = iter(library.doors.values())
    return ((page, item) for door in doors for page in door.pages for item in page.items if item.fact == fact)
