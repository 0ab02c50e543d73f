"""Open days: what a unit can promise, counted as people count, without its closed days, its pauses and the holidays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, islice

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
    return open_day_after(unit, sent, unit.expected_days)


def open_day_after(unit: Unit, day: date, number: int) -> date | None:
    """The unit's `number`-th open day after `day`, 1 being the next one; None where a pause without end comes first."""
    return next(islice(_open_days_after(unit, day), number - 1, None), None)


def open_day_before(unit: Unit, day: date, number: int) -> date:
    """The unit's `number`-th open day before `day`, 1 being the last one; pauses end where they began, so it exists."""
    earlier = (day - timedelta(days=back) for back in count(1))
    return next(islice((each for each in earlier if is_open(unit, each)), number - 1, None))


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
