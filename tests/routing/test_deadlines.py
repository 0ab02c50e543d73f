"""Open hours pass, closed ones do not: Friday evenings, holidays, clinics that open two days a week, summer time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.config import content_root
from intake.errors import DefinitionError
from intake.routing.deadlines import ZONE, cutoff, has_opened
from intake.routing.limits import DAYS, Limit, Limits, read_limits
from intake.routing.loader import load_directory
from intake.routing.model import Unit
from intake.routing.urgency import URGENCIES, Urgency
from tests.questionnaires.content import changed, write
from tests.routing.rules import UNIT

CLINIC = replace(
    load_directory(content_root() / "questionnaires").units["mini-maria"], open_days=(1, 2, 3, 4, 5), limits=Limits()
)
TWO_DAYS_A_WEEK = replace(CLINIC, open_days=(2, 4))
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    """An instant as the clock on the clinic's wall shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def too_long_from(unit: Unit, since: str, urgency: Urgency = "normal", limit: Limit = Limit.UNREAD) -> str:
    """The minute in which somebody who began to wait then has begun to wait too long."""
    began = at(since).astimezone(UTC)
    low, high = 0, 40 * 24 * 60
    while low < high:
        middle = (low + high) // 2
        if began < cutoff(unit, limit, began + timedelta(minutes=middle) + SECOND, urgency):
            high = middle
        else:
            low = middle + 1
    return f"{(began + timedelta(minutes=low)).astimezone(ZONE):%a %d %b %H:%M}"


@pytest.mark.parametrize(
    ("since", "urgency", "too_long"),
    [
        ("2026-11-23 10:00", "normal", "Tue 24 Nov 10:00"),  # an open day later, at the same hour
        ("2026-11-27 18:30", "normal", "Mon 30 Nov 16:00"),  # Friday evening: all of Monday
        ("2026-11-27 15:00", "normal", "Mon 30 Nov 15:00"),  # an hour on Friday, seven on Monday
        ("2026-11-28 11:00", "normal", "Mon 30 Nov 16:00"),  # on a Saturday
        ("2026-11-23 09:00", "urgent", "Mon 23 Nov 11:00"),  # urgent: the same day
        ("2026-11-23 09:00", "soon", "Mon 23 Nov 13:00"),  # soon: the same day too
        ("2026-11-23 14:00", "soon", "Tue 24 Nov 10:00"),  # in the afternoon: the next morning
        ("2026-11-27 15:30", "urgent", "Mon 30 Nov 09:30"),  # urgent, too late on a Friday for the same day
        ("2026-12-23 15:00", "normal", "Mon 28 Dec 15:00"),  # Christmas Eve, Christmas Day and a weekend between
        ("2026-06-18 12:00", "normal", "Mon 22 Jun 12:00"),  # Midsummer Eve is closed in fact
        ("2026-03-27 12:00", "normal", "Mon 30 Mar 12:00"),  # summer time begins: the same hour on the wall
        ("2026-10-23 12:00", "normal", "Mon 26 Oct 12:00"),  # and ends
    ],
)
def test_a_limit_passes_in_open_hours(since: str, urgency: Urgency, too_long: str) -> None:
    assert too_long_from(CLINIC, since, urgency) == too_long


@pytest.mark.parametrize(
    ("since", "urgency", "too_long"),
    [
        ("2026-11-24 10:00", "normal", "Thu 26 Nov 10:00"),  # Tuesday to Thursday
        ("2026-11-26 12:00", "normal", "Tue 01 Dec 12:00"),  # Thursday to Tuesday
        ("2026-11-27 09:00", "urgent", "Tue 01 Dec 10:00"),  # urgent on a Friday, when nobody is there
        ("2026-12-22 12:00", "normal", "Tue 29 Dec 12:00"),  # the Thursday is Christmas Eve
    ],
)
def test_a_clinic_that_opens_two_days_a_week_counts_those(since: str, urgency: Urgency, too_long: str) -> None:
    assert too_long_from(TWO_DAYS_A_WEEK, since, urgency) == too_long


def test_five_open_days_are_a_week() -> None:
    assert too_long_from(CLINIC, "2026-11-18 09:00", limit=Limit.SILENT) == "Wed 25 Nov 09:00"


def test_a_handover_has_its_own_limit() -> None:
    assert too_long_from(CLINIC, "2026-11-23 10:00", limit=Limit.UNANSWERED) == "Wed 25 Nov 10:00"


