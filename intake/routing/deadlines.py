"""Who has waited too long, counted as a clinic counts: only the hours of its open days pass.

Every case of a unit that waits for the same thing has the same limit, so the whole question is one instant, the
cutoff: who began to wait before it has waited too long. No case is computed by itself.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from intake.routing.calendar import is_open
from intake.routing.limits import Limit
from intake.routing.model import Unit
from intake.routing.urgency import Urgency

ZONE = ZoneInfo("Europe/Stockholm")
"""The clock on the wall of the clinics."""

LONGEST_LOOK_BACK = 2 * 366
"""Days: a unit that is never open stops nobody from counting."""


def cutoff(unit: Unit, limit: Limit, now: datetime, urgency: Urgency) -> datetime:
    """The instant before which somebody must have begun to wait to have waited too long by `now`; aware, in UTC."""
    left = timedelta(hours=unit.limits.open_hours(limit, urgency))
    for begins, ends in _open_before(unit, now):
        if ends - begins >= left:
            return ends - left
        left -= ends - begins
    return now.astimezone(UTC) - timedelta(days=LONGEST_LOOK_BACK)


def has_opened(unit: Unit, now: datetime) -> bool:
    """Tell whether this is an open day of the unit and it has opened already."""
    here = now.astimezone(ZONE)
    return is_open(unit, here.date()) and here.hour >= unit.limits.hours[0]


def _open_before(unit: Unit, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open hours before `now`, a day at a time and the latest first, in UTC so that they can be subtracted."""
    today = now.astimezone(ZONE).date()
    opens, closes = (timedelta(hours=hour) for hour in unit.limits.hours)
    for day in (today - timedelta(days=back) for back in range(LONGEST_LOOK_BACK)):
        if is_open(unit, day):
            midnight = datetime.combine(day, time(), ZONE)  # adding to it moves the hands of the clock on the wall
            begins, ends = ((midnight + hour).astimezone(UTC) for hour in (opens, closes))
            if begins < now:
                yield begins, min(ends, now.astimezone(UTC))
