"""Open days: what a unit can promise, counted as people count, without its closed days and the Swedish holidays."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, islice

import holidays

from intake.routing.model import Unit

# Midsummer Eve, Christmas Eve and New Year's Eve are closed in fact, though not by law.
CATEGORIES = ("public", "de_facto")
YEARS_KEPT = 16


def is_open(unit: Unit, day: date) -> bool:
    """Tell whether the unit works on `day`."""
    return day.isoweekday() in unit.open_days and day not in _closed(day.year)


def answered_by(unit: Unit, sent: date) -> date:
    """The day by which the unit expects to have been in touch: its `expected_days`-th open day after `sent`."""
    return open_day_after(unit, sent, unit.expected_days)


def open_day_after(unit: Unit, day: date, number: int) -> date:
    """The unit's `number`-th open day after `day`, 1 being the next one."""
    return next(islice(_open_days_after(unit, day), number - 1, None))


def open_day_before(unit: Unit, day: date, number: int) -> date:
    """The unit's `number`-th open day before `day`, 1 being the last one."""
    earlier = (day - timedelta(days=back) for back in count(1))
    return next(islice((each for each in earlier if is_open(unit, each)), number - 1, None))


def _open_days_after(unit: Unit, day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        if is_open(unit, day):
            yield day


@lru_cache(YEARS_KEPT)
def _closed(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("SE", years=year, categories=CATEGORIES))
