"""The public process: without a private key, one application for all tests of the form, a browser for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intake import create_app
from intake.config import Settings
from tests.public.person import Person
from tests.public.sealed import Rows


@pytest.fixture(scope="session")
def public_home(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation's folder without the private keys."""
    home = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("public") / "home"))
    for key in ("inbox.private", "audit.private"):
        (home / "keys" / key).unlink()
    return home


@pytest.fixture(scope="session")
def public_app(public_home: Path) -> Iterator[Flask]:
    """The public process, over SQLite."""
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    app = create_app(Settings.read(environ))
    app.testing = True
    yield app
    app.extensions["intake"].database.close()


@pytest.fixture
def app(public_app: Flask) -> Flask:
    """What `client` talks to."""
    return public_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has never been here."""
    return app.test_client()


@pytest.fixture
def person(client: FlaskClient) -> Person:
    """Somebody in front of that browser."""
    return Person(client)


@pytest.fixture
def rows(public_home: Path) -> Rows:
    """The inbox."""
    return Rows(public_home)


@pytest.fixture
def away(public_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """The public process while the database is away."""
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    app = create_app(Settings.read({**environ, "DATABASE_URL": f"sqlite:///{tmp_path}/away/intake.db"}))
    app.testing = True
    yield app
    app.extensions["intake"].database.close()


@pytest.fixture
def visitor(away: Flask) -> Person:
    """Somebody who comes by then."""
    return Person(away.test_client())
