"""Open days: what a unit can promise, counted as people count, without its closed days, its pauses and the holidays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import holidays

from intake.routing.model import Unit
from intake.routing.pauses import pause_on

# Midsummer Eve, Christmas Eve and New Year's Eve are closed in fact, though not by law.
CATEGORIES = ("public", "de_facto")
YEARS_KEPT = 16


def is_open(unit: Unit, day: date) -> bool:
    """Tell whether the unit works on `day`."""
    return day.isoweekday() in unit.open_days and day not in _closed(day.year) and pause_on(unit, day) is None


def answered_by(unit: Unit, sent: date) -> date | None:
    """The day by which the unit expects to have been in touch: its `expected_days`-th open day after `sent`.

    None where nothing can be promised: the unit is paused that day, or will be for good before it could answer.
    """
    if pause_on(unit, sent):
        return None
    after = _open_days_after(unit, sent)
    promised = [day for _, day in zip(range(unit.expected_days), after, strict=False)]
    return promised[-1] if len(promised) == unit.expected_days else None


def _open_days_after(unit: Unit, day: date) -> Iterator[date]:
    """The open days after `day`; they end where a pause begins that has no end."""
    while True:
        day += timedelta(days=1)
        pause = pause_on(unit, day)
        if pause and pause.until is None:
            return
        if is_open(unit, day):
            yield day


@lru_cache(YEARS_KEPT)
def _closed(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year, categories=CATEGORIES))
