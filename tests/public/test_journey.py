"""Somebody walks through the form: which page comes next, what is kept, what counts."""

import pytest

from tests.public.person import ADULT, AUDIT, DUDIT, REACH, Given, Person, Seen


def test_a_door_begins_a_draft_at_its_first_question(person: Person) -> None:
    person.begin()

    assert person.page.status_code == 200
    assert person.address.endswith("/sv/1")
    assert person.seen.title == "Steg 1 · Vägen in"


def test_nothing_is_chosen_beforehand(person: Person) -> None:
    assert person.begin().seen.fields["concerns"] == []


def test_an_answer_leads_one_page_on(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"]})

    assert person.address.endswith("/sv/2")


@pytest.mark.parametrize("door", ["self", "screening"])
def test_the_whole_form_ends_in_a_receipt(person: Person, door: str) -> None:
    tests: dict[str, Given] = {"tests": ["alcohol", "drugs"], "send": "yes"}
    person.begin(door).walk({**ADULT, "audit_offer": "now", **tests, **AUDIT, **DUDIT, **REACH}).press()

    assert person.page.status_code == 200
    assert person.address.endswith("/sv/done")


@pytest.mark.parametrize("door", ["self", "screening"])
def test_whoever_only_wants_to_be_called_is_through_in_five_pages(person: Person, door: str) -> None:
    person.begin(door, start="contact")
    pages = 1  # the review
    while not person.address.endswith("/review"):
        asked = {name: value for name, value in REACH.items() if name in person.seen.fields}
        person.press(asked, skip=not asked and "skip" in person.seen.buttons)
        pages += 1

    assert pages <= 5


def test_every_question_may_be_skipped_but_one_way_of_contact(person: Person) -> None:
    person.begin().walk(REACH).press()

    assert person.address.endswith("/done")


def test_back_is_a_link_to_the_page_before(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"]})

    assert f"{person.place}1" in person.seen.links


def test_going_back_shows_what_was_answered(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol", "gambling"]}).open("1")

    assert person.seen.fields["concerns"] == ["alcohol", "gambling"]


def test_another_language_on_the_same_page_keeps_the_answers(person: Person) -> None:
    person.begin().press({"concerns": ["doping"]}).open("1")
    person.open(person.address.replace("/sv/", "/en/"))

    assert person.seen.heading == "What would you like help with?"
    assert person.seen.fields["concerns"] == ["doping"]


def test_another_language_brings_along_what_is_being_written(person: Person) -> None:
    person.begin()
    written = {**person.seen.fields, "concerns": ["doping"], "switch": "en"}
    answer = person.client.post(person.address.replace("/sv/", "/en/"), data=written)
    shown = Seen(answer.text)

    assert (answer.status_code, shown.heading) == (200, "What would you like help with?")
    assert shown.fields["concerns"] == ["doping"]
    assert person.open("1").seen.fields["concerns"] == []


def test_a_second_tab_of_the_same_draft_shows_the_same(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"]})
    again = Person(person.client).open(f"{person.place}1")

    assert again.seen.fields["concerns"] == ["alcohol"]


def test_two_forms_in_one_browser_do_not_mix(person: Person) -> None:
    other = Person(person.client).begin()
    person.begin().press({"concerns": ["alcohol"]})
    other.press({"concerns": ["gambling"]}).open("1")
    person.open("1")

    assert person.seen.fields["concerns"] == ["alcohol"]
    assert other.seen.fields["concerns"] == ["gambling"]


def test_nobody_jumps_past_a_page_that_is_missing(person: Person) -> None:
    person.begin()

    assert person.open("5").address.endswith("/1")
    assert person.open("review").address.endswith("/1")
    assert person.open("done").address.endswith("/1")


def test_a_page_that_is_not_shown_leads_on(person: Person) -> None:
    person.begin().walk({"concerns": ["alcohol"], "danger": "no"}, until="about.age")
    person.open("3")

    assert person.address.endswith("/4")


def test_a_step_that_does_not_exist_is_not_found(person: Person) -> None:
    person.begin()

    assert person.open("900").page.status_code == 404
    assert person.open("0").page.status_code == 404


def test_danger_shows_numbers_to_call_before_going_on(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"]}).press({"danger": "yes"})

    assert "tel:112" in person.page.text.partition("<main")[2].partition("</main>")[0]
    assert person.press().seen.heading == "Hur gammal är du?"


def test_a_change_from_the_review_returns_to_the_review(person: Person) -> None:
    person.begin().walk({**ADULT, **REACH})
    town = next(link for link in person.seen.links if link.endswith("/6"))
    person.open(town).press({"about.town": "lerum"})

    assert person.address.endswith("/review")
    assert "Lerum" in person.page.text


def test_a_change_that_opens_a_page_shows_that_page_and_then_the_review(person: Person) -> None:
    person.begin().walk({**ADULT, "concerns": ["gambling"], "danger": "no", **REACH}).open("1")
    person.press({"concerns": ["alcohol"]})

    assert person.seen.heading == "Vill du svara på tio frågor om alkohol nu?"
    assert person.press({"audit_offer": "together"}).address.endswith("/review")


def test_a_change_that_hides_a_branch_takes_its_answers_from_the_review(person: Person) -> None:
    person.begin().walk({**ADULT, "audit_offer": "now", **AUDIT, **REACH})
    assert "AUDIT" in person.page.text
    person.open("1").press({"concerns": ["gambling"]}).walk(REACH)

    assert "AUDIT" not in person.page.text


def test_a_branch_that_comes_back_still_has_its_answers(person: Person) -> None:
    person.begin().walk({**ADULT, "audit_offer": "now", **AUDIT, **REACH})
    person.open("1").press({"concerns": ["gambling"]}).walk(REACH)
    person.open("1").press({"concerns": ["alcohol"]}).walk(REACH)

    assert "AUDIT" in person.page.text


def test_skipping_a_page_takes_its_answer_away(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"]}).open("1").press(skip=True).open("1")

    assert person.seen.fields["concerns"] == []


def test_going_back_and_on_again_does_not_jump_ahead(person: Person) -> None:
    person.begin().walk(ADULT, until="about.sex").open("1").press()

    assert person.address.endswith("/2")


@pytest.mark.parametrize(("age", "offered"), [("15", False), ("16", True)])
def test_under_sixteen_is_offered_no_alcohol_test(person: Person, age: str, *, offered: bool) -> None:
    person.begin().walk({**ADULT, "about.age": age, "concerns": ["alcohol"], **REACH})

    assert ("tio frågor om alkohol" in person.page.text) is offered


def test_the_skip_rules_of_the_instrument_hold(person: Person) -> None:
    person.begin().walk({**ADULT, "audit_offer": "now", "audit.q1": "0", **REACH})

    assert "Hur ofta dricker du alkohol?" in person.page.text
    assert "dricker du en typisk dag" not in person.page.text
    assert "blivit skadad på grund av ditt drickande" in person.page.text


def test_the_standard_glass_stands_beside_the_questions_that_mean_it(person: Person) -> None:
    person.begin().walk({**ADULT, "audit_offer": "now", "audit.q1": "2"}, until="audit.q2")

    assert "standard-glass.svg" in person.page.text
    assert "33 cl starköl" in person.page.text


def test_no_address_and_no_title_says_what_it_is_about(person: Person) -> None:
    person.begin()
    seen = []
    for _ in range(14):
        seen.append(person.address.rpartition("/")[2] + person.seen.title)
        person.press(
            {name: value for name, value in {**ADULT, **REACH}.items() if name in person.seen.fields}, skip=True
        )

    assert [place for place in seen if any(word in place.lower() for word in ("alk", "drog", "audit", "spel"))] == []
    assert len(seen) == 14
