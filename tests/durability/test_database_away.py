"""When nothing can be stored, the person is told so, keeps every answer, and can send it later all the same."""

import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.config import Settings
from intake.records.database import Database
from intake.records.migration import migrate
from intake.records.models import Case
from tests.durability.conftest import Start
from tests.durability.service import Process, Service
from tests.durability.visitor import Answer, Visitor
from tests.fixtures.postgres import Cluster, running_cluster
from tests.ingest.requests import receive, submission

UNIT_PHONE = "031-390 06 0"
NAME = "Räven"


@pytest.fixture
def file(home: Path) -> Path:
    """The SQLite database of the installation."""
    return home / "intake.db"


@pytest.fixture
def on_sqlite(home: Path, start: Start) -> Service:
    return start(INTAKE_HOME=str(home))


def rows(file: Path) -> int:
    with closing(sqlite3.connect(file)) as records:
        assert records.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(records.execute("SELECT count(*) FROM inbox").fetchone()[0])


def assert_kept(answer: Answer) -> None:
    """Nothing was sent, the page says so, still holds what was said, and has a number to call."""
    assert answer.status == 503
    assert NAME in answer.text
    assert UNIT_PHONE in answer.text
    assert "Traceback" not in answer.text


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the one right to write that SQLite has."""
    with closing(sqlite3.connect(file, isolation_level=None)) as records:
        records.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(service: Service) -> Iterator[None]:
    """Let the system refuse the service every further byte on disk."""
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    for _ in range(2):  # a worker that was just being born is met the second time; later ones inherit the limit
        for member in service.members():
            resource.prlimit(member, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    for member in service.members():
        resource.prlimit(member, resource.RLIMIT_FSIZE, unlimited)


def test_a_locked_database_is_waited_for_and_then_told(on_sqlite: Service, file: Path) -> None:
    visitor = Visitor(on_sqlite.port).fill_in(NAME)
    with locked(file):
        assert_kept(visitor.send())
        assert Visitor(on_sqlite.port).fill_in().review  # the form itself needs no database
    assert visitor.receipt()
    assert rows(file) == 1


def test_a_full_disk_stores_nothing_by_halves(on_sqlite: Service, file: Path) -> None:
    visitor = Visitor(on_sqlite.port).fill_in(NAME)
    with full(on_sqlite):
        assert_kept(visitor.send())
        assert rows(file) == 0
    assert visitor.receipt()
    assert rows(file) == 1


def test_a_database_that_comes_later_gets_what_waited(home: Path, tmp_path: Path, start: Start) -> None:
    file = tmp_path / "later" / "intake.db"
    service = start(INTAKE_HOME=str(home), DATABASE_URL=f"sqlite:///{file}")
    visitor = Visitor(service.port).fill_in(NAME)
    assert_kept(visitor.send())
    migrate(f"sqlite:///{file}")
    assert visitor.receipt()
    assert rows(file) == 1


@pytest.fixture(scope="module")
def cluster_of_its_own() -> Iterator[Cluster]:
    """A PostgreSQL server that a test may stop."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def on_postgres(home: Path, cluster_of_its_own: Cluster) -> Iterator[Settings]:
    """An installation on that server."""
    url = cluster_of_its_own.create("stopped", template="template1")
    migrate(url)
    yield Settings.read({"INTAKE_HOME": str(home), "DATABASE_URL": url})
    cluster_of_its_own.drop("stopped")


def test_a_stopped_postgresql_is_told_and_its_return_is_noticed(
    on_postgres: Settings, cluster_of_its_own: Cluster, start: Start
) -> None:
    service = start(INTAKE_HOME=str(on_postgres.home), DATABASE_URL=on_postgres.database_url)
    early, late = (Visitor(service.port).fill_in(NAME) for _ in range(2))
    assert early.receipt()
    with cluster_of_its_own.stopped():
        assert_kept(late.send())
        assert Visitor(service.port).fill_in().review
        assert Visitor(service.port).ask("GET", "/readyz").status == 503
    assert late.receipt() != early.receipt()


def test_a_worker_outlives_a_stopped_postgresql(on_postgres: Settings, cluster_of_its_own: Cluster) -> None:
    environ = {"INTAKE_HOME": str(on_postgres.home), "DATABASE_URL": on_postgres.database_url}
    worker, database = Process(environ, ("worker", "--every", "1")), Database(on_postgres.database_url)
    worker.start()
    receive_one(database, on_postgres)
    wait_for_cases(database, 1)
    with cluster_of_its_own.stopped():
        time.sleep(1.5)  # the worker looks once a second
    receive_one(database, on_postgres)
    wait_for_cases(database, 2)
    worker.kill()
    database.close()


def receive_one(database: Database, settings: Settings) -> None:
    with database.session() as session:
        receive(session, submission(settings.public_key))


def wait_for_cases(database: Database, wanted: int) -> None:
    deadline = time.monotonic() + 20
    with database.session() as session:
        while session.scalar(select(func.count()).select_from(Case)) != wanted:
            assert time.monotonic() < deadline, "the worker opened nothing"
            session.rollback()
            time.sleep(0.05)
