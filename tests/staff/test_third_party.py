"""What is told about somebody else: shown apart and marked, removed for good with a reason, by those who may."""

import pytest

from intake.records.box import Encrypted
from intake.records.queries.third_party import kept
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, Answers, Clinic

RELATIVE: Answers = {
    "relative.wants": ("worried", "own_support"),
    "relative.relation": "parent",
    "about.age": "46",
    "about.town": "alingsas",
    "someone.danger": "no",
    "someone.age": "24",
    "someone.noticed": "CANARY-ANNAN",
    "story": "CANARY-EGEN",
    "contact.name": "Maria",
    "contact.ways": ("call",),
    "contact.phone": "070-174 06 05",
}
PROFESSIONAL: Answers = {
    "referral.kind": "police",
    "referral.unit": "police_alingsas",
    "referral.informed": "yes",
    "referral.agrees": "yes",
    "someone.danger": "no",
    "someone.age": "24",
    "someone.town": "alingsas",
    "someone.name": "Milo",
    "someone.phone": "070-174 06 50",
    "someone.say_who": "yes",
    "referrer.name": "Peter",
    "referrer.role": "Polis",
    "referrer.phone": "070-174 06 55",
}


@pytest.fixture
def case(clinic: Clinic) -> str:
    return clinic.receive(RELATIVE, "relative")


@pytest.fixture
def kim(clinic: Clinic) -> Colleague:
    """A clinician in Alingsås."""
    return clinic.employ("kim", "clinician", ALINGSAS)


def kinds(clinic: Clinic, case: str) -> list[str]:
    return [entry.kind for entry in clinic.timeline(case)]


def remove(colleague: Colleague, case: str, reason: str = "asked") -> int:
    """Open the case and remove what it tells about somebody else; what is answered."""
    colleague.get(f"/staff/case/{case}")
    status = colleague.post(f"/staff/case/{case}/third-party/remove", reason=reason).status_code
    if status == 303:
        colleague.get(f"/staff/case/{case}")
    return status


def test_it_is_not_among_the_answers_of_the_case(clinic: Clinic, case: str) -> None:
    row, box = clinic.case(case), clinic.box
    parts = [box.open(column, case, getattr(row, column.value[1])) for column in (Encrypted.ANSWERS, Encrypted.SUMMARY)]

    assert "CANARY-ANNAN" not in str(parts)
    assert "someone.age" not in str(parts[0]["answers"]) + str(parts[0]["facts"])


