from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pyotp
import pytest

from intake.staff.second_factor import (
    STEP_SECONDS,
    address,
    matching_step,
    new_recovery_codes,
    new_secret,
    picture,
    recovery_hash,
)

NOW = datetime(2026, 11, 22, 8, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // STEP_SECONDS
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_one_step_early_or_late_is_accepted_as_that_step(steps: int) -> None:
    moment = NOW + timedelta(seconds=STEP_SECONDS * steps)

    assert matching_step(SECRET, code_at(moment), NOW) == STEP + steps


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_two_steps_away_is_refused(steps: int) -> None:
    assert matching_step(SECRET, code_at(NOW + timedelta(seconds=STEP_SECONDS * steps)), NOW) is None


def test_a_code_may_be_typed_with_spaces() -> None:
    code = code_at(NOW)

    assert matching_step(SECRET, f" {code[:3]} {code[3:]} ", NOW) == STEP


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "-12345"])
def test_anything_but_six_ascii_digits_is_refused(code: str) -> None:
    assert matching_step(SECRET, code, NOW) is None


def test_the_address_names_the_account_and_carries_the_secret() -> None:
    assert address(SECRET, "anna").startswith("otpauth://totp/Intake:anna?")
    assert f"secret={SECRET}" in address(SECRET, "anna")


def test_the_picture_is_an_svg_without_styles_or_scripts() -> None:
    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(picture(SECRET, "anna")).iter()}  # noqa: S314  # our own

    assert names == {"svg", "g", "path"}


def test_every_secret_is_new_and_160_bits() -> None:
    secrets = {new_secret() for _ in range(100)}

    assert {len(secret) for secret in secrets} == {32}
    assert len(secrets) == 100


def test_there_are_ten_different_recovery_codes_of_80_bits() -> None:
    codes = new_recovery_codes()

    assert len(set(codes)) == 10
    assert {len(code.replace("-", "")) for code in codes} == {16}


@pytest.mark.parametrize("typed", ["a0b1-c2d3-e4f5-g6h7", "A0B1C2D3E4F5G6H7", " aobl c2d3 e4f5 g6h7 "])
def test_a_recovery_code_is_known_however_it_was_typed(typed: str) -> None:
    assert recovery_hash(typed) == recovery_hash("A0B1-C2D3-E4F5-G6H7")
