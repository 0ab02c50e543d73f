"""Who is told of which alarms, and when: at once when something is new, then once every open day while it goes on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from intake.records.models import User
from intake.records.queries import alarms, notices
from intake.records.queries.notices import EVERYWHERE, Kind, NewNotice
from intake.routing.deadlines import ZONE, has_opened
from intake.routing.model import Directory


def due_notices(
    session: Session, directory: Directory, staff: Mapping[str, Sequence[User]], now: datetime
) -> Iterator[NewNotice]:
    """Everything that should be told by now; what was told in its period already is among it, and changes nothing."""
    for loud in alarms.loud_units(session):
        unit = directory.units.get(loud.unit)
        kind: Kind = "urgent" if loud.urgent else "waiting"
        if unit and (period := period_of(kind, loud.latest, now, open_now=has_opened(unit, now))):
            yield from _to(staff.get(unit.id, ()), kind, unit.id, period)
    latest = alarms.latest_technical(session)
    somewhere_open = any(has_opened(unit, now) for unit in directory.units.values())
    if latest and (period := period_of("technical", latest, now, open_now=somewhere_open)):
        yield from _to(notices.overseers(session), "technical", EVERYWHERE, period)


def period_of(kind: Kind, latest: datetime, now: datetime, *, open_now: bool) -> str:
    """The period a notice told now belongs to, empty when this is no time to tell: one is written for each.

    A period is a day on the wall of the clinic. What was raised today is told at whatever hour; what goes on is told
    again when a new open day has begun. What is urgent and new is told again within the day, though once an hour.
    """
    today, raised = now.astimezone(ZONE), latest.astimezone(ZONE)
    if raised.date() == today.date():
        return f"{raised:%Y-%m-%dT%H}" if kind == "urgent" else f"{today:%Y-%m-%d}"
    return f"{today:%Y-%m-%d}" if open_now else ""


def _to(users: Sequence[User], kind: Kind, unit: str, period: str) -> Iterator[NewNotice]:
    yield from (NewNotice(user.id, kind, unit, period) for user in users if user.email)
