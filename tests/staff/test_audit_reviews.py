"""Spot checks as an auditor makes them: draw, look, mark, print."""

import re

import pytest
from sqlalchemy import text

from tests.staff.colleague import Colleague
from tests.staff.log import last, told
from tests.staff.people import ALINGSAS, KIM, Clinic

CANARY = "CANARY-53aa"
FIELDS = {"kind": "entries", "size": "10", "since": "2026-01-01", "until": "2199-12-31"}


@pytest.fixture
def alva(clinic: Clinic) -> Colleague:
    """The auditor, after reception read three cases."""
    anna = clinic.employ("anna", "reception", ALINGSAS).sign_in()
    for _ in range(3):
        anna.get(f"/staff/case/{clinic.receive(KIM | {'story': CANARY})}")
    alva = clinic.employ("alva", "auditor").sign_in()
    alva.get("/staff/audit/reviews")
    return alva


def drawn(alva: Colleague, **fields: str) -> str:
    """Draw a sample and open it; its address."""
    address = alva.post("/staff/audit/reviews", **FIELDS | fields).location
    assert alva.get(address).status_code == 200
    return address


def test_a_sample_is_drawn_and_shown_with_its_seed(alva: Colleague) -> None:
    drawn(alva)

    assert "3 av 3" in alva.page
    assert re.search(r'<code dir="ltr">[0-9A-Z]{3}-[0-9A-Z]{3}</code>', alva.page)
    assert alva.page.count("Öppnade ett ärende") == 3


def test_a_day_of_a_person_leads_to_all_they_did_on_it(alva: Colleague) -> None:
    drawn(alva, kind="days")
    day = re.search(r'href="(/staff/audit\?person=[^"]+)">Dagens 3 rader', alva.page)

    assert day
    assert alva.get(day[1].replace("&amp;", "&")).text.count("Öppnade ett ärende") > 3


def test_a_draw_is_in_the_log(alva: Colleague, clinic: Clinic) -> None:
    review = alva.post("/staff/audit/reviews", **FIELDS).location.rpartition("/")[2]

    assert (*told(last(clinic)), last(clinic).codes) == ("audit.draw", "done", f"kind=entries review={review} size=3")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"since": "2026-12-31", "until": "2026-01-01"}, "Välj en period"),
        ({"since": ""}, "Välj en period"),
        ({"kind": "people"}, "Välj en period"),
        ({"size": "1000000"}, "Välj en period"),
        ({"since": "2020-01-01", "until": "2020-12-31"}, "Ingen har arbetat med ärenden"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_said_so(
    alva: Colleague, clinic: Clinic, fields: dict[str, str], said: str
) -> None:
    answer = alva.post("/staff/audit/reviews", **FIELDS | fields)

    assert (answer.status_code, said in answer.text) == (422, True)
    assert told(last(clinic)) == ("audit.draw", "failed")


def test_what_was_found_is_kept_with_who_and_when(alva: Colleague, clinic: Clinic) -> None:
    address = drawn(alva)
    answer = alva.post(address, number="2", verdict="look", note="Varför på en söndag?")

    assert answer.location == f"{address}#item-2"
    assert told(last(clinic)) == ("audit.mark", "done")
    alva.get(address)
    assert re.search(r"Ska utredas</span> <bdi>Alva</bdi>", alva.page)
    assert "Varför på en söndag?" in alva.page
    assert "1 av 3" in alva.page


def test_a_note_is_kept_closed_and_is_not_in_the_log(alva: Colleague, clinic: Clinic) -> None:
    alva.post(drawn(alva), number="1", verdict="look", note=CANARY)

    assert CANARY.encode() not in clinic.file_bytes()
    assert CANARY not in repr(last(clinic))


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "1"},
        {"number": "1", "verdict": "maybe"},
        {"number": "1", "verdict": "look", "note": " "},
        {"number": "x", "verdict": "fine"},
        {"number": "1", "verdict": "fine", "note": "x" * 4001},
    ],
)
def test_a_mark_that_lacks_something_is_refused_and_its_note_stays(alva: Colleague, fields: dict[str, str]) -> None:
    answer = alva.post(drawn(alva), **{"note": "Half a thought"} | fields)

    assert answer.status_code == 422
    assert "Välj vad du såg." in answer.text
    if fields["number"] == "1" and "note" not in fields:
        assert "Half a thought" in answer.text


def test_a_mark_can_be_thought_over(alva: Colleague) -> None:
    address = drawn(alva)
    for verdict, note in (("look", "Wait"), ("fine", "")):
        alva.post(address, number="1", verdict=verdict, note=note)
        alva.get(address)

    assert "Wait" not in alva.page
    assert "1 av 3" in alva.page


@pytest.mark.parametrize("number", ["4", "999"])
def test_what_was_not_drawn_cannot_be_marked(alva: Colleague, number: str) -> None:
    assert alva.post(drawn(alva), number=number, verdict="fine").status_code == 404


@pytest.mark.parametrize("page", ["", "/protocol"])
@pytest.mark.parametrize("review", ["x", "%00", "0" * 32])
def test_a_spot_check_that_never_was_is_not_there(alva: Colleague, review: str, page: str) -> None:
    assert alva.get(f"/staff/audit/review/{review}{page}").status_code == 404
    assert page or alva.post(f"/staff/audit/review/{review}", number="1", verdict="fine").status_code == 404


def test_the_record_has_everything_that_was_found(alva: Colleague) -> None:
    address = drawn(alva)
    alva.post(address, number="2", verdict="look", note="Varför på en söndag?")
    alva.get(f"{address}/protocol")

    assert alva.page.count("Inte granskat än") == 2
    assert "Varför på en söndag?" in alva.page
    assert "Underskrift" in alva.page


def test_a_note_that_cannot_be_opened_hides_no_other(alva: Colleague, clinic: Clinic) -> None:
    address = drawn(alva)
    alva.post(address, number="1", verdict="look", note="First")
    alva.get(address)
    alva.post(address, number="2", verdict="look", note="Second")
    with clinic.records() as records, records.begin():
        records.execute(text("UPDATE audit_review_items SET note = :noise WHERE number = 1"), {"noise": b"noise"})

    assert "Second" in alva.get(address).text
    assert "Kan inte visas" in alva.page
    assert "Second" in alva.get(f"{address}/protocol").text


def test_earlier_spot_checks_are_listed(alva: Colleague) -> None:
    assert "Inga stickprov är gjorda än" in alva.get("/staff/audit/reviews").text
    address = drawn(alva)

    assert f'href="{address}"' in alva.get("/staff/audit/reviews").text
