"""One draft makes one row on either database, however often and however fast it is sent."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from intake import create_app
from intake.config import Settings
from intake.records.models import Inbox
from tests.public.person import REACH, Person

TAPS = 8


@pytest.fixture
def app(public_home: Path, database_url: str) -> Iterator[Flask]:
    """The public process over each kind of database."""
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    app = create_app(Settings.read({**environ, "DATABASE_URL": database_url}))
    app.testing = True
    yield app
    app.extensions["intake"].database.close()


def stored(app: Flask) -> int:
    with app.extensions["intake"].database.session() as session:
        return int(session.scalar(select(func.count()).select_from(Inbox)) or 0)


def at_review(app: Flask) -> tuple[str, Callable[[], str]]:
    """A finished form's address, and a tap on Send from a browser that still believes nothing was sent."""
    person = Person(app.test_client()).begin(start="contact").walk(REACH)
    values, path = person.seen.fields, f"/f/{person.draft}/"
    cookie = person.client.get_cookie("draft", path=path)
    assert cookie is not None

    def tap() -> str:
        hurried = Person(app.test_client())
        hurried.client.set_cookie("draft", cookie.value, path=path)
        hurried.client.post(person.address, data=values)
        return hurried.open(person.address.replace("review", "done")).code

    return person.address, tap


def test_sending_again_gives_the_same_receipt(app: Flask) -> None:
    _, tap = at_review(app)

    assert tap() == tap()
    assert stored(app) == 1


def test_taps_at_once_make_one_row_and_one_receipt(app: Flask) -> None:
    _, tap = at_review(app)
    codes: list[str] = []
    hands = [threading.Thread(target=lambda: codes.append(tap())) for _ in range(TAPS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert len(codes) == TAPS
    assert len(set(codes)) == 1
    assert stored(app) == 1


def test_two_drafts_make_two_rows_and_two_receipts(app: Flask) -> None:
    (_, first), (_, second) = at_review(app), at_review(app)

    assert first() != second()
    assert stored(app) == 2


def test_a_locked_database_answers_in_time_that_nothing_was_sent(app: Flask) -> None:
    database = app.extensions["intake"].database
    person = Person(app.test_client()).begin(start="contact").walk(REACH)
    begun = time.monotonic()
    with database.writing() as other:
        other.execute(text("lock table inbox") if "postgres" in str(database.url) else text("select 1"))
        person.press()

    assert person.page.status_code == 503
    assert time.monotonic() - begun < 10
    assert person.press().address.endswith("/done")
