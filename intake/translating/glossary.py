"""Our words for things, in every language, and the words we never use: `translations/glossary.yaml`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.questionnaires.source import Node, read

FILE = "glossary.yaml"
OWN = ("sv", "en")


@dataclass(frozen=True)
class Glossary:
    """Terms by id and language; stems that occur in no text of a language; files that are excused from one, and why."""

    terms: Mapping[str, Mapping[str, str]]
    never: Mapping[str, tuple[str, ...]]
    excused: Mapping[str, Mapping[str, str]]


def read_glossary(translations: Path) -> Glossary:
    """Read the glossary; a folder without one has no terms. Raises DefinitionError when it is broken."""
    path = translations / FILE
    if not path.is_file():
        return Glossary({}, {}, {})
    found = read(translations.parent, path).fields("terms never", "excused")
    return Glossary(
        terms={id_: _term(node) for id_, node in found["terms"].entries().items()},
        never={tag: node.texts() for tag, node in found["never"].entries().items()},
        excused={
            file: {stem: reason.text() for stem, reason in node.entries().items()}
            for file, node in (found["excused"].entries() if "excused" in found else {}).items()
        },
    )


def avoided(text: str, stems: tuple[str, ...]) -> list[str]:
    """The stems of `stems` that a text uses.

    A stem stands at the beginning of a word. `=word` is that word alone, and `-stem` may end a longer one.
    """
    return [stem for stem in stems if _pattern(stem).search(text.casefold())]


def lacking(glossary: Glossary, tag: str) -> Iterator[str]:
    """The terms that have no word in a language; one that has none at all has not begun."""
    has = {id_ for id_, words in glossary.terms.items() if tag in words}
    if has or tag in glossary.never:
        yield from (id_ for id_ in glossary.terms if id_ not in has)


def _pattern(stem: str) -> re.Pattern[str]:
    word = re.escape(stem.lstrip("=-").casefold())
    if stem.startswith("="):
        return re.compile(rf"(?<!\w){word}(?!\w)")
    return re.compile(word if stem.startswith("-") else rf"(?<!\w){word}")


def _term(node: Node) -> dict[str, str]:
    found = node.fields("sv en note", "terms")
    own = {tag: found[tag].text() for tag in OWN}
    found["note"].text()
    return {**own, **({tag: each.text() for tag, each in found["terms"].entries().items()} if "terms" in found else {})}
