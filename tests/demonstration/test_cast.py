"""The people of demonstration.yaml are synthetic and believable, and a fault among them is found with its place."""

import re
from pathlib import Path

import pytest

from intake.config import content_root
from intake.demonstration.cast import Cast, Person, cast_findings, read_cast
from intake.errors import DefinitionError
from intake.questionnaires.loader import load
from intake.triage import Role

# PTS's series for fiction, as the form keeps numbers: 031-390 06 00 to 49, 070-174 06 05 to 99, 08-465 004 00 to 99.
FICTION = re.compile(r"\+46(3139006[0-4]\d|7017406(0[5-9]|[1-9]\d)|8465004\d\d)")
ROOT = content_root() / "questionnaires"
NAMES = ("contact.name", "someone.name", "referrer.name")
NUMBERS = ("contact.phone", "someone.phone", "referrer.phone")


def said(cast: Cast, fact: str) -> list[str]:
    return [str(person.journey.answers[fact]) for person in cast.people if fact in person.journey.answers]


def instruments(person: Person) -> set[str]:
    return {name for name in ("audit", "dudit", "pgsi", "phq4") if f"{name}.q1" in person.journey.answers}


def test_there_are_sixty_eight_people(cast: Cast) -> None:
    assert len(cast.people) == 68


def test_nobody_has_a_family_name(cast: Cast) -> None:
    names = [name for fact in NAMES for name in said(cast, fact)]
    assert [name for name in names if not re.fullmatch(r"\w+", name)] == []


def test_nobody_can_be_called(cast: Cast) -> None:
    numbers = [number for fact in NUMBERS for number in said(cast, fact)]
    assert [number for number in numbers if not FICTION.fullmatch(number)] == []


def test_two_numbers_come_twice_and_no_other(cast: Cast) -> None:
    numbers = [number for fact in NUMBERS for number in said(cast, fact)]
    assert len(numbers) == len(set(numbers)) + 2


def test_nobody_gets_e_mail(cast: Cast) -> None:
    addresses = [address for fact in ("contact.email", "referrer.email") for address in said(cast, fact)]
    assert [address for address in addresses if not address.endswith("@example.org")] == []


def test_they_are_from_13_to_78(cast: Cast) -> None:
    ages = [int(age) for age in said(cast, "about.age")]
    assert (min(ages), max(ages)) == (13, 78)


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        ("about.town", "alingsas"),
        ("about.town", "lerum"),
        ("about.town", "other"),
        ("about.sex", "other"),
        ("about.unit_choice", "adult"),
        ("danger", "yes"),
        ("family.children", "yes"),
        ("family.pregnancy", "yes"),
        ("safety.voicemail", "no"),
        ("needs.interpreter", "so"),
        ("audit_offer", "together"),
        ("referral.agrees", "yes"),
        ("referral.agrees", "no"),
        ("youth.guardian_contact", "talk_first"),
        ("function.travel", "no"),
        ("health.conditions", "('mental', 'neuropsychiatric')"),
    ],
)
def test_somebody_says(cast: Cast, fact: str, answer: str) -> None:
    assert answer in said(cast, fact)


def test_every_door_is_used_in_swedish_and_english_and_some_wrote_in_others(cast: Cast) -> None:
    used = {(person.door.id, person.language) for person in cast.people}
    expected = {
        (door, language) for door in ("self", "screening", "relative", "professional") for language in ("sv", "en")
    }
    assert expected < used
    assert ("self", "fa") in used


@pytest.mark.parametrize("name", ["audit", "dudit", "pgsi", "phq4"])
def test_every_instrument_is_answered(cast: Cast, name: str) -> None:
    assert any(name in instruments(person) for person in cast.people)


def test_somebody_only_wants_to_be_called(cast: Cast) -> None:
    assert any(person.journey.facts["start"] == "contact" for person in cast.people)


def test_every_role_has_an_account(cast: Cast) -> None:
    assert {colleague.role for colleague in cast.colleagues} == set(Role)


def test_the_words_of_passwords_need_no_swedish_keyboard(cast: Cast) -> None:
    assert [word for word in cast.words if not re.fullmatch(r"[a-z]{4,}", word)] == []


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("audit: 3 2 3 2 1 0 2 1 0 2", "audit: 3 2 3", "people[0].says.audit: should have 10 answers, not 3"),
        ("audit: 3 2 3 2 1 0 2 1 0 2", "audit: 3 2 3 2 1 0 2 1 3 2", "people[0].says: audit.q9: not asked of"),
        ("ways: [call], phone", "ways: [], phone", "people[0].says: contact.ways: not asked of"),
        ("sent: 13 21:42", "sent: yesterday", "people[0].sent: should be days and an hour"),
        ("1 08:55 reception claim:", "1 08:55 nobody claim:", "people[0].history.1 08:55 nobody claim: should be"),
        ("1 08:55 reception claim:", "1 08:55 auditor claim:", "people[0].history.1 08:55 auditor claim: auditor does"),
        ("1 08:55 reception claim:", "1 08:55 reception reach talked:", "no such move from read"),
    ],
)
def test_a_fault_is_found_with_its_place(tmp_path: Path, right: str, wrong: str, place: str) -> None:
    text = (ROOT / "demonstration.yaml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "demonstration.yaml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"^demonstration\.yaml: ") as raised:
        read_cast(tmp_path, load(ROOT))
    assert place in str(raised.value)


def test_the_definition_check_looks_at_them_too() -> None:
    assert list(cast_findings(ROOT)) == []
