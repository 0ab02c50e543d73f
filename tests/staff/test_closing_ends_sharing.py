"""Whoever was only asked about a case reads it no more once it is closed, and not again when it is reopened."""

import re

import pytest

from tests.staff.agreement import MINI_MARIA, agree
from tests.staff.colleague import Colleague
from tests.staff.pairs import ask, kinds
from tests.staff.people import ALINGSAS, KIM, Clinic

CONSULT = {"kind": "consult", "unit": MINI_MARIA, "note": "Hur trappar man ner?"}
PARALLEL = {"kind": "parallel", "unit": MINI_MARIA}
TAKEN_BACK = {
    "consult": "Frågan avslutad : tillbakatagen · Mini-Maria",
    "parallel": "Arbetar inte längre samtidigt : avslutat av ägande enhet · Mini-Maria",
}


@pytest.fixture
def case(either_clinic: Clinic) -> str:
    return either_clinic.receive()


@pytest.fixture
def kim(either_clinic: Clinic) -> Colleague:
    """A clinician in Alingsås."""
    return either_clinic.employ("kim", "clinician", ALINGSAS).sign_in()


@pytest.fixture
def mia(either_clinic: Clinic) -> Colleague:
    """A clinician at Mini-Maria, where the region answers."""
    return either_clinic.employ("mia", "clinician", MINI_MARIA).sign_in()


def share(colleague: Colleague, case: str, wanted: dict[str, str]) -> None:
    """Work on the case, and let Mini-Maria read it too."""
    colleague.get(f"/staff/case/{case}")
    colleague.move(case, "claim")
    agree(colleague, case)
    assert colleague.post(f"/staff/case/{case}/errand", **wanted).status_code == 303
    colleague.get(f"/staff/case/{case}")


def reads(colleague: Colleague, case: str) -> bool:
    """Tell whether somebody has the case in their queue and can open it: both or neither."""
    listed, opened = bool(colleague.references("/staff/")), colleague.get(f"/staff/case/{case}").status_code
    assert (listed, opened) in ((True, 200), (False, 404))
    return listed


@pytest.mark.parametrize("wanted", [CONSULT, PARALLEL], ids=["consult", "parallel"])
def test_closing_takes_back_what_was_shared_and_reopening_does_not_bring_it(
    kim: Colleague, mia: Colleague, either_clinic: Clinic, case: str, wanted: dict[str, str]
) -> None:
    share(kim, case, wanted)
    assert reads(mia, case)
    assert kim.move(case, "close", choice="advice").status_code == 303

    assert not reads(mia, case)
    assert TAKEN_BACK[wanted["kind"]] in kim.section("timeline")
    assert kinds(either_clinic, case)[-2:] == [f"end_{wanted['kind']}", "close"]
    assert "Väntar" not in kim.section("others")

    assert kim.move(case, "reopen", choice="new_facts").status_code == 303
    assert not reads(mia, case)


def test_a_closing_that_is_refused_takes_nothing_back(kim: Colleague, mia: Colleague, case: str) -> None:
    share(kim, case, CONSULT)

    assert kim.move(case, "close", choice="not_reached").status_code == 422
    assert reads(mia, case)


def test_a_task_that_is_shared_with_nobody_stays_open(kim: Colleague, case: str) -> None:
    kim.get(f"/staff/case/{case}")
    kim.move(case, "claim")
    kim.post(f"/staff/case/{case}/errand", kind="sampling", note="PEth")
    kim.get(f"/staff/case/{case}")
    kim.move(case, "close", choice="advice")
    errand = re.search(r"/errand/(\w+)", kim.page)

    assert errand
    assert kim.post(f"/staff/case/{case}/errand/{errand[1]}", answer="done").status_code == 303


def test_nobody_is_asked_about_a_closed_case(kim: Colleague, mia: Colleague, case: str) -> None:
    share(kim, case, PARALLEL)
    kim.move(case, "close", choice="advice")

    assert kim.post(f"/staff/case/{case}/errand", **CONSULT).status_code == 422
    assert not reads(mia, case)


def test_what_is_inside_a_closed_case_is_not_read_on_either(
    kim: Colleague, mia: Colleague, either_clinic: Clinic, case: str
) -> None:
    share(kim, case, CONSULT)
    main = either_clinic.receive(KIM)
    assert ask(kim, either_clinic, (main, case), "into_this").status_code == 303
    assert mia.get(f"/staff/case/{case}").status_code == 200
    kim.get(f"/staff/case/{main}")
    kim.move(main, "claim")
    assert kim.move(main, "close", choice="advice").status_code == 303

    assert mia.get(f"/staff/case/{case}").status_code == 404
    assert kinds(either_clinic, case)[-1] == "end_consult"


def test_a_case_that_closes_again_when_two_are_parted_is_read_by_nobody_who_was_asked(
    kim: Colleague, mia: Colleague, either_clinic: Clinic, case: str
) -> None:
    kim.get(f"/staff/case/{case}")
    kim.move(case, "claim")
    agree(kim, case)
    kim.move(case, "close", choice="advice")
    again = either_clinic.receive(KIM)
    assert ask(kim, either_clinic, (case, again), "this_again").status_code == 303
    kim.get(f"/staff/case/{case}")
    assert kim.post(f"/staff/case/{case}/errand", **CONSULT).status_code == 303
    assert mia.get(f"/staff/case/{case}").status_code == 200
    assert ask(kim, either_clinic, (case, again)).status_code == 303

    assert either_clinic.case(case).state == "closed"
    assert not reads(mia, case)
