"""`intake user …`, as whoever runs the service types it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from intake.records.database import Database
from intake.staff.commands import user
from intake.staff.passwords import PasswordRefused
from tests.staff.colleague import PASSWORD
from tests.staff.people import ALINGSAS, LERUM, Clinic


@pytest.fixture
def clinic(staff_app: Flask, home: Path) -> Iterator[Clinic]:
    """A clinic whose database is that of an installation's folder."""
    database = Database(f"sqlite:///{home / 'intake.db'}")
    staff_app.extensions["intake"] = replace(staff_app.extensions["intake"], database=database)
    staff_app.extensions.pop("intake.keyring", None)
    yield Clinic(staff_app)
    database.close()


def type_in(home: Path, *words: str, answer: str = "") -> Result:
    return CliRunner().invoke(user, words, input=answer, env={"INTAKE_HOME": str(home)})


def add(home: Path, username: str, *words: str, password: str = PASSWORD) -> Result:
    return type_in(home, "add", username, "--password-stdin", *words, answer=f"{password}\n")


def reception(home: Path, username: str = "eva") -> Result:
    return add(home, username, "--role", "reception", "--unit", ALINGSAS)


def test_an_account_that_was_made_can_sign_in_and_is_asked_to_enrol(clinic: Clinic, home: Path) -> None:
    assert reception(home).exit_code == 0
    assert clinic.outsider("eva").give_password().location == "/staff/enrol"


def test_the_password_can_be_typed_twice_instead(clinic: Clinic, home: Path) -> None:
    typed = type_in(home, "add", "eva", "--role", "admin", answer=f"{PASSWORD}\n{PASSWORD}\n")

    assert typed.exit_code == 0
    assert PASSWORD not in typed.output
    assert clinic.outsider("eva").give_password().status_code == 303


@pytest.mark.parametrize(
    ("username", "words", "said"),
    [
        ("Eva", ("--role", "admin"), "a username has"),
        ("e va", ("--role", "admin"), "a username has"),
        ("eva", ("--role", "reception"), "give --unit"),
        ("eva", ("--role", "reception", "--unit", "nowhere"), "no such unit: nowhere"),
        ("eva", ("--role", "reception", "--unit", "vardcentral"), "no such unit: vardcentral"),
        ("eva", ("--role", "chief"), "Invalid value"),
        ("eva", ("--role", "reception", "--unit", LERUM, "--unit", ALINGSAS), "nobody of lerum works in"),
        ("eva", ("--role", "reception", "--unit", LERUM, "--principal", "nobody"), "no such principal: nobody"),
        ("eva", (), "Missing option"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused_with_a_reason(
    home: Path, username: str, words: tuple[str, ...], said: str
) -> None:
    refused = add(home, username, *words)

    assert refused.exit_code != 0
    assert said in refused.output


@pytest.mark.parametrize("address", ["eva", "eva@example.org, bo@example.org", "eva@example.org\nBcc: bo@example.org"])
def test_an_address_that_is_none_is_refused(home: Path, address: str) -> None:
    refused = (add(home, "eva", "--role", "admin", "--email", address), type_in(home, "set-email", "eva", address))

    assert {each.exit_code for each in refused} == {2}


def test_an_account_can_be_told_by_mail_elsewhere_or_nowhere(clinic: Clinic, home: Path) -> None:
    add(home, "eva", "--role", "admin", "--email", "eva@example.org")
    seen = [clinic.user("eva").email]
    for words in (["eva.larm@example.org"], []):
        assert type_in(home, "set-email", "eva", *words).exit_code == 0
        seen.append(clinic.user("eva").email)

    assert seen == ["eva@example.org", "eva.larm@example.org", None]


def test_a_short_password_is_refused(home: Path) -> None:
    assert isinstance(add(home, "eva", "--role", "admin", password="short").exception, PasswordRefused)


def test_a_name_is_given_once(home: Path) -> None:
    reception(home)

    assert "already an account called eva" in reception(home).output


def test_the_list_shows_who_may_what(clinic: Clinic, home: Path) -> None:
    add(home, "eva", "--role", "reception", "--unit", LERUM, "--name", "Eva, receptionen")
    clinic.employ("anna", "auditor")
    clinic.employ("bo", "admin")
    type_in(home, "disable", "bo")

    assert type_in(home, "list").output.splitlines() == [
        "anna\tauditor\tregion\t-\tenrolled\tAnna",
        "bo\tadmin\tregion\t-\tdisabled\tBo",
        f"eva\treception\tlerum\t{LERUM}\tnot enrolled\tEva, receptionen",
    ]


def test_disabling_ends_what_is_going_on(clinic: Clinic, home: Path) -> None:
    anna = clinic.employ("anna", "reception", ALINGSAS).sign_in()
    type_in(home, "disable", "anna")

    assert anna.get("/staff/").location == "/staff/sign-in"


def test_a_new_password_ends_what_is_going_on(clinic: Clinic, home: Path) -> None:
    anna = clinic.employ("anna", "reception", ALINGSAS).sign_in()
    type_in(home, "set-password", "anna", "--password-stdin", answer="another long password\n")

    assert anna.get("/staff/").location == "/staff/sign-in"
    assert anna.give_password("another long password").status_code == 303


def test_a_lost_telephone_is_replaced_at_the_next_sign_in(clinic: Clinic, home: Path) -> None:
    anna = clinic.employ("anna", "reception", ALINGSAS)
    type_in(home, "reset-second-factor", "anna")

    assert anna.give_password().location == "/staff/enrol"


def test_the_second_factor_can_be_set_up_here(clinic: Clinic, home: Path) -> None:
    reception(home)
    lines = type_in(home, "enrol", "eva").output.splitlines()
    codes = [line.removeprefix("recovery code: ") for line in lines if line.startswith("recovery code: ")]
    eva = clinic.outsider("eva")

    assert len(codes) == 10
    assert eva.give_password().location == "/staff/second-factor"
    assert eva.give_code(codes[9]).status_code == 303


@pytest.mark.parametrize("command", ["disable", "reset-second-factor", "enrol", "set-email"])
def test_somebody_who_is_not_there_is_said_not_to_be(home: Path, command: str) -> None:
    refused = type_in(home, command, "nobody")

    assert (refused.exit_code, refused.output) == (1, "Error: there is no account called nobody\n")


def test_somebody_moves_to_another_unit_and_employer(clinic: Clinic, home: Path) -> None:
    reception(home)
    moved = type_in(home, "move", "eva", "--unit", "mini-maria", "--unit", LERUM, "--principal", "region")

    assert moved.output == f"intake: eva works in mini-maria, {LERUM}\n"
    assert f"eva\treception\tregion\tmini-maria,{LERUM}" in type_in(home, "list").output
