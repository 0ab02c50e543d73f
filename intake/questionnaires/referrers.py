"""The units that may refer somebody: a data file, from which a question takes its answers and their words.

Proper names are the same in every language, so an answer set `{from: referrers, kind: school, also: [other]}` has the
units of that kind as answers, by id, and only the codes in `also` need words of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from intake.questionnaires.model import Answers
from intake.questionnaires.source import Node, read

REFERRERS = "referrers.yaml"

Names: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Referrer:
    """A unit that meets people in its work; `kind` says which list it stands in, `town` where it is."""

    id: str
    name: str
    kind: str
    town: str

    @property
    def answers(self) -> Answers:
        """What a form could begin with for whoever refers from here; a door without these questions asks none."""
        return {"referral.kind": self.kind, "referral.unit": self.id}


def load_referrers(root: Path) -> Mapping[str, Referrer]:
    """Read referrers.yaml under `root`, by id; raise DefinitionError where two of a kind are called the same."""
    units = read(root, root / REFERRERS).fields("owner units", "checked")["units"]
    found: dict[str, Referrer] = {}
    for id_, node in units.entries().items():
        given = node.fields("name kind town")
        unit = Referrer(id_, given["name"].text(), given["kind"].text(), given["town"].text())
        if any((unit.name, unit.kind) == (other.name, other.kind) for other in found.values()):
            raise given["name"].wrong("another unit of this kind is called the same")
        found[id_] = unit
    return found


def names(root: Path, options: Node | None) -> Names:
    """The names by id that the named answer sets in `options` take from the list, by set; the others are left out."""
    sets = options.entries() if options else {}
    return {name: _taken(root, node) for name, node in sets.items() if is_reference(node)}


def is_reference(node: Node) -> bool:
    """Tell whether an answer set is taken from the list."""
    return isinstance(node.value, dict) and "from" in node.value


def _taken(root: Path, node: Node) -> Mapping[str, str]:
    found = node.fields("from kind", "also")
    found["from"].one_of(("referrers",))
    kind = found["kind"].text()
    taken = {unit.id: unit.name for unit in load_referrers(root).values() if unit.kind == kind}
    if not taken:
        raise found["kind"].wrong(f"no unit in {REFERRERS} is of the kind '{kind}'")
    return taken
