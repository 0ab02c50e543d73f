"""Who can be given a link of their own: schools, health centres and others, from referrers.yaml; else our own units."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import current_app

from intake.questionnaires.model import Answers
from intake.questionnaires.source import read
from intake.routing.model import Directory

REFERRERS = "referrers.yaml"
_KEPT_AS = "intake.referrers"


@dataclass(frozen=True)
class Referrer:
    """A unit that refers people: its name, what kind it is and in which town, as codes of the questionnaires."""

    id: str
    name: str
    kind: str
    town: str

    @property
    def answers(self) -> Answers:
        """What a form could begin with for whoever refers from here; a door without these questions asks none."""
        return {"referral.kind": self.kind, "referral.unit": self.id}


def load_referrers(root: Path, directory: Directory) -> Mapping[str, Referrer]:
    """Read referrers.yaml under `root`; without that file, the units of `directory` refer to each other."""
    if not (root / REFERRERS).is_file():
        return {id_: Referrer(id_, unit.name, unit.kind, unit.towns[0]) for id_, unit in directory.units.items()}
    units = read(root, root / REFERRERS).entries()["units"].entries()
    told = {id_: node.entries() for id_, node in units.items()}
    return {id_: Referrer(id_, *(each[part].text() for part in ("name", "kind", "town"))) for id_, each in told.items()}


def keep_referrers(extensions: dict[str, object], found: Mapping[str, Referrer]) -> None:
    """Let `referrers` find them."""
    extensions[_KEPT_AS] = found


def referrers() -> Mapping[str, Referrer]:
    """Everybody a link can be made for, by id."""
    return cast("Mapping[str, Referrer]", current_app.extensions[_KEPT_AS])
