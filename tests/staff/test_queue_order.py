"""Finding one's way in the queue: pages, counts, filters, headings that sort."""

import re

import pytest
from sqlalchemy import update

from intake.records.models import Case
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, KIM, LERUM, Clinic

URGENT = KIM | {"danger": "yes"}


def test_fifty_stand_on_a_page_and_the_rest_on_the_next(anna: Colleague, clinic: Clinic) -> None:
    clinic.multiply(clinic.receive(), 52)
    anna.sign_in()

    first = anna.references("/staff/")
    second = anna.references(anna.link("next"))
    assert (len(first), len(second)) == (50, 3)
    assert not set(first) & set(second)
    assert anna.references(anna.link("prev")) == first


def test_each_state_is_counted_and_can_be_looked_at_alone(anna: Colleague, clinic: Clinic) -> None:
    read = clinic.receive()
    clinic.receive()
    anna.sign_in().get(f"/staff/case/{read}")
    anna.get("/staff/")

    counts = re.findall(r'state=(\w+)"[^>]*>[^<]*<b data-count="\w+">(\d+)</b>', anna.page)
    assert {state: int(count) for state, count in counts if count != "0"} == {"received": 1, "read": 1}
    assert anna.references("/staff/?state=read") == [clinic.case(read).reference]


def test_closed_cases_are_shown_only_when_asked_for(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    with clinic.records() as records, records.begin():
        records.execute(update(Case).values(state="closed"))
    anna.sign_in()

    assert anna.references("/staff/") == []
    assert "Ingen väntar här just nu" in anna.page
    assert anna.references("/staff/?state=closed") == [clinic.case(case).reference]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("door=self", 3),
        ("door=screening", 0),
        ("language=en", 1),
        ("urgent=1", 1),
        ("mine=1", 0),
        (f"unit={ALINGSAS}", 3),
        (f"unit={LERUM}", 3),
        ("state=nonsense&door=nonsense&language=nonsense&order=nonsense&urgent=2", 3),
    ],
)
def test_filters_narrow_the_queue_and_nonsense_is_ignored(
    anna: Colleague, clinic: Clinic, asked: str, found: int
) -> None:
    clinic.receive()
    clinic.receive(language="en")
    clinic.receive(URGENT)
    anna.sign_in()

    assert len(anna.references(f"/staff/?{asked}")) == found


@pytest.mark.parametrize("cursor", ["nonsense", "x" * 1000, "W10", "%00"])
def test_a_cursor_we_did_not_write_leads_nowhere(anna: Colleague, cursor: str) -> None:
    assert anna.sign_in().get(f"/staff/?cursor={cursor}").status_code == 404


@pytest.mark.parametrize("order", ["reference", "received", "state", "door", "language"])
def test_a_heading_sorts_and_the_second_time_turns_round(anna: Colleague, clinic: Clinic, order: str) -> None:
    for answers in (KIM, URGENT, KIM):
        clinic.receive(answers)
    anna.sign_in()

    rising = anna.references(f"/staff/?order={order}")
    assert 'aria-sort="ascending"' in anna.page
    assert f"order=-{order}" in anna.page
    assert anna.references(f"/staff/?order=-{order}") == rising[::-1]


def test_links_keep_what_else_was_asked_for(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get("/staff/?door=self&language=en&order=-received")

    assert "/staff/?state=read&amp;door=self&amp;language=en&amp;order=-received" in anna.page


@pytest.mark.parametrize(
    "here",
    ["https://evil.example/staff/", "//evil.example/staff/", "/staff/\\evil", "/sv/", "", "//[", "/staff/\r\nX: y"],
)
def test_choosing_a_language_never_leads_away(anna: Colleague, here: str) -> None:
    anna.sign_in().get("/staff/")

    assert anna.post("/staff/language", language="en", here=here).location == "/staff/"


def test_a_language_that_does_not_exist_changes_nothing(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get("/staff/")
    anna.post("/staff/language", language="tlh", here="/staff/")

    assert clinic.user("anna").language == "sv"


def test_either_database_shows_the_queue(either_clinic: Clinic) -> None:
    either_clinic.receive()
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()

    assert len(anna.references("/staff/")) == 1
