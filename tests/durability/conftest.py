"""Real processes on real databases, and what is in the inbox when they are done."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.config import Settings
from intake.records.database import Database
from tests.durability.service import Service

Start = Callable[..., Service]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a service with the environment given; all are killed at the end."""
    services: list[Service] = []

    def started(**environ: str) -> Service:
        service = Service(environ)
        services.append(service)
        service.start()
        return service

    yield started
    for service in services:
        service.kill()


@pytest.fixture
def settings(home: Path, database_url: str) -> Settings:
    """An installation of this test's own, once on SQLite and once on PostgreSQL."""
    return Settings.read({"INTAKE_HOME": str(home), "DATABASE_URL": database_url})


@pytest.fixture
def service(settings: Settings, start: Start) -> Service:
    """That installation, running."""
    return start(INTAKE_HOME=str(settings.home), DATABASE_URL=settings.database_url)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """Its database, looked at from outside."""
    database = Database(settings.database_url)
    yield database
    database.close()
