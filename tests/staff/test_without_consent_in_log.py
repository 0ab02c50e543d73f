"""Another ground than consent is loud in the log: the reason and the receiver are in it, and it stands on top."""

import re
from datetime import timedelta

import pytest
import time_machine

from intake import clock
from tests.staff.agreement import MINI_MARIA
from tests.staff.colleague import Colleague
from tests.staff.log import entries, last, told
from tests.staff.people import ALINGSAS, Clinic

LAW = {"purpose": "care", "reason": "child_at_risk", "note": "CANARY-LAG"}


@pytest.fixture
def case(clinic: Clinic) -> str:
    return clinic.receive()


@pytest.fixture
def eva(clinic: Clinic) -> Colleague:
    """A coordinator in Alingsås."""
    return clinic.employ("eva", "coordinator", ALINGSAS).sign_in()


def write(colleague: Colleague, case: str, receiver: str = MINI_MARIA, **fields: str) -> int:
    """Write that the law lets a receiver read; what is answered."""
    colleague.get(f"/staff/case/{case}/consent?receiver={receiver}&purpose=care")
    return colleague.post(f"/staff/case/{case}/law", receiver=receiver, **LAW | fields).status_code


def approve(colleague: Colleague, case: str) -> int:
    """Approve what waits; what is answered."""
    colleague.get(f"/staff/case/{case}")
    ground = re.search(r"/ground/(\w+)/end", colleague.page)
    assert ground
    return colleague.post(f"/staff/case/{case}/ground/{ground[1]}/approve").status_code


def auditor(clinic: Clinic) -> Colleague:
    alva = clinic.employ("alva", "auditor").sign_in()
    alva.get("/staff/audit")
    return alva


def test_both_acts_are_recorded_with_reason_and_receiver(
    anna: Colleague, eva: Colleague, clinic: Clinic, case: str
) -> None:
    said = f"reason=child_at_risk unit={MINI_MARIA} principal=region"
    assert write(anna.sign_in(), case) == 303
    assert (*told(last(clinic)), last(clinic).case_id, last(clinic).codes) == ("keep_law", "done", case, said)
    assert approve(eva, case) == 303

    assert (*told(last(clinic)), last(clinic).case_id, last(clinic).codes) == ("approve_ground", "done", case, said)
    assert "CANARY" not in repr(entries(clinic))


def test_they_stand_on_top_with_who_and_which_case_and_why(
    anna: Colleague, eva: Colleague, clinic: Clinic, case: str
) -> None:
    write(anna.sign_in(), case)
    approve(eva, case)
    alva, reference = auditor(clinic), clinic.case(case).reference
    first, _, second = alva.section("alerts").partition("Anna")

    assert f"Eva : {reference} · Godkände en annan laglig grund Ett barn kan fara illa · Mini-Maria" in first
    assert f": {reference} · Antecknade en annan laglig grund Ett barn kan fara illa · Mini-Maria" in second
    assert "CANARY" not in alva.page


def test_they_lead_to_all_that_somebody_wrote_so(anna: Colleague, clinic: Clinic, case: str) -> None:
    write(anna.sign_in(), case)
    alva = auditor(clinic)
    way = re.search(r'id="law-heading".*?href="([^"]+)"', alva.page, re.DOTALL)
    assert way
    alva.get(way[1].replace("&amp;", "&"))

    assert alva.page.partition("<tbody>")[2].count("<tr") == 1


def test_what_was_refused_lets_nobody_read_and_is_not_among_them(anna: Colleague, clinic: Clinic, case: str) -> None:
    assert write(anna.sign_in(), case, reason="because") == 422

    assert 'id="law-heading"' not in auditor(clinic).page


def test_they_leave_the_top_after_a_week(anna: Colleague, clinic: Clinic, case: str) -> None:
    write(anna.sign_in(), case)
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        alva = auditor(clinic)

    assert 'id="law-heading"' not in alva.page
    assert "Antecknade en annan laglig grund" in alva.page


def test_they_are_found_on_either_database(either_clinic: Clinic) -> None:
    case = either_clinic.receive()
    write(either_clinic.employ("anna", "reception", ALINGSAS).sign_in(), case)

    assert either_clinic.case(case).reference in auditor(either_clinic).section("alerts")
