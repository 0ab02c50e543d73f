"""Who reads what of a request: reception finds the way, clinicians read every answer, others no case at all."""

from html import unescape
from pathlib import Path
from shutil import copytree

import pytest

from intake.config import content_root
from intake.errors import DefinitionError
from intake.questionnaires.loader import load
from intake.questionnaires.model import Page
from intake.records.box import Encrypted
from intake.triage import Role
from tests.staff.colleague import Colleague
from tests.staff.pairs import ask
from tests.staff.people import ALINGSAS, KIM, Answers, Clinic

ROOT = content_root() / "questionnaires"
LIBRARY = load(ROOT)
EVERYTHING: Answers = KIM | {
    **{f"{name}_offer": "now" for name in ("audit", "dudit", "pgsi", "phq4")},
    "concerns": ("alcohol", "narcotics", "gambling"),
    **{f"audit.q{number}": "4" for number in range(1, 11)},
    **{f"dudit.q{number}": "3" for number in range(1, 10)},
    **{f"dudit.q{number}": "4" for number in (10, 11)},
    **{f"pgsi.q{number}": "1" for number in range(1, 10)},
    **{f"phq4.q{number}": "2" for number in range(1, 5)},
    "family.children": "yes",
    "family.pregnancy": "no",
    "danger": "no",
    "story": "STORY-CANARY",
    "needs.adaptation": "NEEDS-CANARY",
    "consent.share": ("psychiatry",),
}
TREATMENT = [Role.CLINICIAN, Role.COORDINATOR]


def clinical_pages() -> list[Page]:
    return [page for page in LIBRARY.doors["self"].pages if page.clinical]


def item_texts(language: str) -> set[str]:
    """Every question that only clinicians read the answer to, as it stands in a language."""
    return {page.words[language].items[item.name].text for page in clinical_pages() for item in page.items}


@pytest.fixture
def case(clinic: Clinic) -> str:
    return clinic.receive(EVERYTHING, language="en")


def seen_by(clinic: Clinic, role: str, address: str) -> str:
    """What somebody of this role is sent."""
    somebody: Colleague = clinic.employ(role, role, ALINGSAS).sign_in()
    return unescape(somebody.get(address).text)


def test_every_instrument_and_what_is_said_of_health_and_family_is_for_clinicians() -> None:
    assert {page.source for page in clinical_pages()} == {"audit", "dudit", "pgsi", "phq4", "health", "family"}
    instruments = [page for made in LIBRARY.instruments.values() for page in made.pages]
    assert all(page.clinical for page in instruments)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_reception_is_sent_no_question_that_is_for_clinicians(clinic: Clinic, case: str, language: str) -> None:
    page = seen_by(clinic, "reception", f"/staff/case/{case}")

    assert [text for text in item_texts(language) if text in page] == []


@pytest.mark.parametrize("role", TREATMENT)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_clinicians_are_sent_every_one(clinic: Clinic, case: str, role: str, language: str) -> None:
    page = seen_by(clinic, role, f"/staff/case/{case}")

    assert [text for text in item_texts(language) if text not in page] == []


@pytest.mark.parametrize("role", sorted(Role))
def test_an_answer_that_nobody_can_place_is_for_clinicians(clinic: Clinic, case: str, role: Role) -> None:
    said = {"answers": {"story": "x", "gone.fact": "CANARY-1", "audit.q1": "CANARY-2", "family.children": "CANARY-3"}}
    clinic.spoil(case, answers=clinic.box.close(Encrypted.ANSWERS, case, said))
    page = seen_by(clinic, role, f"/staff/case/{case}")

    assert page.count("CANARY") == (3 if role in TREATMENT else 0)


def test_reception_is_sent_what_it_needs_to_find_the_way(clinic: Clinic, case: str) -> None:
    page = seen_by(clinic, "reception", f"/staff/case/{case}")
    needed = ("070-174 06 05", "STORY-CANARY", "NEEDS-CANARY", "psykiatrin får läsa", "Zon IV", "WHO 2001", "AUDIT 20")

    assert [each for each in (*needed, "Vad vill du ha hjälp med?") if each not in page] == []


def test_reception_is_told_that_there_is_more_and_who_reads_it(clinic: Clinic, case: str) -> None:
    told = "Svar på enskilda frågor i tester, och några svar till, läses av behandlare och samordnare."
    reception, clinician = (seen_by(clinic, role, f"/staff/case/{case}") for role in ("reception", "clinician"))

    assert told in reception
    assert told not in clinician


@pytest.mark.parametrize("role", ["auditor", "admin"])
@pytest.mark.parametrize("address", ["/staff/", "/staff/case/{}", "/staff/case/{}/person"])
def test_auditor_and_admin_are_sent_no_case(clinic: Clinic, case: str, role: str, address: str) -> None:
    page = seen_by(clinic, role, address.format(case))

    assert clinic.case(case).reference not in page
    assert "CANARY" not in page


@pytest.mark.parametrize("address", ["/staff/", "/staff/case/{}/person"])
@pytest.mark.parametrize("role", ["reception", "clinician", "coordinator"])
def test_no_other_page_tells_a_single_answer(clinic: Clinic, case: str, role: str, address: str) -> None:
    page = seen_by(clinic, role, address.format(case))

    assert [text for text in item_texts("sv") | item_texts("en") if text in page] == []


def test_what_is_inside_a_case_is_for_the_same_eyes(clinic: Clinic, case: str) -> None:
    main = clinic.receive(KIM)
    eva = clinic.employ("eva", "reception", ALINGSAS).sign_in()
    assert ask(eva, clinic, (main, case), "into_this").status_code == 303
    reception, clinician = (seen_by(clinic, role, f"/staff/case/{main}") for role in ("reception", "clinician"))

    assert "STORY-CANARY" in reception
    assert [text for text in item_texts("sv") | item_texts("en") if text in reception] == []
    assert [text for text in item_texts("sv") | item_texts("en") if text not in clinician] == []


def test_a_question_that_led_to_another_still_does_for_who_may_not_read_it(clinic: Clinic) -> None:
    case = clinic.receive(KIM | {"audit_offer": "now", "audit.q1": "0", "story": "AFTER-CANARY"})

    assert "AFTER-CANARY" in seen_by(clinic, "reception", f"/staff/case/{case}")


def test_no_route_names_what_is_for_clinicians(clinic: Clinic) -> None:
    facts = {item.fact for page in clinical_pages() for item in page.items}
    conditions = [route.when.text for route in clinic.parts.routes.routes if route.when]

    assert [(fact, each) for fact in facts for each in conditions if fact in each] == []


def test_readers_that_nobody_knows_are_refused_with_their_place(tmp_path: Path) -> None:
    root = copytree(ROOT, tmp_path / "questionnaires")
    file = root / "family" / "questionnaire.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("readers: clinician", "readers: everybody"), "utf-8")

    with pytest.raises(DefinitionError, match=r"family/questionnaire\.yaml: readers: should be one of clinician"):
        load(root)


def test_a_door_can_keep_its_own_questions_for_clinicians(tmp_path: Path) -> None:
    root = copytree(ROOT, tmp_path / "questionnaires")
    file = root / "doors" / "self" / "questionnaire.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: door", "kind: door\nreaders: clinician"), "utf-8")
    pages = {page.name: page for page in load(root).doors["self"].pages}

    assert pages["self.audit_offer"].clinical
    assert not pages["story.story"].clinical
