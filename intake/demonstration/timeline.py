"""When things happened in the demonstration, seen from now. Pure.

Hours are the hours of the clinic's own clock. People write at any hour of any day; staff act on working days, and
what they would do tomorrow has not happened yet.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from babel.dates import get_timezone

from intake.demonstration.cast import Act, Moment, Person
from intake.i18n import TIMEZONE

ZONE = get_timezone(TIMEZONE)
DAY = timedelta(days=1)
FRIDAY = 5


def sent_at(person: Person, now: datetime) -> datetime:
    """When the person pressed Send: today's hours that are still to come were yesterday's."""
    at = _at(now.astimezone(ZONE).date() - person.sent.days * DAY, person.sent)
    return at if at <= now else at - DAY


def happened(person: Person, now: datetime) -> Iterator[tuple[Act, datetime]]:
    """What staff have done so far, in order, each with its time, always after the person wrote."""
    received = sent_at(person, now)
    day = received.astimezone(ZONE).date()
    for act in person.history:
        at = max(_at(_working_day(day, act.when.days), act.when), received)
        if at > now:
            return
        yield act, at


def _at(day: date, moment: Moment) -> datetime:
    """The hour of that day on the clinic's clock, as an instant."""
    shown = datetime.combine(day, moment.hour, UTC)
    return shown - (shown.astimezone(ZONE).utcoffset() or timedelta())


def _working_day(first: date, number: int) -> date:
    """The working day `number` after `first`; a Saturday or Sunday is itself none, so 0 then is the Monday."""
    day = first
    while day.isoweekday() > FRIDAY:
        day += DAY
    for _ in range(number):
        day += DAY
        while day.isoweekday() > FRIDAY:
            day += DAY
    return day
