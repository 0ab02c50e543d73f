import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DBAPIError

from intake import create_app
from intake.config import Settings
from intake.edge import HEADERS, STATUS_OF
from intake.errors import SettingsError
from intake.sealing.unseal import generate_keypair

PAGES = ["/sv/", "/en/help", "/sv/self", "/nowhere/at/all", "/xx/", "/sv/f", "/healthz", "/static/app.css"]


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_carries_every_header(client: FlaskClient, page: str) -> None:
    with client.get(page) as answer:
        pass

    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert answer.headers["Content-Security-Policy"].count("unsafe") == 0


def test_no_page_is_kept_but_static_files_are(client: FlaskClient) -> None:
    assert client.get("/sv/").headers["Cache-Control"] == "no-store"
    assert client.get("/nowhere/at/all").headers["Cache-Control"] == "no-store"
    with client.get("/static/app.css") as kept:
        assert "immutable" in kept.headers["Cache-Control"]


def test_https_is_insisted_on_where_it_is_served(settings: Settings) -> None:
    client = create_app(replace(settings, base_url="https://127.0.0.1")).test_client()

    assert client.get("/healthz").headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_wrong_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/sv/", base_url="http://evil.example").status_code == 400


def test_another_sites_post_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sv/self", data={"start": "questions"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status"), [({"Sec-Fetch-Site": "cross-site"}, 403), ({"Content-Encoding": "gzip"}, 415)]
)
def test_an_early_refusal_is_said_in_the_language_of_the_address(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    answer = client.post("/ar/self", data={"start": "questions"}, headers=headers)

    assert answer.status_code == status
    assert '<html lang="ar" dir="rtl"' in answer.text


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "FOO"])
def test_methods_nobody_needs_are_refused(client: FlaskClient, method: str) -> None:
    assert client.open("/sv/", method=method).status_code == 405


def test_a_large_body_is_refused_before_it_is_read(client: FlaskClient) -> None:
    assert client.post("/sv/self", data={"start": "x" * 70_000}).status_code == 413


def test_a_compressed_body_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sv/self", data=gzip.compress(b"start=questions"), headers={"Content-Encoding": "gzip"})

    assert answer.status_code == 415


def test_public_pages_are_compressed(client: FlaskClient) -> None:
    plain = client.get("/sv/")
    packed = client.get("/sv/", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data


def test_staff_pages_are_not_compressed(client: FlaskClient) -> None:
    page = client.get("/staff/sign-in", headers={"Accept-Encoding": "gzip"})

    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers


@pytest.mark.parametrize(
    ("accepted", "language"), [("sv", "sv"), ("en-GB,en", "en"), ("tlh,en;q=0.5", "en"), ("tlh", "sv"), ("", "sv")]
)
def test_the_first_language_is_the_browsers(client: FlaskClient, accepted: str, language: str) -> None:
    assert client.get("/", headers={"Accept-Language": accepted}).location == f"/{language}/"


def test_a_refusal_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    assert 'lang="en"' in client.get("/en/nowhere/at/all").text
    assert 'lang="sv"' in client.get("/sv/nowhere/at/all", headers={"Accept-Language": "en"}).text


def test_a_refusal_always_gives_a_number_to_call(app: Flask, client: FlaskClient) -> None:
    units = app.extensions["intake"].directory.units.values()
    phones = [unit.phone for unit in units if unit.is_public]

    assert all(phone in client.get("/nowhere/at/all").text for phone in phones)


@pytest.mark.parametrize("error", STATUS_OF)
def test_each_error_has_one_answer(app: Flask, error: type[Exception]) -> None:
    def fail() -> str:
        raise _made(error)

    app.add_url_rule("/fail", "fail", fail)

    assert app.test_client().get("/fail").status_code == STATUS_OF[error]


def _made(error: type[Exception]) -> Exception:
    if issubclass(error, DBAPIError):
        return error("select 1", {"phone": "070"}, Exception("away"))
    return error("why")


def test_an_error_nobody_foresaw_is_told_plainly_and_not_at_length(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise RuntimeError("CANARY-070-174 06 05")

    app.testing = False
    app.add_url_rule("/fail", "fail", fail)
    answer = app.test_client().get("/fail")

    assert answer.status_code == 500
    assert "CANARY" not in answer.text
    assert "CANARY" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_process_tells_its_version_to_nobody(client: FlaskClient) -> None:
    assert "Server" not in client.get("/sv/").headers


def test_readiness_needs_the_database(client: FlaskClient, home: Path) -> None:
    assert client.get("/readyz").status_code == 200


def test_a_database_that_is_away_makes_us_unready_but_alive(settings: Settings) -> None:
    client = create_app(replace(settings, database_url="postgresql://nobody@127.0.0.1:1/none")).test_client()

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_public_process_has_no_staff_pages(settings: Settings) -> None:
    client = create_app(replace(settings, serve="public", private_key=None)).test_client()

    assert client.get("/staff/").status_code == 404
    assert client.get("/sv/").status_code == 200


def test_a_staff_process_has_no_public_form(settings: Settings) -> None:
    client = create_app(replace(settings, serve="staff")).test_client()

    assert client.get("/sv/").location == "/staff/assist"
    assert (client.get("/").status_code, client.get("/sv/self").status_code) == (404, 404)
    assert client.post("/sv/self", data={"start": "questions"}).status_code == 404
    assert client.get("/staff/").status_code in (302, 303)


def test_an_address_nobody_has_is_not_found_at_once(client: FlaskClient) -> None:
    assert client.get("/nowhere").status_code == 404


def test_the_public_pages_leave_the_staff_pages_alone(client: FlaskClient) -> None:
    assert client.get("/staff/sign-out").status_code == 405


def test_a_process_that_could_not_open_what_it_seals_refuses_to_start(settings: Settings) -> None:
    stranger, _ = generate_keypair()

    with pytest.raises(SettingsError, match="does not belong to the public key"):
        create_app(replace(settings, public_key=stranger))
