"""What must not go on raises an alarm, once, and the alarm is over by itself when it does not go on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from intake.records.models import Inbox
from intake.records.queries import alarms, grounds, inbox
from intake.records.watch_models import Alarm, Notice
from intake.sealing.unseal import generate_keypair
from intake.watch import watchdog
from tests.ingest.requests import submission
from tests.records.parallel import at_once
from tests.staff.people import ALINGSAS, KIM
from tests.watch.conftest import Watched
from tests.watch.post_office import PostOffice

WROTE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YOUNG = KIM | {"about.age": "16"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(WROTE, tick=False) as clock:
        yield clock


@pytest.fixture
def staffed(watched: Watched, clock: time_machine.Traveller) -> Watched:
    """A clinic with a coordinator for every unit."""
    watched.employ("sam", "sam@example.org")
    watched.employ_elsewhere()
    return watched


def reasons(watched: Watched) -> list[str]:
    watchdog.look(watched.watch)
    return sorted(alarm.reason for alarm in watched.alarms())


@pytest.mark.parametrize(
    ("state", "reason", "days"),
    [
        ("received", "unread", 1),
        ("read", "unclaimed", 1),
        ("reopened", "unclaimed", 1),
        ("claimed", "untried", 1),
    ],
)
def test_every_state_has_its_limit(
    staffed: Watched, clock: time_machine.Traveller, state: str, reason: str, days: int
) -> None:
    staffed.clinic.spoil(staffed.clinic.receive(), state=state, state_at=WROTE)
    clock.move_to(WROTE + days * DAY - timedelta(minutes=1))
    assert reasons(staffed) == []
    clock.move_to(WROTE + days * DAY + timedelta(minutes=1))

    assert reasons(staffed) == [reason]


def test_nobody_waits_in_a_closed_case(staffed: Watched, clock: time_machine.Traveller) -> None:
    staffed.clinic.spoil(staffed.clinic.receive(), state="closed", state_at=WROTE)
    clock.shift(100 * DAY)

    assert reasons(staffed) == []


def test_an_urgent_case_is_alarmed_the_same_day(staffed: Watched, clock: time_machine.Traveller) -> None:
    staffed.clinic.receive()
    staffed.clinic.spoil(staffed.clinic.receive(), priority=1)
    clock.shift(2 * HOUR + timedelta(minutes=1))
    reasons(staffed)

    assert [(alarm.reason, alarm.urgent) for alarm in staffed.alarms()] == [("unread", True)]


def test_a_case_that_moved_on_and_is_left_again_is_a_new_alarm(staffed: Watched, clock: time_machine.Traveller) -> None:
    case = staffed.clinic.receive()
    clock.shift(DAY + HOUR)
    reasons(staffed)
    staffed.clinic.spoil(case, state="read", state_at=WROTE + DAY + HOUR)
    assert reasons(staffed) == []
    clock.shift(2 * DAY)

    assert reasons(staffed) == ["unclaimed"]


def test_a_case_that_went_to_another_unit_is_alarmed_there(staffed: Watched, clock: time_machine.Traveller) -> None:
    case = staffed.clinic.receive(YOUNG)
    clock.shift(DAY + HOUR)
    reasons(staffed)
    with staffed.clinic.records() as records, records.begin():
        told = grounds.Consent("region", "vagen-in", "care", "phone", "sv", "", "Ja.")
        grounds.record_consent(records, staffed.clinic.box, case, told)
    staffed.clinic.spoil(case, unit="vagen-in")
    reasons(staffed)
    reasons(staffed)

    assert [alarm.unit for alarm in staffed.alarms()] == ["vagen-in"]


def test_many_workers_raise_each_alarm_once(staffed: Watched, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        staffed.clinic.receive()
    clock.shift(DAY + HOUR)
    at_once(staffed.watch.database, lambda _: watchdog.look(staffed.watch))

    with staffed.clinic.records() as records:
        assert len(records.scalars(select(Alarm)).all()) == 5
        assert len(records.scalars(select(Notice)).all()) == 1


def test_an_alarm_and_its_notice_are_kept_together_or_not_at_all(
    staffed: Watched, clock: time_machine.Traveller
) -> None:
    staffed.clinic.receive()
    clock.shift(DAY + HOUR)
    staffed.lose_table("notices")
    with pytest.raises(DBAPIError):
        watchdog.look(staffed.watch)

    assert staffed.alarms() == []


def test_a_row_that_lies_in_the_inbox_for_hours_is_told(staffed: Watched, clock: time_machine.Traveller) -> None:
    staffed.clinic.send()
    clock.shift(HOUR)
    assert reasons(staffed) == []
    clock.shift(HOUR)
    assert reasons(staffed) == ["unopened"]
    staffed.go_round()

    assert staffed.alarms("unopened") == []


def test_every_row_that_cannot_be_opened_is_told_until_it_can(staffed: Watched) -> None:
    stranger, _ = generate_keypair()
    with staffed.clinic.records() as records, records.begin():
        for _ in range(3):
            inbox.insert(records, submission(stranger, unit=ALINGSAS))
    staffed.go_round()
    assert [(alarm.reason, alarm.detail, alarm.unit) for alarm in staffed.alarms()] == [
        ("unreadable", "other_key", ALINGSAS)
    ] * 3
    with staffed.clinic.records() as records, records.begin():
        records.execute(update(Inbox).values(failed=None))

    assert reasons(staffed) == []


def test_what_is_taken_care_of_is_told_no_more(staffed: Watched, post: PostOffice) -> None:
    with staffed.clinic.records() as records, records.begin():
        inbox.insert(records, submission(generate_keypair()[0]))
    staffed.go_round()
    staffed.handle("unreadable")
    told = len(post.letters)
    with time_machine.travel(WROTE + DAY, tick=False):
        staffed.go_round()

    assert (len(post.letters), len(staffed.alarms("unreadable"))) == (told, 1)


def test_a_unit_without_a_coordinator_is_told(watched: Watched, clock: time_machine.Traveller) -> None:
    watched.employ("sam", "sam@example.org")
    units = [each.id for each in watched.watch.directory.units.values() if each.has_staff and each.id != ALINGSAS]
    assert reasons(watched) == ["no_coordinator"] * len(units)
    watched.employ_elsewhere()
    assert reasons(watched) == []
    watched.clinic.disable("mia")

    assert len(reasons(watched)) == len(units)


def test_a_unit_whose_coordinators_have_no_address_is_told(staffed: Watched) -> None:
    staffed.clinic.disable("sam")
    staffed.employ("eva", None)

    assert reasons(staffed) == ["no_address"]


def test_without_a_mail_server_nothing_is_put_into_the_outbox(staffed: Watched, clock: time_machine.Traveller) -> None:
    staffed.clinic.receive()
    clock.shift(DAY + HOUR)
    settings = staffed.watch.settings
    quiet = replace(settings, monitoring=replace(settings.monitoring, mail=None))
    watchdog.look(replace(staffed.watch, settings=quiet))

    assert (len(staffed.alarms("unread")), staffed.outcomes()) == (1, [])


def test_an_administrator_is_told_of_what_is_broken_and_of_no_case(
    staffed: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    staffed.employ("adam", "adam@example.org", "admin")
    staffed.clinic.receive()
    clock.shift(DAY + HOUR)
    staffed.go_round()
    assert post.addresses == ["sam@example.org"]
    staffed.clinic.disable("mia")
    staffed.go_round()

    assert sorted(post.addresses[1:]) == ["adam@example.org", "sam@example.org"]


def test_a_second_urgent_case_is_told_within_the_day(
    staffed: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    for hours in range(3):
        clock.move_to(WROTE + hours * HOUR)
        staffed.clinic.spoil(staffed.clinic.receive(), priority=1)
    for minutes in range(115, 270, 5):
        clock.move_to(WROTE + timedelta(minutes=minutes))
        staffed.look()

    assert post.addresses == ["sam@example.org"] * 3


def test_what_was_over_long_ago_is_forgotten(staffed: Watched, post: PostOffice, clock: time_machine.Traveller) -> None:
    case = staffed.clinic.receive()
    clock.shift(DAY + HOUR)
    staffed.look()
    staffed.clinic.spoil(case, state="closed", state_at=WROTE + DAY)
    staffed.look()
    clock.shift(alarms.KEPT + DAY)
    staffed.look()

    with staffed.clinic.records() as records:
        assert records.scalars(select(Alarm.id)).all() == records.scalars(select(Notice.id)).all() == []
