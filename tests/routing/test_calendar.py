from dataclasses import replace
from datetime import date

import pytest

from intake.config import content_root
from intake.routing.calendar import answered_by, is_open
from intake.routing.loader import load_directory

CLINIC = replace(
    load_directory(content_root() / "questionnaires").units["mini-maria"], open_days=(1, 2, 3, 4, 5), expected_days=3
)


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("2026-11-23", "2026-11-26"),  # Monday: Tuesday, Wednesday, Thursday
        ("2026-11-20", "2026-11-25"),  # Friday: a weekend lies between
        ("2026-12-23", "2026-12-30"),  # Christmas Eve and Christmas Day are closed
        ("2026-12-30", "2027-01-07"),  # New Year and Epiphany, over the turn of the year
        ("2026-06-18", "2026-06-24"),  # Midsummer Eve is closed in fact, though not by law
    ],
)
def test_a_promise_counts_open_days_only(sent: str, answered: str) -> None:
    assert answered_by(CLINIC, date.fromisoformat(sent)) == date.fromisoformat(answered)


def test_a_clinic_that_opens_three_days_a_week_promises_less() -> None:
    clinic = replace(CLINIC, open_days=(1, 3, 5))

    assert answered_by(clinic, date(2026, 11, 23)) == date(2026, 11, 30)


def test_a_clinic_is_closed_on_its_closed_days_and_on_holidays() -> None:
    assert is_open(CLINIC, date(2026, 11, 23))
    assert not is_open(CLINIC, date(2026, 11, 22))
    assert not is_open(CLINIC, date(2026, 6, 19))
