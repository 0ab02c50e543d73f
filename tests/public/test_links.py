"""Coming through a signed link: led to the right door in the right language, with the database away the whole time."""

import pytest

from intake.config import Settings
from intake.links import Link, sign
from tests.public.person import REACH, Person
from tests.public.words import said

LERUM = {"about.town": "lerum"}


def token(person: Person, door: str = "self", language: str = "", answers: dict[str, str] | None = None) -> str:
    """A token as a unit of this installation gives it out."""
    settings: Settings = person.client.application.extensions["intake"].settings
    return sign(settings.link_secrets, Link("K7M2QF9A", door, language, answers or {}))


def come(person: Person, link: str) -> Person:
    """Follow a link and press the door's first button."""
    return person.open(person.client.get(f"/r/{link}").location).press({"start": "questions"})


@pytest.mark.parametrize(("of_link", "of_browser", "led_to"), [("en", "sv", "en"), ("", "en", "en"), ("", "xx", "sv")])
def test_a_link_leads_to_its_door_in_the_best_language(
    visitor: Person, of_link: str, of_browser: str, led_to: str
) -> None:
    link = token(visitor, "screening", of_link)
    answer = visitor.client.get(f"/r/{link}", headers={"Accept-Language": of_browser})

    assert answer.location == f"/{led_to}/screening/from/{link}"
    assert "Accept-Language" in answer.headers["Vary"]
    assert visitor.client.get(answer.location).status_code == 200


def test_a_language_that_is_no_longer_offered_gives_way_to_the_browsers(visitor: Person) -> None:
    answer = visitor.client.get(f"/r/{token(visitor, language='xx')}", headers={"Accept-Language": "en"})

    assert answer.location.startswith("/en/self/")


@pytest.mark.parametrize("odd", ["never", "a.b", "%00", "..%2f..%2fetc", "x" * 2000])
def test_what_is_no_link_of_ours_leads_to_the_start_page(visitor: Person, odd: str) -> None:
    assert visitor.client.get(f"/r/{odd}", headers={"Accept-Language": "en"}).location in ("/en/", None)


def test_a_link_to_a_door_that_is_gone_leads_to_the_start_page(visitor: Person) -> None:
    assert visitor.client.get(f"/r/{token(visitor, 'gone')}").location == "/sv/"


def test_opening_a_link_any_number_of_times_changes_nothing(visitor: Person) -> None:
    link = token(visitor)
    for _ in range(3):
        first, door = visitor.client.get(f"/r/{link}"), visitor.client.get(f"/sv/self/from/{link}")
        assert "Set-Cookie" not in first.headers
        assert "Set-Cookie" not in door.headers
    assert visitor.client.head(f"/r/{link}").status_code == 302
    assert visitor.client.post(f"/r/{link}").status_code == 405

    assert come(visitor, link).address.endswith("/sv/1")


def test_the_language_switch_keeps_the_link(visitor: Person) -> None:
    link = token(visitor)

    assert f"/en/self/from/{link}" in visitor.open(f"/sv/self/from/{link}").seen.links


def test_what_a_link_fills_in_is_seen_and_can_be_changed(visitor: Person) -> None:
    come(visitor, token(visitor, answers=LERUM)).walk({}, until="about.town")
    assert visitor.seen.fields["about.town"] == ["lerum"]

    visitor.press({"about.town": "alingsas"}).walk({**REACH, "about.town": "alingsas"})
    assert "Alingsås" in visitor.page.text


def test_the_review_says_that_the_link_is_told(visitor: Person) -> None:
    come(visitor, token(visitor)).walk(REACH)

    assert said("review.send.link") in visitor.page.text


def test_whoever_came_by_themselves_is_told_nothing_of_links(visitor: Person) -> None:
    assert said("review.send.link") not in visitor.begin().walk(REACH).page.text


@pytest.mark.parametrize("answers", [{"about.town": "atlantis"}, {"no.such": "lerum"}, {"story": "words of ours"}])
def test_what_does_not_belong_to_the_door_is_ignored(visitor: Person, answers: dict[str, str]) -> None:
    come(visitor, token(visitor, answers=answers)).walk(REACH)

    assert visitor.page.status_code == 200
    assert "words of ours" not in visitor.page.text


def test_a_link_of_another_door_is_as_good_as_none(visitor: Person) -> None:
    link = token(visitor, "screening", answers=LERUM)
    visitor.open(f"/sv/self/from/{link}")
    assert "via" not in visitor.seen.fields

    visitor.press({"start": "questions", "via": link}).walk(REACH)
    assert said("review.send.link") not in visitor.page.text


def test_a_changed_link_opens_the_door_and_says_nothing(visitor: Person) -> None:
    visitor.open(f"/sv/self/from/{token(visitor)[:-1]}")

    assert visitor.page.status_code == 200
    assert "via" not in visitor.seen.fields


def test_a_door_nobody_has_is_not_found_through_a_link_either(visitor: Person) -> None:
    assert visitor.client.get(f"/sv/nowhere/from/{token(visitor)}").status_code == 404
