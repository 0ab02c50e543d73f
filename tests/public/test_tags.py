"""Addresses in a language of any tag: pages, redirects, signed links and refusals."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intake.config import Settings
from intake.links import Link, sign
from tests.fixtures import speaking
from tests.public.person import Person


@pytest.fixture(scope="module")
def polyglot(public_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The public process in every language there may be."""
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    with speaking.application(tmp_path_factory.mktemp("content"), Settings.read(environ), *speaking.ALL) as app:
        yield app


@pytest.fixture
def app(polyglot: Flask) -> Flask:
    """What `client` talks to."""
    return polyglot


def test_a_private_tag_is_an_address_like_any_other(person: Person) -> None:
    page = person.begin(language="sv-x-lattlast")

    assert page.address.endswith("/sv-x-lattlast/1")
    assert '<html lang="sv-x-lattlast" dir="ltr">' in page.page.text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("prs,en;q=0.5", "fa"), ("sr-Latn,en;q=0.8", "bs"), ("no,de", "sv"), ("ar;q=0,fi;q=0.1", "fi")],
)
def test_the_start_page_is_in_what_the_browser_asks_for(client: FlaskClient, accepted: str, language: str) -> None:
    assert client.get("/", headers={"Accept-Language": accepted}).location == f"/{language}/"


@pytest.mark.parametrize("language", ["sv-x-lattlast", "bs", "ar"])
def test_a_signed_link_leads_to_its_language(polyglot: Flask, client: FlaskClient, language: str) -> None:
    secrets = polyglot.extensions["intake"].settings.link_secrets
    token = sign(secrets, Link("K7M2QF9A", "self", language))
    followed = client.get(f"/r/{token}", headers={"Accept-Language": "en"}).location

    assert followed.startswith(f"/{language}/self/from/")
    assert client.get(followed).status_code == 200


@pytest.mark.parametrize("address", ["/xx/", "/sv-x-/", "/sv-x-waytoolong/", "/sv--x/", "/SV/self", "/zh-Hant/help"])
def test_a_tag_that_is_not_offered_is_refused_kindly(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "uk"})

    assert answer.status_code == 404
    assert '<html lang="uk" dir="ltr">' in answer.text


@pytest.mark.parametrize("path", ["/ar/", "/ar/help", "/ar/nothing-here", "/ar/code", "/ar/paper/self"])
def test_every_language_is_named_in_itself_on_every_page(client: FlaskClient, path: str) -> None:
    page = client.get(path).text

    for tag, direction, name in (("fa", "rtl", "فارسی / دری"), ("so", "ltr", "Soomaali"), ("uk", "ltr", "Українська")):
        assert f'lang="{tag}" dir="{direction}">{name}</a>' in page


def test_a_long_name_is_short_at_the_head_and_whole_in_the_list(client: FlaskClient) -> None:
    head, _, languages = client.get("/bs/").text.partition("</summary>")

    assert head.rpartition("</span>")[2].strip() == "BHS"
    assert ">Bosanski / hrvatski / srpski</a>" in languages
