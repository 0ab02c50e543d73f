"""The words of the directory: hours and numbers to call. Their structure stands once, their words once per language.

The Swedish words say which phrases for hours there are. Any other language file that does not cover exactly the same
phrases and lines is left out, with the reason, and the language with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.errors import DefinitionError
from intake.questionnaires.source import Node, read
from intake.questionnaires.wording import languages, same_keys
from intake.questionnaires.words import SOURCE_LANGUAGE

FOLDER = "directory"
CRISIS = "crisis.yaml"
SOCIAL_SERVICES = "social_services.yaml"
SERVICES = "services.yaml"


@dataclass(frozen=True)
class LineWords:
    """Somebody to call, in one language: their name, and when to call."""

    name: str
    when: str


@dataclass(frozen=True)
class DirectoryWords:
    """The words of one language: phrases for hours by name, and for each list its lines by id."""

    hours: Mapping[str, str]
    crisis: Mapping[str, LineWords]
    social_services: Mapping[str, LineWords]


@dataclass(frozen=True)
class Phrasebook:
    """The directory's words by language; `refused` says what is wrong with the file of each language left out."""

    words: Mapping[str, DirectoryWords]
    refused: Mapping[str, str]

    @property
    def tags(self) -> tuple[str, ...]:
        """Every language there is a file for."""
        return (*self.words, *self.refused)

    def gap(self, tag: str) -> tuple[str, ...]:
        """What is wrong with the words of a language, if anything."""
        if tag in self.words:
            return ()
        return (self.refused.get(tag, f"{FOLDER}/{tag}.yaml: the file is missing"),)

    def hours(self, named: Node) -> Mapping[str, str]:
        """The phrase a node names, by language; raise DefinitionError where there is no such phrase."""
        phrase = named.one_of(tuple(self.words[SOURCE_LANGUAGE].hours))
        return {tag: words.hours[phrase] for tag, words in self.words.items()}


def load_phrasebook(root: Path) -> Phrasebook:
    """Read directory/*.yaml under `root`; raise DefinitionError where the Swedish file is wrong."""
    ids = {CRISIS: _ids(root, CRISIS), SOCIAL_SERVICES: _ids(root, SOCIAL_SERVICES)}
    words = {SOURCE_LANGUAGE: _words(root, SOURCE_LANGUAGE, ids, None)}
    refused: dict[str, str] = {}
    for tag in languages(root / FOLDER):
        try:
            words[tag] = _words(root, tag, ids, tuple(words[SOURCE_LANGUAGE].hours))
        except DefinitionError as error:
            refused[tag] = str(error)
    return Phrasebook(words, refused)


def _ids(root: Path, file: str) -> tuple[str, ...]:
    """The lines of a list that is there; a folder of definitions without one has no lines to name."""
    if not (root / file).is_file():
        return ()
    return tuple(line.entries()["id"].text() for line in read(root, root / file).entries()["lines"])


def _words(root: Path, tag: str, ids: Mapping[str, tuple[str, ...]], phrases: tuple[str, ...] | None) -> DirectoryWords:
    found = read(root, root / FOLDER / f"{tag}.yaml").fields("language hours", "crisis social_services digits_differ")
    if found["language"].text() != tag:
        raise found["language"].wrong(f"should be {tag}, as the file is named")
    if phrases is not None:
        same_keys(found["hours"], phrases)
    return DirectoryWords(
        hours={name: phrase.text() for name, phrase in found["hours"].entries().items()},
        crisis=_lines(found, "crisis", ids[CRISIS]),
        social_services=_lines(found, "social_services", ids[SOCIAL_SERVICES]),
    )


def _lines(found: Mapping[str, Node], key: str, ids: tuple[str, ...]) -> Mapping[str, LineWords]:
    node = found.get(key, Node(found["language"].file, key, {}))
    same_keys(node, ids)
    return {id_: _line(entry) for id_, entry in node.entries().items()}


def _line(node: Node) -> LineWords:
    found = node.fields("name when")
    return LineWords(found["name"].text(), found["when"].text())


def unused_phrases(root: Path) -> Iterator[str]:
    """A finding for every phrase for hours that nothing in the directory names; none where there is no directory."""
    if not (root / SERVICES).is_file():
        return
    lists = [
        read(root, root / file).entries()["lines"] for file in (CRISIS, SOCIAL_SERVICES) if (root / file).is_file()
    ]
    entries = [line for list_ in lists for line in list_]
    entries += read(root, root / SERVICES).entries()["units"].entries().values()
    named = {entry.entries()["hours"].text() for entry in entries if "hours" in entry.entries()}
    phrases = read(root, root / FOLDER / f"{SOURCE_LANGUAGE}.yaml").entries()["hours"].entries()
    yield from (f"{node.place}: nothing has these hours" for phrase, node in phrases.items() if phrase not in named)
