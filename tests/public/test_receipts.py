"""Where a request stands, for whoever brings its code."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from intake import clock, create_app
from intake.config import Settings
from intake.public.pace import Pace
from intake.records.ids import new_id
from intake.records.models import Case
from intake.records.queries import inbox
from intake.submission import lookup_id, read_code, receipt_code
from tests.public.person import REACH, Person
from tests.public.words import said

CODE = receipt_code(bytes(16))


@pytest.fixture
def app(public_home: Path, sqlite_url: str) -> Iterator[Flask]:
    """The public process over a database of this test's own."""
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    app = create_app(Settings.read({**environ, "DATABASE_URL": sqlite_url}))
    app.testing = True
    yield app
    app.extensions["intake"].database.close()


def ask(client: FlaskClient, code: str, language: str = "sv") -> str:
    """The heading of the answer to a code."""
    answer = client.post(f"/{language}/code", data={"code": code}, follow_redirects=True)
    heading = re.search("<h1>(.*)</h1>", answer.text)
    assert heading is not None
    return heading[1]


def case_in(app: Flask, state: str | None) -> None:
    """Let the request of CODE stand in a state; None while it waits in the inbox."""
    parts, row, now = app.extensions["intake"], new_id(), clock.now()
    lookup = lookup_id(CODE, parts.settings.receipt_pepper)
    with parts.database.session() as session:
        inbox.insert(
            session,
            inbox.Submission(row, new_id(), lookup, b"x", "mini-maria", "region", 3, "sv", door="self", definition="d"),
        )
        if state:
            case = {"id": new_id(), "reference": "K7M-2QF", "inbox_id": row, "lookup": lookup, "state": state}
            kept = {"unit": "mini-maria", "principal": "region", "priority": 3, "language": "sv", "door": "self"}
            sealed = {"summary": b"", "contact": b"", "answers": b""}
            session.execute(insert(Case).values(**case, **kept, **sealed, received_at=now, state_at=now))
        session.commit()


def test_a_request_that_was_just_sent_has_arrived(app: Flask) -> None:
    sent = Person(app.test_client()).begin(start="contact").walk(REACH).press()
    code = sent.page.text.partition('class="code">')[2].partition("<")[0]

    assert ask(app.test_client(), code) == said("standing.received.heading")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (None, "received"),
        ("received", "received"),
        ("read", "in_hand"),
        ("claimed", "in_hand"),
        ("tried", "tried"),
        ("in_contact", "in_contact"),
        ("reopened", "in_hand"),
        ("closed", "closed"),
    ],
)
def test_each_state_is_told_in_plain_words(app: Flask, state: str | None, told: str) -> None:
    case_in(app, state)

    assert ask(app.test_client(), CODE, "en") == said(f"standing.{told}.heading", "en")


def test_the_answer_says_nothing_of_what_was_sent(app: Flask) -> None:
    case_in(app, "closed")
    html = app.test_client().post("/sv/code", data={"code": CODE}, follow_redirects=True).text

    assert CODE not in html
    assert "K7M-2QF" not in html


@pytest.mark.parametrize("code", ["", "x", receipt_code(b"other"), "0000-0000-0000-000U", "A" * 5000, "\x00", "٤" * 16])
def test_every_code_that_opens_nothing_gets_the_same_answer(client: FlaskClient, code: str) -> None:
    unknown = client.post("/sv/code", data={"code": receipt_code(b"unknown")})
    answer = client.post("/sv/code", data={"code": code})

    assert (answer.status_code, answer.text) == (422, unknown.text)


def test_asking_needs_no_cookie_and_sets_none(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/sv/code").headers
    assert "Set-Cookie" not in client.post("/sv/code", data={"code": CODE}).headers


def test_a_machine_that_tries_is_slowed_and_others_are_not(app: Flask) -> None:
    client = app.test_client()
    answers = [client.post("/sv/code", data={"code": "x"}).status_code for _ in range(40)]
    elsewhere = client.post("/sv/code", data={"code": "x"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert answers[:30] == [422] * 30
    assert answers[-1] == 429
    assert elsewhere.status_code == 422


def test_a_bucket_fills_again() -> None:
    pace = Pace(burst=1, seconds=0.2)
    begun, tries = time.monotonic(), [pace.allows("192.0.2.1")]
    while time.monotonic() - begun < 1:
        tries.append(pace.allows("192.0.2.1"))

    assert tries[0]
    assert 1 <= tries[1:].count(True) <= 6


def test_a_network_is_counted_as_one() -> None:
    pace = Pace(burst=1, seconds=3600)

    assert [pace.allows(each) for each in ("192.0.2.1", "192.0.2.2", "192.0.3.1")] == [True, False, True]
    assert [pace.allows(each) for each in ("2001:db8::1", "2001:db8::2", "x", "x")] == [True, False, True, False]


def test_a_code_is_read_as_people_write_it() -> None:
    code = "0123-4567-89AB-CDEF"

    assert {
        read_code(each) for each in (code, "0123456789abcdef", " o123 – 4567 89ab cdef ", "OI23-4567-89AB-CDEF")
    } == {code}
    assert read_code("".join(chr(0x0660 + digit) for digit in range(10)) + "ABCDEF") == code


@pytest.mark.parametrize("written", ["", "0123-4567-89AB-CDE", "0123-4567-89AB-CDEFG", "0123-4567-89AB-CDEU", "0" * 65])
def test_what_cannot_be_a_code_is_none(written: str) -> None:
    assert read_code(written) is None


def test_a_receipt_code_is_the_same_for_the_same_secret_and_unlike_any_other() -> None:
    codes = {receipt_code(number.to_bytes(16)) for number in range(2000)}

    assert receipt_code(bytes(16)) == receipt_code(bytes(16))
    assert len(codes) == 2000
    assert {letter for code in codes for letter in code} == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")


def test_what_is_stored_of_a_code_depends_on_the_installation() -> None:
    code = receipt_code(bytes(16))

    assert lookup_id(code, b"a" * 32) != lookup_id(code, b"b" * 32)
    assert len(lookup_id(code, b"a" * 32)) == 64
