"""The first sign-in of an account sets up its second factor."""

import re
from xml.etree import ElementTree as ET

import pyotp
import pytest

from intake import clock
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, Clinic

CODES = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.fixture
def eva(clinic: Clinic) -> Colleague:
    eva = clinic.newcomer("eva", "reception", ALINGSAS)
    eva.give_password()
    return eva


def offered(eva: Colleague) -> str:
    eva.get("/staff/enrol")
    found = re.search(r">([A-Z2-7]{32})<", eva.page)
    assert found
    return found[1]


def confirm(eva: Colleague, code: str = "") -> list[str]:
    secret = offered(eva)
    eva.post("/staff/enrol", code=code or pyotp.TOTP(secret).at(clock.now()))
    return CODES.findall(eva.page)


def test_a_password_without_a_second_factor_leads_to_setting_one_up(eva: Colleague) -> None:
    assert eva.answer.location == "/staff/enrol"
    assert eva.get("/staff/").location == "/staff/enrol"
    assert eva.get("/staff/second-factor").location == "/staff/enrol"


def test_the_secret_stays_the_same_until_it_is_confirmed(eva: Colleague) -> None:
    assert offered(eva) == offered(eva)


def test_the_picture_comes_from_our_own_address(eva: Colleague) -> None:
    offered(eva)
    picture = eva.get("/staff/enrol/picture")

    assert 'src="/staff/enrol/picture"' in eva.page
    assert picture.mimetype == "image/svg+xml"
    assert ET.fromstring(picture.data).tag.endswith("svg")  # noqa: S314  # our own


def test_a_wrong_code_changes_nothing(eva: Colleague, clinic: Clinic) -> None:
    secret = offered(eva)

    assert eva.post("/staff/enrol", code="000000").status_code == 422
    assert clinic.user("eva").totp_secret is None
    assert offered(eva) == secret


def test_the_right_code_lets_in_and_shows_ten_recovery_codes(eva: Colleague) -> None:
    assert len(set(confirm(eva))) == 10
    assert eva.get("/staff/").status_code == 200


def test_recovery_codes_are_shown_once(eva: Colleague) -> None:
    confirm(eva)

    assert eva.get("/staff/enrol").location == "/staff/"
    assert CODES.search(eva.get("/staff/account").text) is None


def test_the_code_that_confirmed_is_used_up(eva: Colleague, clinic: Clinic) -> None:
    code = pyotp.TOTP(offered(eva)).at(clock.now())
    confirm(eva, code)
    thief = clinic.outsider("eva")
    thief.give_password()

    assert thief.give_code(code).status_code == 422


def test_neither_secret_nor_recovery_codes_are_stored_in_clear(eva: Colleague, clinic: Clinic) -> None:
    secret = offered(eva)
    codes = confirm(eva)

    stored = clinic.file_bytes()
    assert secret.encode() not in stored
    assert not any(code.encode() in stored for code in codes)


def test_somebody_enrolled_cannot_be_given_another_secret_by_a_password_alone(anna: Colleague, clinic: Clinic) -> None:
    before = clinic.user("anna").totp_secret
    anna.give_password()
    anna.get("/staff/second-factor")

    assert anna.post("/staff/enrol", code="000000").location == "/staff/second-factor"
    assert anna.get("/staff/enrol/picture").location == "/staff/second-factor"
    assert clinic.user("anna").totp_secret == before
