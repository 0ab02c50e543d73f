"""Guessing gets slower and slower, for the guesser; nobody is ever locked out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from intake.staff import passwords
from tests.staff.colleague import Colleague, without_token
from tests.staff.people import ALINGSAS, Clinic

MORNING = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
WRONG = "another long password"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def guess(colleague: Colleague, times: int) -> list[int]:
    return [colleague.give_password(WRONG).status_code for _ in range(times)]


def test_the_sixth_guess_has_to_wait(anna: Colleague, clock: time_machine.Traveller) -> None:
    assert guess(anna, 6) == [422] * 5 + [429]
    assert anna.answer.headers["Retry-After"] == "2"


def test_waiting_is_the_same_for_a_name_nobody_has(
    anna: Colleague, clinic: Clinic, clock: time_machine.Traveller
) -> None:
    nobody = clinic.outsider("nobody")
    guess(anna, 7)
    guess(nobody, 7)

    assert (anna.answer.status_code, without_token(anna.page)) == (429, without_token(nobody.page))


def test_the_right_password_has_to_wait_too(anna: Colleague, clock: time_machine.Traveller) -> None:
    guess(anna, 6)

    assert anna.give_password().status_code == 429


def test_the_right_password_gets_in_once_the_delay_is_over(anna: Colleague, clock: time_machine.Traveller) -> None:
    guess(anna, 6)
    clock.shift(timedelta(seconds=2))

    assert anna.give_password().status_code == 303


def test_refused_attempts_do_not_lengthen_the_delay(anna: Colleague, clock: time_machine.Traveller) -> None:
    guess(anna, 60)
    clock.shift(timedelta(seconds=2))

    assert anna.give_password().status_code == 303


def test_a_success_forgets_what_went_before(anna: Colleague, clock: time_machine.Traveller) -> None:
    guess(anna, 4)
    anna.give_password()

    assert guess(anna, 5) == [422] * 5


def test_yesterdays_guesses_are_not_kept_for_good(
    anna: Colleague, clinic: Clinic, clock: time_machine.Traveller
) -> None:
    guess(clinic.outsider("nobody"), 3)
    yesterday = set(clinic.throttled())
    clock.shift(timedelta(days=1, seconds=1))
    anna.give_password()

    assert yesterday.isdisjoint(clinic.throttled())


def test_dropping_the_cookie_helps_nobody(anna: Colleague, clinic: Clinic, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        guess(clinic.outsider("anna"), 1)

    assert clinic.outsider("anna").give_password(WRONG).status_code == 429


def test_another_account_is_not_affected(anna: Colleague, clinic: Clinic, clock: time_machine.Traveller) -> None:
    mia = clinic.employ("mia", "reception", ALINGSAS)
    guess(anna, 100)

    assert mia.give_password().status_code == 303


def test_the_same_person_elsewhere_is_not_affected(anna: Colleague, clock: time_machine.Traveller) -> None:
    guess(anna, 100)
    anna.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"

    assert anna.give_password().status_code == 303


def test_trying_one_password_on_many_names_slows_the_whole_network(
    clinic: Clinic, clock: time_machine.Traveller
) -> None:
    guesses = [clinic.outsider(f"user{number}").give_password(WRONG).status_code for number in range(41)]

    assert guesses == [422] * 40 + [429]


def test_a_clinic_behind_one_address_signs_in_all_day(anna: Colleague, clock: time_machine.Traveller) -> None:
    for _ in range(42):
        assert anna.give_password().status_code == 303


def test_an_address_somebody_claims_to_have_is_not_believed(anna: Colleague, clock: time_machine.Traveller) -> None:
    for number in range(5):
        anna.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}"
        guess(anna, 1)
    anna.client.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"

    assert anna.give_password(WRONG).status_code == 429


def test_codes_are_slowed_as_well(anna: Colleague, clock: time_machine.Traveller) -> None:
    anna.give_password()

    assert [anna.give_code("000000").status_code for _ in range(6)] == [422] * 5 + [429]


def test_a_third_sign_in_at_once_is_told_to_come_back(anna: Colleague, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "LONGEST_WAIT", 0.01)
    with passwords._turn(), passwords._turn():  # noqa: SLF001  # the turns two others have
        answer = anna.give_password()

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")


def test_neither_name_nor_address_is_stored(either_clinic: Clinic) -> None:
    anna = either_clinic.employ("anna", "reception", ALINGSAS)
    guess(anna, 2)

    keys = " ".join(either_clinic.throttled())
    assert len(keys.split()) == 3
    assert "anna" not in keys
    assert "127.0.0" not in keys
