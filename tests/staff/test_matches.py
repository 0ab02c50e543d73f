"""Who a request may also be from: suggested to those who may see both, within one principal, and to nobody else."""

import subprocess
import sys
from datetime import timedelta

import pytest

from intake import clock
from intake.staff.kin import SHOWN
from tests.staff.colleague import Colleague
from tests.staff.pairs import ask, close
from tests.staff.people import ALINGSAS, KIM, LERUM, Answers, Clinic

MINI, FIRST = "mini-maria", "vagen-in"
YOUNG: Answers = KIM | {"about.age": "16"}
NO_AGE: Answers = {name: answer for name, answer in KIM.items() if name != "about.age"}
IN_LERUM: Answers = KIM | {"about.town": "lerum"}
SHARED: Answers = KIM | {"consent.share": ("region",)}


def suggested(colleague: Colleague, case: str) -> str:
    """What a case's page says about who else it may be."""
    assert colleague.get(f"/staff/case/{case}").status_code == 200
    return colleague.section("kin")


def test_an_earlier_case_is_suggested_with_its_state_its_age_and_what_is_shared(
    anna: Colleague, clinic: Clinic
) -> None:
    earlier = clinic.receive()
    close(clinic, anna.sign_in(), earlier)
    clinic.spoil(earlier, received_at=clock.now() - timedelta(days=21))
    reference = clinic.case(earlier).reference

    assert f"{reference} Avslutad inkom för 21 dygn sedan · samma telefonnummer" in suggested(anna, clinic.receive())


def test_nobody_is_suggested_where_nobody_is_alike(anna: Colleague, clinic: Clinic) -> None:
    clinic.receive(KIM | {"contact.phone": "070-174 06 06"})

    assert suggested(anna.sign_in(), clinic.receive()) == ""


def test_units_of_one_principal_find_each_other_for_whoever_works_in_both(clinic: Clinic) -> None:
    young, other = clinic.receive(YOUNG), clinic.receive(NO_AGE)
    both = clinic.employ("both", "reception", MINI, FIRST).sign_in()

    assert clinic.case(other).reference in suggested(both, young)
    assert clinic.case(young).reference in suggested(both, other)


@pytest.mark.parametrize("role", ["reception", "clinician", "coordinator"])
def test_a_case_of_another_unit_is_never_suggested(clinic: Clinic, role: str) -> None:
    young, other = clinic.receive(YOUNG), clinic.receive(NO_AGE)
    one = clinic.employ("one", role, MINI).sign_in()

    assert suggested(one, young) == ""
    assert clinic.case(other).reference not in one.get(f"/staff/case/{young}/person").text


@pytest.mark.parametrize("role", ["reception", "clinician", "coordinator"])
def test_nobody_is_suggested_across_principals_however_much_one_may_see(clinic: Clinic, role: str) -> None:
    cases = [clinic.receive(SHARED), clinic.receive(SHARED | IN_LERUM), clinic.receive(YOUNG)]
    everywhere = clinic.employ("everywhere", role, f"{ALINGSAS}@region", LERUM, MINI, FIRST).sign_in()

    assert [suggested(everywhere, case) for case in cases] == ["", "", ""]


def test_a_number_that_many_share_is_said_to_be_shared(anna: Colleague, clinic: Clinic) -> None:
    cases = [clinic.receive() for _ in range(SHOWN + 3)]
    said = suggested(anna.sign_in(), cases[0])

    assert said.count("samma telefonnummer") == SHOWN
    assert "2 ärenden till kan nås på samma sätt" in said


def test_the_newest_are_suggested_first(anna: Colleague, clinic: Clinic) -> None:
    cases = [clinic.receive() for _ in range(4)]
    for days, case in enumerate(reversed(cases)):
        clinic.spoil(case, received_at=clock.now() - timedelta(days=days))
    said = suggested(anna.sign_in(), cases[0])

    places = [said.index(clinic.case(case).reference) for case in reversed(cases[1:])]
    assert places == sorted(places)


def test_what_is_inside_another_is_suggested_by_that_other(anna: Colleague, clinic: Clinic) -> None:
    first, second, third = (clinic.receive() for _ in range(3))
    assert ask(anna.sign_in(), clinic, (first, second), "into_this").status_code == 303
    said = suggested(anna, third)

    assert clinic.case(first).reference in said
    assert clinic.case(second).reference not in said


def test_the_two_stand_side_by_side(anna: Colleague, clinic: Clinic) -> None:
    this, other = clinic.receive(), clinic.receive(KIM | {"contact.name": "Kim Kim"})
    anna.sign_in().get(f"/staff/case/{this}/person")

    assert '<bdi dir="auto">Kim</bdi></td><td><bdi dir="auto">Kim Kim</bdi>' in anna.page
    assert clinic.case(other).reference in anna.page
    assert "familjer delar ofta" in anna.page


@pytest.mark.parametrize("write", [str, str.lower, lambda reference: reference.replace("-", " "), "  {}".format])
def test_a_case_is_found_by_its_reference_however_it_was_heard(anna: Colleague, clinic: Clinic, write: object) -> None:
    assert callable(write)
    this, other = clinic.receive(), clinic.receive(KIM | {"contact.phone": "070-174 06 06"})
    anna.sign_in().get(f"/staff/case/{this}/person?reference={write(clinic.case(other).reference)}")

    assert f'id="with-{other}"' in anna.page


def test_its_own_reference_is_no_other_case(anna: Colleague, clinic: Clinic) -> None:
    this = clinic.receive()
    anna.sign_in().get(f"/staff/case/{this}/person?reference={clinic.case(this).reference}")

    assert "Det finns inget sådant ärende hos er." in anna.page


@pytest.mark.parametrize("written", ["%00", "K7M-2QF", "K7M", "x" * 500, "<b>CANARY</b>", "'; --", "%ff"])
def test_a_reference_of_nothing_is_said_to_be_none(either_clinic: Clinic, written: str) -> None:
    this = either_clinic.receive()
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()

    assert anna.get(f"/staff/case/{this}/person?reference={written}").status_code == 200
    assert "Det finns inget sådant ärende hos er." in anna.page
    assert "<b>CANARY" not in anna.page


def test_another_clinics_reference_is_answered_like_one_that_never_was(anna: Colleague, clinic: Clinic) -> None:
    this, theirs = clinic.receive(), clinic.receive(IN_LERUM)
    reference = clinic.case(theirs).reference
    anna.sign_in()

    there = anna.get(f"/staff/case/{this}/person?reference={reference}")
    never = anna.get(f"/staff/case/{this}/person?reference=000-000")
    assert len(there.text) == len(never.text)
    assert theirs not in there.text


def test_no_public_process_holds_the_index() -> None:
    said = "import intake.public, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True).stdout.split()

    assert "intake.public.sending" in loaded
    assert {"intake.ingest.index", "intake.sealing.digests", "intake.records.queries.matches"} & set(loaded) == set()
