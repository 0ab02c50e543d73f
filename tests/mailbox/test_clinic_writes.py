"""Staff read what a person wrote and answer; what is unread makes itself seen."""

from datetime import UTC, datetime

import pytest

from intake.records.box import Encrypted
from tests.mailbox.kim import Kim
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, LERUM, Clinic

CANARY = "KANARIE-4711"


def answer(anna: Colleague, kim: Kim, text: str) -> Colleague:
    """Open the case and write to the person."""
    case = kim.case().id
    anna.get(f"/staff/case/{case}")
    fields = {"letter": text, "nonce": hidden(anna, "nonce"), "number": hidden(anna, "number")}
    if anna.post(f"/staff/case/{case}/letter", **fields).status_code == 303:
        anna.get(anna.answer.location)
    return anna


def hidden(anna: Colleague, name: str) -> str:
    return anna.page.rpartition(f'name="{name}" value="')[2].partition('"')[0]


def test_what_the_person_wrote_stands_on_the_case(kim: Kim, anna: Colleague) -> None:
    kim.write(CANARY)
    anna.sign_in().get(f"/staff/case/{kim.case().id}")

    assert CANARY in anna.section("letters")
    assert "Personen skrev" in anna.section("timeline")
    assert CANARY not in anna.section("timeline")


def test_an_answer_is_read_by_whoever_has_the_code(kim: Kim, anna: Colleague) -> None:
    answer(anna.sign_in(), kim, CANARY)

    assert CANARY in anna.section("letters")
    assert CANARY in kim.go().page


def test_the_person_does_not_learn_who_wrote(kim: Kim, anna: Colleague) -> None:
    answer(anna.sign_in(), kim, CANARY)

    assert "Anna" in anna.section("letters")
    assert "Anna" not in kim.go().page


def test_nothing_of_an_answer_is_in_clear(kim: Kim, anna: Colleague) -> None:
    answer(anna.sign_in(), kim, CANARY)
    (letter,) = kim.letters()

    assert CANARY not in "".join(str(getattr(letter, column.key)) for column in letter.__table__.columns)
    assert kim.clinic.box.open(Encrypted.LETTER, letter.id, letter.content or b"")["text"] == CANARY


def test_an_answer_sent_twice_is_stored_once(kim: Kim, anna: Colleague) -> None:
    case = kim.case().id
    anna.sign_in().get(f"/staff/case/{case}")
    fields = {"letter": CANARY, "nonce": hidden(anna, "nonce"), "number": "0"}
    for _ in range(2):
        anna.post(f"/staff/case/{case}/letter", **fields)

    assert len(kim.letters()) == 1
    assert kim.kinds().count("clinic_wrote") == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_answer_without_words_or_with_too_many_is_refused_and_kept(kim: Kim, anna: Colleague, text: str) -> None:
    answer(anna.sign_in(), kim, text)

    assert anna.answer.status_code == 422
    assert f">{text.strip()}</textarea>" in anna.page
    assert kim.letters() == []


