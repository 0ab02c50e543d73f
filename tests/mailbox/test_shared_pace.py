"""Tries are counted for all processes together, without an address, and nobody is locked out for want of a database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from intake import create_app
from intake.config import Settings
from intake.public.shared_pace import key_of
from intake.records.database import Database
from intake.records.models import Throttle
from tests.records.parallel import at_once

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def two(home: Path, database_url: str) -> Iterator[list[Flask]]:
    """Two processes' applications over one database."""
    settings = Settings.read({"INTAKE_HOME": str(home), "INTAKE_HOSTS": "localhost", "DATABASE_URL": database_url})
    apps = [create_app(settings) for _ in range(2)]
    yield apps
    for app in apps:
        app.extensions["intake"].database.close()


def tries(app: Flask, number: int, address: str = "192.0.2.1") -> list[int]:
    client = app.test_client()
    return [
        client.post("/sv/code", data={"code": "x"}, environ_base={"REMOTE_ADDR": address}).status_code
        for _ in range(number)
    ]


def stored(app: Flask) -> list[Throttle]:
    with app.extensions["intake"].database.session() as session:
        return list(session.scalars(select(Throttle)))


def test_two_processes_count_together_and_another_network_by_itself(two: list[Flask]) -> None:
    with time_machine.travel(NOON, tick=False):
        first, second = tries(two[0], 15), tries(two[1], 20)
        elsewhere = tries(two[1], 1, "198.51.100.1")

    assert (first, second) == ([422] * 15, [422] * 15 + [429] * 5)
    assert elsewhere == [422]


def test_waiting_helps_as_long_as_it_says(two: list[Flask]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        tries(two[0], 30)
        refused = tries(two[1], 1)
        clock.shift(timedelta(seconds=2))
        assert (refused, tries(two[1], 2)) == ([429], [422, 429])


def test_a_refused_try_costs_nothing(two: list[Flask]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        tries(two[0], 30)
        tries(two[1], 20)
        clock.shift(timedelta(minutes=1))
        assert tries(two[1], 10) == [422] * 10


def test_tries_at_once_are_all_counted(two: list[Flask]) -> None:
    with time_machine.travel(NOON, tick=False):
        answers = at_once(two[0].extensions["intake"].database, lambda _: tries(two[0], 6), requests=3)
        answers += at_once(two[0].extensions["intake"].database, lambda _: tries(two[1], 6), requests=3)

    assert [status for each in answers for status in each].count(422) == 30


def test_no_address_is_kept_and_the_key_is_another_tomorrow(two: list[Flask]) -> None:
    with time_machine.travel(NOON, tick=False):
        tries(two[0], 1, "203.0.113.77")
    (row,) = stored(two[0])

    assert "203.0.113" not in "".join(str(value) for value in vars(row).values())
    assert len({key_of(b"s" * 32, "203.0.113.77", NOON + timedelta(days=days)) for days in range(3)}) == 3


def test_neighbours_are_one_network() -> None:
    keys = [key_of(b"s" * 32, address, NOON) for address in ("192.0.2.1", "192.0.2.200", "192.0.3.1")]

    assert keys[0] == keys[1] != keys[2]


def test_while_the_database_is_away_only_the_process_counts(two: list[Flask]) -> None:
    app = two[0]
    app.extensions["intake"] = replace(app.extensions["intake"], database=Database("sqlite:////nowhere/at/all.db"))

    assert tries(app, 31) == [503] * 30 + [429]
