"""Whether the parts of the service live, by the marks they leave: what /readyz says and the alarms page shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from intake.records.queries import heartbeats

WORKER_LIMIT = timedelta(minutes=5)
WATCH_LIMIT = timedelta(minutes=15)
CANARY_LIMIT = timedelta(minutes=30)
"""From letting a canary go until it must have arrived."""


@dataclass(frozen=True)
class Health:
    """How old the marks are; None for what never left one."""

    worker: timedelta | None
    watch: timedelta | None
    mail: timedelta | None
    canary: timedelta | None
    canary_overdue: bool

    @property
    def worker_silent(self) -> bool:
        """Tell whether a worker has been here and is not heard of any more, or has stopped watching."""
        return _older(self.worker, WORKER_LIMIT) or _older(self.watch, WATCH_LIMIT)

    @property
    def tells_by_mail(self) -> bool:
        """Tell whether whoever watches can tell others by mail."""
        return self.mail is not None and self.mail <= WATCH_LIMIT

    def lines(self) -> Iterator[tuple[str, str]]:
        """Names and values for whoever watches from outside: ages in seconds, nothing about anybody."""
        yield "worker", _seconds(self.worker)
        yield "watch", _seconds(self.watch)
        yield "mail", _seconds(self.mail)
        yield "canary", f"{_seconds(self.canary)}{', overdue' if self.canary_overdue else ''}"


def health(session: Session, now: datetime) -> Health:
    """How the parts of the service are."""
    marks = heartbeats.heartbeats(session)
    return Health(
        worker=_age(marks, heartbeats.WORKER, now),
        watch=_age(marks, heartbeats.WATCH, now),
        mail=_age(marks, heartbeats.MAIL, now),
        canary=_age(marks, heartbeats.CANARY_ARRIVED, now),
        canary_overdue=overdue_canary(marks, now) is not None,
    )


def overdue_canary(marks: Mapping[str, datetime], now: datetime) -> datetime | None:
    """Since when a canary is owed that should have arrived by now; None when none is."""
    owed, arrived = marks.get(heartbeats.CANARY_OWED), marks.get(heartbeats.CANARY_ARRIVED)
    if owed is None or (arrived is not None and arrived >= owed):
        return None
    return owed if now - owed > CANARY_LIMIT else None


def _age(marks: Mapping[str, datetime], name: str, now: datetime) -> timedelta | None:
    return now - marks[name] if name in marks else None


def _older(age: timedelta | None, limit: timedelta) -> bool:
    return age is not None and age > limit


def _seconds(age: timedelta | None) -> str:
    return "never" if age is None else str(max(0, int(age.total_seconds())))
