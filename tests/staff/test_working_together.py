"""Asking others, and who may read: nothing reaches another unit without the person's yes."""

import re
from datetime import UTC, datetime

import pytest

from intake.records.queries import errands
from tests.staff.agreement import MINI_MARIA, agree, hand_over, route
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, KIM, LERUM, Clinic

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def case(clinic: Clinic) -> str:
    return clinic.receive()


@pytest.fixture
def mia(clinic: Clinic) -> Colleague:
    """A clinician at Mini-Maria, where the region answers."""
    return clinic.employ("mia", "clinician", MINI_MARIA).sign_in()


def test_a_question_is_answered_and_the_case_stays(anna: Colleague, mia: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    agree(anna, case, purpose="consult")
    anna.post(f"/staff/case/{case}/errand", kind="consult", unit=MINI_MARIA, note="Hur trappar man ner?")
    mia.get(f"/staff/case/{case}")
    assert "Hur trappar man ner?" in mia.section("others")
    errand = re.search(r"/errand/(\w+)", mia.page)
    assert errand
    mia.post(f"/staff/case/{case}/errand/{errand[1]}", answer="answer", note="Långsamt, med läkare.")

    anna.get(f"/staff/case/{case}")
    assert "Långsamt, med läkare." in anna.section("others")
    assert clinic.case(case).unit == ALINGSAS
    assert mia.get(f"/staff/case/{case}").status_code == 404


def test_whoever_was_asked_a_question_does_not_take_a_handover_on(
    anna: Colleague, mia: Colleague, clinic: Clinic, case: str
) -> None:
    clinic.employ("lo", "clinician", LERUM)
    hand_over(anna, case, LERUM)
    agree(anna, case, purpose="consult")
    anna.post(f"/staff/case/{case}/errand", kind="consult", unit=MINI_MARIA, note="Vad tror ni?")
    mia.get(f"/staff/case/{case}")
    version = str(clinic.case(case).version)

    assert mia.post(f"/staff/case/{case}/move", move="acknowledge", version=version).status_code == 422
    assert clinic.case(case).state == "handed_over"


def test_an_unanswered_question_keeps_what_was_written(anna: Colleague, mia: Colleague, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    refused = anna.post(f"/staff/case/{case}/errand", kind="consult", unit=MINI_MARIA, note="Hur trappar man ner?")

    assert refused.status_code == 422
    assert "Hur trappar man ner?</textarea>" in anna.page


def test_two_units_work_at_the_same_time_and_one_has_the_case(
    anna: Colleague, mia: Colleague, clinic: Clinic, case: str
) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    agree(anna, case)
    anna.post(f"/staff/case/{case}/errand", kind="parallel", unit=MINI_MARIA)
    mia.get(f"/staff/case/{case}")
    mia.post(f"/staff/case/{case}/note", note="Vi ses på torsdagar.")

    assert clinic.case(case).unit == ALINGSAS
    anna.get(f"/staff/case/{case}")
    assert "Vi ses på torsdagar." in anna.section("timeline")


def test_a_task_goes_to_nobody_here_and_is_ticked_off(anna: Colleague, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    anna.post(f"/staff/case/{case}/errand", kind="sampling", note="PEth")
    anna.get(f"/staff/case/{case}")
    assert "Vårdcentralen där personen är listad" in anna.section("others")
    errand = re.search(r"/errand/(\w+)", anna.page)
    assert errand
    anna.post(f"/staff/case/{case}/errand/{errand[1]}", answer="done")
    anna.get(f"/staff/case/{case}")

    assert "Gjort" in anna.section("others")
    assert anna.post(f"/staff/case/{case}/errand/{errand[1]}", answer="done").status_code == 422


def test_a_signpost_sends_nothing_to_anybody(anna: Colleague, mia: Colleague, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    anna.post(f"/staff/case/{case}/errand", kind="signpost", unit=MINI_MARIA)
    anna.get(f"/staff/case/{case}")

    assert "Personen har fått veta" in anna.section("others")
    assert mia.get(f"/staff/case/{case}").status_code == 404


@pytest.mark.parametrize(
    "wanted", [{"kind": "handover", "unit": MINI_MARIA}, {"kind": "nonsense"}, {"kind": "parallel"}]
)
def test_an_errand_that_does_not_exist_is_refused(anna: Colleague, case: str, wanted: dict[str, str]) -> None:
    anna.sign_in().get(f"/staff/case/{case}")

    assert anna.post(f"/staff/case/{case}/errand", **wanted).status_code == 422


def test_staff_of_the_region_see_what_was_shared_with_them_and_nothing_else(clinic: Clinic) -> None:
    shared, kept = clinic.receive(KIM | {"consent.share": ("region",)}), clinic.receive()
    rut = clinic.employ("rut", "clinician", f"{ALINGSAS}@region").sign_in()

    assert rut.get(f"/staff/case/{shared}").status_code == 200
    assert rut.get(f"/staff/case/{kept}").status_code == 404
    assert rut.references("/staff/") == [clinic.case(shared).reference]


def test_a_case_shared_within_the_unit_can_be_worked_on_there(clinic: Clinic) -> None:
    shared = clinic.receive(KIM | {"consent.share": ("region",)})
    rut = clinic.employ("rut", "clinician", f"{ALINGSAS}@region").sign_in()
    rut.get(f"/staff/case/{shared}")
    rut.move(shared, "claim")

    assert clinic.case(shared).claimed_by == clinic.user("rut").id


def test_the_ledger_keeps_the_exact_words_that_were_agreed_to(anna: Colleague, clinic: Clinic) -> None:
    shared = clinic.receive(KIM | {"consent.share": ("region",)}, language="en")
    anna.sign_in().get(f"/staff/case/{shared}")

    assert "Yes, the region&#39;s health care staff at the clinic may read it" in anna.page
    assert "You get help even if you say no." in anna.page


def test_without_consent_the_law_needs_a_second_person(
    anna: Colleague, mia: Colleague, clinic: Clinic, case: str
) -> None:
    eva = clinic.employ("eva", "coordinator", ALINGSAS).sign_in()
    route(anna, case)
    anna.get(f"/staff/case/{case}/consent?receiver={MINI_MARIA}&purpose=care")
    law = {"receiver": MINI_MARIA, "purpose": "care", "reason": "child_at_risk"}
    assert anna.post(f"/staff/case/{case}/law", **law).status_code == 422
    assert anna.post(f"/staff/case/{case}/law", note="Barnet bor hos personen.", **law).status_code == 303
    anna.get(f"/staff/case/{case}")
    assert anna.move(case, "hand_over").status_code == 422
    ground = re.search(r"/ground/(\w+)/end", anna.page)
    assert ground
    assert anna.post(f"/staff/case/{case}/ground/{ground[1]}/approve").status_code == 422
    eva.get(f"/staff/case/{case}")
    assert "Utan samtycke" in eva.section("grounds")
    assert eva.post(f"/staff/case/{case}/ground/{ground[1]}/approve").status_code == 303
    anna.get(f"/staff/case/{case}")

    assert anna.move(case, "hand_over").status_code == 303
    assert mia.get(f"/staff/case/{case}").status_code == 200


@pytest.mark.parametrize("missing", ["receiver", "purpose", "channel", "said_yes"])
def test_a_consent_that_lacks_something_is_not_kept(anna: Colleague, clinic: Clinic, case: str, missing: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}/consent?receiver={MINI_MARIA}&purpose=care")
    whole = {"receiver": MINI_MARIA, "purpose": "care", "channel": "phone", "said_yes": "yes"}

    assert anna.post(f"/staff/case/{case}/consent", **{**whole, missing: ""}).status_code == 422
    assert [entry.kind for entry in clinic.timeline(case)] == ["received"]


def test_what_was_chosen_instead_of_the_suggestion_is_counted(anna: Colleague, clinic: Clinic, case: str) -> None:
    route(anna, case)
    with clinic.records() as records:
        counted = errands.overrides(records, [ALINGSAS], LONG_AGO)

    assert [(each.rule, each.chosen, each.reason, each.count) for each in counted] == [
        ("adult_alingsas", MINI_MARIA, "wish", 1)
    ]


def test_a_case_is_not_routed_to_where_it_is(anna: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    anna.move(case, "claim")

    for unit in (ALINGSAS, "nowhere", ""):
        assert anna.move(case, "route", unit=unit, choice="wish").status_code == 422
        anna.get(f"/staff/case/{case}")


def test_nobody_is_called_not_reached_after_one_day_of_trying(anna: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    anna.move(case, "claim")
    for _ in range(3):
        anna.move(case, "try", choice="no_answer")

    assert anna.move(case, "close", choice="not_reached", note="Slutar ringa").status_code == 422
    assert "Försök nå personen på tre olika dagar" in anna.page
    assert ">Slutar ringa</textarea>" in anna.page
