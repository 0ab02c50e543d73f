"""What is sent to a unit that is paused lies where somebody reads it, and whoever reads it is told why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.pausing import WORDS, going_by, paused_definitions
from tests.staff.people import ALINGSAS, KIM, Clinic


@pytest.fixture
def clinic(clinic: Clinic, tmp_path: Path) -> Iterator[Clinic]:
    """The clinic while the unit in Alingsås is paused."""
    with going_by(clinic.app, paused_definitions(tmp_path, ALINGSAS)):
        yield clinic


def test_the_other_units_queue_holds_the_case_and_the_paused_one_none(clinic: Clinic) -> None:
    clinic.send()

    assert len(clinic.employ("anna", "reception", "vagen-in").sign_in().references("/staff/")) == 1
    assert clinic.employ("bo", "reception", ALINGSAS).sign_in().references("/staff/") == []


def test_whoever_answers_for_the_other_unit_answers_for_the_case(clinic: Clinic) -> None:
    case = clinic.case(clinic.receive())

    assert (case.unit, case.principal) == ("vagen-in", "region")


def test_staff_are_told_whom_it_was_meant_for(clinic: Clinic) -> None:
    anna = clinic.employ("anna", "reception", "vagen-in").sign_in()
    anna.get(f"/staff/case/{clinic.receive()}")

    assert "Socialmedicinska mottagningen Alingsås var pausad. Därför kom förfrågan hit." in anna.section("route")


def test_a_further_unit_that_is_paused_is_told_to_be(clinic: Clinic, tmp_path: Path) -> None:
    with going_by(clinic.app, paused_definitions(tmp_path / "psychiatry", "psykiatri-alingsas")):
        anna = clinic.employ("anna", "reception", ALINGSAS).sign_in()
        anna.get(f"/staff/case/{clinic.receive(KIM | {'health.conditions': ('mental',)})}")

    assert f"Västra Götalandsregionen · HSL Har paus just nu. {WORDS['sv']}" in anna.section("route")
