"""What a field takes, and what it says when it takes it not."""

from urllib.parse import quote

import pytest

from tests.public.person import ADULT, REACH, Person
from tests.public.words import said

ARABIC = "070-174 06 05".translate({ord("0") + digit: chr(0x0660 + digit) for digit in range(10)})


@pytest.fixture
def at_audit(person: Person) -> Person:
    """At the first question of the alcohol test."""
    return person.begin().walk({**ADULT, "audit_offer": "now"}, until="audit.q1")


@pytest.fixture
def at_age(person: Person) -> Person:
    return person.begin().walk({"concerns": ["alcohol"], "danger": "no"}, until="about.age")


@pytest.fixture
def at_contact(person: Person) -> Person:
    person.begin(start="contact").press(skip=True)
    assert "contact.ways" in person.seen.fields
    return person


def wrong(person: Person) -> list[str]:
    """The fields the summary of errors leads to."""
    return [link[1:] for link in person.seen.links if link.startswith("#") and link != "#main"]


def test_the_fixture_is_at_the_first_question_of_the_test(at_audit: Person) -> None:
    assert at_audit.seen.heading == "Hur ofta dricker du alkohol?"


@pytest.mark.parametrize(
    "code",
    ["5", "-1", "99", " 1", "1 ", "1_0", "٤", "0x1", "1.0", "1e0", "true", "01", "+1", "1\n", "\uff11", "\x00", "%31"],
)
def test_a_code_that_is_not_offered_is_an_error(at_audit: Person, code: str) -> None:
    at_audit.press({"audit.q1": code})

    assert at_audit.page.status_code == 422
    assert wrong(at_audit) == ["audit.q1-0"]
    assert at_audit.open("review").address.endswith("/11")


def test_an_item_takes_only_its_own_codes(person: Person) -> None:
    person.begin().walk({**ADULT, "audit_offer": "now", "audit.q1": "0"}, until="audit.q9").press({"audit.q9": "1"})

    assert person.page.status_code == 422


@pytest.mark.parametrize("names", [["audit.q1[]"], ["audit.q1[0][x]"], ["a[][][]"], ["AUDIT.Q1"], []])
def test_no_answer_says_choose_or_skip(at_audit: Person, names: list[str]) -> None:
    at_audit.press(dict.fromkeys(names, "4"))

    assert at_audit.page.status_code == 422
    assert said("field.missing.choice_or_skip") in at_audit.page.text
    assert at_audit.seen.title.startswith("Fel: ")


def test_two_values_for_one_question_are_an_error(at_audit: Person) -> None:
    at_audit.press({"audit.q1": ["1", "2"]})

    assert at_audit.page.status_code == 422
    assert at_audit.seen.fields["audit.q1"] == []


def test_the_error_stands_in_the_summary_and_beside_the_field(at_audit: Person) -> None:
    html = at_audit.press().page.text

    assert 'id="errors" tabindex="-1"' in html
    assert 'href="#audit.q1-0"' in html
    assert 'id="audit.q1-0"' in html
    assert 'aria-describedby="audit.q1-error' in html
    assert html.count(said("field.missing.choice_or_skip")) == 2


def test_an_answer_that_is_no_longer_posted_is_not_taken_from_before(at_audit: Person) -> None:
    at_audit.press({"audit.q1": "2"}).open("11").press({"audit.q1": []})

    assert at_audit.page.status_code == 422


@pytest.mark.parametrize("written", ["34", " 34 ", "٣٤", "۳۴", "३४", "034"])
def test_an_age_is_taken_in_any_digits_and_kept_in_ours(at_age: Person, written: str) -> None:
    page = at_age.address
    at_age.press({"about.age": written}).open(page)

    assert at_age.seen.fields["about.age"] == ["34"]


@pytest.mark.parametrize("written", ["-1", "121", "3.5", "1e1", "1_0", "0x1", "thirty", "²", "9" * 40, "٣٤x"])
def test_an_age_that_is_none_is_kept_in_the_field_with_an_error(at_age: Person, written: str) -> None:
    at_age.press({"about.age": written})

    assert at_age.page.status_code == 422
    assert at_age.seen.fields["about.age"] == [written]
    assert said("field.number", lowest=0, highest=120) in at_age.page.text


@pytest.mark.parametrize("written", ["070-174 06 05", "+46 70 174 06 05", "0046701740605", "(070) 174 06 05", ARABIC])
def test_a_phone_number_is_written_alike(at_contact: Person, written: str) -> None:
    page = at_contact.address
    at_contact.press({"contact.ways": ["call"], "contact.phone": written}).open(page)

    assert at_contact.seen.fields["contact.phone"] == ["+46701740605"]


