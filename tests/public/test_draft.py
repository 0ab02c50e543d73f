"""The draft in the browser: when it is gone, when its token is wrong, when it is too large."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.public.person import ADULT, REACH, Person
from tests.public.words import said

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def forget(person: Person) -> None:
    """Lose the cookie, as a browser does that was told to."""
    person.client.delete_cookie("draft", path=f"/f/{person.draft}/")


def test_opening_a_page_without_its_draft_leads_to_the_start_and_sets_no_cookie(person: Person) -> None:
    person.begin()
    forget(person)
    answer = person.client.get(person.address)

    assert (answer.status_code, answer.location) == (303, "/sv/")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("page", ["1", "900", "review", "done"])
@pytest.mark.parametrize("draft", ["0" * 32, "x", "A" * 32])
def test_a_draft_that_never_was_leads_to_the_start(client: FlaskClient, draft: str, page: str) -> None:
    assert client.get(f"/f/{draft}/sv/{page}").location == "/sv/"


def test_posting_without_the_draft_keeps_what_was_posted_and_says_so(person: Person) -> None:
    person.begin().walk({**ADULT, **REACH}, until="story")
    forget(person)
    person.press({"story": "Det jag skrev."})

    assert person.page.status_code == 400
    assert person.seen.fields["story"] == ["Det jag skrev."]
    assert said("page.notice.expired") in person.page.text


def test_the_page_shown_again_belongs_to_a_new_draft_that_works(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"]})
    before = person.draft
    forget(person)
    person.press({"danger": "no"}).press()

    assert person.page.status_code == 200
    assert person.address.endswith("/sv/1")
    assert person.draft != before
    assert person.press({"concerns": ["alcohol"]}).seen.fields["danger"] == ["no"]


def test_a_result_whose_answers_are_gone_is_not_shown_again(person: Person) -> None:
    person.begin("screening").walk({"tests": ["alcohol"], "about.age": "34"}, until="send")
    forget(person)
    person.press({"send": "yes"})

    assert person.page.status_code == 400
    assert said("expired.text") in person.page.text
    assert person.press({"tests": ["alcohol"]}).address.endswith("/2")


def test_a_form_that_began_with_contact_begins_again_with_contact(person: Person) -> None:
    person.begin(start="contact").press(skip=True)
    forget(person)
    person.press(REACH).press().walk({})

    assert person.address.endswith("/review")


@pytest.mark.parametrize("door", ["", "nowhere", "../self"])
def test_without_draft_and_without_door_there_is_only_the_start(person: Person, door: str) -> None:
    person.begin()
    forget(person)

    assert person.press({"door": door}).address == "/sv/"


def test_a_draft_is_good_for_a_day(person: Person) -> None:
    with time_machine.travel(NOON, tick=False):
        person.begin().press({"concerns": ["alcohol"]})
    with time_machine.travel(NOON + timedelta(hours=25), tick=False):
        person.press({"danger": "no"})

        assert person.page.status_code == 400
        assert person.seen.fields["danger"] == ["no"]


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "å"])
def test_a_wrong_token_shows_the_answers_again_with_a_new_one(person: Person, token: str) -> None:
    person.begin().press({"concerns": ["alcohol", "doping"], "csrf_token": token})

    assert person.page.status_code == 400
    assert person.seen.fields["concerns"] == ["alcohol", "doping"]
    assert person.press().address.endswith("/2")


def test_no_token_is_as_wrong_as_a_wrong_one(person: Person) -> None:
    person.begin()
    answer = person.client.post(person.address, data={"concerns": "alcohol"})

    assert answer.status_code == 400


def test_a_token_of_another_draft_is_wrong(person: Person, client: FlaskClient) -> None:
    foreign = Person(client).begin().seen.fields["csrf_token"]
    person.begin().press({"concerns": ["alcohol"], "csrf_token": foreign})

    assert person.page.status_code == 400
    assert person.seen.fields["concerns"] == ["alcohol"]


def test_a_page_open_since_yesterday_keeps_its_answers(person: Person) -> None:
    with time_machine.travel(NOON, tick=False):
        person.begin()
        old = person.seen.fields["csrf_token"]
    with time_machine.travel(NOON + timedelta(hours=23), tick=False):
        person.press({"concerns": ["alcohol"]})
    with time_machine.travel(NOON + timedelta(hours=25), tick=False):
        person.press({"danger": "no", "csrf_token": old})

        assert person.page.status_code == 400
        assert person.seen.fields["danger"] == ["no"]
        assert person.press().page.status_code == 200


def test_answers_that_do_not_fit_the_cookie_are_refused_before_anything_is_lost(person: Person) -> None:
    crowded = "".join(chr(0x20000 + secrets.randbelow(40_000)) for _ in range(1000))
    person.begin().walk({**ADULT, **REACH}, until="story")
    person.press({"story": crowded})

    assert person.page.status_code == 422
    assert said("field.draft_full") in person.page.text
    assert person.seen.fields["story"] == [crowded]
    assert person.open("1").seen.fields["concerns"] == ["alcohol"]


def test_a_full_form_in_plain_words_fits(person: Person) -> None:
    words = "Jag har druckit varje kväll sedan i våras och vill ändra på det. " * 15
    long = {
        "story": words,
        "contact.name": "Kim",
        "contact.address": "Gatan 1, 123 45 Ort",
        "needs.adaptation": words[:300],
    }
    person.begin().walk({**ADULT, **REACH, **long})

    assert person.address.endswith("/review")


def test_a_browser_cannot_bring_the_cookie_of_its_choice(person: Person) -> None:
    person.client.set_cookie("draft", "chosen", path="/")
    person.begin()
    cookie = person.client.get_cookie("draft", path=f"/f/{person.draft}/")

    assert cookie is not None
    assert cookie.value != "chosen"


def test_the_cookie_holds_nothing_readable(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"]})
    cookie = person.client.get_cookie("draft", path=f"/f/{person.draft}/")

    assert cookie is not None
    assert "alcohol" not in cookie.value
    assert "." not in cookie.value


def test_another_site_cannot_post_into_a_form(person: Person) -> None:
    person.begin()
    values = {**person.seen.fields, "concerns": "alcohol"}
    answer = person.client.post(person.address, data=values, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
