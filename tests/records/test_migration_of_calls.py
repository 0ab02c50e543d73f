"""What was done in cases before there were clocks for calls is read from their timelines, on both databases."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, DateTime, bindparam, select, text

import intake.records
from intake.records.cooperation_models import Place
from intake.records.database import Database
from intake.records.ids import new_id
from intake.records.models import Case
from tests.fixtures.postgres import Cluster
from tests.records.people import MONDAY

HOUR = timedelta(hours=1)
INBOX = """INSERT INTO inbox (id, draft_id, lookup, sealed, unit, principal, priority, language, door, definition,
    received_hour) VALUES (:id, :id, :id, :bytes, 'adult', 'region', 3, 'sv', 'self', 'd', :at)"""
CASE = """INSERT INTO cases (id, reference, inbox_id, lookup, unit, principal, state, priority, language, door,
    received_at, state_at, summary, contact, answers, demonstration, events, version)
    VALUES (:id, 'AAAAAAA', :id, :id, 'adult', 'region', 'assessed', 3, 'sv', 'self', :at, :at, :bytes, :bytes, :bytes,
    :demonstration, 0, 1)"""
EVENT = "INSERT INTO case_events (case_id, number, at, kind) VALUES (:id, :number, :at, :kind)"
CALLS: list[tuple[list[str], int, int | None]] = [
    ([], 0, None),
    (["open", "claim", "assess", "take_over"], 2, None),
    (["claim", "try", "reach", "assess"], 1, 3),
    (["claim", "try", "close", "reopen", "claim", "note"], 5, None),
    (["claim", "route", "hand_over", "decline"], 1, None),
    (["claim", "reach", "route", "hand_over", "come_back"], 5, None),
    (["claim", "reach", "route", "hand_over", "return", "try"], 5, 6),
]


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.create(f"old_{new_id()}", template="template1")
    with closing(Database(url)) as database:
        yield database


def upgrade(connection: Connection, revision: str) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(intake.records.__file__).parent / "migrations"))
    command.upgrade(config, revision)


def when(connection: Connection, hours: int) -> datetime:
    """So many hours after Monday at eight, as this database stores it."""
    at = MONDAY + hours * HOUR
    return at.replace(tzinfo=None) if connection.dialect.name == "sqlite" else at


@pytest.mark.parametrize(("kinds", "untried_since", "tried_at"), CALLS)
def test_clocks_are_read_from_the_timelines(
    empty: Database, kinds: list[str], untried_since: int, tried_at: int | None
) -> None:
    at = bindparam("at", type_=DateTime(timezone=True))
    with empty.writing() as session:
        upgrade(session.connection(), "0009")
        row = {"id": new_id(), "at": when(session.connection(), 0), "bytes": b"x", "demonstration": False}
        for statement in (INBOX, CASE):
            session.execute(text(statement).bindparams(at), row)
        for number, kind in enumerate(kinds, start=1):
            told = row | {"number": number, "kind": kind, "at": when(session.connection(), number)}
            session.execute(text(EVENT).bindparams(at), told)
        upgrade(session.connection(), "head")
        wanted = (MONDAY + untried_since * HOUR, None if tried_at is None else MONDAY + tried_at * HOUR)

        assert session.execute(select(Case.untried_since, Case.tried_at)).one() == wanted
        assert session.execute(select(Place.untried_since, Place.tried_at)).one() == wanted
