"""The token of a signed link: short, opaque to change, and good after the key was changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from intake.config import content_root
from intake.links import LONGEST_TOKEN, Link, _serializer, prefilled, read, sign
from intake.questionnaires.loader import load

SECRETS = (b"a secret of thirty-two characters",)
POSTER = Link("K7M2QF9A", "self", "sv")
SCHOOL = Link("K7M2QF9B", "self", "", {"about.town": "lerum", "concerns": ("alcohol", "gambling")})
DOOR = load(content_root() / "questionnaires").doors["self"]


@pytest.mark.parametrize("link", [POSTER, SCHOOL])
def test_a_token_says_what_was_signed(link: Link) -> None:
    assert read(SECRETS, sign(SECRETS, link)) == link


def test_the_address_of_a_poster_is_short_and_plain() -> None:
    token = sign(SECRETS, POSTER)

    assert len(token) <= 50
    assert re.fullmatch(r"[A-Za-z0-9._-]+", token)


@pytest.mark.parametrize("place", range(0, 49, 6))
def test_one_changed_letter_is_enough_to_refuse_it(place: int) -> None:
    token = sign(SECRETS, POSTER)
    other = "A" if token[place] != "A" else "B"

    assert read(SECRETS, token[:place] + other + token[place + 1 :]) is None


def test_another_installations_token_is_refused() -> None:
    assert read((b"another secret of thirty-two chars",), sign(SECRETS, POSTER)) is None


def test_a_token_outlives_a_change_of_keys() -> None:
    assert read((*SECRETS, b"the next secret of thirty-two chars"), sign(SECRETS, POSTER)) == POSTER


def test_a_new_token_is_signed_with_the_newest_key() -> None:
    newest = b"the next secret of thirty-two chars"

    assert read((newest,), sign((*SECRETS, newest), POSTER)) == POSTER


def test_a_signature_made_for_something_else_does_not_count() -> None:
    foreign = URLSafeSerializer(SECRETS[0], salt="cookie-session").dumps(["K7M2QF9A", "self", "sv"])

    assert read(SECRETS, str(foreign)) is None


@pytest.mark.parametrize(
    "odd", ["", ".", "../../etc/passwd", "a" * LONGEST_TOKEN, "a" * (LONGEST_TOKEN + 1), "å.ä", "\x00"]
)
def test_noise_is_no_link(odd: str) -> None:
    assert read(SECRETS, odd) is None


@given(st.text(max_size=80))
def test_whatever_stands_in_the_address_nothing_is_raised(text: str) -> None:
    assert read(SECRETS, text) is None


@pytest.mark.parametrize("said", [[], ["one"], {}, 7, "t", ["id", "door"]])
def test_a_signed_token_of_another_shape_is_no_link(said: object) -> None:
    assert read(SECRETS, signed(said)) is None


@pytest.mark.parametrize("answers", [7, "text", [], None])
def test_answers_of_another_shape_fill_in_nothing(answers: object) -> None:
    found = read(SECRETS, signed(["K7M2QF9A", "self", "sv", answers]))

    assert found is not None
    assert found.answers == {}


def signed(said: object) -> str:
    """Whatever an older version may have signed, with the key of links."""
    return str(_serializer(SECRETS).dumps(said))


def test_what_fits_the_door_is_filled_in() -> None:
    assert prefilled(SCHOOL.answers, DOOR) == SCHOOL.answers


@pytest.mark.parametrize(
    "answers",
    [
        {"no.such": "lerum"},
        {"about.town": "atlantis"},
        {"about.town": ("lerum",)},
        {"concerns": ("alcohol", "alcohol")},
        {"story": "words of ours"},
        {"contact.phone": "070-174 06 05"},
        {"about.age": "34"},
    ],
)
def test_what_is_no_code_of_the_door_is_not_filled_in(answers: dict[str, str]) -> None:
    assert prefilled(answers, DOOR) == {}
