"""Whom to turn to about a request: the unit it lies with, or whoever stands in for that unit while it is paused."""

from typing import TypedDict

from flask import g

from intake.i18n import today
from intake.routing.contacts import Listed, listed, pause_words
from intake.routing.model import Unit
from intake.routing.pauses import receiver
from intake.web import parts


class Turning(TypedDict):
    """Who answers today (None where the unit is gone), and what is said of a paused unit (None: it is not)."""

    answering: Unit | None
    pause: str | None


def turning_to(unit: Unit | None) -> Turning:
    """Whom to turn to today about a request at `unit`, in the language of the request."""
    if unit is None:
        return {"answering": None, "pause": None}
    units = parts().directory.units
    return {"answering": units[receiver(units, unit.id, today())], "pause": pause_words(unit, g.language, today())}


def youth_units(language: str) -> tuple[Listed, ...]:
    """Where somebody young can turn directly."""
    youth = [unit for unit in parts().directory.units.values() if unit.kind == "youth"]
    return listed(youth, language, today())
