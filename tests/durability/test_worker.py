"""A worker that is killed in the middle of opening the inbox loses nothing and opens nothing twice."""

import random
import time

import pytest
from sqlalchemy import func, select

from intake.config import Settings
from intake.records.database import Database
from intake.records.models import Case, CaseEvent, Inbox
from tests.durability.service import Process
from tests.ingest.requests import receive, submission

REQUESTS = 200
KILLED_AT = (30, 80, 130)
ONE_ROW = 0.01
"""Seconds that opening a row takes at most, about: the kill hits any moment of it."""


@pytest.fixture
def full_inbox(settings: Settings, database: Database) -> Settings:
    """An installation whose inbox nobody has opened for a while."""
    with database.session() as session:
        receive(session, *(submission(settings.public_key) for _ in range(REQUESTS)))
    return settings


def cases(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def open_until(worker: Process, database: Database, wanted: int) -> None:
    """Let a worker begin, and kill it when there are so many cases."""
    worker.start()
    while cases(database) < wanted:
        assert worker.running is not None
        assert worker.running.poll() is None, "the worker was done before it could be killed"
        time.sleep(0.002)
    time.sleep(random.uniform(0, ONE_ROW))
    worker.kill()


def test_killing_the_worker_loses_and_doubles_nothing(full_inbox: Settings, database: Database) -> None:
    environ = {"INTAKE_HOME": str(full_inbox.home), "DATABASE_URL": full_inbox.database_url}
    worker = Process(environ, ("worker", "--once"))
    for wanted in KILLED_AT:
        open_until(worker, database, wanted)
    worker.start()
    assert worker.running is not None
    assert worker.running.wait() == 0

    with database.session() as session:
        emptied = session.scalars(select(Inbox.id).where(Inbox.opened_at.is_not(None), Inbox.sealed.is_(None))).all()
        opened = session.scalars(select(Case.inbox_id)).all()
        told = session.scalars(select(Case.inbox_id).join(CaseEvent).where(CaseEvent.kind == "received")).all()
    assert len(emptied) == REQUESTS
    assert sorted(opened) == sorted(emptied)
    assert sorted(told) == sorted(emptied)