@pytest.mark.parametrize(
    "written", ["", "12", "0" * 40, "0701740605 call me", "070-174 06 0x", "1-800-FLOWERS", "+999"]
)
def test_a_phone_number_that_cannot_be_called_is_an_error(at_contact: Person, written: str) -> None:
    at_contact.press({"contact.ways": ["sms"], "contact.phone": written})

    assert at_contact.page.status_code == 422
    assert wrong(at_contact) == ["contact.phone"]
    assert at_contact.seen.fields["contact.phone"] == ([written] if written else [""])


@pytest.mark.parametrize(
    "written", ["nej", "a@b", "a@b@c.se", "a b@c.se", "a@.se", "a@c..se", "x@y.se,z@y.se", "<a@b.se>"]
)
def test_an_email_address_that_is_none_is_an_error(at_contact: Person, written: str) -> None:
    at_contact.press({"contact.ways": ["email"], "contact.email": written})

    assert wrong(at_contact) == ["contact.email"]


@pytest.mark.parametrize(
    ("way", "needed"), [("call", "phone"), ("sms", "phone"), ("email", "email"), ("letter", "address")]
)
def test_a_way_of_contact_needs_what_it_takes(at_contact: Person, way: str, needed: str) -> None:
    at_contact.press({"contact.ways": [way]})

    assert wrong(at_contact) == [f"contact.{needed}"]


def test_one_way_of_contact_is_required_and_cannot_be_skipped(at_contact: Person) -> None:
    assert "skip" not in at_contact.seen.buttons
    at_contact.press(skip=True)

    assert wrong(at_contact) == ["contact.ways-0"]


def test_what_was_written_stays_when_something_else_is_wrong(at_contact: Person) -> None:
    at_contact.press(
        {"contact.name": "Kim", "contact.ways": ["call", "letter"], "contact.address": "Gatan 1\n123 45 Ort"}
    )

    assert wrong(at_contact) == ["contact.phone"]
    assert at_contact.seen.fields["contact.name"] == ["Kim"]
    assert at_contact.seen.fields["contact.ways"] == ["call", "letter"]
    assert at_contact.seen.fields["contact.address"] == ["Gatan 1\n123 45 Ort"]


@pytest.mark.parametrize("name", ["Kim\nBcc: a@b.se", "Kim\r\nX", "K\x00im", "K\x0bim", "\x1b[31mKim", "Kim\x85x"])
def test_control_characters_in_a_line_are_an_error(at_contact: Person, name: str) -> None:
    at_contact.press({**REACH, "contact.name": name})

    assert wrong(at_contact) == ["contact.name"]


@pytest.mark.parametrize("raw", ["%ff%fe", "%ED%A0%80", "Kim%C3", "%EF%BF%BE"])
def test_damaged_text_is_an_error_and_not_altered_in_silence(at_contact: Person, raw: str) -> None:
    token = quote(at_contact.seen.fields["csrf_token"][0])
    body = f"csrf_token={token}&contact.ways=call&contact.phone=070-1740605&contact.name={raw}"
    at_contact.post_raw(body.encode())

    assert wrong(at_contact) == ["contact.name"]


def test_raw_bytes_that_are_no_text_are_an_error(at_contact: Person) -> None:
    token = quote(at_contact.seen.fields["csrf_token"][0])
    at_contact.post_raw(f"csrf_token={token}&contact.ways=call&contact.name=".encode() + b"\xff\xfe")

    assert "contact.name" in wrong(at_contact)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{7*7}}", "${7*7}", "%(x)s", "'\"><svg onload=x>", "' OR 1=1--", "\\", "%_"]
)
def test_what_looks_like_code_is_only_text(at_contact: Person, text: str) -> None:
    page = at_contact.address
    at_contact.press({**REACH, "contact.name": text}).open(page)

    assert at_contact.seen.fields["contact.name"] == [text]
    assert text not in at_contact.page.text or "<" not in text


def test_own_words_have_room_for_a_thousand_characters_of_any_script(person: Person) -> None:
    person.begin().walk(ADULT, until="story")
    assert "story" in person.seen.fields
    person.press({"story": "å" * 1001})

    assert said("field.too_long", written=1001, most=1000) in person.page.text
    assert person.seen.fields["story"] == ["å" * 1001]
    assert person.press({"story": "å" * 1000}).page.status_code == 200


def test_a_million_characters_are_refused_at_once(person: Person) -> None:
    assert person.begin().press({"concerns": "x" * 1_000_000}).page.status_code == 413


def test_thousands_of_fields_are_refused(at_contact: Person) -> None:
    at_contact.post_raw(b"&".join(b"a%d=" % number for number in range(2000)))

    assert at_contact.page.status_code == 413


def test_fields_nobody_asked_for_are_not_kept(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"], "score": "40", "unit": "mini-maria", "about.age": "34"})
    person.open("1").press().press({"danger": "no"})

    assert person.seen.fields["about.age"] == [""]
