"""A case in a language that lacks an instrument: staff are told, and read what was answered all the same."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from intake.config import Settings
from intake.records.database import Database
from tests.fixtures import speaking
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, KIM, Answers, Clinic

NOW: Answers = {**KIM, "concerns": ("narcotics",), "dudit_offer": "now"}
DUDIT: Answers = {f"dudit.q{number}": "2" for number in range(1, 12)}
FIRST = "Hur ofta använder du andra droger än alkohol?"


@pytest.fixture(scope="module")
def polyglot(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application in Arabic and easy Swedish too."""
    settings = Settings.read({"INTAKE_HOME": str(pristine), "INTAKE_HOSTS": "localhost"})
    with speaking.application(tmp_path_factory.mktemp("content"), settings, "ar", "sv-x-lattlast") as app:
        yield app


@pytest.fixture
def clinic(polyglot: Flask, sqlite_url: str) -> Iterator[Clinic]:
    """A clinic with nobody in it."""
    database = Database(sqlite_url)
    polyglot.extensions["intake"] = replace(polyglot.extensions["intake"], database=database)
    polyglot.extensions.pop("intake.keyring", None)
    yield Clinic(polyglot)
    database.close()


@pytest.fixture
def clinician(clinic: Clinic) -> Colleague:
    """Somebody who may read every answer."""
    return clinic.employ("cim", "clinician", ALINGSAS).sign_in()


def test_what_was_not_asked_is_said_and_none_of_its_questions_is_shown(clinic: Clinic, clinician: Colleague) -> None:
    clinician.get(f"/staff/case/{clinic.receive(NOW, language='ar')}")

    assert "DUDIT ställdes inte: det finns inte på arabiska. Gå igenom det tillsammans." in clinician.page
    assert FIRST not in clinician.page


def test_it_is_said_in_english_to_whoever_works_in_english(clinic: Clinic, clinician: Colleague) -> None:
    case = clinic.receive(NOW, language="sv-x-lattlast")
    clinician.get(f"/staff/case/{case}")
    assert "det finns inte på Lätt svenska." in clinician.page
    clinician.post("/staff/language", language="en", here="/staff/")
    clinician.get(f"/staff/case/{case}")

    assert "DUDIT was not asked: it does not exist in Lätt svenska. Go through it together." in clinician.page


def test_what_was_answered_in_another_language_is_read_as_it_was_asked(clinic: Clinic, clinician: Colleague) -> None:
    clinician.get(f"/staff/case/{clinic.receive(NOW | DUDIT, language='ar')}")

    assert "ställdes inte" not in clinician.page
    assert FIRST in clinician.page
    assert (
        '<span class="original" lang="en" dir="auto">How often do you use drugs other than alcohol?' in clinician.page
    )
    assert "Ordalydelse (engelska):" in clinician.section("scores")
    assert "har ändrats" not in clinician.page
