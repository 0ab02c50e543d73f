"""A sign-in lives as a row: it can be ended from outside, it grows old, and it never comes back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from intake.records.models import StaffSession
from tests.staff.colleague import Colleague
from tests.staff.people import Clinic

MORNING = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def cookie(colleague: Colleague) -> str:
    found = colleague.client.get_cookie("staff", path="/staff")
    assert found is not None
    return found.value


def test_each_step_gives_the_sign_in_a_new_name(anna: Colleague, clinic: Clinic) -> None:
    anna.give_password()
    with clinic.records() as records:
        (first,) = records.scalars(select(StaffSession.id_hash))
    anna.give_code()

    with clinic.records() as records:
        ended = {row.id_hash: row.ended_at is not None for row in records.scalars(select(StaffSession))}
    assert ended.pop(first)
    assert list(ended.values()) == [False]


def test_the_cookie_tells_nothing_and_goes_nowhere_else(anna: Colleague) -> None:
    anna.sign_in()
    written = anna.client.get_cookie("staff", path="/staff")

    assert written is not None
    assert (written.http_only, written.same_site, written.path) == (True, "Strict", "/staff")


def test_an_old_cookie_is_of_no_use_after_signing_out(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    anna.get("/staff/")
    old = cookie(anna)
    answer = anna.post("/staff/sign-out")
    thief = clinic.outsider()
    thief.client.set_cookie("staff", old, path="/staff")

    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert thief.get("/staff/").location == "/staff/sign-in"


def test_signing_out_takes_a_form(anna: Colleague) -> None:
    anna.sign_in()

    assert anna.get("/staff/sign-out").status_code in (404, 405)  # 404 where the public form's addresses match it too
    assert anna.get("/staff/").status_code == 200


def test_a_cookie_from_before_signing_in_is_not_the_one_afterwards(anna: Colleague) -> None:
    anna.get("/staff/sign-in")
    before = cookie(anna)
    anna.sign_in()

    assert cookie(anna) != before


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 303)])
def test_half_an_hour_without_a_page_ends_it(
    anna: Colleague, clock: time_machine.Traveller, minutes: int, status: int
) -> None:
    anna.sign_in()
    clock.shift(timedelta(minutes=minutes))

    assert anna.get("/staff/").status_code == status


def test_ten_hours_end_it_however_busy_somebody_is(anna: Colleague, clock: time_machine.Traveller) -> None:
    anna.sign_in()
    for _ in range(23):
        clock.shift(timedelta(minutes=25))
        assert anna.get("/staff/").status_code == 200
    clock.shift(timedelta(minutes=26))

    assert anna.get("/staff/").location == "/staff/sign-in"


def test_a_password_waits_ten_minutes_for_its_code(anna: Colleague, clock: time_machine.Traveller) -> None:
    anna.give_password()
    clock.shift(timedelta(minutes=11))

    assert anna.get("/staff/second-factor").location == "/staff/sign-in"


def test_a_disabled_account_is_out_at_its_next_request(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    clinic.disable("anna")

    assert anna.get("/staff/").location == "/staff/sign-in"


def test_a_row_that_was_deleted_is_not_made_again(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    with clinic.records() as records, records.begin():
        records.execute(delete(StaffSession))

    assert anna.get("/staff/").location == "/staff/sign-in"
    with clinic.records() as records:
        assert records.scalars(select(StaffSession)).all() == []


def test_a_sign_in_in_use_is_noted_once_a_minute(
    anna: Colleague, clinic: Clinic, clock: time_machine.Traveller
) -> None:
    anna.sign_in()
    clock.shift(timedelta(seconds=30))
    anna.get("/staff/account")
    assert last_seen(clinic) == MORNING
    clock.shift(timedelta(seconds=31))
    anna.get("/staff/account")

    assert last_seen(clinic) == MORNING + timedelta(seconds=61)


def test_a_new_second_factor_ends_every_sign_in_there_was(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    clinic.enrol(anna)

    assert anna.get("/staff/").location == "/staff/sign-in"


def test_only_the_hash_of_a_sign_in_is_stored(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    with anna.client.session_transaction("/staff/") as kept:
        token = kept["sign_in"]

    with clinic.records() as records:
        assert all(token not in row.id_hash for row in records.scalars(select(StaffSession)))


def test_moving_somebody_to_another_clinic_counts_at_once(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    anna.sign_in()
    assert anna.get(f"/staff/case/{case}").status_code == 200
    clinic.move_to("anna", "mini-maria")

    assert anna.get(f"/staff/case/{case}").status_code == 404


def last_seen(clinic: Clinic) -> datetime:
    with clinic.records() as records:
        return records.scalars(select(StaffSession.seen_at).where(StaffSession.ended_at.is_(None))).one()


def test_a_page_left_open_keeps_no_sign_in_alive(anna: Colleague, clock: time_machine.Traveller) -> None:
    anna.sign_in()
    for _ in range(40):
        clock.shift(timedelta(minutes=1))
        anna.client.get("/staff/counts")

    assert anna.client.get("/staff/counts").location == "/staff/sign-in"
