"""Somebody who withdraws is read by nobody who was only asked, whatever the ground it was shared on."""

import re

import pytest

from tests.mailbox.kim import Kim
from tests.staff.agreement import MINI_MARIA, agree
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, Clinic


@pytest.fixture
def mia(clinic: Clinic) -> Colleague:
    """A clinician at Mini-Maria, where the region answers."""
    return clinic.employ("mia", "clinician", MINI_MARIA).sign_in()


def allow_by_law(clinic: Clinic, anna: Colleague, case: str) -> None:
    """Let Mini-Maria read it without the person's yes: one writes why, another approves."""
    eva = clinic.employ("eva", "coordinator", ALINGSAS).sign_in()
    law = {"receiver": MINI_MARIA, "purpose": "care", "reason": "life_in_danger", "note": "Fara för livet."}
    assert anna.post(f"/staff/case/{case}/law", **law).status_code == 303
    eva.get(f"/staff/case/{case}")
    ground = re.search(r"/ground/(\w+)/end", eva.page)
    assert ground
    assert eva.post(f"/staff/case/{case}/ground/{ground[1]}/approve").status_code == 303


@pytest.mark.parametrize("by_law", [True, False], ids=["law", "consent"])
@pytest.mark.parametrize("kind", ["consult", "handover"])
def test_whoever_was_asked_reads_no_more(kim: Kim, anna: Colleague, mia: Colleague, kind: str, *, by_law: bool) -> None:
    case = kim.case().id
    anna.sign_in().get(f"/staff/case/{case}")
    anna.move(case, "claim")
    if by_law:
        allow_by_law(kim.clinic, anna, case)
    else:
        agree(anna, case)
    anna.get(f"/staff/case/{case}")
    if kind == "handover":
        assert anna.move(case, "route", unit=MINI_MARIA, choice="wish").status_code == 303
        assert anna.move(case, "hand_over").status_code == 303
    else:
        asked = anna.post(f"/staff/case/{case}/errand", kind=kind, unit=MINI_MARIA, note="Hur?")
        assert asked.status_code == 303
    assert mia.get(f"/staff/case/{case}").status_code == 200
    kim.go("withdrawal").press()

    assert kim.case().state == "closed"
    assert mia.get(f"/staff/case/{case}").status_code == 404
    assert mia.references("/staff/") == []
    anna.get(f"/staff/case/{case}")
    assert "Väntar" not in anna.section("others")


def test_what_the_law_allowed_is_taken_back_on_the_timeline(
    kim: Kim, anna: Colleague, mia: Colleague, clinic: Clinic
) -> None:
    case = kim.case().id
    anna.sign_in().get(f"/staff/case/{case}")
    allow_by_law(clinic, anna, case)
    anna.get(f"/staff/case/{case}")
    anna.post(f"/staff/case/{case}/errand", kind="consult", unit=MINI_MARIA, note="Hur?")
    kim.go("withdrawal").press()

    assert kim.kinds()[-2:] == ["end_consult", "withdraw"]
    assert mia.get(f"/staff/case/{case}").status_code == 404
