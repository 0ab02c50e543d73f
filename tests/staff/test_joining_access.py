"""Who may join which cases, and that nobody joins or sees what is not theirs to see."""

import pytest
from sqlalchemy.exc import IntegrityError

from intake.records.joining_models import CaseLink
from tests.staff.colleague import Colleague
from tests.staff.pairs import ask, kinds, versions
from tests.staff.people import ALINGSAS, KIM, LERUM, Answers, Clinic

MINI, FIRST = "mini-maria", "vagen-in"
SHARED: Answers = KIM | {"consent.share": ("region",)}


@pytest.fixture
def pair(clinic: Clinic) -> tuple[str, str]:
    """Two requests of Kim's, in one clinic."""
    return clinic.receive(), clinic.receive(KIM | {"story": "En gång till."})


@pytest.mark.parametrize(
    ("role", "status"), [("clinician", 303), ("coordinator", 303), ("auditor", 403), ("admin", 403)]
)
def test_those_who_care_for_people_join_and_nobody_else(
    clinic: Clinic, pair: tuple[str, str], role: str, status: int
) -> None:
    somebody = clinic.employ("somebody", role, ALINGSAS).sign_in()
    somebody.get("/staff/account")
    sent = {"other": pair[1], "way": "into_this", **versions(clinic, *pair)}

    assert somebody.post(f"/staff/case/{pair[0]}/join", **sent).status_code == status


def test_a_case_of_another_clinic_is_not_joined_from_either_side(anna: Colleague, clinic: Clinic) -> None:
    ours, theirs = clinic.receive(), clinic.receive(KIM | {"about.town": "lerum"})
    anna.sign_in().get(f"/staff/case/{ours}/person")
    sent = {"way": "into_this", **versions(clinic, ours, theirs)}

    assert anna.post(f"/staff/case/{ours}/join", other=theirs, **sent).status_code == 404
    anna.get(f"/staff/case/{ours}/person")
    assert anna.post(f"/staff/case/{theirs}/join", other=ours, **sent).status_code == 404
    assert kinds(clinic, theirs) == ["received"]


@pytest.mark.parametrize("way", ["into_this", "into_other", "other_again", "this_again", "", "nonsense"])
def test_cases_of_two_principals_are_not_joined_even_by_whoever_sees_both(clinic: Clinic, way: str) -> None:
    pair = clinic.receive(SHARED), clinic.receive(SHARED | {"about.town": "lerum"})
    both = clinic.employ("both", "coordinator", f"{ALINGSAS}@region", LERUM).sign_in()
    assert both.get(f"/staff/case/{pair[1]}").status_code == 200
    both.get(f"/staff/case/{pair[0]}/person")
    sent, before = {"other": pair[1], "way": way, **versions(clinic, *pair)}, [kinds(clinic, each) for each in pair]

    assert both.post(f"/staff/case/{pair[0]}/join", **sent).status_code == 422
    assert [kinds(clinic, each) for each in pair] == before


def test_the_database_too_refuses_to_link_two_principals(either_clinic: Clinic) -> None:
    one, two = either_clinic.receive(), either_clinic.receive(KIM | {"about.town": "lerum"})
    either_clinic.employ("anna", "reception", ALINGSAS)
    now, anna = either_clinic.case(one).received_at, either_clinic.user("anna").id
    past = {"inner_state": "x", "inner_state_at": now, "main_state": "x", "main_state_at": now, "main_priority": 3}
    forged = CaseLink(
        id="0" * 32, kind="merged", principal="lerum", main_id=two, inner_id=one, made_by=anna, made_at=now, **past
    )

    with either_clinic.records() as records:
        records.add(forged)
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
            records.flush()


def test_of_what_is_inside_only_those_who_may_see_it_see_anything(clinic: Clinic) -> None:
    young = clinic.receive(KIM | {"about.age": "16", "story": "CANARY"})
    other = clinic.receive(KIM | {"about.age": ""})
    both, one = clinic.employ("both", "clinician", MINI, FIRST).sign_in(), clinic.employ("one", "clinician", FIRST)
    ask(both, clinic, (other, young), "into_this")
    one.sign_in().get(f"/staff/case/{other}")

    assert "1 ärende till ligger här" in one.page
    assert "CANARY" not in one.page
    assert clinic.case(young).reference not in one.page
    assert "ett ärende på en annan mottagning" in one.section("timeline")
    young_one = clinic.employ("young", "reception", MINI).sign_in()
    young_one.get(f"/staff/case/{young}")
    assert clinic.case(other).reference not in young_one.page
    assert "Arbetet går vidare där." in young_one.section("moves")
