"""The units people can turn to directly, as any page shows them: whom to call, when, and that a unit is paused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.questionnaires.tongues import truncations
from intake.routing.model import Unit
from intake.routing.pauses import pause_on


@dataclass(frozen=True)
class Listed:
    """A unit in one language; `pause` is what people are told while it is paused, else None."""

    name: str
    phone: str
    hours: str
    pause: str | None


def listed(units: Iterable[Unit], language: str, day: date) -> tuple[Listed, ...]:
    """Those of `units` that people can turn to directly, as they are on `day`."""
    return tuple(
        Listed(unit.name, unit.phone, unit.hours.get(language, ""), pause_words(unit, language, day))
        for unit in units
        if unit.is_public
    )


def pause_words(unit: Unit, language: str, day: date) -> str | None:
    """What people are told of a unit that is paused on `day`, else None.

    Empty where nobody has said it in their language: nothing is said in another, and pages tell only that it is so.
    """
    pause = pause_on(unit, day)
    if pause is None:
        return None
    return next((pause.words[tag] for tag in truncations(language) if tag in pause.words), "")
