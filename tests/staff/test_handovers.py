"""Handing a case over: it is the receiver's once they say so, and nobody's before the person did."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from intake.handovers import return_unanswered
from intake.routing.model import Directory
from tests.staff.agreement import MINI_MARIA, hand_over, route
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, LERUM, Clinic

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def case(clinic: Clinic) -> str:
    return clinic.receive()


@pytest.fixture
def mia(clinic: Clinic) -> Colleague:
    """A clinician at Mini-Maria, where the region answers."""
    return clinic.employ("mia", "clinician", MINI_MARIA).sign_in()


def test_a_case_is_not_handed_over_without_the_persons_yes(
    anna: Colleague, mia: Colleague, clinic: Clinic, case: str
) -> None:
    route(anna, case)
    refused = anna.move(case, "hand_over", note="Hon väntar")

    assert refused.status_code == 422
    assert "Ingen har sagt ja till att den mottagaren får läsa." in anna.page
    assert clinic.case(case).state == "routed"
    assert mia.get(f"/staff/case/{case}").status_code == 404
    assert mia.references("/staff/") == []


def test_the_receiver_takes_a_handover_on_and_the_sender_lets_go(
    anna: Colleague, mia: Colleague, clinic: Clinic, case: str
) -> None:
    hand_over(anna, case)
    assert len(mia.references("/staff/")) == 1
    mia.get(f"/staff/case/{case}")
    mia.move(case, "acknowledge")

    made = clinic.case(case)
    assert (made.state, made.unit, made.principal) == ("accepted", MINI_MARIA, "region")
    assert made.claimed_by == clinic.user("mia").id
    assert anna.get(f"/staff/case/{case}").status_code == 404
    assert anna.references("/staff/") == []


def test_a_handover_is_not_done_until_the_receiver_says_so(anna: Colleague, clinic: Clinic, case: str) -> None:
    hand_over(anna, case)

    assert (clinic.case(case).state, clinic.case(case).unit) == ("handed_over", ALINGSAS)
    assert "Väntar" in anna.section("others")
    assert re.findall(r'name="move" value="(\w+)"', anna.page) == ["recall"]


@pytest.mark.parametrize(
    "answer",
    [{"move": "return", "note": "Ring kommunen"}, {"move": "decline", "choice": "full"}],
    ids=lambda answer: answer["move"],
)
def test_a_receiver_who_says_no_reads_the_case_no_more(
    anna: Colleague, mia: Colleague, clinic: Clinic, case: str, answer: dict[str, str]
) -> None:
    hand_over(anna, case)
    mia.get(f"/staff/case/{case}")
    mia.post(f"/staff/case/{case}/move", version=mia.version, **answer)

    assert clinic.case(case).state in ("returned", "declined")
    assert mia.get(f"/staff/case/{case}").status_code == 404
    anna.get(f"/staff/case/{case}")
    assert answer.get("note", "Ingen plats nu") in anna.section("timeline")


def test_a_case_is_not_sent_back_without_advice(anna: Colleague, mia: Colleague, clinic: Clinic, case: str) -> None:
    hand_over(anna, case)
    mia.get(f"/staff/case/{case}")

    assert mia.move(case, "return").status_code == 422
    assert clinic.case(case).state == "handed_over"


def test_a_sender_takes_a_handover_back(anna: Colleague, mia: Colleague, clinic: Clinic, case: str) -> None:
    hand_over(anna, case)
    anna.move(case, "recall")

    assert clinic.case(case).state == "routed"
    assert mia.get(f"/staff/case/{case}").status_code == 404


def test_a_sender_does_not_answer_for_the_receiver(anna: Colleague, clinic: Clinic, case: str) -> None:
    hand_over(anna, case)

    assert anna.move(case, "acknowledge").status_code == 422
    assert clinic.case(case).unit == ALINGSAS


def test_a_receiver_does_nothing_but_answer(anna: Colleague, mia: Colleague, case: str) -> None:
    hand_over(anna, case)
    mia.get(f"/staff/case/{case}")

    assert re.findall(r'name="move" value="(\w+)"', mia.page) == ["acknowledge", "return", "decline"]
    assert mia.move(case, "recall").status_code == 422
    assert mia.post(f"/staff/case/{case}/errand", kind="signpost", unit=LERUM).status_code == 422
    assert (
        mia.post(
            f"/staff/case/{case}/consent", receiver=LERUM, purpose="care", channel="phone", said_yes="1"
        ).status_code
        == 422
    )


def test_a_consent_taken_back_recalls_what_is_handed_over(
    anna: Colleague, mia: Colleague, clinic: Clinic, case: str
) -> None:
    hand_over(anna, case)
    ground = re.search(r"/ground/(\w+)/end", anna.page)
    assert ground
    anna.post(f"/staff/case/{case}/ground/{ground[1]}/end")

    assert clinic.case(case).state == "returned"
    assert mia.get(f"/staff/case/{case}").status_code == 404
    anna.get(f"/staff/case/{case}")
    assert "Samtycket togs tillbaka" in anna.section("timeline")


def unanswered(clinic: Clinic) -> int:
    directory: Directory = clinic.parts.directory
    with clinic.records() as records:
        returned = return_unanswered(records, clinic.box, directory.units)
        records.commit()
    return returned


@pytest.mark.parametrize(("now", "state"), [("2026-11-26 23:00", "handed_over"), ("2026-11-27 09:00", "returned")])
def test_a_handover_nobody_answers_comes_back_after_three_open_days(
    clinic: Clinic, now: str, state: str, case: str
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        anna = clinic.employ("anna", "reception", ALINGSAS)
        hand_over(anna, case)
    with time_machine.travel(datetime.fromisoformat(now).replace(tzinfo=UTC), tick=False):
        assert unanswered(clinic) == (state == "returned")
        assert unanswered(clinic) == 0

    assert clinic.case(case).state == state


def test_weekends_do_not_count(clinic: Clinic, case: str) -> None:
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    with time_machine.travel(friday, tick=False):
        hand_over(clinic.employ("anna", "reception", ALINGSAS), case)
    with time_machine.travel(datetime(2026, 12, 1, 9, 0, tzinfo=UTC), tick=False):
        assert unanswered(clinic) == 0
