"""An instrument without words in the language of the page: a notice in its place, and no answer is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from intake.config import Settings
from tests.fixtures import speaking
from tests.public.person import AUDIT, DUDIT, REACH, Given, Person
from tests.public.sealed import Rows, opened
from tests.public.words import said

DRUGS: dict[str, Given] = {
    "concerns": ["narcotics"],
    "about.age": "34",
    "about.town": "alingsas",
    "about.sex": "female",
    "dudit_offer": "now",
}
ENGLISH_Q1 = "How often do you use drugs other than alcohol?"
SWEDISH_Q1 = "Hur ofta använder du andra droger än alkohol?"
HEADING = said("untranslated.heading", "en")


@pytest.fixture(scope="module")
def polyglot(public_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The public process in Arabic and easy Swedish too."""
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    folder = tmp_path_factory.mktemp("content")
    with speaking.application(folder, Settings.read(environ), "ar", "sv-x-lattlast") as app:
        yield app


@pytest.fixture
def app(polyglot: Flask) -> Flask:
    """What `client` talks to."""
    return polyglot


def at_notice(person: Person, language: str = "ar") -> Person:
    person.begin(language=language)
    while HEADING not in person.page.text:
        fields = [name for name in person.seen.fields if name in DRUGS]
        person.press({name: DRUGS[name] for name in fields}, skip=not fields and "skip" in person.seen.buttons)
    return person


def sent(person: Person, rows: Rows, pristine: Path) -> dict[str, Any]:
    person.walk(REACH).press()
    (row,) = rows.of(person.draft)
    return opened(row, pristine)


def test_a_notice_stands_in_its_place_and_leads_to_the_languages_that_have_it(person: Person) -> None:
    page, step = at_notice(person).page.text, person.address.rpartition("/")[2]

    assert "dudit.q1" not in person.seen.fields
    assert f'href="/f/{person.draft}/en/{step}" hreflang="en" lang="en" dir="ltr">English</a>' in page
    assert f'href="/f/{person.draft}/sv/{step}" hreflang="sv" lang="sv" dir="ltr">Svenska</a>' in page
    assert f"{step}/sv-x-lattlast" not in page
    assert said("untranslated.continue", "en") in page


def test_going_on_asks_none_of_its_questions_and_the_review_says_so(person: Person) -> None:
    at_notice(person).press().walk(REACH)

    assert said("untranslated.review", "en") in person.page.text
    assert ENGLISH_Q1 not in person.page.text
    assert '<h2 lang="en" dir="ltr">DUDIT</h2>' in person.page.text


def test_what_is_sent_says_what_was_not_asked(person: Person, rows: Rows, pristine: Path) -> None:
    told = sent(at_notice(person).press(), rows, pristine)

    assert (told["language"], told["untranslated"], told["tongues"], told["scores"]) == ("ar", ["dudit"], {}, [])
    assert "dudit" not in told["wordings"]


def test_whoever_would_rather_do_it_together_meets_no_notice(person: Person, rows: Rows, pristine: Path) -> None:
    together = {**DRUGS, "dudit_offer": "together"}
    told = sent(person.begin(language="ar").walk({**together, **REACH}), rows, pristine)

    assert "untranslated" not in told


def test_answering_in_another_language_keeps_everything(person: Person, rows: Rows, pristine: Path) -> None:
    at_notice(person)
    person.open(person.address.replace("/ar/", "/sv/"))
    assert SWEDISH_Q1 in person.page.text
    person.walk(DUDIT, until="phq4_offer")
    person.open(person.address.replace("/sv/", "/ar/"))
    told = sent(person, rows, pristine)

    assert (told["language"], told["tongues"]) == ("ar", {"dudit": "sv"})
    assert [(score["language"], score["total"]) for score in told["scores"]] == [("sv", 22)]
    assert "untranslated" not in told


def test_what_was_answered_stays_in_a_language_that_has_it(person: Person) -> None:
    person.begin().walk({**DRUGS, **DUDIT, **REACH})
    review = person.open(person.address.replace("/sv/", "/ar/")).page.text
    shown = 'You see them in <bdi lang="en" dir="ltr">English</bdi>.'

    assert f'<dt lang="en" dir="ltr">{ENGLISH_Q1}' in review
    assert review.count(shown) == 1
    assert said("untranslated.review", "en") not in review

    step = review.partition(ENGLISH_Q1)[2].partition(f"/f/{person.draft}/ar/")[2].partition('"')[0]
    page = person.open(step).page.text
    assert '<html lang="ar" dir="rtl">' in page
    assert shown in page
    assert '<div lang="en" dir="ltr">' in page
    assert person.seen.fields["dudit.q1"] == ["2"]


