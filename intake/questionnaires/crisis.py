"""Numbers to call: data files, each with an owner and the day somebody last checked it; words are the directory's."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.questionnaires.directory import CRISIS, SOCIAL_SERVICES, LineWords, Phrasebook, load_phrasebook
from intake.questionnaires.source import Node, read
from intake.questionnaires.words import SOURCE_LANGUAGE


@dataclass(frozen=True)
class CrisisLine:
    """Somebody to call, in words by language. `foot` puts it at the foot of every page; `hours` may not be known."""

    id: str
    number: str
    foot: bool
    words: Mapping[str, LineWords]
    hours: Mapping[str, str]


@dataclass(frozen=True)
class CrisisHelp:
    """All lines shown, in order, who keeps the list and when it was last checked (ISO date, empty: not yet)."""

    owner: str
    last_checked: str
    lines: tuple[CrisisLine, ...]

    def in_language(self, language: str) -> tuple[Mapping[str, str], ...]:
        """Every line in a language, those for the foot of each page first; Swedish where it has no words."""
        ordered = sorted(self.lines, key=lambda line: not line.foot)
        return tuple(_told(line, language if language in line.words else SOURCE_LANGUAGE) for line in ordered)


def _told(line: CrisisLine, language: str) -> Mapping[str, str]:
    words, hours = line.words[language], line.hours.get(language, "")
    return {"id": line.id, "phone": line.number, "name": words.name, "when": words.when, "hours": hours}


def load_crisis(root: Path) -> CrisisHelp:
    """Read crisis.yaml under `root`, for when it cannot wait; entries with `shown: false` are left out."""
    book = load_phrasebook(root)
    return _load(root, CRISIS, book, {tag: words.crisis for tag, words in book.words.items()})


def load_social_services(root: Path) -> CrisisHelp:
    """Read social_services.yaml under `root`: who takes a report that a child may be harmed."""
    book = load_phrasebook(root)
    return _load(root, SOCIAL_SERVICES, book, {tag: words.social_services for tag, words in book.words.items()})


def _load(root: Path, file: str, book: Phrasebook, words: Mapping[str, Mapping[str, LineWords]]) -> CrisisHelp:
    found = read(root, root / file).fields("owner lines", "last_checked")
    checked = found.get("last_checked")
    return CrisisHelp(
        owner=found["owner"].text(),
        last_checked=checked.text() if checked is not None and checked.value is not None else "",
        lines=tuple(_line(node, book, words) for node in found["lines"] if _shown(node)),
    )


def _shown(node: Node) -> bool:
    shown = node.entries().get("shown")
    return shown is None or shown.truth()


def _line(node: Node, book: Phrasebook, words: Mapping[str, Mapping[str, LineWords]]) -> CrisisLine:
    found = node.fields("id number verified", "hours shown foot")
    id_ = found["id"].text()
    return CrisisLine(
        id=id_,
        number=found["number"].text(),
        foot="foot" in found and found["foot"].truth(),
        words={tag: lines[id_] for tag, lines in words.items()},
        hours=book.hours(found["hours"]) if "hours" in found else {},
    )
