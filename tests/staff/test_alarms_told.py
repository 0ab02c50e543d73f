"""The alarms page says plainly when nobody watches, or nobody is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from intake.records.queries import heartbeats
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, Clinic


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def sam(clinic: Clinic, clock: time_machine.Traveller) -> Colleague:
    return clinic.employ("sam", "coordinator", ALINGSAS).sign_in()


def mark(clinic: Clinic, *names: str) -> None:
    with clinic.records() as records, records.begin():
        for name in names:
            heartbeats.note(records, name, datetime.now(UTC))


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((), "Bakgrundstjänsten har aldrig varit igång här"),
        (("worker", "watch"), "Ingen får mejl om larm"),
    ],
)
def test_the_page_says_when_nobody_watches_or_tells(
    clinic: Clinic, sam: Colleague, marks: tuple[str, ...], words: str
) -> None:
    mark(clinic, *marks)
    sam.get("/staff/alarms")

    assert words in sam.page


def test_the_page_says_when_the_worker_has_gone_silent(
    clinic: Clinic, sam: Colleague, clock: time_machine.Traveller
) -> None:
    mark(clinic, "worker", "watch", "mail")
    assert "Bakgrundstjänsten" not in sam.get("/staff/alarms").text
    assert "Ingen får mejl" not in sam.page
    clock.shift(timedelta(minutes=6))

    assert "Bakgrundstjänsten har tystnat" in sam.get("/staff/alarms").text
