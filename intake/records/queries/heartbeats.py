"""When each part of the service last lived. Names are constants here; nothing about anybody is among them."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.records.database import insert_into, rows_changed
from intake.records.watch_models import Heartbeat

WORKER = "worker"
"""The inbox was looked at."""
WATCH = "watch"
"""Somebody looked for what has waited too long."""
MAIL = "mail"
"""Whoever watched then could tell others by mail."""
CANARY_TRIED = "canary_tried"
"""A canary was let go, whether or not it got through the form."""
CANARY_OWED = "canary_owed"
"""The first canary let go since the last one arrived: from then on an arrival is owed."""
CANARY_ARRIVED = "canary_arrived"
"""When the latest canary that arrived had been let go."""
PINGED = "pinged"
"""The latest arrival the outside was told of."""


def heartbeats(session: Session) -> dict[str, datetime]:
    """Everything that is known, by name."""
    return {row[0]: row[1] for row in session.execute(select(Heartbeat.name, Heartbeat.at))}


def note(session: Session, name: str, at: datetime) -> None:
    """Note that it was then."""
    fresh = insert_into(session, Heartbeat).values(name=name, at=at)
    rows_changed(session, fresh.on_conflict_do_update(index_elements=[Heartbeat.name], set_={"at": at}))


def advance(session: Session, name: str, at: datetime) -> None:
    """Note that it was then, unless something later is known."""
    fresh = insert_into(session, Heartbeat).values(name=name, at=at)
    later = fresh.on_conflict_do_update(index_elements=[Heartbeat.name], set_={"at": at}, where=Heartbeat.at < at)
    rows_changed(session, later)


def claim(session: Session, name: str, at: datetime, every: timedelta) -> bool:
    """Take the turn that has come when the last one is `every` ago; False when it has not come, or somebody has it."""
    fresh = insert_into(session, Heartbeat).values(name=name, at=at)
    if rows_changed(session, fresh.on_conflict_do_nothing(index_elements=[Heartbeat.name])) == 1:
        return True
    due = update(Heartbeat).where(Heartbeat.name == name, Heartbeat.at <= at - every)
    return rows_changed(session, due.values(at=at)) == 1