def test_what_was_written_is_given_back_when_the_sign_in_has_ended(kim: Kim, anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get(f"/staff/case/{kim.case().id}")
    clinic.end_sign_ins("anna")
    anna.post(f"/staff/case/{kim.case().id}/letter", letter=CANARY)

    assert anna.answer.status_code == 401
    assert CANARY in anna.page


def test_another_clinics_mailbox_does_not_exist(kim: Kim, clinic: Clinic) -> None:
    case, bo = kim.case().id, clinic.employ("bo", "reception", LERUM).sign_in()
    bo.get("/staff/")

    assert bo.post(f"/staff/case/{case}/letter", letter=CANARY).status_code == 404
    assert bo.post(f"/staff/case/{case}/letters/read", number="9").status_code == 404


def test_the_queue_marks_what_nobody_has_read(kim: Kim, anna: Colleague) -> None:
    kim.write("Ett").write("Två")
    anna.sign_in().get("/staff/")

    assert "2 nya meddelanden" in anna.page


def test_looking_is_not_reading_but_saying_so_is(kim: Kim, anna: Colleague) -> None:
    kim.write("Ett")
    case = kim.case().id
    anna.sign_in().get(f"/staff/case/{case}")
    looked = "1 nytt meddelande" in anna.get("/staff/").text
    anna.get(f"/staff/case/{case}")
    anna.post(f"/staff/case/{case}/letters/read", number=hidden(anna, "number"))

    assert looked
    assert "nytt meddelande" not in anna.get("/staff/").text
    assert kim.kinds()[-1] == "letters_read"


def test_a_letter_that_came_meanwhile_stays_unread(kim: Kim, anna: Colleague) -> None:
    kim.write("Ett")
    case = kim.case().id
    anna.sign_in().get(f"/staff/case/{case}")
    seen = hidden(anna, "number")
    kim.write("Två")
    anna.post(f"/staff/case/{case}/letters/read", number=seen)

    assert "1 nytt meddelande" in anna.get("/staff/").text


def test_answering_is_reading(kim: Kim, anna: Colleague) -> None:
    kim.write("Ett")
    answer(anna.sign_in(), kim, "Tack")

    assert "nytt meddelande" not in anna.get("/staff/").text


def test_room_is_made_by_reading(kim: Kim, anna: Colleague) -> None:
    for number in range(21):
        kim.write(f"nummer {number}")
    full = kim.status
    answer(anna.sign_in(), kim, "Tack")

    assert (full, kim.write("Till").status) == (429, 200)


def test_saying_twice_that_it_was_read_is_told_once(kim: Kim, anna: Colleague) -> None:
    kim.write("Ett")
    case = kim.case().id
    anna.sign_in().get(f"/staff/case/{case}")
    for _ in range(2):
        anna.post(f"/staff/case/{case}/letters/read", number="1")

    assert kim.kinds().count("letters_read") == 1


def test_writing_after_closing_reopens_nothing_but_is_seen(kim: Kim, anna: Colleague, clinic: Clinic) -> None:
    clinic.spoil(kim.case().id, state="closed", state_at=datetime.now(UTC))
    kim.write("Det blev värre")
    anna.sign_in().get("/staff/")

    assert kim.case().state == "closed"
    assert kim.case().reference in anna.section("closed")
    anna.get(f"/staff/case/{kim.case().id}")
    assert "efter att ärendet avslutades" in anna.section("timeline")


def test_a_closed_case_of_another_clinic_is_not_pointed_out(kim: Kim, clinic: Clinic) -> None:
    clinic.spoil(kim.case().id, state="closed", state_at=datetime.now(UTC))
    kim.write("Det blev värre")
    kim.case()
    bo = clinic.employ("bo", "reception", LERUM).sign_in()

    assert kim.case().reference not in bo.get("/staff/").text


def test_nobody_writes_to_somebody_who_withdrew(kim: Kim, anna: Colleague) -> None:
    case = kim.case().id
    anna.sign_in().get(f"/staff/case/{case}")
    kim.go("withdrawal").press()
    anna.post(f"/staff/case/{case}/letter", letter=CANARY, nonce="", number="0")

    assert anna.answer.status_code == 422
    assert f'/staff/case/{case}/letter"' not in anna.page
    assert CANARY in anna.page
    assert "Personen har tagit tillbaka sin förfrågan" in anna.page


def test_a_request_without_a_mailbox_says_so(kim: Kim, anna: Colleague, clinic: Clinic) -> None:
    case = kim.case()
    whole = clinic.box.open(Encrypted.ANSWERS, case.id, case.answers)
    for key in (None, "not base64!", "AAAA"):
        clinic.spoil(case.id, answers=clinic.box.close(Encrypted.ANSWERS, case.id, {**whole, "mailbox": key}))
        answer(anna if anna.page else anna.sign_in(), kim, CANARY)
        assert anna.answer.status_code == 422 or "utan brevlåda" in anna.page
    assert kim.letters() == []


def test_a_letter_that_cannot_be_opened_hides_no_other(kim: Kim, anna: Colleague, clinic: Clinic) -> None:
    kim.write("Ett").write("Två")
    kim.case()
    first, _second = kim.letters()
    with clinic.records() as records, records.begin():
        records.merge(first).content = b"noise"
    anna.sign_in().get(f"/staff/case/{kim.case().id}")

    assert "Meddelandet går inte att öppna" in anna.section("letters")
    assert "Två" in anna.section("letters")


def test_an_answer_the_code_cannot_open_hides_no_other(kim: Kim, anna: Colleague, clinic: Clinic) -> None:
    answer(anna.sign_in(), kim, "Ett")
    answer(anna, kim, "Två")
    with clinic.records() as records, records.begin():
        records.merge(kim.letters()[0]).for_person = b"noise"

    assert "Det här meddelandet går inte att visa" in kim.go().page
    assert "Två" in kim.page


def test_a_clinician_may_write_too(kim: Kim, clinic: Clinic) -> None:
    sam = clinic.employ("sam", "clinician", ALINGSAS).sign_in()

    assert CANARY in answer(sam, kim, CANARY).section("letters")
