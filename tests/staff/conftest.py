"""The staff side over a database of each test's own, with the cast of people.py at work."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from intake import create_app
from intake.config import Settings
from intake.records.database import Database
from tests.fixtures.installation import intake
from tests.fixtures.server import Serve, Server
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, LERUM, Clinic


@pytest.fixture(scope="session")
def staff_app(pristine: Path) -> Flask:
    """The application as a clinic runs it; the database is given by `clinic`."""
    app = create_app(Settings.read({"INTAKE_HOME": str(pristine), "INTAKE_HOSTS": "localhost"}))
    app.testing = True
    return app


def _over(app: Flask, url: str) -> Iterator[Clinic]:
    database = Database(url)
    app.extensions["intake"] = replace(app.extensions["intake"], database=database)
    app.extensions.pop("intake.keyring", None)
    yield Clinic(app)
    database.close()


@pytest.fixture
def clinic(staff_app: Flask, sqlite_url: str) -> Iterator[Clinic]:
    """A clinic with nobody in it."""
    yield from _over(staff_app, sqlite_url)


@pytest.fixture
def either_clinic(staff_app: Flask, database_url: str) -> Iterator[Clinic]:
    """The same, once on SQLite and once on PostgreSQL."""
    yield from _over(staff_app, database_url)


@pytest.fixture
def anna(clinic: Clinic) -> Colleague:
    """Reception in Alingsås, not signed in yet."""
    return clinic.employ("anna", "reception", ALINGSAS)


@pytest.fixture
def bo(clinic: Clinic) -> Colleague:
    """Reception in Lerum, not signed in yet."""
    return clinic.employ("bo", "reception", LERUM)


@pytest.fixture(scope="module")
def clinic_server(serve: Serve, pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A service with the demonstration in it."""
    home = copytree(pristine, tmp_path_factory.mktemp("clinic") / "home")
    intake({"INTAKE_HOME": str(home)}, "demo")
    return serve({"INTAKE_HOME": str(home)})
