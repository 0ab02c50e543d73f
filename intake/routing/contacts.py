"""The units people can turn to directly, as any page shows them: whom to call, when, and that a unit is paused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.routing.model import Unit
from intake.routing.pauses import pause_on

SOURCE_LANGUAGE = "sv"


@dataclass(frozen=True)
class Listed:
    """A unit in one language; `pause` is what people are told while it is paused, else empty."""

    name: str
    phone: str
    hours: str
    pause: str


def listed(units: Iterable[Unit], language: str, day: date) -> tuple[Listed, ...]:
    """Those of `units` that people can turn to directly, as they are on `day`."""
    return tuple(
        Listed(unit.name, unit.phone, unit.hours.get(language, ""), pause_words(unit, language, day))
        for unit in units
        if unit.is_public
    )


def pause_words(unit: Unit, language: str, day: date) -> str:
    """What people are told of a unit that is paused on `day`, in Swedish where there is nothing else; else nothing."""
    pause = pause_on(unit, day)
    return pause.words.get(language, pause.words[SOURCE_LANGUAGE]) if pause else ""