def test_it_is_shown_apart_and_marked_with_who_told_it(anna: Colleague, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")

    assert "så som det berättats av: Någon nära · Jag är förälder" in anna.section("third-party")
    assert "CANARY-ANNAN" in anna.section("third-party")
    assert "CANARY-ANNAN" not in anna.section("story")
    assert "CANARY-EGEN" in anna.section("story")


def test_a_case_about_nobody_else_says_nothing_of_it(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get(f"/staff/case/{clinic.receive()}")

    assert 'id="third-party"' not in anna.page


def test_removing_leaves_a_mark_and_a_line_on_the_timeline(kim: Colleague, clinic: Clinic, case: str) -> None:
    assert remove(kim.sign_in(), case) == 303

    assert "CANARY-ANNAN" not in kim.page
    assert "är borttagna" in kim.section("third-party")
    assert "Personen de gäller har bett om det" in kim.section("third-party")
    assert "Uppgifter om någon annan togs bort : Personen de gäller har bett om det" in kim.section("timeline")
    assert kinds(clinic, case)[-1] == "remove_third_party"


def test_removing_takes_nothing_of_what_the_person_said_of_themselves(kim: Colleague, case: str) -> None:
    kim.sign_in().get(f"/staff/case/{case}")
    before = kim.section("story")
    remove(kim, case)

    assert kim.section("story") == before


def test_the_ciphertext_is_gone_on_either_database(either_clinic: Clinic) -> None:
    case = either_clinic.receive(RELATIVE, "relative")
    sam = either_clinic.employ("sam", "coordinator", ALINGSAS).sign_in()

    assert remove(sam, case, "not_needed") == 303
    with either_clinic.records() as records:
        left = kept(records, case)
    assert left is not None
    assert (left.content, left.reason, left.removed_by) == (None, "not_needed", "Sam")


def test_reception_is_not_offered_it_and_may_not(anna: Colleague, clinic: Clinic, case: str) -> None:
    assert remove(anna.sign_in(), case) == 403

    anna.get(f"/staff/case/{case}")
    assert "third-party/remove" not in anna.page
    assert "CANARY-ANNAN" in anna.page


@pytest.mark.parametrize("reason", ["", "because", "asked\n"])
def test_a_reason_of_the_list_is_needed(kim: Colleague, clinic: Clinic, case: str, reason: str) -> None:
    assert remove(kim.sign_in(), case, reason) == 422

    assert 'href="#third-party"' in kim.page
    assert "CANARY-ANNAN" in kim.page
    assert "remove_third_party" not in kinds(clinic, case)


def test_who_comes_second_is_told_so(kim: Colleague, clinic: Clinic, case: str) -> None:
    kim.sign_in().get(f"/staff/case/{case}")
    page = kim.page
    remove(kim, case)
    kim.page = page

    assert kim.post(f"/staff/case/{case}/third-party/remove", reason="wrong").status_code == 409
    assert "Någon annan kan ha gjort det före dig." in kim.page
    assert kinds(clinic, case).count("remove_third_party") == 1


def test_there_is_nothing_to_remove_in_a_case_about_nobody_else(kim: Colleague, clinic: Clinic) -> None:
    assert remove(kim.sign_in(), clinic.receive()) == 409


def test_it_is_shown_even_when_the_rest_cannot_be_opened(anna: Colleague, clinic: Clinic, case: str) -> None:
    clinic.spoil(case, answers=b"noise", contact=b"noise")
    anna.sign_in().get(f"/staff/case/{case}")

    assert "CANARY-ANNAN" in anna.section("third-party")


def test_the_rest_is_shown_when_it_cannot_be_opened(anna: Colleague, clinic: Clinic, case: str) -> None:
    clinic.spoil_third_party(case, b"noise")
    anna.sign_in().get(f"/staff/case/{case}")

    assert "Kan inte visas" in anna.section("third-party")
    assert "CANARY-EGEN" in anna.section("story")


def test_an_answer_no_question_explains_stays_marked(kim: Colleague, clinic: Clinic, case: str) -> None:
    part = {"answers": {"old.fact": "CANARY-GAMMAL"}, "facts": {}}
    clinic.spoil_third_party(case, clinic.box.close(Encrypted.THIRD_PARTY, case, part))
    kim.sign_in().get(f"/staff/case/{case}")

    assert "old.fact CANARY-GAMMAL" in kim.section("third-party")
    assert "CANARY-GAMMAL" not in kim.section("story")


@pytest.mark.parametrize("poison", [[], "x", 3, {"answers": [], "facts": 1}, {"answers": {"someone.phone": ["x"]}}])
def test_a_poisoned_part_hides_no_other(anna: Colleague, clinic: Clinic, case: str, poison: object) -> None:
    clinic.spoil_third_party(case, clinic.box.close(Encrypted.THIRD_PARTY, case, poison))

    assert anna.sign_in().get(f"/staff/case/{case}").status_code == 200
    assert "CANARY-EGEN" in anna.page


def test_a_professional_and_the_person_are_reached_each_in_their_own_place(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get(f"/staff/case/{clinic.receive(PROFESSIONAL, 'professional')}")

    assert "Namn Peter Arbetar som Polis Arbetsplats Polis · Närpolisen Alingsås Telefon 070-174 06 55" in anna.section(
        "contact"
    )
    assert "Lämna inget meddelande" not in anna.section("contact")
    assert "Personen heter Milo Telefon 070-174 06 50" in anna.section("third-party")
    assert "Lämna inget meddelande" in anna.section("third-party")
    assert "Säg inte varifrån du ringer" not in anna.section("third-party")


YOUNG: Answers = {"about.age": "15", "contact.ways": ("sms",), "contact.phone": "070-174 06 05"}


@pytest.mark.parametrize(
    ("said", "warning"),
    [
        ({}, "Kontakta inga vårdnadshavare."),
        ({"youth.guardian_contact": "no"}, "Kontakta inga vårdnadshavare."),
        ({"youth.guardian_contact": "talk_first"}, "Prata med den unga innan"),
    ],
)
def test_staff_are_warned_of_guardians_unless_a_child_said_yes(clinic: Clinic, said: Answers, warning: str) -> None:
    anna = clinic.employ("anna", "reception", "mini-maria").sign_in()
    anna.get(f"/staff/case/{clinic.receive(YOUNG | said)}")

    assert warning in anna.section("contact")


def test_a_childs_yes_is_shown_without_a_warning(clinic: Clinic) -> None:
    anna = clinic.employ("anna", "reception", "mini-maria").sign_in()
    said: Answers = {"youth.guardian_contact": "yes", "youth.guardian_knows": "yes"}
    anna.get(f"/staff/case/{clinic.receive(YOUNG | said)}")

    assert "Kontakta inga" not in anna.section("contact")
    assert "Vårdnadshavare vet om det Ja" in anna.section("contact")
    assert "får prata med dem" in anna.section("contact")


def test_nothing_is_said_of_a_grown_ups_guardians(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get(f"/staff/case/{clinic.receive()}")

    assert "årdnadshavare" not in anna.section("contact")
