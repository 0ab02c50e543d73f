"""The strip over the queue: how many have waited too long in one's own units."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, KIM, Clinic

WROTE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 24, 9, 1, tzinfo=UTC)
STRIP = re.compile(r'<p class="notice late".*?</p>', re.DOTALL)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(WROTE, tick=False) as clock:
        yield clock


def strip(colleague: Colleague) -> str:
    """What the strip over the queue says; nothing where it is not there."""
    colleague.get("/staff/")
    found = STRIP.search(colleague.page)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_the_queue_says_how_many_have_waited_too_long(
    clinic: Clinic, anna: Colleague, clock: time_machine.Traveller
) -> None:
    for _ in range(3):
        clinic.receive()
    anna.sign_in()
    assert strip(anna) == ""
    clock.move_to(LATE)

    assert strip(anna.sign_in()) == "3 förfrågningar har väntat för länge Visa äldst först"


def test_the_strip_counts_the_own_units_alone(
    clinic: Clinic, anna: Colleague, bo: Colleague, clock: time_machine.Traveller
) -> None:
    for _ in range(2):
        clinic.receive()
    clinic.receive(KIM | {"about.town": "lerum"})
    clock.move_to(LATE)

    assert (strip(anna.sign_in())[:1], strip(bo.sign_in())[:1]) == ("2", "1")


def test_the_strip_leads_a_coordinator_to_the_alarms(clinic: Clinic, clock: time_machine.Traveller) -> None:
    clinic.receive()
    clock.move_to(LATE)

    sam = clinic.employ("sam", "coordinator", ALINGSAS)

    assert "Visa vilka" in strip(sam.sign_in())
    assert 'href="/staff/alarms"' in sam.page
