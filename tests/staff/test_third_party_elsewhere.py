"""What is told about somebody else, looked at in other ways: joined, beside another case, by who was only asked."""

import pytest

from intake.records.queries.third_party import kept
from tests.staff.agreement import MINI_MARIA, agree
from tests.staff.colleague import Colleague
from tests.staff.log import last, told
from tests.staff.pairs import ask
from tests.staff.people import ALINGSAS, KIM, Clinic
from tests.staff.test_third_party import PROFESSIONAL, RELATIVE, remove


@pytest.fixture
def case(clinic: Clinic) -> str:
    return clinic.receive(RELATIVE, "relative")


@pytest.fixture
def kim(clinic: Clinic) -> Colleague:
    """A clinician in Alingsås."""
    return clinic.employ("kim", "clinician", ALINGSAS).sign_in()


def is_kept(clinic: Clinic, case: str) -> bool:
    with clinic.records() as records:
        found = kept(records, case)
    assert found is not None
    return found.content is not None


def test_removing_is_recorded_with_its_reason_and_the_case(kim: Colleague, clinic: Clinic, case: str) -> None:
    kim.get(f"/staff/case/{case}")
    kim.post(f"/staff/case/{case}/third-party/remove", reason="wrong")

    assert told(last(clinic)) == ("remove_third_party", "done")
    assert (last(clinic).case_id, last(clinic).codes) == (case, "wrong")


def test_a_unit_that_was_only_asked_reads_it_and_removes_nothing(kim: Colleague, clinic: Clinic, case: str) -> None:
    kim.get(f"/staff/case/{case}")
    kim.move(case, "claim")
    agree(kim, case, purpose="consult")
    kim.post(f"/staff/case/{case}/errand", kind="consult", unit=MINI_MARIA, note="Hur gör man?")
    mia = clinic.employ("mia", "clinician", MINI_MARIA).sign_in()
    mia.get(f"/staff/case/{case}")

    assert "CANARY-ANNAN" in mia.section("third-party")
    assert "third-party/remove" not in mia.page
    assert remove(mia, case) == 422
    assert is_kept(clinic, case)


def test_inside_another_case_it_is_shown_and_removed_all_the_same(kim: Colleague, clinic: Clinic, case: str) -> None:
    main = clinic.receive(KIM)
    assert ask(kim, clinic, (main, case), "into_this").status_code == 303
    kim.get(f"/staff/case/{main}")
    assert "CANARY-ANNAN" in kim.section(f"third-party-{case}")

    assert remove(kim, case) == 303
    assert "CANARY-ANNAN" not in kim.get(f"/staff/case/{main}").text


def test_beside_another_case_stands_whom_a_professional_writes_about(kim: Colleague, clinic: Clinic) -> None:
    case, other = clinic.receive(PROFESSIONAL, "professional"), clinic.receive(KIM)
    page = kim.get(f"/staff/case/{other}/person?reference={clinic.case(case).reference}").text

    assert "Milo" in page
    assert "Peter" not in page


def test_a_professionals_number_finds_nobody(kim: Colleague, clinic: Clinic) -> None:
    clinic.receive(KIM | {"contact.phone": "070-174 06 55"})
    kim.get(f"/staff/case/{clinic.receive(PROFESSIONAL, 'professional')}")

    assert 'id="kin-heading"' not in kim.page
