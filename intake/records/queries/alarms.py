"""Alarms: raised once, cleared when what they are about is over, handled by somebody in between."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select, text, update
from sqlalchemy.orm import Session

from intake import clock
from intake.overdue import Cutoffs
from intake.records.box import Box, Encrypted
from intake.records.cooperation_models import Place
from intake.records.database import insert_into, rows_changed
from intake.records.ids import new_id
from intake.records.models import Inbox, User
from intake.records.queries.overdue import still_waits
from intake.records.watch_models import Alarm
from intake.routing.limits import Limit

TURN = 0x77617463
"""The number of the lock PostgreSQL keeps for us while one worker looks and the others go on."""

KEPT = timedelta(days=90)
"""How long an alarm that is over is kept."""

OF_A_CASE = tuple(sorted(Limit))
UNOPENED, UNREADABLE = "unopened", "unreadable"
UNDELIVERED, MAIL_SERVER = "undelivered", "mail_server"
CANARY, FORM = "canary", "form"
NO_COORDINATOR, NO_ADDRESS = "no_coordinator", "no_address"
TECHNICAL = (UNOPENED, UNREADABLE, UNDELIVERED, MAIL_SERVER, CANARY, FORM, NO_COORDINATOR, NO_ADDRESS)

_IS_OPEN = Alarm.cleared_at.is_(None)
_IS_LOUD = _IS_OPEN & Alarm.handled_at.is_(None)


@dataclass(frozen=True)
class NewAlarm:
    """An alarm to be raised: `reason` about `subject`, for the staff of `unit` or, without one, of everywhere."""

    reason: str
    subject: str
    since: datetime
    unit: str | None = None
    urgent: bool = False
    detail: str = ""


@dataclass(frozen=True)
class OpenAlarm:
    """An alarm that is not over; `who` is the user name of the colleague a notice did not reach, where it is that.

    `note` is ciphertext: `box.open(Encrypted.ALARM_NOTE, alarm.id, alarm.note)`.
    """

    id: str
    reason: str
    unit: str | None
    detail: str
    since: datetime
    who: str | None
    handled_at: datetime | None
    handled_name: str | None
    note: bytes | None


@dataclass(frozen=True)
class Loud:
    """That there are alarms nobody has handled in a unit, urgent or not, and when the latest was raised."""

    unit: str
    urgent: bool
    latest: datetime


def take_turn(session: Session) -> bool:
    """Tell whether it is ours to look until this transaction ends; on SQLite the right to write is that already."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.scalar(text("SELECT pg_try_advisory_xact_lock(:turn)"), {"turn": TURN}))


def known_subjects(session: Session, unit: str) -> set[tuple[str, str]]:
    """Every open alarm about a case of the unit, as reason and id."""
    statement = select(Alarm.reason, Alarm.subject).where(_IS_OPEN, Alarm.unit == unit, Alarm.reason.in_(OF_A_CASE))
    return {(reason, subject) for reason, subject in session.execute(statement)}


def raise_alarms(session: Session, new: Iterable[NewAlarm]) -> int:
    """Raise alarms; one that is open already, handled or not, stays as it is. Return how many are new."""
    now = clock.now()
    rows = [{"id": new_id(), "raised_at": now, **asdict(each)} for each in new]
    statement = insert_into(session, Alarm).on_conflict_do_nothing(
        index_elements=[Alarm.reason, Alarm.subject], index_where=_IS_OPEN
    )
    return sum(rows_changed(session, statement.values(row)) for row in rows)


def raise_again(session: Session, new: NewAlarm) -> None:
    """Raise an alarm also where somebody had handled it: it has happened once more."""
    if raise_alarms(session, [new]) == 0:
        again = update(Alarm).where(*_about(new.reason, new.subject), Alarm.handled_at.is_not(None))
        rows_changed(session, again.values(handled_at=None, handled_by=None, note=None, raised_at=clock.now()))


def clear(session: Session, reason: str, subject: str = "") -> None:
    """What this alarm was about is over."""
    _clear(session, *_about(reason, subject))


def clear_others(session: Session, reason: str, subjects: Collection[str]) -> None:
    """All alarms of a reason are over but those about these subjects."""
    _clear(session, _IS_OPEN, Alarm.reason == reason, Alarm.subject.not_in(subjects))


def clear_moved(session: Session, unit: str, cutoffs: Cutoffs) -> None:
    """Clear the alarms about cases of a unit in which nobody waits for that any more, or not too long."""
    if not known_subjects(session, unit):  # mostly: and the statement that follows is a long one
        return
    still = exists().where(Place.case_id == Alarm.subject, still_waits(cutoffs, Alarm.reason, Alarm.since))
    _clear(session, _IS_OPEN, Alarm.unit == unit, Alarm.reason.in_(OF_A_CASE), ~still)


