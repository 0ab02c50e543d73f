"""No page mixes languages: every text is in the page's own, or says which other one it is in."""

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from intake.config import content_root
from intake.i18n import read_catalogs
from tests.languages.own_words import foreign_texts
from tests.public.person import ADULT, AUDIT, DUDIT, REACH, Given, Person
from tests.public.test_professional import ASKS, NAMED, YES
from tests.public.test_relative import TOLD

LANGUAGES = tuple(read_catalogs(content_root() / "translations").languages)
OFFERS: dict[str, Given] = {f"{name}_offer": "now" for name in ("audit", "dudit", "pgsi", "phq4")}
DOORS: Mapping[str, Mapping[str, Given]] = {
    "self": {**ADULT, "concerns": ["alcohol", "narcotics", "gambling"], "danger": "yes", **OFFERS, **AUDIT, **REACH},
    "screening": {**ADULT, "tests": ["alcohol", "drugs", "gambling"], "send": "yes", **AUDIT, **DUDIT, **REACH},
    "relative": {**TOLD, "someone.danger": "yes"},
    "professional": {**ASKS, **YES, **NAMED},
}
CHILD: Mapping[str, Given] = {"concerns": ["alcohol"], "danger": "no", "about.age": "12"}
YOUTH: Mapping[str, Given] = {**DOORS["self"], "about.age": "17"}
PAPERS = ("contact", "consent", "withdrawal")
STANDING = ("", *DOORS, "paper/self", "paper/audit", "code", "help", "privacy", "accessibility", "left", "no/such/page")


def mixed(person: Person, answers: Mapping[str, Given]) -> dict[str, list[str]]:
    """Walk to the receipt, or to where the form ends, trying to go on with nothing first; what is foreign where."""
    found: dict[str, list[str]] = {}
    while not person.address.endswith("/done") and person.seen.actions:
        before = person.address
        found[before] = foreign_texts(person.page.text)
        asked = [name for name in person.seen.fields if name in answers]
        person.press({name: answers[name] for name in asked}, skip=not asked and "skip" in person.seen.buttons)
        if person.address == before:
            break
    found[person.address] = foreign_texts(person.page.text)
    return {address: texts for address, texts in found.items() if texts}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_door_speaks_one_language_to_the_receipt(person: Person, language: str, door: str) -> None:
    assert mixed(person.begin(door, language=language), DOORS[door]) == {}
    assert person.address.endswith("/done")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_young_are_spoken_to_in_one_language(person: Person, language: str) -> None:
    assert mixed(person.begin(language=language), YOUTH) == {}
    assert mixed(person.begin(language=language), CHILD) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_said_in_the_language(person: Person, language: str) -> None:
    wrong: list[tuple[str, Given]] = [("contact.phone", "12"), ("contact.email", "nobody"), ("contact.name", "x" * 200)]
    person.begin(start="contact", language=language).press(skip=True)
    for name, value in wrong:
        person.press({"contact.ways": ["call", "email", "letter"], name: value})

        assert person.page.status_code == 422
        assert foreign_texts(person.page.text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_code_opens_speaks_one_language(person: Person, language: str) -> None:
    person.begin(start="contact", language=language).walk({**REACH, "consent.share": ["region"]}).press()
    code = person.code
    person.open(f"/{language}/code").press({"code": "0000"})
    found = {"wrong": foreign_texts(person.page.text)}
    person.press({"code": code})
    mailbox = person.address
    found |= {"mailbox": foreign_texts(person.page.text), "told": foreign_texts(person.press({"text": "?"}).page.text)}
    found |= {paper: foreign_texts(person.open(f"{mailbox}{paper}").page.text) for paper in PAPERS}
    person.press()

    assert {page: texts for page, texts in found.items() if texts} == {}
    assert foreign_texts(person.page.text) == []
    assert person.page.status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_standing_page_speaks_one_language(client: FlaskClient, language: str) -> None:
    found = {name: foreign_texts(client.get(f"/{language}/{name}").text) for name in STANDING}

    assert {name: texts for name, texts in found.items() if texts} == {}
