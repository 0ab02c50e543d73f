"""The demonstration, loaded once, for tests that only look at it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy.orm import Session

from intake.config import Settings, content_root
from intake.demonstration import load_demonstration
from intake.demonstration.cast import Cast, read_cast
from intake.questionnaires.loader import load
from intake.records.database import Database


@pytest.fixture(scope="session")
def cast() -> Cast:
    root = content_root() / "questionnaires"
    return read_cast(root, load(root))


@pytest.fixture(scope="session")
def demonstration(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of an installation with the demonstration in it."""
    home = copytree(pristine, tmp_path_factory.mktemp("demonstration") / "home")
    settings = Settings.read({"INTAKE_HOME": str(home), "INTAKE_HOSTS": "localhost"})
    assert len(list(load_demonstration(settings))) > 1
    return settings


@pytest.fixture
def records(demonstration: Settings) -> Iterator[Session]:
    """What is in its database."""
    database = Database(demonstration.database_url)
    with database.session() as session:
        yield session
    database.close()


@pytest.fixture
def empty(home: Path, database_url: str) -> Settings:
    """An installation nobody has written to, on either database."""
    return Settings.read({"INTAKE_HOME": str(home), "DATABASE_URL": database_url})