def test_easy_swedish_sees_it_in_swedish(person: Person) -> None:
    person.begin().walk({**DRUGS, **DUDIT, **REACH})
    review = person.open(person.address.replace("/sv/", "/sv-x-lattlast/")).page.text

    assert f'<dt lang="sv" dir="ltr">{SWEDISH_Q1}' in review


def test_what_is_being_chosen_stays_when_the_language_changes(person: Person) -> None:
    person.begin().walk(DRUGS, until="dudit.q1")
    data = {**person.seen.fields, "dudit.q1": "3", "switch": "ar"}
    action = person.seen.actions[-1].replace("/sv/", "/ar/")
    person.page, person.address = person.client.post(action, data=data), action

    assert ENGLISH_Q1 in person.page.text
    assert person.seen.fields["dudit.q1"] == ["3"]
    assert "dudit.q2" in person.press().seen.fields


def test_an_error_in_borrowed_questions_is_said_in_the_language_of_the_page(person: Person) -> None:
    person.begin().walk({**DRUGS, "dudit.q1": "2"}, until="dudit.q2")
    person.open(person.address.replace("/sv/", "/ar/")).press({"dudit.q2": []})

    assert person.page.status_code == 422
    assert 'class="error" id="dudit.q2-error" lang="ar" dir="auto"' in person.page.text


def test_a_self_test_tells_the_result_of_what_could_be_asked(person: Person) -> None:
    habits: dict[str, Given] = {"tests": ["alcohol", "drugs"], "about.age": "34", "about.sex": "female"}
    person.begin("screening", language="ar").walk({**habits, **AUDIT}, until="send")

    assert '<span class="sum">20</span>' in person.page.text
    assert '<h2 lang="en" dir="ltr">DUDIT</h2>\n<p>' + said("untranslated.review", "en") in person.page.text


def test_a_borrowed_result_is_told_in_its_own_language(person: Person) -> None:
    habits: dict[str, Given] = {"tests": ["drugs"], "about.age": "34", "about.sex": "female"}
    person.begin("screening").walk({**habits, **DUDIT}, until="send")
    page = person.open(person.address.replace("/sv/", "/ar/")).page.text

    assert '<span class="sum">22</span>' in page
    assert '<p lang="en" dir="ltr">Your sum is at or above the limit' in page


@pytest.mark.parametrize("name", ["self", "dudit"])
def test_the_paper_has_the_questions_in_a_language_that_has_them(person: Person, name: str) -> None:
    page = person.client.get(f"/ar/paper/{name}").text

    assert ENGLISH_Q1 in page
    assert page.count('You see them in <bdi lang="en" dir="ltr">English</bdi>.') == 1


def test_an_address_within_what_is_left_out_leads_to_the_notice(person: Person) -> None:
    step = int(at_notice(person).address.rpartition("/")[2])

    assert person.open(str(step + 4)).page.status_code == 200
    assert HEADING in person.page.text
    assert person.open("999").page.status_code == 404


def test_a_page_whose_draft_is_gone_keeps_what_was_borrowed(person: Person) -> None:
    person.begin().walk({**DRUGS, "dudit.q1": "2"}, until="dudit.q2")
    person.open(person.address.replace("/sv/", "/ar/"))
    action, data = person.seen.actions[-1], {**person.seen.fields, "dudit.q2": "3"}
    fresh = Person(person.client.application.test_client())
    fresh.page = fresh.client.post(action, data=data)

    assert fresh.page.status_code == 400
    assert fresh.seen.fields["dudit.q2"] == ["3"]


@pytest.mark.parametrize(("language", "told"), [("ar", True), ("sv", False), ("en", True)])
def test_words_nobody_has_read_say_so(person: Person, language: str, *, told: bool) -> None:
    page = person.client.get(f"/{language}/accessibility").text

    assert (said("accessibility.limits.translations", "sv" if language == "sv" else "en") in page) == told


def test_an_unofficial_wording_can_be_hidden_as_if_there_were_none(public_home: Path, tmp_path: Path) -> None:
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    settings = Settings.read({**environ, "INTAKE_HIDE_UNOFFICIAL": "yes"})
    with speaking.application(tmp_path, settings) as hiding:
        person = Person(hiding.test_client()).begin().walk({**DRUGS, "dudit_offer": "together"}, until="phq4_offer")
        step = person.press({"phq4_offer": "now"}).address.rpartition("/")[2]

        assert said("untranslated.heading") in person.page.text
        assert f'href="/f/{person.draft}/en/{step}"' in person.page.text
        assert "phq4.q1" in person.open(f"/f/{person.draft}/en/{step}").seen.fields
