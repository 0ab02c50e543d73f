"""Units that are paused: when, and who receives meanwhile, so that no request lies where nobody reads."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from intake.routing.model import Pause, Unit

DAY = timedelta(days=1)


def pause_on(unit: Unit, day: date) -> Pause | None:
    """The unit's pause, if it is paused on `day`."""
    return unit.pause if unit.pause and unit.pause.covers(day) else None


def receivers(units: Mapping[str, Unit], unit: str, day: date) -> tuple[str, ...]:
    """From a unit along those that stand in for each other on `day`, up to the one that receives.

    The last one is paused itself only where nobody stands in, or where they stand in for each other in a circle: then
    it is named twice. The loader refuses both for units that a request can come to.
    """
    followed = [unit]
    while (pause := pause_on(units[followed[-1]], day)) and pause.instead:
        followed.append(pause.instead)
        if pause.instead in followed[:-1]:
            break
    return tuple(followed)


def receiver(units: Mapping[str, Unit], unit: str, day: date) -> str:
    """The unit that receives on `day` what is meant for `unit`."""
    return receivers(units, unit, day)[-1]


def turning_days(units: Iterable[Unit]) -> tuple[date, ...]:
    """Every day on which a pause begins or has just ended: between two of them nothing changes."""
    pauses = [unit.pause for unit in units if unit.pause]
    ended = {pause.until + DAY for pause in pauses if pause.until}
    return tuple(sorted({pause.since for pause in pauses} | ended))
