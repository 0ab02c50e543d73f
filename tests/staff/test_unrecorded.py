"""What cannot be recorded is not shown and not done: 503, without content, on either database."""

from typing import Any

import pytest
from sqlalchemy import event, text

from tests.staff.colleague import Colleague
from tests.staff.log import entries, last, unwritable
from tests.staff.people import ALINGSAS, KIM, LERUM, Clinic

CANARY = "CANARY-77d0"
LOCKS = {"sqlite": "DELETE FROM throttles", "postgresql": "LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE"}
ONLY_READS = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
}


@pytest.fixture
def case(either_clinic: Clinic) -> str:
    return either_clinic.receive(KIM | {"story": CANARY})


@pytest.fixture
def anna(either_clinic: Clinic, case: str) -> Colleague:
    """Reception, signed in, with a case open."""
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()
    anna.get(f"/staff/case/{case}")
    assert CANARY in anna.page
    return anna


@pytest.mark.parametrize("page", ["/staff/", "/staff/case/{case}", "/staff/account", "/staff/sign-in"])
def test_without_a_log_nothing_is_shown(either_clinic: Clinic, anna: Colleague, case: str, page: str) -> None:
    with unwritable(either_clinic):
        answer = anna.get(page.format(case=case))

    assert answer.status_code == 503
    assert not [word for word in (CANARY, "Kim", either_clinic.case(case).reference) if word in answer.text]


@pytest.mark.parametrize("page", ["/staff/case/" + "0" * 32, "/staff/second-factor"])
def test_without_a_log_not_even_a_refusal_is_given(either_clinic: Clinic, anna: Colleague, page: str) -> None:
    with unwritable(either_clinic):
        assert anna.get(page).status_code == 503


def test_without_a_log_nothing_is_changed(either_clinic: Clinic, anna: Colleague, case: str) -> None:
    before = (either_clinic.case(case).version, len(either_clinic.timeline(case)))
    with unwritable(either_clinic):
        statuses = [
            anna.post(f"/staff/case/{case}/move", move="claim", version="2").status_code,
            anna.post(f"/staff/case/{case}/note", note="Ringer imorgon.").status_code,
        ]

    assert statuses == [503, 503]
    assert (either_clinic.case(case).version, len(either_clinic.timeline(case))) == before


def test_without_a_log_the_first_look_is_no_look(either_clinic: Clinic, anna: Colleague) -> None:
    unread = either_clinic.receive()
    with unwritable(either_clinic):
        assert anna.get(f"/staff/case/{unread}").status_code == 503

    assert either_clinic.case(unread).state == "received"


def test_without_a_log_nobody_signs_in(either_clinic: Clinic, anna: Colleague) -> None:
    bo = either_clinic.employ("bo", "reception", LERUM)
    with unwritable(either_clinic):
        assert bo.give_password().status_code == 503

    assert bo.get("/staff/").location == "/staff/sign-in"


def test_with_the_log_back_work_goes_on(either_clinic: Clinic, anna: Colleague, case: str) -> None:
    with unwritable(either_clinic):
        anna.get(f"/staff/case/{case}")

    assert anna.get(f"/staff/case/{case}").status_code == 200


def test_a_refusal_stays_recorded_though_the_request_was_taken_back(either_clinic: Clinic, anna: Colleague) -> None:
    before = len(entries(either_clinic))
    theirs = either_clinic.receive(KIM | {"about.town": "lerum"})

    assert anna.post(f"/staff/case/{theirs}/note", note=CANARY).status_code == 404
    assert (len(entries(either_clinic)), last(either_clinic).result) == (before + 1, "denied")
    assert [each.kind for each in either_clinic.timeline(theirs)] == ["received"]


def test_a_log_that_is_locked_shows_nothing(
    either_clinic: Clinic, anna: Colleague, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.records.database.PRAGMAS", ("busy_timeout = 50",))
    either_clinic.parts.database.close()
    with either_clinic.records() as other:
        other.execute(text(LOCKS[other.get_bind().dialect.name]))
        answer = anna.get(f"/staff/case/{case}")

    assert (answer.status_code, CANARY in answer.text) == (503, False)


def test_a_database_that_only_reads_shows_nothing(either_clinic: Clinic, anna: Colleague, case: str) -> None:
    with either_clinic.records() as records, records.begin():
        dialect = records.get_bind().dialect.name

    @event.listens_for(either_clinic.parts.database.engine, "connect")
    def only_read(made: Any, _: object) -> None:  # noqa: ANN401  # the connection of either driver
        made.execute(ONLY_READS[dialect]).close()
        made.commit()

    either_clinic.parts.database.close()
    answer = anna.get(f"/staff/case/{case}")

    assert (answer.status_code, CANARY in answer.text) == (503, False)
