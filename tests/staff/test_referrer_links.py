"""A link of a school or a health centre: the form of a professional begins with who refers, from where."""

import re

import pytest

from tests.public.person import Given, Person
from tests.public.words import said
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, Clinic

LINK = {"kind": "referrer", "unit": ALINGSAS, "door": "professional", "referrer": "school_lerum_upper"}
ABOUT_ANOTHER: dict[str, Given] = {
    "someone.age": "24",
    "someone.town": "alingsas",
    "referral.informed": "no",
    "someone.danger": "no",
    "referrer.name": "Ulrika",
    "referrer.phone": "031-390 06 20",
}


@pytest.fixture
def sam(either_clinic: Clinic) -> Colleague:
    """The coordinator of Alingsås, signed in."""
    return either_clinic.employ("sam", "coordinator", ALINGSAS).sign_in()


@pytest.fixture
def colleague(sam: Colleague) -> Person:
    """Somebody at the school, who followed its link to the door."""
    sam.get("/staff/links")
    sam.get(sam.post("/staff/links", **LINK).location)
    found = re.search(r"http://127.0.0.1:8000(/r/[^<]+)<", sam.page)
    assert found is not None
    person = Person(sam.client.application.test_client())
    return person.open(person.client.get(found[1]).location)


def test_the_door_says_through_a_link_too_how_to_report(colleague: Person) -> None:
    assert "socialtjänstlagen (2025:400)" in colleague.page.text
    assert "031-390 06 14" in colleague.page.text


def test_the_form_begins_with_who_refers_from_where(colleague: Person) -> None:
    colleague.press({"start": "questions"})

    assert colleague.seen.fields["referral.kind"] == ["school"]
    assert colleague.press().seen.fields["referral.unit"] == ["school_lerum_upper"]


def test_another_kind_of_unit_drops_the_one_that_was_filled_in(colleague: Person) -> None:
    colleague.press({"start": "questions"}).press({"referral.kind": "police"})

    assert colleague.seen.fields["referral.unit"] == []


def test_the_case_says_what_the_link_had_filled_in(sam: Colleague, colleague: Person) -> None:
    colleague.press({"start": "questions"}).press().press().walk(ABOUT_ANOTHER).press()
    sam.get("/staff/?order=-received")
    found = re.search(r'href="(/staff/case/[0-9a-f]+)"', sam.page)
    assert found is not None
    page = sam.get(found[1]).text

    assert said("source.prefilled") in page
    assert page.count("Elevhälsan, gymnasiet i Lerum") > 1
