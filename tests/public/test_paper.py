"""The paper twin: every word of every form and test, in every language, without a database and without a score."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from flask.testing import FlaskClient

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.questionnaires.model import Door, Instrument, Page
from intake.questionnaires.tongues import fallback
from tests.public.person import Person
from tests.public.words import CATALOGS, said

LIBRARY = load(content_root() / "questionnaires")
FORMS: Mapping[str, Door | Instrument] = {**LIBRARY.doors, **LIBRARY.instruments}
LANGUAGES = sorted(CATALOGS.languages)


def paper(client: FlaskClient, name: str, language: str = "sv") -> str:
    """What the paper says, as text."""
    page = client.get(f"/{language}/paper/{name}")
    assert page.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def tongue(page: Page, language: str) -> str:
    """The language in which a page is printed: its own, or the nearest that it has."""
    return language if language in page.words else fallback(LIBRARY.instruments[page.source], language)


def asked(page: Page, language: str) -> list[str]:
    """Every question of a page with its hint, its answers and its list."""
    words, texts = page.words[language], []
    for item in page.items:
        told = words.items[item.name]
        texts += [told.text, told.hint, told.list_heading, *told.list_entries]
        texts += [words.option(item, code) for code in item.codes]
    return [" ".join(text.split()) for text in texts if text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_question_and_every_answer_is_on_the_paper(client: FlaskClient, name: str, language: str) -> None:
    printed = paper(client, name, language)
    texts = [text for page in FORMS[name].pages for text in asked(page, tongue(page, language))]

    assert texts
    assert [text for text in texts if text not in printed] == []


@pytest.mark.parametrize("name", sorted(LIBRARY.instruments))
def test_a_test_stands_with_its_own_words_and_whose_they_are(client: FlaskClient, name: str) -> None:
    instrument, printed = LIBRARY.instruments[name], paper(client, name)

    for text in (instrument.words["sv"].intro, instrument.words["sv"].stem, instrument.attribution):
        assert " ".join(text.split()) in printed


@pytest.mark.parametrize("name", sorted(FORMS))
def test_no_score_and_no_band_is_on_the_paper(client: FlaskClient, name: str) -> None:
    printed, page = paper(client, name), client.get(f"/sv/paper/{name}").text
    bands = [b.text for i in LIBRARY.instruments.values() for s in i.words["sv"].bands.values() for b in s.values()]

    assert [text for text in bands if text and text in printed] == []
    assert "value=" not in page.partition("<article")[2]


def test_the_skip_rules_are_told_in_words(client: FlaskClient) -> None:
    told = "”Aldrig” på fråga 1, eller ”1–2” på fråga 2 och ”Aldrig” på fråga 3"

    assert said("paper.unless", answers=told) in paper(client, "audit")


def test_what_is_not_for_everybody_says_so(client: FlaskClient) -> None:
    assert said("paper.some") in paper(client, "self")
    assert said("paper.some") not in paper(client, "dudit")


def test_where_to_hand_it_in_and_whom_to_call_is_on_the_paper(client: FlaskClient) -> None:
    printed = paper(client, "phq4")

    assert said("paper.hand_in") in printed
    assert all(number in printed for number in ("031-390 06 01", "112", "90101", "1177"))


def test_there_is_room_to_write(client: FlaskClient) -> None:
    page = client.get("/sv/paper/self").text

    assert page.count('class="line"') >= 6
    assert "<input" not in page.partition("<article")[2]


@pytest.mark.parametrize("name", ["gone", "about", "%00", "..%2faudit"])
def test_there_is_no_paper_of_anything_else(client: FlaskClient, name: str) -> None:
    assert client.get(f"/sv/paper/{name}").status_code == 404


@pytest.mark.parametrize("name", sorted(LIBRARY.doors))
def test_a_door_leads_to_its_paper(client: FlaskClient, name: str) -> None:
    assert f"/sv/paper/{name}" in client.get(f"/sv/{name}").text


def test_a_paper_needs_no_database_and_leaves_no_cookie(visitor: Person) -> None:
    page = visitor.client.get("/sv/paper/self")

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
