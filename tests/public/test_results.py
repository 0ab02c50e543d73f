"""The result of a self-test, on its page."""

from collections.abc import Mapping

import pytest

from tests.public.person import AUDIT, DUDIT, REACH, Given, Person

LIMITS_FOR_WOMEN = "Med gränserna för kvinnor"


def result(person: Person, answers: Mapping[str, Given]) -> str:
    """The result page's main part after these answers."""
    person.begin("screening").walk({"about.age": "34", "about.sex": "female", "tests": ["alcohol"], **answers}, "send")
    return person.page.text.partition("<main")[2].partition("</main>")[0]


def test_the_sum_stands_with_its_highest_value_and_its_source(person: Person) -> None:
    page = result(person, dict(AUDIT))

    assert '<span class="sum">20</span> av 40 poäng' in page
    assert "Socialstyrelsen" in page
    assert "World Health Organization" in page


def test_the_result_says_what_it_is_not(person: Person) -> None:
    assert "Det är ingen diagnos och inget betyg på dig." in result(person, dict(AUDIT))


def test_somebody_young_is_told_that_the_limits_are_for_adults(person: Person) -> None:
    assert "Gränserna är gjorda för vuxna." in result(person, {**AUDIT, "about.age": "16"})


@pytest.mark.parametrize(("sex", "level"), [("female", "ligger på den lägsta nivån"), ("male", "ligger på den lägsta")])
def test_a_low_sum_is_said_kindly(person: Person, sex: str, level: str) -> None:
    page = result(person, {**AUDIT, **dict.fromkeys(AUDIT, "0"), "about.sex": sex})

    assert '<span class="sum">0</span>' in page


def test_every_test_that_was_taken_has_its_own_result(person: Person) -> None:
    page = result(person, {"tests": ["alcohol", "drugs"], **AUDIT, **DUDIT})

    assert '<span class="sum">20</span> av 40 poäng' in page
    assert '<span class="sum">22</span> av 44 poäng' in page


def test_missing_answers_make_the_sum_a_range(person: Person) -> None:
    page = result(person, {number: code for number, code in AUDIT.items() if number != "audit.q5"})

    assert "18 till 22" in page
    assert "Du hoppade över en eller flera frågor" in page


def test_unknown_sex_shows_both_readings_side_by_side_where_they_differ(person: Person) -> None:
    six = {**dict.fromkeys(AUDIT, "0"), "audit.q1": "3", "audit.q2": "3", "about.sex": "undisclosed"}

    assert LIMITS_FOR_WOMEN in result(person, six)
    assert "Med gränserna för män" in person.page.text


def test_unknown_sex_shows_one_reading_where_they_agree(person: Person) -> None:
    one = {**dict.fromkeys(AUDIT, "0"), "audit.q1": "1", "about.sex": "undisclosed"}

    assert LIMITS_FOR_WOMEN not in result(person, one)


def test_limits_that_are_for_staff_are_not_shown(person: Person) -> None:
    assert "Zon" not in result(person, dict(AUDIT))


def test_the_result_is_in_no_title_and_no_address(person: Person) -> None:
    result(person, dict(AUDIT))

    assert "20" not in person.seen.title
    assert person.address.rpartition("/")[2].isdigit()


def test_whoever_stops_at_the_result_sends_nothing(person: Person) -> None:
    result(person, dict(AUDIT))
    person.press({"send": "no"})

    assert "Inget har skickats" in person.page.text
    assert "Skicka till" not in person.page.text
    assert person.client.post(person.address, data=person.seen.fields).status_code == 303
    assert person.open("done").address.endswith("/review")


def test_whoever_sends_it_along_is_asked_how_to_be_reached(person: Person) -> None:
    result(person, dict(AUDIT))
    person.press({"send": "yes"}).walk(REACH).press()

    assert person.address.endswith("/done")


def test_someone_of_fifteen_takes_no_test_and_is_shown_whom_to_call(person: Person) -> None:
    person.begin("screening").walk({"tests": ["alcohol"], "about.age": "15"}, until="talk")

    assert "Mini-Maria" in person.page.text
    assert "Bris" in person.page.text
