"""The encrypted cookie behind Flask's session."""

import base64
import secrets
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask, session
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from intake import cookies
from intake.errors import DraftTooLarge

DRAFT = "0" * 32
OTHER = "1" * 32


def make_app(secret: bytes = b"s" * 32, *, secure: bool = False) -> Flask:
    app = Flask(__name__)
    app.session_interface = cookies.EncryptedCookies(secret, secure=secure)

    @app.get("/<path:where>/keep/<word>")
    def keep(where: str, word: str) -> str:
        session["word"] = word
        return "kept"

    @app.get("/<path:where>/read")
    def read(where: str) -> str:
        return str(session.get("word", "nothing"))

    @app.get("/<path:where>/empty")
    def empty(where: str) -> str:
        session.clear()
        return "empty"

    @app.get("/begin")
    def begin() -> str:
        cookies.current().move(cookies.draft_jar(DRAFT), {"word": "begun"})
        return "begun"

    return app


@pytest.fixture
def client() -> FlaskClient:
    return make_app().test_client()


def kept(client: FlaskClient, word: str = "hello") -> TestResponse:
    return client.get(f"/f/{DRAFT}/keep/{word}")


def value_of(client: FlaskClient, path: str = f"/f/{DRAFT}/") -> str:
    cookie = client.get_cookie("draft", path=path)
    assert cookie is not None
    return cookie.value


def test_what_is_kept_comes_back(client: FlaskClient) -> None:
    kept(client)

    assert client.get(f"/f/{DRAFT}/read").text == "hello"


def test_the_cookie_is_scoped_to_its_draft_and_hidden_from_scripts(client: FlaskClient) -> None:
    header = kept(client).headers["Set-Cookie"]

    assert f"Path=/f/{DRAFT}/" in header
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Max-Age=86400" in header
    assert "Domain" not in header


def test_over_https_the_cookie_is_secure_and_says_so_in_its_name() -> None:
    header = kept(make_app(secure=True).test_client()).headers["Set-Cookie"]

    assert header.startswith("__Secure-draft=")
    assert "Secure;" in header


def test_the_staff_cookie_goes_nowhere_but_to_staff(client: FlaskClient) -> None:
    header = client.get("/staff/keep/hello").headers["Set-Cookie"]

    assert header.startswith("staff=")
    assert "Path=/staff" in header
    assert "SameSite=Strict" in header
    assert "Max-Age" not in header


def test_the_cookie_holds_nothing_readable(client: FlaskClient) -> None:
    kept(client, "alcohol")
    value = value_of(client)

    assert b"alcohol" not in base64.urlsafe_b64decode(value + "==")
    assert "alcohol" not in value


def test_reading_writes_no_cookie(client: FlaskClient) -> None:
    kept(client)

    assert "Set-Cookie" not in client.get(f"/f/{DRAFT}/read").headers


def test_elsewhere_there_is_no_cookie_and_writing_is_a_fault(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/sv/read").headers
    client.application.testing = True
    with pytest.raises(TypeError, match="no cookie belongs to this address"):
        client.get("/sv/keep/hello")


def test_two_drafts_never_mix(client: FlaskClient) -> None:
    kept(client, "first")
    client.get(f"/f/{OTHER}/keep/second")

    assert client.get(f"/f/{DRAFT}/read").text == "first"
    assert client.get(f"/f/{OTHER}/read").text == "second"


def test_a_cookie_carried_to_another_draft_does_not_open(client: FlaskClient) -> None:
    kept(client)
    client.set_cookie("draft", value_of(client), path=f"/f/{OTHER}/")

    assert client.get(f"/f/{OTHER}/read").text == "nothing"


def test_a_draft_cookie_does_not_open_as_a_staff_cookie(client: FlaskClient) -> None:
    kept(client)
    client.set_cookie("staff", value_of(client), path="/staff")

    assert client.get("/staff/read").text == "nothing"


@pytest.mark.parametrize("value", ["", "x", "åäö", "A" * 40, "A" * 4000, "....", "%00", '{"word": "hello"}'])
def test_a_cookie_that_is_not_ours_is_as_good_as_none(client: FlaskClient, value: str) -> None:
    client.set_cookie("draft", value, path=f"/f/{DRAFT}/")

    assert client.get(f"/f/{DRAFT}/read").text == "nothing"


def test_one_changed_bit_is_enough_to_refuse_it(client: FlaskClient) -> None:
    kept(client)
    sealed = bytearray(base64.urlsafe_b64decode(value_of(client) + "=="))
    sealed[len(sealed) // 2] ^= 1
    client.set_cookie("draft", base64.urlsafe_b64encode(bytes(sealed)).decode(), path=f"/f/{DRAFT}/")

    assert client.get(f"/f/{DRAFT}/read").text == "nothing"


def test_another_installation_cannot_open_it(client: FlaskClient) -> None:
    kept(client)
    stranger = make_app(secrets.token_bytes(32)).test_client()
    stranger.set_cookie("draft", value_of(client), path=f"/f/{DRAFT}/")

    assert stranger.get(f"/f/{DRAFT}/read").text == "nothing"


@pytest.mark.parametrize(("hours", "seen"), [(23.9, "hello"), (24.1, "nothing"), (-24, "nothing")])
def test_a_draft_is_good_for_a_day_and_not_before_it_was_written(hours: float, seen: str) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    client = make_app().test_client()
    with time_machine.travel(noon, tick=False):
        value = kept(client).headers["Set-Cookie"].partition(";")[0].partition("=")[2]
    with time_machine.travel(noon + timedelta(hours=hours), tick=False):
        reader = client.application.test_client()
        reader.set_cookie("draft", value, path=f"/f/{DRAFT}/")

        assert reader.get(f"/f/{DRAFT}/read").text == seen


def test_an_emptied_session_takes_its_cookie_away(client: FlaskClient) -> None:
    kept(client)
    client.get(f"/f/{DRAFT}/empty")

    assert client.get_cookie("draft", path=f"/f/{DRAFT}/") is None


def test_a_draft_begins_from_a_page_that_has_no_session(client: FlaskClient) -> None:
    client.get("/begin")

    assert client.get(f"/f/{DRAFT}/read").text == "begun"


def test_what_fits_is_written_within_the_limit(client: FlaskClient) -> None:
    word = secrets.token_urlsafe(2050)
    cookies.check_fits({"word": word})
    header = kept(client, word).headers["Set-Cookie"]

    assert len(header.partition(";")[0]) <= cookies.LONGEST_COOKIE


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(DraftTooLarge):
        cookies.check_fits({"word": secrets.token_urlsafe(3000)})
