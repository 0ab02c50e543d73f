"""One clinic that takes in and reads, on either database, and somebody with a receipt code."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from intake import create_app
from intake.config import Settings
from intake.records.database import Database
from tests.mailbox.kim import Kim
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, Clinic


@pytest.fixture(scope="session")
def whole_app(pristine: Path) -> Flask:
    """The application as a clinic runs it; the database is given by `clinic`."""
    app = create_app(Settings.read({"INTAKE_HOME": str(pristine), "INTAKE_HOSTS": "localhost"}))
    app.testing = True
    return app


@pytest.fixture
def clinic(whole_app: Flask, database_url: str) -> Iterator[Clinic]:
    """A clinic with nobody in it."""
    database = Database(database_url)
    whole_app.extensions["intake"] = replace(whole_app.extensions["intake"], database=database)
    whole_app.extensions.pop("intake.keyring", None)
    whole_app.extensions["intake.pace"]._buckets.clear()  # noqa: SLF001  # each test is a new day
    yield Clinic(whole_app)
    database.close()


@pytest.fixture
def anna(clinic: Clinic) -> Colleague:
    """Reception, not signed in yet."""
    return clinic.employ("anna", "reception", ALINGSAS)


@pytest.fixture
def kim(clinic: Clinic) -> Kim:
    """Somebody whose request lies in the inbox, in front of the page behind their code."""
    return Kim.sent(clinic).open_mailbox()
