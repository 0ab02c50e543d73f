"""Whoever waits for a call is watched from when their case was taken, then from the last call: no other move counts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from intake.records.models import Case
from intake.records.queries import cases
from intake.triage import IN_HAND, MOVES, State
from intake.watch import watchdog
from tests.watch.conftest import Watched

WROTE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(WROTE, tick=False) as clock:
        yield clock


@pytest.fixture
def staffed(watched: Watched, clock: time_machine.Traveller) -> Watched:
    """A clinic with a coordinator for every unit."""
    watched.employ("sam", "sam@example.org")
    watched.employ_elsewhere()
    return watched


def reasons(watched: Watched) -> list[str]:
    watchdog.look(watched.watch)
    return sorted(alarm.reason for alarm in watched.alarms())


@pytest.mark.parametrize("state", sorted(IN_HAND))
@pytest.mark.parametrize(("reason", "days"), [("untried", 1), ("silent", 7)])
def test_whoever_is_in_hand_waits_for_a_call_in_every_state(
    staffed: Watched, clock: time_machine.Traveller, state: str, reason: str, days: int
) -> None:
    staffed.clinic.spoil(staffed.clinic.receive(), state=state, tried_at=WROTE if reason == "silent" else None)
    clock.move_to(WROTE + days * DAY - timedelta(minutes=1))
    assert reasons(staffed) == []
    clock.move_to(WROTE + days * DAY + timedelta(minutes=1))

    assert reasons(staffed) == [reason]


def move(watched: Watched, case: str, code: str) -> None:
    """Make a move as the table says, and nothing that comes with it."""
    step = MOVES[code]
    with watched.clinic.records() as records, records.begin():
        row = records.get_one(Case, case)
        cases.change_state(records, row, row.version, step.paths[State(row.state)], step.calling)


@pytest.mark.parametrize("moves", [("take_over",), ("assess",), ("assess", "route"), ("accept", "take_over")])
def test_no_other_move_is_a_call(staffed: Watched, clock: time_machine.Traveller, moves: tuple[str, ...]) -> None:
    case = staffed.clinic.receive()
    for code in ("open", "claim"):
        move(staffed, case, code)
    clock.shift(DAY - timedelta(minutes=2))
    for code in moves:
        move(staffed, case, code)
    assert reasons(staffed) == []
    clock.move_to(WROTE + DAY + timedelta(minutes=1))
    assert reasons(staffed) == ["untried"]
    move(staffed, case, "take_over")
    clock.shift(5 * DAY)

    assert reasons(staffed) == ["untried"]
    assert [alarm.since for alarm in staffed.alarms()] == [WROTE]


def test_taking_over_does_not_end_a_silence(staffed: Watched, clock: time_machine.Traveller) -> None:
    case = staffed.clinic.receive()
    for code in ("open", "claim", "try"):
        move(staffed, case, code)
    for _ in range(7):
        clock.shift(DAY)
        move(staffed, case, "take_over")
    clock.shift(timedelta(minutes=1))
    assert reasons(staffed) == ["silent"]
    move(staffed, case, "reach")

    assert reasons(staffed) == []
