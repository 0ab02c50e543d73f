"""Numbers to call: data files, each with an owner and the day somebody last checked it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.questionnaires.source import Node, read

CRISIS = "crisis.yaml"
SOCIAL_SERVICES = "social_services.yaml"


@dataclass(frozen=True)
class CrisisWords:
    """An entry in one language; `hours` is empty where they are not known."""

    name: str
    when: str
    hours: str


@dataclass(frozen=True)
class CrisisLine:
    """Somebody to call. `foot` puts it at the foot of every page."""

    id: str
    number: str
    foot: bool
    words: Mapping[str, CrisisWords]


@dataclass(frozen=True)
class CrisisHelp:
    """All lines shown, in order, who keeps the list and when it was last checked (ISO date, empty: not yet)."""

    owner: str
    last_checked: str
    lines: tuple[CrisisLine, ...]

    def in_language(self, language: str) -> tuple[Mapping[str, str], ...]:
        """Every line in a language, those for the foot of each page first; Swedish where it has no words."""
        ordered = sorted(self.lines, key=lambda line: not line.foot)
        return tuple(_told(line, line.words.get(language, line.words["sv"])) for line in ordered)


def _told(line: CrisisLine, words: CrisisWords) -> Mapping[str, str]:
    return {"id": line.id, "phone": line.number, "name": words.name, "when": words.when, "hours": words.hours}


def load_crisis(root: Path) -> CrisisHelp:
    """Read crisis.yaml under `root`, for when it cannot wait; entries with `shown: false` are left out."""
    return _load(root, CRISIS)


def load_social_services(root: Path) -> CrisisHelp:
    """Read social_services.yaml under `root`: who takes a report that a child may be harmed."""
    return _load(root, SOCIAL_SERVICES)


def _load(root: Path, file: str) -> CrisisHelp:
    found = read(root, root / file).fields("owner lines", "last_checked")
    checked = found.get("last_checked")
    return CrisisHelp(
        owner=found["owner"].text(),
        last_checked=checked.text() if checked is not None and checked.value is not None else "",
        lines=tuple(_line(node) for node in found["lines"] if _shown(node)),
    )


def _shown(node: Node) -> bool:
    shown = node.entries().get("shown")
    return shown is None or shown.truth()


def _line(node: Node) -> CrisisLine:
    found = node.fields("id number words verified", "shown foot")
    words = {tag: entry.fields("name when", "hours") for tag, entry in found["words"].entries().items()}
    return CrisisLine(
        id=found["id"].text(),
        number=found["number"].text(),
        foot="foot" in found and found["foot"].truth(),
        words={
            tag: CrisisWords(
                entry["name"].text(), entry["when"].text(), entry["hours"].text() if "hours" in entry else ""
            )
            for tag, entry in words.items()
        },
    )