def clear_readable(session: Session) -> None:
    """Clear the alarms about rows of the inbox that are no longer set aside."""
    still = exists().where(Inbox.id == Alarm.subject, Inbox.failed.is_not(None))
    _clear(session, _IS_OPEN, Alarm.reason == UNREADABLE, ~still)


def loud_units(session: Session) -> list[Loud]:
    """For each unit whether cases have waited too long there, urgent ones and others."""
    statement = (
        select(Alarm.unit, Alarm.urgent, func.max(Alarm.raised_at))
        .where(_IS_LOUD, Alarm.unit.is_not(None), Alarm.reason.in_(OF_A_CASE))
        .group_by(Alarm.unit, Alarm.urgent)
        .order_by(Alarm.unit, Alarm.urgent)
    )
    return [Loud(str(unit), urgent, latest) for unit, urgent, latest in session.execute(statement)]


def latest_technical(session: Session) -> datetime | None:
    """When the latest technical alarm was raised that nobody has handled; None when there is none."""
    return session.scalar(select(func.max(Alarm.raised_at)).where(_IS_LOUD, Alarm.reason.in_(TECHNICAL)))


def technical(session: Session, limit: int) -> Sequence[OpenAlarm]:
    """At most `limit` technical alarms that are open: those nobody has handled first, then the oldest."""
    about, by = User.__table__.alias("about"), User.__table__.alias("by")
    statement = (
        select(
            Alarm.id,
            Alarm.reason,
            Alarm.unit,
            Alarm.detail,
            Alarm.since,
            about.c.username,
            Alarm.handled_at,
            by.c.name,
            Alarm.note,
        )
        .outerjoin(about, (about.c.id == Alarm.subject) & (Alarm.reason == UNDELIVERED))
        .outerjoin(by, by.c.id == Alarm.handled_by)
        .where(_IS_OPEN, Alarm.reason.in_(TECHNICAL))
        .order_by(Alarm.handled_at.is_not(None), Alarm.since, Alarm.id)
        .limit(limit)
    )
    return [OpenAlarm(*row) for row in session.execute(statement)]


def count_technical(session: Session, limit: int) -> int:
    """How many technical alarms are open, not counted beyond `limit`."""
    some = select(Alarm.id).where(_IS_OPEN, Alarm.reason.in_(TECHNICAL)).limit(limit).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def handle(session: Session, box: Box, alarm_id: str, user_id: str, note: str) -> bool:
    """Note that somebody has handled a technical alarm; False when there is none such that is open and unhandled."""
    closed = box.close(Encrypted.ALARM_NOTE, alarm_id, note)
    statement = update(Alarm).where(Alarm.id == alarm_id, _IS_LOUD, Alarm.reason.in_(TECHNICAL))
    return rows_changed(session, statement.values(handled_at=clock.now(), handled_by=user_id, note=closed)) == 1


def left_lying(session: Session, before: datetime, limit: int) -> dict[str, datetime]:
    """Units for which something came before then and was not opened, each with the oldest; at most `limit` rows."""
    waits = (Inbox.opened_at.is_(None), Inbox.failed.is_(None), Inbox.received_hour < before)
    some = select(Inbox.unit, Inbox.received_hour).where(*waits).order_by(Inbox.received_hour, Inbox.id).limit(limit)
    rows = some.subquery()
    statement = select(rows.c.unit, func.min(rows.c.received_hour)).group_by(rows.c.unit)
    return {row[0]: row[1] for row in session.execute(statement)}


def set_aside(session: Session, limit: int) -> list[tuple[str, str, str, datetime]]:
    """At most `limit` rows that failed and that no alarm is open about: id, unit, reason code, hour."""
    told = exists().where(_IS_OPEN, Alarm.reason == UNREADABLE, Alarm.subject == Inbox.id)
    columns = (Inbox.id, Inbox.unit, Inbox.failed, Inbox.received_hour)
    statement = select(*columns).where(Inbox.failed.is_not(None), ~told).order_by(Inbox.failed).limit(limit)
    return [(id_, unit, str(failed), hour) for id_, unit, failed, hour in session.execute(statement)]


def sweep(session: Session, now: datetime) -> None:
    """Remove the alarms that have been over for long."""
    rows_changed(session, delete(Alarm).where(Alarm.cleared_at < now - KEPT))


def _about(reason: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return _IS_OPEN, Alarm.reason == reason, Alarm.subject == subject


def _clear(session: Session, *conditions: ColumnElement[bool]) -> None:
    rows_changed(session, update(Alarm).where(*conditions).values(cleared_at=clock.now()))
