"""What can be done to a case, and that nothing anybody wrote gets lost."""

import re
from threading import Barrier, Thread

import pytest

from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, Clinic


@pytest.fixture
def case(clinic: Clinic) -> str:
    return clinic.receive()


def kinds(clinic: Clinic, case: str) -> list[str]:
    return [entry.kind for entry in clinic.timeline(case)]


def test_a_move_is_made_and_written_down(anna: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    anna.move(case, "claim")
    anna.move(case, "try", choice="no_answer", note="Ringer igen <i>imorgon</i>.")

    assert clinic.case(case).state == "tried"
    assert clinic.case(case).claimed_by == clinic.user("anna").id
    assert "Kontaktförsök : Inget svar · Anna Ringer igen &lt;i&gt;imorgon&lt;/i&gt;." in anna.section("timeline")


def test_what_is_written_about_somebody_is_not_stored_in_clear(anna: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    anna.move(case, "claim", note="CANARY")

    assert b"CANARY" not in clinic.file_bytes()


def test_a_case_is_closed_with_a_reason_and_reopened(anna: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    for code, choice in (("claim", ""), ("close", "advice"), ("reopen", "came_back")):
        assert anna.move(case, code, choice=choice).status_code == 303

    assert kinds(clinic, case) == ["received", "open", "claim", "close", "reopen"]
    assert (clinic.case(case).state, clinic.case(case).claimed_by) == ("reopened", None)


@pytest.mark.parametrize(
    ("move", "choice"), [("close", "not_reached"), ("close", ""), ("reach", "talked"), ("", ""), ("nonsense", "x")]
)
def test_a_move_the_table_does_not_have_is_refused_and_keeps_the_note(
    anna: Colleague, clinic: Clinic, case: str, move: str, choice: str
) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    answer = anna.move(case, move, choice=choice, note="Long & careful")

    assert answer.status_code == 422
    assert ">Long &amp; careful</textarea>" in anna.page
    assert kinds(clinic, case) == ["received", "open"]


def test_reception_does_not_take_over_what_a_colleague_holds(anna: Colleague, clinic: Clinic, case: str) -> None:
    eva = clinic.employ("eva", "reception", ALINGSAS).sign_in()
    anna.sign_in().get(f"/staff/case/{case}")
    anna.move(case, "claim")
    eva.get(f"/staff/case/{case}")

    assert "Ta över" not in eva.page
    assert eva.move(case, "take_over").status_code == 403


def test_a_coordinator_takes_over_and_is_not_asked_to_again(anna: Colleague, clinic: Clinic, case: str) -> None:
    sam = clinic.employ("sam", "coordinator", ALINGSAS).sign_in()
    anna.sign_in().get(f"/staff/case/{case}")
    anna.move(case, "claim")
    sam.get(f"/staff/case/{case}")
    assert "Ta över ärendet" in sam.page
    sam.move(case, "take_over")

    assert clinic.case(case).claimed_by == clinic.user("sam").id
    assert "Ta över ärendet" not in sam.page


def test_the_second_to_save_is_told_and_loses_no_word(anna: Colleague, clinic: Clinic, case: str) -> None:
    eva = clinic.employ("eva", "reception", ALINGSAS).sign_in()
    anna.sign_in().get(f"/staff/case/{case}")
    eva.get(f"/staff/case/{case}")
    seen = eva.version
    anna.move(case, "claim")
    answer = eva.post(f"/staff/case/{case}/move", move="claim", version=seen, note="My own words")

    assert answer.status_code == 409
    assert "Någon annan har ändrat ärendet" in eva.page
    assert ">My own words</textarea>" in eva.page
    assert clinic.case(case).claimed_by == clinic.user("anna").id


@pytest.mark.parametrize("version", ["", "0", "-1", "9" * 40, "1_0", "٢", "x"])
def test_a_version_of_no_case_is_a_conflict(anna: Colleague, case: str, version: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")

    assert anna.post(f"/staff/case/{case}/move", move="claim", version=version).status_code == 409


def test_a_note_is_added_whoever_else_has_changed_the_case(anna: Colleague, clinic: Clinic, case: str) -> None:
    eva = clinic.employ("eva", "reception", ALINGSAS).sign_in()
    anna.sign_in().get(f"/staff/case/{case}")
    eva.get(f"/staff/case/{case}")
    anna.move(case, "claim")

    assert eva.post(f"/staff/case/{case}/note", note="Two\r\nlines").status_code == 303
    eva.get(f"/staff/case/{case}")
    assert '<bdi dir="auto">Two\nlines</bdi>' in eva.page


@pytest.mark.parametrize("note", ["", "   ", "x" * 4001])
def test_a_note_of_nothing_or_too_much_is_refused_with_its_text(anna: Colleague, case: str, note: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    answer = anna.post(f"/staff/case/{case}/note", note=note)

    assert answer.status_code == 422
    assert note.strip() in anna.page


def test_only_what_can_be_done_has_a_button(anna: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    assert re.findall(r'name="move" value="(\w+)"', anna.page) == ["claim", "close"]
    anna.move(case, "claim")

    assert re.findall(r'name="move" value="(\w+)"', anna.page) == ["try", "reach", "assess", "accept", "route", "close"]


def test_of_two_who_claim_at_once_one_gets_it(either_clinic: Clinic) -> None:
    case = either_clinic.receive()
    colleagues = [either_clinic.employ(name, "reception", ALINGSAS).sign_in() for name in ("anna", "eva")]
    for each in colleagues:
        each.get(f"/staff/case/{case}")
        each.get(f"/staff/case/{case}")
    together = Barrier(2)

    def claim(colleague: Colleague) -> None:
        together.wait()
        colleague.post(f"/staff/case/{case}/move", move="claim", version=colleague.version)

    threads = [Thread(target=claim, args=(each,)) for each in colleagues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(each.answer.status_code for each in colleagues) == [303, 409]
    assert kinds(either_clinic, case).count("claim") == 1


@pytest.mark.parametrize("field", ["move", "choice", "note", "version"])
def test_odd_signs_in_a_form_break_nothing(either_clinic: Clinic, field: str) -> None:
    case = either_clinic.receive()
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()
    anna.get(f"/staff/case/{case}")
    fields = {"move": "claim", "version": anna.version, field: "a\x00\u202eb"}

    assert anna.post(f"/staff/case/{case}/move", **fields).status_code in (303, 409, 422)
