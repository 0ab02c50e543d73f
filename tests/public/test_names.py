"""Names say in which language they are, on pages in any language; sentences around them stay text."""

import pytest
from flask import Flask, g, render_template_string
from flask.testing import FlaskClient

from intake.markup import by_name, marked
from intake.web import parts
from tests.public.person import ADULT, REACH, Person
from tests.public.test_professional import ASKS, NAMED, YES

CLINIC = '<bdi lang="sv">Socialmedicinska mottagningen Alingsås</bdi>'


def test_a_name_before_brackets_is_in_its_own_language() -> None:
    assert by_name("Suomi (<finska>)", "fi") == '<bdi lang="fi">Suomi</bdi> (&lt;finska&gt;)'
    assert by_name("Health care & advice", "sv") == "Health care &amp; advice"


def test_a_name_stays_text() -> None:
    assert marked("<b>", 'sv"') == '<bdi lang="sv&#34;">&lt;b&gt;</bdi>'


def test_words_of_a_catalog_stay_text_around_a_name(app: Flask) -> None:
    source = """
        {%- from "macros/layout.html" import name -%}
        <i title="{{ _("x", unit="") }}">{{ _("x", unit=name("<u>")) }}</i>
    """
    with app.test_request_context():
        g.language = "en"
        catalog = parts().catalogs.translations["en"]._catalog  # noqa: SLF001  # there is no other way to add a word
        catalog["x"] = '"<b>%(unit)s & co'
        try:
            html = render_template_string(source)
        finally:
            del catalog["x"]

    said = "&quot;&lt;b&gt;%s &amp; co"
    assert html.strip() == '<i title="' + said % "" + '">' + said % '<bdi lang="sv">&lt;u&gt;</bdi>' + "</i>"


@pytest.mark.parametrize("language", ["ar", "sv"])
def test_a_unit_is_called_by_its_swedish_name_from_the_review_to_the_mailbox(person: Person, language: str) -> None:
    review = person.begin(language=language).walk({**ADULT, **REACH}).page.text
    receipt = person.press().page.text
    code = person.code
    mailbox = person.open(f"/{language}/code").press({"code": code}).page.text

    assert review.count(CLINIC) == 2
    assert '<bdi lang="sv">Alingsås kommun</bdi>' in review
    assert CLINIC in receipt
    assert CLINIC in mailbox


def test_what_a_person_wrote_is_in_no_language_we_know(person: Person) -> None:
    review = person.begin(language="ar").walk({**ADULT, **REACH, "story": "Ich"}).page.text

    assert '<bdi lang="" dir="auto">Ich</bdi>' in review
    assert '<bdi lang="" dir="auto">34</bdi>' in review


def test_an_interpreters_language_is_called_by_its_own_name(person: Person) -> None:
    asked = person.begin(language="ar").walk({**ADULT, **REACH}, until="needs.interpreter").page.text
    review = person.walk({**ADULT, **REACH, "needs.interpreter": "swl"}).page.text

    assert '<span><bdi lang="fi">Suomi</bdi> (' in asked
    assert "<span>العربية</span>" in asked
    assert '<bdi lang="sv">Svenskt teckenspråk</bdi> (' in review


def test_a_unit_that_refers_is_called_by_its_swedish_name(person: Person) -> None:
    asked = person.begin("professional", language="fi").walk({**ASKS, **YES, **NAMED}, until="referral.unit").page.text

    assert '<span><bdi lang="sv">' in asked


@pytest.mark.parametrize("page", ["", "help", "privacy", "accessibility", "paper/self", "no/such/page"])
def test_standing_pages_name_the_clinics_in_swedish(client: FlaskClient, page: str) -> None:
    assert CLINIC in client.get(f"/uk/{page}").text
