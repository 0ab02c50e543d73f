"""One look at everything that must not go on: alarms are raised and cleared, and whoever can act is told."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from intake import clock
from intake.heartbeat import overdue_canary
from intake.overdue import cutoffs
from intake.records.models import PRIORITY, User
from intake.records.queries import alarms, heartbeats, notices, overdue
from intake.records.queries.alarms import NewAlarm
from intake.routing.model import Unit
from intake.watch import Watch
from intake.watch.telling import due_notices

LEFT_LYING = timedelta(hours=1)
"""How long a row may lie unopened beyond the hour in which it came; a worker opens it within seconds."""


def look(watch: Watch) -> bool:
    """Look once; False when another worker is looking at this moment. Alarms and their notices are one transaction."""
    with watch.database.writing() as session:
        if not alarms.take_turn(session):
            return False
        now, staff = clock.now(), notices.coordinators(session)
        for unit in watch.directory.units.values():
            _look_at_cases(session, unit, now)
        _look_at_inbox(session)
        _look_at_staff(session, watch, staff, now)
        _look_for_canary(session, now)
        if watch.settings.monitoring.mail:
            heartbeats.note(session, heartbeats.MAIL, now)
            notices.add(session, due_notices(session, watch.directory, staff, now))
        _forget(session, now)
        session.commit()
    return True


def _look_at_cases(session: Session, unit: Unit, now: datetime) -> None:
    limits = cutoffs([unit], now)
    alarms.clear_moved(session, unit.id, limits)
    known = alarms.known_subjects(session, unit.id)
    found = (_alarm_about(each) for each in overdue.oldest(session, limits))
    alarms.raise_alarms(session, [each for each in found if (each.reason, each.subject) not in known])


def _alarm_about(case: overdue.Overdue) -> NewAlarm:
    urgent = case.priority == PRIORITY["urgent"]
    return NewAlarm(case.limit, case.id, case.since, case.unit, urgent=urgent)


def _look_at_inbox(session: Session) -> None:
    """What was not opened at all, and what could not be opened."""
    lying = alarms.left_lying(session, clock.this_hour() - LEFT_LYING, overdue.COUNT_LIMIT)
    alarms.clear_others(session, alarms.UNOPENED, lying)
    alarms.raise_alarms(session, (NewAlarm(alarms.UNOPENED, unit, since, unit) for unit, since in lying.items()))
    alarms.clear_readable(session)
    rows = alarms.set_aside(session, overdue.PAGE)
    alarms.raise_alarms(
        session, [NewAlarm(alarms.UNREADABLE, id_, hour, unit, detail=why) for id_, unit, why, hour in rows]
    )


def _look_at_staff(session: Session, watch: Watch, staff: Mapping[str, list[User]], now: datetime) -> None:
    """A unit nobody coordinates, or whose coordinators cannot be told."""
    staffed = [unit.id for unit in watch.directory.units.values() if unit.has_staff]
    alone = {unit for unit in staffed if not staff.get(unit)}
    deaf = {unit for unit in staffed if not any(user.email for user in staff.get(unit, ()))}
    unreachable = deaf - alone if watch.settings.monitoring.mail else set()
    for reason, units in ((alarms.NO_COORDINATOR, alone), (alarms.NO_ADDRESS, unreachable)):
        alarms.clear_others(session, reason, units)
        alarms.raise_alarms(session, (NewAlarm(reason, unit, now, unit) for unit in sorted(units)))


def _look_for_canary(session: Session, now: datetime) -> None:
    owed = overdue_canary(heartbeats.heartbeats(session), now)
    if owed is None:
        alarms.clear(session, alarms.CANARY)
    else:
        alarms.raise_alarms(session, [NewAlarm(alarms.CANARY, "", owed)])


def _forget(session: Session, now: datetime) -> None:
    alarms.sweep(session, now)
    notices.sweep(session, now)