def test_a_unit_that_is_never_open_stops_nobody() -> None:
    never = replace(CLINIC, open_days=())

    assert cutoff(never, Limit.UNREAD, at("2026-11-23 10:00"), "normal") < at("2025-01-01 00:00")


@pytest.mark.parametrize(
    ("moment", "opened"),
    [("2026-11-23 07:59", False), ("2026-11-23 08:00", True), ("2026-11-23 22:00", True), ("2026-11-22 12:00", False)],
)
def test_a_clinic_has_opened_on_an_open_day_from_its_first_hour(moment: str, opened: bool) -> None:
    assert has_opened(CLINIC, at(moment)) is opened


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001  # made aware at once


@given(now=INSTANTS, later=st.timedeltas(timedelta(0), timedelta(days=9)))
def test_a_cutoff_never_goes_back_and_is_never_ahead(now: datetime, later: timedelta) -> None:
    before, after = (cutoff(TWO_DAYS_A_WEEK, Limit.UNREAD, each, "normal") for each in (now, now + later))

    assert before <= after
    assert after < now + later


@given(now=INSTANTS)
def test_what_is_more_urgent_is_never_left_longer(now: datetime) -> None:
    for limit in Limit:
        normal, soon, urgent = (cutoff(CLINIC, limit, now, urgency) for urgency in URGENCIES)
        assert normal <= soon <= urgent


@pytest.mark.parametrize(("limit", "hours"), [("unread", 4), ("unclaimed", 8), ("untried", 8)])
def test_what_is_soon_has_hours_until_somebody_has_called(limit: str, hours: int) -> None:
    assert Limits().open_hours(Limit(limit), "soon") == hours


@pytest.mark.parametrize("limit", [Limit.SILENT, Limit.UNANSWERED])
def test_what_is_soon_waits_as_long_as_others_afterwards(limit: Limit) -> None:
    assert Limits().open_hours(limit, "soon") == Limits().open_hours(limit, "normal")


def test_in_a_unit_with_short_days_what_is_soon_waits_no_longer_than_others() -> None:
    assert Limits(hours=(9, 12)).open_hours(Limit.UNREAD, "soon") == 3


def limits(tmp_path: Path, said: object) -> Limits:
    services: dict[str, Any] = {
        "principals": {"lerum": {"name": "Lerums kommun", "kind": "municipality"}},
        "units": {"one": UNIT},
    }
    files = {"services.yaml": changed(services, ["units", "one", "limits"], said)}
    return load_directory(write(tmp_path, files)).units["one"].limits


def test_a_unit_may_have_limits_of_its_own(tmp_path: Path) -> None:
    said = {"hours": [9, 15], "days": {"unread": 3}, "soon_hours": {"unread": 2}, "urgent_hours": {"unread": 1}}
    found = limits(tmp_path, said)

    assert [found.open_hours(Limit.UNREAD, urgency) for urgency in URGENCIES] == [18, 2, 1]
    assert found.days[Limit.SILENT] == DAYS[Limit.SILENT]


def test_a_unit_without_limits_has_the_usual_ones() -> None:
    assert read_limits(None) == Limits()


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"hours": [16, 8]}, r"limits\.hours: should be \[lowest, highest\]"),
        ({"hours": [8, 8]}, r"limits\.hours: should be \[from, to\]"),
        ({"hours": [8, 25]}, r"limits\.hours: should be \[from, to\]"),
        ({"days": {"unread": 0}}, r"limits\.days\.unread: should be 1 or more"),
        ({"days": {"unread": "one"}}, r"limits\.days\.unread: should be a whole number"),
        ({"days": {"unheard": 1}}, r"limits\.days\.unheard: is not a key"),
        ({"urgent_hours": {"unread": 9}}, r"limits: unread: urgent requests may wait longer than others"),
        ({"soon_hours": {"unread": 1}}, r"limits: unread: urgent requests may wait longer than others"),
        ({"soon_hours": {"unread": 9}}, r"limits: unread: requests that are soon may wait longer than others"),
        ({"minutes": 1}, r"limits\.minutes: is not a key"),
    ],
)
def test_limits_that_cannot_be_are_refused_with_their_place(tmp_path: Path, said: object, complaint: str) -> None:
    with pytest.raises(DefinitionError, match=complaint):
        limits(tmp_path, said)
