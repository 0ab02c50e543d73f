"""What /readyz says: whether the parts live. A silent worker takes the staff side off, never the form."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intake import clock, create_app
from intake.config import Settings
from intake.heartbeat import CANARY_LIMIT, WATCH_LIMIT, WORKER_LIMIT
from intake.records.queries import heartbeats

SECOND = timedelta(seconds=1)


def leave_marks(app: Flask, **ages: timedelta) -> None:
    """Let each part have lived so long ago."""
    database = app.extensions["intake"].database
    with database.session() as session:
        for name, age in ages.items():
            heartbeats.note(session, name, clock.now() - age)
        session.commit()


def lines(client: FlaskClient) -> dict[str, str]:
    return dict(line.split(": ") for line in client.get("/readyz").text.splitlines())


def test_where_no_worker_has_ever_been_it_is_ready_and_says_so(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert lines(client) == {"database": "ok", **dict.fromkeys(("worker", "watch", "mail", "canary"), "never")}


def test_a_worker_at_work_is_told_by_its_age(app: Flask, client: FlaskClient) -> None:
    leave_marks(app, worker=7 * SECOND, watch=40 * SECOND)

    assert client.get("/readyz").status_code == 200
    assert int(lines(client)["worker"]) in range(7, 12)
    assert int(lines(client)["watch"]) in range(40, 45)


@pytest.mark.parametrize(
    "ages",
    [
        {"worker": WORKER_LIMIT + SECOND},
        {"worker": SECOND, "watch": WATCH_LIMIT + SECOND},
        {"canary_owed": CANARY_LIMIT + SECOND},
        {"canary_owed": CANARY_LIMIT + SECOND, "canary_arrived": CANARY_LIMIT + 2 * SECOND},
    ],
)
def test_silence_makes_the_staff_side_unready_and_leaves_the_form_open(
    settings: Settings, app: Flask, client: FlaskClient, ages: dict[str, timedelta]
) -> None:
    leave_marks(app, **ages)
    form = create_app(replace(settings, serve="public", private_key=None)).test_client()

    assert (client.get("/readyz").status_code, client.get("/healthz").status_code) == (503, 200)
    assert (form.get("/readyz").status_code, lines(form)["worker"]) == (200, lines(client)["worker"])


@pytest.mark.parametrize(
    "ages",
    [
        {"canary_owed": CANARY_LIMIT - SECOND},
        {"canary_owed": CANARY_LIMIT * 2, "canary_arrived": CANARY_LIMIT * 2},
        {"canary_owed": CANARY_LIMIT * 3, "canary_arrived": CANARY_LIMIT},
    ],
)
def test_a_canary_that_may_still_come_or_has_come_is_no_fault(
    app: Flask, client: FlaskClient, ages: dict[str, timedelta]
) -> None:
    leave_marks(app, **ages)

    assert client.get("/readyz").status_code == 200


def test_an_overdue_canary_is_named(app: Flask, client: FlaskClient) -> None:
    leave_marks(app, canary_owed=CANARY_LIMIT * 2, canary_arrived=CANARY_LIMIT * 3)

    assert lines(client)["canary"].endswith(", overdue")


def test_a_mark_only_ever_goes_forward(app: Flask) -> None:
    database, now = app.extensions["intake"].database, clock.now()
    with database.session() as session:
        heartbeats.advance(session, "canary_arrived", now)
        heartbeats.advance(session, "canary_arrived", now - timedelta(hours=1))

        assert heartbeats.heartbeats(session)["canary_arrived"] == now


def test_a_turn_is_taken_once_in_its_time(app: Flask) -> None:
    database, now, hour = app.extensions["intake"].database, clock.now(), timedelta(hours=1)
    with database.writing() as session:
        taken = [heartbeats.claim(session, "turn", now + shift, hour) for shift in (0 * hour, hour / 2, hour, hour)]

    assert taken == [True, False, True, False]
