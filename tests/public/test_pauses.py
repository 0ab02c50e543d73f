"""A unit that is paused, from the start page to the receipt: people are told, and nothing they send lies unread."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.pausing import WORDS, going_by, paused_definitions
from tests.public.person import ADULT, REACH, Person
from tests.public.words import as_read
from tests.staff.people import ALINGSAS

CLINIC = "Socialmedicinska mottagningen Alingsås"


@pytest.fixture
def app(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application while the clinic in Alingsås is paused."""
    with going_by(app, paused_definitions(tmp_path / "paused", ALINGSAS)):
        yield app


@pytest.fixture
def at_review(person: Person) -> Person:
    return person.begin().walk({**ADULT, **REACH})


@pytest.mark.parametrize("page", ["/sv/", "/sv/help", "/sv/privacy", "/sv/nowhere/at/all"])
def test_every_page_with_its_number_says_that_it_is_paused(client: FlaskClient, page: str) -> None:
    html = client.get(page).text

    assert html.count(WORDS["sv"]) == 1
    assert html.count(CLINIC) == 1


def test_it_is_said_in_the_language_of_the_page(client: FlaskClient) -> None:
    assert WORDS["en"] in client.get("/en/").text


def test_units_that_nobody_turns_to_directly_are_on_no_page(client: FlaskClient) -> None:
    assert not [unit for unit in ("BUP", "Tandvården", "Boendestöd", "Elevhälsan") if unit in client.get("/sv/").text]


def test_whoever_is_about_to_send_is_told_where_it_goes_instead(at_review: Person) -> None:
    html = as_read(at_review.page.text)

    assert f"<b>{CLINIC} har paus just nu.</b> {WORDS['sv']}" in html
    assert "Skicka till Vägen in" in html
    assert "Västra Götalandsregionen ansvarar" in html


def test_the_receipt_promises_only_what_the_other_unit_can_keep(person: Person) -> None:
    with time_machine.travel("2026-11-25T09:00:00Z", tick=False):
        html = as_read(person.begin().walk({**ADULT, **REACH}).press().page.text)

    assert f"{CLINIC} har paus. Det du skickade gick därför till Vägen in." in html
    assert "fredag 27 november" in html
    assert "031-390 06 00" in html


def test_whoever_wrote_before_the_pause_is_told_whom_to_call_now(
    app: Flask, tmp_path: Path, client: FlaskClient
) -> None:
    root = paused_definitions(tmp_path / "later", ALINGSAS, since="2026-11-26")
    with going_by(app, root), time_machine.travel("2026-11-25T09:00:00Z", tick=False):
        person = Person(client).begin().walk({**ADULT, **REACH}).press()
        code = person.code
    with going_by(app, root), time_machine.travel("2026-11-26T08:00:00Z", tick=False):
        receipt = as_read(person.open("done").page.text)
        standing = as_read(client.post("/sv/code", data={"code": code}, follow_redirects=True).text)

    assert "Vi kan inte lova någon dag. Vill du ha kontakt fortare, ring Vägen in." in receipt
    assert WORDS["sv"] in receipt
    assert WORDS["sv"] in standing
    assert "Ring Vägen in:" in standing


def test_a_request_sent_as_ever_says_nothing_of_pauses(at_review: Person) -> None:
    at_review.open("6").press({"about.town": "lerum"})

    assert "paus" not in at_review.page.text
    assert "paus" not in at_review.press().page.text
