import re
from datetime import UTC, datetime, timedelta

import pytest

from intake.staff.throttle import CODE, PERSON, PERSON_HERE, Limit, code_counts, network_of, password_counts

SECRET = b"s" * 32
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LIMIT = Limit(free=3, longest=timedelta(seconds=60))


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 0), (2, 0), (3, 1), (4, 2), (5, 4), (8, 32), (9, 60), (10**6, 60)]
)
def test_the_delay_doubles_with_each_attempt_and_stops_growing(attempts: int, seconds: int) -> None:
    assert LIMIT.delay(attempts) == timedelta(seconds=seconds)


def test_somebody_elsewhere_waits_at_most_half_a_minute_whatever_a_guesser_does() -> None:
    assert PERSON.delay(10**9) == timedelta(seconds=30)


def test_a_guesser_in_one_place_is_stopped_long_before_the_person_is_slowed_everywhere() -> None:
    assert PERSON_HERE.delay(PERSON.free - 1) == timedelta(minutes=15)
    assert PERSON.delay(PERSON.free - 1) == timedelta()


def test_codes_can_be_guessed_about_a_hundred_times_a_day() -> None:
    spent, attempts = timedelta(), 0
    while spent < timedelta(days=1):
        attempts += 1
        spent += CODE.delay(attempts)

    assert attempts < 120


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.17", "192.0.2.0/24"),
        ("::ffff:192.0.2.17", "192.0.2.0/24"),
        ("2001:db8:1:2ff:5::1", "2001:db8:1:200::/56"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_neighbours_are_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_no_key_shows_the_name_or_the_address() -> None:
    counts = password_counts(SECRET, "anna", "192.0.2.17", NOW)

    assert all(re.fullmatch("[0-9a-f]{32}", count.key) for count in counts)


def test_two_names_share_only_the_network() -> None:
    anna = {count.key for count in password_counts(SECRET, "anna", "192.0.2.17", NOW)}
    bo = {count.key for count in password_counts(SECRET, "bo", "192.0.2.18", NOW)}

    assert len(anna & bo) == 1


def test_a_name_is_counted_alike_however_it_is_capitalised() -> None:
    assert password_counts(SECRET, "ANNA", "", NOW) == password_counts(SECRET, "anna", "", NOW)


def test_keys_change_at_midnight_and_with_the_secret() -> None:
    today = code_counts(SECRET, "1", NOW)

    assert today != code_counts(SECRET, "1", NOW + timedelta(days=1))
    assert today != code_counts(b"t" * 32, "1", NOW)
