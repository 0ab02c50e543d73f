"""Signing in: what leads in, what does not, and that nobody outside can tell why."""

import re
import statistics
import time
from datetime import timedelta

import pyotp
import pytest
import time_machine

from intake import clock
from intake.staff import identity
from tests.staff.colleague import PASSWORD, SECRET, Colleague, without_token
from tests.staff.people import ALINGSAS, Clinic

WRONG = "another long password"


def code(steps: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(clock.now() + timedelta(seconds=30 * steps))


def test_a_password_and_a_code_lead_to_the_queue(anna: Colleague) -> None:
    assert anna.give_password().location == "/staff/second-factor"
    assert anna.give_code().location == "/staff/"
    assert anna.get("/staff/").status_code == 200


def test_nobody_who_is_not_signed_in_sees_anything(clinic: Clinic) -> None:
    assert clinic.outsider().get("/staff/").location == "/staff/sign-in"


def test_a_password_alone_reaches_nothing_but_the_code(anna: Colleague) -> None:
    anna.give_password()

    assert anna.get("/staff/").location == "/staff/second-factor"
    assert anna.get("/staff/account").location == "/staff/second-factor"
    assert anna.get("/staff/enrol").location == "/staff/second-factor"


def test_an_unknown_name_is_answered_like_a_wrong_password(anna: Colleague, clinic: Clinic) -> None:
    wrong = anna.give_password(WRONG)
    unknown = clinic.outsider("nobody").give_password(WRONG)

    assert (wrong.status_code, wrong.headers.to_wsgi_list()) == (unknown.status_code, unknown.headers.to_wsgi_list())
    assert without_token(wrong.text) == without_token(unknown.text)


def test_a_disabled_account_is_answered_like_a_wrong_password(anna: Colleague, clinic: Clinic) -> None:
    clinic.disable("anna")

    disabled, unknown = anna.give_password(), clinic.outsider("nobody").give_password(WRONG)

    assert (disabled.status_code, without_token(disabled.text)) == (unknown.status_code, without_token(unknown.text))


def test_an_unknown_name_takes_as_long_as_a_wrong_password(anna: Colleague, clinic: Clinic) -> None:
    nobody = clinic.outsider("nobody")
    times: dict[str, list[float]] = {"anna": [], "nobody": []}
    for _ in range(4):
        for each in (anna, nobody):
            started = time.process_time()
            each.give_password(WRONG)
            times[each.username].append(time.process_time() - started)

    assert 0.5 < statistics.median(times["anna"]) / statistics.median(times["nobody"]) < 2


def test_a_name_in_capitals_is_the_same_name(anna: Colleague) -> None:
    anna.username = " ANNA "

    assert anna.give_password().status_code == 303


@pytest.mark.parametrize("fields", [{}, {"username": "anna"}, {"password": PASSWORD}, {"username": "a" * 65}])
def test_a_form_that_lacks_something_is_refused(anna: Colleague, fields: dict[str, str]) -> None:
    anna.get("/staff/sign-in")

    assert anna.post("/staff/sign-in", **fields).status_code == 422


@pytest.mark.parametrize("username", ["an\x00na", "anna\u202e", "' OR 1=1--", "%", "_nna", "Å" * 64])
def test_a_name_of_odd_signs_is_just_wrong(either_clinic: Clinic, username: str) -> None:
    anna = either_clinic.employ("anna", "reception", ALINGSAS)
    anna.username = username

    assert anna.give_password().status_code == 422


def test_a_form_without_our_token_is_shown_again_with_a_fresh_one(anna: Colleague) -> None:
    answer = anna.client.post("/staff/sign-in", data={"username": "anna", "password": PASSWORD})

    assert answer.status_code == 400
    assert re.search(r'name="csrf_token" value="[^"]{40,}"', answer.text)


def test_what_was_typed_is_never_sent_back(anna: Colleague) -> None:
    anna.give_password("CANARY-in-the-password")

    assert "CANARY" not in anna.page
    assert "anna" not in anna.page


@pytest.mark.parametrize("steps", [-1, 0, 1])
@time_machine.travel("2026-11-23 08:00:10+00:00", tick=False)
def test_a_code_half_a_minute_off_is_accepted(anna: Colleague, steps: int) -> None:
    anna.give_password()

    assert anna.give_code(code(steps)).status_code == 303


@pytest.mark.parametrize("typed", ["000000", "", "x" * 41, "AAAA-BBBB-CCCC-DDDD"])
def test_another_code_is_refused(anna: Colleague, typed: str) -> None:
    anna.give_password()

    assert anna.give_code(typed or " ").status_code == 422


@time_machine.travel("2026-11-23 08:00:10+00:00", tick=False)
def test_a_code_is_good_once(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    thief = clinic.outsider("anna")
    thief.give_password()

    assert thief.give_code(code()).status_code == 422
    assert thief.give_code(code(-1)).status_code == 422
    assert thief.give_code(code(+1)).status_code == 303


def test_a_code_is_good_for_its_own_account_only(anna: Colleague, clinic: Clinic) -> None:
    mia = clinic.employ("mia", "reception", ALINGSAS, secret="KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
    mia.give_password()

    assert mia.give_code(code()).status_code == 422


def test_a_recovery_code_is_good_once(clinic: Clinic) -> None:
    eva = clinic.newcomer("eva", "reception", ALINGSAS)
    recovery = clinic.enrol(eva)[0]
    eva.give_password()

    assert eva.give_code(recovery.lower()).status_code == 303
    eva.post("/staff/sign-out")
    eva.give_password()
    assert eva.give_code(recovery).status_code == 422


def test_a_second_factor_taken_away_meanwhile_lets_nobody_in(anna: Colleague, clinic: Clinic) -> None:
    user = clinic.newcomer("eva", "reception", ALINGSAS)
    with clinic.records() as records, records.begin():
        assert not identity.use_code(records, clinic.box, clinic.user(user.username).id, code())


def test_a_hash_with_older_parameters_is_made_anew(anna: Colleague, clinic: Clinic) -> None:
    weak = clinic.weaken_hash("anna")

    anna.give_password()

    assert clinic.user("anna").password_hash != weak
    assert anna.answer.status_code == 303


def test_either_database_lets_somebody_in(either_clinic: Clinic) -> None:
    either_clinic.employ("anna", "reception", ALINGSAS).sign_in()
