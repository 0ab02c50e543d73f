"""A professional writes: what the person knows and wants decides what is asked, and what is sealed."""

import json
from pathlib import Path
from random import Random

import pytest

from tests.public.person import Given, Person
from tests.public.sealed import Rows, opened

ASKS: dict[str, Given] = {
    "referral.kind": "school",
    "referral.unit": "school_lerum_upper",
    "someone.age": "17",
    "someone.town": "lerum",
    "someone.danger": "no",
    "someone.concerns": ["narcotics"],
    "someone.noticed": "Sover på lektionerna.",
    "someone.since": "months",
    "someone.tried": "Två samtal.",
    "referrer.name": "Ulrika",
    "referrer.phone": "031-390 06 20",
}
YES: dict[str, Given] = {"referral.informed": "yes", "referral.agrees": "yes"}
NO: dict[str, Given] = {"referral.informed": "yes", "referral.agrees": "no"}
NAMED: dict[str, Given] = {
    "someone.name": "KANARIE-NAMN",
    "someone.phone": "070-174 06 66",
    "someone.voicemail": "no",
    "someone.say_who": "no",
    "someone.times": ["evening"],
}
IDENTIFYING = ("KANARIE-NAMN", "70174066", "someone.name", "someone.phone", "someone.voicemail", "someone.times")


def everything(rows: Rows, person: Person, pristine: Path) -> str:
    """All that was sealed, as text."""
    return json.dumps(opened(rows.of(person.draft)[0], pristine))


def test_with_consent_the_form_ends_in_a_receipt_within_ten_pages(person: Person) -> None:
    person.begin("professional")
    pages = 1
    while not person.address.endswith("/review"):
        person.press({name: value for name, value in {**ASKS, **YES, **NAMED}.items() if name in person.seen.fields})
        pages += 1

    assert pages <= 10
    assert person.press().address.endswith("/done")


def test_with_consent_the_person_is_named_in_the_part_about_them(person: Person, rows: Rows, pristine: Path) -> None:
    person.begin("professional").walk({**ASKS, **YES, **NAMED}).press()
    content = opened(rows.of(person.draft)[0], pristine)

    assert content["third_party"]["answers"]["someone.name"] == "KANARIE-NAMN"
    assert "KANARIE-NAMN" not in json.dumps({**content, "third_party": None})


@pytest.mark.parametrize("consent", [NO, {"referral.informed": "no"}])
def test_a_consultation_without_a_name_says_so_and_asks_for_none(person: Person, consent: dict[str, Given]) -> None:
    person.begin("professional").walk({**ASKS, **consent}, until="someone.danger")

    assert "someone.name" not in person.walk({**ASKS, **consent}, until="referrer.name").seen.fields
    assert person.walk(ASKS).press().address.endswith("/done")


def test_that_no_name_may_be_written_is_said_plainly(person: Person) -> None:
    person.begin("professional").walk({**ASKS, **NO}, until="referral.informed").press(NO)

    assert person.seen.heading == "Skriv inte vem det är"


def test_a_changed_answer_drops_what_identifies_the_person(person: Person, rows: Rows, pristine: Path) -> None:
    person.begin("professional").walk({**ASKS, **YES, **NAMED}, until="referral.informed")
    page = person.address
    person.walk({**ASKS, **YES, **NAMED}).open(page).press(NO).walk(ASKS)
    assert not any(sign in person.page.text for sign in IDENTIFYING)
    sealed = everything(rows, person.press(), pristine)

    assert [sign for sign in IDENTIFYING if sign in sealed] == []
    assert "Sover" in sealed


def test_what_is_posted_by_hand_to_hidden_pages_is_not_sealed(person: Person, rows: Rows, pristine: Path) -> None:
    person.begin("professional").walk({**ASKS, **NO})
    token, door = person.seen.fields["csrf_token"], person.client.application.extensions["intake"].library
    for page in door.doors["professional"].pages:
        if page.source == "someone":
            person.client.post(f"{person.place}{page.step}", data={**ASKS, **NAMED, "csrf_token": token})
    sealed = everything(rows, person.open("review").press(), pristine)

    assert [sign for sign in IDENTIFYING if sign in sealed] == []


def test_after_the_age_of_a_child_nothing_can_be_sent(person: Person, rows: Rows) -> None:
    person.begin("professional").walk(ASKS, until="someone.age").press({"someone.age": "12"})

    assert "socialtjänstlagen (2025:400)" in person.page.text
    assert person.open("review").seen.heading == "Våra mottagningar tar emot från 13 år"
    assert rows.of(person.draft) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_door_says_that_it_is_no_report_and_how_to_make_one(person: Person, language: str) -> None:
    page = person.open(f"/{language}/professional").page.text

    assert "socialtjänstlagen (2025:400)" in page
    assert all(number in page for number in ("031-390 06 13", "031-390 06 14", "031-390 06 32", "112"))
    assert 'value="contact"' not in page


def test_another_kind_of_work_shows_other_units(person: Person) -> None:
    person.begin("professional").press({"referral.kind": "police"})

    assert "Närpolisen Lerum" in person.page.text
    assert "Elevhälsan" not in person.page.text


def test_a_unit_of_another_list_is_not_taken(person: Person) -> None:
    person.begin("professional").press({"referral.kind": "police"}).press({"referral.unit": "school_lerum_upper"})

    assert person.page.status_code == 422


def test_the_professional_must_be_in_reach(person: Person) -> None:
    person.begin("professional").walk({**ASKS, **NO}, until="referrer.name").press({"referrer.name": ""})

    assert person.page.status_code == 422
    assert "skip" not in person.seen.buttons


def test_all_that_may_be_written_about_somebody_fits_the_draft(person: Person) -> None:
    long = "".join(Random(7).choices("abcdefghijklmnopqrstuvwxyzåäö ,.", k=1000))
    said = {**ASKS, **YES, **NAMED, "someone.noticed": long, "someone.tried": long[:500]}

    assert person.begin("professional").walk(said).press().address.endswith("/done")
