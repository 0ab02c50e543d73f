"""When the database or the key is missing, the staff side says so, and the public form does not notice."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from intake.records.database import Database
from intake.sealing.unseal import generate_keypair
from tests.staff.people import ALINGSAS, Clinic


@pytest.fixture
def without_database(staff_app: Flask) -> Iterator[Clinic]:
    """A clinic whose database cannot be opened."""
    database = Database("sqlite:////no/such/folder/intake.db")
    staff_app.extensions["intake"] = replace(staff_app.extensions["intake"], database=database)
    staff_app.extensions.pop("intake.keyring", None)
    yield Clinic(staff_app)
    database.close()


@pytest.fixture
def with_another_key(clinic: Clinic) -> Iterator[Clinic]:
    """A clinic that has data, and was started with the keys of another."""
    clinic.employ("anna", "reception", ALINGSAS)
    ours, (public, private) = clinic.parts, generate_keypair()
    other = replace(ours.settings, public_key=public, private_key=private)
    clinic.app.extensions["intake"] = replace(ours, settings=other)
    clinic.app.extensions.pop("intake.keyring", None)
    yield clinic
    clinic.app.extensions["intake"] = ours


def test_without_a_database_nobody_signs_in_and_the_page_says_try_again(without_database: Clinic) -> None:
    answer = without_database.outsider().get("/staff/sign-in")

    assert answer.status_code == 503
    assert "Det går inte att nå ärendena just nu" in answer.text
    assert "/no/such/folder" not in answer.text


def test_without_a_database_the_form_is_open(without_database: Clinic) -> None:
    assert without_database.outsider().get("/sv/self").status_code == 200


def test_with_another_key_the_staff_side_is_closed(with_another_key: Clinic) -> None:
    answer = with_another_key.outsider().get("/staff/sign-in")

    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text


def test_with_another_key_the_form_is_open(with_another_key: Clinic) -> None:
    assert with_another_key.outsider().get("/sv/self").status_code == 200
