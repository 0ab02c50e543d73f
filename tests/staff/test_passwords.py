import statistics
import threading
import time

import pytest
from argon2 import PasswordHasher

from intake.staff import passwords
from intake.staff.passwords import PasswordRefused, TooBusy, hash_password, outdated, verify_password

PASSWORD = "fyra gröna ekar vid ån"


@pytest.fixture(autouse=True, scope="module")
def remembered_passwords() -> None:
    """Here every question costs what it costs."""


@pytest.fixture(scope="module")
def stored() -> str:
    return hash_password(PASSWORD)


def test_the_right_password_is_right_and_another_is_not(stored: str) -> None:
    assert verify_password(stored, PASSWORD)
    assert not verify_password(stored, PASSWORD + " ")


def test_nobody_has_no_password_at_all() -> None:
    assert not verify_password(None, "the password of nobody at all")


def test_a_stored_value_that_is_no_hash_is_refused_like_a_wrong_password() -> None:
    assert not verify_password("changed by hand", PASSWORD)


@pytest.mark.parametrize("password", ["", "fourteen chars", "x" * 257])
def test_a_password_outside_15_to_256_characters_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        hash_password(password)


def test_a_long_password_of_one_kind_of_character_is_accepted() -> None:
    assert hash_password("a" * 15).startswith("$argon2id$")


def test_a_hash_made_with_weaker_parameters_is_outdated(stored: str) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)

    assert outdated(weaker)
    assert not outdated(stored)


def test_a_name_nobody_has_costs_as_much_as_a_wrong_password(stored: str) -> None:
    wrong = statistics.median(_seconds(stored) for _ in range(7))
    unknown = statistics.median(_seconds(None) for _ in range(7))

    assert 0.5 < unknown / wrong < 2


def test_a_third_hash_at_once_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch, stored: str) -> None:
    monkeypatch.setattr(passwords, "LONGEST_WAIT", 0.01)
    monkeypatch.setattr(passwords, "_turns", threading.BoundedSemaphore(1))
    with passwords._turn(), pytest.raises(TooBusy):  # noqa: SLF001  # the turn another sign-in has
        verify_password(stored, PASSWORD)


def _seconds(stored: str | None) -> float:
    started = time.process_time()
    verify_password(stored, "another password entirely")
    return time.process_time() - started
